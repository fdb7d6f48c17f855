//! BM25 as weights: what a chunk's words are worth, so that an engine only has to multiply and add.
//!
//! The engine contributes how rare a term is (IDF, over everything it holds); this side contributes how often the
//! term stands in the chunk and how long the chunk is, against the mean length of all chunks.

use serde::{Deserialize, Serialize};

/// How quickly more of the same word stops counting.
const K1: f64 = 1.2;
/// How much a long chunk is held against its words.
const B: f64 = 0.75;
/// Until so many chunks were seen, the mean says little about those to come.
const FIRST_CHUNKS: u64 = 100;
/// Words that carry meaning in a full chunk of 254 tokens of English prose, as measured; stands in until then.
const FIRST_MEAN: f64 = 100.0;

/// The terms of one text: words without stop words, stemmed, as numbers, and how often each occurs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Terms {
    /// Ascending by term.
    pub counts: Vec<(u32, u32)>,
}

impl Terms {
    pub fn length(&self) -> u64 {
        self.counts.iter().map(|&(_, count)| u64::from(count)).sum()
    }

    /// The weight of each term in a collection of this mean length.
    pub fn weights(&self, mean_length: f64) -> Vec<(u32, f32)> {
        #[expect(clippy::cast_precision_loss, reason = "a chunk has far fewer than 2^52 words")]
        let stretch = K1 * (1.0 - B + B * self.length() as f64 / mean_length.max(1.0));
        let weight = |count: u32| f64::from(count) * (K1 + 1.0) / (f64::from(count) + stretch);
        #[expect(clippy::cast_possible_truncation, reason = "between 0 and k1 + 1")]
        self.counts.iter().map(|&(term, count)| (term, weight(count) as f32)).collect()
    }
}

/// How much a term's rarity counts, among `total` chunks of which `holding` have it. As Qdrant computes it.
pub(super) fn rarity(total: usize, holding: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "counts of chunks in memory")]
    let (total, holding) = (total as f32, holding as f32);
    ((total - holding + 0.5) / (holding + 0.5) + 1.0).ln()
}

/// The mean number of terms in the chunks seen so far. Weights that were computed under an older mean stay as they
/// are until the index is rebuilt; the mean settles after a few hundred chunks, so they differ by little.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct MeanLength {
    chunks: u64,
    terms: u64,
}

impl MeanLength {
    /// Of chunks of which only the lengths are known.
    pub fn of(lengths: impl Iterator<Item = u64>) -> Self {
        lengths.fold(Self::default(), |mean, length| Self {
            chunks: mean.chunks + 1,
            terms: mean.terms.saturating_add(length),
        })
    }

    pub fn add(&mut self, terms: &Terms) {
        self.chunks += 1;
        self.terms += terms.length();
    }

    pub fn get(&self) -> f64 {
        if self.chunks < FIRST_CHUNKS {
            return FIRST_MEAN;
        }
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 words")]
        let mean = self.terms as f64 / self.chunks as f64;
        mean.max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_follow_the_formula() {
        // 5 terms, one of them twice, at a mean of 5: 2 × 2.2 / (2 + 1.2) and 1 × 2.2 / (1 + 1.2).
        let terms = Terms { counts: vec![(1, 2), (2, 1), (3, 1), (9, 1)] };
        let weights = terms.weights(5.0);
        assert!((weights[0].1 - 1.375).abs() < 1e-6, "{weights:?}");
        assert!((weights[1].1 - 1.0).abs() < 1e-6, "{weights:?}");
    }

    #[test]
    fn the_same_words_weigh_less_in_a_longer_chunk() {
        let short = Terms { counts: vec![(1, 1)] };
        let long = Terms { counts: vec![(1, 1), (2, 40)] };
        assert!(long.weights(10.0)[0].1 < short.weights(10.0)[0].1);
        assert_eq!(Terms::default().weights(10.0), []);
    }

    #[test]
    fn the_mean_is_taken_at_its_word_once_enough_was_seen() {
        let mut mean = MeanLength::default();
        let chunk = Terms { counts: vec![(1, 30), (2, 10)] };
        for _ in 1..FIRST_CHUNKS {
            mean.add(&chunk);
        }
        assert_eq!(mean.get(), FIRST_MEAN);
        mean.add(&chunk);
        assert_eq!(mean.get(), 40.0);
    }

    #[test]
    fn rare_terms_count_more() {
        assert!(rarity(1_000, 1) > rarity(1_000, 10));
        assert!(rarity(10, 10) > 0.0);
    }
}
