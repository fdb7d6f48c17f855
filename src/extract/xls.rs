//! Excel workbooks before 2007.

use super::compose::hidden_note;
use super::error::ExtractError;
use super::numbers::NumberFormat;
use super::page::Heading;
use super::sink::{Sink, Source, Unit};
use super::spans::Spans;
use super::tabular::Table;
use super::xls_styles::Looks;
use super::xlsx::{Row, hidden_sheets, moment, plainly, region, said_hidden};
use super::{cfb, clean, script};
use calamine::{Data, ExcelDateTime, ExcelDateTimeType, Reader, Xls, XlsError};
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
    let records = container.read("Workbook").or_else(|| container.read("Book")).unwrap_or_default();
    let mut looks = Looks::read(&records);
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
        let mut look = looks.take_sheet(&name);
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut table = Table::default();
        let mut row = Row::default();
        for (number, cells) in (top..).zip(range.rows()) {
            row.number = number;
            for (column, cell) in (left..).zip(cells) {
                let mut text = shown(cell, looks.format(&look, (number, column)));
                if looks.is_struck(&look, (number, column)) {
                    text = script::struck(&text);
                }
                if text.is_empty() {
                    continue;
                }
                if looks.is_white(&look, (number, column)) {
                    look.hidden.hide(&text);
                    continue;
                }
                look.hidden.holds(number, column);
                row.put(column, text);
            }
            row.end(&mut table, &mut spans);
            if length + table.len() as u64 > most {
                return Err(ExtractError::limit("more text than is read from one file"));
            }
        }
        let mut text = table.into_text();
        let boxes: Vec<&str> = look.boxes.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
        if !boxes.is_empty() {
            text.push_str(&format!("\n{}\n", boxes.join("\n")));
        }
        length += text.len() as u64;
        if text.is_empty() {
            units.push(Unit::text(String::new()));
            continue;
        }
        let title = clean::normalise(&name);
        let text = clean::normalise(&format!("# {title}\n\n{text}"));
        let notes = [hidden_note(spans.covered() + look.hidden.white), look.hidden.note(&name)];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        let mut warning = (!notes.is_empty()).then(|| notes.join(". "));
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

/// A value as its cell shows it.
fn shown(value: &Data, format: Option<&NumberFormat>) -> String {
    let Some(format) = format else { return plainly(value) };
    match value {
        Data::Int(value) => format.number(*value as f64),
        Data::Float(value) if format.is_date() => {
            format.moment(&moment(&ExcelDateTime::new(*value, ExcelDateTimeType::DateTime, false)))
        }
        Data::Float(value) => format.number(*value),
        Data::DateTime(value) => format.moment(&moment(value)),
        Data::String(text) => format.text(text),
        other => plainly(other),
    }
}

fn damaged(error: XlsError) -> ExtractError {
    match error {
        XlsError::Password => ExtractError::Encrypted,
        error => ExtractError::corrupt(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;

    /// The same as that of the newer kind.
    #[test]
    fn what_is_struck_out_is_marked() {
        let page = collect(super::read, include_bytes!("../../fixtures/sheets/struck.xls").to_vec())
            .unwrap()
            .remove(0);
        assert_eq!(page.text, "# Fees\n\nBerth | ~~950~~ | 800");
    }

    #[test]
    fn hidden_rows_are_read_and_white_cells_are_not() {
        let older =
            collect(super::read, include_bytes!("../../fixtures/sheets/hidden.xls").to_vec()).unwrap();
        let newer = include_bytes!("../../fixtures/sheets/hidden.xlsx").to_vec();
        let newer = collect(super::super::xlsx::read, newer).unwrap();
        assert_eq!((&older[0].text, &older[0].warning), (&newer[0].text, &newer[0].warning));
    }

    #[test]
    fn numbers_are_read_as_their_cells_show_them() {
        let pages =
            collect(super::read, include_bytes!("../../fixtures/sheets/formats.xls").to_vec()).unwrap();
        insta::assert_snapshot!(pages[0].text, @r"
        # Stock

        Kind | Shown

        Kind: share | Shown: 7.5%
        Kind: fraction | Shown: 1 3/4
        Kind: loss | Shown: $(1,234.50)
        Kind: pieces | Shown: 12 pcs
        Kind: number | Shown: 00742
        Kind: day | Shown: 5. March 2024
        Kind: seen | Shown: 2024-03-05
        Kind: hours | Shown: 36:00
        Kind: price | Shown: 1,234.50 €
        Kind: whole | Shown: 5
        Kind: plain | Shown: 0.1
        ");
    }
}
