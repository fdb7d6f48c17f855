//! A multilingual model puts what is written in the language of the question nearer to it than what is written in another one,
//! whether it answers or not. In a project of several languages the passages of the others would never be found for it, so
//! that they are ranked as if they lay so much nearer as the model puts them farther. What is told of a hit stays its cosine.

use std::collections::{HashMap, HashSet};

use super::ChunkKey;
use docent_vectors::{Branches, Hit};
use docent_words::Language;

/// So many times as many hits are looked at: those of other languages stand far behind.
pub(super) const WIDER: usize = 4;

/// The hits of a round that were brought nearer.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Levelled {
    nearer: HashSet<ChunkKey>,
    by: f32,
}

impl Levelled {
    /// Brings the hits by meaning nearer that are in another language than `question`, by `by`, and leaves the first `limit` of
    /// each branch.
    pub(super) fn level(
        branches: &mut Branches,
        languages: &HashMap<ChunkKey, Language>,
        question: Language,
        by: f32,
        limit: usize,
    ) -> Self {
        let is_foreign =
            |hit: &Hit| languages.get(&ChunkKey::from(hit)).is_some_and(|language| *language != question);
        let mut nearer = HashSet::new();
        for hit in branches.dense.iter_mut().filter(|hit| is_foreign(hit)) {
            hit.score += by;
            nearer.insert(ChunkKey::from(&*hit));
        }
        branches.dense.sort_by(|a, b| b.score.total_cmp(&a.score));
        branches.dense.truncate(limit);
        branches.sparse.truncate(limit);
        Self { nearer, by }
    }

    /// What the model said of a hit.
    pub(super) fn cosine(&self, key: ChunkKey, score: f32) -> f32 {
        if self.nearer.contains(&key) { score - self.by } else { score }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_of_other_languages_are_ranked_as_if_they_lay_nearer() {
        let hit = |id: i64, score| Hit { document: id.into(), generation: 1, position: 0, score };
        let key = |id: i64| ChunkKey { document: id.into(), generation: 1, position: 0 };
        let dense = vec![hit(1, 0.86), hit(2, 0.85), hit(3, 0.84), hit(4, 0.83), hit(5, 0.8)];
        let mut branches =
            Branches { dense, sparse: vec![hit(1, 4.0), hit(2, 3.0), hit(3, 2.0), hit(4, 1.0)] };
        let spoken =
            [(1, Language::German), (2, Language::German), (4, Language::English), (5, Language::English)];
        // The third is made of rows, which are in no language.
        let languages = spoken.into_iter().map(|(id, language)| (key(id), language)).collect();
        let levelled = Levelled::level(&mut branches, &languages, Language::German, 0.04, 3);
        let order: Vec<i64> = branches.dense.iter().map(|hit| hit.document.get()).collect();
        assert_eq!(order, [4, 1, 2]);
        assert_eq!(branches.sparse.len(), 3);
        assert!((levelled.cosine(key(4), branches.dense[0].score) - 0.83).abs() < 1e-6);
        assert!((levelled.cosine(key(1), branches.dense[1].score) - 0.86).abs() < 1e-6);
        assert!((Levelled::default().cosine(key(4), 0.9) - 0.9).abs() < 1e-6);
    }
}
