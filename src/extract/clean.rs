//! Making raw text fit to be indexed and shown.

use unicode_normalization::UnicodeNormalization;

/// NFC, plain line ends, no control or private-use characters, no soft hyphens, at most one empty line in a row.
///
/// Characters that mean something keep it: "1½" and "10⁶" would be other numbers without their form. Only what is a
/// matter of typesetting becomes plain letters: ligatures, the joined forms of Arabic, spaces of special width.
pub(super) fn normalise(text: &str) -> String {
    let kept = text.replace("\r\n", "\n");
    let mut out = String::with_capacity(kept.len());
    let mut newlines = 0;
    for c in kept.chars().filter_map(keep).flat_map(plain_forms).nfc() {
        if c == '\n' {
            let trimmed = out.trim_end_matches([' ', '\t']).len();
            out.truncate(trimmed);
            newlines += 1;
            if newlines <= 2 && !out.is_empty() {
                out.push('\n');
            }
        } else {
            newlines = 0;
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// As [`normalise`], for text whose empty lines and indents mean something.
pub(super) fn normalise_kept(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter_map(keep).flat_map(plain_forms).nfc().collect()
}

/// As [`normalise`], for text set in lines: hyphens at line ends are joined, and lines that run on.
pub(super) fn normalise_lines(text: &str) -> String {
    // Three ways to say "hyphen at the end of a line": Unicode's, and two of pdfium's.
    let mut joined = text.replace("\r\n", "\n");
    for mark in ['\u{AD}', '\u{2}', '\u{FFFE}'] {
        if joined.contains(mark) {
            joined = joined.replace(&format!("{mark}\n"), "").replace(mark, "");
        }
    }
    join_lines(&normalise(&joined))
}

/// How many words there are; for scripts without spaces, characters stand in for words.
pub(super) fn words(text: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for c in text.chars() {
        let alphanumeric = c.is_alphanumeric();
        let wordlike = is_unspaced(c);
        if wordlike || (alphanumeric && !inside) {
            count += 1;
        }
        inside = alphanumeric && !wordlike;
    }
    count
}

fn join_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match junction(&out, line) {
            Junction::Break => {}
            Junction::Hyphen { at } => out.truncate(at),
            Junction::Space { at } => {
                out.truncate(at);
                out.push(' ');
            }
        }
        out.push_str(line);
    }
    out
}

enum Junction {
    Break,
    /// One word on two lines.
    Hyphen {
        at: usize,
    },
    /// One sentence on two lines.
    Space {
        at: usize,
    },
}

fn junction(so_far: &str, line: &str) -> Junction {
    let Some(body) = so_far.strip_suffix('\n') else { return Junction::Break };
    if !line.starts_with(char::is_lowercase) {
        return Junction::Break;
    }
    match body.strip_suffix(['-', '\u{2010}']) {
        Some(stem) if stem.ends_with(char::is_lowercase) => Junction::Hyphen { at: stem.len() },
        None if body.ends_with(|c: char| c.is_alphabetic() || matches!(c, ',' | ';')) => {
            Junction::Space { at: body.len() }
        }
        _ => Junction::Break,
    }
}

fn keep(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => Some(c),
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        // Word's bullet in the Symbol font.
        '\u{F0B7}' => Some('•'),
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => None,
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
        _ if c.is_control() || is_private(c) || is_noncharacter(c) => None,
        _ => Some(c),
    }
}

/// The letters behind a presentation form; every other character is itself.
fn plain_forms(c: char) -> impl Iterator<Item = char> {
    let form = matches!(c, '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{FB00}'..='\u{FB4F}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    let (itself, letters) = if form { (None, Some(std::iter::once(c).nfkc())) } else { (Some(c), None) };
    itself.into_iter().chain(letters.into_iter().flatten())
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

fn is_noncharacter(c: char) -> bool {
    matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF) || matches!(c, '\u{FDD0}'..='\u{FDEF}')
}

/// Han, Kana, Thai, Lao, Khmer: written without spaces.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_normalised() {
        assert_eq!(normalise("ﬁne\u{A0}①\r\nA\u{0}B\u{AD}C\u{E123}"), "fine ①\nABC");
        assert_eq!(
            normalise("1½ tablets, 10⁶ litres, 5×10⁻³, CO₂, №7™"),
            "1½ tablets, 10⁶ litres, 5×10⁻³, CO₂, №7™"
        );
        assert_eq!(normalise("\u{FEB3}\u{FEFC}"), "سلا", "joined forms of Arabic are its letters");
        assert_eq!(normalise("\n\na  \n\n\n\nb\u{2028}c\n\n"), "a\n\nb\nc");
        assert_eq!(normalise("col\tumn"), "col\tumn");
        assert_eq!(normalise("e\u{301}"), "é");
    }

    #[test]
    fn lines_of_a_page_are_joined_where_a_sentence_goes_on() {
        for (input, expected) in [
            ("optional hy-\nphen", "optional hyphen"),
            ("optional hy\u{AD}\nphen", "optional hyphen"),
            ("pdfium's\u{2}\r\nway and an\u{FFFE}\nother", "pdfium'sway and another"),
            ("the quick\nbrown fox", "the quick brown fox"),
            ("one,\ntwo", "one, two"),
            ("Title\nText begins", "Title\nText begins"),
            ("Item 1\nitem", "Item 1\nitem"),
            ("A.\nb", "A.\nb"),
            ("pages 3-\n5", "pages 3-\n5"),
            ("Anglo-\nSaxon", "Anglo-\nSaxon"),
            ("first\n\nsecond", "first\n\nsecond"),
        ] {
            assert_eq!(normalise_lines(input), expected, "{input:?}");
        }
    }

    #[test]
    fn words_are_counted_in_any_script() {
        assert_eq!(words("two words, don't"), 4);
        assert_eq!(words("電線 abc"), 3);
        assert_eq!(words("…"), 0);
    }
}
