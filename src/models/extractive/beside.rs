//! What is quoted beside the sentence that answers, and what is not because it says the same of something else.

use unicode_segmentation::UnicodeSegmentation;

use super::terms::terms_of;

/// Words of a label before a colon, at most: "North Quay: the red box".
const LABEL: usize = 4;

/// Words between two things that are asked for together, at most: "for a painter and for a fitter".
const APART: usize = 4;

const AND: &[&str] = &["and", "or", "und", "oder", "sowie", "et", "ou", "y", "o", "e"];

/// Whether two lines say each what holds for the thing before their colon, and the question names the one thing and not the
/// other.
pub(super) fn is_of_another(line: &str, best: &str, question: &str) -> bool {
    let asked = terms_of(question);
    let label = |text: &str| {
        let (label, value) = text.split_once(": ")?;
        let short = label.split_whitespace().count() <= LABEL && !value.contains(": ");
        short.then(|| terms_of(label)).filter(|terms| !terms.is_empty())
    };
    let named = |terms: &[String]| terms.iter().any(|term| asked.contains(term));
    match (label(line), label(best)) {
        (Some(own), Some(first)) => own != first && named(&first) && !named(&own),
        _ => false,
    }
}

/// Whether the question has a number or identifier that stands in the best row and not in this one, and none that it is the
/// other way round with: "the container of 770 litres".
pub(super) fn lacks_a_number(row: &str, best: &str, question: &str) -> bool {
    let (own, first) = (numbers_of(row), numbers_of(best));
    let asked = numbers_of(question);
    let only = |here: &[String], there: &[String]| {
        asked.iter().any(|number| here.contains(number) && !there.contains(number))
    };
    only(&first, &own) && !only(&own, &first)
}

/// Words with a figure in them, as letters and digits alone.
fn numbers_of(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ':' | ';' | '|' | '(' | ')'));
    words
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect())
        .collect()
}

/// The terms of the question for what it asks for beside a row that has `there` of it: behind an "and" that stands right
/// behind a term of the row, or before one.
pub(super) fn asked_for_beside(question: &str, there: &[String]) -> Vec<String> {
    let words: Vec<(String, Vec<String>)> =
        question.unicode_words().map(|word| (word.to_lowercase(), terms_of(word))).collect();
    let is_there = |at: &usize| words[*at].1.iter().any(|term| there.contains(term));
    let mut asked = Vec::new();
    for at in (0..words.len()).filter(|at| AND.contains(&words[*at].0.as_str())) {
        let before: Vec<usize> = (at.saturating_sub(APART)..at).collect();
        let behind: Vec<usize> = (at + 1..words.len().min(at + 1 + APART)).collect();
        let others = match (before.iter().any(is_there), behind.iter().any(is_there)) {
            (true, false) => behind,
            (false, true) => before,
            _ => continue,
        };
        asked.extend(others.into_iter().flat_map(|at| words[at].1.clone()));
    }
    asked.dedup();
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_another_thing_is_told() {
        let question = "Who keeps the key of North Quay?";
        let (north, south) =
            ("North Quay: red box, key with Ida Moss", "South Pier: blue box, key with Bo Lind");
        assert!(is_of_another(south, north, question));
        assert!(!is_of_another(north, south, question));
        assert!(!is_of_another("The key is red.", north, question));
        assert!(!is_of_another(south, north, "Who keeps the keys of North Quay and South Pier?"));
    }

    #[test]
    fn a_row_of_another_number_is_told() {
        let (small, large) = ("Size: 770 litres; Price: 12", "Size: 1,100 litres; Price: 19");
        assert!(lacks_a_number(large, small, "What does the 770 litre container cost?"));
        assert!(lacks_a_number(large, small, "What does the container of 770, the grey one, cost?"));
        assert!(
            !lacks_a_number(small, large, "What does the 770 litre container cost?"),
            "it is the other one"
        );
        assert!(!lacks_a_number(large, small, "What do the ones of 770 and 1100 litres cost?"));
        assert!(!lacks_a_number(large, small, "What does the container cost?"));
        assert!(lacks_a_number("Pump: P-45; Noise: 61", "Pump: P-20; Noise: 58", "How loud is the P20?"));
    }

    #[test]
    fn things_that_are_asked_for_together() {
        let row = terms_of("Trade: Potter; Rate: 41");
        let asked = asked_for_beside("What is the rate for a potter and for a glazier on Sundays?", &row);
        assert!(asked.contains(&terms_of("glazier")[0]), "{asked:?}");
        assert!(asked_for_beside("What is the rate for a potter on Sundays?", &row).is_empty());
    }
}
