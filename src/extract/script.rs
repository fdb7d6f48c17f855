//! Raised, lowered and struck-out text, written so that it keeps its meaning in plain characters.

/// Text that stands raised: digits and signs have characters of their own; a single letter is an exponent. Words stay as they are.
pub(super) fn raised(text: &str, after: Option<char>) -> String {
    written(text, after, '^', |c| {
        Some(match c {
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4'..='9' => char::from_u32(0x2070 + u32::from(c) - u32::from('0'))?,
            '+' => '⁺',
            '-' | '−' | '–' => '⁻',
            '=' => '⁼',
            '(' => '⁽',
            ')' => '⁾',
            'n' => 'ⁿ',
            ' ' => ' ',
            _ => return None,
        })
    })
}

/// As [`raised`], for text that stands lowered.
pub(super) fn lowered(text: &str, after: Option<char>) -> String {
    written(text, after, '_', |c| {
        Some(match c {
            '0'..='9' => char::from_u32(0x2080 + u32::from(c) - u32::from('0'))?,
            '+' => '₊',
            '-' | '−' | '–' => '₋',
            '=' => '₌',
            '(' => '₍',
            ')' => '₎',
            ' ' => ' ',
            _ => return None,
        })
    })
}

/// Text that stands raised (1), lowered (-1) or on the line (0), behind what is written already.
pub(super) fn formed(text: &str, script: i8, before: &str) -> String {
    // The marks of what is struck out are no text that something stands behind.
    let after = before.trim_end_matches("~~").chars().last();
    match script {
        0 => text.to_owned(),
        1.. => raised(text, after),
        _ => lowered(text, after),
    }
}

/// Text that is struck out and still to be seen, as markdown marks it: a price that no longer holds is not given as one
/// that does. A single word without a figure, or a part of one, is mostly struck out for its looks and stays whole.
pub(super) fn struck(text: &str) -> String {
    let words = text.trim();
    let says = words.chars().any(char::is_numeric) || words.split_whitespace().nth(1).is_some();
    if !says || words.starts_with("~~") {
        return text.to_owned();
    }
    marked(text)
}

fn marked(text: &str) -> String {
    let words = text.trim();
    let start = &text[..text.len() - text.trim_start().len()];
    let end = &text[text.trim_end().len()..];
    format!("{start}~~{words}~~{end}")
}

/// Adds a run that may be struck out to what it follows; runs struck out one after the other are one.
pub(super) fn push_struck(line: &mut String, run: &str, is_struck: bool) {
    if !is_struck {
        return line.push_str(run);
    }
    let before = line.trim_end();
    if run.trim().is_empty() || !before.ends_with("~~") {
        return line.push_str(&struck(run));
    }
    let gap = before.len() < line.len() || run.starts_with(char::is_whitespace);
    line.truncate(before.len() - 2);
    let rest = marked(run.trim_start());
    line.push_str(if gap { " " } else { "" });
    line.push_str(rest.trim_start_matches("~~"));
}

fn written(text: &str, after: Option<char>, mark: char, form: impl Fn(char) -> Option<char>) -> String {
    if text.trim().is_empty() {
        return text.to_owned();
    }
    if let Some(formed) = text.chars().map(form).collect::<Option<String>>() {
        return formed;
    }
    let follows = after.is_some_and(|it| it.is_alphanumeric() || it == ')');
    let letters = text.chars().filter(|it| it.is_alphabetic()).count();
    let signs = text.chars().any(|it| it.is_ascii_digit() || "+-−·*/=".contains(it));
    match text.chars().count() {
        // Ordinals ("1st", "2e") and marks ("™") are words.
        1 if follows && letters == 1 && !matches!(text, "a" | "o" | "e" | "ª" | "º") => {
            format!("{mark}{text}")
        }
        2.. if follows && signs && !text.contains(' ') => format!("{mark}({text})"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_stay_exponents_and_words_stay_words() {
        for (text, expected) in [
            ("6", "⁶"),
            ("-3", "⁻³"),
            ("2x+1", "^(2x+1)"),
            ("x", "^x"),
            ("th", "th"),
            ("superscript", "superscript"),
            (" ", " "),
        ] {
            assert_eq!(raised(text, Some('0')), expected, "{text}");
        }
        assert_eq!(lowered("2", Some('H')), "₂");
        assert_eq!(lowered("i", Some('x')), "_i");
        assert_eq!(raised("a", None), "a");
    }

    #[test]
    fn struck_text_is_marked_once() {
        for (text, expected) in [
            ("950", "~~950~~"),
            (" 950 EUR ", " ~~950 EUR~~ "),
            (" ", " "),
            ("~~5~~", "~~5~~"),
            ("li", "li"),
            ("the hall", "~~the hall~~"),
        ] {
            assert_eq!(struck(text), expected, "{text}");
        }
        let mut line = "was ".to_owned();
        for (run, is_struck) in [("95", true), ("0 ", true), ("EUR", true), (" now 800", false)] {
            push_struck(&mut line, run, is_struck);
        }
        assert_eq!(line, "was ~~950 EUR~~ now 800");
    }
}
