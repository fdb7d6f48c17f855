//! Making a piece of a page's text fit to be kept: what has a meaning stays.

use unicode_normalization::UnicodeNormalization;

/// NFC on one line, without controls, private use and marks of direction; "½" and "10⁶" stay what they are.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter_map(keep).nfc() {
        if c == ' ' && (out.is_empty() || out.ends_with(' ')) {
            continue;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out
}

fn keep(c: char) -> Option<char> {
    Some(match c {
        '\u{F0B7}' | '\u{F0A7}' => '•',
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' => return None,
        _ if c.is_whitespace() => ' ',
        _ if c.is_control() || is_no_text(c) => return None,
        _ => c,
    })
}

fn is_no_text(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}' | '\u{FDD0}'..='\u{FDEF}')
        || matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_stays() {
        assert_eq!(tidy(" 1½\u{A0}tablets\u{200E}, 10⁶  e\u{301}\u{E001} "), "1½ tablets, 10⁶ é");
    }
}
