//! PDF: three engines that know each other's weaknesses.
//!
//! lopdf is the gate (passwords, pages, limits, outline) and the last resort; pdf_oxide reads the text, and survives
//! damage that the gate does not; libpdfium, where installed, reads along and is preferred where it sees clearly more.

mod headings;
mod oxide;
mod pdfium;
mod structure;

use super::error::ExtractError;
use super::sink::{Sink, Source, Unit};
use super::{clean, page::Heading};
use docent_domain::document::Verdict;
use structure::Gate;

pub(super) use pdfium::load as load_second_engine;

/// More garbage than this, and the text helps nobody.
const MAX_GARBAGE: f64 = 0.25;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let gate = structure::open(&source.bytes, source.budget.max_stream_bytes)?;
    // An engine that ended the process may do it again: the next attempt goes without the one, then without the other.
    let second = if source.attempt == 1 { None } else { pdfium::open(&source.bytes) };
    let first = if source.attempt >= 2 { None } else { oxide::open(source.bytes.clone()) };
    let pages = match (&gate, &first, &second) {
        (Gate::Open(structure), ..) => structure.pages(),
        (_, Some(first), _) if first.pages() > 0 => first.pages(),
        (_, _, Some(second)) if second.pages() > 0 => second.pages(),
        (Gate::Encrypted, ..) => return Err(ExtractError::Encrypted),
        (Gate::Damaged(detail), ..) => return Err(ExtractError::corrupt(detail.clone())),
    };
    sink.total(pages)?;
    let outline = gate.outline();
    let (mut any_text, mut any_excess) = (false, false);
    for index in 0..pages {
        if sink.skips_next() {
            any_text = true;
            continue;
        }
        if gate.is_excessive(index, source.budget.max_stream_bytes) {
            any_excess = true;
            sink.page(left_out())?;
            continue;
        }
        let text = best_text(
            || first.as_ref().and_then(|it| it.text(index)),
            || second.as_ref().and_then(|it| it.text(index)),
            || gate.text(index, source.budget.max_stream_bytes),
        );
        let has_pictures = || gate.has_pictures(index).or_else(|| first.as_ref()?.has_pictures(index));
        let unit = judged(text, &|| has_pictures().unwrap_or(false), outline.get(&index));
        any_text |= unit.verdict == Verdict::Text;
        sink.page(unit)?;
    }
    if any_excess && !any_text {
        return Err(ExtractError::limit("its pages unpack to far more than their size"));
    }
    Ok(())
}

fn left_out() -> Unit {
    let warning = "The page unpacks to far more than its size and is left out".to_owned();
    Unit { numbered: true, verdict: Verdict::Garbled, warning: Some(warning), ..Unit::text(String::new()) }
}

/// On this many words the second engine is the better reader.
const LONG_PAGE_WORDS: usize = 100;

/// The second engine's text counts on long pages, and where the first has less than four fifths of its words. On long
/// pages the first is still preferred if it sees more: form fields, mostly. The third counts where there is no other.
fn best_text(
    first: impl Fn() -> Option<String>,
    second: impl Fn() -> Option<String>,
    third: impl Fn() -> Option<String>,
) -> Option<String> {
    let first = first().map(|text| clean::normalise_lines(&text));
    let second = second().filter(|text| clean::garbage_share(text) <= MAX_GARBAGE || first.is_none());
    let second = second.map(|text| clean::normalise_lines(&text));
    let count = |text: &Option<String>| text.as_deref().map_or(0, clean::words);
    let (in_first, in_second) = (count(&first), count(&second));
    let thin = in_first * 5 < in_second * 4;
    let long = in_second >= LONG_PAGE_WORDS && in_first * 20 <= in_second * 21;
    let better = if thin || long { second } else { first };
    if in_first.max(in_second) > 0 {
        return better;
    }
    let third = third().filter(|text| clean::garbage_share(text) <= MAX_GARBAGE);
    third.map(|text| clean::normalise_lines(&text)).filter(|text| clean::words(text) > 0).or(better)
}

fn judged(
    text: Option<String>,
    has_pictures: &dyn Fn() -> bool,
    outline: Option<&Vec<(u8, String)>>,
) -> Unit {
    let failed = text.is_none();
    let text = text.unwrap_or_default();
    let garbled = clean::garbage_share(&text) > MAX_GARBAGE;
    let (verdict, warning) = match () {
        () if garbled => (Verdict::Garbled, Some("The characters of the page cannot be made out")),
        () if clean::words(&text) > 0 => (Verdict::Text, None),
        () if has_pictures() => (Verdict::NeedsOcr, Some("The page is a picture; its text needs OCR")),
        () if failed => (Verdict::Garbled, Some("The page is damaged and could not be read")),
        () => (Verdict::Empty, None),
    };
    let pictures = verdict == Verdict::Text && has_pictures();
    let text = if verdict == Verdict::Text { text } else { String::new() };
    let headings: Vec<Heading> = outline.map(|entries| headings::placed(&text, entries)).unwrap_or_default();
    let warning = warning.map(str::to_owned);
    Unit { text, numbered: true, verdict, headings, markdown: false, pictures, warning }
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn pages_are_numbered_and_carry_the_outline() {
        let pages = collect(read, include_bytes!("../../../fixtures/documents/birds.pdf").to_vec()).unwrap();
        let titles: Vec<_> = pages.iter().map(|it| (it.number, it.headings[0].title.as_str())).collect();
        assert_eq!(
            titles,
            [
                (1, "Swifts of the old town"),
                (2, "White storks on the chimney"),
                (3, "Kingfishers at the mill"),
                (4, "How we count")
            ]
        );
        assert!(pages.iter().all(|it| it.numbered && it.verdict == Verdict::Text));
        assert!(pages[1].text.contains("raised four young, which left on 19 August."), "{}", pages[1].text);
        assert!(!pages[1].text.contains("Kingfisher"));
    }

    fn best(first: Option<&str>, second: Option<&str>, third: Option<&str>) -> Option<String> {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        best_text(|| owned(first), || owned(second), || owned(third))
    }

    #[test]
    fn engines_are_preferred_by_what_they_see() {
        assert_eq!(best(Some("one two three four"), Some("1 2 3 4 5"), None).unwrap(), "one two three four");
        assert_eq!(best(Some("one"), Some("one two"), None).unwrap(), "one two");
        assert_eq!(best(None, Some("two"), Some("three")).unwrap(), "two");
        assert_eq!(best(Some(""), None, Some("three")).unwrap(), "three");
        assert_eq!(best(None, None, Some("\u{FFFD}\u{FFFD}\u{FFFD}ab")), None, "garbage is not a text");
        assert_eq!(best(Some(""), None, None).unwrap(), "");
    }

    #[test]
    fn pages_without_text_say_why() {
        let verdict =
            |text: Option<&str>, pictures: bool| judged(text.map(str::to_owned), &|| pictures, None).verdict;
        assert_eq!(verdict(Some("words"), true), Verdict::Text);
        assert_eq!(verdict(Some(""), true), Verdict::NeedsOcr);
        assert_eq!(verdict(None, true), Verdict::NeedsOcr);
        assert_eq!(verdict(Some(""), false), Verdict::Empty);
        assert_eq!(verdict(None, false), Verdict::Garbled);
        assert_eq!(verdict(Some("\u{FFFD}\u{FFFD}x"), false), Verdict::Garbled);
    }
}
