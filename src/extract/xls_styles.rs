//! How the cells of an Excel workbook from before 2007 are shown, from its records: formats of numbers, white text, and
//! rows and columns that are hidden.

use super::cfb::{u16_at, u32_at};
use super::numbers::NumberFormat;
use super::sheet_view::Hidden;
use super::spans::Region;
use std::collections::{HashMap, HashSet};

/// Excel 97 and later; styles were written otherwise before.
const BIFF8: u16 = 0x0600;
/// Indices of colours begin here in the palette; the first two below are black and white.
const FIRST_COLOR: u16 = 8;
const WHITE: [u16; 2] = [1, 9];

/// The styles of a workbook, and its sheets.
#[derive(Default)]
pub(super) struct Looks {
    /// By the number of the style.
    formats: Vec<NumberFormat>,
    /// The styles in which text is white on white.
    white: HashSet<u16>,
    /// The styles with a line through the text.
    struck: HashSet<u16>,
    sheets: HashMap<String, SheetLooks>,
}

#[derive(Default)]
pub(super) struct SheetLooks {
    pub hidden: Hidden,
    /// What stands in boxes and on buttons over the sheet.
    pub boxes: Vec<String>,
    /// The styles of cells that hold something.
    cells: HashMap<(u32, u32), u16>,
}

impl Looks {
    pub(super) fn read(book: &[u8]) -> Self {
        let mut styles = Styles::default();
        let mut sheets: Vec<(String, usize)> = Vec::new();
        for (kind, body) in records(book) {
            match kind {
                0x0809 if u16_at(body, 0) != Some(BIFF8) => return Self::default(),
                0x0031 => {
                    styles.fonts.push(u16_at(body, 4).unwrap_or(0));
                    styles.struck_fonts.push(u16_at(body, 2).unwrap_or(0) & 8 != 0);
                }
                0x00E0 => styles.formats.push(Format::read(body)),
                0x041E => {
                    if let (Some(number), Some(code)) = (u16_at(body, 0), code(body)) {
                        styles.codes.insert(number, code);
                    }
                }
                0x0092 => styles.palette(body),
                0x0085 => sheets.extend(named_sheet(body)),
                0x000A => break,
                _ => {}
            }
        }
        let sheets = sheets.into_iter().map(|(name, at)| (name, sheet(book.get(at..).unwrap_or_default())));
        let (white, struck) = (styles.white(), styles.struck());
        Self { formats: styles.number_formats(), white, struck, sheets: sheets.collect() }
    }

    /// What is known of a sheet; it is asked for once.
    pub(super) fn take_sheet(&mut self, name: &str) -> SheetLooks {
        self.sheets.remove(name).unwrap_or_default()
    }

    pub(super) fn format(&self, sheet: &SheetLooks, place: (u32, u32)) -> Option<&NumberFormat> {
        self.formats.get(usize::from(*sheet.cells.get(&place)?))
    }

    /// Whether a line goes through the text of a cell.
    pub(super) fn is_struck(&self, sheet: &SheetLooks, place: (u32, u32)) -> bool {
        sheet.cells.get(&place).is_some_and(|it| self.struck.contains(it))
    }

    /// Whether the text of a cell is not seen.
    pub(super) fn is_white(&self, sheet: &SheetLooks, place: (u32, u32)) -> bool {
        let style = sheet.cells.get(&place);
        style.is_some_and(|it| self.white.contains(it)) && !sheet.hidden.is_coloured(place.0, place.1)
    }
}

#[derive(Default)]
struct Styles {
    /// Colours of the fonts.
    fonts: Vec<u16>,
    struck_fonts: Vec<bool>,
    formats: Vec<Format>,
    /// Formats of numbers that the file brings along.
    codes: HashMap<u16, String>,
    /// Colours of the palette that are white, if the file has one of its own.
    own_white: Option<HashSet<u16>>,
}

struct Format {
    font: usize,
    number: u16,
    pattern: u32,
    fill: u16,
}

impl Format {
    fn read(body: &[u8]) -> Self {
        let font = usize::from(u16_at(body, 0).unwrap_or(0));
        Self {
            // There is no fourth font.
            font: if font > 4 { font - 1 } else { font },
            number: u16_at(body, 2).unwrap_or(0),
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

    fn struck(&self) -> HashSet<u16> {
        let is_struck = |font: usize| self.struck_fonts.get(font).copied().unwrap_or(false);
        (0u16..).zip(&self.formats).filter(|(_, it)| is_struck(it.font)).map(|(at, _)| at).collect()
    }

    fn number_formats(&self) -> Vec<NumberFormat> {
        let code = |format: &Format| {
            self.codes.get(&format.number).map_or_else(|| built_in(format.number), String::as_str)
        };
        self.formats.iter().map(|it| NumberFormat::new(code(it))).collect()
    }
}

/// The formats that every program knows by their number.
const fn built_in(number: u16) -> &'static str {
    match number {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "$#,##0_);($#,##0)",
        7 | 8 => "$#,##0.00_);($#,##0.00)",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "mm-dd-yy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "m/d/yy h:mm",
        37 | 38 => "#,##0_);(#,##0)",
        39 | 40 => "#,##0.00_);(#,##0.00)",
        41 => "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
        42 => "_($* #,##0_);_($* (#,##0);_($* \"-\"_);_(@_)",
        43 => "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
        44 => "_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => "General",
    }
}

fn sheet(bytes: &[u8]) -> SheetLooks {
    let mut out = SheetLooks::default();
    let mut depth = 0;
    let mut boxes = Boxes::default();
    for (kind, body) in records(bytes) {
        let number = |at: usize| u16_at(body, at).unwrap_or(0);
        let place = |at: usize| u32::from(number(at));
        match kind {
            0x0809 => depth += 1,
            0x000A => depth -= 1,
            // What stands deeper is a chart in the sheet.
            _ if depth > 1 => {}
            0x005D | 0x01B6 | 0x003C => boxes.take(kind, body),
            0x0208 if number(12) & 0x20 != 0 => out.hidden.row(place(0)),
            0x007D if number(8) & 1 != 0 => out.hidden.columns(place(0), place(2)),
            0x01B0 => out.hidden.coloured(Region {
                row: place(4),
                last_row: place(6),
                column: place(8),
                last_column: place(10),
            }),
            0x0006 | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x027E => {
                out.cells.insert((place(0), place(2)), number(4));
            }
            0x00BD => {
                let cells = body.get(4..body.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6);
                let cells = (place(2)..).zip(cells);
                out.cells.extend(cells.map(|(at, it)| ((place(0), at), u16_at(it, 0).unwrap_or(0))));
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    out.boxes = boxes.texts;
    out
}

/// The texts of drawings: a record says what follows is one, and how long it is, and those behind it hold it.
#[derive(Default)]
struct Boxes {
    is_remark: bool,
    left: usize,
    texts: Vec<String>,
}

impl Boxes {
    const REMARK: u16 = 0x19;

    fn take(&mut self, kind: u16, body: &[u8]) {
        match kind {
            0x005D => self.is_remark = u16_at(body, 4) == Some(Self::REMARK),
            0x01B6 => {
                self.left = if self.is_remark { 0 } else { usize::from(u16_at(body, 10).unwrap_or(0)) };
                if self.left > 0 {
                    self.texts.push(String::new());
                }
            }
            _ => {
                let Some((flags, bytes)) = body.split_first().filter(|_| self.left > 0) else { return };
                let is_wide = flags & 1 == 1;
                let length = self.left.min(if is_wide { bytes.len() / 2 } else { bytes.len() });
                let text = characters(bytes, length, is_wide).unwrap_or_default();
                self.left -= length;
                if let Some(last) = self.texts.last_mut() {
                    last.push_str(&text);
                }
            }
        }
    }
}

/// The code of a format.
fn code(body: &[u8]) -> Option<String> {
    let (length, is_wide) = (usize::from(u16_at(body, 2)?), body.get(4)? & 1 == 1);
    characters(body.get(5..)?, length, is_wide)
}

fn characters(bytes: &[u8], length: usize, is_wide: bool) -> Option<String> {
    let bytes = bytes.get(..if is_wide { length * 2 } else { length })?;
    Some(if is_wide {
        encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.into_owned()
    } else {
        bytes.iter().map(|it| char::from(*it)).collect()
    })
}

/// The name of a sheet, and where its records begin.
fn named_sheet(body: &[u8]) -> Option<(String, usize)> {
    let place = u32_at(body, 0)? as usize;
    let (length, is_wide) = (usize::from(*body.get(6)?), body.get(7)? & 1 == 1);
    let name = characters(body.get(8..)?, length, is_wide)?;
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

#[cfg(test)]
mod tests {
    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        let mut out = kind.to_le_bytes().to_vec();
        out.extend(u16::try_from(body.len()).unwrap().to_le_bytes());
        out.extend(body);
        out
    }

    #[test]
    fn boxes_over_a_sheet_are_read_and_remarks_are_not() {
        let object = |kind: u8| record(0x005D, &[0x15, 0, 0x12, 0, kind, 0]);
        let text = |length: u8| record(0x01B6, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, length, 0, 16, 0]);
        let wide: Vec<u8> = "ße".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let sheet = [
            record(0x0809, &[]),
            object(6),
            text(5),
            record(0x003C, b"\0Gr\xF6"),
            record(0x003C, &[&[1][..], &wide].concat()),
            record(0x003C, &[0; 16]),
            object(0x19),
            text(3),
            record(0x003C, b"\0any"),
            record(0x000A, &[]),
        ];
        assert_eq!(super::sheet(&sheet.concat()).boxes, ["Größe"]);
    }
}
