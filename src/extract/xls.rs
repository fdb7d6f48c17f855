//! Excel workbooks before 2007. Dates are told from numbers by their styles; other styles are not known.

use super::compose::hidden_note;
use super::error::ExtractError;
use super::page::Heading;
use super::sink::{Sink, Source, Unit};
use super::spans::Spans;
use super::tabular::Table;
use super::xlsx::{Row, hidden_sheets, plainly, region, said_hidden};
use super::{cfb, clean};
use calamine::{Reader, Xls, XlsError};
use std::io::Cursor;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let most = source.budget.max_text_chars;
    let container = cfb::Container::open(&source.bytes)?;
    if container.has("EncryptedPackage") {
        return Err(ExtractError::Encrypted);
    }
    let mut book: Xls<_> = Xls::new(Cursor::new(source.bytes.as_slice())).map_err(damaged)?;
    let mut units = Vec::new();
    let mut length = 0;
    let hidden = hidden_sheets(book.sheets_metadata());
    for name in book.sheet_names() {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut spans = Spans::new(merged.iter().map(region).collect());
        let range = match book.worksheet_range(&name) {
            Ok(range) => range,
            Err(error) => {
                let warning = Some(format!("The sheet `{name}` could not be read: {error}"));
                units.push(Unit { warning, ..Unit::text(String::new()) });
                continue;
            }
        };
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut table = Table::default();
        let mut row = Row::default();
        for (number, cells) in (top..).zip(range.rows()) {
            row.number = number;
            for (column, cell) in (left..).zip(cells) {
                let text = plainly(cell);
                if !text.is_empty() {
                    row.put(column, text);
                }
            }
            row.end(&mut table, &mut spans);
            if length + table.len() as u64 > most {
                return Err(ExtractError::limit("more text than is read from one file"));
            }
        }
        let text = table.into_text();
        length += text.len() as u64;
        if text.is_empty() {
            units.push(Unit::text(String::new()));
            continue;
        }
        let title = clean::normalise(&name);
        let text = clean::normalise(&format!("# {title}\n\n{text}"));
        let mut warning = hidden_note(spans.covered());
        if hidden.contains(&name) {
            warning = Some(said_hidden(&name, warning));
        }
        units.push(Unit {
            headings: vec![Heading { start: 0, level: 1, title }],
            warning,
            ..Unit::text(text)
        });
    }
    sink.units(units)
}

fn damaged(error: XlsError) -> ExtractError {
    match error {
        XlsError::Password => ExtractError::Encrypted,
        error => ExtractError::corrupt(error.to_string()),
    }
}
