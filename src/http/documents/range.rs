//! `Range: bytes=…` (RFC 9110): one range; several at once are answered with the whole, which is allowed.

use std::ops::Range;

/// What part of a file a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    Whole,
    Part(Range<u64>),
    /// Outside the file.
    Nothing,
}

/// Reads the header's value against a file of `size` bytes. What cannot be read counts as no range at all.
pub(crate) fn wanted(header: Option<&str>, size: u64) -> Wanted {
    let Some(spec) = header.and_then(|value| value.trim().strip_prefix("bytes=")) else {
        return Wanted::Whole;
    };
    let Some((first, last)) = spec.trim().split_once('-') else { return Wanted::Whole };
    let range = match (number(first), number(last)) {
        (Some(first), Some(last)) if last < first => return Wanted::Whole,
        (Some(first), Some(last)) => first..last.saturating_add(1).min(size),
        (Some(first), None) if last.trim().is_empty() => first..size,
        (None, Some(suffix)) if first.trim().is_empty() => size.saturating_sub(suffix)..size,
        _ => return Wanted::Whole,
    };
    if range.start < range.end { Wanted::Part(range) } else { Wanted::Nothing }
}

fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_cut_to_the_file() {
        let check = |header| wanted(Some(header), 100);
        assert_eq!(check("bytes=0-9"), Wanted::Part(0..10));
        assert_eq!(check("bytes=90-"), Wanted::Part(90..100));
        assert_eq!(check("bytes=-10"), Wanted::Part(90..100));
        assert_eq!(check("bytes=-1000"), Wanted::Part(0..100));
        assert_eq!(check("bytes=50-18446744073709551615"), Wanted::Part(50..100));
        assert_eq!(check("bytes=100-"), Wanted::Nothing);
        assert_eq!(check("bytes=-0"), Wanted::Nothing);
        for odd in ["bytes=9-0", "bytes=a-b", "bytes=0-1,5-6", "items=0-1", "bytes=", "bytes=-", "bytes=+1-2"]
        {
            assert_eq!(check(odd), Wanted::Whole, "{odd}");
        }
        assert_eq!(wanted(None, 100), Wanted::Whole);
        assert_eq!(wanted(Some("bytes=0-"), 0), Wanted::Nothing);
    }
}
