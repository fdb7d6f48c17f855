//! XML of any kind: the words of its elements, values beside the names of theirs.

use super::error::ExtractError;
use super::format::Format;
use super::sink::{Sink, Source, Unit};
use super::xml::{self, MAX_DEPTH};
use super::{clean, encoding, format, office_xml};
use roxmltree::{Document, Node, ParsingOptions};

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    if !format::looks_like_text(&source.bytes) {
        return Err(ExtractError::Contradiction { named: Format::Xml, found: "binary data".to_owned() });
    }
    let text = encoding::decode_declared(&source.bytes, declared(&source.bytes).as_deref());
    let text = super::markup::within_bounds(&text);
    if let Some(kind) = office_xml::Kind::of(&text) {
        return kind.read(&text, source.budget.max_text_chars, sink);
    }
    let options =
        ParsingOptions { allow_dtd: are_tame(&text), nodes_limit: 4_000_000, ..ParsingOptions::default() };
    let written = match Document::parse_with_options(text.trim_start_matches('\u{FEFF}'), options) {
        Ok(document) => {
            let mut out = String::new();
            write(document.root_element(), 0, &mut out);
            out
        }
        // What does not hold together as XML is read for its words.
        Err(_) => without_tags(&text),
    };
    sink.flat(Unit::text(clean::normalise(&written)))
}

/// Whether the entities that a file declares are short texts and no more. Those that name others, or files, are a way to
/// write a bomb: what they stand for is left out with them.
fn are_tame(text: &str) -> bool {
    const LONGEST: usize = 200;
    const EXPANDED: usize = 1 << 20;
    let mut longest = 0;
    for declaration in text.split("<!ENTITY").skip(1) {
        let value = declaration.split_once(['"', '\'']).and_then(|(before, rest)| {
            let named = before.split_whitespace().count() == 1 && !before.contains('%');
            rest.split(['"', '\'']).next().filter(|_| named)
        });
        let Some(value) = value.filter(|it| it.len() <= LONGEST && !it.contains(['&', '%', '<'])) else {
            return false;
        };
        longest = longest.max(value.len());
    }
    longest == 0 || text.matches('&').count().saturating_mul(longest) <= EXPANDED
}

pub(super) fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let after = head.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    after[1..].split(quote).next().map(str::to_owned)
}

fn write(node: Node<'_, '_>, depth: usize, out: &mut String) {
    if depth > MAX_DEPTH || matches!(xml::name(node), "script" | "style") {
        return;
    }
    let name = xml::name(node);
    if let Some(record) = record(node) {
        out.push_str(&format!("{record}\n"));
    } else if holds_words(node) {
        let text =
            node.descendants().filter_map(|it| it.is_text().then(|| it.text()).flatten()).collect::<String>();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let simple = node.children().all(|it| !it.is_element());
        let line = attributes(node);
        match (simple && text.len() <= 200, line.is_empty()) {
            (_, false) => out.push_str(&format!("{name}: {text} ({line})\n")),
            (true, true) => out.push_str(&format!("{name}: {text}\n")),
            (false, true) => out.push_str(&format!("{text}\n\n")),
        }
    } else {
        let line = attributes(node);
        if !line.is_empty() {
            out.push_str(&format!("{name}: {line}\n"));
        }
        for child in node.children().filter(Node::is_element) {
            write(child, depth + 1, out);
        }
        if depth > 0 && node.has_children() {
            out.push('\n');
        }
    }
}

fn holds_words(node: Node<'_, '_>) -> bool {
    node.children().any(|it| it.is_text() && it.text().is_some_and(|it| !it.trim().is_empty()))
}

fn attributes(node: Node<'_, '_>) -> String {
    let shown = node.attributes().filter(|it| !it.value().trim().is_empty() && it.name() != "schemaLocation");
    shown.map(|it| format!("{}: {}", it.name(), it.value().trim())).collect::<Vec<_>>().join(" | ")
}

/// An element of several short values, on a line like a row of a table.
fn record(node: Node<'_, '_>) -> Option<String> {
    let children: Vec<Node<'_, '_>> = node.children().filter(Node::is_element).collect();
    if children.len() < 2 || children.len() > 40 || holds_words(node) {
        return None;
    }
    let mut fields: Vec<String> = Vec::new();
    let own = attributes(node);
    if !own.is_empty() {
        fields.push(own);
    }
    for child in children {
        let text = child.text().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        if child.children().any(|it| it.is_element()) || text.len() > 200 {
            return None;
        }
        let values =
            [text, attributes(child)].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" | ");
        if !values.is_empty() {
            fields.push(format!("{}: {values}", xml::name(child)));
        }
    }
    Some(fields.join(" | "))
}

fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        if let Some(raw) = after.strip_prefix("![CDATA[") {
            let (raw, behind) = raw.split_once("]]>").unwrap_or((raw, ""));
            out.push_str(raw);
            rest = behind;
            continue;
        }
        let end = if after.starts_with("!--") {
            after.find("-->").map(|it| it + 3)
        } else if after.starts_with("!DOCTYPE") {
            let declared = after.find('[').filter(|it| after.find('>').is_none_or(|end| *it < end));
            let from = declared.map_or(0, |it| after[it..].find(']').map_or(it, |end| it + end));
            after[from..].find('>').map(|it| from + it + 1)
        } else {
            after.find('>').map(|it| it + 1)
        };
        out.push(' ');
        rest = end.map_or("", |it| &after[it..]);
    }
    out.push_str(rest);
    out.lines().map(str::trim).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    fn read_text(xml: &str) -> String {
        collect(read, xml).unwrap()[0].text.clone()
    }

    #[test]
    fn values_stand_beside_their_names() {
        assert_eq!(
            read_text("<?xml version=\"1.0\"?><lamp><wick>14</wick><maker>Barbier</maker></lamp>"),
            "wick: 14 | maker: Barbier"
        );
        assert_eq!(
            read_text(
                "<list xmlns=\"urn:x\"><boat id=\"7\"><name>Terna</name><cod>812</cod></boat><boat id=\"8\"><name>Alke</name><cod>15</cod></boat><!-- no --></list>"
            ),
            "id: 7 | name: Terna | cod: 812\nid: 8 | name: Alke | cod: 15"
        );
        assert_eq!(read_text("<doc><p>Tom &amp; <b>Jerry</b> sail.</p></doc>"), "Tom & Jerry sail.");
    }

    #[test]
    fn short_entities_stand_for_their_text() {
        let xml = r#"<!DOCTYPE r [<!ENTITY co "Skarvik Ltd">]><r><a><![CDATA[raw <b> text]]></a><b note="5">&co;</b></r>"#;
        assert_eq!(read_text(xml), "a: raw <b> text | b: Skarvik Ltd | note: 5");
        assert!(are_tame("<r>&amp;</r>") && are_tame(xml));
        for wild in [
            r#"<!ENTITY a "ha"><!ENTITY b "&a;&a;">"#,
            r#"<!ENTITY a SYSTEM "file:///etc/passwd">"#,
            r#"<!ENTITY % a "x">"#,
            &format!(r#"<!ENTITY a "{}">{}"#, "x".repeat(200), "&a;".repeat(6000)),
        ] {
            assert!(!are_tame(wild), "{}", &wild[..20]);
        }
    }

    #[test]
    fn what_does_not_hold_together_is_read_for_its_words() {
        assert_eq!(read_text("<a><b>one</b><c>two</a>"), "one  two");
        assert_eq!(read_text("<a><b>one</b><![CDATA[raw <b> text]]>"), "one raw <b> text");
        assert!(
            read_text("<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><x>&b; seen</x>")
                .contains("seen")
        );
    }
}
