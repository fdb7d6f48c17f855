//! Characters to words and rows, by nothing but their distances.

use super::accents;
use super::bidi;
use super::sheet::{Line, Rect};
use super::turn::Mark;
use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;

/// A word in the order in which it is seen.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub text: String,
    pub rect: Rect,
    pub size: f32,
}

/// What stands on one baseline.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub words: Vec<Word>,
    pub base: f32,
}

/// Characters on baselines this near, in ems, stand in one row.
const SAME_BASE: f32 = 0.2;
/// A gap wider than this parts words, beyond how far the letters of the row are spaced.
const WORD_GAP: f32 = 0.18;
/// With a space between them, this is enough.
const SPACE_GAP: f32 = 0.04;
/// Letters overlap by no more than this, in ems, for the gaps between words to be less.
const TIGHTEST: f32 = -0.06;
/// Figures hang no deeper than this below the letter before them, in ems of it.
const DEEPEST: f32 = 0.65;
/// The usual size of a figure that is raised or lowered, in ems of the letter before it.
const FIGURE: f32 = 0.8;
/// More than three characters that are raised are no smaller than this, in ems of the letter before them.
const LEAST_RAISED: f32 = 0.42;
/// Han and Kana are set wide, and have no spaces.
const WIDE_GAP: f32 = 0.6;

pub(crate) fn rows(marks: &[Mark], rules: &[Rect]) -> Vec<Row> {
    let mut lines = baselines(marks);
    accents::attach(&mut lines);
    attach_raised(&mut lines);
    // What stands raised behind a lowered figure had none to stand behind before.
    attach_raised(&mut lines);
    let doubled = is_doubled(marks);
    let gap = usual_gap(&lines);
    let walls: Vec<Rect> = rules.iter().filter(|rule| rule.height() > rule.width() * 3.0).copied().collect();
    let rows = lines.into_iter().map(|line| row(line, &walls, doubled, gap));
    let mut rows: Vec<Row> = rows.filter(|row| !row.words.is_empty()).collect();
    rows.sort_by(|a, b| a.base.total_cmp(&b.base));
    rows
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed {
    pub mark: Mark,
    pub raised: bool,
    /// Whether it came into its row from between the rows, and stays there.
    pub hosted: bool,
}

pub(crate) struct Baseline {
    pub base: f32,
    pub marks: Vec<Placed>,
}

fn baselines(marks: &[Mark]) -> Vec<Baseline> {
    let mut sorted: Vec<&Mark> = marks.iter().collect();
    sorted.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut lines: Vec<Baseline> = Vec::new();
    // Of the first letter of the line: blanks are set in any size.
    let mut size: Option<f32> = None;
    for mark in sorted {
        let placed = Placed { mark: *mark, raised: false, hosted: false };
        let own = (!mark.c.is_whitespace()).then_some(mark.size);
        let smaller = match (own, size) {
            (Some(own), Some(size)) => own.min(size),
            (own, size) => own.or(size).unwrap_or(mark.size),
        };
        match lines.last_mut() {
            Some(line) if (mark.base - line.base).abs() <= SAME_BASE * smaller.max(1.0) => {
                line.marks.push(placed);
                size = size.or(own);
            }
            _ => {
                size = own;
                lines.push(Baseline { base: mark.base, marks: vec![placed] });
            }
        }
    }
    for line in &mut lines {
        line.marks.sort_by(|a, b| a.mark.rect.left.total_cmp(&b.mark.rect.left));
    }
    lines
}

/// Small characters beside larger ones of the row above or below belong into that row.
fn attach_raised(lines: &mut [Baseline]) {
    for at in 0..lines.len() {
        let mut start = 0;
        while start < lines[at].marks.len() {
            let run = run_from(&lines[at].marks, start);
            match host(lines, at, &lines[at].marks[start..run]) {
                Some((other, raised)) => {
                    let moved: Vec<Placed> = lines[at].marks.drain(start..run).collect();
                    let host = &mut lines[other];
                    host.marks.extend(moved.into_iter().map(|it| Placed { raised, hosted: true, ..it }));
                    host.marks.sort_by(|a, b| a.mark.rect.left.total_cmp(&b.mark.rect.left));
                }
                None => start = run,
            }
        }
    }
}

fn run_from(marks: &[Placed], start: usize) -> usize {
    let mut end = start + 1;
    while end < marks.len() {
        let (a, b) = (&marks[end - 1].mark, &marks[end].mark);
        let hosted = marks[end - 1].hosted != marks[end].hosted;
        if hosted || b.rect.left - a.rect.right > a.size * 0.3 || (a.size - b.size).abs() > a.size * 0.1 {
            break;
        }
        end += 1;
    }
    end
}

/// The row that a run of small characters is set beside, and whether they are raised there: one that leaves room for
/// them, then that of the letter they were written behind, then the nearest.
fn host(lines: &[Baseline], at: usize, run: &[Placed]) -> Option<(usize, bool)> {
    let first = run.iter().find(|it| !it.mark.c.is_whitespace()).filter(|it| !it.hosted)?.mark;
    let last = run.iter().rev().find(|it| !it.mark.c.is_whitespace())?.mark;
    let near = at.saturating_sub(4)..(at + 5).min(lines.len());
    let rows = near.filter(|&other| other != at).filter_map(|other| {
        let line = &lines[other];
        let is_crowded = is_crowded(line, &first);
        let letters = line.marks.iter().filter(|it| !it.mark.c.is_whitespace());
        let letters = letters.map(|it| stand_in(it, line));
        let beside = letters.filter(|big| {
            // What hangs so deep that it is as near to the next row needs to be a figure right behind its letter.
            let gap = (first.rect.left - big.rect.right).abs();
            let is_figure = run.len() <= 3 && gap <= big.size * 0.15 && !is_crowded;
            let lowest = if is_figure || follows(big, &first) { DEEPEST } else { 0.4 };
            first.base < big.base + big.size * lowest && is_beside(line, big, &first, &last, run.len())
        });
        let rank = |big: Mark| (is_crowded, !follows(&big, &first), (first.base - big.base).abs() / big.size);
        let best = beside.map(rank).min_by(by_rank)?;
        Some((best, (other, first.base < line.base)))
    });
    rows.min_by(|(a, _), (b, _)| by_rank(a, b)).map(|(_, host)| host)
}

/// A letter of a row; for a figure that hangs at it, the letter that could stand there.
fn stand_in(placed: &Placed, line: &Baseline) -> Mark {
    let mark = placed.mark;
    if placed.hosted { Mark { base: line.base, size: mark.size / FIGURE, ..mark } } else { mark }
}

fn by_rank(a: &(bool, bool, f32), b: &(bool, bool, f32)) -> Ordering {
    (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2))
}

/// Whether a row has a letter of its own where a character stands.
fn is_crowded(line: &Baseline, mark: &Mark) -> bool {
    line.marks.iter().filter(|it| !it.hosted && !it.mark.c.is_whitespace()).any(|it| {
        let overlap = it.mark.rect.right.min(mark.rect.right) - it.mark.rect.left.max(mark.rect.left);
        overlap > mark.rect.width() * 0.3
    })
}

/// Whether small characters, from the first to the last, are set beside a larger one of a row, and not above it.
fn is_beside(line: &Baseline, big: &Mark, first: &Mark, last: &Mark, count: usize) -> bool {
    let gap = first.rect.left - big.rect.right;
    // A footnote begins with its mark.
    let ahead = big.rect.left - last.rect.right;
    let leads = count <= 3 && ahead > -big.size * 0.1 && ahead <= big.size * 0.9 && starts(line, big);
    // A brace over several rows stands beside lines of their own.
    let is_in_scale = count <= 3 || first.size >= big.size * LEAST_RAISED;
    first.size <= big.size * 0.85
        && is_in_scale
        && (gap.abs() <= big.size * 0.3 || leads && first.base < big.base)
        && first.base > big.base - big.size * 0.75
}

/// Whether nothing stands before a character in its row for a while.
fn starts(line: &Baseline, mark: &Mark) -> bool {
    !line.marks.iter().any(|it| {
        let gap = mark.rect.left - it.mark.rect.right;
        !it.mark.c.is_whitespace() && it.mark.at != mark.at && gap > -1.0 && gap < mark.size * 3.0
    })
}

/// Whether the file has a character right behind another, with no more than blanks between them.
const fn follows(before: &Mark, mark: &Mark) -> bool {
    before.at < mark.at && mark.at - before.at <= 2
}

/// Whether each letter is printed twice in one place. Ligatures come as several letters in one place, too.
fn is_doubled(marks: &[Mark]) -> bool {
    let same = |pair: &&[Mark]| {
        let (a, b) = (&pair[0], &pair[1]);
        a.c == b.c && a.rect == b.rect && a.c.is_alphanumeric() && a.c != 'f'
    };
    marks.windows(2).filter(same).count() > 5 + marks.len() / 100
}

fn row(line: Baseline, walls: &[Rect], doubled: bool, word_gap: f32) -> Row {
    let base = line.base;
    let marks = without_copies(line.marks, doubled);
    let spacing = letter_spacing(&marks);
    let mut words: Vec<Vec<Placed>> = Vec::new();
    let mut space = false;
    for placed in marks {
        let mark = placed.mark;
        if mark.c.is_whitespace() || mark.c == '\u{200B}' {
            space = true;
            continue;
        }
        let starts = words.last().and_then(|word| word.last()).is_none_or(|last| {
            let em = last.mark.size.max(mark.size);
            let gap = (mark.rect.left - last.mark.rect.right) / em;
            let limit = match (space, is_wide(mark.c) && is_wide(last.mark.c)) {
                (true, false) => SPACE_GAP,
                (true, true) => WORD_GAP,
                (false, true) => WIDE_GAP,
                (false, false) => spacing + word_gap,
            };
            gap > limit || wall_between(walls, &last.mark, &mark)
        });
        match words.last_mut() {
            Some(word) if !starts => word.push(placed),
            _ => words.push(vec![placed]),
        }
        space = false;
    }
    Row { words: words.into_iter().filter_map(|marks| word(&marks)).collect(), base }
}

/// Bold print and shadows made by printing twice.
fn without_copies(marks: Vec<Placed>, doubled: bool) -> Vec<Placed> {
    let mut kept: Vec<Placed> = Vec::with_capacity(marks.len());
    for placed in marks {
        let mark = &placed.mark;
        let copy = kept.iter().rev().take(4).any(|other| {
            let other = &other.mark;
            let same = other.c == mark.c
                && !mark.c.is_whitespace()
                && (other.rect.left - mark.rect.left).abs() < mark.size * 0.1
                && other.rect.width()
                    < (mark.rect.left - other.rect.left).abs() * 8.0 + other.rect.width() * 1.2;
            let piece = mark.at.abs_diff(other.at) == 1 && other.rect == mark.rect && !doubled;
            same && !piece
        });
        if !copy {
            kept.push(placed);
        }
    }
    kept
}

/// What parts words on a page whose words are parted by their places alone: the emptiest stretch between the gaps inside
/// words and those between them. With spaces on the page, a gap has to be wide.
fn usual_gap(lines: &[Baseline]) -> f32 {
    const STEP: f32 = 0.01;
    let mut counts = [0usize; 40];
    let (mut all, mut spaces) = (0usize, 0usize);
    for pair in lines.iter().flat_map(|line| line.marks.windows(2)) {
        let (a, b) = (&pair[0].mark, &pair[1].mark);
        spaces += usize::from(a.c.is_whitespace());
        if a.c.is_alphanumeric() && b.c.is_alphanumeric() && (a.size - b.size).abs() < a.size * 0.1 {
            all += 1;
            let at = ((b.rect.left - a.rect.right) / a.size / STEP).clamp(0.0, 39.0);
            counts[at as usize] += 1;
        }
    }
    let between: usize = counts[15..].iter().sum();
    if all < 200 || spaces * 20 > all || between * 15 < all {
        return WORD_GAP;
    }
    // From 0.07 to 0.18 em.
    let around = |at: usize| counts[at - 2..=at + 2].iter().sum::<usize>();
    let best = (7..=18).min_by_key(|at| (around(*at), at.abs_diff(13))).unwrap_or(18);
    best as f32 * STEP
}

/// How far the letters of a row are spaced, in ems: 0 for nearly all text, less where they are set tight.
fn letter_spacing(marks: &[Placed]) -> f32 {
    let mut gaps: Vec<f32> = Vec::new();
    for pair in marks.windows(2) {
        let (a, b) = (&pair[0].mark, &pair[1].mark);
        if a.c.is_alphanumeric() && b.c.is_alphanumeric() {
            gaps.push((b.rect.left - a.rect.right) / a.size.max(b.size));
        }
    }
    if gaps.len() < 6 {
        return 0.0;
    }
    // Of two in the middle the lower: the gaps between words are among them.
    let middle = (gaps.len() - 1) / 2;
    let (_, median, _) = gaps.select_nth_unstable_by(middle, f32::total_cmp);
    // Letters set tight have narrow gaps between words, too; where spaces stand between these, they tell.
    let least = if marks.iter().any(|it| it.mark.c.is_whitespace()) { 0.0 } else { TIGHTEST };
    // Numbers in columns are far apart, and are no spaced letters.
    if *median > 0.8 { 0.0 } else { median.max(least) }
}

fn wall_between(walls: &[Rect], a: &Mark, b: &Mark) -> bool {
    let (from, to) = (a.rect.left + a.rect.width() * 0.5, b.rect.left + b.rect.width() * 0.5);
    let middle = b.base - b.size * 0.3;
    walls.iter().any(|wall| {
        let x = (wall.left + wall.right) * 0.5;
        from < x && x < to && wall.top <= middle && middle <= wall.bottom
    })
}

/// Han and Kana.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{312F}' | '\u{31A0}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

fn word(marks: &[Placed]) -> Option<Word> {
    let mut rect = marks.first()?.mark.rect;
    let mut size = 0.0f32;
    for placed in marks {
        rect.join(&placed.mark.rect);
        size = size.max(placed.mark.size);
    }
    let text = spelled(marks);
    (!text.is_empty()).then_some(Word { text, rect, size })
}

/// The characters in the order they are seen, with raised ones as such and ligatures apart.
fn spelled(marks: &[Placed]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < marks.len() {
        let mut end = at + 1;
        if marks[at].raised {
            while end < marks.len() && marks[end].raised {
                end += 1;
            }
            let text: String = marks[at..end].iter().map(|it| it.mark.c).collect();
            out.push_str(&raised(&text, out.chars().last()));
            at = end;
            continue;
        }
        // Several letters in one place are one glyph: their order is that of the file, not that of the eye.
        while end < marks.len() && marks[end].mark.rect == marks[at].mark.rect {
            end += 1;
        }
        let mut cluster: Vec<&Mark> = marks[at..end].iter().map(|it| &it.mark).collect();
        cluster.sort_by_key(|mark| mark.at);
        let text: String = cluster.iter().map(|mark| mark.c).collect();
        let text = apart(&text);
        if bidi::has_rtl(&text) {
            out.extend(text.chars().rev());
        } else if let Some(accent) = accents::combining(&text).filter(|_| overlaps(marks, at)) {
            let letter = marks.get(end).filter(|next| accents::is_under(&marks[at], next));
            match letter {
                Some(next) => {
                    out.extend([next.mark.c, accent].into_iter().nfc());
                    end += 1;
                }
                None => {
                    let last = out.pop();
                    out.extend(last.into_iter().chain([accent]).nfc());
                }
            }
        } else {
            out.push_str(&text);
        }
        at = end;
    }
    out
}

fn overlaps(marks: &[Placed], at: usize) -> bool {
    let beside = |other: Option<&Placed>| other.is_some_and(|other| accents::is_under(&marks[at], other));
    beside(marks.get(at + 1)) || beside(at.checked_sub(1).and_then(|before| marks.get(before)))
}

/// Ligatures and shaped letters as the letters they stand for. What has a meaning of its own (½, ①, ²) stays.
fn apart(text: &str) -> String {
    let shaped = |c: char| matches!(c, '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{2E80}'..='\u{2FDF}' | '\u{132}' | '\u{133}');
    if !text.contains(shaped) {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if shaped(c) { out.extend([c].into_iter().nfkc()) } else { out.push(c) }
    }
    out
}

/// Raised digits and signs have characters of their own; what else is raised behind a number gets a "^".
fn raised(text: &str, before: Option<char>) -> String {
    let up = |c: char| {
        Some(match c {
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4'..='9' => char::from_u32(u32::from('⁴') + u32::from(c) - u32::from('4'))?,
            '+' => '⁺',
            '-' | '−' | '–' | '\u{2}' => '⁻',
            '=' => '⁼',
            '(' => '⁽',
            ')' => '⁾',
            'n' => 'ⁿ',
            _ => return None,
        })
    };
    let all: Option<String> = text.chars().filter(|c| !c.is_whitespace()).map(up).collect();
    match all {
        Some(up) => up,
        None if text.chars().all(char::is_alphabetic) || before.is_none() => text.to_owned(),
        None if text.chars().any(|c| c.is_ascii_digit()) => format!("^{text}"),
        None => text.to_owned(),
    }
}

impl Row {
    pub(crate) fn rect(&self) -> Rect {
        let mut rect = self.words.first().map(|word| word.rect).unwrap_or_default();
        self.words.iter().for_each(|word| rect.join(&word.rect));
        rect
    }

    pub(crate) fn into_line(self) -> Line {
        let rect = self.rect();
        line(&self.words, rect, true)
    }
}

/// A line from the words of a row.
pub(crate) fn line(words: &[Word], rect: Rect, is_row: bool) -> Line {
    let text = bidi::logical(words.iter().map(|word| word.text.as_str()));
    let size = words.iter().map(|word| word.size).fold(0.0, f32::max);
    let first = if bidi::is_rtl(&text) { words.last() } else { words.first() };
    Line { text, rect, size, first_word: first.map_or(0.0, |word| word.rect.width()), is_row }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Characters half an em wide, from `left`.
    pub(crate) fn marks(text: &str, left: f32, base: f32, size: f32) -> Vec<Mark> {
        let mark = |(at, c): (usize, char)| {
            let left = left + at as f32 * size * 0.5;
            let rect =
                Rect { left, right: left + size * 0.5, top: base - size * 0.8, bottom: base + size * 0.2 };
            Mark { c, rect, base, size, at }
        };
        text.chars().enumerate().map(mark).collect()
    }

    fn read(marks: &[Mark]) -> Vec<String> {
        let lines = rows(marks, &[]).into_iter().map(|row| row.into_line().text);
        lines.collect()
    }

    #[test]
    fn pieces_of_a_word_do_not_fall_apart() {
        let mut all = marks("M", 0.0, 10.0, 10.0);
        all.extend(marks("aster", 5.6, 10.0, 10.0));
        all.extend(marks("of", 33.6, 10.0, 10.0));
        assert_eq!(read(&all), ["Master of"]);
    }

    #[test]
    fn a_small_blank_does_not_part_a_row() {
        let mut all = marks(" ", 0.0, 9.6, 1.0);
        all.extend(marks("from", 5.0, 9.6, 10.0));
        all.extend(marks("to", 60.0, 10.4, 10.0));
        assert_eq!(read(&all), ["from to"]);
    }

    #[test]
    fn lines_beside_a_tall_brace_stay_lines() {
        let mut all = marks("row one", 0.0, 20.0, 10.0);
        all.extend(marks("row two", 0.0, 34.0, 10.0));
        all.extend(marks("}", 40.0, 34.0, 26.0));
        all.extend(marks("read me", 55.0, 23.0, 8.0));
        all.extend(marks("and me", 55.0, 31.0, 8.0));
        let text = read(&all).join("\n");
        assert!(text.contains("read me") && text.contains("and me"), "{text}");
    }

    #[test]
    fn spaced_letters_are_a_word() {
        let mut all = Vec::new();
        for (at, c) in "TITLEPAGE".chars().enumerate() {
            all.extend(marks(&c.to_string(), at as f32 * 9.0, 10.0, 10.0));
        }
        assert_eq!(read(&all), ["TITLEPAGE"]);
    }

    #[test]
    fn words_of_letters_set_tight_are_apart() {
        let mut all = Vec::new();
        for (at, c) in "PARTSSOLUTION".chars().enumerate() {
            let gap = if at < 5 { 0.0 } else { 2.0 };
            all.extend(marks(&c.to_string(), at as f32 * 4.5 + gap, 10.0, 10.0));
        }
        assert_eq!(read(&all), ["PARTS SOLUTION"]);
    }

    #[test]
    fn raised_digits_stay_raised() {
        let mut all = marks("10", 0.0, 10.0, 10.0);
        all.extend(marks("6", 10.0, 6.0, 6.0));
        all.extend(marks("litres", 17.0, 10.0, 10.0));
        assert_eq!(read(&all), ["10⁶ litres"]);
        let mut water = marks("H", 0.0, 10.0, 10.0);
        water.extend(marks("2", 5.0, 12.0, 6.0));
        water.extend(marks("O", 8.2, 10.0, 10.0));
        assert_eq!(read(&water), ["H2O"]);
    }

    /// Pieces of text one after the other, numbered as in a file.
    fn written(pieces: &[(&str, f32, f32, f32)]) -> Vec<Mark> {
        let all = pieces.iter().flat_map(|(text, left, base, size)| marks(text, *left, *base, *size));
        all.enumerate().map(|(at, mark)| Mark { at, ..mark }).collect()
    }

    #[test]
    fn figures_between_two_rows_stay_with_the_letter_before_them() {
        for drop in [2.0, 3.0, 4.0, 5.0, 6.0] {
            let water = [
                ("the H", 0.0, 10.0, 10.0),
                ("2", 25.0, 10.0 + drop, 8.0),
                ("O that", 29.0, 10.0, 10.0),
                ("in winter", 0.0, 22.0, 10.0),
            ];
            assert_eq!(read(&written(&water)), ["the H2O that", "in winter"], "lowered by {drop}");
            let area = [
                ("in the winter", 0.0, 10.0, 10.0),
                ("of 9 m", 0.0, 22.0, 10.0),
                ("2", 30.0, 22.0 - drop, 8.0),
                ("each", 39.0, 22.0, 10.0),
            ];
            assert_eq!(read(&written(&area)), ["in the winter", "of 9 m² each"], "raised by {drop}");
        }
    }

    #[test]
    fn figures_behind_figures_stay_in_their_word() {
        let text = [
            ("winter", 0.0, 10.0, 10.0),
            ("the SO", 0.0, 22.0, 10.0),
            ("4", 30.0, 27.0, 8.0),
            ("2-", 34.0, 17.0, 8.0),
            ("is", 47.0, 22.0, 10.0),
            ("in summer", 0.0, 34.0, 10.0),
        ];
        assert_eq!(read(&written(&text)), ["winter", "the SO4²⁻ is", "in summer"]);
    }

    #[test]
    fn figures_that_were_written_last_are_put_where_there_is_room_for_them() {
        let text = [
            ("the H", 0.0, 10.0, 10.0),
            ("O that", 29.0, 10.0, 10.0),
            ("in a winter", 0.0, 22.0, 10.0),
            ("of 9 m", 0.0, 34.0, 10.0),
            ("each", 39.0, 34.0, 10.0),
            ("2", 25.0, 15.0, 8.0),
            ("2", 30.0, 28.0, 8.0),
        ];
        assert_eq!(read(&written(&text)), ["the H2O that", "in a winter", "of 9 m² each"]);
    }

    #[test]
    fn double_print_is_read_once() {
        let mut all = marks("Total", 0.0, 10.0, 10.0);
        all.extend(marks("Total", 0.3, 10.0, 10.0));
        assert_eq!(read(&all), ["Total"]);
        assert_eq!(read(&marks("aabbcc", 0.0, 10.0, 10.0)), ["aabbcc"]);
    }

    #[test]
    fn shaped_letters_come_apart_and_fractions_do_not() {
        assert_eq!(apart("ﬁne ½ ② ﻻ"), "fine ½ ② لا");
    }
}
