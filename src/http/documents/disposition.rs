//! `Content-Disposition` for names in any script (RFC 6266, RFC 8187).

use std::fmt::Write;

use axum::http::HeaderValue;

/// An attachment under that name: plain ASCII for old clients, and the whole name percent-encoded.
pub(in crate::http) fn attachment(filename: &str) -> HeaderValue {
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
        insta::assert_snapshot!(check("report.pdf"), @"");
        insta::assert_snapshot!(check("Größe \"1\".txt"), @"");
        insta::assert_snapshot!(check("a\r\nSet-Cookie: b; c"), @"");
        insta::assert_snapshot!(check("日本.md"), @"");
    }
}
