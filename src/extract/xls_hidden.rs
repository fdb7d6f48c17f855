//! What the sheets of an Excel workbook from before 2007 hide, from its records.

use super::cfb::{u16_at, u32_at};
use super::sheet_view::Hidden;
use super::spans::Region;
use std::collections::{HashMap, HashSet};

/// Excel 97 and later; styles were written otherwise before.
const BIFF8: u16 = 0x0600;
/// Indices of colours begin here in the palette; the first two below are black and white.
const FIRST_COLOR: u16 = 8;
const WHITE: [u16; 2] = [1, 9];

/// What is hidden in one sheet, and the cells whose text is white on white.
#[derive(Default)]
pub(super) struct SheetHidden {
    pub hidden: Hidden,
    pub white: HashSet<(u32, u32)>,
}

/// By the names of the sheets.
pub(super) fn read(book: &[u8]) -> HashMap<String, SheetHidden> {
    let mut styles = Styles::default();
    let mut sheets: Vec<(String, usize)> = Vec::new();
    for (kind, body) in records(book) {
        match kind {
            0x0809 if u16_at(body, 0) != Some(BIFF8) => return HashMap::new(),
            0x0031 => styles.fonts.push(u16_at(body, 4).unwrap_or(0)),
            0x00E0 => styles.formats.push(Format::read(body)),
            0x0092 => styles.palette(body),
            0x0085 => sheets.extend(named_sheet(body)),
            0x000A => break,
            _ => {}
        }
    }
    let white = styles.white();
    let read = |(name, at): (String, usize)| {
        let sheet = sheet(book.get(at..).unwrap_or_default(), &white);
        (name, sheet)
    };
    sheets.into_iter().map(read).collect()
}

#[derive(Default)]
struct Styles {
    /// Colours of the fonts.
    fonts: Vec<u16>,
    formats: Vec<Format>,
    /// Colours of the palette that are white, if the file has one of its own.
    own_white: Option<HashSet<u16>>,
}

struct Format {
    font: usize,
    pattern: u32,
    fill: u16,
}

impl Format {
    fn read(body: &[u8]) -> Self {
        let font = usize::from(u16_at(body, 0).unwrap_or(0));
        Self {
            // There is no fourth font.
            font: if font > 4 { font - 1 } else { font },
            pattern: u32_at(body, 14).unwrap_or(0) >> 26,
            fill: u16_at(body, 18).unwrap_or(0) & 0x7F,
        }
    }
}

impl Styles {
    fn palette(&mut self, body: &[u8]) {
        let colors = body.get(2..).unwrap_or_default().chunks_exact(4);
        let white = (FIRST_COLOR..).zip(colors).filter(|(_, color)| color[..3] == [255; 3]);
        self.own_white = Some(white.map(|(at, _)| at).chain([1]).collect());
    }

    /// The formats in which text is white on white.
    fn white(&self) -> HashSet<u16> {
        let is_white = |color: u16| match &self.own_white {
            Some(own) => own.contains(&color),
            None => WHITE.contains(&color),
        };
        let unseen = (0u16..).zip(&self.formats).filter(|(_, format)| {
            let font = self.fonts.get(format.font).copied().unwrap_or(0);
            is_white(font) && (format.pattern == 0 || format.pattern == 1 && is_white(format.fill))
        });
        unseen.map(|(at, _)| at).collect()
    }
}

fn sheet(bytes: &[u8], white: &HashSet<u16>) -> SheetHidden {
    let mut out = SheetHidden::default();
    let mut depth = 0;
    for (kind, body) in records(bytes) {
        let number = |at: usize| u16_at(body, at).unwrap_or(0);
        let column = |at: usize| u32::from(number(at));
        match kind {
            0x0809 => depth += 1,
            0x000A => depth -= 1,
            // What stands deeper is a chart in the sheet.
            _ if depth > 1 => {}
            0x0208 if number(12) & 0x20 != 0 => out.hidden.row(column(0)),
            0x007D if number(8) & 1 != 0 => out.hidden.columns(column(0), column(2)),
            0x01B0 => out.hidden.coloured(Region {
                row: column(4),
                last_row: column(6),
                column: column(8),
                last_column: column(10),
            }),
            0x0006 | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x027E if white.contains(&number(4)) => {
                out.white.insert((column(0), column(2)));
            }
            0x00BD => {
                let cells = body.get(4..body.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6);
                let unseen =
                    (column(2)..).zip(cells).filter(|(_, it)| white.contains(&u16_at(it, 0).unwrap_or(0)));
                out.white.extend(unseen.map(|(at, _)| (column(0), at)));
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    out
}

/// The name of a sheet, and where its records begin.
fn named_sheet(body: &[u8]) -> Option<(String, usize)> {
    let place = u32_at(body, 0)? as usize;
    let (length, is_wide) = (usize::from(*body.get(6)?), body.get(7)? & 1 == 1);
    let bytes = body.get(8..8 + if is_wide { length * 2 } else { length })?;
    let name = if is_wide {
        encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.into_owned()
    } else {
        bytes.iter().map(|it| char::from(*it)).collect()
    };
    Some((name, place))
}

fn records(mut bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(bytes, 0)?, usize::from(u16_at(bytes, 2)?));
        let body = bytes.get(4..4 + length)?;
        bytes = &bytes[4 + length..];
        Some((kind, body))
    })
}
