//! reStructuredText: taken as it stands, with its underlined titles as headings.

use super::compose::one_line;
use super::error::ExtractError;
use super::format::Format;
use super::page::Heading;
use super::sink::{Sink, Source, Unit};
use super::text;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let text = text::decoded(&source, Format::Rst)?;
    sink.flat(shown(&text))
}

/// Titles in markdown's form, comments left out, the rest as it is.
fn shown(text: &str) -> Unit {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    let mut headings: Vec<Heading> = Vec::new();
    // Levels are given by the order in which the styles first come.
    let mut styles: Vec<(char, bool)> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if let Some((title, style, taken)) = title(&lines, at) {
            let level = styles.iter().position(|it| *it == style).unwrap_or_else(|| {
                styles.push(style);
                styles.len() - 1
            });
            let level = u8::try_from(level + 1).unwrap_or(6).min(6);
            headings.push(Heading { start: out.len(), level, title: title.clone() });
            out.push_str(&format!("{} {title}\n", "#".repeat(level.into())));
            at += taken;
        } else if is_comment(&lines, at) {
            at += 1;
            while lines.get(at).is_some_and(|it| it.starts_with([' ', '\t']) || it.is_empty()) {
                at += 1;
            }
        } else {
            out.push_str(lines[at]);
            out.push('\n');
            at += 1;
        }
    }
    out.truncate(out.trim_end().len());
    Unit { headings, markdown: true, ..Unit::text(out) }
}

/// A title at this line: its words, its style, and how many lines it takes.
fn title(lines: &[&str], at: usize) -> Option<(String, (char, bool), usize)> {
    let line = lines[at].trim_end();
    let after_blank = at == 0 || lines[at - 1].trim().is_empty();
    if let (Some(mark), Some(title), Some(under)) = (ruled(line), lines.get(at + 1), lines.get(at + 2))
        && ruled(under.trim_end()) == Some(mark)
        && !title.trim().is_empty()
        && ruled(title.trim()).is_none()
    {
        return Some((one_line(title), (mark, true), 3));
    }
    let mark = ruled(lines.get(at + 1)?.trim_end())?;
    let words = line.chars().count();
    let long_enough = lines[at + 1].trim_end().chars().count() + 1 >= words;
    let is_title = after_blank
        && !line.trim().is_empty()
        && !line.starts_with(' ')
        && ruled(line).is_none()
        && long_enough;
    is_title.then(|| (one_line(line), (mark, false), 2))
}

fn ruled(line: &str) -> Option<char> {
    let mark = line.chars().next().filter(char::is_ascii_punctuation)?;
    (line.len() >= 3 && line.chars().all(|it| it == mark)).then_some(mark)
}

/// `.. words` that are no directive, target, footnote or substitution.
fn is_comment(lines: &[&str], at: usize) -> bool {
    let Some(rest) = lines[at].strip_prefix("..") else { return false };
    match rest.strip_prefix(' ') {
        Some(words) => {
            !words.contains("::") && !words.starts_with(['_', '[', '|']) && !words.trim().is_empty()
        }
        None => rest.is_empty() && lines.get(at + 1).is_some_and(|it| it.starts_with([' ', '\t'])),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn titles_become_headings() {
        let text = "=====\nLamps\n=====\n\nWick\n----\n\nThe wick is number 14.\n\n.. a comment\n   goes on\n\n.. note::\n   Trim it.\n\nOil\n---\n\na\n--- no title\n";
        let pages = collect(read, text).unwrap();
        assert_eq!(
            pages[0].text,
            "# Lamps\n\n## Wick\n\nThe wick is number 14.\n\n.. note::\n   Trim it.\n\n## Oil\n\na\n--- no title"
        );
        let headings: Vec<_> = pages[0].headings.iter().map(|it| (it.level, it.title.as_str())).collect();
        assert_eq!(headings, [(1, "Lamps"), (2, "Wick"), (2, "Oil")]);
    }
}
