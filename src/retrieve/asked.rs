//! The first stage: what a question asks for, in the languages and by the statistics of the project it is put to.

use std::collections::HashMap;

use docent_domain::ProjectId;
use docent_words::{Counts, Language, Question, Word, rarity};

use super::named::Held;
use super::{Library, LiveChunk, RetrieveError};

/// Languages of a project's documents in which a question is read, at most.
const READINGS: usize = 4;
/// A language counts from one in so many of the project's chunks on.
const SHARE: i64 = 50;

/// How many of a project's chunks are in a language that is told apart, or (`None`) in none.
pub type Spoken = (Option<Language>, i64);

/// A question, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    pub question: Question,
    /// What each term is worth, ascending by term.
    pub weights: Vec<(u32, f32)>,
    /// The languages it was read in.
    pub languages: Vec<Language>,
    holding: HashMap<u32, i64>,
    chunks: i64,
    /// Of the project, in a language that is told apart and that the question's small words do not speak for.
    foreign_chunks: i64,
    /// Of the project, in the language of the question.
    own_chunks: i64,
}

/// Digits of an identifier from which on it is no mere number in a name, such as `A4`.
const TELLING_DIGITS: usize = 3;

impl Asked {
    /// Two short looks into the database: which languages the project has, and how rare the question's terms are there.
    pub async fn read(library: &dyn Library, project: ProjectId, text: &str) -> Result<Self, RetrieveError> {
        let spoken = library.spoken(project).await?;
        let (languages, unknown) = readings(&spoken);
        let question = Question::read(text, &languages, unknown);
        let holding = library.holding(project, &question.terms()).await?;
        let chunks = spoken.iter().map(|&(_, chunks)| chunks).sum();
        let other = |language: &Option<Language>| {
            language.is_some() && question.guessed.is_some_and(|it| Some(it) != *language)
        };
        let foreign_chunks =
            spoken.iter().filter(|(language, _)| other(language)).map(|&(_, chunks)| chunks).sum();
        let own = |language: &Option<Language>| language.is_some() && *language == question.guessed;
        let own_chunks = spoken.iter().filter(|(language, _)| own(language)).map(|&(_, chunks)| chunks).sum();
        let weights = Vec::new();
        let mut asked = Self { question, weights, languages, holding, chunks, foreign_chunks, own_chunks };
        asked.weights = asked.question.weights(|term| asked.rarity(term));
        Ok(asked)
    }

    /// A question to a project in one language that nothing is known of.
    #[cfg(test)]
    pub(super) fn in_language(text: &str, language: Language) -> Self {
        let question = Question::read(text, &[language], false);
        Self { question, languages: vec![language], ..Self::default() }
    }

    /// The same to a project that has so many chunks in the question's language and in others.
    #[cfg(test)]
    pub(super) fn beside(text: &str, language: Language, own_chunks: i64, foreign_chunks: i64) -> Self {
        let chunks = own_chunks + foreign_chunks;
        Self { own_chunks, foreign_chunks, chunks, ..Self::in_language(text, language) }
    }

    /// The same to a project of so many passages, with in how many each term stands.
    #[cfg(test)]
    pub(super) fn knowing(text: &str, language: Language, holding: HashMap<u32, i64>, chunks: i64) -> Self {
        Self { holding, chunks, ..Self::in_language(text, language) }
    }

    /// How much a term's rarity counts in the project.
    pub fn rarity(&self, term: u32) -> f32 {
        rarity(self.chunks, self.holding.get(&term).copied().unwrap_or(0))
    }

    /// Whether the project has a term of this word.
    pub fn is_known(&self, term: u32) -> bool {
        self.holding.get(&term).is_some_and(|&chunks| chunks > 0)
    }

    /// Whether the question is in another language than the project's documents: its small words say so, or the project
    /// has hardly any of its words. Words say little then, whether they are found or not.
    pub fn is_foreign(&self) -> bool {
        // Nothing is counted yet, or the small words speak for a language of the project.
        if self.is_translated() || self.chunks == 0 || self.question.guessed.is_some() {
            return self.is_translated();
        }
        let words = &self.question.words;
        let known =
            words.iter().filter(|word| word.terms.iter().any(|&(term, _)| self.is_known(term))).count();
        words.len() >= 3 && known * 3 < words.len()
    }

    /// Whether the question's small words speak for a language that the project's documents are not in.
    pub fn is_translated(&self) -> bool {
        let other = |guessed| !self.languages.is_empty() && !self.languages.contains(&guessed);
        self.question.guessed.is_some_and(other)
    }

    /// The same for one chunk: a project may have documents in several languages. Rows of figures and names are in none.
    pub fn is_translated_for(&self, chunk: &LiveChunk) -> bool {
        match (self.question.guessed, chunk.language) {
            (Some(guessed), Some(language)) => guessed != language && !is_tabular(&chunk.content),
            _ => self.is_translated(),
        }
    }

    /// How much of the project is in another language than the question: 0 to 1.
    pub fn foreign_share(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        let share = self.foreign_chunks as f64 / self.chunks.max(1) as f64;
        share
    }

    /// How much less likely an answer in another language is than one in the question's own, as far as it is known how much of
    /// the project is in either: the logarithm of the odds, 0 at most.
    pub fn foreign_odds(&self) -> f32 {
        if self.own_chunks == 0 || self.foreign_chunks == 0 {
            return 0.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        let odds = self.foreign_chunks as f32 / self.own_chunks as f32;
        odds.ln().min(0.0)
    }

    /// Whether the question names an identifier or a year that stands nowhere, not even the number in it: what is near to it
    /// is about something else. `found` may be too new to be counted.
    pub fn names_unknown<'a>(&self, found: impl Iterator<Item = &'a LiveChunk>) -> bool {
        let named = |word: &&Word| word.is_identifier() || is_year(&word.surface);
        let mut unknown = self.question.words.iter().filter(named).filter_map(|word| {
            let digits = |run: &&str| run.len() >= TELLING_DIGITS;
            let number = word.surface.split(|c: char| !c.is_ascii_digit()).find(digits)?;
            let whole = word.terms.iter().filter(|(_, weight)| *weight >= 1.0).map(|&(term, _)| term);
            let terms: Vec<u32> = whole.chain([docent_words::term_of(number)]).collect();
            (!terms.iter().any(|&term| self.is_known(term))).then_some(terms)
        });
        let Some(terms) = unknown.next() else { return false };
        self.chunks > 0 && !found.map(counts).any(|counts| terms.iter().any(|&term| counts.has(term)))
    }

    /// Whether a chunk has an identifier that the question names.
    pub fn has_identifier(&self, chunk: &LiveChunk) -> bool {
        let mut identifiers = self.question.words.iter().filter(|word| word.is_identifier()).peekable();
        if identifiers.peek().is_none() {
            return false;
        }
        let counts = counts(chunk);
        identifiers.any(|word| word.terms.iter().any(|&(term, weight)| weight >= 1.0 && counts.has(term)))
    }

    /// In how many of the project's passages a term stands.
    pub(super) fn passages_with(&self, term: u32) -> i64 {
        self.holding.get(&term).copied().unwrap_or(0)
    }

    /// The passages of the project.
    pub(super) const fn passages(&self) -> i64 {
        self.chunks
    }

    /// How much of what is asked for a chunk has, with what it belongs to and the names that its document holds: 0 to 1,
    /// rare words counting more.
    pub(super) fn coverage(&self, chunk: &LiveChunk, held: &Held) -> f32 {
        let mut counts = counts(chunk);
        held.complete(&mut counts, chunk.key.document);
        self.question.covered(&counts, |term| self.rarity(term))
    }

    /// How much of what is asked for only says what the chunk's document and section are about: the share that stands in
    /// their names. The rest is the fact that is asked for.
    pub fn subject(&self, chunk: &LiveChunk) -> f32 {
        let names = docent_words::passage(&names(chunk), chunk.language);
        self.question.covered(&names, |term| self.rarity(term))
    }

    /// The same of the chunk's section alone.
    pub(super) fn section(&self, chunk: &LiveChunk) -> f32 {
        let heading = chunk.heading.as_deref().unwrap_or_default();
        self.question.covered(&docent_words::passage(heading, chunk.language), |term| self.rarity(term))
    }
}

/// Whether most of its lines are rows of a table.
pub(super) fn is_tabular(text: &str) -> bool {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let rows = lines().filter(|line| line.starts_with('|') || line.contains(" | ")).count();
    2 * rows > lines().count()
}

pub(super) fn is_year(surface: &str) -> bool {
    surface.len() == 4 && surface.parse().is_ok_and(|year: u32| (1900..2100).contains(&year))
}

/// The terms of a chunk with what it belongs to.
fn counts(chunk: &LiveChunk) -> Counts {
    docent_words::passage(&in_context(chunk), chunk.language)
}

/// A chunk below what it belongs to, a line each: as models should read it, and not as it is shown.
pub(super) fn in_context(chunk: &LiveChunk) -> String {
    let header = chunk.header.as_deref().unwrap_or_default();
    lines(&[&names(chunk), header, &chunk.content])
}

/// What the chunk's document and section are called.
fn names(chunk: &LiveChunk) -> String {
    let line = |line: &Option<String>| line.as_deref().unwrap_or_default().to_owned();
    let name = docent_words::split_name(&chunk.filename);
    lines(&[&name, &line(&chunk.title), &line(&chunk.heading)])
}

fn lines(lines: &[&str]) -> String {
    lines.iter().copied().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The languages to read a question in, and whether some documents are in none.
fn readings(spoken: &[Spoken]) -> (Vec<Language>, bool) {
    let all: i64 = spoken.iter().map(|&(_, chunks)| chunks).sum();
    let counts = |chunks: i64| chunks * SHARE >= all;
    let mut known: Vec<(Language, i64)> =
        spoken.iter().filter_map(|&(language, chunks)| Some((language?, chunks))).collect();
    known.sort_by_key(|&(language, chunks)| (std::cmp::Reverse(chunks), language));
    let languages = known
        .iter()
        .enumerate()
        .filter(|(n, (_, chunks))| *n == 0 || counts(*chunks))
        .map(|(_, (language, _))| *language)
        .take(READINGS)
        .collect();
    let unknown = spoken.iter().any(|&(language, chunks)| language.is_none() && counts(chunks));
    (languages, unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_in_another_language_is_told() {
        let asked = |text, known: &[&str]| Asked {
            question: Question::read(text, &[Language::English], false),
            languages: vec![Language::English],
            chunks: 9,
            holding: known.iter().map(|word| (docent_words::term_of(word), 1)).collect(),
            ..Asked::default()
        };
        assert!(asked("Wie lang ist die Frist?", &["frist"]).is_foreign());
        assert!(!asked("How long is the notice period?", &[]).is_foreign());
        assert!(asked("Kündigungsfrist Mietvertrag Hamburg Hafen", &["hamburg"]).is_foreign());
        assert!(!asked("Kündigungsfrist Hamburg", &["hamburg"]).is_foreign());
    }

    #[test]
    fn a_chunk_may_be_in_another_language_than_the_question() {
        let asked = Asked {
            question: Question::read(
                "Wie lang ist die Frist?",
                &[Language::English, Language::German],
                false,
            ),
            languages: vec![Language::English, Language::German],
            ..Asked::default()
        };
        let chunk = |content: &str, language| LiveChunk { language, ..LiveChunk::saying(1, "a.md", content) };
        assert!(!asked.is_translated());
        assert!(asked.is_translated_for(&chunk("The period is long.", Some(Language::English))));
        assert!(!asked.is_translated_for(&chunk("Die Frist ist lang.", Some(Language::German))));
        assert!(!asked.is_translated_for(&chunk("Die Frist ist lang.", None)));
        assert!(!asked.is_translated_for(&chunk(
            "Item: A-1 | Price: 7\nItem: B-2 | Price: 9",
            Some(Language::English)
        )));
    }

    #[test]
    fn an_identifier_that_stands_nowhere_is_told() {
        let asked = |text, known: &[&str]| Asked {
            question: Question::read(text, &[Language::English], false),
            chunks: 9,
            holding: known.iter().map(|word| (docent_words::term_of(word), 1)).collect(),
            ..Asked::default()
        };
        let unknown = |text, known: &[&str]| asked(text, known).names_unknown(std::iter::empty());
        assert!(unknown("What does F-2077 mean?", &["mean"]));
        assert!(!unknown("What does F-2077 mean?", &["f2077"]));
        assert!(!unknown("What was earned in FY2077?", &["2077"]), "the year is known");
        assert!(!unknown("Is paper in A4 there?", &[]) && !unknown("Is 2340 enough?", &[]));
        assert!(unknown("What was earned in 1977?", &["earned"]) && !unknown("And in 1977?", &["1977"]));
    }

    #[test]
    fn a_question_is_read_in_the_languages_that_count() {
        let spoken = [
            (Some(Language::English), 900),
            (Some(Language::Czech), 1),
            (Some(Language::German), 90),
            (None, 9),
        ];
        assert_eq!(readings(&spoken), (vec![Language::English, Language::German], false));
        assert_eq!(readings(&[(None, 3)]), (vec![], true));
        assert_eq!(readings(&[]), (vec![], false));
    }
}
