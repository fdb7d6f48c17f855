//! Office documents that are a single file of XML: flat OpenDocument, Word 2003, Excel 2003, and newer files whose parts
//! stand one after another.

use super::archive::Parts;
use super::error::ExtractError;
use super::format::{self, Format};
use super::sink::{Sink, Source};
use super::xml::{self, attr, child, name};
use super::{docx, encoding, markup, odf, pptx, sheet_xml, xml_file};
use std::collections::HashMap;

pub(super) fn read_text(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    read(&source, Format::Fodt, sink)
}

pub(super) fn read_sheets(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    read(&source, Format::Fods, sink)
}

pub(super) fn read_slides(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    read(&source, Format::Fodp, sink)
}

fn read(source: &Source, named: Format, sink: &mut Sink) -> Result<(), ExtractError> {
    if !format::looks_like_text(&source.bytes) {
        return Err(ExtractError::Contradiction { named, found: "binary data".to_owned() });
    }
    let text = encoding::decode_declared(&source.bytes, xml_file::declared(&source.bytes).as_deref());
    let text = markup::within_bounds(&text);
    match Kind::of(&text) {
        Some(kind) => kind.read(&text, source.budget.max_text_chars, sink),
        None => Err(ExtractError::corrupt("it is not a document of OpenDocument")),
    }
}

/// What a file of XML is, if it is a document of an office program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    OpenDocument,
    /// The parts of a newer file, one after another.
    Package,
    Sheets2003,
    Word2003,
}

impl Kind {
    /// Tells it by the first element.
    pub(super) fn of(text: &str) -> Option<Self> {
        let root = first_element(text)?;
        let called = root.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next()?;
        let called = called.rsplit(':').next()?;
        match called {
            "document" if root.contains("opendocument") => Some(Self::OpenDocument),
            "package" if root.contains("/2006/xmlPackage") => Some(Self::Package),
            "Workbook" if root.contains("office:spreadsheet") => Some(Self::Sheets2003),
            "wordDocument" => Some(Self::Word2003),
            _ => None,
        }
    }

    pub(super) fn read(self, text: &str, most: u64, sink: &mut Sink) -> Result<(), ExtractError> {
        match self {
            Self::OpenDocument => odf::read_flat(text, most, sink),
            Self::Package => package(text, sink),
            Self::Sheets2003 => sheet_xml::read(text, most, sink),
            Self::Word2003 => docx::read_2003(text, sink),
        }
    }
}

/// The start of the first element, without what is declared and said before it.
fn first_element(text: &str) -> Option<&str> {
    let mut rest = text;
    for _ in 0..50 {
        rest = rest.split_once('<')?.1;
        if let Some(remark) = rest.strip_prefix("!--") {
            rest = remark.split_once("-->")?.1;
        } else if !rest.starts_with(['?', '!']) {
            return rest.split_once('>').map(|(element, _)| element);
        }
    }
    None
}

fn package(text: &str, sink: &mut Sink) -> Result<(), ExtractError> {
    let document = xml::parse(text)?;
    let parts = document.root_element().children().filter(|it| name(*it) == "part");
    let parts = parts.filter_map(|it| {
        let content = child(it, "xmlData")?.first_element_child()?;
        let called = attr(it, "name")?.trim_start_matches('/').to_owned();
        Some((called, text.trim_start_matches('\u{FEFF}').get(content.range())?.to_owned()))
    });
    let parts: HashMap<String, String> = parts.collect();
    let is_slides = parts.contains_key("ppt/presentation.xml");
    let mut parts = Parts::Loose(parts);
    if is_slides { pptx::read_parts(&mut parts, sink) } else { docx::read_parts(&mut parts, sink) }
}

#[cfg(test)]
#[path = "office_xml_tests.rs"]
mod tests;
