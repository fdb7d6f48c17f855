//! Elements of a web page and what lies below them.

use markup5ever_rcdom::{Handle, NodeData};

pub(super) fn tag(node: &Handle) -> Option<&str> {
    match &node.data {
        NodeData::Element { name, .. } => Some(&name.local),
        _ => None,
    }
}

pub(super) fn attribute(node: &Handle, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    attrs.borrow().iter().find(|it| &*it.name.local == wanted).map(|it| it.value.to_string())
}

/// Whether a picture is drawn from LaTeX, which then describes it.
pub(super) fn is_formula(node: &Handle) -> bool {
    let class = attribute(node, "class").unwrap_or_default();
    let alt = attribute(node, "alt").unwrap_or_default();
    alt.starts_with("{\\displaystyle")
        || alt.starts_with("{\\textstyle")
        || class
            .split_whitespace()
            .any(|it| matches!(it, "tex" | "latex" | "math") || it.starts_with("mwe-math"))
}

pub(super) fn text_of(node: &Handle, out: &mut String) {
    if let NodeData::Text { contents } = &node.data {
        out.push_str(&contents.borrow());
    }
    if tag(node) == Some("br") {
        out.push('\n');
    }
    for child in node.children.borrow().iter() {
        text_of(child, out);
    }
}

/// The rows of a table, and whether they stand in its head; not those of tables inside.
pub(super) fn rows_of(node: &Handle, in_head: bool, rows: &mut Vec<(Handle, bool)>) {
    for child in node.children.borrow().iter() {
        match tag(child) {
            Some("tr") => rows.push((child.clone(), in_head)),
            Some("thead") => rows_of(child, true, rows),
            Some("tbody" | "tfoot") => rows_of(child, false, rows),
            _ => {}
        }
    }
}

pub(super) fn cells_of(row: &Handle) -> Vec<Handle> {
    row.children.borrow().iter().filter(|it| matches!(tag(it), Some("td" | "th"))).cloned().collect()
}

/// Whether there is something inside that values of a table do not have.
pub(super) fn holds_blocks(node: &Handle, more: &[&str]) -> bool {
    let blocky = |name: &str| matches!(name, "h1" | "h2" | "h3" | "h4" | "pre") || more.contains(&name);
    node.children.borrow().iter().any(|it| tag(it).is_some_and(blocky) || holds_blocks(it, more))
}

pub(super) fn span(cell: &Handle, name: &str) -> usize {
    let value = attribute(cell, name).and_then(|it| it.trim().parse().ok());
    match value {
        // To the end of the table.
        Some(0) if name == "rowspan" => 1000,
        Some(span) => span,
        None => 1,
    }
}
