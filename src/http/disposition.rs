//! `Content-Disposition` for names in any script (RFC 6266, RFC 8187).

use std::fmt::Write;

use axum::http::HeaderValue;

/// An attachment under that name: plain ASCII for old clients, and the whole name percent-encoded.
pub(super) fn attachment(filename: &str) -> HeaderValue {
    let plain: String = filename
        .chars()
        .map(|it| match it {
            '"' | '\\' | '%' | '/' | ';' => '_',
            ' '..='~' => it,
            _ => '_',
        })
        .collect();
    let mut encoded = String::new();
    for byte in filename.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(filename: &str) -> String {
        attachment(filename).to_str().unwrap().to_owned()
    }

    #[test]
    fn any_name_makes_a_sound_header() {
        insta::assert_snapshot!(check("report.pdf"), @"attachment; filename=\"report.pdf\"; filename*=UTF-8''report.pdf");
        insta::assert_snapshot!(check("Größe \"1\".txt"), @"attachment; filename=\"Gr__e _1_.txt\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.txt");
        insta::assert_snapshot!(check("a\r\nSet-Cookie: b; c"), @"attachment; filename=\"a__Set-Cookie: b_ c\"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b%3B%20c");
        insta::assert_snapshot!(check("日本.md"), @"attachment; filename=\"__.md\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.md");
    }
}
