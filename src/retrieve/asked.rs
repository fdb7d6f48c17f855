//! The first stage: what a question asks for, in the languages and by the statistics of the project it is put to.

use std::collections::HashMap;

use docent_domain::ProjectId;
use docent_words::{Counts, Language, Question, rarity};

use super::{Library, LiveChunk, RetrieveError};

/// Languages of a project's documents in which a question is read, at most.
const READINGS: usize = 4;
/// A language counts from one in so many of the project's chunks on.
const SHARE: i64 = 50;

/// How many of a project's chunks are in a language that is told apart, or (`None`) in none.
pub type Spoken = (Option<Language>, i64);

/// A question, read.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub question: Question,
    /// What each term is worth, ascending by term.
    pub weights: Vec<(u32, f32)>,
    /// The languages it was read in.
    pub languages: Vec<Language>,
    holding: HashMap<u32, i64>,
    chunks: i64,
}

impl Asked {
    /// Two short looks into the database: which languages the project has, and how rare the question's terms are there.
    pub async fn read(library: &dyn Library, project: ProjectId, text: &str) -> Result<Self, RetrieveError> {
        let spoken = library.spoken(project).await?;
        let (languages, unknown) = readings(&spoken);
        let question = Question::read(text, &languages, unknown);
        let holding = library.holding(project, &question.terms()).await?;
        let chunks = spoken.iter().map(|&(_, chunks)| chunks).sum();
        let mut asked = Self { question, weights: Vec::new(), languages, holding, chunks };
        asked.weights = asked.question.weights(|term| asked.rarity(term));
        Ok(asked)
    }

    /// A question to a project in one language that nothing is known of.
    #[cfg(test)]
    pub(super) fn in_language(text: &str, language: Language) -> Self {
        let question = Question::read(text, &[language], false);
        Self { question, languages: vec![language], ..Self::default() }
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

    /// Whether a chunk has an identifier that the question names.
    pub fn has_identifier(&self, chunk: &LiveChunk) -> bool {
        let mut identifiers = self.question.words.iter().filter(|word| word.is_identifier()).peekable();
        if identifiers.peek().is_none() {
            return false;
        }
        let counts = counts(chunk);
        identifiers.any(|word| word.terms.iter().any(|&(term, weight)| weight >= 1.0 && counts.has(term)))
    }

    /// How much of what is asked for a chunk has, with what it belongs to: 0 to 1, rare words counting more.
    pub fn coverage(&self, chunk: &LiveChunk) -> f32 {
        self.question.covered(&counts(chunk), |term| self.rarity(term))
    }
}

/// The terms of a chunk with what it belongs to.
fn counts(chunk: &LiveChunk) -> Counts {
    docent_words::passage(&in_context(chunk), chunk.language)
}

/// A chunk below what it belongs to, a line each: as models should read it, and not as it is shown.
pub(super) fn in_context(chunk: &LiveChunk) -> String {
    let name = docent_words::split_name(&chunk.filename);
    let around =
        [&chunk.title, &chunk.heading, &chunk.header].map(|line| line.as_deref().unwrap_or_default());
    let lines = std::iter::once(name.as_str()).chain(around).chain([chunk.content.as_str()]);
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
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
