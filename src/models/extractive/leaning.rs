//! Sentences that point back at the one before them: "At the moment this is Ida Moss."

use unicode_segmentation::UnicodeSegmentation;

/// What the sentence before one that leans on it counts for, of what it says itself.
pub(super) const SHARE: f64 = 0.6;

/// Words that point back where a sentence begins with them.
const PRONOUNS: &[&str] = &[
    "he", "she", "it", "they", "his", "her", "its", "their", "this", "these", "those", "er", "sie", "es",
    "dies", "diese", "dieser", "dieses", "il", "elle", "ils", "elles", "celui-ci", "celle-ci", "él", "ella",
    "ellos", "ellas", "esto", "este", "esta", "éste", "ésta",
];

/// The same anywhere, with the verb behind them.
const POINTING: &[&str] = &[
    "this is",
    "this was",
    "that is",
    "that was",
    "these are",
    "those are",
    "dies ist",
    "das ist",
    "dies war",
    "das war",
    "dies sind",
    "das sind",
    "c est",
    "il s agit",
    "esto es",
    "eso es",
    "questo è",
];

/// Whether what a sentence is about stands in the sentence before it.
pub(super) fn leans(sentence: &str) -> bool {
    let words: Vec<String> = sentence.unicode_words().map(str::to_lowercase).collect();
    let begins = words.first().is_some_and(|word| PRONOUNS.contains(&word.as_str()));
    let spaced = format!(" {} ", words.join(" ").replace(['\'', '’'], " "));
    begins || POINTING.iter().any(|phrase| spaced.contains(&format!(" {phrase} ")))
}

/// Sentences below a question that answer it, at most.
pub(super) const ANSWERING: usize = 3;

/// Whether a sentence is a question.
pub(super) fn asks(sentence: &str) -> bool {
    sentence.trim_end_matches(['*', '_', '"', '”', ' ']).ends_with(['?', '？'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_points_back_is_told() {
        assert!(leans("At the moment this is Ida Moss."));
        assert!(leans("They open at nine."));
        assert!(leans("Zurzeit ist das Ida Moss; das ist die Leiterin."));
        assert!(leans("C’est Ida Moss."));
        assert!(!leans("The keeper is Ida Moss."));
        assert!(asks("**Who keeps it?**") && !asks("Ida Moss."));
        assert!(!leans("It rains: thistle is a plant.".trim_start_matches("It ")));
    }
}
