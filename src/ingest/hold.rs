//! What a cut must not part: "5. Mai", "Nr. 5", "z. B.", "Dr. Moss".

use docent_words::ends_sentence;

/// Characters from which a line may have been broken by the width of its page.
const WRAPPED: usize = 40;

/// Stops in a row that hold a text together, at most: "A. B. C. D. …" is cut all the same.
const RUN: usize = 4;

/// The text for a splitter that knows Unicode's rules alone: full stops that end no sentence, and the blanks behind them,
/// are signs within a word. Each byte and each character stands where it stood.
pub fn held(text: &str, markdown: bool) -> String {
    let mut held = String::with_capacity(text.len());
    let mut done = 0;
    let (mut until, mut run) = (0, 0);
    for stop in stops(text, markdown) {
        let behind = stop + 1 + blanks(&text[stop + 1..]);
        run = if text[until..stop].contains(char::is_whitespace) { 0 } else { run + 1 };
        held.push_str(&text[done..stop]);
        held.push('_');
        done = stop + 1;
        if run < RUN {
            held.extend(text[done..behind].chars().map(within_a_word));
            done = behind;
        }
        until = behind;
    }
    held.push_str(&text[done..]);
    held
}

/// As long as the blank.
const fn within_a_word(blank: char) -> char {
    match blank.len_utf8() {
        1 => '_',
        2 => 'ª',
        _ => '‿',
    }
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The full stops behind which a sentence goes on.
fn stops(text: &str, markdown: bool) -> Vec<usize> {
    let mut stops = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        in_line(text, start, line, markdown, &mut stops);
        start += line.len();
    }
    stops
}

fn in_line(text: &str, start: usize, line: &str, markdown: bool, stops: &mut Vec<usize>) {
    let mut from = 0;
    for (at, _) in line.match_indices(['.', '!', '?']) {
        let behind = &line[at + 1..];
        let broken = behind.trim().is_empty();
        let rest = if broken { below(line, &text[start + line.len()..]) } else { behind.trim_start() };
        let parted = behind.starts_with(char::is_whitespace) && rest.starts_with(char::is_alphanumeric);
        if !parted {
            continue;
        }
        let sentence = &line[from..=at];
        if ends_sentence(sentence, rest) {
            from = at + 1;
        } else if !(markdown && is_item(sentence)) {
            stops.push(start + at);
        }
    }
}

/// The line below one that was broken by the width of its page; empty where it was not.
fn below<'a>(line: &str, rest: &'a str) -> &'a str {
    let next = rest.lines().next().unwrap_or_default();
    let begun = line.trim_start().starts_with(['#', '|', '<', '`', '~']);
    let long = line.chars().count() >= WRAPPED;
    if long && !begun && next.starts_with(char::is_alphabetic) { next } else { "" }
}

/// The number of an item of a list: Markdown knows it by its stop.
fn is_item(text: &str) -> bool {
    let number = text.trim_start_matches(['>', ' ', '\t', '-', '*', '+']);
    number.trim_end_matches('.').bytes().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_and_blanks_become_signs_of_the_same_length() {
        for (text, expected) in [
            ("Bis zum 5. Mai. Dann nicht.", "Bis zum 5__Mai. Dann nicht."),
            ("Es ist z.\u{a0}B. Nr.\u{202f}5.", "Es ist z_ªB__Nr_‿5."),
            ("It is red. Is it? Yes.", "It is red. Is it? Yes."),
            ("1. Tee kochen", "1__Tee kochen"),
            ("5.\n\nMai", "5.\n\nMai"),
        ] {
            let shown = held(text, false);
            assert_eq!(shown, expected);
            let places = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            assert_eq!(places(&shown), places(text));
        }
    }

    #[test]
    fn a_line_that_was_broken_by_the_page_goes_on() {
        let text = "Die Kündigung muss schriftlich bis zum 5.\nMai vorliegen.";
        assert_eq!(held(text, true), "Die Kündigung muss schriftlich bis zum 5__Mai vorliegen.");
        let heading = "## Was schriftlich vorliegen muss, steht bei Nr.\nMai";
        assert_eq!(held(heading, true), heading);
    }

    #[test]
    fn the_numbers_of_a_list_stay_what_they_are() {
        for text in ["1. Tee kochen", "> 2. Tee kochen", "- 12. Tee kochen"] {
            assert_eq!(held(text, true), text);
        }
        assert_eq!(held("1. Tee am 5. Mai", true), "1. Tee am 5__Mai");
    }

    #[test]
    fn a_long_row_of_initials_is_no_word() {
        let shown = held(&"A. ".repeat(40), false);
        let longest = shown.split(' ').map(str::len).max().unwrap();
        assert!(longest <= 3 * RUN + 1, "{shown}");
    }
}
