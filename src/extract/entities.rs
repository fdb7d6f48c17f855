//! Characters that are written by their names or numbers, as in web pages: `&auml;`, `&#252;`.

use pulldown_cmark::{Event, Parser};

/// The longest name that is looked up.
const MAX_NAME: usize = 32;

/// The text with the characters for entities.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match entity(after) {
            Some((seen, length)) => {
                out.push_str(&seen);
                rest = &after[length..];
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What an entity stands for that begins here, behind its `&`, and how long it is.
pub(super) fn entity(text: &str) -> Option<(String, usize)> {
    let length = text.bytes().take(MAX_NAME).position(|it| it == b';')? + 1;
    let name = text.get(..length)?;
    if !name[..length - 1].bytes().all(|it| it.is_ascii_alphanumeric() || it == b'#') {
        return None;
    }
    let written = format!("&{name}");
    let seen: String = Parser::new(&written)
        .filter_map(|event| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    (seen != written && !seen.is_empty())
        .then(|| (if seen == "\u{a0}" { " ".to_owned() } else { seen }, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_characters() {
        assert_eq!(decoded("M&#252;ller &amp; S&ouml;hne &lt;x&gt;&nbsp;&#x20AC;"), "Müller & Söhne <x> €");
        assert_eq!(decoded("R&D; A & B &foo; &#; &"), "R&D; A & B &foo; &#; &");
    }
}
