//! Pictures as documents: how many pages there are. What is on them is for a recogniser to see.

use super::error::ExtractError;
use super::sink::{Sink, Source, Unit};
use docent_domain::document::Verdict;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let pages = pages(&source.bytes, source.budget.max_pages);
    sink.total(pages)?;
    for _ in 0..pages {
        if sink.skips_next() {
            continue;
        }
        let warning = "The page is a picture; its text needs OCR".to_owned();
        sink.page(Unit {
            numbered: pages > 1,
            verdict: Verdict::NeedsOcr,
            warning: Some(warning),
            ..Unit::text(String::new())
        })?;
    }
    Ok(())
}

/// The directories of a TIFF that are pages of their own, and 1 of anything else.
fn pages(bytes: &[u8], most: u64) -> usize {
    directories(bytes, most).unwrap_or(1).max(1)
}

/// `None` where the chain cannot be followed: whoever decodes it will say what is wrong.
fn directories(bytes: &[u8], most: u64) -> Option<usize> {
    let little = match bytes.get(..4)? {
        [b'I', b'I', 42 | 43, 0] => true,
        [b'M', b'M', 0, 42 | 43] => false,
        _ => return None,
    };
    let big = bytes[if little { 2 } else { 3 }] == 43;
    let number = |at: usize, size: usize| {
        let part = bytes.get(at..at.checked_add(size)?)?;
        let fold = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
        let value = if little { part.iter().rev().fold(0, fold) } else { part.iter().fold(0, fold) };
        usize::try_from(value).ok()
    };
    let (count_size, entry_size, offset_size) = if big { (8, 20, 8) } else { (2, 12, 4) };
    let mut at = if big { number(8, 8)? } else { number(4, 4)? };
    let mut found = 0;
    // A chain that bites its tail ends at the limit, which is then exceeded.
    while at != 0 && found as u64 <= most {
        let entries = number(at, count_size)?;
        found += 1;
        let Some(next) = entries
            .checked_mul(entry_size)
            .and_then(|size| number(at.checked_add(count_size)?.checked_add(size)?, offset_size))
        else {
            break;
        };
        at = next;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    /// Directories without entries, each pointing to the next.
    fn tiff(pages: u32) -> Vec<u8> {
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        for page in 1..=pages {
            bytes.extend([0, 0]);
            let next = if page == pages { 0 } else { 8 + page * 6 };
            bytes.extend(next.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn every_page_of_a_tiff_counts() {
        let pages = collect(read, tiff(3)).unwrap();
        assert_eq!(
            pages.iter().map(|it| (it.number, it.numbered)).collect::<Vec<_>>(),
            [(1, true), (2, true), (3, true)]
        );
        assert!(pages.iter().all(|it| it.verdict == Verdict::NeedsOcr));
        let single = collect(read, b"\x89PNG\r\n\x1a\n".to_vec()).unwrap();
        assert_eq!((single.len(), single[0].numbered), (1, false));
    }

    #[test]
    fn a_chain_without_end_is_refused() {
        let mut endless = tiff(1);
        endless[10] = 8;
        let error = collect(read, endless).unwrap_err();
        assert!(matches!(error, ExtractError::Limit { .. }), "{error}");
    }
}
