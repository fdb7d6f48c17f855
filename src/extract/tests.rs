//! Whole files through their readers: the fixtures, the cases with a known right value, and whatever is asked for.

use super::ExtractError;
use super::format::{Format, HEAD_BYTES};
use super::limits::Limits;
use super::page::Page;
use super::sink::{Sink, Source};
use super::wire::{Budget, Said};
use std::path::{Path, PathBuf};

fn read(name: &str, bytes: &[u8]) -> Result<Vec<Page>, ExtractError> {
    let format = Format::recognise(name, &bytes[..bytes.len().min(HEAD_BYTES)])?;
    let budget = Budget::from(&Limits::default());
    let mut pages = Vec::new();
    let mut keep = |said| {
        if let Said::Page(page) = said {
            pages.push(page.into_page().expect("a well-formed page"));
        }
        Ok(())
    };
    let source = Source { bytes: bytes.to_vec(), budget: budget.clone(), attempt: 0 };
    format.read(source, &mut Sink::new(&budget, 0, &mut keep))?;
    Ok(pages)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn fixture(name: &str) -> String {
    let bytes = std::fs::read(root().join("fixtures/documents").join(name)).expect("a fixture");
    text(&read(name, &bytes).expect("a readable fixture"))
}

fn text(pages: &[Page]) -> String {
    pages.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn every_kind_has_a_fixture_that_it_reads() {
    let folder = std::fs::read_dir(root().join("fixtures/documents")).unwrap();
    let names: Vec<String> = folder.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    let mut kinds = Vec::new();
    for name in names {
        let bytes = std::fs::read(root().join("fixtures/documents").join(&name)).unwrap();
        kinds.push(Format::recognise(&name, &bytes[..bytes.len().min(HEAD_BYTES)]).expect("a known kind"));
    }
    let missing: Vec<&str> =
        Format::ALL.iter().filter(|it| !it.is_picture() && !kinds.contains(it)).map(|it| it.name()).collect();
    assert!(missing.is_empty(), "no file in fixtures/documents for {missing:?}");
}

#[test]
fn the_smaller_kinds_are_read() {
    insta::assert_snapshot!(fixture("mail.eml"), @r"
    Subject: Größe der Nistkästen
    From: Aino Berg <aino@example.org>
    To: Tom Reyes <tom@example.org>
    Date: 2024-03-05 10:00:00+01:00
    Attachments: boxes.csv

    The owl boxes are 45 cm deep, the kestrel boxes only 30 cm.

    boxes.csv

    box | bird | depth

    box: B1 | bird: barn owl | depth: 45
    box: B2 | bird: kestrel | depth: 30
    ");
    insta::assert_snapshot!(fixture("box.mbox"), @r"
    Subject: The sluice
    From: aino@example.org

    It stays closed until June.

    From the pier nothing can be seen.

    Subject: Re: The sluice
    From: tom@example.org

    Then the boats lie at the north wall.
    ");
    insta::assert_snapshot!(fixture("tides.mhtml"), @r"
    # Tides

    High water at the weir is at 4:10.
    ");
    insta::assert_snapshot!(fixture("letter.rtf"), @r"
    # Reed harvest

    The western half yields 10³ bundles, at 4 EUR each, grün and dry.

    | Field | Bundles |
    | --- | --- |
    | West | 640 |

    Привет
    ");
    insta::assert_snapshot!(fixture("boats.json"), @r"
    harbour: Nordby
    boats: name: Terna | skipper: Oline | cod: 812
    boats: name: Alke | skipper: Runa | cod: 15
    ");
    insta::assert_snapshot!(fixture("lamps.xml"), @r"
    id: 7 | maker: Barbier | wick: 14
    id: 8 | maker: Chance | wick: 12
    ");
    insta::assert_snapshot!(fixture("counts.ipynb"), @r"
    # Counting swifts
    Every evening in May.

    ```python
    print(41)
    ```

    ```
    41
    ```
    ");
    insta::assert_snapshot!(fixture("files.zip"), @r"
    rates.csv

    berth | price

    berth: A1 | price: 12

    # rules/hide.md

    # The hide

    No drones.
    ");
}

#[test]
fn the_older_and_the_open_office_kinds_are_read() {
    insta::assert_snapshot!(fixture("diary.odt"), @r"
    # Marsh diary

    The bittern boomed on 14 April.

    | Month | Level |
    | --- | --- |
    | April | 84 cm |
    ");
    insta::assert_snapshot!(fixture("prices.ods"), @r"
    # Prices

    Item | Price

    Item: Rope | Price: 12,50 €
    Item: Block | Price: 410,00 €
    ");
    insta::assert_snapshot!(fixture("ferry.odp"), @r"
    # The ferry

    It sails at 6:20.

    # Winter

    It does not sail on ice.
    ");
    insta::assert_snapshot!(fixture("catches.xls"), @r"
    # Catches

    Boat | Cod | Landed

    Boat: Terna | Cod: 812 | Landed: 2024-02-29
    Boat: Alke | Cod: 15.5 | Landed: 2024-03-01
    ");
}

#[test]
fn flat_kinds_of_the_open_office_are_read() {
    insta::assert_snapshot!(fixture("weir.fodt"), @r"
    # Keys of the weir

    The sluice key hangs in the pump house.

    | Key | Holder |
    | --- | --- |
    | Sluice | Oline |

    Nordby water board
    ");
    insta::assert_snapshot!(fixture("tariff.fods"), @r"
    # Tariff

    Class | Fee

    Class: Rowing boat | Fee: 12,50 €
    Class: Cutter | Fee: 48,00 €
    ");
    insta::assert_snapshot!(fixture("dredging.fodp"), @r"
    # Dredging

    It begins on 7 October.

    # Berths

    B1 to B9 are closed meanwhile.
    ");
}

#[test]
fn containers_of_older_programs_are_read() {
    assert_eq!(fixture("cyrillic.msg"), "Subject: Subject автоматически Subject\n\nBody автоматически Body");
    assert_eq!(fixture("page-break.doc"), "Line 1\n\nLine 2");
    assert_eq!(
        fixture("order.ppt"),
        "# Slide 1\n\nFirst slide I added\n\n# Slide 2\n\n- Third slide I added\n\n# Slide 3\n\n- Second slide I added"
    );
}

/// The folder that the developers share beside the repository.
fn shared(what: &str) -> Option<PathBuf> {
    let folder =
        std::env::var_os("DOCENT_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from).join(what);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {} is not there", folder.display());
    None
}

struct Case {
    text: String,
    wrong: Vec<String>,
}

impl Case {
    fn of(cases: &Path, file: &str) -> Self {
        let bytes = std::fs::read(cases.join(file)).expect("a case");
        let name = file.rsplit('/').next().unwrap_or(file);
        let text = match read(name, &bytes) {
            Ok(pages) => text(&pages),
            Err(error) => format!("ERROR {error}"),
        };
        Self { text, wrong: Vec::new() }
    }

    fn has(&mut self, words: &str) -> &mut Self {
        if !self.text.contains(words) {
            self.wrong.push(format!("without `{words}`"));
        }
        self
    }

    fn lacks(&mut self, words: &str) -> &mut Self {
        if self.text.contains(words) {
            self.wrong.push(format!("with `{words}`"));
        }
        self
    }

    fn on_a_line(&mut self, words: &[&str]) -> &mut Self {
        if !self.text.lines().any(|line| words.iter().all(|it| line.contains(it))) {
            self.wrong.push(format!("no line with {words:?}"));
        }
        self
    }

    fn in_order(&mut self, words: &[&str]) -> &mut Self {
        let mut rest = self.text.as_str();
        for word in words {
            match rest.split_once(word) {
                Some((_, after)) => rest = after,
                None => self.wrong.push(format!("`{word}` is missing or too early")),
            }
        }
        self
    }

    fn end(&self) {
        assert!(self.wrong.is_empty(), "{:#?}\n{}", self.wrong, self.text);
    }
}

#[test]
fn word_files_of_the_cases() {
    let Some(cases) = shared("cases") else { return };
    Case::of(&cases, "11-docx-auto-numbering/lease.docx")
        .on_a_line(&["Article 1", "Term"])
        .on_a_line(&["1.2", "It is renewed unless"])
        .on_a_line(&["Article 2", "Rent"])
        .on_a_line(&["2.2", "The tenant pays interest"])
        .on_a_line(&["(b)", "nine per cent"])
        .on_a_line(&["2.3", "Repairs to the slipway"])
        .has("\nUnnumbered side remark.\n")
        .on_a_line(&["IV.", "Schedule of fittings"])
        .on_a_line(&["V.", "Schedule of keys"])
        .on_a_line(&["Article 7", "Final provisions"])
        .end();
    Case::of(&cases, "14-docx-fields/letter.docx")
        .has("Opening hours")
        .lacks("PAGEREF")
        .lacks("MERGEFIELD")
        .lacks("TOC ")
        .has("Dear Captain Dahl, your berth is number 27.")
        .lacks("HIDDEN-33")
        .has("The tide tables hang in the hall.")
        .on_a_line(&["☒", "shore power"])
        .has("Vessel: Terna")
        .lacks("invisible-88")
        .end();
    Case::of(&cases, "14-docx-fields/FieldCodes.docx").has("ANTONI").lacks("MERGEFORMAT").end();
    Case::of(&cases, "39-merged-cells-everywhere/merged-word.docx")
        .on_a_line(&["| North two | 12"])
        .on_a_line(&["| First | Second"])
        .end();
    Case::of(&cases, "62-word-elements/vmerge.docx").on_a_line(&["Hub", "7"]).end();
    Case::of(&cases, "62-word-elements/ruby.docx").has("駅は東京").has("です").end();
    Case::of(&cases, "62-word-elements/integral.docx").has("x dx").has("Area").has("Work").has("_0^").end();
}

#[test]
fn tables_and_slides_of_the_cases() {
    let Some(cases) = shared("cases") else { return };
    Case::of(&cases, "17-xlsx-number-formats/stock.xlsx")
        .on_a_line(&["Rope", "00742", "7.5%"])
        .has("1,234.50")
        .has("310.25")
        .has("6.02E+23")
        .has("Left: 12")
        .on_a_line(&["Twine", "00058", "100%"])
        .has("1,500,000")
        .on_a_line(&["Tar", "007"])
        .lacks("0.30000000000000004")
        .has("12345678901234")
        .end();
    Case::of(&cases, "25-pptx-groups-tables/yard.pptx")
        .has("GROUPED ONE")
        .has("NESTED TWO")
        .on_a_line(&["Winter berth", "4,200 crowns"])
        .lacks("BOXSECOND")
        .lacks("950crowns")
        .lacks("overline")
        .has("Click here")
        .lacks("_x000B_")
        .lacks("Click to add")
        .end();
    Case::of(&cases, "25-pptx-groups-tables/powerpoint_bad_text.pptx")
        .has("free standard content template collection")
        .end();
    Case::of(&cases, "25-pptx-groups-tables/powerpoint_issue_2663.pptx")
        .has("Some open-source solutions may require advanced technical expertise")
        .end();
    Case::of(&cases, "47-html-tables-without-header/noth.html")
        .on_a_line(&["Tarred rope", "18.50"])
        .on_a_line(&["Oak block", "410.00"])
        .on_a_line(&["Terna", "Oline", "812"])
        .on_a_line(&["A2", "Alke"])
        .end();
    Case::of(&cases, "47-html-tables-without-header/esc.html")
        .lacks("&#124;")
        .has("max_file_size and retry_count in config_main.ini")
        .end();
}

#[test]
fn texts_and_books_of_the_cases() {
    let Some(cases) = shared("cases") else { return };
    let chapters = ["barrel", "candle", "dinghy", "eel trap", "flute"];
    Case::of(&cases, "26-epub-order-and-damage/keeper.epub")
        .in_order(&chapters)
        .lacks("Jump to the start")
        .end();
    let left = ["barrel", "candle", "eel trap", "flute"];
    Case::of(&cases, "26-epub-order-and-damage/keeper-bad-crc.epub").in_order(&left).end();
    Case::of(&cases, "30-markdown-fences-and-front-matter/guide.md")
        .has("tar the headline")
        .has("Team Seine")
        .end();
    for file in ["dose.txt", "dose.md"] {
        Case::of(&cases, &format!("38-characters-with-a-meaning/{file}"))
            .has("1½ tablets")
            .has("10⁶ litres")
            .end();
    }
    for entry in std::fs::read_dir(cases.join("32-text-file-kinds")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        Case::of(&cases, &format!("32-text-file-kinds/{name}")).lacks("ERROR the ").lacks("ERROR `").end();
    }
}

/// `DOCENT_EXAMINE=<folder or file> cargo test -p docent-extract --lib examine -- --ignored --nocapture` shows what is
/// read of files.
#[test]
#[ignore = "shows files that are named in DOCENT_EXAMINE"]
fn examine() {
    let Some(path) = std::env::var_os("DOCENT_EXAMINE").map(PathBuf::from) else { return };
    let mut files = vec![path.clone()];
    if path.is_dir() {
        files =
            std::fs::read_dir(path).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_file()).collect();
    }
    files.sort();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let begun = std::time::Instant::now();
        let outcome = std::panic::catch_unwind(|| read(&name, &std::fs::read(&file).unwrap()));
        println!("===== {name} in {:.2} s", begun.elapsed().as_secs_f64());
        match outcome {
            Ok(Ok(pages)) => {
                for page in pages {
                    println!("--- {} {:?} {:?}\n{}", page.number, page.verdict, page.warning, page.text);
                }
            }
            Ok(Err(error)) => println!("ERROR {error}"),
            Err(_) => println!("PANIC"),
        }
    }
}
