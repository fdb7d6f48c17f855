//! What a reranker's scores do to the order they were given for. It is believed as far as it deserves:
//! - the more its scores lie apart, the more they count: one that thinks the same of all passages changes nothing;
//! - the more it agrees with the order it was shown: one whose scores have nothing to do with it, or stand on their head,
//!   is a broken one more often than a wise one;
//! - a passage that has the question's identifier never falls behind one that lacks it by its judgement: such models know
//!   nothing of part numbers.

/// How much a reranker's judgement counts beside the order it was shown, at most.
const MOST: f64 = 0.6;
/// Scores this far apart make half of a difference.
const HALF: f64 = 0.1;
/// The correlation with the order from which on it is fully believed.
const AGREES: f64 = 0.2;
/// Fewer passages say nothing about agreement.
const FEWEST: usize = 8;

/// A passage that was looked at again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Judged {
    /// What it had before: 0 to 1.
    pub before: f64,
    /// The reranker's opinion: 0 to 1.
    pub score: f64,
    /// Whether it has an identifier of the question.
    pub exact: bool,
}

/// The passages' new scores in their order, 0 to 1, and the weight that the opinion had.
pub(super) fn blend(judged: &[Judged]) -> (Vec<f64>, f64) {
    let scores = judged.iter().map(|one| one.score);
    let (least, most) =
        scores.fold((f64::INFINITY, 0.0_f64), |(least, most), score| (least.min(score), most.max(score)));
    let spread = most - least;
    if judged.len() < 2 || spread <= f64::EPSILON {
        return (judged.iter().map(|one| one.before).collect(), 0.0);
    }
    let weight = MOST * belief(judged) * spread / (spread + HALF);
    let inexact = judged.iter().filter(|one| !one.exact).map(|one| one.score).fold(least, f64::max);
    let blended = judged.iter().map(|one| {
        let score = if one.exact { one.score.max(inexact) } else { one.score };
        weight.mul_add((score - least) / spread, (1.0 - weight) * one.before)
    });
    (blended.collect(), weight)
}

/// 0 to 1, by the correlation of the two orders.
fn belief(judged: &[Judged]) -> f64 {
    if judged.len() < FEWEST {
        return 1.0;
    }
    let before = ranks(judged, |one| one.before);
    let after = ranks(judged, |one| one.score);
    #[expect(clippy::cast_precision_loss, reason = "a few dozen passages")]
    let middle = (judged.len() - 1) as f64 / 2.0;
    let product =
        |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - middle) * (b - middle)).sum::<f64>();
    let scale = (product(&before, &before) * product(&after, &after)).sqrt();
    if scale > 0.0 { (product(&before, &after) / scale / AGREES).clamp(0.0, 1.0) } else { 0.0 }
}

/// The rank of each; equals share the mean of theirs.
#[expect(clippy::cast_precision_loss, reason = "a few dozen passages")]
fn ranks(judged: &[Judged], of: impl Fn(&Judged) -> f64) -> Vec<f64> {
    let rank = |one: &Judged| {
        let better = judged.iter().filter(|other| of(other) > of(one)).count();
        let equal = judged.iter().filter(|other| of(other) == of(one)).count();
        better as f64 + (equal as f64 - 1.0) / 2.0
    };
    judged.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What came first is first, with the opinion that `score` has of the n-th.
    fn judged(count: usize, score: impl Fn(usize) -> f64) -> Vec<Judged> {
        let one = |n: usize| Judged { before: 1.0 - n as f64 / 40.0, score: score(n), exact: false };
        (0..count).map(one).collect()
    }

    fn first(judged: &[Judged]) -> usize {
        let (blended, _) = blend(judged);
        assert!(blended.iter().all(|score| (0.0..=1.0).contains(score)), "{blended:?}");
        (0..blended.len()).max_by(|&a, &b| blended[a].total_cmp(&blended[b])).unwrap()
    }

    #[test]
    fn a_reranker_that_agrees_on_the_whole_moves_what_it_prefers() {
        let wise = judged(20, |n| if n == 3 { 0.9 } else { 0.4 - n as f64 / 100.0 });
        assert_eq!(first(&wise), 3);
    }

    #[test]
    fn one_that_stands_on_its_head_or_sees_no_difference_changes_nothing() {
        let upside_down = judged(20, |n| n as f64 / 20.0);
        assert_eq!(blend(&upside_down).1, 0.0);
        assert_eq!(first(&upside_down), 0);
        let equal = judged(20, |_| 0.7);
        assert_eq!((first(&equal), blend(&equal).1), (0, 0.0));
        let hardly = judged(5, |n| if n == 4 { 0.501 } else { 0.5 });
        assert_eq!(first(&hardly), 0, "{:?}", blend(&hardly));
    }

    #[test]
    fn what_has_the_identifier_stays_before_what_has_not() {
        let mut found = judged(5, |n| if n == 2 { 0.9 } else { 0.1 });
        assert_eq!(first(&found), 2);
        found[0].exact = true;
        assert_eq!(first(&found), 0);
    }

    #[test]
    fn nothing_and_one_are_left_alone() {
        assert_eq!(blend(&[]), (Vec::new(), 0.0));
        assert_eq!(blend(&judged(1, |_| 0.2)), (vec![1.0], 0.0));
    }
}
