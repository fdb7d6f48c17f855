//! What drawings in Office files say: shapes and SmartArt; for charts see `chart`.

use super::archive::Parts;
use super::chart;
use super::compose::one_line;
use super::grid::{Grid, GridCell};
use super::script;
use super::xml::{self, MAX_DEPTH, attr, child, chosen, name};
use roxmltree::Node;
use std::collections::BTreeMap;

/// A paragraph of a shape.
pub(super) struct Line {
    pub text: String,
    pub level: usize,
    /// What stands before it, where the shape itself says so.
    pub mark: Option<Mark>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    Bullet,
    Number(i64),
    /// It is said that there is none.
    None,
}

/// The paragraphs of a text body.
pub(super) fn lines(body: Node<'_, '_>) -> Vec<Line> {
    let paragraphs = body.children().filter(|it| name(*it) == "p");
    let mut numbers: BTreeMap<usize, i64> = BTreeMap::new();
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        let properties = child(paragraph, "pPr");
        let level = properties.and_then(|it| attr(it, "lvl")).and_then(|it| it.parse().ok()).unwrap_or(0);
        let numbered = properties.and_then(|it| child(it, "buAutoNum"));
        let has = |wanted: &str| properties.is_some_and(|it| child(it, wanted).is_some());
        let mark = match numbered {
            Some(numbered) => {
                let start = attr(numbered, "startAt").and_then(|it| it.parse().ok()).unwrap_or(1);
                let number = numbers.get(&level).map_or(start, |it| it + 1);
                numbers.retain(|other, _| *other < level);
                numbers.insert(level, number);
                Some(Mark::Number(number))
            }
            None => {
                numbers.retain(|other, _| *other < level);
                match () {
                    () if has("buNone") => Some(Mark::None),
                    () if has("buChar") || has("buBlip") => Some(Mark::Bullet),
                    () => None,
                }
            }
        };
        let text = line(paragraph);
        if !text.trim().is_empty() {
            lines.push(Line { text, level, mark });
        }
    }
    lines
}

fn line(paragraph: Node<'_, '_>) -> String {
    let mut out = String::new();
    for piece in paragraph.children().filter(Node::is_element) {
        match name(piece) {
            "br" => out.push('\n'),
            "r" | "fld" => {
                // The number of a slide says nothing in the middle of its text.
                if attr(piece, "type") == Some("slidenum") {
                    continue;
                }
                let text = child(piece, "t").and_then(|it| it.text()).unwrap_or_default();
                let text = unescaped(text);
                let baseline = child(piece, "rPr").and_then(|it| attr(it, "baseline"));
                let raised =
                    baseline.and_then(|it| it.trim_end_matches('%').parse::<i64>().ok()).unwrap_or(0);
                let struck =
                    child(piece, "rPr").and_then(|it| attr(it, "strike")).is_some_and(|it| it != "noStrike");
                let formed = script::formed(&text, raised.signum() as i8, &out);
                script::push_struck(&mut out, &formed, struck);
            }
            "AlternateContent" | "m" | "oMath" | "oMathPara" => super::equation::write(piece, &mut out),
            _ => {}
        }
    }
    out
}

/// `_x000B_` is how a vertical tab is written, which ends a line.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let c = code.and_then(|it| u32::from_str_radix(it, 16).ok()).and_then(char::from_u32);
        let Some(c) = c else {
            out.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
            continue;
        };
        out.push_str(&rest[..at]);
        out.push(if c.is_control() { '\n' } else { c });
        rest = &rest[at + 7..];
    }
    out.push_str(rest);
    out
}

/// A table of a drawing, its merged cells included.
pub(super) fn table(table: Node<'_, '_>) -> Grid {
    let mut grid = Grid::default();
    for row in table.children().filter(|it| name(*it) == "tr") {
        let mut cells = Vec::new();
        for cell in row.children().filter(|it| name(*it) == "tc") {
            let on = |wanted: &str| matches!(attr(cell, wanted), Some("1" | "true"));
            if on("hMerge") || on("vMerge") {
                continue;
            }
            let text = child(cell, "txBody").map(lines).unwrap_or_default();
            let text = text.iter().map(|it| one_line(&it.text)).collect::<Vec<_>>().join(" ");
            let span = |wanted: &str| attr(cell, wanted).and_then(|it| it.parse().ok()).unwrap_or(1);
            cells.push(GridCell { text, columns: span("gridSpan"), rows: span("rowSpan") });
        }
        grid.row(cells, false);
    }
    grid
}

/// The texts of a SmartArt drawing, in the order of its data.
pub(super) fn diagram(text: &str) -> Vec<String> {
    let Ok(document) = xml::parse(text) else { return Vec::new() };
    let points = document.descendants().filter(|it| it.is_element() && name(*it) == "pt");
    let shown = points.filter(|it| !matches!(attr(*it, "type"), Some("pres" | "parTrans" | "sibTrans")));
    let texts = shown
        .filter_map(|it| child(it, "t"))
        .map(|it| lines(it).into_iter().map(|it| it.text).collect::<Vec<_>>().join(" "));
    texts.map(|it| one_line(&it)).filter(|it| !it.is_empty()).collect()
}

/// What stands on a drawing over a sheet: shapes in their order, groups included, then what they refer to.
pub(super) fn of_sheet(parts: &mut Parts<'_>, part: &str) -> String {
    let Some(text) = parts.text(part) else { return String::new() };
    let Ok(document) = xml::parse(&text) else { return String::new() };
    let relations = xml::relations(parts.text(&xml::relations_of(part)).as_deref(), part);
    let mut out = Vec::new();
    shapes(document.root_element(), 0, &mut out);
    for (_, kind, target) in relations {
        match kind.as_str() {
            "diagramData" => out.extend(parts.text(&target).map(|it| diagram(&it)).unwrap_or_default()),
            "chart" => {
                let grid = parts.text(&target).and_then(|it| chart::table(&it));
                out.extend(grid.map(rows));
            }
            _ => {}
        }
    }
    out.join("\n")
}

fn rows(grid: Grid) -> String {
    let caption = grid.caption.clone();
    let rows = grid.into_rows();
    let lines = rows
        .iter()
        .map(|row| row.iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>().join(" | "));
    caption.into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

fn shapes(node: Node<'_, '_>, depth: usize, out: &mut Vec<String>) {
    if depth > MAX_DEPTH {
        return;
    }
    for shape in node.children().filter(Node::is_element) {
        match name(shape) {
            "AlternateContent" => {
                if let Some(shape) = chosen(shape) {
                    shapes(shape, depth + 1, out);
                }
            }
            "txBody" => out.extend(lines(shape).into_iter().map(|it| it.text)),
            _ if is_hidden(shape) => {}
            _ => shapes(shape, depth + 1, out),
        }
    }
}

/// A shape that its program does not show.
pub(super) fn is_hidden(shape: Node<'_, '_>) -> bool {
    let own = shape.children().find(|it| name(*it).starts_with("nv")).and_then(|it| child(it, "cNvPr"));
    own.is_some_and(|it| matches!(attr(it, "hidden"), Some("1" | "true")))
}

/// The words that stand for a picture.
pub(super) fn description(properties: Node<'_, '_>) -> Option<String> {
    let words = attr(properties, "descr").map(one_line).filter(|it| !it.is_empty())?;
    // What programs write by themselves.
    let of_program = words.ends_with("automatically generated") || words.ends_with("automatisch generiert");
    (!of_program).then_some(words)
}

/// All words below a node. Runs of a paragraph follow each other as they are.
pub(super) fn words(node: Node<'_, '_>) -> String {
    let mut out = String::new();
    for piece in node.descendants().filter(Node::is_element) {
        match name(piece) {
            "p" | "br" | "v" => out.push(' '),
            _ => {}
        }
        if matches!(name(piece), "t" | "v") {
            out.push_str(piece.text().unwrap_or_default());
        }
    }
    one_line(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_controls_end_lines() {
        assert_eq!(unescaped("one_x000B_two _x and _xZZ_ a_x0041_"), "one\ntwo _x and _xZZ_ aA");
    }
}
