//! Word before 2007: text in pieces, each with its place in the file, and runs of properties beside it.

use super::cfb::{Container, u16_at, u32_at};
use super::compose::{Composer, one_line};
use super::error::ExtractError;
use super::grid::{Grid, GridCell};
use super::script;
use super::sink::{Sink, Source};

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let container = Container::open(&source.bytes)?;
    if container.has("EncryptedPackage") {
        return Err(ExtractError::Encrypted);
    }
    let main = container.read("WordDocument").ok_or_else(|| ExtractError::corrupt("it holds no text"))?;
    let flags = u16_at(&main, 10).ok_or_else(|| ExtractError::corrupt("its head is cut off"))?;
    if flags & 0x0100 != 0 {
        return Err(ExtractError::Encrypted);
    }
    let version = u16_at(&main, 2).unwrap_or(0);
    if version < 0x00C1 {
        return sink.flat(before_97(&main).unit());
    }
    let table = container.read(if flags & 0x0200 == 0 { "0Table" } else { "1Table" });
    let table = table.or_else(|| container.read("1Table")).or_else(|| container.read("0Table"));
    let table = table.ok_or_else(|| ExtractError::corrupt("its table of pieces is missing"))?;
    let file = File { main: &main, table: &table };
    let pieces = file.pieces().ok_or_else(|| ExtractError::corrupt("its pieces cannot be followed"))?;
    let mut reader = Reader::default();
    let characters = file.characters(&pieces);
    // The text, its notes and its boxes follow each other; headers and remarks lie between them.
    let count = |at: usize| u32_at(&main, at).unwrap_or(0) as usize;
    let counts =
        [(0x4C, true), (0x50, true), (0x54, false), (0x58, false), (0x5C, false), (0x60, true), (0x64, true)];
    let mut start = 0;
    for (at, shown) in counts {
        let end = characters.len().min(start + count(at));
        if shown {
            characters[start..end].iter().for_each(|it| reader.take(it));
            reader.end_paragraph(0);
            reader.end_table();
        }
        start = end;
    }
    sink.flat(reader.out.unit())
}

/// Word 6 and 95: the text is one run of bytes.
fn before_97(main: &[u8]) -> Composer {
    let start = u32_at(main, 0x18).unwrap_or(0) as usize;
    let end = (u32_at(main, 0x1C).unwrap_or(0) as usize).min(main.len());
    let bytes = main.get(start..end).unwrap_or_default();
    let text = super::encoding::decode(bytes).into_owned();
    let mut reader = Reader::default();
    text.chars().for_each(|c| reader.take(&Character { c, ..Character::default() }));
    reader.end_paragraph(0);
    reader.end_table();
    reader.out
}

struct File<'a> {
    main: &'a [u8],
    table: &'a [u8],
}

/// A stretch of text and where its bytes are.
struct Piece {
    characters: usize,
    at: usize,
    wide: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Character {
    c: char,
    hidden: bool,
    script: i8,
    /// The style of the paragraph that ends here: 1 to 9 are headings.
    style: u16,
    in_table: bool,
    ends_row: bool,
}

/// Properties of a stretch of bytes.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    start: usize,
    end: usize,
    hidden: bool,
    script: i8,
    style: u16,
    in_table: bool,
    ends_row: bool,
}

impl File<'_> {
    fn pieces(&self) -> Option<Vec<Piece>> {
        let start = u32_at(self.main, 0x1A2)? as usize;
        let length = u32_at(self.main, 0x1A6)? as usize;
        let mut rest = self.table.get(start..start.checked_add(length)?)?;
        while rest.first() == Some(&1) {
            rest = rest.get(3 + usize::from(u16_at(rest, 1)?)..)?;
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
            })
        };
        (0..count).map(piece).collect()
    }

    fn characters(&self, pieces: &[Piece]) -> Vec<Character> {
        let (runs, paragraphs) = (self.runs(0xFA, Self::run), self.runs(0x102, Self::paragraph));
        let mut out = Vec::new();
        for piece in pieces {
            let width = if piece.wide { 2 } else { 1 };
            let end = piece.at.saturating_add(piece.characters.saturating_mul(width)).min(self.main.len());
            let Some(bytes) = self.main.get(piece.at..end) else { continue };
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
                let (run, paragraph) = (find(&runs, place), find(&paragraphs, place));
                out.push(Character {
                    c,
                    hidden: run.hidden,
                    script: run.script,
                    style: paragraph.style,
                    in_table: paragraph.in_table,
                    ends_row: paragraph.ends_row,
                });
            }
        }
        out
    }

    /// Properties by place: pages of 512 bytes, listed in the table. `at` is where the list is named.
    fn runs(&self, at: usize, read: fn(&[u8], usize, usize) -> Option<Run>) -> Vec<Run> {
        let list = (|| {
            let start = u32_at(self.main, at)? as usize;
            let length = u32_at(self.main, at + 4)? as usize;
            self.table.get(start..start.checked_add(length)?)
        })();
        let Some(list) = list else { return Vec::new() };
        let count = list.len().saturating_sub(4) / 8;
        let mut runs = Vec::new();
        for index in 0..count {
            let number = u32_at(list, (count + 1) * 4 + index * 4).unwrap_or(0) as usize & 0x3F_FFFF;
            let Some(page) = self.main.get(number * 512..number * 512 + 512) else { continue };
            let of_page = usize::from(page[511]);
            for place in 0..of_page {
                let (start, end) = (u32_at(page, place * 4), u32_at(page, place * 4 + 4));
                let (Some(start), Some(end)) = (start, end) else { break };
                let run = read(page, of_page, place).unwrap_or_default();
                runs.push(Run { start: start as usize, end: end as usize, ..run });
            }
        }
        runs.sort_by_key(|it| it.start);
        runs
    }

    /// Properties of characters.
    fn run(page: &[u8], count: usize, place: usize) -> Option<Run> {
        let mut run = Run::default();
        let offset = usize::from(*page.get((count + 1) * 4 + place)?) * 2;
        if offset == 0 {
            return Some(run);
        }
        let length = usize::from(*page.get(offset)?);
        properties(page.get(offset + 1..(offset + 1 + length).min(page.len()))?, |code, value| match code {
            // Deleted, and hidden.
            0x0800 | 0x083C => run.hidden |= value == 1,
            0x2A48 => {
                run.script = match value {
                    1 => 1,
                    2 => -1,
                    _ => 0,
                }
            }
            _ => {}
        });
        Some(run)
    }

    /// Properties of paragraphs.
    fn paragraph(page: &[u8], count: usize, place: usize) -> Option<Run> {
        let mut run = Run::default();
        let offset = usize::from(*page.get((count + 1) * 4 + place * 13)?) * 2;
        if offset == 0 {
            return Some(run);
        }
        let half = usize::from(*page.get(offset)?);
        let (start, length) = match half {
            0 => (offset + 2, usize::from(*page.get(offset + 1)?) * 2),
            half => (offset + 1, half * 2 - 1),
        };
        let body = page.get(start..(start + length).min(page.len()))?;
        run.style = u16_at(body, 0)?;
        properties(body.get(2..)?, |code, value| match code {
            0x2416 => run.in_table = value == 1,
            0x2417 => run.ends_row = value == 1,
            _ => {}
        });
        Some(run)
    }
}

/// Calls with each property and the first byte of its value.
fn properties(mut list: &[u8], mut found: impl FnMut(u16, u8)) {
    while let (Some(code), Some(value)) = (u16_at(list, 0), list.get(2)) {
        found(code, *value);
        let size = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ if code == 0xD608 => u16_at(list, 2).map_or(0, usize::from) + 1,
            _ => usize::from(*value) + 1,
        };
        list = list.get(2 + size..).unwrap_or_default();
    }
}

fn find(runs: &[Run], place: usize) -> Run {
    let at = runs.partition_point(|it| it.start <= place);
    at.checked_sub(1).and_then(|it| runs.get(it)).filter(|it| place < it.end).copied().unwrap_or_default()
}

#[derive(Default)]
struct Reader {
    out: Composer,
    line: String,
    cells: Vec<GridCell>,
    table: Option<Grid>,
    /// Fields that are open, and whether each is at its instruction still.
    fields: Vec<bool>,
}

impl Reader {
    fn take(&mut self, character: &Character) {
        match character.c {
            '\u{13}' => self.fields.push(true),
            '\u{14}' => {
                if let Some(field) = self.fields.last_mut() {
                    *field = false;
                }
            }
            '\u{15}' => {
                self.fields.pop();
            }
            _ if self.fields.contains(&true) => {}
            '\r' | '\u{C}' if character.in_table => self.line.push(' '),
            '\r' | '\u{C}' => self.end_paragraph(character.style),
            '\u{7}' => self.end_cell(character.ends_row),
            c if character.hidden => self.out.hide(&c.to_string()),
            '\u{B}' => self.line.push('\n'),
            '\u{1E}' => self.line.push('-'),
            '\u{A0}' => self.line.push(' '),
            '\t' => self.line.push('\t'),
            c if c.is_control() => {}
            c => {
                let after = self.line.chars().last();
                match character.script {
                    0 => self.line.push(c),
                    1 => self.line.push_str(&script::raised(&c.to_string(), after)),
                    _ => self.line.push_str(&script::lowered(&c.to_string(), after)),
                }
            }
        }
    }

    fn end_paragraph(&mut self, style: u16) {
        let line = std::mem::take(&mut self.line);
        if line.trim().is_empty() {
            return;
        }
        self.end_table();
        match style {
            1..=9 => self.out.heading(u8::try_from(style).unwrap_or(9), &line),
            _ => self.out.paragraph(&line),
        }
    }

    fn end_cell(&mut self, ends_row: bool) {
        let text = one_line(&std::mem::take(&mut self.line));
        if !ends_row {
            return self.cells.push(GridCell::new(text));
        }
        let cells = std::mem::take(&mut self.cells);
        self.table.get_or_insert_default().row(cells, false);
    }

    fn end_table(&mut self) {
        if !self.cells.is_empty() {
            self.end_cell(true);
        }
        if let Some(table) = self.table.take() {
            self.out.table(table, true);
        }
    }
}
