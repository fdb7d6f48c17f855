//! Lines to paragraphs.

use super::bidi;
use super::hyphen::{self, Known};
use super::sheet::{Line, Rect};

/// A paragraph, and the lines it is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Paragraph {
    pub text: String,
    pub rect: Rect,
    pub size: f32,
    /// Empty space above it, in ems of its text.
    pub above: f32,
    pub lines: usize,
    /// Whether its last line ends where the column does: the sentence may go on elsewhere.
    pub ends_full: bool,
}

/// A line shorter than this, in ems, is no line of running text.
const MIN_RUNNING: f32 = 11.0;

/// Lines of one column as paragraphs.
pub(crate) fn paragraphs(lines: &[Line], known: &Known<'_>) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    let (left, right) = edges(lines);
    let pitch = usual_pitch(lines);
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &lines[before]);
        let above = before.map_or(0.0, |before| (line.rect.top - before.rect.bottom) / line.size.max(1.0));
        let ends_full = is_full(line, left, right);
        let joins = before.is_some_and(|before| runs_on(before, line, (left, right), pitch));
        match out.last_mut() {
            Some(paragraph) if joins => {
                hyphen::join(&mut paragraph.text, &line.text, known);
                paragraph.rect.join(&line.rect);
                paragraph.lines += 1;
                paragraph.ends_full = ends_full;
            }
            _ => out.push(Paragraph {
                text: line.text.clone(),
                rect: line.rect,
                size: line.size,
                above,
                lines: 1,
                ends_full,
            }),
        }
    }
    out
}

/// Where most lines begin and where the longest end.
fn edges(lines: &[Line]) -> (f32, f32) {
    let left = lines.iter().map(|line| line.rect.left).fold(f32::MAX, f32::min);
    let right = lines.iter().map(|line| line.rect.right).fold(f32::MIN, f32::max);
    (left, right)
}

/// The usual distance from line to line.
fn usual_pitch(lines: &[Line]) -> f32 {
    let mut all: Vec<f32> = lines
        .windows(2)
        .map(|pair| pair[1].rect.bottom - pair[0].rect.bottom)
        .filter(|it| *it > 0.0)
        .collect();
    if all.is_empty() {
        return 0.0;
    }
    let middle = all.len() / 2;
    *all.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// Whether the line reaches so far that a word more would not have fitted.
fn is_full(line: &Line, left: f32, right: f32) -> bool {
    let room = if bidi::is_rtl(&line.text) { line.rect.left - left } else { right - line.rect.right };
    line.rect.width() >= MIN_RUNNING * line.size && room < line.size * 4.0
}

fn runs_on(before: &Line, line: &Line, (left, right): (f32, f32), pitch: f32) -> bool {
    let em = before.size.max(line.size).max(1.0);
    let step = line.rect.bottom - before.rect.bottom;
    let close = step > 0.0 && step <= (pitch * 1.3).max(em * 1.05).min(em * 2.6);
    let alike = (before.size - line.size).abs() <= em * 0.12;
    if before.is_row || line.is_row || !close || !alike || starts_item(&line.text) {
        return false;
    }
    let rtl = bidi::is_rtl(&before.text);
    let indent = if rtl { before.rect.right - line.rect.right } else { line.rect.left - before.rect.left };
    // A first line may stand further in or out than the second; later ones do not.
    if indent.abs() > em * 4.0 {
        return false;
    }
    let last = before.text.chars().last().unwrap_or(' ');
    let divided = hyphen::is_hyphen(last) || hyphen::is_soft(last);
    let goes_on = line.text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() && divided);
    let room = if rtl { before.rect.left - left } else { right - before.rect.right };
    let fits = line.first_word + em * 0.3 < room;
    let running = before.rect.width() >= MIN_RUNNING * em;
    if divided && (goes_on || line.text.starts_with(char::is_alphanumeric)) {
        // Also where the lines are ragged: a hyphen is no end.
        return before.text.chars().rev().nth(1).is_some_and(char::is_alphanumeric);
    }
    let comma = last.is_alphabetic() || matches!(last, ',' | ';');
    running && (!fits && indent.abs() < em * 2.5 || goes_on && comma)
}

/// A bullet, or a number of a list.
fn starts_item(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().unwrap_or(' ');
    if matches!(
        first,
        '•' | '▪'
            | '●'
            | '○'
            | '◦'
            | '‣'
            | '■'
            | '□'
            | '–'
            | '—'
            | '*'
            | '\u{F0B7}'
            | '☐'
            | '☒'
            | '☑'
    ) {
        return true;
    }
    let word = text.split_whitespace().next().unwrap_or_default();
    if word == "-" {
        return true;
    }
    let inner = word.trim_start_matches('(');
    let body = inner.trim_end_matches(['.', ')']);
    let marked = body.len() < inner.len() && text.len() > word.len();
    marked
        && (body.chars().all(|c| c.is_ascii_digit() || c == '.') && body.len() <= 6
            || body.chars().count() == 1)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A line whose characters are half an em wide.
    pub(crate) fn line(text: &str, left: f32, bottom: f32) -> Line {
        let width = |text: &str| text.chars().count() as f32 * 5.0;
        Line {
            text: text.to_owned(),
            rect: Rect { left, right: left + width(text), top: bottom - 10.0, bottom },
            size: 10.0,
            first_word: width(text.split(' ').next().unwrap()),
            is_row: false,
        }
    }

    fn read(lines: &[&str]) -> Vec<String> {
        let lines: Vec<Line> =
            lines.iter().enumerate().map(|(at, text)| line(text, 0.0, at as f32 * 12.0)).collect();
        paragraphs(&lines, &Known::new(&())).into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn running_text_is_joined_and_short_lines_are_not() {
        assert_eq!(read(&["Value is", "5 kilograms", "x", "end"]), ["Value is", "5 kilograms", "x", "end"]);
        assert_eq!(
            read(&[
                "The warranty that the maker gives on the",
                "Boiler is long. It covers three months of",
                "use."
            ]),
            ["The warranty that the maker gives on the Boiler is long. It covers three months of use."]
        );
    }

    #[test]
    fn items_begin_a_line() {
        let lines = ["A list of things that are long enough to fill", "• one of them", "2. another"];
        assert_eq!(read(&lines), lines);
    }
}
