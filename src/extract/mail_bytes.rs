//! The bytes of a mail as its parser wants them: one byte a letter, and no part without an end.

use super::encoding;
use std::borrow::Cow;

/// More parts than this are not looked after.
const MAX_PARTS: usize = 200;

/// A mail that was saved in UTF-16 becomes UTF-8, and parts that are cut off are ended: their text would be taken for a file
/// as it is encoded.
pub(super) fn whole(bytes: &[u8]) -> Cow<'_, [u8]> {
    let head = &bytes[..bytes.len().min(256) & !1];
    let is_wide = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    let plain = if is_wide || encoding::utf16_without_mark(head).is_some() {
        Cow::Owned(encoding::decode(bytes).into_owned().into_bytes())
    } else {
        Cow::Borrowed(bytes)
    };
    let open = open_parts(&plain);
    if open.is_empty() {
        return plain;
    }
    let mut ended = plain.into_owned();
    for boundary in open.iter().rev() {
        ended.extend_from_slice(b"\r\n--");
        ended.extend_from_slice(boundary);
        ended.extend_from_slice(b"--\r\n");
    }
    Cow::Owned(ended)
}

/// The boundaries that begin parts and have no end, the outer ones first.
fn open_parts(mail: &[u8]) -> Vec<Vec<u8>> {
    const KEY: &[u8] = b"boundary=";
    let mut found: Vec<Vec<u8>> = Vec::new();
    let mut rest = mail;
    while let Some(at) = rest.windows(KEY.len()).position(|it| it.eq_ignore_ascii_case(KEY)) {
        rest = &rest[at + KEY.len()..];
        let value = match rest.strip_prefix(b"\"") {
            Some(quoted) => quoted.split(|it| *it == b'"').next(),
            None => rest.split(|it| it.is_ascii_whitespace() || *it == b';').next(),
        };
        let value = value.filter(|it| (1..=70).contains(&it.len()) && !it.contains(&b'\n'));
        found.extend(value.map(<[u8]>::to_vec).filter(|it| !found.contains(it)));
        if found.len() > MAX_PARTS {
            return Vec::new();
        }
    }
    found.retain(|boundary| {
        let mark = [b"--", &boundary[..]].concat();
        let lines = || mail.split(|it| *it == b'\n').filter_map(|it| it.strip_prefix(&mark[..]));
        lines().next().is_some() && !lines().any(|rest| rest.starts_with(b"--"))
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "Subject: x\nContent-Type: multipart/mixed; boundary=\"out er\"\n\n--out er\n\
        Content-Type: multipart/alternative; boundary=in\n\n--in\n\nText.\n";

    #[test]
    fn parts_without_an_end_are_ended() {
        let ended = whole(MAIL.as_bytes());
        assert_eq!(std::str::from_utf8(&ended).unwrap(), format!("{MAIL}\r\n--in--\r\n\r\n--out er--\r\n"));
        let whole_mail = format!("{MAIL}--in--\n--out er--\n");
        assert!(matches!(whole(whole_mail.as_bytes()), Cow::Borrowed(_)));
        assert!(matches!(whole(b"Subject: x\n\nboundary=y"), Cow::Borrowed(_)), "no part begins");
    }

    #[test]
    fn wide_characters_become_bytes() {
        let wide =
            |mark: &str| format!("{mark}Subject: Gr\u{f6}\u{df}e\n").encode_utf16().collect::<Vec<u16>>();
        let bytes: Vec<u8> = wide("\u{FEFF}").iter().flat_map(|it| it.to_le_bytes()).collect();
        assert_eq!(&*whole(&bytes), "Subject: Größe\n".as_bytes());
        let bytes: Vec<u8> = wide("").iter().flat_map(|it| it.to_be_bytes()).collect();
        assert_eq!(&*whole(&bytes), "Subject: Größe\n".as_bytes());
    }
}
