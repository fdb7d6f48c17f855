//! Real files, each with what is expected of it.

use super::{extractors, pdfium, read, shared};
use docent::domain::document::Verdict;
use docent::domain::{Code, Coded};
use docent::extract::{Limits, Page};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use tokio::sync::OnceCell;
use unicode_normalization::UnicodeNormalization;

/// What only the second PDF engine reads as people would.
const NEED_PDFIUM: &[&str] = &["embedded-cmap-cidfont.pdf", "multi-column-2p.pdf"];

pub(super) type Readings = BTreeMap<String, Result<Vec<Page>, Code>>;

/// The whole corpus, read once for all tests.
pub(super) async fn readings(corpus: &Path) -> &'static Readings {
    static READINGS: OnceCell<Readings> = OnceCell::const_new();
    let read_all = || async {
        let extractors = extractors(Limits::default());
        let mut readings = Readings::new();
        for entry in std::fs::read_dir(corpus).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if !name.ends_with(".tsv") {
                let pages = read(&extractors, &name, &std::fs::read(&path).unwrap()).await;
                readings.insert(name, pages.map_err(|error| error.code()));
            }
        }
        readings
    };
    READINGS.get_or_init(read_all).await
}

#[tokio::test]
async fn every_file_of_the_corpus_ends_as_its_manifest_says() {
    let Some(corpus) = shared("corpus") else { return };
    let readings = readings(&corpus).await;
    let manifest = std::fs::read_to_string(corpus.join("manifest.tsv")).unwrap();
    let (mut wrong, mut count, mut optional) = (String::new(), 0, (0, 0));
    for line in manifest.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [file, .., outcome, needles, optional_needles] = fields[..] else { panic!("{line}") };
        let pages = &readings[file];
        count += 1;
        match judge(outcome, &list(needles), pages) {
            Err(complaint) if pdfium().is_none() && NEED_PDFIUM.contains(&file) => {
                println!("without pdfium: {file}: {complaint:.120}");
            }
            Err(complaint) => writeln!(wrong, "{file}: {complaint}").unwrap(),
            Ok(()) => {}
        }
        let wished = list(optional_needles);
        let text = pages.as_deref().map(joined).unwrap_or_default();
        optional.0 += wished.iter().filter(|needle| found(&text, needle)).count();
        optional.1 += wished.len();
    }
    println!("{count} files; optional needles found: {} of {}", optional.0, optional.1);
    assert!(wrong.is_empty(), "{wrong}");
}

fn list(json: &str) -> Vec<String> {
    serde_json::from_str(json).unwrap()
}

fn joined(pages: &[Page]) -> String {
    pages.iter().map(|page| page.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn judge(outcome: &str, needles: &[String], pages: &Result<Vec<Page>, Code>) -> Result<(), String> {
    let code = pages.as_ref().err().copied();
    let text = pages.as_deref().map(joined).unwrap_or_default();
    let as_expected = match outcome {
        "text" => {
            let missing: Vec<_> = needles.iter().filter(|needle| !found(&text, needle)).collect();
            if pages.is_ok() && missing.is_empty() {
                return Ok(());
            }
            return Err(format!(
                "{code:?}, without {missing:?} in {:?}",
                text.chars().take(1500).collect::<String>()
            ));
        }
        "no_text" => match pages {
            Ok(pages) => pages.iter().all(|page| page.verdict != Verdict::Text && page.text.is_empty()),
            Err(_) => code == Some(Code::EmptyFile),
        },
        "error:encrypted" => code == Some(Code::EncryptedDocument),
        "error:corrupt" => code == Some(Code::CorruptDocument),
        "error:resource_or_any" => code.is_none_or(|code| code == Code::ExtractionLimit),
        // What was out of reach when the corpus was put together may be read by now.
        "unsupported" => code.is_none() || code == Some(Code::UnsupportedFileType),
        "any" => code != Some(Code::ExtractionCrashed) && code != Some(Code::Internal),
        other => panic!("unknown outcome {other}"),
    };
    if as_expected {
        Ok(())
    } else {
        Err(format!("expected {outcome}, got {:?}", pages.as_ref().map(|_| &text)))
    }
}

fn found(text: &str, needle: &str) -> bool {
    let (text, needle) = (comparable(text), comparable(needle));
    text.contains(&needle) || (is_unspaced(&needle) && spaceless(&text).contains(&spaceless(&needle)))
}

/// As the corpus asks: NFKC, no soft hyphens or bidi controls, runs of white space as one space.
fn comparable(text: &str) -> String {
    let invisible = |c: &char| matches!(c, '\u{AD}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let text: String = text.nfkc().filter(|c| !invisible(c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_unspaced(needle: &str) -> bool {
    needle.chars().any(|c| {
        matches!(c, '\u{590}'..='\u{6FF}' | '\u{E00}'..='\u{E7F}' | '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')
    })
}

fn spaceless(text: &str) -> String {
    text.split_whitespace().collect()
}
