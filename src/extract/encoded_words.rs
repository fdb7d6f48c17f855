//! Words of mail headers in another encoding (RFC 2047), for headers that cut a character between two of them.

use encoding_rs::Encoding;

/// Decodes a header. Neighbouring words of one encoding are put together before their bytes become characters.
pub(super) fn decode(header: &str) -> String {
    let mut out = String::new();
    let mut pending: Option<(String, Vec<u8>)> = None;
    let mut rest = header.trim();
    while let Some(at) = rest.find("=?") {
        let (before, from) = rest.split_at(at);
        let Some((charset, bytes, after)) = word(from) else {
            flush(&mut out, &mut pending);
            out.push_str(before);
            out.push_str("=?");
            rest = &from[2..];
            continue;
        };
        let goes_on = before.trim().is_empty()
            && pending.as_ref().is_some_and(|(it, _)| it.eq_ignore_ascii_case(&charset));
        match pending.as_mut().filter(|_| goes_on) {
            Some((_, so_far)) => so_far.extend(bytes),
            None => {
                let joins = pending.is_some() && before.trim().is_empty();
                flush(&mut out, &mut pending);
                if !joins {
                    out.push_str(before);
                }
                pending = Some((charset, bytes));
            }
        }
        rest = after;
    }
    flush(&mut out, &mut pending);
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn flush(out: &mut String, pending: &mut Option<(String, Vec<u8>)>) {
    if let Some((charset, bytes)) = pending.take() {
        let encoding = Encoding::for_label(charset.as_bytes()).unwrap_or(encoding_rs::UTF_8);
        out.push_str(&encoding.decode_without_bom_handling(&bytes).0);
    }
}

/// `=?charset?B?…?=`: its encoding, its bytes, and what follows.
fn word(from: &str) -> Option<(String, Vec<u8>, &str)> {
    let mut parts = from.strip_prefix("=?")?.splitn(3, '?');
    let (charset, kind, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let (text, after) = rest.split_once("?=")?;
    let bytes = match kind {
        "B" | "b" => base64(text),
        "Q" | "q" => quoted(text),
        _ => return None,
    };
    let charset = charset.split('*').next().unwrap_or(charset);
    Some((charset.to_owned(), bytes, after))
}

fn quoted(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'_' => out.push(b' '),
            b'=' => {
                let digits = [bytes.next().unwrap_or(b'0'), bytes.next().unwrap_or(b'0')];
                let digits = std::str::from_utf8(&digits).unwrap_or("3F");
                out.push(u8::from_str_radix(digits, 16).unwrap_or(b'?'));
            }
            byte => out.push(byte),
        }
    }
    out
}

fn base64(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut out, mut bits, mut held) = (Vec::new(), 0u32, 0);
    for value in text.bytes().filter_map(value) {
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_cut_between_words_are_whole() {
        assert_eq!(decode("=?utf-8?q?Gr=C3?= =?utf-8?q?=B6=C3=9Fe?="), "Größe");
        assert_eq!(decode("=?utf-8?B?R3LDtg==?= =?UTF-8?B?w59l?= today"), "Größe today");
        assert_eq!(decode("a =? b"), "a =? b");
    }
}
