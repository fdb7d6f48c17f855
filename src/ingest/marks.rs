//! Marks at the beginning of a line that say what its words are: a quotation, a note, an item of a list.

/// Where a passage that would begin behind the marks of its line begins: with the first of them.
pub fn before_marks(text: &str, at: usize) -> usize {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let blanks = text[line..at].len() - text[line..at].trim_start().len();
    let first = line + blanks;
    if first < at && are_marks(&text[first..at]) { first } else { at }
}

fn are_marks(text: &str) -> bool {
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        match behind_mark(rest) {
            Some(behind) => rest = behind.trim_start(),
            None => return false,
        }
    }
    true
}

fn behind_mark(text: &str) -> Option<&str> {
    let blank = |rest: &&str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    if let Some(rest) = text.strip_prefix('>') {
        return Some(rest);
    }
    if let Some(rest) = text.strip_prefix("[^") {
        let (label, rest) = rest.split_once("]:")?;
        return (!label.contains(char::is_whitespace)).then_some(rest);
    }
    for mark in ["[ ]", "[x]", "[X]", "-", "*", "+", "•", ":"] {
        if let Some(rest) = text.strip_prefix(mark) {
            return Some(rest).filter(blank);
        }
    }
    let heading = text.trim_start_matches('#');
    if (1..=6).contains(&(text.len() - heading.len())) {
        return Some(heading).filter(blank);
    }
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = (1..=9).contains(&(text.len() - number.len()));
    number.strip_prefix(['.', ')']).filter(|_| numbered).filter(blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_begins_with_the_marks_of_its_line() {
        for marks in [
            "> ",
            ">> ",
            "> - ",
            "[^1]: ",
            "[^a-b]:  ",
            "- ",
            "* [x] ",
            "+ ",
            "12. ",
            "3) ",
            "> 1. ",
            "• ",
            "## ",
        ] {
            let text = format!("One.\n\n{marks}Two.");
            assert_eq!(before_marks(&text, 6 + marks.len()), 6, "{marks:?}");
            assert_eq!(before_marks(&text[6..], marks.len()), 0, "{marks:?}");
            assert_eq!(before_marks(&format!("  {}", &text[6..]), 2 + marks.len()), 2, "{marks:?}");
        }
    }

    #[test]
    fn what_is_no_mark_stays_where_it_is() {
        for before in ["", "  ", "One ", "-5 ", "#tag ", "[^1] ", "1.5 ", "In 2024. ", "**", "One > "] {
            let text = format!("One.\n{before}Two.");
            assert_eq!(before_marks(&text, 5 + before.len()), 5 + before.len(), "{before:?}");
        }
    }
}
