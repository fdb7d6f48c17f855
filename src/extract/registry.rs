//! Which reader reads which kind of file: one line each.

use super::error::ExtractError;
use super::format::Format;
use super::sink::{Sink, Source};
use super::{csv, docx, epub, html, markdown, pdf, picture, pptx, text, xlsx};

/// Reads the whole file and hands its pages over, one by one.
pub(super) fn read(format: Format, source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let reader: fn(Source, &mut Sink) -> Result<(), ExtractError> = match format {
        Format::Csv => csv::read,
        Format::Docx => docx::read,
        Format::Epub => epub::read,
        Format::Html => html::read,
        Format::Markdown => markdown::read,
        Format::Pdf => pdf::read,
        Format::Bmp | Format::Jpeg | Format::Png | Format::Tiff | Format::Webp => picture::read,
        Format::Pptx => pptx::read,
        Format::Text => text::read,
        Format::Xlsx => xlsx::read,
    };
    reader(source, sink)
}
