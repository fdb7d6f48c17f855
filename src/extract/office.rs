//! Word and PowerPoint files as markdown. The only place that knows the library that reads them.

use super::error::ExtractError;
use super::sink::Source;
use office_oxide::ir::{Element, HeaderFooter, InlineContent, List, Section, Table};
use office_oxide::options::ParseOptions;
use office_oxide::{Document, DocumentFormat};
use std::io::Cursor;

/// A part of a document: a run of sections in Word, a slide in PowerPoint.
pub(super) struct Part {
    pub markdown: String,
    /// What could not be read in it.
    pub warning: Option<String>,
}

/// A Word file as one text.
pub(super) fn word(source: Source) -> Result<Part, ExtractError> {
    let (sections, warning) = parsed(source, DocumentFormat::Docx)?;
    let mut out = Writer::default();
    for section in &sections {
        out.blocks(&section.elements);
    }
    // Running headers and footers are worth finding once, and in nobody's way at the end.
    let mut margins: Vec<String> = Vec::new();
    for margin in sections.iter().flat_map(margins_of) {
        let mut text = Writer::default();
        text.blocks(&margin.content);
        if !margins.contains(&text.out) {
            margins.push(text.out);
        }
    }
    for margin in margins {
        out.paragraph(margin.trim());
    }
    Ok(Part { markdown: out.finish(), warning })
}

/// A PowerPoint file slide by slide, each with its title first and its speaker notes last.
pub(super) fn slides(source: Source) -> Result<Vec<Part>, ExtractError> {
    let (sections, mut warning) = parsed(source, DocumentFormat::Pptx)?;
    let parts = sections.iter().map(|section| {
        let mut out = Writer::default();
        let title = section.title.as_deref().map(str::trim).filter(|it| !it.is_empty());
        if let Some(title) = title {
            out.paragraph(&format!("# {}", one_line(title)));
            out.title = Some(one_line(title));
        }
        out.blocks(&section.elements);
        if let Some(notes) = section.speaker_notes.as_deref() {
            out.blocks(notes);
        }
        Part { markdown: out.finish(), warning: warning.take() }
    });
    Ok(parts.collect())
}

fn parsed(source: Source, format: DocumentFormat) -> Result<(Vec<Section>, Option<String>), ExtractError> {
    let mut options = ParseOptions::default();
    options.limits = office_oxide::limits::Limits::strict();
    options.limits.package_bytes = source.budget.max_inflated_bytes + source.bytes.len() as u64;
    options.limits.part_bytes = source.budget.max_inflated_bytes;
    options.limits.inflate_ratio = 1000;
    options.limits.text_chars = usize::try_from(source.budget.max_text_chars).unwrap_or(usize::MAX);
    let document = Document::from_reader_with(Cursor::new(source.bytes), format, &options)
        .map_err(|error| ExtractError::corrupt(error.to_string()))?;
    let mut ir = document.to_ir();
    if ir.metadata.text_truncated {
        return Err(ExtractError::limit("more text than is read from one file"));
    }
    let lost = document.damage().into_iter().filter(|it| it.is_loss()).count();
    let warning = (lost > 0).then(|| format!("{lost} parts of the file could not be read and are left out"));
    Ok((std::mem::take(&mut ir.sections), warning))
}

fn margins_of(section: &Section) -> impl Iterator<Item = &HeaderFooter> {
    let all = [
        &section.header,
        &section.first_page_header,
        &section.even_page_header,
        &section.footer,
        &section.first_page_footer,
        &section.even_page_footer,
    ];
    all.into_iter().flatten()
}

/// Writes elements down as markdown. Nothing is escaped: the text is for reading and searching.
#[derive(Default)]
struct Writer {
    out: String,
    /// A slide's title, which also stands among its elements.
    title: Option<String>,
    /// Whether this is the inside of a cell, where a table cannot have lines of its own.
    in_cell: bool,
}

impl Writer {
    fn finish(self) -> String {
        super::clean::normalise(&self.out)
    }

    fn blocks(&mut self, elements: &[Element]) {
        for element in elements {
            self.block(element);
        }
    }

    fn block(&mut self, element: &Element) {
        match element {
            Element::Heading(heading) => {
                let text = one_line(&inline(&heading.content));
                if !text.is_empty() && self.title.as_ref() != Some(&text) {
                    self.paragraph(&format!("{} {text}", "#".repeat(heading.clamped_level().into())));
                }
            }
            Element::Paragraph(paragraph) => {
                let text = inline(&paragraph.content);
                match paragraph.style.as_deref() {
                    // The name on the cover is the highest heading there is.
                    Some("Title") if !text.trim().is_empty() => {
                        self.paragraph(&format!("# {}", one_line(&text)))
                    }
                    _ => self.paragraph(&text),
                }
            }
            Element::Table(table) => self.table(table),
            Element::List(list) => {
                self.list(list, 0);
                self.out.push('\n');
            }
            Element::Image(image) => {
                if let Some(description) = image.alt_text.as_deref() {
                    self.paragraph(description);
                }
            }
            Element::TextBox(text_box) => self.blocks(&text_box.content),
            Element::Footnote(note) | Element::Endnote(note) => self.blocks(&note.content),
            Element::CodeBlock(code) => self.paragraph(&format!("```\n{}\n```", code.content)),
            _ => {}
        }
    }

    fn paragraph(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.out.push_str(text);
            self.out.push_str("\n\n");
        }
    }

    fn list(&mut self, list: &List, depth: usize) {
        for (number, item) in (list.start_number.unwrap_or(1)..).zip(&list.items) {
            let mut text = Self::default();
            text.blocks(&item.content);
            let text = one_line(&text.out);
            if !text.is_empty() {
                let marker = if list.ordered { format!("{number}.") } else { "-".to_owned() };
                self.out.push_str(&format!("{}{marker} {text}\n", "  ".repeat(depth)));
            }
            if let Some(nested) = &item.nested {
                self.list(nested, depth + 1);
            }
        }
    }

    fn table(&mut self, table: &Table) {
        if let Some(caption) = table.caption.as_deref() {
            self.paragraph(caption);
        }
        let rows: Vec<Vec<String>> =
            table.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect();
        let rows: Vec<_> = rows.into_iter().filter(|row| row.iter().any(|it| !it.is_empty())).collect();
        if self.in_cell {
            let lines: Vec<String> = rows.iter().map(|row| row.join(", ")).collect();
            return self.paragraph(&lines.join("; "));
        }
        for (at, row) in rows.iter().enumerate() {
            self.out.push_str(&format!("| {} |\n", row.join(" | ")));
            if at == 0 && rows.len() > 1 {
                self.out.push_str(&format!("|{}\n", " --- |".repeat(row.len())));
            }
        }
        self.out.push('\n');
    }
}

fn cell(cell: &office_oxide::ir::TableCell) -> String {
    let mut text = Writer { in_cell: true, ..Writer::default() };
    text.blocks(&cell.content);
    one_line(&text.out)
}

fn inline(content: &[InlineContent]) -> String {
    let mut out = String::new();
    for item in content {
        match item {
            InlineContent::Text(span) => out.push_str(&span.text),
            InlineContent::LineBreak => out.push('\n'),
            // Marks of notes: in the middle of a sentence they would only hide it from a search for its words.
            _ => {}
        }
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
