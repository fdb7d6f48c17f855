use super::super::page::Page;
use super::super::sink::collect;
use super::super::xlsx;
use std::io::{Cursor, Write};

/// A record of the binary form: its kind and its length in groups of seven bits, and what it holds.
fn record(kind: u16, body: &[u8], out: &mut Vec<u8>) {
    if kind < 128 {
        out.push(u8::try_from(kind).unwrap());
    } else {
        out.extend([(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8]);
    }
    out.push(u8::try_from(body.len()).unwrap());
    out.extend_from_slice(body);
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap().to_le_bytes();
    length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

/// A cell: its column and, as its style, the first.
fn cell(column: u32, value: &[u8]) -> Vec<u8> {
    [&column.to_le_bytes()[..], &[0; 4], value].concat()
}

fn sheet(rows: &[&[&str]]) -> Vec<u8> {
    let mut out = Vec::new();
    record(0x0081, &[], &mut out);
    record(0x0094, &[0; 16], &mut out);
    record(0x0091, &[], &mut out);
    for (number, row) in (0u32..).zip(rows) {
        record(0x0000, &number.to_le_bytes(), &mut out);
        for (column, text) in (0u32..).zip(*row).filter(|(_, text)| !text.is_empty()) {
            match text.parse::<f64>() {
                Ok(value) => record(0x0005, &cell(column, &value.to_le_bytes()), &mut out),
                Err(_) => record(0x0006, &cell(column, &wide(text)), &mut out),
            }
        }
    }
    record(0x0092, &[], &mut out);
    out
}

/// A workbook of sheets: what they are called, where they lie, and whether they are hidden.
fn workbook(sheets: &[(&str, &str, bool)], parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut book = Vec::new();
    let mut relations = String::new();
    for (at, (name, target, hidden)) in sheets.iter().enumerate() {
        let id = format!("rId{at}");
        relations.push_str(&format!(r#"<Relationship Id="{id}" Type="x/worksheet" Target="{target}"/>"#));
        let head = [u32::from(*hidden).to_le_bytes(), [0; 4]].concat();
        record(0x009C, &[head, wide(&id), wide(name)].concat(), &mut book);
    }
    record(0x0090, &[], &mut book);
    record(0x0084, &[], &mut book);
    let relations = format!("<Relationships>{relations}</Relationships>");
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
    ];
    all.extend(parts.iter().map(|(name, bytes)| (*name, bytes.as_slice())));
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in all {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn told(pages: &[Page]) -> Vec<(&str, Option<&str>)> {
    pages.iter().map(|it| (it.text.as_str(), it.warning.as_deref())).collect()
}

#[test]
fn sheets_of_the_binary_form_are_read() {
    let berths = sheet(&[&["Berth", "Length", "Fee"], &["A1", "12.5", "410"], &["A2", "", "95"]]);
    let keys = sheet(&[&["Key"], &["K7"]]);
    let sheets = [("Berths", "worksheets/sheet1.bin", false), ("Keys", "worksheets/sheet2.bin", true)];
    let parts = [("xl/worksheets/sheet1.bin", berths), ("xl/worksheets/sheet2.bin", keys)];
    let pages = collect(xlsx::read, workbook(&sheets, &parts)).unwrap();
    let first =
        "# Berths\n\nBerth | Length | Fee\n\nBerth: A1 | Length: 12.5 | Fee: 410\nBerth: A2 | Fee: 95";
    let hidden = "The sheet `Keys` is hidden in its file";
    assert_eq!(told(&pages), [(first, None), ("# Keys\n\nKey\nK7", Some(hidden))]);
    assert_eq!(pages[0].headings[0].title, "Berths");
}

#[test]
fn a_sheet_of_macros_does_not_cost_the_others() {
    let sheets = [("Fees", "worksheets/sheet1.bin", false), ("Old", "macrosheets/sheet1.bin", false)];
    let fees = sheet(&[&["Mooring", "950"]]);
    let parts = [("xl/worksheets/sheet1.bin", fees), ("xl/macrosheets/sheet1.bin", sheet(&[&["RETURN()"]]))];
    let pages = collect(xlsx::read, workbook(&sheets, &parts)).unwrap();
    let macros = "The sheet `Old` holds macros of Excel 4 and is left out";
    assert_eq!(told(&pages), [("# Fees\n\nMooring | 950", None), ("", Some(macros))]);
}
