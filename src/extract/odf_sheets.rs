//! OpenDocument spreadsheets: a sheet is a unit, hidden ones included.

use super::archive::Parts;
use super::clean;
use super::error::ExtractError;
use super::format::Format;
use super::odf::{MAX_REPEATS, Walk, rows_of, with_body, words_by};
use super::odf_styles::Styles;
use super::page::Heading;
use super::script;
use super::sheet_view::{Hidden, no_value};
use super::sink::{Sink, Source, Unit};
use super::spans::{Region, Spans};
use super::tabular::Table;
use super::xlsx::said_hidden;
use super::xml::{attr, child, name};
use roxmltree::Node;
use std::collections::HashSet;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let most = source.budget.max_text_chars;
    with_body(source, Format::Ods, |body, styles, parts| sheets(body, styles, parts, most, sink))
}

pub(super) fn sheets(
    body: Node<'_, '_>,
    styles: &Styles,
    parts: &mut Parts<'_>,
    most: u64,
    sink: &mut Sink,
) -> Result<(), ExtractError> {
    let mut units = Vec::new();
    let sheets = child(body, "spreadsheet").into_iter().flat_map(|it| it.children());
    // A link into another file keeps a copy of its cells as a sheet of its own; people do not see it.
    for sheet in sheets.filter(|it| name(*it) == "table" && child(*it, "table-source").is_none()) {
        let mut unit = self::sheet(sheet, styles, parts, most)?;
        if styles.hides_table(attr(sheet, "style-name")) && !unit.text.is_empty() {
            let name = attr(sheet, "name").unwrap_or_default();
            unit.warning = Some(said_hidden(name, unit.warning));
        }
        units.push(unit);
    }
    sink.units(units)
}

/// Columns beyond this are the padding of a sheet.
const MAX_COLUMNS: usize = 1024;

fn sheet(
    sheet: Node<'_, '_>,
    styles: &Styles,
    parts: &mut Parts<'_>,
    most: u64,
) -> Result<Unit, ExtractError> {
    let title = clean::normalise(attr(sheet, "name").unwrap_or_default());
    let mut table = Table::default();
    let mut spans = Spans::default();
    let mut rows = Vec::new();
    rows_of(sheet, false, &mut rows, 0);
    let (mut number, mut unseen) = (0u32, Unseen::default());
    let columns = white_columns(sheet, styles, &mut unseen.hidden);
    for &(row, _) in &rows {
        let hides = is_unseen(row);
        let mut regions = Vec::new();
        let cells = cells_of(row, number, (styles, &columns), &mut regions, &mut unseen);
        let repeats =
            attr(row, "number-rows-repeated").and_then(|it| it.parse::<usize>().ok()).unwrap_or(1).max(1);
        if cells.iter().all(String::is_empty) {
            regions.into_iter().for_each(|it| spans.add(it));
            let next = number.saturating_add(u32::try_from(repeats).unwrap_or(u32::MAX));
            if !spans.cover(number) || !spans.cover(next - 1) {
                table.gap();
            }
            number = next;
        } else {
            for further in (0u32..).take(repeats.min(MAX_REPEATS)) {
                regions.iter().for_each(|it| spans.add(it.moved_down(further)));
                if hides {
                    unseen.hidden.row(number);
                }
                let mut cells = cells.clone();
                let filled = (0u32..).zip(&cells).filter(|(_, cell)| !cell.is_empty());
                filled.for_each(|(column, _)| unseen.hidden.holds(number, column));
                let spread = spans.apply(number, &mut cells);
                table.spanned(&cells, &spread);
                number += 1;
            }
        }
        if table.len() as u64 > most {
            return Err(ExtractError::limit("more text than is read from one file"));
        }
    }
    // Drawings over the sheet.
    let mut walk = Walk::new(styles, parts);
    if let Some(shapes) = child(sheet, "shapes") {
        walk.blocks(shapes, 0);
    }
    let cells = rows.iter().flat_map(|(row, _)| row.children());
    cells.filter(|it| name(*it).ends_with("table-cell")).for_each(|it| walk.shapes_in(it));
    walk.out.hide(&unseen.covered);
    if let Some(note) = unseen.hidden.note(&title) {
        walk.out.note(note);
    }
    if unseen.formulas > 0 {
        walk.out.note(no_value(unseen.formulas));
    }
    let drawn = walk.out.unit();
    let body = [table.into_text(), drawn.text]
        .into_iter()
        .filter(|it| !it.trim().is_empty())
        .collect::<Vec<_>>()
        .join("\n");
    let warning = drawn.warning;
    if body.is_empty() {
        return Ok(Unit { warning, ..Unit::text(String::new()) });
    }
    let text = clean::normalise(&format!("# {title}\n\n{body}"));
    Ok(Unit { headings: vec![Heading { start: 0, level: 1, title }], warning, ..Unit::text(text) })
}

/// What the cells of a sheet hold and do not show.
#[derive(Default)]
struct Unseen {
    /// Formulas without a result.
    formulas: usize,
    /// The text of cells under merged ones.
    covered: String,
    hidden: Hidden,
}

/// The columns whose cells are white on white if they have no style of their own.
fn white_columns(sheet: Node<'_, '_>, styles: &Styles, hidden: &mut Hidden) -> HashSet<usize> {
    let mut white = HashSet::new();
    let mut at = 0usize;
    for node in sheet.descendants().filter(|it| name(*it) == "table-column") {
        let count =
            attr(node, "number-columns-repeated").and_then(|it| it.parse::<usize>().ok()).unwrap_or(1);
        let end = at.saturating_add(count);
        if is_unseen(node) && at < MAX_COLUMNS {
            let place = |it: usize| u32::try_from(it.min(MAX_COLUMNS)).unwrap_or(u32::MAX);
            hidden.columns(place(at), place(end.saturating_sub(1)));
        }
        if attr(node, "default-cell-style-name").is_some_and(|it| is_white(styles, it)) {
            white.extend(at..end.min(MAX_COLUMNS));
        }
        at = end;
    }
    white
}

/// Rows and columns that are hidden by hand or by a filter.
fn is_unseen(node: Node<'_, '_>) -> bool {
    matches!(attr(node, "visibility"), Some("collapse" | "filter"))
}

fn is_white(styles: &Styles, name: &str) -> bool {
    let style = styles.text(Some(name));
    style.white == Some(true) && style.is_unseen()
}

fn cells_of(
    row: Node<'_, '_>,
    number: u32,
    (styles, white_columns): (&Styles, &HashSet<usize>),
    regions: &mut Vec<Region>,
    unseen: &mut Unseen,
) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    let of_row = attr(row, "default-cell-style-name").map(|it| is_white(styles, it));
    let mut column = 0usize;
    for cell in row.children().filter(|it| matches!(name(*it), "table-cell" | "covered-table-cell")) {
        let repeats =
            attr(cell, "number-columns-repeated").and_then(|it| it.parse::<usize>().ok()).unwrap_or(1);
        if name(cell) == "covered-table-cell" {
            unseen.covered.push_str(&cell_text(cell, styles));
            column = column.saturating_add(repeats);
            continue;
        }
        let own = attr(cell, "style-name").map(|it| is_white(styles, it));
        let mut text = cell_text(cell, styles);
        if own.or(of_row).unwrap_or_else(|| white_columns.contains(&column)) {
            unseen.covered.push_str(&std::mem::take(&mut text));
        }
        let own_style = attr(cell, "style-name").or_else(|| attr(row, "default-cell-style-name"));
        if styles.text(own_style).struck == Some(true) {
            text = script::struck(&text);
        }
        let has_formula = attr(cell, "formula").is_some();
        if has_formula && text.is_empty() && attr(cell, "value-type").is_none() {
            unseen.formulas += 1;
        }
        let span = |it: &str| attr(cell, it).and_then(|it| it.parse::<u32>().ok()).unwrap_or(1).max(1);
        let (wide, high) = (span("number-columns-spanned"), span("number-rows-spanned"));
        if wide > 1 || high > 1 {
            let first = u32::try_from(column).unwrap_or(u32::MAX);
            regions.push(Region {
                row: number,
                column: first,
                last_row: number.saturating_add(high - 1),
                last_column: first.saturating_add(wide - 1),
            });
        }
        if !text.is_empty() {
            for at in column..column.saturating_add(repeats).min(MAX_COLUMNS) {
                cells.resize(cells.len().max(at + 1), String::new());
                cells[at].clone_from(&text);
            }
        }
        column = column.saturating_add(repeats);
    }
    cells
}

/// What a cell shows, without its comment.
fn cell_text(cell: Node<'_, '_>, styles: &Styles) -> String {
    let paragraphs = cell.children().filter(|it| name(*it) == "p");
    let paragraphs = paragraphs.map(|it| words_by(it, |style| styles.text(Some(style))));
    let shown = paragraphs.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    if shown.is_empty() {
        let value =
            attr(cell, "value").or_else(|| attr(cell, "date-value")).or_else(|| attr(cell, "string-value"));
        return value.map_or_else(|| unwritten(cell), str::to_owned);
    }
    shown
}

/// A time or a truth value that the file does not write out.
fn unwritten(cell: Node<'_, '_>) -> String {
    if let Some(truth) = attr(cell, "boolean-value") {
        return truth.to_ascii_uppercase();
    }
    let time = attr(cell, "time-value").and_then(hours);
    time.unwrap_or_default()
}

/// `PT26H30M00S` as 26:30:00.
fn hours(duration: &str) -> Option<String> {
    let (minus, rest) = duration.strip_prefix('-').map_or(("", duration), |it| ("-", it));
    let (hours, rest) = rest.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?;
    Some(format!("{minus}{hours:0>2}:{minutes:0>2}:{seconds:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::super::odf::tests::file;
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn a_sheet_shows_what_its_cells_show() {
        let body = r#"<office:spreadsheet><table:table table:name="Prices"><table:table-row><table:table-cell><text:p>Item</text:p></table:table-cell><table:table-cell><text:p>Price</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16382"/></table:table-row>
            <table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Rope</text:p></table:table-cell><table:table-cell office:value-type="currency" office:value="12.5"><text:p>12,50 €</text:p></table:table-cell></table:table-row>
            <table:table-row><table:covered-table-cell/><table:table-cell><office:annotation><text:p>remark</text:p></office:annotation><text:p>13,00 €</text:p></table:table-cell></table:table-row>
            <table:table-row><table:table-cell/><table:table-cell table:formula="of:=A1"/></table:table-row>
            <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet>"#;
        let pages = collect(read, file(Format::Ods.mime(), body, "")).unwrap();
        assert_eq!(
            pages[0].text,
            "# Prices\n\nItem | Price\n\nItem: Rope | Price: 12,50 €\nItem: Rope | Price: 13,00 €"
        );
        assert!(pages[0].warning.as_deref().unwrap().starts_with("1 cells hold formulas"));
    }

    #[test]
    fn merged_cells_and_repeated_rows_keep_their_places() {
        let cell = |text: &str, more: &str| {
            format!("<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>")
        };
        let row = |cells: &str, more: &str| format!("<table:table-row {more}>{cells}</table:table-row>");
        let covered = "<table:covered-table-cell table:number-columns-repeated='2'/>";
        let names = ["Boat", "Cod", "Eel", "Hake"].map(|it| cell(it, "")).concat();
        let wide = cell("closed", "table:number-columns-spanned='3'") + covered;
        let rows = [
            row(&names, ""),
            row(&(cell("Terna", "") + &wide), "table:number-rows-repeated='2'"),
            row(
                &(cell("Alke", "table:number-rows-spanned='3'")
                    + &cell("1", "table:number-columns-repeated='2'")),
                "",
            ),
            row("<table:covered-table-cell/>", "table:number-rows-repeated='2'"),
            row(&("<table:table-cell/>".to_owned() + &cell("5", "") + &cell("6", "")), ""),
        ];
        let body = format!(
            r#"<office:spreadsheet><table:table table:name="S">{}</table:table></office:spreadsheet>"#,
            rows.concat()
        );
        let pages = collect(read, file(Format::Ods.mime(), &body, "")).unwrap();
        let lines: Vec<&str> = pages[0].text.lines().filter(|it| !it.is_empty()).collect();
        assert_eq!(
            lines[2..],
            [
                "Boat: Terna | Cod: closed",
                "Boat: Terna | Cod: closed",
                "Boat: Alke | Cod: 1 | Eel: 1",
                "Cod: 5 | Eel: 6"
            ]
        );
    }

    #[test]
    fn shapes_that_are_anchored_in_cells_are_read() {
        let body = r#"<office:spreadsheet><table:table table:name="S"><table:table-row><table:table-cell><draw:frame><draw:text-box>
            <text:p>in a box</text:p></draw:text-box></draw:frame><text:p>in the cell</text:p></table:table-cell>
            <table:table-cell><draw:custom-shape><text:p>in a shape</text:p></draw:custom-shape></table:table-cell></table:table-row></table:table></office:spreadsheet>"#;
        let pages = collect(read, file(Format::Ods.mime(), body, "")).unwrap();
        assert_eq!(pages[0].text, "# S\n\nin the cell\n\nin a box\n\nin a shape");
    }

    #[test]
    fn values_that_are_not_written_out_are_read() {
        let body = r#"<office:spreadsheet><table:table table:name="S"><table:table-row><table:table-cell office:value-type="time" office:time-value="PT26H30M00S"/>
            <table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell office:value-type="date" office:date-value="2024-03-01"/></table:table-row></table:table></office:spreadsheet>"#;
        let pages = collect(read, file(Format::Ods.mime(), body, "")).unwrap();
        assert_eq!(pages[0].text, "# S\n\n26:30:00 | TRUE | 2024-03-01");
    }

    #[test]
    fn raised_and_lowered_figures_of_cells_stay_so() {
        let styles = r#"<style:style style:name="up"><style:text-properties style:text-position="super 58%"/></style:style>
            <style:style style:name="down"><style:text-properties style:text-position="sub 58%"/></style:style>"#;
        let body = r#"<office:spreadsheet><table:table table:name="Gas"><table:table-row><table:table-cell><text:p>CO<text:span text:style-name="down">2</text:span> in kg</text:p></table:table-cell><table:table-cell><text:p>10<text:span text:style-name="up">6</text:span></text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>"#;
        let pages = collect(read, file(Format::Ods.mime(), body, styles)).unwrap();
        assert_eq!(pages[0].text, "# Gas\n\nCO₂ in kg | 10⁶");
    }

    #[test]
    fn what_is_struck_out_is_marked() {
        let styles = r#"<style:style style:name="X"><style:text-properties style:text-line-through-type="single"/></style:style>"#;
        let body = r#"<office:spreadsheet><table:table table:name="Fees"><table:table-row><table:table-cell table:style-name="X" office:value="950"><text:p>950 €</text:p></table:table-cell><table:table-cell><text:p><text:span text:style-name="X">9</text:span> 8</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>"#;
        let pages = collect(read, file(Format::Ods.mime(), body, styles)).unwrap();
        assert_eq!(pages[0].text, "# Fees\n\n~~950 €~~ | ~~9~~ 8");
    }

    #[test]
    fn hidden_sheets_are_said() {
        let styles = r#"<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>
            <style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>"#;
        let sheet = |name: &str, style: &str| {
            format!(
                r#"<table:table table:name="{name}" table:style-name="{style}"><table:table-row><table:table-cell><text:p>Rope</text:p></table:table-cell></table:table-row></table:table>"#
            )
        };
        let body = format!(
            "<office:spreadsheet>{}{}</office:spreadsheet>",
            sheet("Open", "ta1"),
            sheet("Old", "ta2")
        );
        let pages = collect(read, file(Format::Ods.mime(), &body, styles)).unwrap();
        let warnings: Vec<_> = pages.iter().map(|it| it.warning.as_deref()).collect();
        assert_eq!(warnings, [None, Some("The sheet `Old` is hidden in its file")]);
    }

    #[test]
    fn hidden_rows_are_read_and_white_cells_are_not() {
        let styles = r##"<style:style style:name="W"><style:text-properties fo:color="#FFFFFF"/></style:style>
            <style:style style:name="B" style:parent-style-name="W"><style:text-properties fo:color="#000000"/></style:style>
            <style:style style:name="C" style:parent-style-name="W"><style:table-cell-properties fo:background-color="#000080"/></style:style>"##;
        let cell = |style: &str, text: &str| {
            format!(
                r#"<table:table-cell table:style-name="{style}"><text:p>{text}</text:p></table:table-cell>"#
            )
        };
        let row = |more: &str, name: &str, price: &str, margin: &str| {
            let (name, price) = (cell("B", name), cell("B", price));
            format!(
                "<table:table-row {more}>{name}{price}<table:table-cell><text:p>{margin}</text:p></table:table-cell></table:table-row>"
            )
        };
        let rows = [
            row("", "Item", "Price", "Margin"),
            row(r#"table:visibility="filter" table:number-rows-repeated="2""#, "Rope", "12", "3"),
            row("", "Block", "410", "40"),
            format!(
                "<table:table-row>{}{}</table:table-row>",
                cell("W", &"secret ".repeat(20)),
                cell("C", "on blue")
            ),
        ];
        let body = format!(
            r#"<office:spreadsheet><table:table table:name="Prices"><table:table-column table:number-columns-repeated="2"/>
            <table:table-column table:visibility="collapse"/>{}</table:table></office:spreadsheet>"#,
            rows.concat()
        );
        let page = collect(read, file(Format::Ods.mime(), &body, styles)).unwrap().remove(0);
        assert!(page.text.contains("Item: Rope | Price: 12 | Margin: 3"), "{}", page.text);
        assert!(page.text.contains("on blue") && !page.text.contains("secret"), "{}", page.text);
        assert_eq!(
            page.warning.as_deref(),
            Some(
                "2 rows and 1 column (C) of the sheet `Prices` are hidden in the file. 120 characters that the file does not show are left out"
            )
        );
    }

    #[test]
    fn cells_under_a_merged_one_are_not_read() {
        let covered = "985 ".repeat(40);
        let body = format!(
            r#"<office:spreadsheet><table:table table:name="Prices"><table:table-row><table:table-cell><text:p>Item</text:p></table:table-cell><table:table-cell><text:p>Price</text:p></table:table-cell><table:table-cell><text:p>Note</text:p></table:table-cell></table:table-row>
            <table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Rope</text:p></table:table-cell><table:covered-table-cell table:formula="of:=A1"><text:p>{covered}</text:p></table:covered-table-cell><table:table-cell><text:p>120</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>"#
        );
        let pages = collect(read, file(Format::Ods.mime(), &body, "")).unwrap();
        assert!(
            pages[0].text.contains("Item: Rope") && pages[0].text.contains("Note: 120"),
            "{}",
            pages[0].text
        );
        assert!(!pages[0].text.contains("985"), "{}", pages[0].text);
        let warning = "120 characters that the file does not show are left out";
        assert_eq!(pages[0].warning.as_deref(), Some(warning));
    }
}
