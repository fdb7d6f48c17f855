//! E-books: the documents of the spine, in reading order.

use super::error::ExtractError;
use super::format::Format;
use super::sink::{Sink, Source, Unit};
use super::{archive, markup};
use rbook::Epub;
use std::io::Cursor;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    archive::check(&source, Format::Epub)?;
    let max_nesting = source.budget.max_nesting;
    let damaged = |error: &dyn std::fmt::Display| ExtractError::corrupt(error.to_string());
    let mut options = Epub::options();
    let book = options.strict(false).read(Cursor::new(source.bytes)).map_err(|error| damaged(&error))?;
    let spine: Vec<_> = book.spine().iter().collect();
    sink.total(spine.len())?;
    for item in spine {
        if sink.skips_next() {
            continue;
        }
        let read = item.manifest_entry().map(|entry| entry.read_str());
        let unit = match read {
            Some(Ok(html)) => markup::page(&html, max_nesting)?,
            _ => Unit {
                warning: Some("A part of the book is missing from the file".to_owned()),
                ..Unit::text(String::new())
            },
        };
        sink.page(unit)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn chapters_come_in_reading_order() {
        let pages = collect(read, include_bytes!("../../fixtures/documents/owls.epub").to_vec()).unwrap();
        let titles: Vec<_> = pages.iter().map(|it| (it.number, it.headings[0].title.as_str())).collect();
        assert_eq!(titles, [(1, "Hearing"), (2, "Feathers")]);
        assert!(pages[1].text.contains("without a sound"));
        assert!(!pages[0].numbered, "readers know chapters by name, not by place in the spine");
    }

    #[test]
    fn a_book_that_is_cut_off_is_damaged() {
        let whole = include_bytes!("../../fixtures/documents/owls.epub");
        let cut = whole[..whole.len() - 200].to_vec();
        assert!(matches!(collect(read, cut), Err(ExtractError::Corrupt { .. })));
    }
}
