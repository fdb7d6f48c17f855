//! A question as weighted terms, in every language that what it asks has.

use super::Language;
use super::detect::guess;
use super::fold::{lower, unmarked};
use super::passage::{Counts, pairs, read, syllables};
use super::stop::{Listed, lists_of};
use super::term::term_of;
use super::token::{Piece, tokens};

/// A question's words, without those that say nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Question {
    pub words: Vec<Word>,
    /// The language that its small words speak for, if any.
    pub guessed: Option<Language>,
    /// The terms of the pages that it names. They help to find, and nothing is held against a passage of another page.
    pub pages: Vec<u32>,
}

/// One thing that is asked for, by all terms it can have.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    pub surface: String,
    /// Whole readings (1) and parts (less), each once.
    pub terms: Vec<(u32, f32)>,
    /// A number or an identifier.
    pub exact: bool,
    /// Written with a capital within a sentence that has small letters, too: often a name.
    pub capital: bool,
}

impl Question {
    /// Reads a question to documents in these languages; `unknown` when some are in none that is told apart.
    pub fn read(text: &str, languages: &[Language], unknown: bool) -> Self {
        let guessed = guess(text);
        let small = Listed::of(languages).and(Listed::of(guessed.as_slice()));
        let mut readings: Vec<Option<Language>> = languages.iter().copied().map(Some).collect();
        if unknown || readings.is_empty() {
            readings.push(None);
        }
        let vietnamese = languages.contains(&Language::Vietnamese).then_some(Language::Vietnamese);
        let shouted = !text.chars().any(char::is_lowercase);
        let (mut words, mut stopped) = (Vec::<Word>::new(), Vec::<Word>::new());
        let mut last_syllable = None;
        let mut dropped = false;
        tokens(text, |token| {
            if token.part && dropped {
                return;
            }
            if let Piece::Unspaced(clusters) = &token.piece {
                // Each pair is asked for by itself: a run has no words.
                pairs(clusters, 1.0, |term, weight| {
                    if weight >= 1.0 {
                        words.push(Word::plain(term));
                    }
                });
                return;
            }
            let is_new = !token.part;
            let (surface, exact) = match &token.piece {
                Piece::Word(word) => ((*word).to_owned(), false),
                Piece::Exact(exact) => (exact.clone(), true),
                Piece::Unspaced(_) => return,
            };
            let capital = !shouted && surface.chars().next().is_some_and(char::is_uppercase);
            let mut one = Word { surface, terms: Vec::new(), exact, capital };
            for &language in &readings {
                read(&token, language, Listed::default(), |term, weight| one.add(term, weight));
            }
            if let Some(pair) = syllables(&token, vietnamese, &mut last_syllable) {
                words.push(Word::plain(&pair));
            }
            if !is_new {
                match words.last_mut() {
                    Some(word) => word.merge(one),
                    None => words.push(one),
                }
                return;
            }
            dropped = !shouted_word(&one, shouted) && is_small(&one, small);
            if dropped { stopped.push(one) } else { words.push(one) }
        });
        // A question of small words alone, such as the name of a band.
        if words.is_empty() {
            words = stopped;
        }
        let pages = super::pages::named(text).into_iter().map(super::page_term).collect();
        Self { words, guessed, pages }
    }

    /// Without a word: marks, pictograms, what cannot be seen. Everything is equally near to it, so nothing answers it.
    pub fn is_mute(&self) -> bool {
        let is_said = |word: &Word| word.surface.chars().any(char::is_alphanumeric);
        !self.words.iter().any(is_said) && self.pages.is_empty()
    }

    /// Every term of the question once, ascending.
    pub fn terms(&self) -> Vec<u32> {
        let mut terms: Vec<u32> =
            self.words.iter().flat_map(|word| word.terms.iter().map(|&(term, _)| term)).collect();
        terms.extend(&self.pages);
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// What each term is worth, ascending by term, given how much its rarity counts.
    pub fn weights(&self, rarity: impl Fn(u32) -> f32) -> Vec<(u32, f32)> {
        let mut weights = std::collections::BTreeMap::<u32, f32>::new();
        for word in &self.words {
            let worth = word.worth(&rarity);
            for &(term, weight) in &word.terms {
                let worth = if weight >= 1.0 { worth } else { rarity(term) };
                // The same word asked twice is no more than once.
                let held = weights.entry(term).or_default();
                *held = held.max(weight * worth);
            }
        }
        for &page in &self.pages {
            weights.insert(page, rarity(page));
        }
        weights.into_iter().filter(|&(_, weight)| weight > 0.0).collect()
    }

    /// How much of the question a passage has, 0 to 1: each word weighed by `rarity`, a word of which only a part is
    /// there by that part.
    pub fn covered(&self, counts: &Counts, rarity: impl Fn(u32) -> f32) -> f32 {
        let (mut sum, mut found) = (0.0, 0.0);
        for word in &self.words {
            let worth = word.worth(&rarity);
            sum += worth;
            let there = word.terms.iter().filter(|(term, _)| counts.has(*term));
            found += worth * there.map(|&(_, weight)| weight).fold(0.0, f32::max);
        }
        if sum > 0.0 { found / sum } else { 0.0 }
    }
}

impl Word {
    /// One with a single reading.
    fn plain(term: &str) -> Self {
        Self { surface: term.to_owned(), terms: vec![(term_of(term), 1.0)], exact: false, capital: false }
    }

    /// How much its rarity counts. A word with several readings is as rare as the commonest of them: else what is said in
    /// a language that few of the documents are in would be worth more than the same elsewhere.
    fn worth(&self, rarity: impl Fn(u32) -> f32) -> f32 {
        let whole = self.terms.iter().filter(|&&(_, weight)| weight >= 1.0);
        let worth = whole.map(|&(term, _)| rarity(term)).fold(f32::INFINITY, f32::min);
        if worth.is_finite() { worth } else { 1.0 }
    }

    /// Whether it is an identifier of letters and digits, such as a part number.
    pub fn is_identifier(&self) -> bool {
        self.exact
            && self.surface.chars().any(char::is_alphabetic)
            && self.surface.chars().any(char::is_numeric)
    }

    fn add(&mut self, term: &str, weight: f32) {
        let term = term_of(term);
        match self.terms.iter_mut().find(|(held, _)| *held == term) {
            Some((_, held)) => *held = held.max(weight),
            None => self.terms.push((term, weight)),
        }
    }

    fn merge(&mut self, other: Self) {
        for (term, weight) in other.terms {
            match self.terms.iter_mut().find(|(held, _)| *held == term) {
                Some((_, held)) => *held = held.max(weight),
                None => self.terms.push((term, weight)),
            }
        }
    }
}

impl Counts {
    pub fn has(&self, term: u32) -> bool {
        self.terms.binary_search_by_key(&term, |&(held, _)| held).is_ok()
    }
}

/// IT and WHO are no small words where other words are not in capitals.
fn shouted_word(word: &Word, shouted: bool) -> bool {
    let letters = word.surface.chars().count();
    !shouted && letters >= 2 && word.surface.chars().all(char::is_uppercase)
}

fn is_small(word: &Word, small: Listed) -> bool {
    let lowered = lower(&word.surface, None);
    !word.exact && (lists_of(&lowered).meets(small) || lists_of(&unmarked(&lowered)).meets(small))
}

/// The share of a question's words that stand in a passage, both in this language; 0 for a question without words.
pub fn coverage(question: &str, text: &str, language: Option<Language>) -> f32 {
    let question = Question::read(question, language.as_slice(), language.is_none());
    question.covered(&super::passage(text, language), |_| 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surfaces(text: &str, languages: &[Language]) -> Vec<String> {
        Question::read(text, languages, false).words.into_iter().map(|word| word.surface).collect()
    }

    #[test]
    fn small_words_of_the_question_and_of_the_documents_are_left_out() {
        let english = [Language::English];
        assert_eq!(surfaces("What do the kestrels eat?", &english), ["kestrels", "eat"]);
        assert_eq!(surfaces("Wie lang ist die Kündigungsfrist?", &english), ["lang", "Kündigungsfrist"]);
        assert_eq!(surfaces("die casting", &english), ["die", "casting"], "one word speaks for no language");
        assert_eq!(surfaces("Who runs IT?", &english), ["runs", "IT"]);
        assert_eq!(surfaces("to be or not to be", &english).len(), 6);
        assert_eq!(surfaces("US ID", &english), ["US", "ID"]);
    }

    #[test]
    fn a_word_has_a_stem_for_each_language() {
        let question = Question::read("universities", &[Language::English, Language::German], true);
        assert!(question.words[0].terms.len() >= 2, "{question:?}");
    }

    #[test]
    fn identifiers_and_numbers_meet_however_they_are_written() {
        for (asked, text) in [
            ("E1402", "Error E-1402: pump"),
            ("What is PPR-9087?", "PPR9087 was shipped"),
            ("56,230.75", "a total of 56230.75 EUR"),
            ("1.234,5", "1,234.5"),
            ("9087", "PPR-9087"),
        ] {
            assert!(coverage(asked, text, Some(Language::English)) >= 0.45, "{asked} in {text}");
        }
        assert_eq!(coverage("E-1402", "E-1042", Some(Language::English)), 0.5, "the letter alone");
    }

    #[test]
    fn words_are_covered_in_their_language() {
        assert_eq!(
            coverage("What do the kestrels eat?", "A kestrel eats voles.", Some(Language::English)),
            1.0
        );
        assert_eq!(coverage("Häuser", "ein Haus", Some(Language::German)), 1.0);
        let part = coverage("Frist", "Kündigungsfrist", Some(Language::German));
        assert_eq!(part, 1.0, "as a part of the passage's word");
        let thai = coverage("ภาษาไทย", "ผมไม่เข้าใจภาษา", Some(Language::Thai));
        assert!(thai > 0.3 && thai < 0.9, "{thai}: pairs count one by one");
        assert_eq!(coverage("what is the", "what is the", Some(Language::English)), 1.0);
    }

    #[test]
    fn a_word_is_as_rare_as_the_commonest_of_its_readings() {
        let question = Question::read("information", &[Language::English, Language::Dutch], false);
        let [english, dutch] = question.words[0].terms[..] else { panic!("{question:?}") };
        let rarity = |term| if term == english.0 { 0.5 } else { 6.0 };
        assert_eq!(
            question.weights(rarity).iter().map(|&(_, weight)| weight).collect::<Vec<_>>(),
            [0.5, 0.5]
        );
        assert_ne!(english.0, dutch.0);
    }

    #[test]
    fn a_page_that_is_named_is_a_term_and_no_word() {
        let question = Question::read("What does page 12 say of otters?", &[Language::English], false);
        assert_eq!(question.pages, [crate::page_term(12)]);
        assert!(question.terms().contains(&question.pages[0]));
        assert!(question.weights(|_| 2.0).contains(&(question.pages[0], 2.0)));
    }
}
