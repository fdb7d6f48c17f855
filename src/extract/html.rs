//! Uploaded web pages: everything on them, for somebody chose to send them.

use super::error::ExtractError;
use super::format::{self, Format};
use super::sink::{Sink, Source};
use super::{encoding, markup};

/// How far into a page its own word on its encoding is looked for, as browsers do.
const PRESCAN_BYTES: usize = 4096;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    if !format::looks_like_text(&source.bytes) {
        return Err(ExtractError::Contradiction { named: Format::Html, found: "binary data".to_owned() });
    }
    let html = encoding::decode_declared(&source.bytes, declared(&source.bytes).as_deref());
    sink.flat(markup::page(&html, source.budget.max_nesting)?)
}

/// The label in `<meta charset=…>`, `<meta … content="…; charset=…">` or `<?xml … encoding=…?>`.
pub(super) fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN_BYTES)]).to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|key| {
        let after = head[head.find(key)? + key.len()..].trim_start().strip_prefix('=')?;
        let label = after.trim_start().trim_start_matches(['"', '\'']);
        let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':' | '.'))?;
        Some(label[..end].to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn declarations_are_found() {
        for (html, expected) in [
            (r#"<meta charset="Shift_JIS">"#, Some("shift_jis")),
            ("<meta http-equiv=x content='text/html; charset=ISO-8859-2'>", Some("iso-8859-2")),
            ("<?xml version='1.0' encoding='windows-1251'?>", Some("windows-1251")),
            ("<p>charset</p>", None),
        ] {
            assert_eq!(declared(html.as_bytes()).as_deref(), expected, "{html}");
        }
    }

    #[test]
    fn a_page_keeps_its_headings_and_loses_its_scripts() {
        let pages = collect(read, include_bytes!("../../fixtures/documents/page.html").to_vec()).unwrap();
        let titles: Vec<_> = pages[0].headings.iter().map(|it| it.title.as_str()).collect();
        assert_eq!(titles, ["Barn owl boxes", "When to clean", "Who to ask"]);
        assert!(pages[0].text.contains("Marta Lind, extension 417"));
        assert!(!pages[0].text.contains("never part of the text"));
        assert!(!pages[0].text.contains("#222"));
    }

    #[test]
    fn the_declared_encoding_is_used() {
        let html = b"<meta charset=iso-8859-2><p>Ko\xB6ciuszko \xBF\xF3\xB3w</p>".to_vec();
        assert_eq!(collect(read, html).unwrap()[0].text, "Kościuszko żółw");
    }
}
