//! The lists of a Word file from before 2007: kinds of lists with their levels, and the lists of paragraphs, each of a kind.

use super::cfb::{u16_at, u32_at};
use super::doc_file::RunLook;
use super::numbering::{Kind, Level, NumberedList, NumberedLists};
use std::collections::HashMap;

/// Of a level before its properties and its text.
const LEVEL_BYTES: usize = 28;
const LIST_BYTES: usize = 28;
const FORMAT_BYTES: usize = 16;

/// Reads the kinds, which their levels follow, and the lists.
pub(super) fn read(kinds: (&[u8], &[u8]), lists: &[u8]) -> NumberedLists {
    let mut out = NumberedLists::default();
    let kinds = read_kinds(kinds, &mut out);
    let count = u32_at(lists, 0).unwrap_or(0) as usize;
    let heads = lists.get(4..).unwrap_or_default().chunks_exact(FORMAT_BYTES).take(count);
    let mut rest = lists.get(4 + count.saturating_mul(FORMAT_BYTES)..).unwrap_or_default();
    for (number, head) in (1..).zip(heads) {
        let kind = u32_at(head, 0).unwrap_or(0);
        let mut list = NumberedList {
            counted_as: kind.to_string(),
            levels: kinds.get(&kind).cloned().unwrap_or_default(),
            starts: HashMap::new(),
        };
        rest = rest.get(4..).unwrap_or_default();
        for _ in 0..head[12] {
            rest = read_change(rest, &mut list);
        }
        if !list.levels.is_empty() {
            out.add(&format!("{number}"), list);
        }
    }
    out
}

fn read_kinds((part, mut levels): (&[u8], &[u8]), out: &mut NumberedLists) -> HashMap<u32, Vec<Level>> {
    let mut kinds = HashMap::new();
    let count = u16_at(part, 0).map_or(0, usize::from);
    for head in part.get(2..).unwrap_or_default().chunks_exact(LIST_BYTES).take(count) {
        let id = u32_at(head, 0).unwrap_or(0);
        let is_simple = head[26] & 1 == 1;
        let mut own = Vec::new();
        for _ in 0..if is_simple { 1 } else { 9 } {
            let Some((level, rest)) = read_level(levels) else { break };
            own.push(level);
            levels = rest;
        }
        for at in 0..9 {
            let style = u16_at(head, 8 + at * 2).filter(|it| *it != 0xFFF);
            if let Some(style) = style {
                out.level_belongs_to(&id.to_string(), &style.to_string(), at);
            }
        }
        kinds.insert(id, own);
    }
    kinds
}

/// What a list does otherwise than its kind, at one level.
fn read_change<'a>(bytes: &'a [u8], list: &mut NumberedList) -> &'a [u8] {
    let (Some(start), Some(flags)) = (u32_at(bytes, 0), u32_at(bytes, 4)) else { return &[] };
    let at = (flags & 0xF) as usize;
    let mut rest = &bytes[8..];
    let mut start = i64::from(start.cast_signed());
    let (starts_anew, is_other) = (flags & 0x10 != 0, flags & 0x20 != 0);
    if is_other {
        let Some((level, after)) = read_level(rest) else { return &[] };
        rest = after;
        start = level.start;
        if let Some(own) = list.levels.get_mut(at) {
            *own = level;
        }
    }
    if starts_anew {
        list.starts.insert(at, start);
    }
    rest
}

fn read_level(bytes: &[u8]) -> Option<(Level, &[u8])> {
    let head = bytes.get(..LEVEL_BYTES)?;
    let of_characters = usize::from(head[24]);
    let of_paragraph = usize::from(head[25]);
    let characters = bytes.get(LEVEL_BYTES + of_paragraph..LEVEL_BYTES + of_paragraph + of_characters)?;
    let rest = &bytes[LEVEL_BYTES + of_paragraph + of_characters..];
    let length = usize::from(u16_at(rest, 0)?);
    let text = rest.get(2..2 + length * 2)?;
    let mut look = RunLook::default();
    look.read(characters);
    let (legal, never_or_late) = (head[5] & 0x04 != 0, head[5] & 0x08 != 0);
    let level = Level {
        kind: kind(head[4]),
        text: if look.hidden == Some(1) { String::new() } else { label(text, &head[6..15]) },
        start: i64::from(u32_at(head, 0)?.cast_signed()),
        restart: never_or_late.then_some(usize::from(head[26])),
        legal,
    };
    Some((level, &rest[2 + length * 2..]))
}

/// The label of a level, with `%1` for the number of the first. `places` says where numbers stand, counted from one.
fn label(text: &[u8], places: &[u8]) -> String {
    let mut out = String::new();
    let mut units: Vec<u16> = Vec::new();
    let end = |units: &mut Vec<u16>, out: &mut String| {
        out.push_str(&String::from_utf16_lossy(units));
        units.clear();
    };
    for (at, unit) in (1usize..).zip(text.chunks_exact(2)) {
        let unit = u16::from_le_bytes([unit[0], unit[1]]);
        if unit < 9 && places.iter().any(|it| usize::from(*it) == at) {
            end(&mut units, &mut out);
            out.push_str(&format!("%{}", unit + 1));
        } else {
            units.push(unit);
        }
    }
    end(&mut units, &mut out);
    out
}

fn kind(number: u8) -> Kind {
    match number {
        1 => Kind::UpperRoman,
        2 => Kind::LowerRoman,
        3 => Kind::UpperLetter,
        4 => Kind::LowerLetter,
        5 => Kind::Ordinal,
        6 => Kind::Cardinal,
        7 => Kind::OrdinalText,
        18 => Kind::Circled,
        22 => Kind::DecimalZero,
        23 => Kind::Bullet,
        58 => Kind::LowerRussian,
        59 => Kind::UpperRussian,
        0xFF => Kind::None,
        _ => Kind::Decimal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A level of a kind, with a label in which `%1` stands for the number of the first level.
    fn level(kind: u8, start: i32, flags: u8, restart: u8, text: &str) -> Vec<u8> {
        let mut places = Vec::new();
        let mut units: Vec<u16> = Vec::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '%' => {
                    let digit = chars.next().and_then(|it| it.to_digit(10)).unwrap();
                    units.push(digit as u16 - 1);
                    places.push(units.len() as u8);
                }
                c => units.push(c as u16),
            }
        }
        places.resize(9, 0);
        let mut out = start.to_le_bytes().to_vec();
        out.extend([kind, flags]);
        out.extend(places);
        out.extend([0; 9]);
        out.extend([0, 0, restart, 0]);
        out.extend((units.len() as u16).to_le_bytes());
        units.iter().for_each(|it| out.extend(it.to_le_bytes()));
        out
    }

    fn kinds(lists: &[(u32, bool)]) -> Vec<u8> {
        let mut out = (lists.len() as u16).to_le_bytes().to_vec();
        for (id, is_simple) in lists {
            out.extend(id.to_le_bytes());
            out.extend([0; 4]);
            // The second level belongs to the style 17.
            (0..9u16).for_each(|it| out.extend(if it == 1 { 17u16 } else { 0xFFF }.to_le_bytes()));
            out.extend([u8::from(*is_simple), 0]);
        }
        out
    }

    fn list(id: u32, changes: u8) -> Vec<u8> {
        let mut out = id.to_le_bytes().to_vec();
        out.extend([0; 8]);
        out.extend([changes, 0, 0, 0]);
        out
    }

    #[test]
    fn lists_count_as_word_does() {
        let mut levels = level(1, 1, 0, 0, "Article %1");
        levels.extend(level(0, 1, 0x04, 0, "%1.%2"));
        levels.extend(level(4, 1, 0x08, 0, "(%3)"));
        (3..9).for_each(|_| levels.extend(level(0, 1, 0, 0, "")));
        levels.extend(level(23, 1, 0, 0, "\u{F0B7}"));
        let mut lists = 3u32.to_le_bytes().to_vec();
        lists.extend(list(70, 0));
        lists.extend(list(80, 0));
        lists.extend(list(70, 2));
        lists.extend(u32::MAX.to_le_bytes());
        lists.extend(u32::MAX.to_le_bytes());
        lists.extend(u32::MAX.to_le_bytes());
        // The third list begins at seven, and has a second level of its own.
        lists.extend(7i32.to_le_bytes());
        lists.extend(0x10u32.to_le_bytes());
        lists.extend(0i32.to_le_bytes());
        lists.extend(0x31u32.to_le_bytes());
        lists.extend(level(3, 4, 0, 0, "%2 of %1"));

        let kinds = kinds(&[(70, false), (80, true)]);
        let mut read = read((&kinds, &levels), &lists);
        let mut label = |id: &str, depth: usize| read.label(id, depth).unwrap_or_default();
        let labels: Vec<String> = [0, 1, 1, 2, 2, 0, 1, 2].iter().map(|&it| label("1", it)).collect();
        assert_eq!(labels, ["Article I", "1.1", "1.2", "(a)", "(b)", "Article II", "2.1", "(c)"]);
        assert_eq!(label("2", 0), "-");
        assert_eq!(label("3", 0), "Article VII");
        assert_eq!((label("3", 1), label("3", 1)), ("D of VII".into(), "E of VII".into()));
        assert_eq!(label("1", 0), "Article VIII", "both count on together");
        assert_eq!(label("9", 0), "", "there is no such list");
        assert_eq!(read.level_of("1", "17"), Some(1));
    }

    #[test]
    fn a_label_may_be_as_long_as_it_likes() {
        let long = "x".repeat(300);
        let levels = level(0, 1, 0, 0, &format!("%1 {long}"));
        let mut lists = 1u32.to_le_bytes().to_vec();
        lists.extend(list(70, 0));
        lists.extend([0; 4]);
        let mut read = read((&kinds(&[(70, true)]), &levels), &lists);
        assert_eq!(read.label("1", 0), Some(format!("1 {long}")));
    }

    #[test]
    fn what_is_cut_off_is_left_out() {
        let kinds = kinds(&[(70, false)]);
        let levels = level(0, 1, 0, 0, "%1.");
        let mut lists = 9u32.to_le_bytes().to_vec();
        lists.extend(list(70, 200));
        for end in 0..lists.len() {
            read((&kinds, &levels[..end.min(levels.len())]), &lists[..end]);
        }
        assert_eq!(read((&kinds, &levels), &lists).label("1", 0).as_deref(), Some("1."));
    }
}
