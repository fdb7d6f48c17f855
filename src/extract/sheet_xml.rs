//! Workbooks of Excel 2003 in XML, which many programs still write under the name of an older workbook.

use super::clean;
use super::error::ExtractError;
use super::numbers::NumberFormat;
use super::page::Heading;
use super::sink::{Sink, Unit};
use super::spans::{Region, Spans};
use super::tabular::Table;
use super::xlsx::{Row, said_hidden};
use super::xml::{self, attr, child, name};
use roxmltree::Node;

pub(super) fn read(text: &str, most: u64, sink: &mut Sink) -> Result<(), ExtractError> {
    let document = xml::parse(text)?;
    let sheets = document.root_element().children().filter(|it| name(*it) == "Worksheet");
    let mut units = Vec::new();
    for node in sheets {
        let title = attr(node, "Name").unwrap_or_default();
        let mut unit = sheet(node, title, most)?;
        let shown = xml::at(node, &["WorksheetOptions", "Visible"]).and_then(|it| it.text());
        if shown.is_some_and(|it| it.contains("Hidden")) && !unit.text.is_empty() {
            unit.warning = Some(said_hidden(title, unit.warning));
        }
        units.push(unit);
    }
    sink.units(units)
}

fn sheet(sheet: Node<'_, '_>, title: &str, most: u64) -> Result<Unit, ExtractError> {
    let (mut table, mut spans, mut row) = (Table::default(), Spans::default(), Row::default());
    let mut next = 0u32;
    let rows = child(sheet, "Table").into_iter().flat_map(|it| it.children());
    for node in rows.filter(|it| name(*it) == "Row") {
        row.number = place(node).unwrap_or(next);
        cells(node, &mut row, &mut spans);
        row.end(&mut table, &mut spans);
        next = row.number.saturating_add(1).saturating_add(number(node, "Span"));
        if table.len() as u64 > most {
            return Err(ExtractError::limit("more text than is read from one file"));
        }
    }
    let text = table.into_text();
    if text.trim().is_empty() {
        return Ok(Unit::text(String::new()));
    }
    let title = clean::normalise(title);
    let text = clean::normalise(&format!("# {title}\n\n{text}"));
    Ok(Unit { headings: vec![Heading { start: 0, level: 1, title }], ..Unit::text(text) })
}

fn cells(node: Node<'_, '_>, row: &mut Row, spans: &mut Spans) {
    let mut column = 0u32;
    for cell in node.children().filter(|it| name(*it) == "Cell") {
        column = place(cell).unwrap_or(column);
        let (wide, high) = (number(cell, "MergeAcross"), number(cell, "MergeDown"));
        if wide > 0 || high > 0 {
            spans.add(Region {
                row: row.number,
                column,
                last_row: row.number.saturating_add(high),
                last_column: column.saturating_add(wide),
            });
        }
        let text = child(cell, "Data").map(value).unwrap_or_default();
        if !text.is_empty() {
            row.put(column, text);
        }
        column = column.saturating_add(1).saturating_add(wide);
    }
}

/// A value as it is kept; days are kept as moments.
fn value(data: Node<'_, '_>) -> String {
    let text: String = data.descendants().filter(|it| it.is_text()).filter_map(|it| it.text()).collect();
    match attr(data, "Type") {
        Some("DateTime") => text.trim_end_matches("T00:00:00.000").trim_end_matches(".000").replace('T', " "),
        Some("Boolean") => if text.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
        Some("Number") => {
            text.trim().parse().map_or(text.clone(), |it| NumberFormat::new("General").number(it))
        }
        _ => text,
    }
}

/// Where a row or cell says that it stands, counted from nought.
fn place(node: Node<'_, '_>) -> Option<u32> {
    attr(node, "Index")?.parse::<u32>().ok()?.checked_sub(1)
}

fn number(node: Node<'_, '_>, wanted: &str) -> u32 {
    attr(node, wanted).and_then(|it| it.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::super::xml_file;

    #[test]
    fn rows_of_a_workbook_in_xml_carry_the_names_of_their_columns() {
        let file = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
            <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
            <Worksheet ss:Name="Keys"><Table><Row><Cell><Data ss:Type="String">Key</Data></Cell><Cell><Data ss:Type="String">Holder</Data></Cell><Cell><Data ss:Type="String">Since</Data></Cell></Row>
            <Row><Cell ss:MergeDown="1"><Data ss:Type="String">K7</Data></Cell><Cell><Data ss:Type="String">Oline</Data></Cell><Cell><Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell></Row>
            <Row><Cell ss:Index="2"><Data ss:Type="String">Runa</Data></Cell></Row>
            <Row ss:Index="6"><Cell ss:Index="3"><Data ss:Type="Number">12.5</Data></Cell></Row></Table></Worksheet>
            <Worksheet ss:Name="Empty"><Table/></Worksheet></Workbook>"#;
        let pages = collect(xml_file::read, file).unwrap();
        assert_eq!(
            pages[0].text,
            "# Keys\n\nKey | Holder | Since\n\nKey: K7 | Holder: Oline | Since: 2024-03-05\nKey: K7 | Holder: Runa\n\n12.5"
        );
        assert_eq!((pages.len(), pages[1].text.as_str()), (2, ""));
    }
}
