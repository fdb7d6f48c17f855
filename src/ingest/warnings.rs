//! What a reader of the document list is told about pages without text.

use super::error::IngestError;
use super::read::Reading;
use docent_domain::document::Verdict;
use docent_store::Flaw;

/// Page ranges named in one sentence.
const RANGES: usize = 20;

/// One sentence for each reason, naming the pages, and each page's own remark.
pub fn sentences(flaws: &[Flaw]) -> Vec<String> {
    let mut sentences = Vec::new();
    for (verdict, what) in [
        (Verdict::NeedsOcr, "no text, only pictures of it; text recognition (OCR) would be needed"),
        (Verdict::Garbled, "text whose characters cannot be made out"),
        (Verdict::Empty, "no text"),
    ] {
        let plain = flaws.iter().filter(|flaw| flaw.verdict == verdict && flaw.warning.is_none());
        let pages: Vec<i64> = plain.map(|flaw| flaw.number).collect();
        if let Some(pages) = ranges(&pages) {
            let verb = if pages.starts_with("Pages") { "have" } else { "has" };
            sentences.push(format!("{pages} {verb} {what}"));
        }
    }
    let mut remarks: Vec<&str> = flaws.iter().filter_map(|flaw| flaw.warning.as_deref()).collect();
    remarks.dedup();
    let more = remarks.len().saturating_sub(RANGES);
    sentences.extend(remarks.into_iter().take(RANGES).map(str::to_owned));
    if more > 0 {
        sentences.push(format!("… and {more} more remarks on pages"));
    }
    sentences
}

/// Why a document has no chunks at all.
pub async fn no_text(reading: &Reading<'_>) -> Result<IngestError, IngestError> {
    let (document, generation) = reading.name();
    let flaws = reading.parts.store.read().await?.flawed_pages(document, generation).await?;
    Ok(IngestError::NoText(reason(&flaws).to_owned()))
}

fn reason(flaws: &[Flaw]) -> &'static str {
    let any = |verdict| flaws.iter().any(|flaw| flaw.verdict == verdict);
    if any(Verdict::NeedsOcr) {
        "its pages are pictures; send it again after text recognition (OCR)"
    } else if any(Verdict::Garbled) {
        "its characters cannot be made out; export it anew from the program it comes from"
    } else {
        "its pages are empty"
    }
}

fn ranges(pages: &[i64]) -> Option<String> {
    let mut ranges: Vec<(i64, i64)> = Vec::new();
    for &page in pages {
        match ranges.last_mut() {
            Some((_, end)) if *end + 1 == page => *end = page,
            _ => ranges.push((page, page)),
        }
    }
    let (first, last) = (*pages.first()?, *pages.last()?);
    let shown = ranges.iter().take(RANGES).map(|(start, end)| match end - start {
        0 => start.to_string(),
        _ => format!("{start}–{end}"),
    });
    let mut list = shown.collect::<Vec<_>>().join(", ");
    if ranges.len() > RANGES {
        list.push_str(" and others");
    }
    Some(format!("{} {list}", if first == last { "Page" } else { "Pages" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flaw(number: i64, verdict: Verdict) -> Flaw {
        Flaw { number, numbered: true, verdict, warning: None }
    }

    #[test]
    fn pages_are_named_with_the_reason() {
        let mut flaws: Vec<Flaw> = [2, 4, 5, 6].map(|n| flaw(n, Verdict::NeedsOcr)).into();
        flaws.push(flaw(9, Verdict::Empty));
        flaws.push(Flaw {
            number: 11,
            numbered: true,
            verdict: Verdict::Garbled,
            warning: Some("Page 11 could not be read and is left out".into()),
        });
        insta::assert_snapshot!(sentences(&flaws).join("\n"), @r"
        Pages 2, 4–6 have no text, only pictures of it; text recognition (OCR) would be needed
        Page 9 has no text
        Page 11 could not be read and is left out
        ");
        assert!(sentences(&[]).is_empty());
    }

    #[test]
    fn long_lists_are_cut() {
        let flaws: Vec<Flaw> = (0..100).map(|n| flaw(n * 2 + 1, Verdict::Empty)).collect();
        let sentence = sentences(&flaws).remove(0);
        assert!(sentence.ends_with("37, 39 and others have no text"), "{sentence}");
    }
}
