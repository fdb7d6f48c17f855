//! Rich text: what is shown of it, in the encodings of its fonts.

use super::compose::{Composer, one_line};
use super::error::ExtractError;
use super::msg::encoding_of;
use super::row_table::{Block, RowShape, RowTable};
use super::rtf_fields::Fields;
use super::rtf_form::FormField;
use super::rtf_words::{Word, Words};
use super::sink::{Sink, Source, Unit};
use super::{markup, script, symbols};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::HashMap;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    if !source.bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return Err(ExtractError::corrupt("it does not begin as RTF does"));
    }
    sink.flat(compose(&source.bytes)?.out.unit())
}

/// The body of a mail: rich text, or the page that was put into it.
pub(super) fn mail_body(bytes: &[u8], max_nesting: u64) -> Result<Unit, ExtractError> {
    let reader = compose(bytes)?;
    match reader.page {
        Some(page) if !page.trim().is_empty() => markup::page(&page, max_nesting),
        _ => Ok(reader.out.unit()),
    }
}

fn compose(bytes: &[u8]) -> Result<Reader, ExtractError> {
    let mut reader = Reader { state: State { repeats: 1, ..State::default() }, ..Reader::default() };
    for word in Words::new(bytes) {
        reader.word(word)?;
    }
    if !reader.cells.is_empty() {
        // A last row without an end.
        if !reader.line.trim().is_empty() {
            reader.end_cell();
        }
        reader.end_row();
    }
    reader.end_paragraph();
    reader.end_table();
    let margins = std::mem::take(&mut reader.margins);
    for margin in margins {
        reader.out.paragraph(&margin);
    }
    Ok(reader)
}

/// Text that is moved up or down by fewer half points is only set with care.
const LEAST_RAISED: i32 = 4;

/// Groups deeper than this are not a document.
const MAX_DEPTH: usize = 2000;

/// What a group does with its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Goes {
    #[default]
    Out,
    Nowhere,
    Fonts,
    Colours,
    Styles,
    /// Behind the paragraph it belongs to: a note, and the text of a drawing.
    Note,
    Drawing,
    /// What a field is told to show.
    Instruction,
    /// At the end, once.
    Margin,
    /// Markup of a page inside the rich text.
    Tag,
    /// What a field of a form is, and the entries of its list.
    Form,
    Entry,
}

#[derive(Debug, Clone, Default)]
struct State {
    goes: Goes,
    hidden: bool,
    deleted: bool,
    white: bool,
    backed: bool,
    struck: bool,
    /// 1 raised, -1 lowered.
    script: i8,
    font: i32,
    /// Characters after `\u` that repeat it for old readers.
    repeats: usize,
    /// Inside `\htmlrtf`: only for readers that do not know pages.
    not_page: bool,
    style: i32,
    /// What the paragraph around a text aside is like, and how many groups that text lies in.
    around: Option<(usize, bool, Option<u8>)>,
    /// Inside what says again, for old readers, what stands before it.
    again: bool,
    /// Inside the label of a list, which is set anew each time and says nothing of its paragraph.
    in_label: bool,
}

#[derive(Default)]
struct Reader {
    out: Composer,
    states: Vec<State>,
    state: State,
    line: String,
    note: String,
    drawing: String,
    notes: Vec<String>,
    margin: String,
    margins: Vec<String>,
    /// Bytes that wait to be decoded together.
    bytes: Vec<u8>,
    surrogate: Option<u16>,
    skip: usize,
    page_encoding: Option<&'static Encoding>,
    fonts: HashMap<i32, Option<&'static Encoding>>,
    font_names: HashMap<i32, String>,
    /// The font of text that names none.
    default_font: i32,
    colours: Vec<u32>,
    colour: u32,
    /// Outline levels of styles, and of the paragraph.
    levels: HashMap<i32, u8>,
    level: Option<u8>,
    style_name: String,
    in_table: bool,
    table: Option<RowTable>,
    cells: Vec<String>,
    /// The row being defined, and how its next cell is merged.
    row: RowShape,
    merge: u16,
    page: Option<String>,
    starred: bool,
    form: FormField,
    fields: Fields,
}

impl Reader {
    fn word(&mut self, word: Word<'_>) -> Result<(), ExtractError> {
        let was_starred = std::mem::take(&mut self.starred);
        match word {
            Word::Open => {
                self.decode();
                if self.states.len() >= MAX_DEPTH {
                    return Err(ExtractError::limit(format!("groups nested more than {MAX_DEPTH} deep")));
                }
                self.states.push(self.state.clone());
                self.skip = 0;
            }
            Word::Close => self.close(),
            Word::Byte(byte) => self.byte(byte),
            Word::Sign(b'*') => self.starred = true,
            Word::Sign(sign) => {
                let text = match sign {
                    b'~' => " ",
                    b'_' => "-",
                    _ => "",
                };
                self.text(text);
            }
            Word::Binary => {}
            Word::Control(name, number) => self.control(name, number, was_starred),
        }
        Ok(())
    }

    fn close(&mut self) {
        self.decode();
        self.skip = 0;
        let before = self.states.pop().unwrap_or_default();
        let ended = std::mem::replace(&mut self.state, before);
        if let Some((_, in_table, level)) = ended.around.filter(|it| it.0 > self.states.len()) {
            (self.in_table, self.level) = (in_table, level);
        }
        match (ended.goes, self.state.goes) {
            (Goes::Note, Goes::Out | Goes::Margin | Goes::Drawing) => {
                let note = std::mem::take(&mut self.note);
                self.notes.push(note);
            }
            (Goes::Drawing, it) if it != Goes::Drawing => {
                let drawing = std::mem::take(&mut self.drawing);
                self.notes.push(drawing);
            }
            (Goes::Margin, Goes::Out) => {
                let margin = one_line(&std::mem::take(&mut self.margin));
                if margin.chars().any(char::is_alphabetic) && !self.margins.contains(&margin) {
                    self.margins.push(margin);
                }
            }
            (Goes::Entry, Goes::Form) => self.form.end_entry(),
            (Goes::Form, it) if it != Goes::Form => {
                let shown = std::mem::take(&mut self.form).shown();
                if !ended.hidden && !ended.deleted {
                    self.line.push_str(&shown);
                }
            }
            (Goes::Styles, Goes::Styles) => {
                let name = std::mem::take(&mut self.style_name).to_lowercase();
                let name = name.trim_end_matches(';').trim();
                let by_name = name.strip_prefix("heading ").and_then(|it| it.parse().ok());
                let by_name = by_name.or((name == "title").then_some(1));
                if let Some(level) = by_name.or(self.level.take()) {
                    self.levels.insert(ended.style, level);
                }
            }
            _ => {}
        }
        if let Some(shown) = self.fields.close(self.states.len()) {
            self.put(&shown);
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.bytes.push(byte);
            if self.bytes.len() > 4096 && byte.is_ascii() {
                self.decode();
            }
        }
    }

    /// Turns the bytes that wait into text, in the encoding of their font.
    fn decode(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        if let Some(name) = self.symbol_font() {
            let text: String = bytes.iter().filter_map(|it| symbols::symbol(name, (*it).into())).collect();
            return self.put(&text);
        }
        let font = self.fonts.get(&self.state.font).copied().flatten();
        let encoding = font.or(self.page_encoding).unwrap_or(WINDOWS_1252);
        let text = encoding.decode_without_bom_handling(&bytes).0;
        self.put(&text);
    }

    /// The name of the font, where its characters are symbols.
    fn symbol_font(&self) -> Option<&str> {
        let name = self.font_names.get(&self.state.font)?.trim_end_matches(';').trim();
        let is_text = matches!(self.state.goes, Goes::Out | Goes::Note | Goes::Drawing | Goes::Margin);
        (is_text && symbols::is_symbol_font(name)).then_some(name)
    }

    fn text(&mut self, text: &str) {
        self.decode();
        self.put(text);
    }

    fn put(&mut self, text: &str) {
        let state = &self.state;
        match state.goes {
            Goes::Tag => {
                if let Some(page) = self.page.as_mut() {
                    page.push_str(text);
                }
                return;
            }
            Goes::Nowhere => return,
            Goes::Fonts => return self.font_names.entry(state.font).or_default().push_str(text),
            Goes::Colours => {
                if text.contains(';') {
                    self.colours.push(std::mem::take(&mut self.colour));
                }
                return;
            }
            Goes::Styles => return self.style_name.push_str(text),
            Goes::Entry => return self.form.entry.push_str(text),
            Goes::Form => return,
            Goes::Instruction => return self.fields.told(text),
            Goes::Out | Goes::Note | Goes::Drawing | Goes::Margin => self.fields.has_text(text),
        }
        if let Some(page) = self.page.as_mut().filter(|_| !state.not_page) {
            page.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
        }
        // What lies behind a cell or a drawing is not known.
        let is_backed = state.backed || self.in_table || state.goes == Goes::Drawing;
        if state.hidden || state.deleted || state.white && !is_backed {
            return self.out.hide(text);
        }
        let (script, struck) = (state.script, state.struck);
        let target = match state.goes {
            Goes::Note => &mut self.note,
            Goes::Drawing => &mut self.drawing,
            Goes::Margin => &mut self.margin,
            _ => &mut self.line,
        };
        let formed = script::formed(text, script, target);
        script::push_struck(target, &formed, struck);
    }

    fn control(&mut self, name: &str, number: Option<i32>, starred: bool) {
        if name == "u" {
            return self.unicode(number.unwrap_or(0));
        }
        self.decode();
        self.surrogate = None;
        let on = number != Some(0);
        if self.destination(name, starred) || self.page_word(name, on) {
            return;
        }
        match name {
            "ansicpg" => self.page_encoding = number.and_then(|it| encoding_of(u32::try_from(it).ok()?)),
            "mac" => self.page_encoding = encoding_of(10000),
            "uc" => self.state.repeats = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "f" => self.state.font = number.unwrap_or(0),
            "deff" => {
                self.default_font = number.unwrap_or(0);
                self.state.font = self.default_font;
            }
            "fcharset" if self.state.goes == Goes::Fonts => {
                let encoding = number.and_then(|it| encoding_of(charset_page(it)?));
                self.fonts.insert(self.state.font, encoding);
            }
            "cpg" if self.state.goes == Goes::Fonts => {
                let encoding = number.and_then(|it| encoding_of(u32::try_from(it).ok()?));
                self.fonts.insert(self.state.font, encoding);
            }
            "red" | "green" | "blue" => {
                self.colour =
                    self.colour << 8 | u32::try_from(number.unwrap_or(0).clamp(0, 255)).unwrap_or(0);
            }
            "cf" => {
                let colour = usize::try_from(number.unwrap_or(0)).ok().and_then(|it| self.colours.get(it));
                self.state.white = colour == Some(&0x00FF_FFFF);
            }
            "highlight" | "cb" | "chcbpat" | "cbpat" => self.state.backed |= number.unwrap_or(0) > 0,
            "v" => self.state.hidden = on,
            "deleted" => self.state.deleted = on,
            "strike" | "striked" => self.state.struck = on,
            "fftype" | "ffres" | "ffdefres" if self.state.goes == Goes::Form => self.form.set(name, number),
            "super" => self.state.script = i8::from(on),
            "sub" => self.state.script = -i8::from(on),
            "nosupersub" => self.state.script = 0,
            "up" => self.state.script = i8::from(number.unwrap_or(6) >= LEAST_RAISED),
            "dn" => self.state.script = -i8::from(number.unwrap_or(6) >= LEAST_RAISED),
            "plain" => {
                let State { goes, repeats, not_page, style, in_label, .. } = self.state;
                let font = self.default_font;
                self.state = State { goes, repeats, not_page, style, in_label, font, ..State::default() };
            }
            "field" => self.fields.open(self.states.len()),
            "listtext" | "pntext" => self.state.in_label = true,
            "pard" if self.state.in_label => self.state.backed = false,
            "pard" => {
                self.in_table = false;
                self.level = None;
                self.state.backed = false;
            }
            "s" => {
                self.state.style = number.unwrap_or(0);
                if self.state.goes == Goes::Out {
                    self.level = self.levels.get(&self.state.style).copied();
                }
            }
            "trleft" => self.row.edges = vec![edge(number)],
            "cellx" => {
                if self.row.edges.is_empty() {
                    self.row.edges.push(0);
                }
                self.row.edges.push(edge(number));
                self.row.merges.push(std::mem::take(&mut self.merge));
            }
            "outlinelevel" => {
                self.level = number.filter(|it| (0..9).contains(it)).and_then(|it| u8::try_from(it + 1).ok())
            }
            _ => self.layout(name),
        }
    }

    /// What breaks lines, paragraphs and cells, and characters by name.
    fn layout(&mut self, name: &str) {
        match name {
            "par" | "sect" if self.state.goes == Goes::Out => {
                if self.in_table {
                    self.line.push('\n')
                } else {
                    self.end_paragraph()
                }
            }
            "par" | "line" | "lbr" | "softline" => self.put("\n"),
            "page" | "column" if self.state.goes == Goes::Out && !self.in_table => self.end_paragraph(),
            "tab" => self.put("\t"),
            "intbl" => self.in_table = true,
            "trowd" => {
                self.row = RowShape::default();
                self.merge = 0;
            }
            "trhdr" => self.row.is_header = true,
            "clmgf" | "clmrg" => self.merge |= RowShape::SIDEWAYS,
            "clvmgf" => self.merge |= RowShape::DOWNWARDS | RowShape::FIRST_DOWNWARDS,
            "clvmrg" => self.merge |= RowShape::DOWNWARDS,
            // Texts aside have no tables of their own.
            "cell" if self.state.goes != Goes::Out => self.put("\t"),
            "row" if self.state.goes != Goes::Out => self.put("\n"),
            "cell" => self.end_cell(),
            "nestcell" => self.put(", "),
            "nestrow" => self.put("; "),
            "row" => self.end_row(),
            "emdash" => self.put("—"),
            "endash" => self.put("–"),
            "lquote" => self.put("‘"),
            "rquote" => self.put("’"),
            "ldblquote" => self.put("“"),
            "rdblquote" => self.put("”"),
            "bullet" => self.put("•"),
            "emspace" | "enspace" | "qmspace" => self.put(" "),
            _ => {}
        }
    }

    /// Groups with a purpose of their own.
    fn destination(&mut self, name: &str, starred: bool) -> bool {
        let goes = match name {
            // It stands inside the instruction of its field.
            "formfield" => {
                self.state.goes = Goes::Form;
                return true;
            }
            "ffl" if self.state.goes == Goes::Form => Goes::Entry,
            "fonttbl" => Goes::Fonts,
            "colortbl" => Goes::Colours,
            "stylesheet" => Goes::Styles,
            "footnote" => Goes::Note,
            "header" | "footer" | "headerl" | "headerr" | "headerf" | "footerl" | "footerr" | "footerf" => {
                Goes::Margin
            }
            "htmltag" if self.page.is_some() => Goes::Tag,
            "fldinst" => Goes::Instruction,
            "ud" | "fldrslt" => {
                if self.state.goes == Goes::Nowhere && name != "fldrslt" {
                    self.state.goes = Goes::Out;
                }
                return true;
            }
            // The text of a drawing stands inside what is otherwise its geometry.
            "shptxt" | "dptxbxtext" if !self.state.again => {
                let around = self.states.iter().rev().map(|it| it.goes).find(|it| *it != Goes::Nowhere);
                let aside = around.filter(|it| matches!(it, Goes::Note | Goes::Margin));
                self.aside(aside.unwrap_or(Goes::Drawing));
                return true;
            }
            "shprslt" => {
                self.state.again = true;
                Goes::Nowhere
            }
            "info" | "pict" | "objdata" | "xe" | "tc" | "tcn" | "upr" | "sp" | "nonshppict"
            | "annotation" | "atnid" | "atnauthor" | "atnref" | "bkmkstart" | "bkmkend" | "themedata"
            | "datastore" | "listtable" | "listoverridetable" | "revtbl" | "nesttableprops" | "falt"
            | "panose" => Goes::Nowhere,
            _ if starred && !matches!(name, "shppict" | "cs" | "ds" | "ts") => Goes::Nowhere,
            _ => return false,
        };
        if starred && matches!(name, "cs" | "ds" | "ts") {
            return false;
        }
        match goes {
            _ if self.state.goes == Goes::Nowhere => {}
            Goes::Note | Goes::Margin => self.aside(goes),
            goes => self.state.goes = goes,
        }
        true
    }

    /// Begins a text aside: its paragraphs are none of the paragraph around it.
    fn aside(&mut self, goes: Goes) {
        self.state.goes = goes;
        self.state.around = Some((self.states.len(), self.in_table, self.level));
        (self.in_table, self.level) = (false, None);
    }

    /// What rich text says about the page inside it.
    fn page_word(&mut self, name: &str, on: bool) -> bool {
        match name {
            "fromhtml" => self.page = Some(String::new()),
            "htmlrtf" => self.state.not_page = on,
            "par" | "line" | "tab" if self.page.is_some() && !self.state.not_page => {
                if let Some(page) = self.page.as_mut() {
                    page.push(if name == "tab" { '\t' } else { '\n' });
                }
                return self.state.goes == Goes::Tag;
            }
            _ => return false,
        }
        true
    }

    fn unicode(&mut self, number: i32) {
        self.decode();
        // Written as a signed number of 16 bits.
        let unit = (number & 0xFFFF) as u16;
        let units: Vec<u16> = self.surrogate.take().into_iter().chain([unit]).collect();
        if (0xD800..0xDC00).contains(&unit) {
            self.surrogate = Some(unit);
        } else {
            let text = String::from_utf16_lossy(&units);
            let text = self.symbol_font().map(|it| symbols::in_font(it, &text)).unwrap_or(text);
            self.put(&text);
        }
        self.skip = self.state.repeats;
    }

    fn end_paragraph(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.end_table();
        }
        match self.level {
            Some(level) if !line.trim().is_empty() => self.out.heading(level, &line),
            _ => self.out.paragraph(line.trim()),
        }
        for note in std::mem::take(&mut self.notes) {
            self.out.paragraph(note.trim());
        }
    }

    fn end_cell(&mut self) {
        let text = one_line(&std::mem::take(&mut self.line));
        self.cells.push(text);
    }

    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        if cells.is_empty() {
            return;
        }
        let mut shape = self.row.clone();
        shape.merges.resize(cells.len().max(shape.merges.len()), 0);
        let cells = cells.into_iter().map(|text| vec![Block::Paragraph(text)]).collect();
        self.table.get_or_insert_default().row(cells, shape);
    }

    fn end_table(&mut self) {
        if let Some(table) = self.table.take() {
            table.write(&mut self.out);
            for note in std::mem::take(&mut self.notes) {
                self.out.paragraph(note.trim());
            }
        }
    }
}

/// Where a cell ends; no page is wider than this goes.
fn edge(number: Option<i32>) -> i16 {
    let number = number.unwrap_or(0).clamp(i16::MIN.into(), i16::MAX.into());
    i16::try_from(number).unwrap_or(0)
}

/// The code page of a font's character set. Symbol fonts have none.
fn charset_page(charset: i32) -> Option<u32> {
    Some(match charset {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
#[path = "rtf_tests.rs"]
mod tests;
