//! Columns: which parts of a page are read before which.

use super::sheet::{Block, Rect, TableBlock};
use super::unruled;
use super::words::{Row, Word};
use std::collections::HashMap;

/// A gap wider than this, in ems, parts a row.
const PART_GAP: f32 = 0.7;
/// Sentences of a line are no further apart than this, in ems.
const SENTENCE_GAP: f32 = 1.6;
/// Columns have at least so many lines.
const MIN_LINES: usize = 3;
/// Columns within columns.
const MAX_DEPTH: usize = 8;
/// More pieces than this are not searched for columns.
const MAX_PIECES: usize = 4_000;

/// A part of a row without wide gaps.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub words: Vec<Word>,
    pub rect: Rect,
    pub size: f32,
    pub row: usize,
    pub base: f32,
}

enum Item {
    Piece(Piece),
    Table(TableBlock),
}

impl Item {
    const fn rect(&self) -> &Rect {
        match self {
            Self::Piece(piece) => &piece.rect,
            Self::Table(table) => &table.rect,
        }
    }
}

pub(crate) fn blocks(rows: Vec<Row>, tables: Vec<TableBlock>, rules: &[Rect]) -> Vec<Block> {
    let mut items: Vec<Item> = tables.into_iter().map(Item::Table).collect();
    for (at, row) in rows.into_iter().enumerate() {
        items.extend(pieces(row, at).into_iter().map(Item::Piece));
    }
    items.sort_by(|a, b| a.rect().top.total_cmp(&b.rect().top));
    let mut out = Vec::new();
    region(items, 0, rules, &mut out);
    out
}

fn pieces(row: Row, at: usize) -> Vec<Piece> {
    let base = row.base;
    let mut out: Vec<Piece> = Vec::new();
    for word in row.words {
        match out.last_mut() {
            Some(piece) if word.rect.left - piece.rect.right <= PART_GAP * piece.size.max(word.size) => {
                piece.rect.join(&word.rect);
                piece.size = piece.size.max(word.size);
                piece.words.push(word);
            }
            _ => out.push(Piece { rect: word.rect, size: word.size, row: at, base, words: vec![word] }),
        }
    }
    out
}

fn region(items: Vec<Item>, depth: usize, rules: &[Rect], out: &mut Vec<Block>) {
    let gutter = (depth < MAX_DEPTH && items.len() <= MAX_PIECES).then(|| best_gutter(&items)).flatten();
    let Some(gutter) = gutter else { return leaf(items, rules, out) };
    let (mut above, mut left, mut right, mut below) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut rtl = 0i32;
    for (at, item) in items.into_iter().enumerate() {
        if at < gutter.from {
            above.push(item);
        } else if at >= gutter.to {
            below.push(item);
        } else {
            if let Item::Piece(piece) = &item {
                let is_rtl = piece.words.iter().any(|word| super::bidi::has_rtl(&word.text));
                rtl += if is_rtl { 1 } else { -1 };
            }
            let side = if item.rect().left >= gutter.at - 1.0 { &mut right } else { &mut left };
            side.push(item);
        }
    }
    if rtl > 0 {
        std::mem::swap(&mut left, &mut right);
    }
    for part in [above, left, right, below] {
        if !part.is_empty() {
            region(part, depth + 1, rules, out);
        }
    }
}

struct Gutter {
    at: f32,
    /// The items beside it: from this one to before that one.
    from: usize,
    to: usize,
}

/// The empty strip with most lines beside it.
fn best_gutter(items: &[Item]) -> Option<Gutter> {
    if items.len() < MIN_LINES * 2 {
        return None;
    }
    let mut best: Option<(usize, f32, Gutter)> = None;
    for at in candidates(items) {
        let mut from = 0;
        for to in 0..=items.len() {
            let crossed =
                items.get(to).is_none_or(|item| item.rect().left < at - 1.5 && item.rect().right > at + 1.5);
            if !crossed {
                continue;
            }
            if let Some((lines, width)) = columns(&items[from..to], at) {
                let better = best.as_ref().is_none_or(|(most, wide, _)| (lines, width) > (*most, *wide));
                if better {
                    best = Some((lines, width, Gutter { at, from, to }));
                }
            }
            from = to + 1;
        }
    }
    best.map(|(_, _, gutter)| gutter)
}

/// Where several lines begin or end.
fn candidates(items: &[Item]) -> Vec<f32> {
    let lefts = items.iter().map(|item| item.rect().left - 0.5);
    let rights = items.iter().map(|item| item.rect().right + 0.5);
    let mut all: Vec<f32> = lefts.chain(rights).collect();
    all.sort_by(f32::total_cmp);
    let groups = all.chunk_by(|a, b| b - a < 1.5).filter(|group| group.len() >= MIN_LINES);
    groups.map(|group| group[0]).collect()
}

/// Whether what stands at both sides of a strip is columns of text, and not a table or a form: how many lines there
/// are, and how wide the strip is.
fn columns(items: &[Item], at: f32) -> Option<(usize, f32)> {
    let (right, left): (Vec<&Item>, Vec<&Item>) = items.iter().partition(|item| item.rect().left >= at - 1.0);
    if left.len() < MIN_LINES || right.len() < MIN_LINES {
        return None;
    }
    let edge = |items: &[&Item], side: fn(&Rect) -> f32, pick: fn(f32, f32) -> f32| {
        items.iter().map(|item| side(item.rect())).reduce(pick)
    };
    let width = edge(&right, |it| it.left, f32::min)? - edge(&left, |it| it.right, f32::max)?;
    let (left_top, left_bottom) =
        (edge(&left, |it| it.top, f32::min)?, edge(&left, |it| it.bottom, f32::max)?);
    let (right_top, right_bottom) =
        (edge(&right, |it| it.top, f32::min)?, edge(&right, |it| it.bottom, f32::max)?);
    let shared = left_bottom.min(right_bottom) - left_top.max(right_top);
    let shorter = (left_bottom - left_top).min(right_bottom - right_top);
    let size =
        items.iter().filter_map(|item| if let Item::Piece(piece) = item { Some(piece.size) } else { None });
    let size = size.fold(f32::MAX, f32::min).min(20.0);
    if width < size * 0.6 || shared < shorter * 0.5 {
        return None;
    }
    let rows: std::collections::HashSet<usize> = left.iter().filter_map(|item| row(item)).collect();
    let aligned = right.iter().filter_map(|item| row(item)).filter(|row| rows.contains(row)).count();
    let is_aligned = aligned * 2 >= left.len().min(right.len());
    let fits = |side: &Side| {
        if is_aligned {
            side.chars >= 22.0 && side.fill >= 0.6
                || side.chars >= 15.0 && side.fill >= 0.75 && side.lines >= 8
        } else {
            side.chars >= 8.0 && side.common >= 0.5
        }
    };
    // Piece by piece, or line by line where sentences are set wide and a table stands among them.
    let is_text = |side: &[&Item]| [false, true].iter().any(|&whole| fits(&Side::of(&lines_of(side, whole))));
    (is_text(&left) && is_text(&right)).then_some((items.len(), width))
}

const fn row(item: &Item) -> Option<usize> {
    match item {
        Item::Piece(piece) => Some(piece.row),
        Item::Table(_) => None,
    }
}

/// What one side of a strip is like.
struct Side {
    lines: usize,
    /// On average, in a line.
    chars: f32,
    /// How much of its column a line fills, at the median.
    fill: f32,
    /// The share of lines that begin, or end, where most do.
    common: f32,
}

impl Side {
    fn of(lines: &[LineOfSide]) -> Self {
        if lines.is_empty() {
            return Self { lines: 0, chars: 100.0, fill: 1.0, common: 1.0 };
        }
        let chars: usize = lines.iter().map(|line| line.chars).sum();
        let widest = |line: &LineOfSide| {
            let near = |other: &&LineOfSide| (other.rect.left - line.rect.left).abs() < line.size * 1.5;
            lines.iter().filter(near).map(|other| other.rect.width()).fold(0.0, f32::max)
        };
        let mut fills: Vec<f32> =
            lines.iter().map(|line| line.rect.width() / widest(line).max(1.0)).collect();
        let middle = fills.len() / 2;
        let fill = *fills.select_nth_unstable_by(middle, f32::total_cmp).1;
        let most = |edge: fn(&Rect) -> f32| {
            let near = |a: &LineOfSide, b: &LineOfSide| (edge(&a.rect) - edge(&b.rect)).abs() < a.size * 1.2;
            lines.iter().map(|a| lines.iter().filter(|b| near(a, b)).count()).max().unwrap_or(0)
        };
        let common = most(|rect| rect.left).max(most(|rect| rect.right)) as f32 / lines.len() as f32;
        Self { lines: lines.len(), chars: chars as f32 / lines.len() as f32, fill, common }
    }
}

/// What stands on one line of a side.
struct LineOfSide {
    row: usize,
    rect: Rect,
    size: f32,
    chars: usize,
    is_words: bool,
}

/// The lines of a side, piece by piece. As whole lines, sentences that wide spaces part are one, and a table within a column
/// says nothing of its text.
fn lines_of(items: &[&Item], whole: bool) -> Vec<LineOfSide> {
    let pieces =
        items.iter().filter_map(|item| if let Item::Piece(piece) = item { Some(piece) } else { None });
    let mut pieces: Vec<&Piece> = pieces.collect();
    pieces.sort_by(|a, b| a.row.cmp(&b.row).then(a.rect.left.total_cmp(&b.rect.left)));
    let mut lines: Vec<LineOfSide> = Vec::new();
    for piece in pieces {
        let chars = piece.words.iter().map(|word| word.text.chars().map(width).sum::<usize>() + 1).sum();
        let count = |is: fn(char) -> bool| -> usize {
            piece.words.iter().map(|word| word.text.chars().filter(|c| is(*c)).count()).sum()
        };
        let is_words = count(char::is_alphabetic) > count(char::is_numeric);
        let goes_on = |last: &LineOfSide| {
            let gap = piece.rect.left - last.rect.right;
            whole && last.row == piece.row && last.is_words && is_words && gap <= SENTENCE_GAP * piece.size
        };
        match lines.last_mut().filter(|last| goes_on(last)) {
            Some(last) => {
                last.rect.join(&piece.rect);
                last.chars += chars;
            }
            None => {
                let (row, rect, size) = (piece.row, piece.rect, piece.size);
                lines.push(LineOfSide { row, rect, size, chars, is_words });
            }
        }
    }
    let mut in_row: HashMap<usize, usize> = HashMap::new();
    lines.iter().for_each(|line| *in_row.entry(line.row).or_default() += 1);
    if whole && in_row.values().filter(|count| **count > 1).count() * 2 < in_row.len() {
        lines.retain(|line| in_row.get(&line.row) == Some(&1));
    }
    lines
}

/// Han, Kana and Hangul say more in a character.
const fn width(c: char) -> usize {
    if matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}') {
        2
    } else {
        1
    }
}

/// Without columns: from the top down, and each row from side to side.
fn leaf(items: Vec<Item>, rules: &[Rect], out: &mut Vec<Block>) {
    let mut pieces: Vec<Piece> = Vec::new();
    for item in items {
        match item {
            Item::Piece(piece) => pieces.push(piece),
            Item::Table(table) => {
                let (above, below) = std::mem::take(&mut pieces)
                    .into_iter()
                    .partition(|it: &Piece| it.base < table.rect.bottom);
                out.extend(unruled::blocks(above, rules));
                out.push(Block::Table(table));
                pieces = below;
            }
        }
    }
    out.extend(unruled::blocks(pieces, rules));
}

#[cfg(test)]
mod tests {
    use super::super::turn::Mark;
    use super::super::words;
    use super::*;

    fn marks(text: &str, left: f32, base: f32) -> Vec<Mark> {
        let mark = |(at, c): (usize, char)| {
            let left = left + at as f32 * 5.0;
            let rect = Rect { left, right: left + 5.0, top: base - 8.0, bottom: base + 2.0 };
            Mark { c, rect, base, size: 10.0, at }
        };
        text.chars().enumerate().map(mark).collect()
    }

    pub(crate) fn read(text: &[(&str, f32, f32)]) -> Vec<String> {
        let glyphs: Vec<Mark> = text.iter().flat_map(|(text, x, y)| marks(text, *x, *y)).collect();
        let blocks = blocks(words::rows(&glyphs, &[]), Vec::new(), &[]);
        let lines = blocks.into_iter().flat_map(|block| match block {
            Block::Lines(lines) => lines.into_iter().map(|line| line.text).collect(),
            Block::Table(table) => vec![table.table.markdown()],
        });
        lines.collect()
    }

    #[test]
    fn columns_of_text_are_read_one_after_the_other() {
        let mut page = vec![("A title over both of the columns of this page here", 100.0, 20.0)];
        let left = [
            "the left column has text that",
            "fills the lines of the column",
            "down to the very last of them",
        ];
        let right = [
            "the right one goes on with it",
            "and is read after the left is",
            "at its end, as a reader would",
        ];
        for (at, (left, right)) in left.iter().zip(right).enumerate() {
            let y = 50.0 + at as f32 * 12.0;
            page.push((left, 0.0, y));
            page.push((right, 170.0, y));
        }
        let expected: Vec<&str> = [page[0].0].into_iter().chain(left).chain(right).collect();
        assert_eq!(read(&page), expected);
    }

    #[test]
    fn wide_spaces_between_sentences_do_not_hide_columns() {
        let (left, right): (Vec<String>, Vec<String>) = (0..8)
            .map(|at| {
                (format!("end {at}.  New sentence number {at}"), format!("so.   It goes on and on and {at}"))
            })
            .unzip();
        let mut page: Vec<(&str, f32, f32)> = Vec::new();
        for at in 0..8 {
            let y = 50.0 + at as f32 * 12.0;
            page.extend([(&left[at][..], 0.0, y), (&right[at][..], 170.0, y)]);
        }
        let words = |lines: &[String]| lines.concat().split_whitespace().collect::<String>();
        let text = read(&page).concat().split_whitespace().collect::<String>();
        assert_eq!(text, words(&left) + &words(&right));
    }

    #[test]
    fn a_table_in_a_column_keeps_the_columns_apart() {
        let said = |side: &str, at: usize| format!("the {side} column has line {at:02} of it");
        let (left, right): (Vec<String>, Vec<String>) =
            (0..12).map(|at| (said("left", at), said("next", at))).unzip();
        let y = |at: usize| 50.0 + at as f32 * 12.0;
        let mut page: Vec<(&str, f32, f32)> = Vec::new();
        for at in 0..12 {
            page.push((&left[at], 0.0, y(at)));
            if at < 5 {
                page.extend([("Kiln", 185.0, y(at)), ("12", 240.0, y(at)), ("47.0", 285.0, y(at))]);
            } else {
                page.push((&right[at], 185.0, y(at)));
            }
        }
        let text = read(&page).join("\n");
        assert!(text.contains(&left.join("\n")), "{text}");
        assert!(text.contains(&right[5..].join("\n")), "{text}");
    }

    #[test]
    fn labels_are_read_with_their_values() {
        let page = [
            ("Invoice number", 0.0, 10.0),
            ("INV-58-204", 120.0, 10.0),
            ("Invoice date", 0.0, 22.0),
            ("12 March 2031", 120.0, 22.0),
            ("Due date", 0.0, 34.0),
            ("11 April 2031", 120.0, 34.0),
        ];
        let expected = ["Invoice number INV-58-204", "Invoice date 12 March 2031", "Due date 11 April 2031"];
        assert_eq!(read(&page), expected);
    }
}
