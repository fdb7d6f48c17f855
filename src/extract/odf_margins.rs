//! Running headers and footers of OpenDocument texts: they stand with the kinds of pages, among the styles.

use super::archive::Parts;
use super::odf::Walk;
use super::odf_styles::Styles;
use super::xml::{self, attr, name};
use roxmltree::Node;

/// The kind of page that a text begins with if it names none.
const FIRST: &str = "Standard";

/// What stands at the edges of the pages, each once.
pub(super) fn of(body: Node<'_, '_>, styles: &Styles, parts: &mut Parts<'_>) -> Vec<String> {
    let Some(shared) = parts.text("styles.xml") else {
        // In a file of one part they stand before its body.
        return edges(body.document().root(), body, styles, parts);
    };
    xml::parse(&shared).map(|it| edges(it.root(), body, styles, parts)).unwrap_or_default()
}

fn edges(shared: Node<'_, '_>, body: Node<'_, '_>, styles: &Styles, parts: &mut Parts<'_>) -> Vec<String> {
    let pages: Vec<Node<'_, '_>> = shared.descendants().filter(|it| name(*it) == "master-page").collect();
    let naming: Vec<Node<'_, '_>> = body
        .document()
        .descendants()
        .filter(|it| attr(*it, "master-page-name").is_some_and(|it| !it.is_empty()))
        .collect();
    let first = body.descendants().find(|it| matches!(name(*it), "p" | "h"));
    let first = first.and_then(|it| attr(it, "style-name"));
    let begins_otherwise = naming.iter().any(|it| first.is_some() && attr(*it, "name") == first);
    let mut used: Vec<String> = Vec::new();
    if !begins_otherwise {
        used.push(FIRST.to_owned());
    }
    used.extend(naming.iter().filter_map(|it| attr(*it, "master-page-name")).map(str::to_owned));
    let mut at = 0;
    while let Some(kind) = used.get(at) {
        let page = pages.iter().find(|it| attr(**it, "name") == Some(kind));
        let next = page.and_then(|it| attr(*it, "next-style-name")).map(str::to_owned);
        used.extend(next.filter(|it| !used.contains(it)));
        at += 1;
    }
    let mut said: Vec<String> = Vec::new();
    for page in
        pages.into_iter().filter(|it| attr(*it, "name").is_some_and(|it| used.iter().any(|used| used == it)))
    {
        for edge in page.children().filter(Node::is_element) {
            if attr(edge, "display") == Some("false") {
                continue;
            }
            let mut walk = Walk::new(styles, parts);
            walk.blocks(edge, 0);
            let text = walk.out.text().trim().trim_start_matches('#').trim().to_owned();
            if text.chars().any(char::is_alphabetic) && !said.contains(&text) {
                said.push(text);
            }
        }
    }
    said
}
