//! Excel workbooks in the binary form, `.xlsb`.

use super::archive::{self, Parts};
use super::clean;
use super::error::ExtractError;
use super::page::Heading;
use super::sink::{Sink, Source, Unit};
use super::spans::Spans;
use super::tabular::Table;
use super::xlsx::{MACRO_SHEETS, Row, hidden_sheets, plainly, said_hidden, said_macros};
use super::xml;
use calamine::{Data, Reader, Xlsb, XlsbError};
use std::collections::HashSet;
use std::io::Cursor;

pub(super) const BOOK: &str = "xl/workbook.bin";

type Book<'a> = Xlsb<Cursor<&'a [u8]>>;

pub(super) fn read(source: &Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let without_macros = without_macro_sheets(&source.bytes)?;
    let bytes = without_macros.as_deref().unwrap_or(&source.bytes);
    let mut book: Book<'_> = Xlsb::new(Cursor::new(bytes)).map_err(damaged)?;
    let hidden = hidden_sheets(book.sheets_metadata());
    let dialogs = book.sheets_metadata().iter().filter(|it| it.typ == calamine::SheetType::DialogSheet);
    let dialogs: HashSet<String> = dialogs.map(|it| it.name.clone()).collect();
    let mut left = source.budget.max_text_chars;
    let mut units = Vec::new();
    for name in book.sheet_names() {
        if dialogs.contains(&name) {
            units.extend(without_macros.is_some().then(|| said_macros(&name)));
            continue;
        }
        let mut unit = sheet(&mut book, &name, left)?;
        if hidden.contains(&name) && !unit.text.is_empty() {
            unit.warning = Some(said_hidden(&name, unit.warning));
        }
        left = left.saturating_sub(unit.text.len() as u64);
        units.push(unit);
    }
    sink.units(units)
}

/// As in the other form: the library refuses all sheets for one of macros.
fn without_macro_sheets(bytes: &[u8]) -> Result<Option<Vec<u8>>, ExtractError> {
    let part = xml::relations_of(BOOK);
    let relations = Parts::open(bytes)?.text(&part).unwrap_or_default();
    if !relations.contains(MACRO_SHEETS) {
        return Ok(None);
    }
    archive::with_part(bytes, &part, &relations.replace(MACRO_SHEETS, "dialogsheets/")).map(Some)
}

fn sheet(book: &mut Book<'_>, name: &str, most: u64) -> Result<Unit, ExtractError> {
    let mut table = Table::default();
    let read = rows(book, name, most, &mut table);
    if table.len() as u64 > most {
        return Err(ExtractError::limit("more text than is read from one file"));
    }
    let warning = read.err().map(|error| format!("The sheet `{name}` could not be read to its end: {error}"));
    let text = table.into_text();
    if text.trim().is_empty() {
        return Ok(Unit { warning, ..Unit::text(String::new()) });
    }
    let title = clean::normalise(name);
    let text = clean::normalise(&format!("# {title}\n\n{text}"));
    Ok(Unit { headings: vec![Heading { start: 0, level: 1, title }], warning, ..Unit::text(text) })
}

/// Reads cell by cell, as in the other form.
fn rows(book: &mut Book<'_>, name: &str, most: u64, table: &mut Table) -> Result<(), XlsbError> {
    let mut spans = Spans::default();
    let mut reader = book.worksheet_cells_reader(name)?;
    let mut row = Row::default();
    while let Some(cell) = reader.next_cell()? {
        let (number, column) = cell.get_position();
        if number != row.number {
            row.end(table, &mut spans);
            row.number = number;
        }
        let text = plainly(&Data::from(cell.get_value().clone()));
        if !text.is_empty() {
            row.put(column, text);
        }
        if table.len() as u64 > most {
            break;
        }
    }
    row.end(table, &mut spans);
    Ok(())
}

fn damaged(error: XlsbError) -> ExtractError {
    match error {
        XlsbError::Password => ExtractError::Encrypted,
        error => ExtractError::corrupt(error.to_string()),
    }
}

#[cfg(test)]
#[path = "xlsb_tests.rs"]
mod tests;
