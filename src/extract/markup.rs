//! HTML to markdown, and what can be known from markdown.

use super::error::ExtractError;
use super::page::Heading;
use super::sink::Unit;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;

/// Elements that need no end tag: they have no content, or end where the next one begins. They nest only through
/// others, which are counted.
const UNCOUNTED: &[&[u8]] = &[
    b"area",
    b"base",
    b"body",
    b"br",
    b"caption",
    b"col",
    b"colgroup",
    b"dd",
    b"dt",
    b"embed",
    b"head",
    b"hr",
    b"html",
    b"img",
    b"input",
    b"li",
    b"link",
    b"meta",
    b"optgroup",
    b"option",
    b"p",
    b"param",
    b"rp",
    b"rt",
    b"source",
    b"tbody",
    b"td",
    b"tfoot",
    b"th",
    b"thead",
    b"tr",
    b"track",
    b"wbr",
];

/// An HTML page as markdown: what a browser shows of it. Links keep their words only, pictures their description.
pub(super) fn page(html: &str, max_nesting: u64) -> Result<Unit, ExtractError> {
    // The tree builder is quadratic in the depth, and the walk over it recursive.
    if nesting(html.as_bytes()) > max_nesting {
        return Err(ExtractError::limit(format!("elements nested more than {max_nesting} deep")));
    }
    Ok(super::browse::compose(&within_bounds(html)).unit())
}

/// The parser compares every attribute of a tag with all before it, so a tag gets no more than a few.
pub(super) fn within_bounds(html: &str) -> Cow<'_, str> {
    const MAX_ATTRIBUTES: usize = 500;
    let bytes = html.as_bytes();
    let mut out: Option<String> = None;
    let (mut at, mut copied) = (0, 0);
    while let Some(open) = bytes[at..].iter().position(|&byte| byte == b'<').map(|it| it + at) {
        let (end, cut) = tag_end(bytes, open + 1, MAX_ATTRIBUTES);
        if let Some(cut) = cut.filter(|_| bytes.get(open + 1).is_some_and(u8::is_ascii_alphabetic)) {
            out.get_or_insert_default().push_str(&html[copied..cut]);
            copied = end;
            at = end;
        } else {
            at = open + 1;
        }
    }
    match out {
        Some(mut out) => {
            out.push_str(&html[copied..]);
            Cow::Owned(out)
        }
        None => Cow::Borrowed(html),
    }
}

/// Where a tag ends, and where its attributes become too many.
fn tag_end(bytes: &[u8], start: usize, most: usize) -> (usize, Option<usize>) {
    let (mut count, mut cut, mut quote, mut before) = (0, None, None, 0u8);
    for (at, &byte) in bytes.iter().enumerate().skip(start) {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return (at, cut),
            (None, b'<') => return (at, None),
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, byte) if byte.is_ascii_whitespace() && !before.is_ascii_whitespace() => {
                count += 1;
                if count == most {
                    cut = Some(at);
                }
            }
            _ => {}
        }
        before = byte;
    }
    (bytes.len(), cut)
}

/// The headings of a markdown text, in order.
pub(super) fn headings(markdown: &str) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut inside = false;
    for (event, range) in
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS)
            .into_offset_iter()
    {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                inside = true;
                found.push(Heading { start: range.start, level: number(level), title: String::new() });
            }
            Event::End(TagEnd::Heading(_)) => inside = false,
            Event::Text(text) | Event::Code(text) if inside => {
                if let Some(heading) = found.last_mut() {
                    heading.title.push_str(&text);
                }
            }
            _ => {}
        }
    }
    found.retain(|heading| !heading.title.trim().is_empty());
    found
}

const fn number(level: HeadingLevel) -> u8 {
    level as u8
}

/// How many elements are open at one time, at most. A cheap count over the bytes: wrong by a little on odd markup, but
/// hardly by the factor that matters; what gets past it meets the stack and the processor limit of the child.
fn nesting(html: &[u8]) -> u64 {
    let (mut open, mut deepest) = (0i64, 0i64);
    let mut rest = html;
    while let Some(at) = rest.iter().position(|&byte| byte == b'<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix(b"!--") {
            let abrupt = comment.starts_with(b">") || comment.starts_with(b"->");
            rest = if abrupt { comment } else { after(comment, b"-->") };
            continue;
        }
        let closing = rest.first() == Some(&b'/');
        let name = rest.strip_prefix(b"/").unwrap_or(rest);
        let length = name.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = &name[..length];
        if !name.first().is_some_and(u8::is_ascii_alphabetic) || is_one_of(UNCOUNTED, name) {
            continue;
        }
        if !closing && is_one_of(&[b"script", b"style"], name) {
            rest = after(rest, b"</");
            continue;
        }
        open = if closing { (open - 1).max(0) } else { open + 1 };
        deepest = deepest.max(open);
    }
    deepest.unsigned_abs()
}

fn is_one_of(names: &[&[u8]], name: &[u8]) -> bool {
    names.iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// What follows the first `mark`; nothing if there is none.
fn after<'a>(html: &'a [u8], mark: &[u8]) -> &'a [u8] {
    html.windows(mark.len()).position(|it| it == mark).map_or(&[], |at| &html[at + mark.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_readable_markdown() {
        let html = r#"<head><title>no</title></head><h2>A_b * c</h2><p>See <a href="http://x.test/y">the page</a>
            <img src="p.png" alt="a kestrel"><img src="q.png"></p><ul><li>one</li><li>1. two</li></ul>
            <table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table><script>no</script>"#;
        insta::assert_snapshot!(page(html, 1000).unwrap().text, @r#"
        ## A_b * c

        See the page a kestrel

        - one
        - 1. two

        | x | y |
        | --- | --- |
        | 1 | 2 |
        "#);
    }

    #[test]
    fn attributes_without_number_cost_no_time() {
        let many: String = (0..80_000).map(|it| format!(" a{it}=\"{it}\"")).collect();
        let begun = std::time::Instant::now();
        assert_eq!(
            page(&format!("<p{many}>one</p><p title=it's>two's</p>"), 1000).unwrap().text,
            "one\n\ntwo's"
        );
        assert!(begun.elapsed().as_secs() < 5);
    }

    #[test]
    fn depth_is_bounded_before_parsing() {
        let nested = |depth: usize| format!("{}x{}", "<div><br>".repeat(depth), "</div>".repeat(depth));
        let most = nested(990);
        let thread = std::thread::Builder::new().stack_size(super::super::worker::STACK_BYTES);
        let read = thread.spawn(move || page(&most, 1000).map(|it| it.text)).unwrap().join().unwrap();
        assert_eq!(read.unwrap(), "x", "what is let through fits the stack");
        assert!(matches!(page(&nested(1100), 1000), Err(ExtractError::Limit { .. })));
        assert!(matches!(page(&"<b><i>".repeat(100_000), 1000), Err(ExtractError::Limit { .. })));
    }

    #[test]
    fn long_pages_are_not_taken_for_deep_ones() {
        for unit in [
            "<p>one</p> <br>2 < 3 ",
            "<p>never closed",
            "<ul><li>one<li>two</ul>",
            "<table><tr><td>1<td>2</table>",
            "<!-- <div> -->",
            "<script>'<div><div>'</script>",
            "<STYLE>a</STYLE>",
        ] {
            assert!(nesting(unit.repeat(5000).as_bytes()) <= 2, "{unit}");
        }
        assert_eq!(nesting(b"<!--><div><div>-->"), 2, "a comment that ends at once hides nothing");
    }
}
