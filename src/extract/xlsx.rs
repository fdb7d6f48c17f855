//! Excel workbooks: a sheet is a unit, hidden ones included, for whoever opens the file can see them.

use super::error::ExtractError;
use super::format::Format;
use super::page::Heading;
use super::sink::{Sink, Source, Unit};
use super::tabular::Table;
use super::{archive, clean};
use calamine::{Cell, DataRef, ExcelDateTime, Reader, Style, Xlsx, XlsxError};
use std::io::Cursor;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    archive::check(&source, Format::Xlsx)?;
    let most = source.budget.max_text_chars;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(source.bytes)).map_err(damaged)?;
    let mut left = most;
    let mut units = Vec::new();
    for name in book.sheet_names() {
        let unit = sheet(&mut book, &name, left)?;
        left = left.saturating_sub(unit.text.len() as u64);
        units.push(unit);
    }
    sink.units(units)
}

fn sheet(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str, most: u64) -> Result<Unit, ExtractError> {
    let mut table = Table::default();
    let read = rows(book, name, most, &mut table);
    if table.len() as u64 > most {
        return Err(ExtractError::limit("more text than is read from one file"));
    }
    let text = table.into_text();
    let warning = read.err().map(|error| format!("The sheet `{name}` could not be read to its end: {error}"));
    if text.is_empty() {
        return Ok(Unit { warning, ..Unit::text(String::new()) });
    }
    let text = clean::normalise(&format!("# {name}\n\n{text}"));
    // Cells are not markdown, whatever they begin with; the name of the sheet is the only heading.
    let headings = vec![Heading { start: 0, level: 1, title: clean::normalise(name) }];
    Ok(Unit { headings, warning, ..Unit::text(text) })
}

/// Reads cell by cell: asking for the range would allocate the rectangle that the outermost cells span.
fn rows(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str, most: u64, table: &mut Table) -> Result<(), XlsxError> {
    let mut reader = match book.worksheet_cells_reader(name) {
        // A sheet that is a chart has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        reader => reader?,
    };
    let styles: Vec<Number> = reader.styles().iter().map(Number::of).collect();
    let mut row = Row::default();
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let (number, column) = cell.get_position();
        if number != row.number {
            table.row(&std::mem::take(&mut row.cells));
            row.number = number;
        }
        row.put(column, written(&cell, styles.get(style).copied().unwrap_or_default()));
        if table.len() as u64 > most {
            return Ok(());
        }
    }
    table.row(&row.cells);
    Ok(())
}

/// Columns beyond this are appended without their place: a lone cell at XFD is not worth 16,384 strings a row.
const MAX_COLUMNS: usize = 1024;

#[derive(Default)]
struct Row {
    number: u32,
    cells: Vec<String>,
}

impl Row {
    fn put(&mut self, column: u32, text: String) {
        let column = usize::try_from(column).unwrap_or(MAX_COLUMNS);
        if column < MAX_COLUMNS && column >= self.cells.len() {
            self.cells.resize(column, String::new());
        }
        match self.cells.get_mut(column) {
            Some(cell) => *cell = text,
            None => self.cells.push(text),
        }
    }
}

/// How a cell's style asks for its number to be shown, as far as it changes what people read.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Number {
    #[default]
    Plain,
    Percent {
        decimals: usize,
    },
    Fixed {
        decimals: usize,
    },
}

impl Number {
    fn of(style: &Style) -> Self {
        style.number_format.as_ref().map_or(Self::Plain, |format| Self::by_code(&format.format_code))
    }

    fn by_code(code: &str) -> Self {
        let positive = code.split(';').next().unwrap_or_default();
        if positive.contains(['E', 'e']) {
            return Self::Plain;
        }
        let decimals =
            positive.split('.').nth(1).map_or(0, |it| it.chars().take_while(|c| *c == '0').count());
        if positive.contains('%') {
            Self::Percent { decimals }
        } else if positive.contains("0.0") {
            Self::Fixed { decimals }
        } else {
            Self::Plain
        }
    }

    fn write(self, value: f64) -> String {
        match self {
            Self::Plain => format!("{value}"),
            Self::Percent { decimals } => format!("{:.decimals$}%", value * 100.0),
            Self::Fixed { decimals } => format!("{value:.decimals$}"),
        }
    }
}

fn written(cell: &Cell<DataRef<'_>>, style: Number) -> String {
    match cell.get_value() {
        DataRef::Int(value) => value.to_string(),
        DataRef::Float(value) => style.write(*value),
        DataRef::Bool(value) => if *value { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(moment) => date(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.replace('T', " "),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// ISO, with the time only where there is one.
fn date(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        let minutes = (moment.as_f64() * 24.0 * 60.0).round();
        return format!("{}:{:02}", (minutes / 60.0).trunc(), (minutes % 60.0).abs());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = match (hour, minute, second) {
        (hour, minute, 0) => format!("{hour:02}:{minute:02}"),
        (hour, minute, second) => format!("{hour:02}:{minute:02}:{second:02}"),
    };
    let midnight = (hour, minute, second) == (0, 0, 0);
    match moment.as_f64() {
        // Less than a day since the epoch: a time of day.
        ..1.0 => time,
        _ if midnight => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {time}"),
    }
}

fn damaged(error: XlsxError) -> ExtractError {
    match error {
        XlsxError::Password => ExtractError::Encrypted,
        error => ExtractError::corrupt(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn sheets_become_text() {
        let pages = collect(read, include_bytes!("../../fixtures/documents/numbers.xlsx").to_vec()).unwrap();
        insta::assert_snapshot!(pages[0].text, @r#"
        # Ringed & seen

        Ring | Species | Ringed on | Weight in g | Recaptured

        Ring: HA-5821 | Species: white stork | Ringed on: 2019-06-11 | Weight in g: 3450 | Recaptured: yes
        Ring: KP-0077 | Species: kingfisher | Ringed on: 2023-05-02 | Weight in g: 38.5 | Recaptured: no
        Ring: SW-1912 | Species: common swift | Ringed on: 2024-06-30 05:45 | Weight in g: 41.25 | Recaptured: yes
        "#);
        insta::assert_snapshot!(pages[1].text, @r##"
        # Budget

        Item | Amount | Share

        Item: Nest boxes | Amount: 1250.50 | Share: 62%
        Item: Steel bands | Amount: 760 | Share: 38%
        "##);
        assert_eq!(pages[0].headings[0].title, "Ringed & seen");
    }

    #[test]
    fn number_formats_are_followed_where_they_matter() {
        assert_eq!(Number::by_code("0.00%").write(0.1234), "12.34%");
        assert_eq!(Number::by_code("$#,##0.00;[Red]($#,##0.00)").write(1599.994), "1599.99");
        assert_eq!(Number::by_code("General").write(1599.5), "1599.5");
        assert_eq!(Number::by_code("0").write(3.0), "3");
        assert_eq!(Number::by_code("0.00E+00"), Number::Plain);
    }

    #[test]
    fn a_cell_far_out_does_not_fill_the_row() {
        let mut row = Row::default();
        row.put(0, "A1".into());
        row.put(16_383, "XFD1".into());
        assert_eq!(row.cells, ["A1", "XFD1"]);
        row.put(3, "D1".into());
        assert_eq!(row.cells.len(), 4);
    }
}
