//! AsciiDoc: taken as it stands, with its titles as headings and without its comments.

use super::error::ExtractError;
use super::format::Format;
use super::page::Heading;
use super::sink::{Sink, Source, Unit};
use super::text;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let text = text::decoded(&source, Format::Asciidoc)?;
    sink.flat(shown(&text))
}

fn shown(text: &str) -> Unit {
    let mut out = String::new();
    let mut headings = Vec::new();
    // The delimiter of the block that the line is in: listings are no titles, comments are not shown.
    let mut block: Option<&str> = None;
    for line in text.lines() {
        let trimmed = line.trim_end();
        let delimiter = trimmed.len() >= 4
            && ["----", "....", "////", "++++"].iter().any(|it| trimmed.starts_with(it))
            && trimmed.bytes().all(|it| it == trimmed.as_bytes()[0]);
        match block {
            Some(open) => {
                if trimmed == open {
                    block = None;
                }
                if open.starts_with('/') {
                    continue;
                }
            }
            None if delimiter => {
                block = Some(trimmed);
                if trimmed.starts_with('/') {
                    continue;
                }
            }
            None => {
                if let Some((level, title)) = title(trimmed) {
                    headings.push(Heading { start: out.len(), level, title: title.to_owned() });
                    out.push_str(&format!("{} {title}\n", "#".repeat(level.into())));
                    continue;
                }
                if trimmed.starts_with("//") {
                    continue;
                }
            }
        }
        out.push_str(line);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    Unit { headings, markdown: true, ..Unit::text(out) }
}

fn title(line: &str) -> Option<(u8, &str)> {
    let level = line.bytes().take_while(|it| *it == b'=').count();
    let title = line[level..].strip_prefix(' ')?.trim();
    let title = title.trim_end_matches('=').trim_end();
    (1..=6).contains(&level).then_some(())?;
    (!title.is_empty()).then_some((u8::try_from(level).unwrap_or(6), title))
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn titles_become_headings() {
        let text = "= Lamps\n:toc:\n\n// not shown\n== Wick\n\nNumber 14.\n\n----\n== code\n----\n\n////\nhidden\n////\n\nEnd.\n";
        let pages = collect(read, text).unwrap();
        assert_eq!(pages[0].text, "# Lamps\n:toc:\n\n## Wick\n\nNumber 14.\n\n----\n== code\n----\n\n\nEnd.");
        let headings: Vec<_> = pages[0].headings.iter().map(|it| (it.level, it.title.as_str())).collect();
        assert_eq!(headings, [(1, "Lamps"), (2, "Wick")]);
    }
}
