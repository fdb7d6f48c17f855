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
        line.push_str(run);
        return join_fraction(line);
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

/// A raised and a lowered number with a stroke between them are a fraction: `2¹/₂` is 2 1/2 and no power.
fn join_fraction(line: &mut String) {
    let is_low = |c: char| ('₀'..='₉').contains(&c);
    let is_high = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    let upper = line.trim_end_matches(is_low);
    let Some(before) = upper.strip_suffix(['/', '⁄', '∕']).filter(|_| upper.len() < line.len()) else {
        return;
    };
    let whole = before.trim_end_matches(is_high);
    if whole.len() == before.len() {
        return;
    }
    let gap = if whole.ends_with(|c: char| c.is_ascii_digit()) { " " } else { "" };
    let (above, under) = (plain(&before[whole.len()..]), plain(&line[upper.len()..]));
    let fraction = format!("{gap}{above}/{under}");
    line.truncate(whole.len());
    line.push_str(&fraction);
}

/// Raised or lowered digits on the line.
fn plain(digits: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    digits.nfkc().collect()
}

fn written(text: &str, after: Option<char>, mark: char, form: impl Fn(char) -> Option<char>) -> String {
    if text.trim().is_empty() {
        return text.to_owned();
    }
    if text.starts_with('[') && text.ends_with(']') {
        // The number of a note.
        return text.to_owned();
    }
    if let Some(formed) = text.chars().map(form).collect::<Option<String>>() {
        return formed;
    }
    let follows = after.is_some_and(|it| it.is_alphanumeric() || it == ')');
    let letters = text.chars().filter(|it| it.is_alphabetic()).count();
    let signs = text.chars().any(|it| it.is_ascii_digit() || "+-−·*/=".contains(it));
    let indices = text.contains(',')
        && text.split(',').all(|it| it.chars().count() == 1 && it.chars().all(char::is_alphanumeric));
    match text.chars().count() {
        // Ordinals ("1st", "2e") and marks ("™") are words.
        1 if follows && letters == 1 && !matches!(text, "a" | "o" | "e" | "ª" | "º") => {
            format!("{mark}{text}")
        }
        2.. if follows && (signs || indices) && !text.contains(' ') => format!("{mark}({text})"),
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
            ("[3]", "[3]"),
            ("superscript", "superscript"),
            (" ", " "),
        ] {
            assert_eq!(raised(text, Some('0')), expected, "{text}");
        }
        assert_eq!(lowered("2", Some('H')), "₂");
        assert_eq!(lowered("i", Some('x')), "_i");
        assert_eq!(lowered("i,j", Some('a')), "_(i,j)");
        assert_eq!(raised("a", None), "a");
    }

    #[test]
    fn raised_over_lowered_is_a_fraction() {
        for (before, expected) in
            [("2¹/", "2 1/2"), ("¹⁄", "1/2"), ("a ¹⁵/", "a 15/2"), ("x/", "x/₂"), ("10³", "10³₂")]
        {
            let mut line = before.to_owned();
            push_struck(&mut line, "₂", false);
            assert_eq!(line, expected, "{before}");
        }
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
