//! A document line by line, with the heading that each line stands under.

use crate::ways::exhaustive;
use docent_models::{sentences_of, terms_of};

/// Words of a line that may be a heading.
const HEADING: usize = 10;

/// Lines around a place that say what it is about.
const AROUND: usize = 14;

pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// In code points of the document.
    pub(super) start: i64,
    /// The line of the heading above it, or of itself.
    pub(super) heading: Option<usize>,
}

pub(super) struct Outline<'a> {
    pub(super) lines: Vec<Line<'a>>,
}

impl<'a> Outline<'a> {
    pub(super) fn of(text: &'a str, start: i64) -> Self {
        let mut lines: Vec<Line<'a>> = Vec::new();
        let (mut at, mut heading, mut blank) = (start, None, true);
        for text in text.split('\n') {
            if is_heading(text.trim(), blank) {
                heading = Some(lines.len());
            }
            lines.push(Line { text, start: at, heading });
            at += i64::try_from(text.chars().count()).unwrap_or(0) + 1;
            blank = text.trim().is_empty();
        }
        Self { lines }
    }

    /// The line at a place.
    pub(super) fn line_at(&self, start: i64) -> usize {
        self.lines.partition_point(|line| line.start <= start).saturating_sub(1)
    }

    pub(super) fn heading(&self, at: usize) -> &'a str {
        let heading = self.lines.get(at).and_then(|line| line.heading);
        heading.map_or("", |at| self.lines[at].text.trim_start_matches('#').trim())
    }

    /// The sentences that stand under the same heading as these lines, near them and not in them; rows are no sentences.
    pub(super) fn beside(&self, from: usize, to: usize) -> Vec<String> {
        let heading = self.lines.get(from).and_then(|line| line.heading);
        let near = from.saturating_sub(AROUND)..(to + AROUND).min(self.lines.len());
        let beside = near.filter(|at| {
            !(from..to).contains(at) && self.lines[*at].heading == heading && Some(*at) != heading
        });
        let text: Vec<&str> = beside.map(|at| self.lines[at].text).filter(|line| !is_row(line)).collect();
        sentences_of(&text.join("\n"))
    }

    /// The sentences that point at a heading: "the places named in the Schedule".
    pub(super) fn pointing_at(&self, heading: &str) -> Vec<String> {
        const POINTED_AT: &[&str] =
            &["schedule", "annex", "appendix", "exhibit", "anlage", "anhang", "annexe", "anexo", "beilage"];
        let words: Vec<String> = heading
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let Some(first) = words.first().filter(|word| POINTED_AT.contains(&word.as_str())) else {
            return Vec::new();
        };
        let number = words.get(1).filter(|word| word.len() <= 2);
        let name = number.map_or(first.clone(), |number| format!("{first} {number}"));
        let prose: Vec<&str> = self
            .lines
            .iter()
            .map(|line| line.text)
            .filter(|line| !is_row(line) && !line.starts_with('#'))
            .collect();
        let mut sentences = sentences_of(&prose.join("\n"));
        sentences.retain(|sentence| {
            let said: Vec<String> =
                sentence.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
            format!(" {} ", said.join(" ")).contains(&format!(" {name} "))
        });
        sentences
    }

    /// What the whole document is called.
    pub(super) fn top(&self) -> String {
        let lines =
            self.lines.iter().map(|line| line.text.trim()).filter(|line| !line.is_empty() && !is_row(line));
        let lines = lines.filter(|line| !line.starts_with(['-', '•', '*', '·']));
        lines
            .take(3)
            .filter(|line| line.split_whitespace().count() <= 2 * HEADING)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

pub(super) fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|') || line.contains(" | ")
}

fn is_heading(line: &str, behind_blank: bool) -> bool {
    if line.starts_with('#') {
        return true;
    }
    let words = line.split_whitespace().count();
    if !(1..=HEADING).contains(&words) || is_row(line) || line.ends_with(['.', ',', ';', ':', '?', '!']) {
        return false;
    }
    let first = line.split_whitespace().next().unwrap_or_default();
    let numbered = words > 1
        && first.starts_with(|c: char| c.is_ascii_digit())
        && first.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '/') || c.is_ascii_lowercase())
        && line[first.len()..].trim_start().starts_with(char::is_uppercase);
    let letters = line.chars().filter(|c| c.is_alphabetic());
    let loud = letters.clone().count() >= 4 && letters.clone().all(char::is_uppercase);
    numbered || loud || behind_blank && words <= 6 && line.starts_with(char::is_uppercase)
}

/// Whether a term is there, in whatever form.
pub(super) fn has(terms: &[String], wanted: &str) -> bool {
    const ENDINGS: &[&str] = &["s", "es", "e", "en", "n", "ed", "d", "ing", "er", "ers", "ern", "y", "ie"];
    const SHORTEST: usize = 4;
    let is_form = |known: &String| {
        let (short, long) =
            if known.len() < wanted.len() { (known.as_str(), wanted) } else { (wanted, known.as_str()) };
        short.chars().count() >= SHORTEST
            && long.strip_prefix(short).is_some_and(|rest| ENDINGS.contains(&rest))
    };
    exhaustive::has(terms, wanted) || terms.iter().any(is_form)
}

/// The terms of several texts.
pub(super) fn terms(texts: &[String]) -> Vec<String> {
    texts.iter().flat_map(|text| terms_of(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_the_heading_above_them() {
        let text = "# Rules of the harbour\n\nThe moorings are those of Annex 2.\n\n4 Fees\nThey are due in May.\n\n## ANNEX 2\n\n- North\n- South\n";
        let outline = Outline::of(text, 0);
        let north = outline.lines.iter().position(|line| line.text == "- North").unwrap();
        assert_eq!(outline.heading(north), "ANNEX 2");
        assert_eq!(outline.pointing_at(outline.heading(north)), ["The moorings are those of Annex 2."]);
        let fees = outline.lines.iter().position(|line| line.text.starts_with("They")).unwrap();
        assert_eq!(outline.heading(fees), "4 Fees");
        assert_eq!(outline.line_at(outline.lines[fees].start + 3), fees);
    }
}
