//! Whether what was found has anything to do with the question: better no answer than an invented one.

use crate::vectors::words_of;

/// So much of the question's own words in one passage speaks for it, whatever the embedding model thinks:
/// it knows nothing of part numbers and names.
const STRONG_SHARE: f64 = 0.6;

/// The share of the question's words (without stop words, stemmed) that stand in the passage; 0 for a question
/// without such words.
pub fn coverage(question: &str, passage: &str) -> f64 {
    let asked = words_of(question);
    if asked.is_empty() {
        return 0.0;
    }
    let there = words_of(passage);
    let found = asked.iter().filter(|word| there.binary_search(word).is_ok()).count();
    #[expect(clippy::cast_precision_loss, reason = "a question has few words")]
    let share = found as f64 / asked.len() as f64;
    share
}

/// The decision behind `no_answer`: near enough in meaning, or strong in words.
pub fn is_relevant(best_cosine: Option<f32>, min_cosine: f32, best_coverage: f64) -> bool {
    best_cosine.is_some_and(|cosine| cosine >= min_cosine) || best_coverage >= STRONG_SHARE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_their_endings_and_small_words() {
        assert_eq!(coverage("What do the kestrels eat?", "A kestrel eats voles."), 1.0);
        assert_eq!(coverage("kestrels and herons", "A kestrel."), 0.5);
        assert_eq!(coverage("what is the", "what is the"), 0.0);
        assert_eq!(coverage("Was frisst der Turmfalke?", "A kestrel eats voles."), 0.0);
    }

    #[test]
    fn either_meaning_or_words_suffice() {
        assert!(is_relevant(Some(0.5), 0.3, 0.0));
        assert!(is_relevant(Some(0.1), 0.3, 1.0));
        assert!(is_relevant(None, 0.3, 0.7));
        assert!(!is_relevant(Some(0.29), 0.3, 0.5));
        assert!(!is_relevant(None, 0.3, 0.0));
    }
}
