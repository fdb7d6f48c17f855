//! Taking secrets out of text before it is logged, printed or sent.

/// Stands in the place of what is not shown.
const HIDDEN: &str = "***";

/// A URL, or a sentence with URLs in it, without names, passwords and queries: any of them may be a key.
pub fn address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        out.push_str(before);
        // A password may hold anything but white space and quotes; the last `@` before the path ends it.
        let end = after.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | ')'));
        let (url, behind) = after.split_at(end.unwrap_or(after.len()));
        let host = match url.rfind('@') {
            // An `@` in the path belongs to it, if there is no other.
            Some(sign) if !url[..sign].contains('/') || url[..sign].contains(':') => {
                out.push_str(HIDDEN);
                &url[sign..]
            }
            _ => url,
        };
        match host.split_once('?') {
            Some((place, query)) if !query.is_empty() => {
                out.push_str(place);
                out.push('?');
                out.push_str(HIDDEN);
            }
            _ => out.push_str(host),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// What was set as an address. Mistyped, it may hold a password all the same: what stands before its `@` is not shown.
pub fn set_address(text: &str) -> String {
    if text.contains("://") {
        return address(text);
    }
    let shown = text.rfind('@').map_or_else(|| text.to_owned(), |at| format!("{HIDDEN}{}", &text[at..]));
    match shown.split_once('?') {
        Some((place, query)) if !query.is_empty() => format!("{place}?{HIDDEN}"),
        _ => shown,
    }
}

/// `text` without those secrets, however it came by them, such as a server that repeats the key it refused.
pub fn secrets<'a>(text: &str, secrets: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = text.to_owned();
    for secret in secrets {
        if secret.len() >= SHORTEST {
            out = out.replace(secret, HIDDEN);
        }
    }
    out
}

/// Shorter ones are placeholders such as `none`, and would hide words.
const SHORTEST: usize = 6;

/// The beginnings of keys that say what they are, and of what follows them.
const MARKS: &[&str] = &[
    "sk-", "sk_", "pk-", "Bearer ", "bearer ", "Basic ", "eyJ", "ghp_", "xoxb-", "AKIA", "hf_", "gsk_",
    "AIza",
];

/// What others said, without what looks like a key, a token or the password of an address.
pub fn foreign(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, mark)) = first_mark(rest) {
        let begin = at + mark.len();
        let key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '*' | '+' | '/' | '=');
        let end = rest[begin..].find(|c| !key(c)).map_or(rest.len(), |end| begin + end);
        // Words have no digits, keys have.
        if end - begin >= SHORTEST + 2 && rest[begin..end].bytes().any(|byte| byte.is_ascii_digit()) {
            out.push_str(&rest[..at]);
            out.push_str(HIDDEN);
        } else {
            out.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    address(&out)
}

/// The first mark that begins a word.
fn first_mark(text: &str) -> Option<(usize, &'static str)> {
    let begins = |at: usize| !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
    let of = |mark: &'static str| {
        text.match_indices(mark).map(|(at, _)| at).find(|at| begins(*at)).map(|at| (at, mark))
    };
    MARKS.iter().filter_map(|mark| of(mark)).min_by_key(|(at, _)| *at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_names_passwords_and_queries() {
        for (given, shown) in [
            ("redis://:pa@ss/w0rd@host:6379/0", "redis://***@host:6379/0"),
            ("postgres://u:p@h/db?sslmode=require", "postgres://***@h/db?***"),
            ("cannot reach http://me:secret@h:1/v1 (refused)", "cannot reach http://***@h:1/v1 (refused)"),
            ("http://token@h/v1", "http://***@h/v1"),
            ("http://h/people/@ada", "http://h/people/@ada"),
            ("http://h:80/v1", "http://h:80/v1"),
            ("no address", "no address"),
        ] {
            assert_eq!(address(given), shown);
        }
    }

    #[test]
    fn mistyped_addresses_lose_them_too() {
        for (given, shown) in [
            ("u:p@h/db", "***@h/db"),
            ("postgres:/u:p@ss@h/db?password=p", "***@h/db?***"),
            ("http//token@h", "***@h"),
            ("http://u:p@h", "http://***@h"),
            ("localhost:6333", "localhost:6333"),
        ] {
            assert_eq!(set_address(given), shown);
        }
    }

    #[test]
    fn what_a_server_repeats_is_hidden() {
        let body = r#"{"error": "Incorrect API key provided: sk-proj-abc123XYZ_9. Header: Bearer abcdef0123456789"}"#;
        let shown = foreign(body);
        assert!(!shown.contains("abc123XYZ") && !shown.contains("0123456789"), "{shown}");
        assert!(shown.contains("Incorrect API key provided"), "{shown}");
        assert_eq!(foreign("Basic authentication is needed"), "Basic authentication is needed");
        assert_eq!(foreign("ask-me-anything about risk-management"), "ask-me-anything about risk-management");
        assert_eq!(secrets("key hunter22 is wrong", ["hunter22", ""]), "key *** is wrong");
        assert_eq!(secrets("none of these", ["none"]), "none of these");
    }
}
