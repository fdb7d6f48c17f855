//! Forms that only some programs draw (XFA): what their pages show elsewhere is a request to wait. Their values, with the
//! captions of their fields, are in XML beside the pages.

use crate::xml::{self, MAX_DEPTH, attr, child, name};
use lopdf::{Document, Object};
use roxmltree::Node;
use std::collections::HashMap;

/// More than this in one part is no form.
const MAX_BYTES: usize = 16 << 20;

/// The values of such a form, one a line; `None` for every other document.
pub(super) fn values(document: &Document) -> Option<String> {
    let catalog = document.catalog().ok()?;
    let form = document.get_dict_in_dict(catalog, b"AcroForm").ok()?;
    let is_drawn_elsewhere =
        catalog.get_deref(b"NeedsRendering", document).and_then(Object::as_bool).unwrap_or(false);
    let fields = form.get_deref(b"Fields", document).and_then(Object::as_array);
    if !is_drawn_elsewhere && fields.is_ok_and(|it| !it.is_empty()) {
        return None;
    }
    let parts = parts(document, form.get_deref(b"XFA", document).ok()?);
    let of = |wanted: &str| parts.iter().find(|(part, _)| part == wanted).map(|(_, text)| text.as_str());
    let whole = of("");
    let template = of("template").or(whole).unwrap_or_default();
    let mut captions = HashMap::new();
    if let Ok(template) = xml::parse(template) {
        template.descendants().filter(|it| name(*it) == "field").for_each(|it| caption(it, &mut captions));
    }
    let data = xml::parse(of("datasets").or(whole)?).ok()?;
    let data = data.descendants().find(|it| it.is_element() && name(*it) == "data")?;
    let mut out = String::new();
    write(data, &captions, 0, &mut out);
    Some(out)
}

/// The form is one stream, or parts with their names.
fn parts(document: &Document, form: &Object) -> Vec<(String, String)> {
    let text = |object: &Object| {
        let stream = document.dereference(object).ok()?.1.as_stream().ok()?;
        let bytes = stream.decompressed_content_with_limit(MAX_BYTES).ok()?;
        Some(crate::encoding::decode(&bytes).into_owned())
    };
    match form {
        Object::Array(list) => {
            let named = list.chunks_exact(2).filter_map(|it| {
                let part = it[0].as_str().ok()?;
                Some((String::from_utf8_lossy(part).into_owned(), text(&it[1])?))
            });
            named.collect()
        }
        whole => text(whole).map(|text| (String::new(), text)).into_iter().collect(),
    }
}

fn caption(field: Node<'_, '_>, captions: &mut HashMap<String, String>) {
    let text = xml::at(field, &["caption", "value"]).map(|it| {
        let words = it.descendants().filter(Node::is_text).filter_map(|it| it.text());
        words.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    });
    if let (Some(own), Some(text)) = (attr(field, "name"), text.filter(|it| !it.is_empty())) {
        captions.entry(own.to_owned()).or_insert(text);
    }
}

fn write(node: Node<'_, '_>, captions: &HashMap<String, String>, depth: usize, out: &mut String) {
    if depth > MAX_DEPTH {
        return;
    }
    for field in node.children().filter(Node::is_element) {
        if child_elements(field) > 0 {
            write(field, captions, depth + 1, out);
            continue;
        }
        let words = field.descendants().filter(Node::is_text).filter_map(|it| it.text());
        let value = words.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            let label = captions.get(name(field)).map_or(name(field), String::as_str);
            out.push_str(&format!("{}: {value}\n", label.trim_end_matches(':')));
        }
    }
}

fn child_elements(node: Node<'_, '_>) -> usize {
    // Rich text is one value.
    if child(node, "body").is_some() { 0 } else { node.children().filter(Node::is_element).count() }
}
