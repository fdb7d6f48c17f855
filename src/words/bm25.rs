//! BM25 over fields, as weights: what a passage's words are worth, so that an engine only has to multiply and add.
//!
//! A field adds its counts before they are saturated (BM25F): a word of the heading that also stands in the text is one
//! word that occurs twice, not two. Only the text's own length is held against it.

use std::collections::BTreeMap;

use super::passage::Counts;

/// How quickly more of the same word stops counting.
const K1: f32 = 1.2;
/// How much a long text is held against its words.
const B: f32 = 0.75;
/// Words that carry meaning in a passage of about 200 tokens of English prose; stands in until a project has enough
/// passages of its own to say.
const FIRST_MEAN: f32 = 90.0;
/// Until so many passages were seen, their mean says little about those to come.
const FIRST_PASSAGES: i64 = 100;

/// A passage by its fields.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fields {
    /// The passage itself.
    pub body: Counts,
    /// The name of its file.
    pub name: Counts,
    /// What its document calls itself.
    pub title: Counts,
    /// The headings above it; of a sheet, its name.
    pub heading: Counts,
    /// The names of the columns that its rows have.
    pub columns: Counts,
    /// The page that people know it by, as one term (`page_term`).
    pub page: Option<u32>,
}

/// What a word of the document's name or title, one of a heading, and one of a column counts beside one of the text.
const NAME: f32 = 1.0;
const HEADING: f32 = 0.8;
const COLUMNS: f32 = 0.5;

impl Fields {
    /// The mean length to weigh by, of `passages` passages that have `words` words between them.
    pub fn mean(passages: i64, words: i64) -> f32 {
        if passages < FIRST_PASSAGES {
            return FIRST_MEAN;
        }
        #[expect(clippy::cast_precision_loss, reason = "a mean of lengths")]
        let mean = words as f32 / passages as f32;
        mean.max(1.0)
    }

    /// The weight of each term, ascending by term, in a project whose passages have this mean length.
    pub fn weights(&self, mean: f32) -> Vec<(u32, f32)> {
        let stretch = 1.0 - B + B * self.body.length / mean.max(1.0);
        let mut sums: BTreeMap<u32, f32> = BTreeMap::new();
        for &(term, count) in &self.body.terms {
            *sums.entry(term).or_default() += count / stretch;
        }
        for (field, weight) in [(&self.heading, HEADING), (&self.columns, COLUMNS)] {
            for &(term, count) in &field.terms {
                // A heading that says a word twice means it no more.
                *sums.entry(term).or_default() += weight * count.min(1.0);
            }
        }
        // A title that says again what the file is called means it no more, either.
        for &(term, count) in &self.name.terms {
            *sums.entry(term).or_default() += NAME * count.min(1.0);
        }
        for &(term, count) in self.title.terms.iter().filter(|(term, _)| !self.name.has(*term)) {
            *sums.entry(term).or_default() += NAME * count.min(1.0);
        }
        if let Some(page) = self.page {
            *sums.entry(page).or_default() += 1.0;
        }
        sums.into_iter().map(|(term, sum)| (term, sum * (K1 + 1.0) / (sum + K1))).collect()
    }

    /// Every term of the passage once, ascending.
    pub fn terms(&self) -> Vec<u32> {
        let all = [&self.body, &self.name, &self.title, &self.heading, &self.columns];
        let mut terms: Vec<u32> =
            all.iter().flat_map(|counts| counts.terms.iter().map(|&(term, _)| term)).collect();
        terms.extend(self.page);
        terms.sort_unstable();
        terms.dedup();
        terms
    }
}

/// How much a term's rarity counts, among `total` passages of which `holding` have it.
pub fn rarity(total: i64, holding: i64) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "counts of passages")]
    let (total, holding) = (total.max(holding) as f32, holding as f32);
    ((total - holding + 0.5) / (holding + 0.5) + 1.0).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(terms: &[(u32, f32)], length: f32) -> Counts {
        Counts { terms: terms.to_vec(), length }
    }

    #[test]
    fn weights_follow_the_formula() {
        // Twice at the mean length: 2 × 2.2 / (2 + 1.2); once: 1.
        let fields = Fields { body: counts(&[(1, 2.0), (9, 1.0)], 5.0), ..Fields::default() };
        let weights = fields.weights(5.0);
        assert!((weights[0].1 - 1.375).abs() < 1e-6 && (weights[1].1 - 1.0).abs() < 1e-6, "{weights:?}");
    }

    #[test]
    fn fields_add_up_before_they_are_saturated() {
        let body = counts(&[(1, 1.0)], 5.0);
        let name = counts(&[(1, 3.0), (2, 1.0)], 2.0);
        let both = Fields { body: body.clone(), name: name.clone(), ..Fields::default() }.weights(5.0);
        let twice = Fields { body: counts(&[(1, 2.0)], 5.0), ..Fields::default() }.weights(5.0);
        assert!((both[0].1 - twice[0].1).abs() < 1e-6, "{both:?}");
        assert_eq!(both.len(), 2);
    }

    #[test]
    fn a_title_that_repeats_the_name_adds_nothing_and_columns_count_less_than_headings() {
        let (name, other) = (counts(&[(1, 1.0)], 1.0), counts(&[(1, 1.0), (2, 1.0)], 2.0));
        let alone = Fields { name: name.clone(), ..Fields::default() }.weights(5.0);
        let titled = Fields { name, title: other.clone(), ..Fields::default() }.weights(5.0);
        assert_eq!((titled[0].1, titled.len()), (alone[0].1, 2));
        let heading = Fields { heading: other.clone(), ..Fields::default() }.weights(5.0);
        let columns = Fields { columns: other, page: Some(7), ..Fields::default() };
        assert!(columns.weights(5.0)[0].1 < heading[0].1);
        assert_eq!(columns.terms(), [1, 2, 7]);
    }

    #[test]
    fn long_passages_and_common_words_count_less() {
        let at =
            |length| Fields { body: counts(&[(1, 1.0)], length), ..Fields::default() }.weights(10.0)[0].1;
        assert!(at(40.0) < at(5.0));
        assert!(rarity(1_000, 1) > rarity(1_000, 10));
        assert!(rarity(10, 10) > 0.0 && rarity(0, 3) > 0.0);
    }

    #[test]
    fn the_mean_is_taken_at_its_word_once_enough_was_seen() {
        assert_eq!(Fields::mean(99, 400), FIRST_MEAN);
        assert_eq!(Fields::mean(100, 4_000), 40.0);
    }
}
