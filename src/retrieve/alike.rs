//! Whether passages of two documents are forms of one another.

use std::collections::HashSet;

/// So many of the words of a passage stand in those of another document, too, that one is taken for a form of the other.
const ALIKE: f64 = 0.6;
/// Shorter words stand everywhere.
const TELLING_LETTERS: usize = 4;

pub(super) fn words(text: &str) -> HashSet<String> {
    let telling = |word: &&str| word.chars().count() >= TELLING_LETTERS;
    text.split(|c: char| !c.is_alphabetic()).filter(telling).map(str::to_lowercase).collect()
}

/// Whether most of the words are among those.
pub(super) fn stands_in(words: &HashSet<String>, said: &HashSet<&String>) -> bool {
    let shared = words.iter().filter(|word| said.contains(word)).count();
    #[expect(clippy::cast_precision_loss, reason = "words of a passage")]
    let share = shared as f64 / words.len().max(1) as f64;
    share >= ALIKE
}
