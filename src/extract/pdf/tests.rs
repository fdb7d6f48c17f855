//! Whole files, with what they say.

use super::super::page::Page;
use super::super::sink::collect;
use super::*;
use docent_domain::document::Verdict;
use std::path::{Path, PathBuf};

/// Loads the first engine where it has been fetched; says whether it is there. `WITHOUT_PDFIUM` leaves it out.
fn with_engine() -> bool {
    static THERE: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    *THERE.get_or_init(|| {
        let library = root().join(".docent/lib/libpdfium.so");
        let words = root().join(".docent/models/all-MiniLM-L6-v2/tokenizer.json");
        crate::vocabulary::load(&words);
        std::env::var_os("WITHOUT_PDFIUM").is_none() && library.is_file() && load_engine(&library)
    })
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn pages(bytes: impl Into<Vec<u8>>) -> Vec<Page> {
    with_engine();
    collect(read, bytes).unwrap()
}

fn text(bytes: impl Into<Vec<u8>>) -> String {
    pages(bytes).into_iter().map(|page| page.text).collect::<Vec<_>>().join("\n\n")
}

/// A page each of different texts.
const TEXTS: [&str; 6] = [
    "Storks build on chimneys and come back in March.",
    "The ferry to the island leaves at noon.",
    "Invoices are due within thirty days.",
    "Copper roofs turn green after some decades.",
    "A kestrel hovers over the motorway.",
    "Bring the ladder back to the shed behind the mill.",
];

/// A file with the pages of [`TEXTS`], whose content comes last: its first part has none of it.
fn many() -> Vec<u8> {
    let kids: String = (0..TEXTS.len()).map(|n| format!("{} 0 R ", 10 + n)).collect();
    let page = |n| {
        format!(
            "{} 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {} 0 R\
             /Resources<</Font<</F1 5 0 R>>>>>>\nendobj\n",
            10 + n,
            1_000 + n
        )
    };
    let content = |n: usize| {
        let text = format!("BT /F1 12 Tf 72 700 Td ({}) Tj ET", TEXTS[n]);
        format!("{} 0 obj\n<</Length {}>>\nstream\n{text}\nendstream\nendobj\n", 1_000 + n, text.len())
    };
    let (pages, contents): (String, String) =
        ((0..TEXTS.len()).map(page).collect(), (0..TEXTS.len()).map(content).collect());
    let fixed = format!(
        "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n\
         2 0 obj\n<</Type/Pages/Kids[{kids}]/Count {}>>\nendobj\n\
         5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>\nendobj\n",
        TEXTS.len()
    );
    let rest = format!("{pages}{contents}trailer\n<</Root 1 0 R/Size 2000>>\n%%EOF\n");
    format!("{fixed}{rest}").into_bytes()
}

#[test]
fn a_file_without_its_end_is_damaged_and_not_empty() {
    with_engine();
    let whole = many();
    assert!(text(whole.clone()).contains("the shed behind the mill"));
    let contents = whole.windows(8).position(|it| it == b"1000 0 o").unwrap();
    let cut = collect(read, whole[..contents].to_vec()).unwrap_err();
    let detail = "the end of the file is missing";
    assert!(matches!(&cut, ExtractError::Corrupt { detail: found } if found == detail), "{cut:?}");
    let three_quarters = pages(whole[..(contents + whole.len()) / 2].to_vec());
    assert!(three_quarters[0].text.contains("Storks build on chimneys"));
    let warning = three_quarters.last().unwrap().warning.as_deref();
    assert!(
        warning.is_some_and(|warning| warning.starts_with("the end of the file is missing")),
        "{warning:?}"
    );
    assert_eq!(pages(drawn("")).len(), 1, "an empty page of a whole file is none of this");
}

/// A file of the cases that lie beside the project; `None`, with a message, where they do not.
fn case(name: &str) -> Option<Vec<u8>> {
    let path = root().join("../shared/cases").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is not here", path.display());
    }
    bytes
}

/// One page of Helvetica with this content.
fn drawn(content: &str) -> Vec<u8> {
    made("", content, "")
}

/// As [`drawn`], with more in the page's dictionary, and more objects (from 6 on).
fn made(page: &str, content: &str, objects: &str) -> Vec<u8> {
    let length = content.len();
    format!(
        "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n\
         2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n\
         3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R\
         /Resources<</Font<</F1 5 0 R>>>>{page}>>\nendobj\n\
         4 0 obj\n<</Length {length}>>\nstream\n{content}\nendstream\nendobj\n\
         5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>\nendobj\n{objects}\
         trailer\n<</Root 1 0 R/Size 20>>\n%%EOF\n"
    )
    .into_bytes()
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.is_empty()).collect()
}

#[test]
fn pages_are_numbered_and_carry_the_outline() {
    let pages = pages(include_bytes!("../../../fixtures/documents/birds.pdf").to_vec());
    let titles: Vec<_> = pages.iter().map(|it| (it.number, it.headings[0].title.as_str())).collect();
    let expected = [
        (1, "Swifts of the old town"),
        (2, "White storks on the chimney"),
        (3, "Kingfishers at the mill"),
        (4, "How we count"),
    ];
    assert_eq!(titles, expected);
    assert!(pages.iter().all(|it| it.numbered && it.verdict == Verdict::Text));
    assert!(pages[1].text.contains("raised four young, which left on 19 August."), "{}", pages[1].text);
    assert!(!pages[1].text.contains("Kingfisher"));
}

#[test]
fn hyphens_at_line_ends() {
    let Some(file) = case("01-pdf-line-hyphen/kelp.pdf") else { return };
    let text = text(file);
    for needle in [
        "drives climate change",
        "electrolyser of 40 kilowatts",
        "photomultiplier in the north shed",
        "planet-warming gas",
        "KX-4410",
        "non-return valve",
        "Anne-Marie",
    ] {
        assert!(text.contains(needle), "{needle}: {text}");
    }
}

#[test]
fn a_hidden_layer_is_not_read() {
    let Some(file) = case("03-pdf-hidden-layer/offer.pdf") else { return };
    let text = text(file);
    assert!(text.contains("120 euros a season") && !text.contains("985"), "{text}");
}

#[test]
fn real_layouts() {
    for (file, needles) in [
        (
            "bug1669099.pdf",
            &[
                "Antrag auf Mitgliedschaft",
                "Vorname(n)",
                "Straße, Hausnummer",
                "Ich möchte Mitglied im CCC Salzburg werden",
            ][..],
        ),
        ("issue7454.pdf", &["Garanties couvertes par le contrat conseillé", "Crédit < 21 500 euros"]),
        ("issue20513.pdf", &["One-Stop", "PARTS SOLUTION"]),
        ("issue5747.pdf", &["Lorem ipsum dolor sit amet, consetetur", "et dolore magna aliquyam"]),
    ] {
        let Some(bytes) = case(&format!("07-pdf-real-layouts/{file}")) else { return };
        let text = text(bytes).split_whitespace().collect::<Vec<_>>().join(" ");
        for needle in needles {
            assert!(text.contains(needle), "{file}: {needle}: {text}");
        }
    }
}

#[test]
fn a_sentence_over_a_page_break_is_whole() {
    let Some(file) = case("08-pdf-page-break/boiler.pdf") else { return };
    let pages = pages(file);
    let end = "covers a span of thirty-nine months from the day it was first lit.";
    assert!(pages[0].text.ends_with(end), "{}", pages[0].text);
    assert!(pages[1].text.starts_with("The boiler is swept"), "{}", pages[1].text);
    assert!(pages[0].text.starts_with("House book, part 3"), "said once");
}

#[test]
fn labels_and_values_stand_on_one_line() {
    for (file, label, value) in [
        ("a-close.pdf", "Due date", "11 April 2031"),
        ("b-far.pdf", "Due date", "11 April 2031"),
        ("c-colon.pdf", "Due date", "11 April 2031"),
        ("label-value.pdf", "Gross weight", "418 kg"),
    ] {
        let Some(bytes) = case(&format!("46-pdf-label-value-pairs/{file}")) else { return };
        let text = text(bytes);
        assert!(text.lines().any(|line| line.contains(label) && line.contains(value)), "{file}: {text}");
    }
}

#[test]
fn text_placed_piece_by_piece() {
    for (file, expected) in [
        ("short_line.pdf", &["Value is", "5 kilograms", "x", "end"][..]),
        ("one_object.pdf", &["Invoice number is 4711", "paid in full"]),
        ("land270.pdf", &["first line", "second line"]),
    ] {
        let Some(bytes) = case(&format!("61-text-placed-piece-by-piece/{file}")) else { return };
        assert_eq!(lines(&text(bytes)), expected, "{file}");
    }
    let Some(bytes) = case("61-text-placed-piece-by-piece/marks.pdf") else { return };
    let text = text(bytes);
    assert!(text.contains("Anna 4 5 3\n") && text.contains("Ben 2 1 5\n"), "{text}");
}

#[test]
fn what_is_not_seen_is_not_read() {
    let page = drawn(
        "BT /F1 12 Tf 60 700 Td (The fee is 120 euros a season.) Tj ET\n\
         BT /F1 12 Tf 1 1 1 rg 60 660 Td (White on white is 985 euros.) Tj ET\n\
         BT /F1 12 Tf 0 g 3 Tr 60 620 Td (Mode three is 985 euros a season.) Tj ET\n\
         BT /F1 12 Tf 0 Tr 60 -200 Td (Outside is 985 euros.) Tj ET\n\
         0 0 1 rg 50 570 300 30 re f BT /F1 12 Tf 1 g 60 580 Td (White on blue is seen.) Tj ET",
    );
    if !with_engine() {
        println!("skipped: libpdfium is not here");
        return;
    }
    let pages = pages(page);
    assert_eq!(lines(&pages[0].text), ["The fee is 120 euros a season.", "White on blue is seen."]);
    assert!(
        pages[0].warning.as_deref().is_some_and(|it| it.contains("does not show")),
        "{:?}",
        pages[0].warning
    );
}

#[test]
fn what_the_page_crops_is_not_read() {
    let page = made(
        "/CropBox[0 400 612 900]",
        "BT /F1 12 Tf 60 700 Td (The fee is 120 euros.) Tj ET\n\
         BT /F1 12 Tf 60 300 Td (Below the edge it is 985 euros, which is more than anyone sees.) Tj ET",
        "",
    );
    let with_words = pages(page);
    assert_eq!(lines(&with_words[0].text), ["The fee is 120 euros."]);
    assert!(with_words[0].warning.as_deref().is_some_and(|it| it.contains("does not show")));
    let outside = made(
        "/CropBox[0 400 612 792]",
        "BT /F1 12 Tf 60 300 Td (Below the edge it is 985 euros, which is more than anyone sees.) Tj ET",
        "",
    );
    let none = pages(outside);
    assert_eq!((none[0].text.as_str(), none[0].verdict), ("", Verdict::Empty));
    let beside =
        made("/CropBox[900 900 950 950]", "BT /F1 12 Tf 60 700 Td (The box is beside the page.) Tj ET", "");
    assert_eq!(text(beside), "The box is beside the page.");
}

#[test]
fn what_is_clipped_is_not_read() {
    if !with_engine() {
        println!("skipped: libpdfium is not here");
        return;
    }
    let inside = "BT /F1 12 Tf 60 650 Td (Inside the frame.) Tj 0 -300 Td (Outside the frame it is 985 euros, and cropped.) Tj ET";
    let form = format!(
        "6 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Matrix[1 0 0 1 0 -50]\
         /Resources<</Font<</F1 5 0 R>>>>/Length {}>>\nstream\n{inside}\nendstream\nendobj\n",
        inside.len()
    );
    let page = made(
        "/Rotate 0",
        "q 50 690 400 30 re W n BT /F1 12 Tf 60 700 Td (The fee is 120 euros.) Tj 0 -60 Td (Cut away it is 985 euros.) Tj ET Q\n\
         q 0 500 612 150 re W n /X1 Do Q",
        &form,
    );
    let page = String::from_utf8(page)
        .unwrap()
        .replace("/F1 5 0 R>>>>/Rotate", "/F1 5 0 R>>/XObject<</X1 6 0 R>>>>/Rotate");
    let pages = pages(page);
    assert_eq!(lines(&pages[0].text), ["The fee is 120 euros.", "Inside the frame."]);
    assert!(
        pages[0].warning.as_deref().is_some_and(|it| it.contains("does not show")),
        "{:?}",
        pages[0].warning
    );
}

#[test]
fn raised_digits_stay_raised() {
    let page =
        drawn("BT /F1 12 Tf 60 700 Td (It holds 10) Tj /F1 7 Tf 5 Ts (6) Tj 0 Ts /F1 12 Tf ( litres.) Tj ET");
    assert_eq!(text(page), "It holds 10⁶ litres.");
}

#[test]
fn figures_between_two_lines_stay_in_their_words() {
    for rise in [-6, -5, -4, -3, 3, 4, 5, 6] {
        let set = format!("/F1 8 Tf {rise} Ts (2) Tj 0 Ts /F1 10 Tf (O");
        // The widths of what stands before: the second engine sees how far text is moved, but not its rise.
        let moved = format!("/F1 8 Tf 116.16 {rise} Td (2) Tj /F1 10 Tf 4.45 {} Td (O", -rise);
        for (figure, back, is_seen) in [(set, "0", with_engine()), (moved, "-120.61", true)] {
            let page = drawn(&format!(
                "BT /F1 10 Tf 60 700 Td (Nobody fishes in the narrow bay while the ice lies on it.) Tj 0 -12 Td\n\
                 (The filter holds back the H) Tj {figure} that comes with the air,) Tj {back} -12 Td\n\
                 (so that none of it is in the pump behind it, not even in winter.) Tj ET"
            ));
            let digit = if rise > 0 && is_seen { "²" } else { "2" };
            let expected = format!(
                "Nobody fishes in the narrow bay while the ice lies on it. The filter holds back the H{digit}O that comes \
                 with the air, so that none of it is in the pump behind it, not even in winter."
            );
            assert_eq!(text(page).replace('\n', " "), expected, "{rise} {back}");
        }
    }
}

#[test]
fn filled_fields_are_read_beside_their_labels() {
    let page = made(
        "/Annots[6 0 R 7 0 R]",
        "BT /F1 12 Tf 60 700 Td (Family name) Tj 0 -30 Td (Secret) Tj ET",
        "6 0 obj\n<</Type/Annot/Subtype/Widget/FT/Tx/T(n)/V(Lindqvist)/Rect[150 695 300 715]>>\nendobj\n\
         7 0 obj\n<</Type/Annot/Subtype/Widget/FT/Tx/F 2/T(s)/V(hidden)/Rect[150 665 300 685]>>\nendobj\n",
    );
    assert_eq!(lines(&text(page)), ["Family name Lindqvist", "Secret"]);
}

#[test]
fn values_stand_with_their_captions_and_marks_with_their_words() {
    let page = made(
        "/Annots[6 0 R 7 0 R 8 0 R 9 0 R 10 0 R]",
        "BT /F1 6 Tf 60 690 Td (name) Tj 200 0 Td (first name) Tj ET\n\
         BT /F1 9 Tf 60 652 Td (yes) Tj 60 0 Td (no) Tj ET\n\
         BT /F1 9 Tf 60 622 Td (Berth) Tj ET",
        "6 0 obj\n<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(Weber)/Rect[60 698 200 712]>>\nendobj\n\
         7 0 obj\n<</Type/Annot/Subtype/Widget/FT/Tx/T(b)/V(Anna)/Rect[260 698 400 712]>>\nendobj\n\
         8 0 obj\n<</Type/Annot/Subtype/Widget/FT/Btn/T(c)/AS/Off/Rect[80 649 90 661]>>\nendobj\n\
         9 0 obj\n<</Type/Annot/Subtype/Widget/FT/Btn/T(d)/AS/On/Rect[140 649 150 661]>>\nendobj\n\
         10 0 obj\n<</Type/Annot/Subtype/Widget/FT/Ch/T(e)/V(n)/Opt[[(n)(North pier)][(s)(South pier)]]\
         /Rect[100 618 200 634]>>\nendobj\n",
    );
    assert_eq!(lines(&text(page)), ["name Weber first name Anna", "yes ☐ no ☒", "Berth North pier"]);
}

const NAMED: &str = "BT /F1 12 Tf 60 700 Td (The tenant is) Tj 90 0 Td (Anna Weber) Tj ET\n";

fn warning(page: &Page) -> &str {
    page.warning.as_deref().unwrap_or_default()
}

#[test]
fn what_is_blacked_out_is_not_read() {
    if !with_engine() {
        println!("skipped: libpdfium is not here");
        return;
    }
    for color in ["0 g", "1 g", "1 1 0 rg"] {
        let pages = pages(drawn(&format!("{NAMED}{color} 148 696 90 15 re f")));
        assert_eq!(pages[0].text, "The tenant is", "{color}");
        assert!(warning(&pages[0]).starts_with("9 characters under opaque boxes"), "{:?}", pages[0].warning);
    }
    let all = pages(drawn(&format!("{NAMED}0 g 50 690 300 30 re f")));
    assert_eq!((all[0].text.as_str(), all[0].verdict), ("", Verdict::Empty));
    assert!(warning(&all[0]).starts_with("20 characters under opaque boxes"), "{:?}", all[0].warning);
    let anew = drawn(&format!("{NAMED}1 g 148 696 90 15 re f BT 0 g /F1 12 Tf 152 700 Td (Tom Reyes) Tj ET"));
    assert_eq!(text(anew), "The tenant is Tom Reyes");
}

#[test]
fn what_shines_through_a_box_or_stands_on_it_is_read() {
    let behind = format!("0.9 g 148 696 90 15 re f 0 g {NAMED}");
    let line = format!("{NAMED}0 g 148 699 90 1 re f");
    let frame = format!("{NAMED}148 696 90 15 re S");
    let round = format!("{NAMED}1 g 148 690 m 148 720 200 760 238 690 c f");
    for content in [behind, line, frame, round] {
        let pages = pages(drawn(&content));
        assert_eq!(
            (pages[0].text.as_str(), warning(&pages[0])),
            ("The tenant is Anna Weber", ""),
            "{content}"
        );
    }
    for glass in ["/ca 0.4", "/BM/Multiply"] {
        let page = drawn(&format!("{NAMED}/G gs 1 1 0 rg 148 696 90 15 re f"));
        let page = String::from_utf8(page).unwrap();
        let page = page.replace("/Resources<<", &format!("/Resources<</ExtGState<</G<<{glass}>>>>"));
        assert_eq!(text(page), "The tenant is Anna Weber", "{glass}");
    }
}

#[test]
fn boxes_that_are_laid_over_a_page_hide_it() {
    let over = |annotation: &str| {
        let annotation = format!("6 0 obj\n<</Type/Annot/Rect[148 696 240 712]{annotation}>>\nendobj\n");
        pages(made("/Annots[6 0 R]", NAMED, &annotation)).remove(0)
    };
    let page = over("/Subtype/Square/IC[0 0 0]");
    assert_eq!(page.text, "The tenant is");
    assert!(warning(&page).starts_with("9 characters under opaque boxes"), "{:?}", page.warning);
    assert_eq!(over("/Subtype/FreeText/C[1 1 1]/Contents(Tom Reyes)").text, "The tenant is Tom Reyes");
    for seen in [
        "/Subtype/Square/C[1 0 0]",
        "/Subtype/Square/IC[1 1 0]/CA 0.5",
        "/Subtype/Square/IC[0 0 0]/F 2",
        "/Subtype/Highlight/C[1 1 0]",
    ] {
        assert_eq!(over(seen).text, "The tenant is Anna Weber", "{seen}");
    }
}

#[test]
fn values_of_a_form_that_is_drawn_elsewhere_are_read() {
    let template = "<template><subform><field name=\"n1\"><caption><value><text>Family name:</text></value></caption></field></subform></template>";
    let data = "<xfa:datasets xmlns:xfa=\"x\"><xfa:data><form1><n1>Weber</n1><berth>A1</berth><empty/></form1></xfa:data></xfa:datasets>";
    let stream = |id: u32, text: &str| {
        format!("{id} 0 obj\n<</Length {}>>\nstream\n{text}\nendstream\nendobj\n", text.len())
    };
    let page = made(
        "",
        "BT /F1 12 Tf 60 700 Td (Please wait.) Tj ET",
        &format!("{}{}", stream(6, template), stream(7, data)),
    );
    let page = String::from_utf8(page).unwrap();
    let form =
        "<</Type/Catalog/NeedsRendering true/AcroForm<</Fields[]/XFA[(template)6 0 R(datasets)7 0 R]>>";
    let read = pages(page.replace("<</Type/Catalog", form));
    assert_eq!(lines(&read[0].text), ["Family name: Weber", "berth: A1"]);
    assert!(warning(&read[0]).contains("XFA"), "{:?}", read[0].warning);
    assert_eq!(text(page), "Please wait.");
}

/// A font whose table of characters says the letter behind for each: "uif cpjmfs".
#[test]
fn letters_that_a_font_mixes_up_are_no_text() {
    let words = root().join(".docent/models/all-MiniLM-L6-v2/tokenizer.json");
    if !words.is_file() {
        println!("skipped: {} is not here", words.display());
        return;
    }
    let sentence =
        "The boiler is swept twice a year, in March and in September; ash is carried out by the tenant. ";
    let content: String =
        (0..6).map(|at| format!("BT /F1 9 Tf 40 {} Td ({sentence}) Tj ET\n", 700 - at * 14)).collect();
    let map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n\
               1 beginbfrange <61> <79> <0062> endbfrange endcmap end";
    let object = format!("6 0 obj\n<</Length {}>>\nstream\n{map}\nendstream\nendobj\n", map.len());
    let page = String::from_utf8(made("", &content, &object)).unwrap();
    assert!(text(page.clone()).contains("boiler is swept"), "the map is not used");
    let mapped = pages(page.replace("/BaseFont/Helvetica", "/BaseFont/Helvetica/ToUnicode 6 0 R"));
    assert_eq!((mapped[0].verdict, mapped[0].text.as_str()), (Verdict::Garbled, ""));
}

#[test]
fn a_ruled_table_becomes_a_table() {
    let mut content = String::from("0.5 w\n");
    for y in [700, 680, 660, 640] {
        content.push_str(&format!("60 {y} m 360 {y} l S\n"));
    }
    for x in [60, 160, 260, 360] {
        content.push_str(&format!("{x} 640 m {x} 700 l S\n"));
    }
    let rows = [["Harbour", "Boats", "Fee"], ["Skarvik", "12", "120"], ["Torvik", "7", "95"]];
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (x, y) = (65 + column * 100, 686 - row * 20);
            content.push_str(&format!("BT /F1 10 Tf {x} {y} Td ({cell}) Tj ET\n"));
        }
    }
    let pages = pages(drawn(&content));
    assert_eq!(
        pages[0].text,
        "| Harbour | Boats | Fee |\n| --- | --- | --- |\n| Skarvik | 12 | 120 |\n| Torvik | 7 | 95 |"
    );
    let table = &pages[0].tables[0];
    assert_eq!((table.page, table.last_page, table.header_rows, table.columns), (1, 1, 1, 3));
    let place = table.rows[1][2].place.unwrap();
    assert_eq!(&pages[0].text[place.start..place.end], "120");
}

/// `PDF_DUMP="a.pdf b.pdf" cargo test -p docent-extract --lib prints -- --ignored --nocapture`
#[test]
#[ignore = "prints the text and the tables of the files in PDF_DUMP, and how long reading took"]
fn prints() {
    with_engine();
    for path in std::env::var("PDF_DUMP").unwrap_or_default().split_whitespace() {
        let bytes = std::fs::read(path).unwrap();
        let start = std::time::Instant::now();
        let pages = match collect(read, bytes) {
            Ok(pages) => pages,
            Err(error) => {
                println!("=== {path}: {error}");
                continue;
            }
        };
        println!("=== {path}: {} pages, {:?}", pages.len(), start.elapsed());
        for page in &pages {
            println!("--- {} {} {:?}\n{}", page.number, page.verdict.name(), page.warning, page.text);
            for table in &page.tables {
                let grid = serde_json::to_string(&table.grid()).unwrap();
                let about = (table.page, table.last_page, table.header_rows, &table.caption);
                println!("TABLE {path}\t{about:?}\t{grid}");
            }
        }
    }
}
