//! Markdown, taken as it stands, but for what its readers never see: the fences around its front matter, comments, and what is
//! written in place of signs.

use super::error::ExtractError;
use super::format::Format;
use super::sink::{Sink, Source, Unit};
use super::{markdown_signs, text};
use pulldown_cmark::{Event, Options, Parser};

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let text = text::decoded(&source, Format::Markdown)?;
    sink.flat(Unit::markdown(shown(&text)))
}

/// Without the fences of the front matter, whose closing one would make a heading of it, without comments, and with the
/// characters for entities.
pub(super) fn shown(text: &str) -> String {
    let (front, body) = front_matter(text);
    let mut out = String::with_capacity(text.len());
    if !front.trim().is_empty() {
        out.push_str(front.trim_end());
        out.push_str("\n\n");
    }
    let hidden = comments(body);
    let mut kept = String::with_capacity(body.len());
    let mut from = 0;
    for comment in hidden {
        kept.push_str(&body[from..comment.start]);
        from = comment.end;
    }
    kept.push_str(&body[from..]);
    out.push_str(&markdown_signs::shown(&kept));
    super::clean::normalise(&out)
}

/// The lines between `---` at the very top and the next `---` or `...`; also `+++`.
fn front_matter(text: &str) -> (&str, &str) {
    let fence = match text.lines().next() {
        Some("---") => ["---", "..."],
        Some("+++") => ["+++", "+++"],
        _ => return ("", text),
    };
    let mut at = text.find('\n').map_or(text.len(), |it| it + 1);
    let start = at;
    for line in text[start..].split_inclusive('\n') {
        if fence.contains(&line.trim_end()) {
            // A rule between two paragraphs looks the same; front matter has keys.
            let front = &text[start..at];
            let keyed = front.lines().any(|it| it.contains(':') || it.contains('='));
            return if keyed { (front, &text[at + line.len()..]) } else { ("", text) };
        }
        at += line.len();
    }
    ("", text)
}

/// Where comments stand, outside of code.
fn comments(text: &str) -> Vec<std::ops::Range<usize>> {
    if !text.contains("<!--") {
        return Vec::new();
    }
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        if let Event::Html(_) | Event::InlineHtml(_) = event {
            let mut from = range.start;
            while let Some(at) = text[from..range.end].find("<!--").map(|it| it + from) {
                let end = text[at..].find("-->").map_or(text.len(), |it| at + it + 3);
                if found.last().is_none_or(|it| it.end <= at) {
                    found.push(at..end);
                }
                from = end.min(range.end);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn front_matter_is_text_and_no_heading() {
        let pages = collect(read, "---\ntitle: Nets\nowner: Team Seine\n---\n# Real <!-- no --> title\n\n<!-- gone\n\nsee -->\n\ntext\n\n`<!-- code -->`\n").unwrap();
        assert_eq!(
            pages[0].text,
            "title: Nets\nowner: Team Seine\n\n# Real  title\n\ntext\n\n`<!-- code -->`"
        );
        let titles: Vec<&str> = pages[0].headings.iter().map(|it| it.title.as_str()).collect();
        assert_eq!(titles, ["Real  title"]);
        assert_eq!(
            collect(read, "---\n\na rule, not a fence\n\n---\n").unwrap()[0].text,
            "---\n\na rule, not a fence\n\n---"
        );
    }

    #[test]
    fn headings_are_found_and_code_is_not_taken_for_them() {
        let pages = collect(read, "# One *two*\n\ntext\n\n```\n# no heading\n```\n\nSub\n---\n").unwrap();
        let headings = &pages[0].headings;
        let found: Vec<_> = headings.iter().map(|it| (it.level, it.title.as_str())).collect();
        assert_eq!(found, [(1, "One two"), (2, "Sub")]);
        assert!(pages[0].text[headings[1].start..].starts_with("Sub"));
        assert!(pages[0].markdown);
    }
}
