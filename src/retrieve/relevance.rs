//! Whether what was found has anything to do with the question: better no answer than an invented one.

use docent_vectors::words_of;

/// So much of the question's own words in one passage speaks for it, whatever the embedding model thinks:
/// it knows nothing of part numbers and names.
const STRONG_SHARE: f64 = 0.8;

/// The decision behind `no_answer`: near enough in meaning, or strong in words. docs/retrieval.md has the figures.
pub fn is_relevant<'a>(
    question: &str,
    best_cosine: Option<f32>,
    min_cosine: f32,
    mut passages: impl Iterator<Item = &'a str>,
) -> bool {
    best_cosine.is_some_and(|cosine| cosine >= min_cosine)
        || passages.any(|passage| coverage(question, passage) >= STRONG_SHARE)
}

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
        let relevant = |cosine, passages: &[&str]| {
            is_relevant("kestrels in 1998", cosine, 0.3, passages.iter().copied())
        };
        assert!(relevant(Some(0.5), &[]));
        assert!(relevant(Some(0.1), &["Owls.", "The kestrel of 1998."]));
        assert!(relevant(None, &["1998: one kestrel"]));
        assert!(!relevant(Some(0.29), &["The kestrel of 1997."]), "half of the words are not enough");
        assert!(!relevant(None, &[]));
    }
}
