//! What speaks for a sentence as the answer to a question.

use unicode_segmentation::UnicodeSegmentation;

use super::asked::Wanted;
use super::pick::{Desk, Open};
use super::terms;

/// In the order of [`WEIGHTS`].
pub(super) type Signs = [f64; 8];

/// How much each sign counts for the logarithm of the chance that a sentence answers: a conditional logit (McFadden, 1974)
/// over the sentences of what was found, with L2 regularisation. Learned from 1,355 questions that people asked a search
/// engine, with paragraphs of Wikipedia; see `measure` and the file NOTICE.
const WEIGHTS: Signs = [0.82, 1.56, 2.33, 0.83, 1.94, -0.69, -2.19, 3.44];

impl Desk<'_> {
    /// The logarithm of the chance, up to a constant, that the candidate `at` answers `part` of a question with the terms
    /// `open`.
    pub(super) fn chance(&self, wanted: Wanted, part: &str, open: &[Open], at: usize) -> f64 {
        self.signs(wanted, part, open, at).iter().zip(WEIGHTS).map(|(sign, weight)| sign * weight).sum()
    }

    /// What speaks for a candidate, each 0 to 1 but for the rank.
    pub(super) fn signs(&self, wanted: Wanted, part: &str, open: &[Open], at: usize) -> Signs {
        let candidate = &self.candidates[at];
        let context = &self.contexts[candidate.source];
        let (mut whole, mut own, mut untitled, mut said) = (0.0, 0.0, 0.0, 0.0);
        for Open { term, weight } in open {
            let here = terms::presence(term, &candidate.terms);
            let titled = terms::presence(term, &context.title);
            whole += weight;
            own += weight * here;
            untitled += weight * (1.0 - titled);
            said += weight * (1.0 - titled) * here;
        }
        let share = |part: f64, of: f64| if of > f64::EPSILON { part / of } else { 1.0 };
        let sign = |is: bool| if is { 1.0 } else { 0.0 };
        let fits = wanted.is_in(&candidate.text, part);
        let rank = f64::from(u32::try_from(candidate.source).unwrap_or(u32::MAX));
        [
            // Of the question, and of what its document's name and headings do not say already.
            share(own, whole),
            share(said, untitled),
            sign(wanted.has_a_form() && fits),
            sign(wanted.is_a_name() && fits),
            names(&candidate.text, part, wanted),
            sign(starts_with_pronoun(&candidate.text)),
            self.trust * (1.0 + rank).ln(),
            self.trust * context.likely,
        ]
    }
}

/// How many names it has that the question does not have, where one is asked for: up to 1.
fn names(sentence: &str, part: &str, wanted: Wanted) -> f64 {
    if !wanted.is_a_name() {
        return 0.0;
    }
    let asked: Vec<String> = part.unicode_words().map(str::to_lowercase).collect();
    let is_name = |word: &&str| word.starts_with(char::is_uppercase) && !asked.contains(&word.to_lowercase());
    let count = sentence.unicode_words().skip(1).filter(is_name).take(6).count();
    f64::from(u32::try_from(count).unwrap_or(6)) / 6.0
}

/// What it is about stands in a sentence before it.
fn starts_with_pronoun(sentence: &str) -> bool {
    const PRONOUNS: &[&str] = &[
        "he", "she", "it", "they", "his", "her", "its", "their", "this", "these", "er", "sie", "es", "dies",
        "diese", "il", "elle", "ils", "elles", "él", "ella", "ellos", "ellas", "esto", "este", "esta",
    ];
    let first: String =
        sentence.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    PRONOUNS.contains(&first.as_str())
}
