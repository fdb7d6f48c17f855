//! Bytes to text, whatever encoding they are in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Decodes plain text: by its byte order mark, as UTF-8 or UTF-16 if it is that, else by statistics.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    decode_declared(bytes, None)
}

/// As [`decode`], believing a declaration inside the document where the bytes allow it.
pub(super) fn decode_declared<'a>(bytes: &'a [u8], declared: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    // What could be read as ASCII cannot be UTF-16, and what is not valid UTF-8 is not UTF-8: both are common lies.
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    let believable = declared.filter(|it| *it != UTF_8 && *it != UTF_16BE && *it != UTF_16LE);
    let encoding = believable.unwrap_or_else(|| guess(bytes));
    encoding.decode_without_bom_handling(bytes).0
}

/// UTF-16 without a mark is valid UTF-8 full of NULs: recognised by NULs on every other byte.
pub(super) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if (even + odd) * 10 <= sample.len() {
        return None;
    }
    match (even, odd) {
        _ if even * 10 < odd => Some(UTF_16LE),
        _ if odd * 10 < even => Some(UTF_16BE),
        _ => None,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // Enough for the statistics, and a torn character at the end does not matter.
    detector.feed(&bytes[..bytes.len().min(1 << 20)], bytes.len() <= 1 << 20);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, GB18030, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        const RUSSIAN: &str = "Сокол обыкновенный живёт на полях и в городах, он часто зависает в воздухе.";
        const JAPANESE: &str = "チョウゲンボウは空中で停止して獲物を探します。巣は古い建物に作られます。";
        const CHINESE: &str = "紅隼是一種小型猛禽，常在空中懸停尋找獵物，多棲息於農田和城市。";
        for (encoding, text) in [
            (WINDOWS_1251, RUSSIAN),
            (KOI8_R, RUSSIAN),
            (SHIFT_JIS, JAPANESE),
            (GB18030, "红隼是一种小型猛禽，常在空中悬停寻找猎物，多栖息于农田和城市。"),
            (BIG5, CHINESE),
            (WINDOWS_1252, "Die schöne Frau hat einen Kaffee, größer als üblich. Weißstörche über Mühlbach."),
        ] {
            let (bytes, ..) = encoding.encode(text);
            assert_eq!(decode(&bytes), text, "{}", encoding.name());
        }
        assert_eq!(decode("größer".as_bytes()), "größer");
        assert_eq!(decode(b"\xEF\xBB\xBFgr\xC3\xB6\xC3\x9Fer"), "größer");
    }

    #[test]
    fn utf16_needs_no_mark() {
        let text = "Große Vögel, kleine Vögel";
        for unit in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
            assert_eq!(decode(&utf16(text, unit)), text);
            assert_eq!(decode(&utf16(&format!("\u{FEFF}{text}"), unit)), text);
        }
    }

    #[test]
    fn a_declaration_counts_unless_it_lies() {
        assert_eq!(decode_declared(b"caf\xE9", Some("iso-8859-1")), "café");
        assert_eq!(
            decode_declared("café".as_bytes(), Some("iso-8859-1")),
            "café",
            "it is UTF-8 all the same"
        );
        assert_eq!(decode_declared(b"a caf\xE9 in town", Some("utf-8")), "a café in town");
    }
}
