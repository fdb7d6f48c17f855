//! Word documents. They have no pages until they are printed: what can be cited is the heading.

use super::archive::{self, Parts};
use super::chart;
use super::compose::{Composer, one_line};
use super::docx_styles::{Look, Numbering, Styles, is_backed, run_look};
use super::drawing;
use super::equation;
use super::error::ExtractError;
use super::format::Format;
use super::grid::{Grid, GridCell};
use super::script;
use super::sink::{Sink, Source};
use super::symbols;
use super::word_fields;
use super::xml::{self, MAX_DEPTH, attr, child, chosen, is_on, name};
use roxmltree::Node;
use std::collections::HashMap;

const MAIN: &str = "word/document.xml";

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    archive::check(&source, Format::Docx)?;
    read_parts(&mut Parts::open(&source.bytes)?, sink)
}

/// Reads a document by its parts, wherever these lie.
pub(super) fn read_parts(parts: &mut Parts<'_>, sink: &mut Sink) -> Result<(), ExtractError> {
    let main = main_part(parts);
    let text = parts.text(&main).ok_or_else(|| ExtractError::corrupt("its text is missing"))?;
    let document = xml::parse(&text)?;
    let relations = xml::relations(parts.text(&xml::relations_of(&main)).as_deref(), &main);
    let target =
        |kind: &str| relations.iter().find(|(_, it, _)| it == kind).map(|(_, _, target)| target.clone());
    let mut part = |kind: &str| target(kind).and_then(|it| parts.text(&it));
    let (styles, numbering) = (part("styles"), part("numbering"));
    let (footnotes, endnotes) = (part("footnotes").unwrap_or_default(), part("endnotes").unwrap_or_default());
    let (footnotes, endnotes) = (xml::parse(&footnotes).ok(), xml::parse(&endnotes).ok());
    let mut walk = Walk::new(document.root_element(), Styles::read(styles.as_deref()), parts);
    walk.numbering = Numbering::read(numbering.as_deref());
    walk.relations =
        relations.iter().map(|(id, kind, target)| (id.clone(), (kind.clone(), target.clone()))).collect();
    for (kind, document) in [("footnoteReference", &footnotes), ("endnoteReference", &endnotes)] {
        let notes = document.iter().flat_map(|it| it.root_element().children());
        // The first ones are the lines between text and notes.
        let notes = notes.filter(|it| it.is_element() && attr(*it, "type").is_none());
        walk.notes.extend(notes.filter_map(|it| Some(((kind, attr(it, "id")?), it))));
    }
    walk.whole(document.root_element(), sink)
}

/// Reads a document of Word 2003 in XML: styles, notes and margins stand in it, and each item of a list says its number.
pub(super) fn read_2003(document: &str, sink: &mut Sink) -> Result<(), ExtractError> {
    let document = xml::parse(document)?;
    let root = document.root_element();
    let styles = child(root, "styles").map(Styles::of).unwrap_or_default();
    Walk::new(root, styles, &mut Parts::Loose(HashMap::new())).whole(root, sink)
}

fn main_part(parts: &mut Parts<'_>) -> String {
    let found = xml::relations(parts.text("_rels/.rels").as_deref(), "");
    let found = found.into_iter().find(|(_, kind, _)| kind == "officeDocument").map(|(_, _, target)| target);
    found.unwrap_or_else(|| MAIN.to_owned())
}

/// A field, and what it is told to show.
struct Field {
    at_instruction: bool,
    instruction: String,
    /// Where the text that comes of it begins.
    result: usize,
}

struct Walk<'d, 'p, 'b> {
    styles: Styles,
    numbering: Numbering,
    notes: HashMap<(&'static str, &'d str), Node<'d, 'd>>,
    relations: HashMap<String, (String, String)>,
    parts: &'p mut Parts<'b>,
    out: Composer,
    /// Fields that are open.
    fields: Vec<Field>,
    /// What stands behind the paragraph being read: notes, text boxes, charts.
    behind: Vec<Composer>,
    /// How many things with a fill of their own lie behind what is read.
    backed: usize,
    /// The beginning of a paragraph whose end is deleted: the next one goes on with it.
    begun: String,
}

impl<'d, 'p, 'b> Walk<'d, 'p, 'b> {
    fn new(document: Node<'_, '_>, styles: Styles, parts: &'p mut Parts<'b>) -> Self {
        let coloured = child(document, "background").is_some();
        Self {
            styles,
            numbering: Numbering::default(),
            notes: HashMap::new(),
            relations: HashMap::new(),
            parts,
            out: Composer::default(),
            fields: Vec::new(),
            behind: Vec::new(),
            backed: usize::from(coloured),
            begun: String::new(),
        }
    }

    fn whole(mut self, document: Node<'d, 'd>, sink: &mut Sink) -> Result<(), ExtractError> {
        let body =
            xml::descendant(document, "body").ok_or_else(|| ExtractError::corrupt("it has no body"))?;
        self.blocks(body, 0);
        self.margins(body);
        sink.flat(self.out.unit())
    }

    fn blocks(&mut self, node: Node<'d, 'd>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for block in node.children().filter(Node::is_element) {
            match name(block) {
                "p" => self.paragraph(block),
                "tbl" => self.table(block, depth),
                "AlternateContent" => {
                    if let Some(chosen) = chosen(block) {
                        self.blocks(chosen, depth + 1);
                    }
                }
                "del" | "moveFrom" => self.hide(block),
                "altChunk" => self.out.note("A part of the file that came from another one is left out"),
                "sectPr" | "pPr" | "rPr" | "tcPr" | "tblPr" | "sdtPr" | "sdtEndPr" => {}
                _ => self.blocks(block, depth + 1),
            }
        }
    }

    /// Reads into a composer of its own.
    fn aside(&mut self, read: impl FnOnce(&mut Self)) -> Composer {
        let out = std::mem::take(&mut self.out);
        let behind = std::mem::take(&mut self.behind);
        let fields = std::mem::take(&mut self.fields);
        let begun = std::mem::take(&mut self.begun);
        read(self);
        self.begun = begun;
        self.fields = fields;
        self.behind = behind;
        std::mem::replace(&mut self.out, out)
    }

    fn paragraph(&mut self, block: Node<'d, 'd>) {
        let properties = child(block, "pPr");
        let style = properties.and_then(|it| child(it, "pStyle")).and_then(|it| attr(it, "val"));
        let backed = properties.is_some_and(is_backed);
        self.backed += usize::from(backed);
        let mut text = std::mem::take(&mut self.begun);
        let look = self.styles.look(style);
        self.inline(block, look, &mut text, 0);
        self.backed -= usize::from(backed);
        let mark = properties.and_then(|it| child(it, "rPr"));
        let gone = mark.is_some_and(|it| child(it, "del").is_some() || is_on(it, "vanish"));
        let goes_on = block.next_siblings().skip(1).find(Node::is_element).is_some_and(|it| name(it) == "p");
        if gone && goes_on {
            self.begun = text;
            return;
        }
        let label = if gone && text.trim().is_empty() { None } else { self.label(properties, style) };
        let own_level = properties.and_then(|it| child(it, "outlineLvl")).and_then(|it| attr(it, "val"));
        let own_level: Option<u8> = own_level.and_then(|it| it.parse().ok());
        let level = own_level.map_or_else(|| self.styles.heading(style), |it| (it < 9).then_some(it + 1));
        match (level, label) {
            _ if text.trim().is_empty() => {}
            (Some(level), label) => {
                let label = label.map(|(label, _)| label).filter(|it| it != "-").unwrap_or_default();
                self.out.heading(level, &format!("{label} {text}"));
            }
            (None, Some((label, depth))) if label == "-" => self.out.item(depth, "-", &text),
            (None, Some((label, _))) if !label.is_empty() => {
                self.out.paragraph(&format!("{label} {}", text.trim_start()))
            }
            (None, _) => self.out.paragraph(&text),
        }
        for part in std::mem::take(&mut self.behind) {
            self.out.append(part);
        }
    }

    /// What Word puts before a paragraph, and how deep the list is there.
    fn label(&mut self, properties: Option<Node<'d, 'd>>, style: Option<&str>) -> Option<(String, usize)> {
        if let Some(told) = properties.and_then(|it| child(it, "listPr")) {
            return told_label(told);
        }
        let own = properties.and_then(|it| child(it, "numPr"));
        let value = |wanted: &str| own.and_then(|it| child(it, wanted)).and_then(|it| attr(it, "val"));
        let own_depth = value("ilvl").and_then(|it| it.parse::<usize>().ok());
        let (list, depth) = match (value("numId"), self.styles.list(style)) {
            (Some(list), _) => (list.to_owned(), own_depth.unwrap_or(0)),
            (None, Some((list, level, by))) => {
                let depth =
                    own_depth.or_else(|| style.and_then(|it| self.numbering.lists.level_of(&list, it)));
                let depth = depth.or(level).or_else(|| self.numbering.lists.level_of(&list, &by));
                (list, depth.unwrap_or(0))
            }
            (None, None) => return None,
        };
        if list == "0" {
            return None;
        }
        Some((self.numbering.lists.label(&list, depth)?, depth))
    }

    fn inline(&mut self, node: Node<'d, 'd>, look: Look, text: &mut String, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for piece in node.children().filter(Node::is_element) {
            match name(piece) {
                "r" => self.run(piece, look, text, depth),
                "del" | "moveFrom" => self.hide(piece),
                "AlternateContent" => {
                    if let Some(chosen) = chosen(piece) {
                        self.inline(chosen, look, text, depth + 1);
                    }
                }
                "oMath" | "oMathPara" => equation::write(piece, text),
                "pPr" | "rPr" | "sdtPr" | "sdtEndPr" | "commentRangeStart" | "commentRangeEnd" => {}
                _ => self.inline(piece, look, text, depth + 1),
            }
        }
    }

    fn run(&mut self, run: Node<'d, 'd>, around: Look, text: &mut String, depth: usize) {
        let mut look = around;
        let mut backed = false;
        if let Some(properties) = child(run, "rPr") {
            let by_style = child(properties, "rStyle").and_then(|it| attr(it, "val"));
            if by_style.is_some() {
                let own = self.styles.look(by_style);
                look.hidden |= own.hidden;
                look.white |= own.white;
                look.backed |= own.backed;
                look.struck |= own.struck;
                look.script = if own.script == 0 { look.script } else { own.script };
            }
            let own = run_look(properties);
            look.hidden = own.hidden.unwrap_or(look.hidden);
            look.white = own.white.unwrap_or(look.white);
            look.script = own.script.unwrap_or(look.script);
            look.struck = own.struck.unwrap_or(look.struck);
            backed = own.backed;
        }
        let hidden = look.hidden || (look.white && !look.backed && !backed && self.backed == 0);
        for piece in run.children().filter(Node::is_element) {
            self.piece(piece, look, hidden, text, depth);
        }
    }

    fn piece(&mut self, piece: Node<'d, 'd>, look: Look, hidden: bool, text: &mut String, depth: usize) {
        let at_instruction = self.fields.iter().any(|it| it.at_instruction);
        match name(piece) {
            "fldChar" => self.field(piece, text),
            "instrText" => self.instruct(piece.text().unwrap_or_default()),
            _ if at_instruction => {}
            "t" | "delText" if hidden => self.hide(piece),
            "t" => match symbol_font(piece) {
                Some(font) => words(&symbols::in_font(font, piece.text().unwrap_or_default()), look, text),
                None => words(piece.text().unwrap_or_default(), look, text),
            },
            "tab" | "ptab" => text.push('\t'),
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            "sym" => text.extend(symbol(piece)),
            "ruby" => self.ruby(piece, look, text, depth),
            kind @ ("footnoteReference" | "endnoteReference") if !hidden => {
                let key = if kind == "footnoteReference" { "footnoteReference" } else { "endnoteReference" };
                let note = attr(piece, "id").and_then(|it| self.notes.remove(&(key, it)));
                if let Some(note) = note.filter(|_| depth < 50) {
                    let note = self.aside(|it| it.blocks(note, depth + 1));
                    self.behind.push(note);
                }
            }
            // In files of Word 2003 a note stands where it is referred to.
            "footnote" | "endnote" if !hidden && depth < 50 => {
                let note = self.aside(|it| it.blocks(piece, depth + 1));
                self.behind.push(note);
            }
            "drawing" | "pict" | "object" if !hidden => self.drawing(piece, depth + 1),
            "AlternateContent" => {
                let chosen = chosen(piece);
                for piece in chosen.into_iter().flat_map(|it| it.children()).filter(Node::is_element) {
                    self.piece(piece, look, hidden, text, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn field(&mut self, piece: Node<'d, 'd>, text: &mut String) {
        match attr(piece, "fldCharType") {
            Some("begin") => {
                let shown = !self.fields.iter().any(|it| it.at_instruction);
                self.fields.push(Field {
                    at_instruction: true,
                    instruction: String::new(),
                    result: text.len(),
                });
                if let Some(choices) = xml::at(piece, &["ffData", "ddList"]).filter(|_| shown) {
                    text.push_str(word_fields::choice(choices).unwrap_or_default());
                }
                if let Some(checkbox) = xml::at(piece, &["ffData", "checkBox"]).filter(|_| shown) {
                    let on = if child(checkbox, "checked").is_some() { "checked" } else { "default" };
                    text.push(if is_on(checkbox, on) { '☒' } else { '☐' });
                }
            }
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.at_instruction = false;
                    field.result = text.len();
                }
            }
            Some("end") => {
                let field = self.fields.pop().filter(|it| it.result == text.len());
                let shown = !self.fields.iter().any(|it| it.at_instruction);
                text.extend(field.filter(|_| shown).and_then(|it| word_fields::shown(&it.instruction)));
            }
            _ => {}
        }
    }

    /// Adds to what the innermost field is told to show.
    fn instruct(&mut self, words: &str) {
        if let Some(field) = self.fields.last_mut().filter(|it| it.at_instruction) {
            field.instruction.push_str(words);
        }
    }

    fn ruby(&mut self, ruby: Node<'d, 'd>, look: Look, text: &mut String, depth: usize) {
        if let Some(base) = child(ruby, "rubyBase") {
            self.inline(base, look, text, depth + 1);
        }
        let mut reading = String::new();
        if let Some(over) = child(ruby, "rt") {
            self.inline(over, look, &mut reading, depth + 1);
        }
        if !reading.trim().is_empty() {
            text.push_str(&format!("({})", reading.trim()));
        }
    }

    /// Text boxes, charts and SmartArt stand behind the paragraph they are anchored in; pictures leave their description.
    fn drawing(&mut self, drawing: Node<'d, 'd>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for piece in drawing.children().filter(Node::is_element) {
            match name(piece) {
                "txbxContent" => {
                    self.backed += 1;
                    let content = self.aside(|it| it.blocks(piece, depth + 1));
                    self.backed -= 1;
                    self.behind.push(content);
                }
                "docPr" => {
                    if let Some(description) = drawing::description(piece) {
                        let mut out = Composer::default();
                        out.paragraph(&description);
                        self.behind.push(out);
                    }
                }
                "textpath" => {
                    let mut out = Composer::default();
                    out.paragraph(attr(piece, "string").unwrap_or_default());
                    self.behind.push(out);
                }
                "chart" | "relIds" => self.related(piece),
                "AlternateContent" => {
                    if let Some(chosen) = chosen(piece) {
                        self.drawing(chosen, depth + 1);
                    }
                }
                _ => self.drawing(piece, depth + 1),
            }
        }
    }

    fn related(&mut self, piece: Node<'d, 'd>) {
        let id = attr(piece, "id").or_else(|| attr(piece, "dm"));
        let Some((kind, target)) = id.and_then(|it| self.relations.get(it)).cloned() else { return };
        let Some(text) = self.parts.text(&target) else { return };
        let mut out = Composer::default();
        match kind.as_str() {
            "chart" => {
                if let Some(grid) = chart::table(&text) {
                    out.table(grid, false);
                }
            }
            "diagramData" => drawing::diagram(&text).iter().for_each(|it| out.item(0, "-", it)),
            _ => {}
        }
        self.behind.push(out);
    }

    fn table(&mut self, table: Node<'d, 'd>, depth: usize) {
        let mut rows = Vec::new();
        descend(table, &["tr"], &mut rows, 0);
        let shaded = xml::at(table, &["tblPr", "tblStyle"]).is_some();
        self.backed += usize::from(shaded);
        let count = rows.iter().map(|row| cells_in(*row).len()).max().unwrap_or(0);
        if count == 1 {
            // A frame around text, not a table of values.
            for row in rows {
                for cell in cells_in(row) {
                    self.blocks(cell, depth + 1);
                }
            }
        } else {
            let grid = self.grid(rows, depth);
            self.out.table(grid, true);
            for part in std::mem::take(&mut self.behind) {
                self.out.append(part);
            }
        }
        self.backed -= usize::from(shaded);
    }

    fn grid(&mut self, rows: Vec<Node<'d, 'd>>, depth: usize) -> Grid {
        let mut grid = Grid::default();
        // Labels that go on downwards, by column.
        let mut labels: HashMap<usize, String> = HashMap::new();
        for row in rows {
            let properties = child(row, "trPr");
            if properties.is_some_and(|it| child(it, "del").is_some() || is_on(it, "hidden")) {
                self.hide(row);
                continue;
            }
            let number = |wanted: &str| {
                let own = properties.and_then(|it| child(it, wanted)).and_then(|it| attr(it, "val"));
                own.and_then(|it| it.parse::<usize>().ok()).unwrap_or(0)
            };
            let header = properties.is_some_and(|it| is_on(it, "tblHeader"));
            let mut cells: Vec<GridCell> =
                (0..number("gridBefore").min(50)).map(|_| GridCell::new(String::new())).collect();
            let mut column = cells.len();
            for cell in cells_in(row) {
                let own = child(cell, "tcPr");
                let value = |wanted: &str| {
                    own.and_then(|it| child(it, wanted)).map(|it| attr(it, "val").unwrap_or("continue"))
                };
                let span = value("gridSpan").and_then(|it| it.parse().ok()).unwrap_or(1usize).clamp(1, 500);
                let text = match value("vMerge").or_else(|| value("vmerge")) {
                    Some("restart") => {
                        let text = self.cell(cell, depth);
                        labels.insert(column, text.clone());
                        text
                    }
                    Some(_) => labels.get(&column).cloned().unwrap_or_default(),
                    None => {
                        labels.remove(&column);
                        self.cell(cell, depth)
                    }
                };
                let continues = value("hMerge").or_else(|| value("hmerge")) == Some("continue");
                match cells.last_mut().filter(|_| continues) {
                    Some(before) => before.columns += span,
                    None => cells.push(GridCell { text, columns: span, rows: 1 }),
                }
                column += span;
            }
            grid.row(cells, header);
        }
        grid
    }

    fn cell(&mut self, cell: Node<'d, 'd>, depth: usize) -> String {
        let backed = child(cell, "tcPr").is_some_and(is_backed);
        self.backed += usize::from(backed);
        let inside = self.aside(|it| it.cell_blocks(cell, depth + 1));
        self.backed -= usize::from(backed);
        self.out.hide_as(&inside);
        one_line(inside.text())
    }

    /// The inside of a cell, where a table cannot have lines of its own.
    fn cell_blocks(&mut self, node: Node<'d, 'd>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for block in node.children().filter(Node::is_element) {
            match name(block) {
                "tbl" => {
                    let mut rows = Vec::new();
                    descend(block, &["tr"], &mut rows, 0);
                    let rows = self.grid(rows, depth + 1).into_rows();
                    let lines: Vec<String> = rows.iter().map(|row| row.join(", ")).collect();
                    self.out.paragraph(&lines.join("; "));
                }
                "p" => self.cell_paragraph(block),
                "tcPr" | "sdtPr" | "del" | "moveFrom" => {}
                _ => self.cell_blocks(block, depth + 1),
            }
        }
    }

    /// Headings inside a table are words like others.
    fn cell_paragraph(&mut self, block: Node<'d, 'd>) {
        let inside = self.aside(|it| it.paragraph(block));
        let text = inside.text().trim_start_matches('#').trim().to_owned();
        self.out.hide_as(&inside);
        self.out.paragraph(&text);
    }

    /// Running headers and footers are worth finding once, and in nobody's way at the end.
    fn margins(&mut self, body: Node<'d, 'd>) {
        let references = body
            .descendants()
            .filter(|it| it.is_element() && matches!(name(*it), "headerReference" | "footerReference"));
        let mut ids: Vec<&str> = references.filter_map(|it| attr(it, "id")).collect();
        ids.dedup();
        let mut seen: Vec<String> = Vec::new();
        for id in ids {
            let Some((_, target)) = self.relations.get(id).cloned() else { continue };
            let Some(text) = self.parts.text(&target) else { continue };
            let Ok(document) = xml::parse(&text) else { continue };
            self.margin(document.root_element(), &mut seen);
        }
        // Those of Word 2003 stand in the section itself.
        for own in body.descendants().filter(|it| it.is_element() && matches!(name(*it), "hdr" | "ftr")) {
            self.margin(own, &mut seen);
        }
    }

    fn margin(&mut self, margin: Node<'_, '_>, seen: &mut Vec<String>) {
        let styles = std::mem::take(&mut self.styles);
        let mut inner = Walk::new(margin, styles, &mut *self.parts);
        inner.numbering = std::mem::take(&mut self.numbering);
        inner.blocks(margin, 0);
        let margin = inner.out.text().trim().to_owned();
        (self.styles, self.numbering) = (inner.styles, inner.numbering);
        if margin.chars().any(char::is_alphabetic) && !seen.contains(&margin) {
            self.out.paragraph(margin.trim_start_matches('#'));
            seen.push(margin);
        }
    }

    fn hide(&mut self, node: Node<'d, 'd>) {
        let text: String = node.descendants().filter(|it| it.is_text()).filter_map(|it| it.text()).collect();
        self.out.hide(&text);
    }
}

/// Words of a run as they are seen.
fn words(words: &str, look: Look, text: &mut String) {
    let formed = script::formed(words, look.script, text);
    script::push_struck(text, &formed, look.struck);
}

/// The elements of a name below a node, through wrappers, but not inside each other.
fn descend<'d>(node: Node<'d, 'd>, wanted: &[&str], found: &mut Vec<Node<'d, 'd>>, depth: usize) {
    for part in node.children().filter(Node::is_element) {
        match name(part) {
            it if wanted.contains(&it) => found.push(part),
            "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag" if depth < 50 => {
                descend(part, wanted, found, depth + 1);
            }
            _ => {}
        }
    }
}

fn cells_in<'d>(row: Node<'d, 'd>) -> Vec<Node<'d, 'd>> {
    let mut cells = Vec::new();
    descend(row, &["tc"], &mut cells, 0);
    cells
}

/// The label that an item says of itself, and how deep it stands.
fn told_label(told: Node<'_, '_>) -> Option<(String, usize)> {
    let depth = child(told, "ilvl").and_then(|it| attr(it, "val")?.parse().ok()).unwrap_or(0);
    let label = child(told, "t").and_then(|it| attr(it, "val")).unwrap_or_default().trim();
    let is_number = label.chars().any(char::is_alphanumeric);
    Some((if is_number { label } else { "-" }.to_owned(), depth))
}

/// The font of a run's text, where its characters are symbols.
fn symbol_font<'d>(text: Node<'d, 'd>) -> Option<&'d str> {
    let fonts = xml::at(text.parent_element()?, &["rPr", "rFonts"])?;
    attr(fonts, "ascii").or_else(|| attr(fonts, "hAnsi")).filter(|it| symbols::is_symbol_font(it))
}

/// The character of a font of symbols.
fn symbol(piece: Node<'_, '_>) -> Option<char> {
    let code = u32::from_str_radix(attr(piece, "char")?, 16).ok()?;
    symbols::symbol(attr(piece, "font").unwrap_or_default(), code)
}

#[cfg(test)]
#[path = "docx_tests.rs"]
mod tests;
