//! The binary parts of a Word file from before 2007: its text in pieces, and properties of characters and paragraphs by
//! the place of their bytes.

use super::cfb::{u16_at, u32_at};
use super::row_table::RowShape;
use std::collections::HashMap;

pub(super) struct File<'a> {
    pub main: &'a [u8],
    pub table: &'a [u8],
    pub data: &'a [u8],
}

/// A stretch of text and where its bytes are.
struct Piece {
    characters: usize,
    at: usize,
    wide: bool,
    /// Properties that hold for all of it, on top of its own.
    more: u16,
}

/// A character, with its properties by their place in [`Text`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Character {
    pub c: char,
    look: u32,
    paragraph: u32,
}

/// All text of a file, in the order of its stories: body, notes, headers, boxes.
#[derive(Default)]
pub(super) struct Text {
    pub characters: Vec<Character>,
    looks: Vec<RunLook>,
    paragraphs: Vec<Paragraph>,
}

/// What a run says of itself. What it does not say comes from its styles.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct RunLook {
    /// 0 shown, 1 hidden, 0x81 the opposite of the style.
    pub hidden: Option<u8>,
    pub struck: Option<u8>,
    pub deleted: bool,
    pub script: Option<i8>,
    pub white: Option<bool>,
    pub backed: bool,
    pub style: Option<u16>,
    /// A character of a font of symbols: font and code.
    pub symbol: Option<(u16, u16)>,
    /// Where the data of a form's field or of a picture stand.
    pub data: Option<u32>,
    pub is_form: bool,
}

/// What a paragraph says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Paragraph {
    pub style: u16,
    /// The number of its list; zero for none, in spite of its style.
    pub list: Option<u16>,
    pub level: Option<u8>,
    /// 0 is the highest; 9 is body text.
    pub outline: Option<u8>,
    pub backed: bool,
    pub in_table: bool,
    pub ends_row: bool,
    pub ends_inner_cell: bool,
    pub ends_inner_row: bool,
    /// How deep in tables it stands.
    pub depth: u32,
    pub row: RowShape,
}

/// Properties of a stretch of bytes, by number.
struct Run {
    start: usize,
    end: usize,
    number: u32,
}

impl Text {
    pub(super) fn look(&self, character: Character) -> RunLook {
        self.looks.get(character.look as usize).copied().unwrap_or_default()
    }

    pub(super) fn paragraph(&self, character: Character) -> Option<&Paragraph> {
        self.paragraphs.get(character.paragraph as usize)
    }
}

#[cfg(test)]
impl Text {
    /// Pieces of text, each with its properties.
    pub(super) fn of(pieces: &[(&str, RunLook, Paragraph)]) -> Self {
        let mut text = Self::default();
        for (piece, look, paragraph) in pieces {
            let look = numbered(&mut text.looks, *look);
            let paragraph = numbered(&mut text.paragraphs, paragraph.clone());
            text.characters.extend(piece.chars().map(|c| Character { c, look, paragraph }));
        }
        text
    }
}

impl File<'_> {
    /// A part of the table that the head of the file names at `at`: place and length.
    pub(super) fn part(&self, at: usize) -> Option<&[u8]> {
        let start = u32_at(self.main, at)? as usize;
        let length = u32_at(self.main, at + 4)? as usize;
        self.table.get(start..start.checked_add(length)?).filter(|it| !it.is_empty())
    }

    /// As [`File::part`], with what follows it in the table.
    pub(super) fn part_and_on(&self, at: usize) -> Option<(&[u8], &[u8])> {
        let length = self.part(at)?.len();
        Some(self.table.get(u32_at(self.main, at)? as usize..)?.split_at(length))
    }

    /// All characters; `None` where the pieces cannot be followed.
    pub(super) fn text(&self) -> Option<Text> {
        let (pieces, more) = self.pieces()?;
        let mut text = Text { looks: vec![RunLook::default()], ..Text::default() };
        let runs = self.runs(0xFA, |page, count, place| {
            let look = self.run(page, count, place).unwrap_or_default();
            numbered(&mut text.looks, look)
        });
        text.paragraphs.push(Paragraph::default());
        let paragraphs = self.runs(0x102, |page, count, place| {
            let paragraph = self.paragraph(page, count, place).unwrap_or_default();
            numbered(&mut text.paragraphs, paragraph)
        });
        for piece in &pieces {
            self.characters(piece, &more, &runs, &paragraphs, &mut text);
        }
        Some(text)
    }

    fn pieces(&self) -> Option<(Vec<Piece>, Vec<&[u8]>)> {
        let mut rest = self.part(0x1A2)?;
        let mut more = Vec::new();
        while rest.first() == Some(&1) {
            let length = usize::from(u16_at(rest, 1)?);
            more.push(rest.get(3..3 + length)?);
            rest = rest.get(3 + length..)?;
        }
        if rest.first() != Some(&2) {
            return None;
        }
        let list = rest.get(5..)?;
        let list = &list[..list.len().min(u32_at(rest, 1)? as usize)];
        let count = list.len().checked_sub(4)? / 12;
        let piece = |at: usize| {
            let (from, to) = (u32_at(list, at * 4)?, u32_at(list, at * 4 + 4)?);
            let place = u32_at(list, (count + 1) * 4 + at * 8 + 2)?;
            let wide = place & 0x4000_0000 == 0;
            let place = (place & 0x3FFF_FFFF) as usize;
            Some(Piece {
                characters: to.checked_sub(from)? as usize,
                at: if wide { place } else { place / 2 },
                wide,
                more: u16_at(list, (count + 1) * 4 + at * 8 + 6)?,
            })
        };
        Some(((0..count).map(piece).collect::<Option<_>>()?, more))
    }

    fn characters(&self, piece: &Piece, more: &[&[u8]], runs: &[Run], paragraphs: &[Run], text: &mut Text) {
        let width = if piece.wide { 2 } else { 1 };
        let end = piece.at.saturating_add(piece.characters.saturating_mul(width)).min(self.main.len());
        let Some(bytes) = self.main.get(piece.at..end) else { return };
        let added = added(piece.more, more);
        let mut changed: HashMap<(u32, u32), (u32, u32)> = HashMap::new();
        let mut surrogate: Option<u16> = None;
        for (at, unit) in bytes.chunks_exact(width).enumerate() {
            let c = match unit {
                [low, high] => {
                    let unit = u16::from_le_bytes([*low, *high]);
                    let units = surrogate.take().into_iter().chain([unit]);
                    if (0xD800..0xDC00).contains(&unit) {
                        surrogate = Some(unit);
                    }
                    char::decode_utf16(units).next().and_then(Result::ok).unwrap_or('\0')
                }
                bytes => encoding_rs::WINDOWS_1252
                    .decode_without_bom_handling(bytes)
                    .0
                    .chars()
                    .next()
                    .unwrap_or('\0'),
            };
            let place = piece.at + at * width;
            let own = (find(runs, place), find(paragraphs, place));
            let (look, paragraph) = match &added {
                None => own,
                Some(list) => *changed.entry(own).or_insert_with(|| text.changed(own, list)),
            };
            text.characters.push(Character { c, look, paragraph });
        }
    }

    /// Properties by place: pages of 512 bytes, listed in the table. `at` is where the list is named.
    fn runs(&self, at: usize, mut read: impl FnMut(&[u8], usize, usize) -> u32) -> Vec<Run> {
        let list = self.part(at).unwrap_or_default();
        let count = list.len().saturating_sub(4) / 8;
        let mut runs = Vec::new();
        for index in 0..count {
            let number = u32_at(list, (count + 1) * 4 + index * 4).unwrap_or(0) as usize & 0x3F_FFFF;
            let Some(page) = self.main.get(number * 512..number * 512 + 512) else { continue };
            let of_page = usize::from(page[511]);
            for place in 0..of_page {
                let (start, end) = (u32_at(page, place * 4), u32_at(page, place * 4 + 4));
                let (Some(start), Some(end)) = (start, end) else { break };
                let number = read(page, of_page, place);
                runs.push(Run { start: start as usize, end: end as usize, number });
            }
        }
        runs.sort_by_key(|it| it.start);
        runs
    }

    fn run(&self, page: &[u8], count: usize, place: usize) -> Option<RunLook> {
        let mut look = RunLook::default();
        let offset = usize::from(*page.get((count + 1) * 4 + place)?) * 2;
        if offset != 0 {
            let length = usize::from(*page.get(offset)?);
            look.read(page.get(offset + 1..(offset + 1 + length).min(page.len()))?);
        }
        Some(look)
    }

    fn paragraph(&self, page: &[u8], count: usize, place: usize) -> Option<Paragraph> {
        let mut paragraph = Paragraph::default();
        let offset = usize::from(*page.get((count + 1) * 4 + place * 13)?) * 2;
        if offset == 0 {
            return Some(paragraph);
        }
        let half = usize::from(*page.get(offset)?);
        let (start, length) = match half {
            0 => (offset + 2, usize::from(*page.get(offset + 1)?) * 2),
            half => (offset + 1, half * 2 - 1),
        };
        let body = page.get(start..(start + length).min(page.len()))?;
        paragraph.style = u16_at(body, 0)?;
        paragraph.read(body.get(2..)?);
        // A list of properties that is too long for its page stands in a stream of its own.
        let mut elsewhere = None;
        properties(body.get(2..)?, |code, value| {
            if matches!(code, 0x6645 | 0x6646) {
                elsewhere = u32_at(value, 0);
            }
        });
        if let Some(at) = elsewhere.map(|it| it as usize) {
            let length = u16_at(self.data, at).map_or(0, usize::from);
            let list = at.checked_add(2).and_then(|it| self.data.get(it..it.checked_add(length)?));
            paragraph.read(list.unwrap_or_default());
        }
        Some(paragraph)
    }
}

impl Text {
    /// Properties with a list of more, as numbers of new ones.
    fn changed(&mut self, (look, paragraph): (u32, u32), list: &[u8]) -> (u32, u32) {
        let mut own_look = self.looks.get(look as usize).copied().unwrap_or_default();
        own_look.read(list);
        let mut own = self.paragraphs.get(paragraph as usize).cloned().unwrap_or_default();
        own.read(list);
        (numbered(&mut self.looks, own_look), numbered(&mut self.paragraphs, own))
    }
}

impl RunLook {
    pub(super) fn read(&mut self, list: &[u8]) {
        properties(list, |code, value| {
            let first = value.first().copied().unwrap_or(0);
            match code {
                0x0800 => self.deleted = first == 1,
                0x083C => self.hidden = Some(first),
                // A line through it, or two.
                0x0837 | 0x2A53 => self.struck = Some(first),
                0x2A48 => {
                    self.script = Some(match first {
                        1 => 1,
                        2 => -1,
                        _ => 0,
                    });
                }
                0x2A42 => self.white = Some(first == 8),
                0x6870 => self.white = Some(u32_at(value, 0) == Some(0x00FF_FFFF)),
                0x2A0C => self.backed |= !matches!(first, 0 | 8),
                0x4866 => self.backed |= u16_at(value, 0).is_some_and(is_shade),
                0xCA71 => self.backed |= is_wide_shade(value),
                0x4A30 => self.style = u16_at(value, 0),
                0x6A09 => self.symbol = u16_at(value, 0).zip(u16_at(value, 2)),
                0x6A03 | 0x680E => self.data = u32_at(value, 0),
                0x0806 => self.is_form = first == 1,
                _ => {}
            }
        });
    }
}

impl Paragraph {
    pub(super) fn read(&mut self, list: &[u8]) {
        properties(list, |code, value| {
            let first = value.first().copied().unwrap_or(0);
            match code {
                0x2416 => self.in_table = first == 1,
                0x2417 => self.ends_row = first == 1,
                0x244B => self.ends_inner_cell = first == 1,
                0x244C => self.ends_inner_row = first == 1,
                0x6649 => self.depth = u32_at(value, 0).unwrap_or(0),
                0x260A => self.level = Some(first),
                0x460B => self.list = u16_at(value, 0).map(list_number),
                0x2640 => self.outline = Some(first),
                0x442D => self.backed |= u16_at(value, 0).is_some_and(is_shade),
                0xC64D => self.backed |= is_wide_shade(value),
                0x3404 => self.row.is_header = first == 1,
                0xD608 => self.row.read(value),
                0xD62B => self.row.merge_downwards(value),
                _ => {}
            }
        });
    }
}

/// Negative numbers are lists whose indents do not count; 0xF801 is no list.
fn list_number(value: u16) -> u16 {
    match value {
        0x0001..=0x07FE => value,
        0xF802..=0xFFFF => value.wrapping_neg(),
        _ => 0,
    }
}

/// Whether a shade of before 2000 is other than white or none: colours of front and back, and a pattern.
fn is_shade(value: u16) -> bool {
    value != 0xFFFF && (value >> 10 > 1 || !matches!(value >> 5 & 0x1F, 0 | 8))
}

/// As [`is_shade`], with whole colours.
fn is_wide_shade(value: &[u8]) -> bool {
    let (back, pattern) = (u32_at(value, 5), u16_at(value, 9).unwrap_or(0));
    back.is_some_and(|it| it >> 24 == 0 && it != 0x00FF_FFFF) || !matches!(pattern, 0 | 0xFFFF)
}

impl RowShape {
    fn read(&mut self, value: &[u8]) {
        let count = value.get(2).copied().map_or(0, usize::from);
        let edges = (0..=count).map_while(|it| u16_at(value, 3 + it * 2).map(u16::cast_signed));
        let cells = 3 + (count + 1) * 2;
        let merges = (0..count).map(|it| u16_at(value, cells + it * 20).unwrap_or(0));
        (self.edges, self.merges) = (edges.collect(), merges.collect());
    }

    fn merge_downwards(&mut self, value: &[u8]) {
        let (Some(at), Some(how)) = (value.get(1), value.get(2)) else { return };
        if let Some(cell) = self.merges.get_mut(usize::from(*at)) {
            *cell &= !(Self::DOWNWARDS | Self::FIRST_DOWNWARDS);
            *cell |= match how {
                1 => Self::DOWNWARDS,
                3 => Self::DOWNWARDS | Self::FIRST_DOWNWARDS,
                _ => 0,
            };
        }
    }
}

/// The properties that a piece adds: one in short, or a list by its number.
fn added(more: u16, lists: &[&[u8]]) -> Option<Vec<u8>> {
    if more & 1 == 1 {
        return lists.get(usize::from(more >> 1)).map(|it| it.to_vec());
    }
    let code: u16 = match more >> 1 & 0x7F {
        0x0C => 0x260A,
        0x18 => 0x2416,
        0x19 => 0x2417,
        0x41 => 0x0800,
        0x57 => 0x0837,
        0x5C => 0x083C,
        0x62 => 0x2A42,
        0x68 => 0x2A48,
        _ => return None,
    };
    let [low, high] = code.to_le_bytes();
    Some(vec![low, high, (more >> 8) as u8])
}

/// Calls with each property and its value; one of variable length begins with that.
pub(super) fn properties(mut list: &[u8], mut found: impl FnMut(u16, &[u8])) {
    while let (Some(code), Some(value)) = (u16_at(list, 0), list.get(2..)) {
        let first = value.first().copied().map_or(0, usize::from);
        let size = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ if code == 0xD608 => u16_at(value, 0).map_or(0, usize::from) + 1,
            _ if code == 0xC615 && first == 255 => {
                let removed = value.get(1).copied().map_or(0, usize::from);
                let set = value.get(2 + removed * 4).copied().map_or(0, usize::from);
                3 + removed * 4 + set * 3
            }
            _ => first + 1,
        };
        found(code, &value[..size.min(value.len())]);
        list = value.get(size..).unwrap_or_default();
    }
}

/// Puts a value into a list, and says where; neighbours that are equal share a place.
fn numbered<T: PartialEq>(list: &mut Vec<T>, value: T) -> u32 {
    if list.last() != Some(&value) {
        list.push(value);
    }
    u32::try_from(list.len() - 1).unwrap_or(u32::MAX)
}

fn find(runs: &[Run], place: usize) -> u32 {
    let at = runs.partition_point(|it| it.start <= place);
    at.checked_sub(1).and_then(|it| runs.get(it)).filter(|it| place < it.end).map_or(0, |it| it.number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_told_apart_by_their_sizes() {
        let mut list = vec![0x3C, 0x08, 1]; // hidden
        list.extend([0x15, 0xC6, 255, 1, 0, 0, 0, 0, 1, 9, 9, 9]); // many stops
        list.extend([0x0B, 0x46, 0xFE, 0xFF]); // the second list, without its indents
        list.extend([0x70, 0x68, 0xFF, 0xFF, 0xFF, 0]); // white
        let (mut look, mut paragraph) = (RunLook::default(), Paragraph::default());
        look.read(&list);
        paragraph.read(&list);
        assert_eq!((look.hidden, look.white, paragraph.list), (Some(1), Some(true), Some(2)));
    }

    #[test]
    fn lists_that_are_taken_off_are_none() {
        assert_eq!([0, 1, 0x07FE, 0xF801, 0xFFFF].map(list_number), [0, 1, 0x07FE, 0, 1]);
    }

    #[test]
    fn shades_are_told_from_white() {
        assert!(!is_shade(0) && !is_shade(0xFFFF) && !is_shade(8 << 5));
        assert!(is_shade(2 << 5) && is_shade(5 << 10));
        let wide = |back: u32| {
            let mut value = vec![10, 0, 0, 0, 0xFF];
            value.extend(back.to_le_bytes());
            value.extend([0, 0]);
            is_wide_shade(&value)
        };
        assert!(wide(0x0064_381F) && !wide(0x00FF_FFFF) && !wide(0xFF00_0000));
    }

    #[test]
    fn pieces_may_add_a_property() {
        assert_eq!(added(0x41 << 1 | 1 << 8, &[]), Some(vec![0, 8, 1]));
        assert_eq!(added(0, &[]), None);
        assert_eq!(added(1, &[&[9]]), Some(vec![9]));
    }
}
