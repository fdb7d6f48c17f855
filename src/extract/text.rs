//! Plain text in any encoding.

use super::error::ExtractError;
use super::sink::{Sink, Source, Unit};
use super::{clean, columns, encoding, format, icalendar, subtitles, vcard};
use crate::Format;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let text = decoded(&source, Format::Text)?;
    let entries =
        icalendar::compose(&text).or_else(|| vcard::compose(&text)).or_else(|| subtitles::compose(&text));
    match entries {
        Some(entries) => sink.flat(entries.unit()),
        None => sink.flat(columns::compose(&text).unwrap_or_else(|| Unit::text(text))),
    }
}

/// The text of a file that is nothing but text. Bytes that are not text "decode" too, so they are refused first.
pub(super) fn decoded(source: &Source, named: Format) -> Result<String, ExtractError> {
    Ok(clean::normalise(&characters(source, named)?))
}

/// As [`decoded`], with nothing changed yet.
pub(super) fn characters(source: &Source, named: Format) -> Result<String, ExtractError> {
    if !format::looks_like_text(&source.bytes) {
        return Err(ExtractError::Contradiction { named, found: "binary data".to_owned() });
    }
    Ok(encoding::decode(&source.bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn text_is_decoded_and_cleaned() {
        let pages = collect(read, b"Gr\xF6\xDFe\r\nund Gewicht\x0C".to_vec()).unwrap();
        assert_eq!(pages[0].text, "Größe\nund Gewicht");
        assert!(!pages[0].numbered && !pages[0].markdown);
    }

    #[test]
    fn junk_behind_a_harmless_beginning_is_refused() {
        let mut bytes = b"harmless\n".repeat(1000);
        bytes.extend([0u8, 1, 2, 3, 4, 5, 6, 7].repeat(1000));
        assert!(matches!(collect(read, bytes), Err(ExtractError::Contradiction { .. })));
    }
}
