//! Two rankings become one. Pure functions over what the index found.
//!
//! By confidence, the default: as by scores, and the branch in which the best hit stands out from the others weighs more.
//! By ranks: a hit earns `1 / (k + rank)` in each branch; scores do not matter, so nothing can be out of scale.
//! By scores: cosines are spread over 0 to 1 between the worst and the best of their branch, BM25 is taken as a share
//! of its best, and the two are added. Both end as a share of what a hit that leads every branch would get.

use std::collections::HashMap;

use docent_domain::DocumentId;
use docent_vectors::{Branches, Hit};

/// How much the difference between the branches' confidence counts.
const CONFIDENCE: f64 = 0.6;
/// Hits beside the best without which it cannot be said to stand out.
const FEWEST: usize = 4;
/// Deviations beyond which nothing is more certain.
const MOST: f64 = 8.0;

/// The weight of the cosine where the question is in another language than the documents, and the model knows both.
pub(super) const FOREIGN: f64 = 0.92;

/// How the two rankings become one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fusion {
    /// Reciprocal-rank fusion; the larger `k`, the less the first places stand out.
    Ranks { k: f64 },
    /// A weighted sum of scaled scores; `dense` is the weight of the cosine, the rest is BM25's.
    Scores { dense: f64 },
    /// The same, with a weight that moves from `dense` towards the branch whose best hits stand out from its others.
    /// `named`: the question has an identifier, so that a passage which the words did not find lacks it, too.
    Confident { dense: f64, named: bool },
}

impl Fusion {
    pub const RANKS: Self = Self::Ranks { k: 60.0 };
    pub const SCORES: Self = Self::Scores { dense: 0.4 };
    pub const CONFIDENT: Self = Self::Confident { dense: 0.55, named: false };

    /// The weight of the cosine, for what the branches found; `None` where ranks decide.
    pub fn weight(self, branches: &Branches) -> Option<f64> {
        match self {
            Self::Ranks { .. } => None,
            Self::Scores { dense } => Some(dense),
            Self::Confident { dense, named } => {
                let prior = (dense / (1.0 - dense)).ln();
                let lacking = if named { (FEWEST + 1).saturating_sub(branches.sparse.len()) } else { 0 };
                let apart = stands_out(&branches.dense, 0) - stands_out(&branches.sparse, lacking);
                Some(1.0 / (1.0 + (-(prior + CONFIDENCE * apart)).exp()))
            }
        }
    }
}

/// Which chunk, wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChunkKey {
    pub document: DocumentId,
    pub generation: i64,
    pub position: i64,
}

impl From<&Hit> for ChunkKey {
    fn from(hit: &Hit) -> Self {
        Self { document: hit.document, generation: hit.generation, position: hit.position }
    }
}

/// Where a branch has put a chunk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// 1-based.
    pub rank: usize,
    /// The branch's own: a cosine, or BM25.
    pub score: f32,
}

/// A chunk with its places and what they come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fused {
    pub key: ChunkKey,
    pub dense: Option<Place>,
    pub sparse: Option<Place>,
    /// 0 to 1.
    pub score: f64,
}

/// Best first; equals stand in the order of their keys, so that the same hits always give the same ranking.
/// A branch without hits has no say.
pub fn fuse(fusion: Fusion, branches: &Branches) -> Vec<Fused> {
    fuse_beside(fusion, branches, |_| false)
}

/// The same beside documents that are still being read: what the branch by meaning does not list of them may have no
/// vector yet, and is judged by its words alone.
pub fn fuse_beside(
    fusion: Fusion,
    branches: &Branches,
    is_partial: impl Fn(DocumentId) -> bool,
) -> Vec<Fused> {
    fuse_on_scale(fusion, branches, Scale::of(branches), is_partial, |_| false)
}

/// The same where more hits were looked for by themselves: `farthest` is the last cosine of the branch without
/// them, and none counts as farther. What is foreign, in another language than the question, is judged by its meaning: it
/// lacks the words of the question whether it answers or not.
pub fn fuse_with(
    fusion: Fusion,
    branches: &Branches,
    farthest: Option<f32>,
    is_partial: impl Fn(DocumentId) -> bool,
    is_foreign: impl Fn(ChunkKey) -> bool,
) -> Vec<Fused> {
    let scale = Scale::of(branches);
    let worst = farthest.map(f64::from);
    let dense = scale.dense.map(|(all, best)| (worst.unwrap_or(all), best));
    fuse_on_scale(fusion, branches, Scale { dense, ..scale }, is_partial, is_foreign)
}

fn fuse_on_scale(
    fusion: Fusion,
    branches: &Branches,
    scale: Scale,
    is_partial: impl Fn(DocumentId) -> bool,
    is_foreign: impl Fn(ChunkKey) -> bool,
) -> Vec<Fused> {
    let mut found: HashMap<ChunkKey, Fused> = HashMap::new();
    let empty = |key| Fused { key, dense: None, sparse: None, score: 0.0 };
    for (place, key) in places(&branches.dense) {
        found.entry(key).or_insert_with(|| empty(key)).dense = Some(place);
    }
    for (place, key) in places(&branches.sparse) {
        found.entry(key).or_insert_with(|| empty(key)).sparse = Some(place);
    }
    let words = Scale { dense: None, ..scale };
    let weight = fusion.weight(branches).unwrap_or(0.5);
    let mut fused: Vec<Fused> = found.into_values().collect();
    for one in &mut fused {
        let by_words = one.dense.is_none() && is_partial(one.key.document);
        let (scale, weight) = match () {
            () if by_words => (&words, 0.0),
            () if is_foreign(one.key) => (&scale, weight.max(FOREIGN)),
            () => (&scale, weight),
        };
        one.score = match fusion {
            Fusion::Ranks { k } => scale.by_ranks(k, one),
            Fusion::Scores { .. } | Fusion::Confident { .. } => scale.by_scores(weight, one),
        };
    }
    fused.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.key.cmp(&b.key)));
    fused
}

/// How many standard deviations the best score lies above the mean of the others, `zeros` passages that score nothing
/// among them.
fn stands_out(hits: &[Hit], zeros: usize) -> f64 {
    let Some((best, others)) = hits.split_first().filter(|(_, others)| others.len() + zeros >= FEWEST) else {
        return 0.0;
    };
    let scores = || others.iter().map(|hit| f64::from(hit.score)).chain(std::iter::repeat_n(0.0, zeros));
    #[expect(clippy::cast_precision_loss, reason = "a few dozen hits")]
    let count = (others.len() + zeros) as f64;
    let mean = scores().sum::<f64>() / count;
    let deviation = (scores().map(|score| (score - mean).powi(2)).sum::<f64>() / count).sqrt();
    let above = f64::from(best.score) - mean;
    // Others that are all alike leave nothing to doubt.
    if above > MOST * deviation {
        MOST
    } else if deviation > 0.0 {
        (above / deviation).max(0.0)
    } else {
        0.0
    }
}

fn places(hits: &[Hit]) -> impl Iterator<Item = (Place, ChunkKey)> + '_ {
    hits.iter().enumerate().map(|(n, hit)| (Place { rank: n + 1, score: hit.score }, ChunkKey::from(hit)))
}

/// What the hits of each branch lie between.
#[derive(Debug, Clone, Copy)]
struct Scale {
    /// The worst and the best cosine.
    dense: Option<(f64, f64)>,
    /// The best BM25 score.
    sparse: Option<f64>,
}

impl Scale {
    fn of(branches: &Branches) -> Self {
        let scores = |hits: &[Hit]| hits.iter().map(|hit| f64::from(hit.score)).collect::<Vec<_>>();
        let dense = scores(&branches.dense);
        let ends = dense.iter().copied().reduce(f64::min).zip(dense.iter().copied().reduce(f64::max));
        Self { dense: ends, sparse: scores(&branches.sparse).into_iter().reduce(f64::max) }
    }

    fn by_ranks(&self, k: f64, one: &Fused) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "ranks are small")]
        let share = |place: Option<Place>| place.map_or(0.0, |place| (k + 1.0) / (k + place.rank as f64));
        let branches = f64::from(u8::from(self.dense.is_some()) + u8::from(self.sparse.is_some()));
        (share(one.dense) + share(one.sparse)) / branches.max(1.0)
    }

    fn by_scores(&self, weight: f64, one: &Fused) -> f64 {
        let dense = one.dense.zip(self.dense).map_or(0.0, |(place, (worst, best))| {
            // All the same: each is the best.
            if best > worst { ((f64::from(place.score) - worst) / (best - worst)).max(0.0) } else { 1.0 }
        });
        let sparse = one
            .sparse
            .zip(self.sparse)
            .map_or(0.0, |(place, best)| if best > 0.0 { f64::from(place.score) / best } else { 1.0 });
        match (self.dense, self.sparse) {
            (Some(_), Some(_)) => weight.mul_add(dense, (1.0 - weight) * sparse),
            _ => dense + sparse,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(scored: &[(i64, f32)]) -> Vec<Hit> {
        let hit = |&(id, score): &(i64, f32)| Hit {
            document: DocumentId::from(id),
            generation: 1,
            position: 0,
            score,
        };
        scored.iter().map(hit).collect()
    }

    fn check(fusion: Fusion, dense: &[(i64, f32)], sparse: &[(i64, f32)], expect: &[(i64, f64)]) {
        let fused = fuse(fusion, &Branches { dense: hits(dense), sparse: hits(sparse) });
        let got: Vec<_> =
            fused.iter().map(|one| (one.key.document.get(), (one.score * 1e3).round() / 1e3)).collect();
        assert_eq!(got, expect, "{fusion:?}");
        assert!(fused.iter().all(|one| (0.0..=1.0).contains(&one.score)), "{fused:?}");
    }

    #[test]
    fn leading_both_branches_is_a_whole() {
        check(
            Fusion::RANKS,
            &[(1, 0.9), (2, 0.8)],
            &[(1, 12.0), (3, 3.0)],
            &[(1, 1.0), (2, 0.492), (3, 0.492)],
        );
        check(
            Fusion::SCORES,
            &[(1, 0.9), (2, 0.8)],
            &[(1, 12.0), (3, 3.0)],
            // A quarter of the best BM25 score, which weighs 0.6.
            &[(1, 1.0), (3, 0.15), (2, 0.0)],
        );
    }

    #[test]
    fn ranks_ignore_scores_and_scores_ignore_ranks() {
        let (dense, sparse) = ([(1, 0.9), (2, 0.89), (3, 0.1)], [(2, 10.0), (3, 9.9), (1, 0.1)]);
        check(Fusion::Ranks { k: 2.0 }, &dense, &sparse, &[(2, 0.875), (1, 0.8), (3, 0.675)]);
        check(Fusion::Scores { dense: 0.5 }, &dense, &sparse, &[(2, 0.994), (1, 0.505), (3, 0.495)]);
    }

    #[test]
    fn the_weight_decides_between_the_branches() {
        let (dense, sparse) = ([(1, 0.9), (2, 0.1)], [(2, 10.0), (1, 1.0)]);
        check(Fusion::Scores { dense: 0.9 }, &dense, &sparse, &[(1, 0.91), (2, 0.1)]);
        check(Fusion::Scores { dense: 0.1 }, &dense, &sparse, &[(2, 0.9), (1, 0.19)]);
    }

    #[test]
    fn what_may_have_no_vector_yet_is_judged_by_its_words() {
        let branches = Branches { dense: hits(&[(1, 0.9), (2, 0.8)]), sparse: hits(&[(3, 8.0), (4, 8.0)]) };
        let is_partial = |document| document == DocumentId::from(3);
        for fusion in [Fusion::RANKS, Fusion::Scores { dense: 0.9 }] {
            let fused = fuse_beside(fusion, &branches, is_partial);
            let score =
                |id: i64| fused.iter().find(|one| one.key.document == DocumentId::from(id)).unwrap().score;
            assert!((score(3) - 1.0).abs() < 1e-9 && score(4) < 0.6, "{fusion:?}: {fused:?}");
        }
    }

    #[test]
    fn what_is_in_another_language_is_judged_by_its_meaning() {
        let branches =
            Branches { dense: hits(&[(1, 0.9), (2, 0.88), (3, 0.7)]), sparse: hits(&[(2, 8.0), (3, 6.0)]) };
        let first = |foreign: i64| {
            let is_foreign = |key: ChunkKey| key.document == DocumentId::from(foreign);
            let fused = fuse_with(Fusion::Scores { dense: 0.5 }, &branches, None, |_| false, is_foreign);
            fused[0].key.document.get()
        };
        assert_eq!((first(0), first(1)), (2, 2), "leading one branch is no more than being first in both");
        let apart = Branches { dense: branches.dense, sparse: hits(&[(3, 6.0)]) };
        let is_foreign = |key: ChunkKey| key.document == DocumentId::from(1);
        let order = |is_foreign: &dyn Fn(ChunkKey) -> bool| {
            let fused = fuse_with(Fusion::Scores { dense: 0.4 }, &apart, None, |_| false, is_foreign);
            fused.iter().map(|one| one.key.document.get()).collect::<Vec<_>>()
        };
        assert_eq!((order(&|_| false), order(&is_foreign)), (vec![3, 1, 2], vec![1, 3, 2]));
    }

    #[test]
    fn a_branch_that_found_nothing_has_no_say() {
        check(Fusion::RANKS, &[(1, 0.9), (2, 0.8)], &[], &[(1, 1.0), (2, 0.984)]);
        check(Fusion::Scores { dense: 0.5 }, &[], &[(1, 8.0), (2, 4.0)], &[(1, 1.0), (2, 0.5)]);
        check(Fusion::Scores { dense: 0.5 }, &[], &[], &[]);
    }

    #[test]
    fn the_branch_whose_best_stands_out_decides() {
        let flat: Vec<(i64, f32)> = (0..20).map(|n| (n, 0.50 - n as f32 * 0.01)).collect();
        let sure: Vec<(i64, f32)> =
            (0..20).map(|n| (19 - n, if n == 0 { 30.0 } else { 5.0 - n as f32 * 0.1 })).collect();
        let first = |dense: &[(i64, f32)], sparse: &[(i64, f32)]| {
            let branches = Branches { dense: hits(dense), sparse: hits(sparse) };
            (
                fuse(Fusion::CONFIDENT, &branches)[0].key.document.get(),
                Fusion::CONFIDENT.weight(&branches).unwrap(),
            )
        };
        let (document, weight) = first(&flat, &sure);
        assert!(document == 19 && weight < 0.3, "{document} {weight}");
        let cosines: Vec<(i64, f32)> = sure.iter().map(|&(id, score)| (id, score / 40.0)).collect();
        let (document, weight) = first(&cosines, &flat);
        assert!(document == 19 && weight > 0.7, "{document} {weight}");
    }

    #[test]
    fn one_passage_that_has_the_rare_word_stands_out_from_others_that_are_alike() {
        let dense: Vec<(i64, f32)> = (0..20).map(|n| (n, 0.86 - n as f32 * 0.002)).collect();
        let sparse: Vec<(i64, f32)> = (0..20).map(|n| (19 - n, if n == 0 { 6.1 } else { 0.01 })).collect();
        let first = |fusion: Fusion, sparse: &[(i64, f32)]| {
            fuse(fusion, &Branches { dense: hits(&dense), sparse: hits(sparse) })[0].key.document.get()
        };
        assert_eq!(first(Fusion::CONFIDENT, &sparse), 19);
        // The only one that the words found: the word decides where it is an identifier.
        let named = Fusion::Confident { dense: 0.55, named: true };
        assert_eq!((first(Fusion::CONFIDENT, &sparse[..1]), first(named, &sparse[..1])), (0, 19));
    }

    #[test]
    fn equal_and_negative_scores_stay_in_range() {
        check(Fusion::Scores { dense: 0.5 }, &[(2, 0.5), (1, 0.5)], &[], &[(1, 1.0), (2, 1.0)]);
        check(Fusion::Scores { dense: 0.5 }, &[(1, -0.1), (2, -0.3)], &[], &[(1, 1.0), (2, 0.0)]);
    }

    #[test]
    fn places_are_kept_for_the_trace() {
        let fused =
            fuse(Fusion::RANKS, &Branches { dense: hits(&[(1, 0.9)]), sparse: hits(&[(2, 3.0), (1, 2.0)]) });
        assert_eq!(fused[0].dense, Some(Place { rank: 1, score: 0.9 }));
        assert_eq!(fused[0].sparse, Some(Place { rank: 2, score: 2.0 }));
        assert_eq!(fused[1].dense, None);
    }
}
