//! Files made to harm. Each ends in a clear error, in bounded time and memory, and the next file is read.

use super::{extractors, fixture, read};
use docent::domain::{Code, Coded};
use docent::extract::{Extractors, Limits, Page};
use std::io::{Cursor, Read, Write};
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;

/// Small enough for a debug build to reach them soon.
fn tight() -> Limits {
    Limits {
        memory_bytes: 1 << 30,
        cpu_s_per_page: 20,
        max_inflated_bytes: 32 << 20,
        max_stream_bytes: 32 << 20,
        ..Limits::default()
    }
}

async fn outcome(extractors: &Extractors, name: &str, bytes: &[u8]) -> Result<Vec<Page>, Code> {
    let begun = Instant::now();
    let outcome = read(extractors, name, bytes).await.map_err(|error| {
        println!("{name}, {} kB: {error}", bytes.len() >> 10);
        error.code()
    });
    println!("{name}: {:.1} s", begun.elapsed().as_secs_f64());
    assert!(begun.elapsed() < Duration::from_secs(170), "{name} took {:?}", begun.elapsed());
    let next = read(extractors, "kestrel.md", &fixture("kestrel.md")).await;
    assert!(next.is_ok(), "the file after {name}: {next:?}");
    outcome
}

/// A zip with one large part that repeats `unit`, between `head` and `tail`.
fn inflating(fixed: &[(&str, &str)], part: &str, [head, unit, tail]: [&str; 3], bytes: usize) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in fixed {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.start_file(part, SimpleFileOptions::default().large_file(true)).unwrap();
    writer.write_all(head.as_bytes()).unwrap();
    let block = unit.repeat((64 << 10) / unit.len() + 1);
    for _ in 0..bytes / block.len() {
        writer.write_all(block.as_bytes()).unwrap();
    }
    writer.write_all(tail.as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

const TYPES: (&str, &str) = (
    "[Content_Types].xml",
    r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#,
);

fn office(bytes: usize, [head, unit, tail]: [&str; 3]) -> Vec<u8> {
    let rels = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    inflating(&[TYPES, ("_rels/.rels", rels)], "word/document.xml", [head, unit, tail], bytes)
}

fn sheet(bytes: usize, [head, unit, tail]: [&str; 3]) -> Vec<u8> {
    let rels = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let book_rels = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let fixed =
        [TYPES, ("_rels/.rels", rels), ("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", book_rels)];
    inflating(&fixed, "xl/worksheets/sheet1.xml", [head, unit, tail], bytes)
}

const WORD: [&str; 3] = [
    r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#,
    "<w:p><w:r><w:t>a</w:t></w:r></w:p>",
    "</w:body></w:document>",
];

const CELLS: [&str; 3] = [
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
    r#"<row><c t="inlineStr"><is><t>a</t></is></c><c><v>1</v></c></row>"#,
    "</sheetData></worksheet>",
];

#[tokio::test]
async fn archives_that_inflate() {
    let extractors = extractors(tight());
    let document = office(48 << 20, WORD);
    assert_eq!(outcome(&extractors, "paragraphs.docx", &document).await, Err(Code::ExtractionLimit));
    let cells = sheet(48 << 20, CELLS);
    assert_eq!(outcome(&extractors, "cells.xlsx", &cells).await, Err(Code::ExtractionLimit));
    let zeros = office(48 << 20, ["", "\0", ""]);
    assert_eq!(outcome(&extractors, "zeros.docx", &zeros).await, Err(Code::ExtractionLimit));
}

#[tokio::test]
async fn what_the_limits_let_through_is_still_bounded() {
    let limits = Limits { memory_bytes: 400 << 20, cpu_s_per_page: 60, ..tight() };
    let extractors = extractors(limits);
    for (name, bytes) in [("paragraphs.docx", office(24 << 20, WORD)), ("cells.xlsx", sheet(24 << 20, CELLS))]
    {
        let outcome = outcome(&extractors, name, &bytes).await.map(|pages| pages.len());
        assert!(matches!(outcome, Ok(1..) | Err(Code::ExtractionLimit)), "{name}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_sheet_of_two_cells_far_apart() {
    let extractors = extractors(tight());
    let cells =
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    let pages =
        outcome(&extractors, "far.xlsx", &sheet(0, [CELLS[0], "-", &format!("{cells}{}", CELLS[2])])).await;
    assert_eq!(pages.unwrap()[0].text, "# S\n\n1\n2");
}

#[tokio::test]
async fn archives_that_are_cut_off() {
    let extractors = extractors(tight());
    for name in ["notes.docx", "slides.pptx", "numbers.xlsx", "owls.epub"] {
        let whole = fixture(name);
        for part in [whole.len() / 2, whole.len() - 30] {
            assert_eq!(
                outcome(&extractors, name, &whole[..part]).await,
                Err(Code::CorruptDocument),
                "{name}"
            );
        }
    }
}

#[tokio::test]
async fn html_that_is_nested() {
    let extractors = extractors(tight());
    let deep = "<div>".repeat(100_000);
    assert_eq!(outcome(&extractors, "deep.html", deep.as_bytes()).await, Err(Code::ExtractionLimit));
    let mixed = "<p><table><tr><td><b>".repeat(20_000);
    assert_eq!(outcome(&extractors, "mixed.html", mixed.as_bytes()).await, Err(Code::ExtractionLimit));
    // As deep as is allowed, and all of it formatting that must be reopened again and again.
    let allowed = "<b><i>".repeat(490) + &"<p>x".repeat(490);
    let pages = outcome(&extractors, "allowed.html", allowed.as_bytes()).await.unwrap();
    assert_eq!(pages[0].text.matches('x').count(), 490);
}

#[tokio::test]
async fn a_book_with_a_nested_chapter() {
    let container = r#"<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;
    let package = r#"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">i</dc:identifier><dc:title>t</dc:title><dc:language>en</dc:language></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>"#;
    let fixed = [("META-INF/container.xml", container), ("b.opf", package)];
    let book = inflating(&fixed, "a.xhtml", ["<html><body>", "<div>", ""], 1 << 20);
    let extractors = extractors(tight());
    assert_eq!(outcome(&extractors, "nested.epub", &book).await, Err(Code::ExtractionLimit));
}

/// A PDF of the given objects, the first of which is the catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n", at + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let xref = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n").bytes());
    out
}

const CATALOG: &[u8] = b"<</Type/Catalog/Pages 2 0 R>>";
const FONT: &[u8] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

/// One page with this content stream, and more objects from number 6 on.
fn one_page(resources: &str, content: Vec<u8>, more: &[Vec<u8>]) -> Vec<u8> {
    let page = format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>{resources}>>/Contents 4 0 R>>"
    );
    let mut objects = vec![CATALOG.to_vec(), b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec()];
    objects.extend([page.into_bytes(), content, FONT.to_vec()]);
    objects.extend_from_slice(more);
    pdf(&objects)
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<<{dictionary}/Length {}>>\nstream\n", data.len()).into_bytes();
    out.extend(data);
    out.extend(b"\nendstream");
    out
}

/// `unit` over and over, as a Flate stream. The deflating is the zip library's, the wrapping done here.
fn flate(unit: &str, bytes: usize) -> Vec<u8> {
    let archive = inflating(&[], "x", ["", unit, ""], bytes);
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut data = vec![0x78, 0x9C];
    archive.by_index_raw(0).unwrap().read_to_end(&mut data).unwrap();
    // The checksum is missing, as it often is; no reader insists.
    stream("/Filter/FlateDecode", &data)
}

#[tokio::test]
async fn pdf_streams_that_inflate() {
    let extractors = extractors(tight());
    for (name, unit) in [("zeros.pdf", "\0"), ("operators.pdf", "BT /F 12 Tf (word) Tj ET\n")] {
        let bytes = one_page("", flate(unit, 100 << 20), &[]);
        assert!(bytes.len() < 4 << 20);
        assert_eq!(outcome(&extractors, name, &bytes).await, Err(Code::ExtractionLimit), "{name}");
    }
}

#[tokio::test]
async fn pdf_structures_without_an_end() {
    let extractors = extractors(tight());
    let looped = pdf(&[CATALOG.to_vec(), b"<</Type/Pages/Kids[2 0 R]/Count 1000000000>>".to_vec()]);
    assert_eq!(outcome(&extractors, "loop.pdf", &looped).await, Err(Code::CorruptDocument));

    let twice = b"q /X Do Q q /X Do Q BT /F 12 Tf 50 700 Td (kestrels eat voles) Tj ET";
    let form =
        stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 6 0 R>>>>", twice);
    let calls_itself = one_page("/XObject<</X 6 0 R>>", stream("", twice), &[form]);
    let pages = outcome(&extractors, "form.pdf", &calls_itself).await.unwrap();
    assert!(pages[0].text.contains("kestrels eat voles"), "{pages:?}");
}

#[tokio::test]
async fn pdf_arrays_that_are_nested() {
    let extractors = extractors(tight());
    let nested = [b"[".repeat(200_000), b"]".repeat(200_000)].concat();
    let words = stream("", b"BT /F 12 Tf 50 700 Td (kestrels eat voles) Tj ET");
    let outcome = outcome(&extractors, "arrays.pdf", &one_page("/Y 6 0 R", words, &[nested])).await;
    match outcome {
        Ok(pages) => assert!(pages[0].text.contains("kestrels eat voles"), "{pages:?}"),
        Err(code) => assert!(matches!(code, Code::ExtractionCrashed | Code::CorruptDocument), "{code:?}"),
    }
}

#[tokio::test]
async fn junk_under_every_name() {
    let extractors = extractors(tight());
    let junk: Vec<u8> = (0..200_000u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for name in ["a.csv", "a.docx", "a.epub", "a.html", "a.md", "a.pdf", "a.pptx", "a.txt", "a.xlsx"] {
        let code = outcome(&extractors, name, &junk).await.expect_err(name);
        assert!(matches!(code, Code::UnsupportedFileType | Code::CorruptDocument), "{name}: {code:?}");
    }
    let named = [b"%PDF-1.7\n".to_vec(), junk].concat();
    assert_eq!(outcome(&extractors, "b.pdf", &named).await, Err(Code::CorruptDocument));
}

#[tokio::test]
async fn text_without_end() {
    let limits = Limits { max_text_chars: 1_000_000, ..tight() };
    let extractors = extractors(limits);
    let text = "word ".repeat(300_000);
    assert_eq!(outcome(&extractors, "long.txt", text.as_bytes()).await, Err(Code::ExtractionLimit));
    let row = "a,b,c\n".repeat(300_000);
    assert_eq!(outcome(&extractors, "long.csv", row.as_bytes()).await, Err(Code::ExtractionLimit));
}
