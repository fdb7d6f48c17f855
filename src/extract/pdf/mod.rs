//! PDF: the characters of a page with their places, and a layout of our own.
//!
//! lopdf is the gate: passwords, pages, limits, outline, hidden layers, form fields. libpdfium reads the characters where
//! it is installed, pdf_oxide where it is not, and where the first sees little or nothing that is text. `docent-layout`
//! puts them in order; the engines' own ideas of words and lines are not asked, except where the places are damaged.

mod choice;
mod clips;
mod covers;
mod doubt;
mod fields;
mod headings;
mod layers;
mod oxide;
mod pages;
mod pdfium;
mod placed;
mod raw;
mod structure;
mod tidy;
mod xfa;

use super::clean;
use super::error::ExtractError;
use super::sink::{Sink, Source};
use super::vocabulary;
use choice::Engines;
use docent_domain::document::Verdict;
use docent_layout::Vocabulary;
use pages::Binder;
use structure::{Drawn, Gate};

pub(super) use pdfium::load as load_engine;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let budget = &source.budget;
    let gate = structure::open(&source.bytes, budget.max_stream_bytes, budget.max_pages)?;
    let shown = gate.without_hidden(budget.max_stream_bytes);
    let bytes = shown.as_deref().unwrap_or(&source.bytes);
    // An engine that ended the process may do it again: the next attempt goes without the one, then without the other.
    let engines = Engines::open(bytes, source.attempt);
    let pages = match &gate {
        Gate::Open(structure) => structure.pages(),
        _ if engines.pages() > 0 => engines.pages(),
        Gate::Encrypted => return Err(ExtractError::Encrypted),
        Gate::Damaged(detail) => return Err(ExtractError::corrupt(detail.clone())),
    };
    sink.total(pages)?;
    let words = vocabulary::known();
    let vocabulary: &dyn Vocabulary = words.map_or(&(), |words| words);
    // After a crash each page is handed over at once: the next one is then the one to blame.
    let mut binder = Binder::new(gate.outline(), vocabulary, source.attempt == 0);
    let is_cut = is_cut(&source.bytes);
    let (mut any_text, mut any_excess, mut any_trace) = (false, false, false);
    for index in 0..pages {
        if sink.skips_next() {
            (any_text, any_trace) = (true, true);
            binder.skip();
            continue;
        }
        let drawn = gate.content(index, budget.max_stream_bytes);
        if drawn == Drawn::Excessive {
            any_excess = true;
            binder.left_out(index, sink)?;
            continue;
        }
        let values = if index == 0 { gate.xfa_values() } else { None };
        let mut page = match values {
            Some(values) => choice::of_values(&values),
            None => engines.page(index, drawn, &gate, budget.max_stream_bytes),
        };
        any_text |= page.has_text();
        any_trace |= page.verdict != Verdict::Empty;
        if is_cut && index + 1 == pages {
            page.warning.get_or_insert_with(|| format!("{CUT}; what stood there is not read"));
        }
        binder.page(index, page, sink)?;
    }
    binder.finish(sink)?;
    if any_excess && !any_text {
        return Err(ExtractError::limit("its pages unpack to far more than their size"));
    }
    if is_cut && !any_trace {
        return Err(ExtractError::corrupt(CUT));
    }
    Ok(())
}

/// What is said of a file that arrived in part.
const CUT: &str = "the end of the file is missing";
/// The end is looked for in so many of the last bytes: some programs write more behind it.
const TAIL: usize = 2_048;

/// Whether neither mark of a file's end is where it belongs.
fn is_cut(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    let has = |mark: &[u8]| tail.windows(mark.len()).any(|it| it == mark);
    !has(b"%%EOF") && !has(b"startxref")
}

#[cfg(test)]
mod tests;
