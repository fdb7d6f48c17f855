//! Word before 2007: text in pieces, each with its place in the file, and runs of properties beside it.

use super::cfb::{Container, u16_at, u32_at};
use super::compose::{Composer, one_line};
use super::doc_file::{Character, File, Paragraph, Text};
use super::doc_styles::{Shown, Styles};

use super::error::ExtractError;
use super::numbering::NumberedLists;
use super::row_table::{Block, RowShape, RowTable};
use super::sink::{Sink, Source};
use super::{doc_form, doc_lists, script, symbols, word_fields};
use std::collections::HashMap;
use std::ops::Range;

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
    let data = container.read("Data").unwrap_or_default();
    let file = File { main: &main, table: &table, data: &data };
    let text = file.text().ok_or_else(|| ExtractError::corrupt("its pieces cannot be followed"))?;
    sink.flat(Reader::new(&file, &text).whole().unit())
}

/// Word 6 and 95: the text is one run of bytes.
fn before_97(main: &[u8]) -> Composer {
    let start = u32_at(main, 0x18).unwrap_or(0) as usize;
    let end = (u32_at(main, 0x1C).unwrap_or(0) as usize).min(main.len());
    let bytes = main.get(start..end).unwrap_or_default();
    // Written on a Macintosh, or for one.
    let is_mac = main.get(0x12) == Some(&1) || u16_at(main, 0x14) == Some(0x0100);
    let text = if is_mac {
        encoding_rs::MACINTOSH.decode_without_bom_handling(bytes).0
    } else {
        super::encoding::decode(bytes)
    };
    let file = File { main, table: &[], data: &[] };
    let plain = Text::default();
    let mut reader = Reader::new(&file, &plain);
    text.chars().for_each(|c| reader.take(0, c, Shown::default(), &Paragraph::default()));
    reader.end_story();
    reader.out
}

/// The stories of a file, one after the other in its text.
struct Stories {
    body: Range<usize>,
    footnotes: Range<usize>,
    margins: Range<usize>,
    endnotes: Range<usize>,
    boxes: Range<usize>,
}

impl Stories {
    fn of(file: &File<'_>, length: usize) -> Self {
        let mut end = 0usize;
        let mut next = |at: usize| {
            let start = end;
            end = length.min(end.saturating_add(u32_at(file.main, at).unwrap_or(0) as usize));
            start..end
        };
        let (body, footnotes, margins) = (next(0x4C), next(0x50), next(0x54));
        // Remarks, and before them what once were macros, are no part of the text.
        let (_, _) = (next(0x58), next(0x5C));
        Self { body, footnotes, margins, endnotes: next(0x60), boxes: next(0x64) }
    }
}

/// A note, from its reference to its end.
struct Note {
    text: Range<usize>,
    read: bool,
}

struct Reader<'t> {
    text: &'t Text,
    data: &'t [u8],
    stories: Stories,
    styles: Styles,
    lists: NumberedLists,
    fonts: Vec<String>,
    /// By the place of their reference.
    notes: HashMap<usize, Note>,
    /// The texts between the edges of pages, by place.
    margins: Vec<Range<usize>>,
    out: Composer,
    line: String,
    /// Raised, lowered or struck-out text that is not yet in the line, and which of these it is.
    scripted: String,
    script: i8,
    struck: bool,
    /// What stands behind the paragraph or table being read.
    behind: Vec<Composer>,
    /// Fields that are open, and whether each is at its instruction still.
    fields: Vec<bool>,
    /// What each of them is told to show, and where the text that comes of it begins.
    instructions: Vec<(String, usize)>,
    cell: Vec<Block>,
    cells: Vec<Vec<Block>>,
    table: Option<RowTable>,
    /// A table inside a cell: the cells of its row so far, and its rows.
    inner_cells: Vec<String>,
    inner_rows: Vec<String>,
    /// Whether the end of the paragraph is deleted or hidden.
    mark_unseen: bool,
}

impl<'t> Reader<'t> {
    fn new(file: &'t File<'t>, text: &'t Text) -> Self {
        let stories = Stories::of(file, text.characters.len());
        let mut notes = HashMap::new();
        for (references, texts, story) in
            [(0xAA, 0xB2, &stories.footnotes), (0x20A, 0x212, &stories.endnotes)]
        {
            let Some(references) = file.part(references) else { continue };
            // Places, one more than there are notes, and two bytes for each note.
            let count = references.len().saturating_sub(4) / 6;
            let texts = ranges(file.part(texts).unwrap_or_default(), story);
            for (at, text) in texts.into_iter().take(count).enumerate() {
                let place = u32_at(references, at * 4).map_or(usize::MAX, |it| it as usize);
                notes.insert(place, Note { text, read: false });
            }
        }
        let kinds = file.part_and_on(0x2E2);
        Self {
            text,
            data: file.data,
            styles: Styles::read(file.part(0xA2).unwrap_or_default()),
            lists: kinds.map_or_else(NumberedLists::default, |kinds| {
                doc_lists::read(kinds, file.part(0x2EA).unwrap_or_default())
            }),
            fonts: fonts(file.part(0x112).unwrap_or_default()),
            notes,
            // The first six are the lines between text and notes.
            margins: ranges(file.part(0xF2).unwrap_or_default(), &stories.margins)
                .into_iter()
                .skip(6)
                .collect(),
            stories,
            out: Composer::default(),
            line: String::new(),
            scripted: String::new(),
            script: 0,
            struck: false,
            behind: Vec::new(),
            fields: Vec::new(),
            instructions: Vec::new(),
            cell: Vec::new(),
            cells: Vec::new(),
            table: None,
            inner_cells: Vec::new(),
            inner_rows: Vec::new(),
            mark_unseen: false,
        }
    }

    fn whole(mut self) -> Composer {
        self.story(self.stories.body.clone());
        // Notes whose reference is not found are better at the end than lost.
        let mut left: Vec<Range<usize>> =
            self.notes.values().filter(|it| !it.read).map(|it| it.text.clone()).collect();
        if self.notes.is_empty() {
            left = vec![self.stories.footnotes.clone(), self.stories.endnotes.clone()];
        }
        left.sort_by_key(|it| it.start);
        left.push(self.stories.boxes.clone());
        left.into_iter().for_each(|it| self.story(it));
        self.running_heads();
        self.out
    }

    /// Running headers and footers are worth finding once, and in no reader's way at the end.
    fn running_heads(&mut self) {
        let mut seen: Vec<String> = Vec::new();
        for margin in std::mem::take(&mut self.margins) {
            let margin = self.aside(margin).text().trim().to_owned();
            if margin.chars().any(char::is_alphabetic) && !seen.contains(&margin) {
                self.out.paragraph(margin.trim_start_matches('#'));
                seen.push(margin);
            }
        }
    }

    fn story(&mut self, range: Range<usize>) {
        for at in range {
            let Some(character) = self.text.characters.get(at).copied() else { break };
            self.character(at, character);
        }
        self.end_story();
    }

    fn end_story(&mut self) {
        self.end_paragraph(&Paragraph::default());
        self.end_table();
        self.fields.clear();
        self.instructions.clear();
    }

    /// Reads into a composer of its own.
    fn aside(&mut self, range: Range<usize>) -> Composer {
        let out = std::mem::take(&mut self.out);
        let (line, behind) = (std::mem::take(&mut self.line), std::mem::take(&mut self.behind));
        let (cell, cells) = (std::mem::take(&mut self.cell), std::mem::take(&mut self.cells));
        let (fields, table) = (std::mem::take(&mut self.fields), self.table.take());
        let instructions = std::mem::take(&mut self.instructions);
        let unseen = std::mem::take(&mut self.mark_unseen);
        let inner = (std::mem::take(&mut self.inner_cells), std::mem::take(&mut self.inner_rows));
        self.story(range);
        (self.line, self.behind, self.cell, self.cells) = (line, behind, cell, cells);
        (self.fields, self.table, self.mark_unseen) = (fields, table, unseen);
        self.instructions = instructions;
        (self.inner_cells, self.inner_rows) = inner;
        std::mem::replace(&mut self.out, out)
    }

    fn character(&mut self, at: usize, character: Character) {
        let text = self.text;
        let look = text.look(character);
        let Some(paragraph) = text.paragraph(character) else { return };
        let shown = self.styles.shown(look, paragraph);
        // What is behind a table or a box is not known here.
        let in_box = self.stories.boxes.contains(&at);
        let unseen = shown.white && !shown.backed && !paragraph.in_table && !in_box;
        let shown = Shown { hidden: shown.hidden || look.deleted || unseen, ..shown };
        let symbol = look.symbol.filter(|_| character.c == '(');
        if let Some((font, code)) = symbol.filter(|_| !shown.hidden && !self.fields.contains(&true)) {
            self.end_script();
            let font = self.fonts.get(usize::from(font)).map_or("", String::as_str);
            self.line.extend(symbols::symbol(font, code.into()));
            return;
        }
        if let Some(data) = look.data.filter(|_| character.c == '\u{1}' && look.is_form) {
            let outer = self.fields.len().saturating_sub(1);
            if !shown.hidden && !self.fields[..outer].contains(&true) {
                self.line.push_str(&doc_form::shown(self.data, data as usize).unwrap_or_default());
            }
            return;
        }
        self.take(at, character.c, shown, paragraph);
    }

    fn take(&mut self, at: usize, c: char, shown: Shown, paragraph: &Paragraph) {
        if c.is_control() || shown.hidden || (shown.script, shown.struck) != (self.script, self.struck) {
            self.end_script();
        }
        match c {
            '\u{13}' => {
                self.fields.push(true);
                self.instructions.push((String::new(), self.line.len()));
            }
            '\u{14}' => {
                if let Some(field) = self.fields.last_mut() {
                    *field = false;
                }
            }
            '\u{15}' => {
                self.fields.pop();
                let told = self.instructions.pop().filter(|(_, start)| *start == self.line.len());
                let is_shown = !shown.hidden && !self.fields.contains(&true);
                self.line.extend(told.filter(|_| is_shown).and_then(|(words, _)| word_fields::shown(&words)));
            }
            '\r' | '\u{C}' if paragraph.ends_inner_row => {
                self.inner_rows.push(std::mem::take(&mut self.inner_cells).join(", "));
            }
            '\r' | '\u{C}' if paragraph.ends_inner_cell => {
                let text = one_line(&std::mem::take(&mut self.line));
                self.inner_cells.push(text);
            }
            '\r' | '\u{C}' | '\u{7}' if self.fields.contains(&true) => {}
            // A paragraph whose end is deleted goes on with the next one, but not into a table.
            '\r' if shown.hidden
                && !paragraph.in_table
                && !self.is_before_table(at)
                && !self.line.trim().is_empty() => {}
            '\r' | '\u{C}' => {
                self.mark_unseen = shown.hidden;
                self.end_paragraph(paragraph);
            }
            '\u{7}' => self.end_cell(paragraph),
            c if self.fields.contains(&true) => {
                let innermost = self
                    .instructions
                    .last_mut()
                    .filter(|_| self.fields.last() == Some(&true) && !c.is_control());
                innermost.into_iter().for_each(|(words, _)| words.push(c));
            }
            '\u{2}' => self.note(at, shown.hidden),
            c if shown.hidden => self.out.hide(c.encode_utf8(&mut [0; 4])),
            '\u{B}' | '\u{E}' => self.line.push('\n'),
            '\u{1E}' => self.line.push('-'),
            '\u{A0}' => self.line.push(' '),
            '\t' => self.line.push('\t'),
            c if c.is_control() => {}
            c if shown.script != 0 || shown.struck => {
                (self.script, self.struck) = (shown.script, shown.struck);
                self.scripted.push(c);
            }
            c => self.line.push(c),
        }
    }

    fn is_before_table(&self, at: usize) -> bool {
        let next = self.text.characters.get(at + 1).and_then(|it| self.text.paragraph(*it));
        next.is_some_and(|it| it.in_table)
    }

    /// Writes down what stands raised, lowered or struck out together: it is one exponent, or one word.
    fn end_script(&mut self) {
        if self.scripted.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.scripted);
        let formed = script::formed(&text, self.script, &self.line);
        script::push_struck(&mut self.line, &formed, self.struck);
    }

    fn note(&mut self, at: usize, hidden: bool) {
        let Some(note) = self.notes.get_mut(&at).filter(|it| !it.read) else { return };
        note.read = true;
        let range = note.text.clone();
        let note = self.aside(range);
        if hidden {
            self.out.hide(note.text());
        } else {
            self.behind.push(note);
        }
    }

    fn end_paragraph(&mut self, paragraph: &Paragraph) {
        self.end_script();
        let line = std::mem::take(&mut self.line);
        let is_empty = line.trim().is_empty();
        let unseen = std::mem::take(&mut self.mark_unseen);
        self.end_inner_table();
        // Word counts paragraphs without a word, but not those that are not there.
        let label = if is_empty && unseen { None } else { self.label(paragraph) };
        if !paragraph.in_table {
            self.end_table();
        }
        if !is_empty {
            let block = self.block(paragraph, &line, label);
            if paragraph.in_table { self.cell.push(block) } else { block.write(&mut self.out) }
        }
        if !paragraph.in_table {
            self.flush_behind();
        }
    }

    fn block(&self, paragraph: &Paragraph, line: &str, label: Option<(String, usize)>) -> Block {
        match (self.styles.heading(paragraph), label) {
            (Some(level), label) => {
                let label = label.map(|(label, _)| label).filter(|it| it != "-").unwrap_or_default();
                Block::Heading(level, format!("{label} {line}"))
            }
            (None, Some((label, depth))) if label == "-" => Block::Item(depth, line.to_owned()),
            (None, Some((label, _))) if !label.is_empty() => {
                Block::Paragraph(format!("{label} {}", line.trim_start()))
            }
            (None, _) => Block::Paragraph(line.to_owned()),
        }
    }

    /// What Word puts before a paragraph, and how deep the list is there.
    fn label(&mut self, paragraph: &Paragraph) -> Option<(String, usize)> {
        let by_style = self.styles.list(paragraph.style);
        let list = paragraph.list.or(by_style.map(|(list, ..)| list)).filter(|it| *it != 0)?.to_string();
        let level = paragraph.level.map(usize::from).or_else(|| {
            let (_, level, style) = by_style.filter(|_| paragraph.list.is_none())?;
            let of_style = |it: u16| self.lists.level_of(&list, &it.to_string());
            of_style(paragraph.style).or(level.map(usize::from)).or_else(|| of_style(style))
        });
        let level = level.unwrap_or(0);
        Some((self.lists.label(&list, level)?, level))
    }

    fn end_cell(&mut self, paragraph: &Paragraph) {
        if paragraph.ends_row {
            self.line.clear();
            let mut shape = paragraph.row.clone();
            let cells = std::mem::take(&mut self.cells);
            shape.merges.resize(cells.len().max(shape.merges.len()), 0);
            self.table.get_or_insert_default().row(cells, shape);
            return;
        }
        self.end_paragraph(&Paragraph { in_table: true, ..paragraph.clone() });
        self.cells.push(std::mem::take(&mut self.cell));
    }

    /// A table inside a cell becomes a line of it.
    fn end_inner_table(&mut self) {
        if !self.inner_cells.is_empty() {
            self.inner_rows.push(std::mem::take(&mut self.inner_cells).join(", "));
        }
        let rows = std::mem::take(&mut self.inner_rows);
        if !rows.is_empty() {
            self.cell.push(Block::Paragraph(rows.join("; ")));
        }
    }

    fn end_table(&mut self) {
        if !self.cell.is_empty() {
            self.cells.push(std::mem::take(&mut self.cell));
        }
        if !self.cells.is_empty() {
            let cells = std::mem::take(&mut self.cells);
            self.table.get_or_insert_default().row(cells, RowShape::default());
        }
        if let Some(table) = self.table.take() {
            table.write(&mut self.out);
            self.flush_behind();
        }
    }

    fn flush_behind(&mut self) {
        for part in std::mem::take(&mut self.behind) {
            self.out.append(part);
        }
    }
}

/// The ranges between the places of a list, inside a story.
fn ranges(list: &[u8], story: &Range<usize>) -> Vec<Range<usize>> {
    let place = |at: &[u8]| {
        let place = u32_at(at, 0).map_or(usize::MAX, |it| it as usize);
        story.start.saturating_add(place).min(story.end)
    };
    let places: Vec<usize> = list.chunks_exact(4).map(place).collect();
    places.windows(2).map(|it| it[0]..it[1].max(it[0])).collect()
}

/// The names of the fonts.
fn fonts(part: &[u8]) -> Vec<String> {
    /// Of a font before its name.
    const HEAD: usize = 39;
    let mut rest = part.get(4..).unwrap_or_default();
    let mut fonts = Vec::new();
    while let Some((length, after)) = rest.split_first() {
        let own = after.get(..usize::from(*length)).unwrap_or_default();
        let units = own.get(HEAD..).unwrap_or_default().chunks_exact(2);
        let units: Vec<u16> =
            units.map(|it| u16::from_le_bytes([it[0], it[1]])).take_while(|it| *it != 0).collect();
        fonts.push(String::from_utf16_lossy(&units));
        rest = after.get(usize::from(*length)..).unwrap_or_default();
    }
    fonts
}

#[cfg(test)]
#[path = "doc_tests.rs"]
mod tests;
