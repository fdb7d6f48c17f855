//! XML parts of Office files as trees, and what their readers ask of a tree.

use super::error::ExtractError;
use roxmltree::{Document, Node, ParsingOptions};

/// More elements than this are not a document that people wrote. A node takes about a hundred bytes.
const MAX_NODES: u32 = 4_000_000;

/// Elements deeper than this are not read: the walk over a tree is recursive.
pub(super) const MAX_DEPTH: usize = 500;

/// Parses a part. Its entities are not expanded: no Office program declares any.
pub(super) fn parse(text: &str) -> Result<Document<'_>, ExtractError> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let text = text.trim_start_matches('\u{FEFF}');
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => ExtractError::limit("more elements than a document has"),
        error => ExtractError::corrupt(error.to_string()),
    })
}

/// The name without its prefix. Files of one kind use several namespaces for the same things.
pub(super) fn name<'a>(node: Node<'a, '_>) -> &'a str {
    node.tag_name().name()
}

/// An attribute by its name without the prefix.
pub(super) fn attr<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|it| it.name() == name).map(|it| it.value())
}

pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, wanted: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|it| it.is_element() && name(*it) == wanted)
}

/// The first element below `node` by a path of names.
pub(super) fn at<'a, 'i>(node: Node<'a, 'i>, path: &[&str]) -> Option<Node<'a, 'i>> {
    path.iter().try_fold(node, |node, name| child(node, name))
}

pub(super) fn descendant<'a, 'i>(node: Node<'a, 'i>, wanted: &str) -> Option<Node<'a, 'i>> {
    node.descendants().find(|it| it.is_element() && name(*it) == wanted)
}

/// A switch as Office writes it: there, and not said to be off.
pub(super) fn is_on(node: Node<'_, '_>, switch: &str) -> bool {
    child(node, switch).is_some_and(|it| !matches!(attr(it, "val"), Some("0" | "false" | "off" | "none")))
}

/// Of the versions of the same thing that a file offers, the newest that has anything in it.
pub(super) fn chosen<'a, 'i>(alternatives: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    child(alternatives, "Choice").or_else(|| child(alternatives, "Fallback"))
}

/// What a part refers to: id, kind (the last word of its type) and target, resolved against the part's own folder.
pub(super) fn relations(text: Option<&str>, part: &str) -> Vec<(String, String, String)> {
    let Some(document) = text.and_then(|it| parse(it).ok()) else { return Vec::new() };
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let relations = document.root_element().children().filter(|it| it.is_element());
    let read = relations.filter_map(|it| {
        let kind = attr(it, "Type")?.rsplit('/').next()?.to_owned();
        let target = attr(it, "Target")?;
        let external = attr(it, "TargetMode") == Some("External");
        let target = if external { target.to_owned() } else { resolved(folder, target) };
        Some((attr(it, "Id")?.to_owned(), kind, target))
    });
    read.collect()
}

/// Where the relations of a part stand.
pub(super) fn relations_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") }
}

fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => {
                path.pop();
            }
            "" | "." => {}
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_lead_to_parts() {
        let text = r#"<Relationships xmlns="x"><Relationship Id="r1" Type="http://a/slide" Target="../slides/s1.xml"/>
            <Relationship Id="r2" Type="http://a/image" Target="/ppt/media/a.png"/></Relationships>"#;
        let found = relations(Some(text), "ppt/notes/n1.xml");
        assert_eq!(found[0], ("r1".into(), "slide".into(), "ppt/slides/s1.xml".into()));
        assert_eq!(found[1].2, "ppt/media/a.png");
        assert_eq!(relations_of("ppt/notes/n1.xml"), "ppt/notes/_rels/n1.xml.rels");
        assert_eq!(relations_of("content.xml"), "_rels/content.xml.rels");
    }
}
