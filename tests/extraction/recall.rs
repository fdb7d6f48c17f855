//! How many of the words that poppler's `pdftotext` finds are found here too.

use super::corpus::readings;
use super::{pdfium, shared};
use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use unicode_normalization::UnicodeNormalization;

/// The promise, as a mean over files.
const AT_LEAST: f64 = 0.93;

/// Shorter texts say nothing about a mean.
const MIN_WORDS: usize = 10;

#[tokio::test]
async fn pdfs_are_read_nearly_as_completely_as_by_pdftotext() {
    let Some(corpus) = shared("corpus") else { return };
    if Command::new("pdftotext").arg("-v").output().is_err() {
        println!("skipped: pdftotext (poppler-utils) is not installed");
        return;
    }
    let (mut sum, mut files, mut matched, mut all) = (0.0, 0, 0, 0);
    for (name, pages) in readings(&corpus).await.iter().filter(|(name, _)| name.ends_with(".pdf")) {
        let reference = reference(&corpus.join(name));
        if reference.len() < MIN_WORDS {
            continue;
        }
        let pages = pages.as_deref().unwrap_or_default();
        let text = pages.iter().map(|page| page.text.as_str()).collect::<Vec<_>>().join("\n");
        let ours = words(&text);
        let hits = common(&reference, &ours);
        let recall = hits as f64 / reference.len() as f64;
        let precision = hits as f64 / ours.len().max(1) as f64;
        println!("{recall:.3} {precision:.3} {:7} {name}", reference.len());
        sum += recall;
        files += 1;
        matched += hits;
        all += reference.len();
    }
    let mean = sum / f64::from(files);
    println!("mean recall {mean:.4} of {files} files; by words {:.4}", matched as f64 / all as f64);
    if pdfium().is_none() {
        println!("not asserted: the promise includes pdfium, which is not here");
        return;
    }
    assert!(mean >= AT_LEAST, "mean word recall {mean:.4} against pdftotext");
}

fn reference(path: &Path) -> Vec<String> {
    let output = Command::new("pdftotext").arg("-enc").arg("UTF-8").arg(path).arg("-").output().unwrap();
    words(&String::from_utf8_lossy(&output.stdout))
}

/// NFKC, lower case, hyphens at line ends joined, Chinese and Japanese by character.
fn words(text: &str) -> Vec<String> {
    let text: String = text.nfkc().collect::<String>().to_lowercase();
    let text = text.replace("-\n", "").replace("\u{AD}\n", "").replace('\u{AD}', "");
    let mut words = Vec::new();
    let mut spaced = String::new();
    for run in text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        if run.len() == 1 && run.chars().all(char::is_alphabetic) {
            spaced.push_str(run);
            continue;
        }
        words.extend(letters(&std::mem::take(&mut spaced)));
        if run.chars().any(|c| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}')) {
            words.extend(run.chars().map(String::from));
        } else {
            words.push(run.to_owned());
        }
    }
    words.extend(letters(&spaced));
    words
}

/// Three and more single letters in a row are a word that was set, or read, with gaps: `l e t t e r`.
fn letters(run: &str) -> Vec<String> {
    if run.len() >= 3 { vec![run.to_owned()] } else { run.chars().map(String::from).collect() }
}

fn common(reference: &[String], ours: &[String]) -> usize {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in ours {
        *left.entry(word).or_default() += 1;
    }
    let mut take = |word: &String| left.get_mut(word.as_str()).filter(|n| **n > 0).map(|n| *n -= 1).is_some();
    reference.iter().filter(|word| take(word)).count()
}
