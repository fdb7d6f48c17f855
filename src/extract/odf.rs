//! OpenDocument: texts, spreadsheets and presentations.

use super::archive::{self, Parts};
use super::compose::{Composer, one_line};
use super::error::ExtractError;
use super::format::Format;
use super::grid::{Grid, GridCell};
use super::mathml::Element;
use super::odf_chart::{self, ChartNumbers};
use super::odf_margins;
use super::odf_sheets;
use super::odf_styles::{Lists, Styles, TextStyle, description};
use super::script;
use super::sink::{Sink, Source, Unit};
use super::xml::{self, MAX_DEPTH, attr, child, name};
use roxmltree::Node;
use std::collections::HashMap;

pub(super) fn read_text(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    with_body(source, Format::Odt, |body, styles, parts| text(body, styles, parts, sink))
}

pub(super) fn read_slides(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    with_body(source, Format::Odp, |body, styles, parts| slides(body, styles, parts, sink))
}

/// Reads a file that is a single document of XML, whichever of the kinds it is.
pub(super) fn read_flat(file: &str, most: u64, sink: &mut Sink) -> Result<(), ExtractError> {
    with_content(file, "", &mut Parts::Loose(HashMap::new()), |body, styles, parts| {
        if child(body, "spreadsheet").is_some() {
            odf_sheets::sheets(body, styles, parts, most, sink)
        } else if child(body, "presentation").is_some() {
            slides(body, styles, parts, sink)
        } else {
            text(body, styles, parts, sink)
        }
    })
}

fn text(
    body: Node<'_, '_>,
    styles: &Styles,
    parts: &mut Parts<'_>,
    sink: &mut Sink,
) -> Result<(), ExtractError> {
    let mut walk = Walk::new(styles, parts);
    if let Some(text) = child(body, "text") {
        walk.blocks(text, 0);
    }
    let mut out = std::mem::take(&mut walk.out);
    odf_margins::of(body, styles, parts).iter().for_each(|it| out.paragraph(it));
    sink.flat(out.unit())
}

fn slides(
    body: Node<'_, '_>,
    styles: &Styles,
    parts: &mut Parts<'_>,
    sink: &mut Sink,
) -> Result<(), ExtractError> {
    let slides: Vec<Node<'_, '_>> = xml::at(body, &["presentation"])
        .map(|it| it.children().filter(|it| name(*it) == "page").collect())
        .unwrap_or_default();
    sink.total(slides.len())?;
    for slide in slides {
        let mut walk = Walk::new(styles, parts);
        // What is behind the text of a slide is not known.
        walk.backed = true;
        walk.slide(slide);
        sink.page(Unit { numbered: true, ..walk.out.unit() })?;
    }
    Ok(())
}

/// Opens the file and hands over its body.
pub(super) fn with_body(
    source: Source,
    format: Format,
    read: impl FnOnce(Node<'_, '_>, &Styles, &mut Parts<'_>) -> Result<(), ExtractError>,
) -> Result<(), ExtractError> {
    archive::check(&source, format)?;
    let mut parts = Parts::open(&source.bytes)?;
    let manifest = parts.text("META-INF/manifest.xml").unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(ExtractError::Encrypted);
    }
    let content = parts.text("content.xml").ok_or_else(|| ExtractError::corrupt("its content is missing"))?;
    let shared = parts.text("styles.xml").unwrap_or_default();
    with_content(&content, &shared, &mut parts, read)
}

fn with_content(
    content: &str,
    shared: &str,
    parts: &mut Parts<'_>,
    read: impl FnOnce(Node<'_, '_>, &Styles, &mut Parts<'_>) -> Result<(), ExtractError>,
) -> Result<(), ExtractError> {
    let content = xml::parse(content)?;
    let mut styles = Styles::default();
    if let Ok(shared) = xml::parse(shared) {
        styles.read(&shared);
    }
    styles.read(&content);
    let body =
        xml::descendant(content.root(), "body").ok_or_else(|| ExtractError::corrupt("it has no body"))?;
    read(body, &styles, parts)
}

/// A row that is said to come more often than this is padding.
pub(super) const MAX_REPEATS: usize = 1000;

/// So is one that would make this much text.
const MAX_REPEATED_BYTES: usize = 100_000;

pub(super) struct Walk<'w, 'p> {
    styles: &'w Styles,
    parts: &'w mut Parts<'p>,
    pub out: Composer,
    lists: Lists,
    /// What belongs to the paragraph being read but stands behind it: notes, boxes.
    behind: Vec<Composer>,
    /// Of the chart whose table is being read.
    chart: Option<ChartNumbers>,
    /// Whether something with a fill of its own lies behind what is read.
    backed: bool,
}

/// Shapes that may hold text.
const SHAPES: &[&str] = &[
    "caption",
    "circle",
    "connector",
    "custom-shape",
    "ellipse",
    "frame",
    "g",
    "line",
    "measure",
    "path",
    "polygon",
    "polyline",
    "rect",
    "regular-polygon",
    "text-box",
];

impl<'w, 'p> Walk<'w, 'p> {
    pub(super) fn new(styles: &'w Styles, parts: &'w mut Parts<'p>) -> Self {
        let (out, lists) = (Composer::default(), Lists::default());
        Self { styles, parts, out, lists, behind: Vec::new(), chart: None, backed: false }
    }

    /// A walk of its own through something inside what is read.
    fn inside(&mut self) -> Walk<'_, 'p> {
        let backed = self.backed;
        Walk { backed, ..Walk::new(self.styles, self.parts) }
    }

    /// The shapes that are anchored in a cell of a sheet.
    pub(super) fn shapes_in(&mut self, cell: Node<'_, '_>) {
        let shapes = cell.children().filter(|it| matches!(name(*it), "a") || SHAPES.contains(&name(*it)));
        shapes.for_each(|it| self.drawing(it, 0));
    }

    fn slide(&mut self, slide: Node<'_, '_>) {
        let of = |class: &str| {
            slide
                .children()
                .filter(move |it| it.is_element() && attr(*it, "class") == Some(class))
                .collect::<Vec<_>>()
        };
        for title in of("title") {
            let text = words(title);
            self.out.heading(1, &text);
        }
        for shape in slide.children().filter(Node::is_element) {
            match (name(shape), attr(shape, "class")) {
                (_, Some("title" | "date-time" | "page-number")) | ("forms" | "notes" | "annotation", _) => {}
                _ => self.drawing(shape, 0),
            }
        }
        if let Some(notes) = child(slide, "notes") {
            for shape in notes.children().filter(|it| attr(*it, "class") == Some("notes")) {
                self.drawing(shape, 0);
            }
        }
    }

    pub(super) fn blocks(&mut self, node: Node<'_, '_>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for block in node.children().filter(Node::is_element) {
            self.block(block, depth);
        }
    }

    fn block(&mut self, block: Node<'_, '_>, depth: usize) {
        match name(block) {
            "p" => self.paragraph(block, None),
            "h" => self.heading(block),
            "list" => self.list(block, 0, None),
            "table" => self.table(block, depth),
            "section"
                if attr(block, "display") == Some("none")
                    || self.styles.hides_section(attr(block, "style-name")) =>
            {
                self.out.hide(&words(block));
            }
            "numbered-paragraph" => self.numbered_paragraph(block, depth),
            // Deleted text, remarks and settings; sequence declarations and the like have no text.
            "tracked-changes" | "annotation" | "forms" | "settings" => {}
            "a" => self.drawing(block, depth),
            shape if SHAPES.contains(&shape) => self.drawing(block, depth),
            "index-title-template"
            | "table-of-content-source"
            | "alphabetical-index-source"
            | "illustration-index-source"
            | "bibliography-source"
            | "user-index-source"
            | "object-index-source"
            | "table-index-source" => {}
            _ => self.blocks(block, depth + 1),
        }
    }

    fn paragraph(&mut self, block: Node<'_, '_>, marker: Option<(usize, String)>) {
        let style = attr(block, "style-name");
        let text = self.line(block);
        match marker {
            Some((depth, marker)) if marker == "-" => self.out.item(depth, &marker, &text),
            Some((_, label)) => self.out.paragraph(&format!("{label} {text}")),
            None if self.styles.is_title(style) => self.out.heading(1, &text),
            None => self.out.paragraph(&text),
        }
        self.flush_behind();
    }

    /// A paragraph that brings its number along.
    fn numbered_paragraph(&mut self, block: Node<'_, '_>, depth: usize) {
        let number = child(block, "number").map(words).filter(|it| !it.is_empty());
        match (child(block, "p"), number) {
            (Some(paragraph), Some(number)) => self.paragraph(paragraph, Some((0, number))),
            _ => self.blocks(block, depth + 1),
        }
    }

    fn heading(&mut self, block: Node<'_, '_>) {
        let level: usize = attr(block, "outline-level").and_then(|it| it.parse().ok()).unwrap_or(1);
        let text = self.line(block);
        let unnumbered = attr(block, "is-list-header") == Some("true");
        let label = if self.styles.outline.is_empty() || text.trim().is_empty() || unnumbered {
            String::new()
        } else {
            let outline = &self.styles.outline;
            self.lists.label("", outline, level.clamp(1, 10) - 1)
        };
        let label = if label == "-" { String::new() } else { label };
        self.out.heading(u8::try_from(level).unwrap_or(9), &format!("{label} {text}"));
        self.flush_behind();
    }

    fn flush_behind(&mut self) {
        for part in std::mem::take(&mut self.behind) {
            self.out.append(part);
        }
    }

    fn list(&mut self, list: Node<'_, '_>, depth: usize, inherited: Option<&str>) {
        if depth > 50 {
            return;
        }
        let style = attr(list, "style-name").or(inherited).map(str::to_owned);
        let continues =
            attr(list, "continue-numbering") == Some("true") || attr(list, "continue-list").is_some();
        let key = style.clone().unwrap_or_else(|| "list".to_owned());
        if depth == 0 && !continues {
            self.lists.restart(&key);
        }
        for item in list.children().filter(Node::is_element) {
            if let Some(start) = attr(item, "start-value").and_then(|it| it.parse().ok()) {
                self.lists.set(&key, depth, start);
            }
            let mut labelled = name(item) == "list-header";
            for block in item.children().filter(Node::is_element) {
                match name(block) {
                    "list" => self.list(block, depth + 1, style.as_deref()),
                    "p" | "h" if !labelled => {
                        labelled = true;
                        let by_paragraph =
                            attr(block, "style-name").and_then(|it| self.styles.list_style_of(it));
                        let levels = self.styles.list(style.as_deref().or(by_paragraph));
                        let label = match levels {
                            Some(levels) => self.lists.label(&key, levels, depth),
                            None => "-".to_owned(),
                        };
                        if name(block) == "h" {
                            self.heading(block);
                        } else {
                            self.paragraph(block, Some((depth, label)));
                        }
                    }
                    _ => self.block(block, depth),
                }
            }
        }
    }

    fn table(&mut self, table: Node<'_, '_>, depth: usize) {
        let mut rows = Vec::new();
        rows_of(table, false, &mut rows, 0);
        let cells = |row: Node<'_, '_>| row.children().filter(|it| name(*it).ends_with("table-cell")).count();
        if rows.iter().all(|(row, _)| cells(*row) < 2) {
            // A frame around text, not a table of values.
            let framed =
                rows.iter().flat_map(|(row, _)| row.children().filter(|it| name(*it) == "table-cell"));
            framed.for_each(|it| self.blocks(it, depth + 1));
            return;
        }
        let grid = self.grid(rows, depth);
        self.out.table(grid, true);
    }

    fn grid(&mut self, rows: Vec<(Node<'_, '_>, bool)>, depth: usize) -> Grid {
        let mut grid = Grid::default();
        for (row, header) in rows {
            let mut cells = Vec::new();
            for cell in row.children().filter(|it| name(*it) == "table-cell") {
                let number = self.chart.as_ref().and_then(|it| it.shown(cell, cells.len()));
                let text = number.unwrap_or_else(|| self.cell(cell, depth + 1));
                let number = |it: &str| attr(cell, it).and_then(|it| it.parse::<usize>().ok()).unwrap_or(1);
                for _ in 0..number("number-columns-repeated").min(100) {
                    cells.push(GridCell {
                        text: text.clone(),
                        columns: number("number-columns-spanned"),
                        rows: number("number-rows-spanned"),
                    });
                }
            }
            let times =
                attr(row, "number-rows-repeated").and_then(|it| it.parse::<usize>().ok()).unwrap_or(1);
            let length: usize = cells.iter().map(|it| it.text.len()).sum();
            let is_padding = length == 0 || length.saturating_mul(times) > MAX_REPEATED_BYTES;
            for _ in 1..if is_padding { 1 } else { times.min(MAX_REPEATS) } {
                grid.row(cells.clone(), header);
            }
            grid.row(cells, header);
        }
        grid
    }

    /// The inside of a cell, where a table cannot have lines of its own.
    fn cell(&mut self, cell: Node<'_, '_>, depth: usize) -> String {
        if depth > MAX_DEPTH {
            return String::new();
        }
        let mut inside = self.inside();
        for block in cell.children().filter(Node::is_element) {
            if name(block) == "table" {
                let mut rows = Vec::new();
                rows_of(block, false, &mut rows, 0);
                let lines = inside.grid(rows, depth + 1).into_rows();
                let lines: Vec<String> = lines.iter().map(|row| row.join(", ")).collect();
                inside.out.paragraph(&lines.join("; "));
            } else {
                inside.block(block, depth);
            }
        }
        let text = one_line(inside.out.text());
        let out = std::mem::take(&mut inside.out);
        self.out.hide_as(&out);
        text
    }

    fn drawing(&mut self, shape: Node<'_, '_>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        if let Some(object) = child(shape, "object") {
            self.object(object);
            return;
        }
        let before = self.out.text().len();
        let around = self.backed;
        // A frame is empty by itself, other shapes are filled.
        let is_filled = !matches!(name(shape), "a" | "frame" | "g" | "text-box");
        self.backed |= is_filled || self.styles.text(attr(shape, "style-name")).backed;
        self.blocks(shape, depth + 1);
        self.backed = around;
        if let Some(description) = description(shape).filter(|_| self.out.text().len() == before) {
            self.out.paragraph(&description);
        }
    }

    /// A formula or a chart in a part of its own.
    fn object(&mut self, object: Node<'_, '_>) {
        if let Some(math) = child(object, "math") {
            let text = Element::of_file(math).shown(None);
            return self.out.paragraph(&text);
        }
        if let Some(inside) = child(object, "document") {
            return self.embedded(inside);
        }
        let Some(part) =
            attr(object, "href").map(|it| format!("{}/content.xml", it.trim_start_matches("./")))
        else {
            return;
        };
        let Some(text) = self.parts.text(&part) else { return };
        // The writer of formulas declares a document type.
        let text = text
            .find("<!DOCTYPE")
            .and_then(|at| Some(text[at..].split_once('>')?.1.to_owned()))
            .unwrap_or(text);
        if let Ok(document) = xml::parse(&text) {
            self.embedded(document.root_element());
        }
    }

    fn embedded(&mut self, document: Node<'_, '_>) {
        if name(document) == "math" {
            let formula = Element::of_file(document).shown(None);
            self.out.paragraph(&formula);
        } else if let Some(table) = xml::descendant(document, "table") {
            if let Some(titles) = odf_chart::titles(document) {
                self.out.paragraph(&titles);
            }
            self.chart = Some(ChartNumbers::of(document));
            self.table(table, 0);
            self.chart = None;
        }
    }

    /// The words of a paragraph as they are seen.
    fn line(&mut self, block: Node<'_, '_>) -> String {
        let mut line = String::new();
        let style = self.styles.text(attr(block, "style-name"));
        self.inline(block, style, &mut line, 0);
        line
    }

    fn inline(&mut self, node: Node<'_, '_>, style: TextStyle, line: &mut String, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for piece in node.children() {
            if let Some(text) = piece.text().filter(|_| piece.is_text()) {
                self.put(text, style, line);
                continue;
            }
            match name(piece) {
                "s" => {
                    let count = attr(piece, "c").and_then(|it| it.parse().ok()).unwrap_or(1);
                    line.push_str(&" ".repeat(usize::min(count, 100)));
                }
                "tab" => line.push('\t'),
                "line-break" => line.push('\n'),
                "annotation" | "annotation-end" | "change" | "change-start" | "change-end"
                | "soft-page-break" | "forms" | "ruby-text" | "hidden-text" => {}
                "hidden-paragraph" if attr(piece, "is-hidden") == Some("true") => self.out.hide(line),
                "ruby" => {
                    self.inline(piece, style, line, depth + 1);
                    if let Some(reading) = child(piece, "ruby-text").map(words).filter(|it| !it.is_empty()) {
                        line.push_str(&format!("({reading})"));
                    }
                }
                "note" => {
                    let mut inside = self.inside();
                    if let Some(body) = child(piece, "note-body") {
                        inside.blocks(body, depth + 1);
                    }
                    let note = inside.out;
                    self.behind.push(note);
                }
                shape if SHAPES.contains(&shape) => {
                    let mut inside = self.inside();
                    inside.drawing(piece, depth + 1);
                    let drawn = inside.out;
                    self.behind.push(drawn);
                }
                "span" => {
                    let own = self.styles.text(attr(piece, "style-name"));
                    let style = TextStyle {
                        hidden: own.hidden.or(style.hidden),
                        white: own.white.or(style.white),
                        struck: own.struck.or(style.struck),
                        backed: style.backed || own.backed,
                        script: if own.script == 0 { style.script } else { own.script },
                    };
                    self.inline(piece, style, line, depth + 1);
                }
                "" => {}
                _ => self.inline(piece, style, line, depth + 1),
            }
        }
    }

    fn put(&mut self, text: &str, style: TextStyle, line: &mut String) {
        if (TextStyle { backed: style.backed || self.backed, ..style }).is_unseen() {
            return self.out.hide(text);
        }
        // White space is collapsed in the file, as in HTML.
        let starts =
            text.starts_with(char::is_whitespace) && !line.ends_with([' ', '\n', '\t']) && !line.is_empty();
        let ends = text.ends_with(char::is_whitespace);
        let words = one_line(text);
        if starts || (words.is_empty() && ends && !line.ends_with([' ', '\n'])) {
            line.push(' ');
        }
        let formed = script::formed(&words, style.script, line);
        script::push_struck(line, &formed, style.struck == Some(true));
        if ends && !words.is_empty() {
            line.push(' ');
        }
    }
}

/// All words below a node, for what has no layout of its own.
pub(super) fn words(node: Node<'_, '_>) -> String {
    words_by(node, |_| TextStyle::default())
}

/// As [`words`], where a span tells by its style whether it stands raised, lowered or struck out.
pub(super) fn words_by(node: Node<'_, '_>, style_of: impl Fn(&str) -> TextStyle) -> String {
    let mut out = String::new();
    for piece in node.descendants() {
        let aside = |it: Node<'_, '_>| matches!(name(it), "annotation" | "note-citation");
        if piece.ancestors().take_while(|it| *it != node).any(aside) {
            continue;
        }
        if let Some(text) = piece.text().filter(|_| piece.is_text()) {
            let around = piece.ancestors().take_while(|it| *it != node);
            let style = around.filter(|it| name(*it) == "span").find_map(|it| attr(it, "style-name"));
            let style = style.map_or_else(TextStyle::default, &style_of);
            let formed = script::formed(text, style.script, &out);
            script::push_struck(&mut out, &formed, style.struck == Some(true));
        } else if matches!(name(piece), "p" | "h" | "line-break" | "tab" | "s") {
            out.push(' ');
        }
    }
    one_line(&out)
}

pub(super) fn rows_of<'a, 'i>(
    node: Node<'a, 'i>,
    header: bool,
    rows: &mut Vec<(Node<'a, 'i>, bool)>,
    depth: usize,
) {
    for part in node.children().filter(Node::is_element) {
        match name(part) {
            "table-row" => rows.push((part, header)),
            "table-header-rows" => rows_of(part, true, rows, depth + 1),
            "table-rows" | "table-row-group" if depth < 50 => rows_of(part, header, rows, depth + 1),
            _ => {}
        }
    }
}

#[cfg(test)]
#[path = "odf_tests.rs"]
pub(super) mod tests;
