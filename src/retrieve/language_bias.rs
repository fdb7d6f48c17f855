//! A multilingual model puts what is written in the language of the question nearer to it than what is written in another one,
//! whether it answers or not. In a project of several languages the passages of the others would never be found for it, so
//! that they are ranked as if they lay so much nearer as the model puts them farther. What is told of a hit stays its cosine.

use std::collections::HashSet;

use super::ChunkKey;
use docent_vectors::{Branches, Hit};

/// So many times as many hits are looked at: those of other languages stand far behind.
pub(super) const WIDER: usize = 4;

/// By how much a passage in another language must be nearer than all in the language of the question, as if the model put it no
/// farther, to say by itself that there is an answer: some passage of every language is always near.
const AHEAD: f32 = 0.02;

/// So many passages of other languages are judged by their meaning alone, whatever the words of the question find.
const BY_MEANING: usize = 2;

/// Whether a passage in another language is not, with the cosine of the nearest passage in the question's own language.
pub(super) fn is_outdone(cosine: Option<f32>, own: Option<f32>, bias: f32) -> bool {
    cosine.zip(own).is_some_and(|(cosine, own)| cosine + bias < own + AHEAD)
}

/// The hits of a round that were brought nearer.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Levelled {
    nearer: HashSet<ChunkKey>,
    /// The first of them.
    first: Vec<ChunkKey>,
    by: f32,
}

/// Those of the hits by meaning that are among the first `limit` or can come there.
pub(super) fn within_reach(dense: &[Hit], by: f32, limit: usize) -> Vec<ChunkKey> {
    let last = limit.checked_sub(1).and_then(|last| dense.get(last)).map_or(f32::MIN, |hit| hit.score);
    dense.iter().filter(|hit| hit.score + by >= last).map(ChunkKey::from).collect()
}

impl Levelled {
    /// Brings those of the hits by meaning nearer that are in another language than the question, by `by`, and leaves the first
    /// `limit` of each branch.
    pub(super) fn level(branches: &mut Branches, nearer: HashSet<ChunkKey>, by: f32, limit: usize) -> Self {
        let foreign = branches.dense.iter_mut().filter(|hit| nearer.contains(&ChunkKey::from(&**hit)));
        foreign.for_each(|hit| hit.score += by);
        branches.dense.sort_by(|a, b| b.score.total_cmp(&a.score));
        branches.dense.truncate(limit);
        branches.sparse.truncate(limit);
        let keys = branches.dense.iter().map(ChunkKey::from);
        let first = keys.filter(|key| nearer.contains(key)).take(BY_MEANING).collect();
        Self { nearer, first, by }
    }

    /// Whether a hit in another language than the question is one of the nearest of these.
    pub(super) fn is_first(&self, key: ChunkKey) -> bool {
        self.first.contains(&key)
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
    fn a_passage_in_another_language_is_outdone_by_a_nearer_one_in_the_own() {
        assert!(is_outdone(Some(0.81), Some(0.84), 0.04) && !is_outdone(Some(0.83), Some(0.84), 0.04));
        assert!(!is_outdone(Some(0.79), None, 0.04) && !is_outdone(None, Some(0.84), 0.04));
    }

    #[test]
    fn passages_of_other_languages_are_ranked_as_if_they_lay_nearer() {
        let hit = |id: i64, score| Hit { document: id.into(), generation: 1, position: 0, score };
        let key = |id: i64| ChunkKey { document: id.into(), generation: 1, position: 0 };
        let dense = vec![hit(1, 0.86), hit(2, 0.85), hit(3, 0.84), hit(4, 0.83), hit(5, 0.8)];
        let mut branches =
            Branches { dense, sparse: vec![hit(1, 4.0), hit(2, 3.0), hit(3, 2.0), hit(4, 1.0)] };
        let reach = within_reach(&branches.dense, 0.02, 3);
        assert_eq!(reach.len(), 4, "the last one lies too far behind the third");
        assert_eq!(within_reach(&branches.dense, 0.02, 9).len(), 5);
        // The third is made of rows, which are in no language.
        let levelled = Levelled::level(&mut branches, [key(4), key(5)].into(), 0.04, 3);
        let order: Vec<i64> = branches.dense.iter().map(|hit| hit.document.get()).collect();
        assert_eq!(order, [4, 1, 2]);
        assert_eq!(branches.sparse.len(), 3);
        assert!(levelled.is_first(key(4)) && !levelled.is_first(key(5)), "it is not among the first three");
        assert!((levelled.cosine(key(4), branches.dense[0].score) - 0.83).abs() < 1e-6);
        assert!((levelled.cosine(key(1), branches.dense[1].score) - 0.86).abs() < 1e-6);
        assert!((Levelled::default().cosine(key(4), 0.9) - 0.9).abs() < 1e-6);
    }
}
