//! From lines anywhere on a page to its text in reading order, with a place for each word.

use serde::{Deserialize, Serialize};

use super::Found;
use super::geometry::{Point, Slanted, median};
use super::picture::Quarter;

/// A line as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub area: Slanted,
    pub text: String,
    pub confidence: f32,
    /// For each character, where it stands: share of the width.
    pub places: Vec<f32>,
}

/// Where a word of the text stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// Byte offset into the page's text.
    pub start: usize,
    pub len: usize,
    /// Left, top, right, bottom, in ten-thousandths of the page as people see it.
    pub area: [u16; 4],
}

/// The sheet that places are measured on: how it was turned to stand upright, and its size then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    pub quarter: Quarter,
    pub width: usize,
    pub height: usize,
}

impl Frame {
    /// A rectangle of the upright sheet, in ten-thousandths of the page as it was sent.
    pub fn area(&self, [left, top, right, bottom]: [f32; 4]) -> [u16; 4] {
        let share =
            |x: f32, y: f32| self.quarter.undo((x / self.width.max(1) as f32, y / self.height.max(1) as f32));
        let (a, b) = (share(left, top), share(right, bottom));
        let parts = |value: f32| (value * 10_000.0).round().clamp(0.0, 10_000.0) as u16;
        [parts(a.0.min(b.0)), parts(a.1.min(b.1)), parts(a.0.max(b.0)), parts(a.1.max(b.1))]
    }
}

/// A page's text and its words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Laid {
    pub text: String,
    pub words: Vec<Word>,
}

/// Gutters are looked for between so many lines at least on each side.
const COLUMN_LINES: usize = 3;
/// Lines of columns are this many times as long as high, or they are cells of a table.
const COLUMN_WIDTH: f32 = 9.0;

impl Line {
    pub const fn new(area: Slanted, text: String, confidence: f32, places: Vec<f32>) -> Self {
        Self { area, text, confidence, places }
    }

    /// Leaves out words by the rectangle around them.
    pub fn keep_words(&mut self, keep: impl Fn([f32; 4]) -> bool) {
        let characters: Vec<char> = self.text.chars().collect();
        let (mut text, mut places) = (String::new(), Vec::new());
        let whole = self.places.len() == characters.len();
        for part in parts(&characters) {
            let (from, to) = span(self, &part, characters.len());
            if !keep(self.area.around(from, to)) {
                continue;
            }
            let spaced = part.start > 0 && characters[part.start - 1].is_whitespace();
            if spaced && !text.is_empty() {
                text.push(' ');
                places.extend(whole.then(|| self.places[part.start - 1]));
            }
            text.extend(&characters[part.clone()]);
            if whole {
                places.extend_from_slice(&self.places[part]);
            }
        }
        (self.text, self.places) = (text, places);
    }
}

/// A line in the frame of the levelled page.
struct Level<'a> {
    line: &'a Line,
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
}

impl Level<'_> {
    const fn height(&self) -> f32 {
        self.bottom - self.top
    }

    const fn middle(&self) -> f32 {
        f32::midpoint(self.top, self.bottom)
    }

    const fn width(&self) -> f32 {
        self.right - self.left
    }
}

/// Puts what was found on a page in order.
pub fn lay_out(found: &Found) -> Laid {
    let (sin, cos) = (-found.angle).sin_cos();
    let turned = |(x, y): Point| (x * cos - y * sin, x * sin + y * cos);
    let mut lines: Vec<Level<'_>> = found.lines.iter().map(|line| levelled(line, &turned)).collect();
    lines.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    let mut rows = Vec::new();
    in_order(lines, &mut rows, 0);
    Writer { found, laid: Laid::default() }.write(&rows)
}

fn levelled<'a>(line: &'a Line, turned: &dyn Fn(Point) -> Point) -> Level<'a> {
    let area = &line.area;
    let (centre, left, right) = (turned(area.centre), turned(area.at(0.0, 0.5)), turned(area.at(1.0, 0.5)));
    let half = if area.is_tall() { area.height / 2.0 } else { area.height / 2.0 * HEART };
    Level {
        line,
        left: left.0.min(right.0),
        right: left.0.max(right.0),
        top: centre.1 - half,
        bottom: centre.1 + half,
    }
}

/// Boxes reach over their letters; this much of their height is letters.
const HEART: f32 = 0.7;

/// A row of the page: pieces of lines side by side.
type Row<'a> = Vec<Level<'a>>;

/// Columns one after the other, whatever goes across them in between; elsewhere row by row.
fn in_order<'a>(lines: Vec<Level<'a>>, rows: &mut Vec<Row<'a>>, depth: usize) {
    let Some(gutter) = gutter(&lines).filter(|_| depth < 6) else {
        rows.extend(in_rows(lines));
        return;
    };
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in lines {
        if line.left < gutter && line.right > gutter {
            in_order(std::mem::take(&mut left), rows, depth + 1);
            in_order(std::mem::take(&mut right), rows, depth + 1);
            rows.push(vec![line]);
        } else if f32::midpoint(line.left, line.right) < gutter {
            left.push(line);
        } else {
            right.push(line);
        }
    }
    in_order(left, rows, depth + 1);
    in_order(right, rows, depth + 1);
}

/// Where a page falls into columns of running text: a place that few lines cross, with lines long enough to be
/// sentences on both sides, next to each other.
fn gutter(lines: &[Level<'_>]) -> Option<f32> {
    if lines.len() < 2 * COLUMN_LINES {
        return None;
    }
    let height = median(lines.iter().map(Level::height).collect());
    let mut edges: Vec<f32> = lines.iter().map(|line| line.left).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < height / 2.0);
    let candidates = edges.iter().skip(1).map(|edge| edge - height * 0.35);
    let judged = candidates.filter_map(|at| separates(lines, at, height).map(|crossing| (crossing, at)));
    judged.min_by(|a, b| a.0.cmp(&b.0)).map(|(_, at)| at)
}

/// How many lines cross a gutter; `None` if it is none.
fn separates(lines: &[Level<'_>], at: f32, height: f32) -> Option<usize> {
    let crossing = lines.iter().filter(|line| line.left < at && line.right > at).count();
    let left: Vec<&Level<'_>> = lines.iter().filter(|line| line.right <= at).collect();
    let right: Vec<&Level<'_>> = lines.iter().filter(|line| line.left >= at).collect();
    if left.len() < COLUMN_LINES || right.len() < COLUMN_LINES || crossing * 4 > lines.len() {
        return None;
    }
    let running = |side: &[&Level<'_>]| {
        let widths = side.iter().map(|line| line.width()).collect();
        median(widths) > COLUMN_WIDTH * height
    };
    // Side by side, not one below the other.
    let beside = |a: &[&Level<'_>], b: &[&Level<'_>]| {
        a.iter().filter(|one| b.iter().any(|other| other.top < one.bottom && one.top < other.bottom)).count()
    };
    let shared = beside(&left, &right).min(beside(&right, &left));
    (running(&left) && running(&right) && shared >= COLUMN_LINES - 1).then_some(crossing)
}

/// What stands at one height is one row, from left to right.
fn in_rows(lines: Vec<Level<'_>>) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for line in lines {
        let fits = rows.last().is_some_and(|row| {
            row.iter().all(|other| {
                let shared = line.bottom.min(other.bottom) - line.top.max(other.top);
                let apart =
                    line.left >= other.right - other.height() || line.right <= other.left + other.height();
                shared > line.height().min(other.height()) * 0.5 && apart
            })
        });
        match rows.last_mut().filter(|_| fits) {
            Some(row) => row.push(line),
            None => rows.push(vec![line]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows
}

struct Writer<'a> {
    found: &'a Found,
    laid: Laid,
}

impl Writer<'_> {
    fn write(mut self, rows: &[Row<'_>]) -> Laid {
        let mut above: Option<&Row<'_>> = None;
        for row in rows {
            if let Some(above) = above {
                self.between(above, row);
            }
            for (at, line) in row.iter().enumerate() {
                if at > 0 {
                    let gap = line.left - row[at - 1].right;
                    self.laid.text.push_str(if gap > line.height() * 1.2 { "  " } else { " " });
                }
                self.line(line.line);
            }
            above = Some(row);
        }
        self.laid
    }

    /// An empty line between paragraphs, where there is more room than between lines; a word that was cut at the end
    /// of a line is put together.
    fn between(&mut self, above: &Row<'_>, below: &Row<'_>) {
        let (Some(upper), Some(lower)) = (above.last(), below.first()) else { return };
        let gap = lower.top - upper.bottom;
        let height = upper.height().min(lower.height());
        if gap > height * 1.1 || gap < -height * 2.0 {
            self.laid.text.push_str("\n\n");
            return;
        }
        let starts_small = lower.line.text.chars().next().is_some_and(char::is_lowercase);
        let mut end = self.laid.text.chars().rev();
        let hyphen = matches!(end.next(), Some('-' | '\u{ad}'));
        if hyphen && starts_small && end.next().is_some_and(char::is_lowercase) && below.len() == 1 {
            self.laid.text.pop();
            if let Some(word) = self.laid.words.last_mut() {
                word.len = self.laid.text.len().saturating_sub(word.start);
            }
            return;
        }
        // Ideographs are written without spaces: a full line of them simply goes on.
        let goes_on = starts_with(&lower.line.text, is_ideograph) && self.laid.text.ends_with(is_wide);
        if goes_on && upper.right + upper.height() * 2.0 >= lower.right {
            return;
        }
        self.laid.text.push('\n');
    }

    fn line(&mut self, line: &Line) {
        let characters: Vec<char> = line.text.chars().collect();
        let mut at = 0;
        for part in parts(&characters) {
            if self.laid.text.ends_with(|it: char| !it.is_whitespace()) && at < part.start && at > 0 {
                self.laid.text.push(' ');
            }
            let start = self.laid.text.len();
            self.laid.text.extend(&characters[part.clone()]);
            let (from, to) = span(line, &part, characters.len());
            let area = self.found.frame.area(line.area.around(from, to));
            self.laid.words.push(Word { start, len: self.laid.text.len() - start, area });
            at = part.end;
        }
    }
}

/// Words: what is between spaces; ideographs each by itself.
fn parts(characters: &[char]) -> Vec<std::ops::Range<usize>> {
    let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
    let mut open = false;
    for (at, character) in characters.iter().enumerate() {
        let alone = is_ideograph(*character);
        if character.is_whitespace() {
            open = false;
        } else if open && !alone {
            if let Some(part) = parts.last_mut() {
                part.end = at + 1;
            }
        } else {
            parts.push(at..at + 1);
            open = !alone;
        }
    }
    parts
}

fn starts_with(text: &str, is: fn(char) -> bool) -> bool {
    text.chars().next().is_some_and(is)
}

/// An ideograph, or a mark that is written among them.
fn is_wide(character: char) -> bool {
    is_ideograph(character) || matches!(character, '\u{3001}' | '\u{3002}' | '\u{FF00}'..='\u{FF65}')
}

const fn is_ideograph(character: char) -> bool {
    matches!(character as u32, 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// From the middle between the word and what is before it, to the middle between it and what follows.
fn span(line: &Line, part: &std::ops::Range<usize>, characters: usize) -> (f32, f32) {
    if line.places.len() != characters {
        return (part.start as f32 / characters as f32, part.end as f32 / characters as f32);
    }
    let place = |at: usize| line.places.get(at).copied();
    let half = 0.5 / characters.max(1) as f32;
    let (first, last) = (place(part.start).unwrap_or(0.0), place(part.end - 1).unwrap_or(1.0));
    let before = part.start.checked_sub(1).and_then(place).map_or(0.0, |it| f32::midpoint(it, first));
    let after = place(part.end).map_or(1.0, |it| f32::midpoint(it, last));
    (before.min(first - half.min(first)), after.max((last + half).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, left: f32, top: f32, right: f32) -> Line {
        let area = Slanted {
            centre: (f32::midpoint(left, right), top + 10.0),
            along: (1.0, 0.0),
            width: right - left,
            height: 20.0,
        };
        let count = text.chars().count();
        let places = (0..count).map(|at| (at as f32 + 0.5) / count as f32).collect();
        Line::new(area, text.to_owned(), 0.9, places)
    }

    fn found(lines: Vec<Line>) -> Found {
        let frame = Frame { quarter: Quarter::None, width: 1000, height: 1000 };
        Found { frame, angle: 0.0, lines, readable: true }
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut lines = vec![line("A title across both of the columns", 100.0, 10.0, 900.0)];
        for row in 0..4 {
            let top = 60.0 + row as f32 * 25.0;
            lines.push(line(&format!("left column line {row}"), 50.0, top, 480.0));
            lines.push(line(&format!("right column line {row}"), 520.0, top, 950.0));
        }
        lines.push(line("and a footer across both of them", 100.0, 900.0, 900.0));
        let text = lay_out(&found(lines)).text;
        let order: Vec<&str> = text.lines().filter(|it| !it.is_empty()).collect();
        assert_eq!(order[0], "A title across both of the columns");
        assert!(order[1..5].iter().all(|it| it.starts_with("left")), "{text}");
        assert!(order[5..9].iter().all(|it| it.starts_with("right")), "{text}");
        assert!(order[9].starts_with("and a footer"));
    }

    #[test]
    fn labels_stay_with_their_values() {
        let rows = [("Name", "Ada"), ("Born", "1815"), ("Town", "London"), ("Trade", "Mathematics")];
        let mut lines = Vec::new();
        for (row, (label, value)) in rows.into_iter().enumerate() {
            lines.push(line(label, 50.0, row as f32 * 30.0, 110.0));
            lines.push(line(value, 400.0, row as f32 * 30.0 + 2.0, 520.0));
        }
        let text = lay_out(&found(lines)).text;
        assert_eq!(text, "Name  Ada\nBorn  1815\nTown  London\nTrade  Mathematics");
    }

    #[test]
    fn every_word_has_its_place() {
        let laid = lay_out(&found(vec![line("one two 漢字", 100.0, 100.0, 500.0)]));
        let words: Vec<_> =
            laid.words.iter().map(|it| (&laid.text[it.start..it.start + it.len], it.area)).collect();
        assert_eq!(words.iter().map(|it| it.0).collect::<Vec<_>>(), ["one", "two", "漢", "字"]);
        assert_eq!(words[0].1[0], 1000);
        assert_eq!(words[3].1[2], 5000);
        assert!(words.windows(2).all(|two| two[0].1[2] <= two[1].1[0] + 1), "{words:?}");
        assert_eq!((words[0].1[1], words[0].1[3]), (1000, 1200));
    }

    #[test]
    fn words_cut_at_the_end_of_a_line_are_whole_and_have_two_places() {
        let lines = vec![line("this is recog-", 0.0, 0.0, 200.0), line("nition of text", 0.0, 24.0, 200.0)];
        let laid = lay_out(&found(lines));
        assert_eq!(laid.text, "this is recognition of text");
        assert_eq!(laid.words.len(), 6);
        let kept = vec![line("well-", 0.0, 0.0, 100.0), line("Known", 0.0, 24.0, 100.0)];
        assert_eq!(lay_out(&found(kept)).text, "well-\nKnown");
    }

    #[test]
    fn full_lines_of_ideographs_go_on() {
        let lines = vec![
            line("灯塔", 0.0, 0.0, 40.0),
            line("灯塔于一八五八年，", 0.0, 24.0, 200.0),
            line("首次点亮。", 0.0, 48.0, 120.0),
        ];
        assert_eq!(lay_out(&found(lines)).text, "灯塔\n灯塔于一八五八年，首次点亮。");
    }

    #[test]
    fn places_are_those_of_the_page_as_it_was_sent() {
        let mut page = found(vec![line("word", 0.0, 0.0, 100.0)]);
        page.frame.quarter = Quarter::Right;
        let area = lay_out(&page).words[0].area;
        assert_eq!(area, [0, 9000, 200, 10_000]);
    }

    #[test]
    fn a_page_that_lies_askew_is_read_in_level_rows() {
        let angle = 0.05f32;
        let (sin, cos) = angle.sin_cos();
        let slanted = |text: &str, x: f32, y: f32| {
            let mut line = line(text, 0.0, 0.0, 200.0);
            line.area.centre = (x * cos - y * sin, x * sin + y * cos);
            line.area.along = (cos, sin);
            line
        };
        let lines = vec![
            slanted("b", 700.0, 100.0),
            slanted("c", 100.0, 125.0),
            slanted("a", 100.0, 100.0),
            slanted("d", 700.0, 125.0),
        ];
        let text = lay_out(&Found { angle, ..found(lines) }).text;
        assert_eq!(text, "a  b\nc  d");
    }
}
