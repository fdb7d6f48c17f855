//! Excel workbooks: a sheet is a unit, hidden ones included, for whoever opens the file can see them.

use super::archive::{self, Parts};
use super::compose::hidden_note;
use super::error::ExtractError;
use super::format::Format;
use super::numbers::{Moment, NumberFormat, general};
use super::page::Heading;
use super::rich_strings::{RichCells, RichStrings};
use super::sheet_view::{self, Hidden, no_value};
use super::sink::{Sink, Source, Unit};
use super::spans::{Region, Spans};
use super::tabular::Table;
use super::{calendar, clean, drawing, script, xlsb, xml};
use calamine::{
    Cell, Color, DataRef, ExcelDateTime, Fill, FillPattern, Reader, SheetVisible, Style, Xlsx, XlsxError,
};
use std::collections::{HashMap, HashSet};
use std::io::Cursor;

const BOOK: &str = "xl/workbook.xml";

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    archive::check(&source, Format::Xlsx)?;
    let most = source.budget.max_text_chars;
    let mut parts = Parts::open(&source.bytes)?;
    if parts.bytes(xlsb::BOOK).is_some() {
        return xlsb::read(&source, sink);
    }
    let without_macros = without_macro_sheets(&source.bytes, &mut parts)?;
    let places = places(&mut parts);
    let strings = RichStrings::of(&mut parts);
    let bytes = without_macros.as_deref().unwrap_or(&source.bytes);
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut left = most;
    let mut units = Vec::new();
    let hidden = hidden_sheets(book.sheets_metadata());
    for name in book.sheet_names() {
        let part = places.get(&name).map(String::as_str);
        let mut unit = match part {
            Some(part) if part.contains(MACRO_SHEETS) => said_macros(&name),
            part => sheet(&mut book, &name, part, &mut parts, &strings, left)?,
        };
        if hidden.contains(&name) && !unit.text.is_empty() {
            unit.warning = Some(said_hidden(&name, unit.warning));
        }
        left = left.saturating_sub(unit.text.len() as u64);
        units.push(unit);
    }
    sink.units(units)
}

/// The folder of the sheets that hold macros of Excel 4.
pub(super) const MACRO_SHEETS: &str = "macrosheets/";

/// The workbook with its sheets of macros called sheets of dialogs, if it has any: the library refuses all sheets for
/// one of these.
fn without_macro_sheets(bytes: &[u8], parts: &mut Parts<'_>) -> Result<Option<Vec<u8>>, ExtractError> {
    let part = xml::relations_of(BOOK);
    let relations = parts.text(&part).unwrap_or_default();
    let others = relations
        .replace("/xlMacrosheet\"", "/dialogsheet\"")
        .replace("/xlIntlMacrosheet\"", "/dialogsheet\"");
    if others == relations { Ok(None) } else { archive::with_part(bytes, &part, &others).map(Some) }
}

/// A page for a sheet whose cells are commands.
pub(super) fn said_macros(name: &str) -> Unit {
    let warning = format!("The sheet `{name}` holds macros of Excel 4 and is left out");
    Unit { warning: Some(warning), ..Unit::text(String::new()) }
}

/// The sheets that are shown only to those who ask for them.
pub(super) fn hidden_sheets(sheets: &[calamine::Sheet]) -> HashSet<String> {
    let hidden = sheets.iter().filter(|it| it.visible != SheetVisible::Visible);
    hidden.map(|it| it.name.clone()).collect()
}

/// The warning of a hidden sheet, before what else there is to say.
pub(super) fn said_hidden(name: &str, other: Option<String>) -> String {
    let hidden = format!("The sheet `{name}` is hidden in its file");
    [Some(hidden), other].into_iter().flatten().collect::<Vec<_>>().join(". ")
}

/// In which part each sheet lies.
fn places(parts: &mut Parts<'_>) -> HashMap<String, String> {
    let relations = xml::relations(parts.text(&xml::relations_of(BOOK)).as_deref(), BOOK);
    let text = parts.text(BOOK).unwrap_or_default();
    let Ok(document) = xml::parse(&text) else { return HashMap::new() };
    let sheets = document.descendants().filter(|it| it.is_element() && xml::name(*it) == "sheet");
    let placed = sheets.filter_map(|it| {
        let id = it.attributes().find(|it| it.name() == "id" && it.namespace().is_some())?.value();
        let (.., target) = relations.iter().find(|(own, ..)| own == id)?;
        Some((xml::attr(it, "name")?.to_owned(), target.clone()))
    });
    placed.collect()
}

fn sheet(
    book: &mut Book<'_>,
    name: &str,
    part: Option<&str>,
    parts: &mut Parts<'_>,
    strings: &RichStrings,
    most: u64,
) -> Result<Unit, ExtractError> {
    let mut table = Table::default();
    let raw = part.and_then(|it| parts.bytes(it));
    let mut hidden = Hidden::default();
    if let (Some(part), Some(raw)) = (part, &raw) {
        hidden.read_sheet(raw);
        styled_tables(parts, part).into_iter().for_each(|it| hidden.coloured(it));
    }
    let rich = raw.as_ref().map(|it| strings.cells(it)).unwrap_or_default();
    let read = rows(book, name, most, &rich, &mut table, &mut hidden);
    if table.len() as u64 > most {
        return Err(ExtractError::limit("more text than is read from one file"));
    }
    let mut text = table.into_text();
    let mut warnings = Vec::new();
    match read {
        Ok(covered) => warnings.extend(hidden_note(covered + hidden.white)),
        Err(error) => warnings.push(format!("The sheet `{name}` could not be read to its end: {error}")),
    }
    warnings.extend(hidden.note(name));
    if let Some(part) = part {
        let unknown = raw.map_or(0, |it| without_value(&it));
        if unknown > 0 {
            warnings.push(no_value(unknown));
        }
        let drawn = drawings(parts, part);
        if !drawn.trim().is_empty() {
            text.push_str(&format!("\n{drawn}\n"));
        }
    }
    let warning = (!warnings.is_empty()).then(|| warnings.join(". "));
    if text.trim().is_empty() {
        return Ok(Unit { warning, ..Unit::text(String::new()) });
    }
    let text = clean::normalise(&format!("# {name}\n\n{text}"));
    // Cells are not markdown, whatever they begin with; the name of the sheet is the only heading.
    let headings = vec![Heading { start: 0, level: 1, title: clean::normalise(name) }];
    Ok(Unit { headings, warning, ..Unit::text(text) })
}

/// Where the sheet has tables, whose styles may colour their cells.
fn styled_tables(parts: &mut Parts<'_>, sheet: &str) -> Vec<Region> {
    let relations = xml::relations(parts.text(&xml::relations_of(sheet)).as_deref(), sheet);
    let tables = relations.into_iter().filter(|(_, kind, _)| kind == "table");
    let regions = tables.filter_map(|(.., part)| {
        let text = parts.text(&part)?;
        let document = xml::parse(&text).ok()?;
        sheet_view::region(xml::attr(document.root_element(), "ref")?)
    });
    regions.collect()
}

/// What stands in shapes over the sheet.
fn drawings(parts: &mut Parts<'_>, sheet: &str) -> String {
    let relations = xml::relations(parts.text(&xml::relations_of(sheet)).as_deref(), sheet);
    let drawings = relations.into_iter().filter(|(_, kind, _)| kind == "drawing");
    let texts: Vec<String> = drawings.map(|(.., part)| drawing::of_sheet(parts, &part)).collect();
    texts.join("\n")
}

/// How many cells have a formula but nothing that came of it.
fn without_value(sheet: &[u8]) -> usize {
    let find = |from: usize, what: &[u8]| {
        sheet[from..].windows(what.len()).position(|it| it == what).map(|it| it + from)
    };
    let (mut count, mut at) = (0, 0);
    // From formula to formula: the end of its cell decides.
    while let Some(formula) = find(at, b"<f") {
        let is_formula = matches!(sheet.get(formula + 2), Some(b'>' | b' ' | b'/'));
        let end = find(formula, b"</c>").unwrap_or(sheet.len());
        if is_formula {
            let rest = &sheet[formula..end];
            let has = |what: &[u8]| rest.windows(what.len()).any(|it| it == what);
            count += usize::from(!has(b"<v") && !has(b"<is"));
            at = end;
        } else {
            at = formula + 2;
        }
    }
    count
}

/// Reads cell by cell: asking for the range would allocate the rectangle that the outermost cells span. Says how many
/// characters lie under merged cells.
fn rows(
    book: &mut Book<'_>,
    name: &str,
    most: u64,
    rich: &RichCells,
    table: &mut Table,
    hidden: &mut Hidden,
) -> Result<usize, XlsxError> {
    let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    let mut spans = Spans::new(merged.iter().map(region).collect());
    let mut reader = match book.worksheet_cells_reader(name) {
        // A sheet that is a chart has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(0),
        reader => reader?,
    };
    let styles: Vec<NumberFormat> = reader.styles().iter().map(number_format).collect();
    let struck: Vec<bool> =
        reader.styles().iter().map(|it| it.font.as_ref().is_some_and(|it| it.strikethrough)).collect();
    let white: Vec<bool> = reader.styles().iter().map(is_white_on_white).collect();
    let plain = NumberFormat::new("General");
    let mut row = Row::default();
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let (number, column) = cell.get_position();
        if number != row.number {
            row.end(table, &mut spans);
            row.number = number;
        }
        let format = styles.get(style).unwrap_or(&plain);
        let mut text =
            rich.get(&(number, column)).map_or_else(|| written(&cell, format), |it| format.text(it));
        if struck.get(style).copied().unwrap_or(false) {
            text = script::struck(&text);
        }
        if text.is_empty() {
            continue;
        }
        if white.get(style).copied().unwrap_or(false) && !hidden.is_coloured(number, column) {
            hidden.hide(&text);
            continue;
        }
        hidden.holds(number, column);
        row.put(column, text);
        if table.len() as u64 > most {
            break;
        }
    }
    row.end(table, &mut spans);
    Ok(spans.covered())
}

pub(super) fn region(merged: &calamine::Dimensions) -> Region {
    let ((row, column), (last_row, last_column)) = (merged.start, merged.end);
    Region { row, column, last_row, last_column }
}

fn is_white_on_white(style: &Style) -> bool {
    let is_white = |it: Option<Color>| it.is_some_and(|it| [it.red, it.green, it.blue] == [255; 3]);
    let is_backed = |it: &Fill| {
        !matches!(it.pattern, FillPattern::None)
            && (it.pattern != FillPattern::Solid || !is_white(it.foreground_color))
    };
    is_white(style.font.as_ref().and_then(|it| it.color)) && !style.fill.as_ref().is_some_and(is_backed)
}

fn number_format(style: &Style) -> NumberFormat {
    NumberFormat::new(style.number_format.as_ref().map_or("General", |it| it.format_code.as_str()))
}

/// Columns beyond this are appended without their place: a lone cell at XFD is not worth 16,384 strings a row.
const MAX_COLUMNS: usize = 1024;

#[derive(Default)]
pub(super) struct Row {
    pub number: u32,
    cells: Vec<String>,
    /// The last row that had anything in it.
    last: Option<u32>,
}

impl Row {
    pub(super) fn put(&mut self, column: u32, text: String) {
        let column = usize::try_from(column).unwrap_or(MAX_COLUMNS);
        if column < MAX_COLUMNS && column >= self.cells.len() {
            self.cells.resize(column, String::new());
        }
        match self.cells.get_mut(column) {
            Some(cell) => *cell = text,
            None => self.cells.push(text),
        }
    }

    /// Hands the row over, with what is merged into it. Rows without cells before it end a table, unless they belong to
    /// a merged cell.
    pub(super) fn end(&mut self, table: &mut Table, spans: &mut Spans) {
        let mut cells = std::mem::take(&mut self.cells);
        if cells.iter().all(String::is_empty) {
            return;
        }
        if let Some(last) = self.last.filter(|last| self.number > last + 1)
            && !(spans.cover(last + 1) && spans.cover(self.number - 1))
        {
            table.gap();
        }
        self.last = Some(self.number);
        let spread = spans.apply(self.number, &mut cells);
        table.spanned(&cells, &spread);
    }
}

fn written(cell: &Cell<DataRef<'_>>, format: &NumberFormat) -> String {
    match cell.get_value() {
        DataRef::Int(value) => format.number(*value as f64),
        // A year of an era alone is not known as a date to the library.
        DataRef::Float(value) => shown(*value, format),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) => format.moment(&self::moment(moment)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.replace('T', " "),
        DataRef::String(text) => format.text(text),
        DataRef::SharedString(text) => format.text(text),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// A number, or the moment that its format makes of it, counted from 30 December 1899.
pub(super) fn shown(value: f64, format: &NumberFormat) -> String {
    if !format.is_date() {
        return format.number(value);
    }
    format.moment(&moment(&ExcelDateTime::new(value, calamine::ExcelDateTimeType::DateTime, false)))
}

pub(super) fn moment(moment: &ExcelDateTime) -> Moment {
    let serial = moment.as_f64();
    if serial < 0.0 {
        return before_epoch(serial);
    }
    if !(0.0..2_958_466.0).contains(&serial) && !moment.is_duration() {
        return Moment { serial, ..Moment::default() };
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let days = if year < 1904 {
        // Counted from 30 December 1899, as its days of the week are.
        serial.trunc() as i64 - 25_569
    } else {
        calendar::days(year.into(), month.into(), day.into())
    };
    let weekday = calendar::weekday(days);
    Moment { year, month, day, hour, minute, second, milli, weekday, serial }
}

/// A negative time, by its size.
fn before_epoch(serial: f64) -> Moment {
    let millis = (serial.abs().fract() * 86_400_000.0).round() as u32 % 86_400_000;
    let part = |of: u32| u8::try_from(of).unwrap_or(0);
    Moment {
        hour: part(millis / 3_600_000),
        minute: part(millis / 60_000 % 60),
        second: part(millis / 1000 % 60),
        milli: u16::try_from(millis % 1000).unwrap_or(0),
        serial,
        ..Moment::default()
    }
}

/// A value of an older workbook, whose styles are not known.
pub(super) fn plainly(value: &calamine::Data) -> String {
    use calamine::Data;
    match value {
        Data::Int(value) => value.to_string(),
        Data::Float(value) => general(*value),
        Data::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(it) if it.is_duration() => NumberFormat::new("[h]:mm:ss").moment(&moment(it)),
        Data::DateTime(it) => NumberFormat::new("").moment(&moment(it)),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.replace('T', " "),
        Data::String(text) => text.clone(),
        Data::Error(error) => error.to_string(),
        _ => String::new(),
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
    fn empty_rows_of_a_merged_cell_do_not_end_the_table() {
        let region = Region { row: 1, column: 0, last_row: 3, last_column: 0 };
        let mut spans = Spans::new(vec![region]);
        let (mut row, mut table) = (Row::default(), Table::default());
        for (number, cells) in [(0, ["Boat", "Cod"]), (1, ["Alke", "1"]), (3, ["", "2"]), (5, ["new", "9"])] {
            row.number = number;
            for (column, cell) in (0u32..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                row.put(column, cell.to_owned());
            }
            row.end(&mut table, &mut spans);
        }
        assert!(table.into_text().contains("Boat: Alke | Cod: 1\nBoat: Alke | Cod: 2\n\n"));
    }

    #[test]
    fn moments_are_told_by_the_epoch_of_their_workbook() {
        let moment = |serial: f64, is_1904: bool| {
            super::moment(&ExcelDateTime::new(serial, calamine::ExcelDateTimeType::DateTime, is_1904))
        };
        let show = |code: &str, it: &Moment| NumberFormat::new(code).moment(it);
        assert_eq!(show("dddd, yyyy-mm-dd", &moment(45_352.0, false)), "Friday, 2024-03-01");
        assert_eq!(show("dddd, yyyy-mm-dd", &moment(43_890.0, true)), "Friday, 2024-03-01");
        for is_1904 in [false, true] {
            assert_eq!(show("h:mm", &moment(-2.5 / 24.0, is_1904)), "-2:30");
            assert_eq!(show("[h]:mm:ss", &moment(-0.5, is_1904)), "-12:00:00");
        }
    }

    #[test]
    fn sheets_become_text() {
        let pages = collect(read, include_bytes!("../../fixtures/documents/numbers.xlsx").to_vec()).unwrap();
        insta::assert_snapshot!(pages[0].text, @r#"
        # Ringed & seen

        Ring | Species | Ringed on | Weight in g | Recaptured

        Ring: HA-5821 | Species: white stork | Ringed on: 2019-06-11 | Weight in g: 3450 | Recaptured: TRUE
        Ring: KP-0077 | Species: kingfisher | Ringed on: 2023-05-02 | Weight in g: 38.5 | Recaptured: FALSE
        Ring: SW-1912 | Species: common swift | Ringed on: 2024-06-30 5:45:00 | Weight in g: 41.25 | Recaptured: TRUE
        "#);
        insta::assert_snapshot!(pages[1].text, @r##"
        # Budget

        Item | Amount | Share

        Item: Nest boxes | Amount: 1,250.50 € | Share: 62 %
        Item: Steel bands | Amount: 760 | Share: 38 %
        "##);
        assert_eq!(pages[0].headings[0].title, "Ringed & seen");
    }

    #[test]
    fn a_sheet_of_macros_does_not_cost_the_others() {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let book = format!(
            r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Old" sheetId="2" r:id="r2"/><sheet name="Fees" sheetId="1" r:id="r1"/></sheets></workbook>"#
        );
        let relations = format!(
            r#"<Relationships><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="macrosheets/sheet1.xml"/></Relationships>"#
        );
        let of_file = format!(
            r#"<Relationships><Relationship Id="r1" Type="{office}/officeDocument" Target="{BOOK}"/></Relationships>"#
        );
        let cells = r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Mooring</t></is></c><c r="B1"><v>950</v></c></row></sheetData>"#;
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in [
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", &of_file),
            (BOOK, &book),
            ("xl/_rels/workbook.xml.rels", &relations),
            ("xl/worksheets/sheet1.xml", &format!(r#"<worksheet xmlns="{main}">{cells}</worksheet>"#)),
            ("xl/macrosheets/sheet1.xml", &format!(r#"<macrosheet xmlns="{main}">{cells}</macrosheet>"#)),
        ] {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut writer, content.as_bytes()).unwrap();
        }
        let pages = collect(read, writer.finish().unwrap().into_inner()).unwrap();
        let told: Vec<_> = pages.iter().map(|it| (it.text.as_str(), it.warning.as_deref())).collect();
        let macros = "The sheet `Old` holds macros of Excel 4 and is left out";
        assert_eq!(told, [("", Some(macros)), ("# Fees\n\nMooring | 950", None)]);
    }

    #[test]
    fn hidden_sheets_are_said() {
        let sheet = |name: &str, visible| calamine::Sheet {
            name: name.to_owned(),
            typ: calamine::SheetType::WorkSheet,
            visible,
        };
        let sheets = [
            sheet("a", SheetVisible::Visible),
            sheet("b", SheetVisible::Hidden),
            sheet("c", SheetVisible::VeryHidden),
        ];
        let hidden = hidden_sheets(&sheets);
        assert!(!hidden.contains("a") && hidden.contains("b") && hidden.contains("c"));
        assert_eq!(said_hidden("b", Some("More".to_owned())), "The sheet `b` is hidden in its file. More");
    }

    #[test]
    fn hidden_rows_are_read_and_white_cells_are_not() {
        let page =
            collect(read, include_bytes!("../../fixtures/sheets/hidden.xlsx").to_vec()).unwrap().remove(0);
        insta::assert_snapshot!(page.text, @r"
        # Prices

        Item | Price | Margin

        Item: Rope | Price: 12 | Margin: 3
        Item: Block | Price: 410 | Margin: 40
        Item: Anchor | Price: 95
        Item: seen
        Item: on blue
        ");
        let warning = "121 characters that the file does not show are left out. \
                       1 row and 1 column (C) of the sheet `Prices` are hidden in the file";
        assert_eq!(page.warning.as_deref(), Some(warning));
    }

    #[test]
    fn formulas_without_results_are_counted() {
        let sheet = br#"<c r="A1"><f>1+1</f></c><c r="A2"><f>1+1</f><v>2</v></c><c r="A3" t="str"><f t="shared"/></c><c><v>1</v></c><formula1>"#;
        assert_eq!(without_value(sheet), 2);
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
