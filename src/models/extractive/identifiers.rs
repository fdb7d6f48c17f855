//! Part numbers, error codes, inventory numbers: words of letters and digits, however they are separated.

use std::collections::HashSet;

/// The identifiers in a text, as letters and digits alone.
pub(super) fn identifiers_of(text: &str) -> HashSet<String> {
    text.split(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '|' | '"' | '?' | '!')
    })
    .map(|word| word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>())
    .filter(|word| is_identifier(word))
    .collect()
}

/// Letters and digits, in one change or two from the one to the other: `e1042`, `a25x9`, but not `3rd` or a whole file name.
fn is_identifier(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let ordinal = ["st", "nd", "rd", "th"]
        .iter()
        .any(|end| word.strip_suffix(end).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit())));
    let quantity = word.starts_with(|c: char| c.is_ascii_digit())
        && letters <= 3
        && !word.ends_with(|c: char| c.is_ascii_digit());
    letters > 0 && digits > 0 && letters + digits >= 3 && letters <= 8 && !ordinal && !quantity
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_told_from_quantities_and_words() {
        let mut found: Vec<String> =
            identifiers_of("What does E-1042 (K-7/B) mean, on the 3rd day, at 20km and 5 kW? See FY2022.")
                .into_iter()
                .collect();
        found.sort();
        assert_eq!(found, ["e1042", "fy2022", "k7b"]);
    }
}
