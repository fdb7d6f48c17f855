//! Text as it is seen, from left to right, into the order in which it is read.

/// Hebrew, Arabic, and their relatives.
pub(crate) fn is_rtl_char(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}')
        && !matches!(c, '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' | '\u{FEFF}')
}

pub(crate) fn has_rtl(text: &str) -> bool {
    text.chars().any(is_rtl_char)
}

/// Whether most letters run from right to left.
pub(crate) fn is_rtl(text: &str) -> bool {
    let (mut rtl, mut all) = (0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        all += 1;
        rtl += usize::from(is_rtl_char(c));
    }
    rtl * 2 > all
}

/// Words from left to right, joined in reading order.
pub(crate) fn logical<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut seen = String::new();
    for word in words {
        let wide = |c: Option<char>| {
            c.is_some_and(|c| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}'))
        };
        if !(seen.is_empty() || wide(seen.chars().last()) && wide(word.chars().next())) {
            seen.push(' ');
        }
        seen.push_str(word);
    }
    if !has_rtl(&seen) {
        return seen;
    }
    let right_to_left = is_rtl(&seen);
    let mut chars: Vec<char> = seen.chars().collect();
    if right_to_left {
        chars.reverse();
        flip_runs(&mut chars, is_strong_ltr);
        mirror(&mut chars);
    } else {
        flip_runs(&mut chars, is_rtl_char);
    }
    chars.into_iter().collect()
}

/// Letters of other scripts, and digits.
fn is_strong_ltr(c: char) -> bool {
    (c.is_alphanumeric() && !is_rtl_char(c)) || matches!(c, '%' | '€' | '$' | '£' | '₪')
}

/// Turns runs around: from one character of the kind to the last one before another kind of letter. Signs and spaces
/// between them belong to the run.
fn flip_runs(chars: &mut [char], is_kind: impl Fn(char) -> bool) {
    let mut at = 0;
    while at < chars.len() {
        if !is_kind(chars[at]) {
            at += 1;
            continue;
        }
        let (mut last, mut next) = (at, at + 1);
        while next < chars.len() {
            if is_kind(chars[next]) {
                // Numbers with a space between them follow each other from right to left.
                let parted = chars[last..next].contains(&' ');
                if parted
                    && !chars[at..=last].iter().any(|c| c.is_alphabetic())
                    && !chars[next].is_alphabetic()
                {
                    break;
                }
                last = next;
            } else if chars[next].is_alphanumeric() || is_combining(chars[next]) {
                break;
            }
            next += 1;
        }
        chars[at..=last].reverse();
        at = last + 1;
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5C7}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}')
}

/// A file may name a bracket by how it looks or by what it does. Brackets that close before they open tell which.
fn mirror(chars: &mut [char]) {
    let first = chars.iter().copied().find(|c| matches!(c, '(' | ')' | '[' | ']'));
    if !matches!(first, Some(')' | ']')) {
        return;
    }
    for c in chars {
        *c = match *c {
            '(' => ')',
            ')' => '(',
            '[' => ']',
            ']' => '[',
            other => other,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> String {
        logical(text.split(' '))
    }

    #[test]
    fn hebrew_is_turned_around_and_numbers_are_not() {
        assert_eq!(seen(".2024 רבמצדב 31 ב"), "ב 31 בדצמבר 2024.");
        assert_eq!(seen("(הנושאר הסרג) Docent 2.0 תכרעמ"), "מערכת Docent 2.0 (גרסה ראשונה)");
        assert_eq!(seen("םולש"), "שלום");
        assert_eq!(seen("20 10 ןיב"), "בין 10 20");
    }

    #[test]
    fn a_foreign_word_in_a_sentence_is_turned_alone() {
        assert_eq!(seen("the word םולש means peace"), "the word שלום means peace");
    }

    #[test]
    fn other_text_is_left_alone() {
        assert_eq!(seen("(a) 1 2"), "(a) 1 2");
        assert_eq!(logical(["電線", "接続"].into_iter()), "電線接続");
    }
}
