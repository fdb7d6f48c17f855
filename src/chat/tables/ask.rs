//! What a question asks of a table: of everything it may ask, what fits its words best, if that is clear enough.

use std::collections::{HashMap, HashSet};

use super::candidates::{Candidate, Set, candidates, sets};
use super::features::{Features, nothing};
use super::freely::is_joining;
use super::grammar::{Compared, SUM, choice, comparisons, is_form, ordinal, times, tops, yes_or_no};
use super::link::{Index, Named, Span, named};
use super::naming::Naming;
use super::plain::FREE;
use super::plan::{Plan, Sign, Words};
use super::run::compute;
use super::same::is_kind_of;
use super::typed::Typed;
use super::weights::Weights;
use super::words::{Token, is_neutral, tokens};

/// An answer that is less likely than that is not given: a wrong number is worse than none.
pub(crate) const SURE: f64 = 0.63;

/// The same where the table was not found for the question.
pub(crate) const SURER: f64 = 0.75;

/// So likely is nothing that is only likely.
pub(crate) const NEVER: f64 = 2.0;

/// Longer questions are stories.
const LONGEST: usize = 60;

pub(super) struct Asked<'a> {
    pub(super) table: &'a Typed<'a>,
    pub(super) words: Vec<Token>,
    pub(super) spans: Vec<Span>,
    pub(super) named: Vec<Named>,
    pub(super) compared: Vec<Compared>,
    /// "second", "third": counted from 1.
    pub(super) ordinal: Option<usize>,
    /// How often something is.
    pub(super) times: Option<(Sign, usize)>,
    /// Only the first or last so many rows, and the place of the word that says it.
    pub(super) top: Option<(usize, bool, usize)>,
    /// What may be answered, where it is to be answered by a word of the question, or by yes or no.
    pub(super) choice: Option<Words>,
    pub(super) yes: Option<Words>,
    /// It asks for what follows one upon the other.
    pub(super) says_run: bool,
    /// It asks for what several rows come to.
    pub(super) says_sum: bool,
    /// It says "not" or "other than".
    pub(super) negates: bool,
    /// It asks for what is like a row.
    pub(super) says_same: bool,
}

impl<'a> Asked<'a> {
    pub(super) fn of(question: &str, table: &'a Typed<'a>) -> Option<Self> {
        let words = tokens(question);
        if table.rows() == 0 || table.columns.len() < 2 || words.is_empty() || words.len() > LONGEST {
            return None;
        }
        let says = |list: &[&str]| words.iter().any(|word| list.contains(&word.text.as_str()));
        let named = named(&words, table);
        let spans = Index::of(table).spans(&words, &named, table);
        Some(Self {
            table,
            spans,
            named,
            compared: comparisons(&words),
            ordinal: ordinal(&words),
            times: times(&words),
            top: tops(&words),
            choice: choice(&words),
            yes: yes_or_no(&words),
            says_sum: says(SUM),
            says_run: says(&[
                "consecutive",
                "consecutively",
                "streak",
                "straight",
                "row",
                "aufeinanderfolgende",
                "hintereinander",
            ]),
            negates: says(&[
                "not",
                "except",
                "without",
                "other",
                "besides",
                "excluding",
                "never",
                "nicht",
                "ohne",
                "außer",
            ]),
            says_same: says(&[
                "same", "as", "other", "besides", "also", "another", "else", "gleich", "gleiche", "gleichen",
            ]),
            words,
        })
    }
}

/// What a question may mean, with what comes out and how well it fits.
pub(super) struct Reading {
    pub(super) candidate: Candidate,
    pub(super) answers: Vec<String>,
    /// Places of its features in [`Readings::parts`].
    pub(super) parts: Vec<usize>,
}

pub(super) struct Readings {
    pub(super) sets: Vec<Set>,
    pub(super) all: Vec<Reading>,
    /// Features that several readings share.
    pub(super) parts: Vec<Vec<String>>,
    /// The features of not being a question to this table at all.
    pub(super) nothing: Vec<String>,
}

pub(super) fn readings(asked: &Asked<'_>) -> Readings {
    let sets = sets(asked);
    let mut features = Features::new(asked, &sets);
    let all = candidates(asked, &sets)
        .into_iter()
        .filter_map(|candidate| {
            let (answers, rows) = compute(asked.table, &sets[candidate.set].rows, &candidate.what)?;
            let parts = features.of(&candidate, &answers, &rows);
            Some(Reading { candidate, answers, parts })
        })
        .collect();
    let parts = features.into_parts();
    Readings { all, parts, nothing: nothing(asked), sets }
}

/// What the question asks of the table, and how likely that is meant; `None` unless it is as likely as that.
pub(crate) fn parse(question: &str, table: &Typed<'_>, enough: f64) -> Option<(Plan, f64)> {
    if enough >= NEVER {
        return None;
    }
    let asked = Asked::of(question, table)?;
    let readings = readings(&asked);
    let (best, likely) = best(&readings, Weights::known())?;
    let reading = &readings.all[best];
    let conditions = readings.sets[reading.candidate.set].conditions.clone();
    (likely >= enough).then(|| (Plan { what: reading.candidate.what.clone(), conditions }, likely))
}

/// Whether the words of a question stand in the table, in its name, or change nothing: that there is such a row is no answer
/// to more than that.
pub(crate) fn says_only_what_is_there(question: &str, table: &Typed<'_>, naming: &Naming) -> bool {
    let cells: HashSet<String> = table
        .table
        .rows
        .iter()
        .flat_map(|row| row.cells.iter().flat_map(|cell| tokens(cell)))
        .map(|word| word.stem)
        .collect();
    let compared = comparisons(&tokens(question));
    tokens(question).iter().enumerate().all(|(at, word)| {
        let text = word.text.as_str();
        is_neutral(text)
            || FREE.contains(&text)
            || is_joining(text)
            || is_form(text)
            || compared.iter().any(|it| (it.at..it.to).contains(&at))
            || cells.contains(&word.stem)
            || table.columns.iter().any(|column| column.name.iter().any(|name| is_kind_of(name, word)))
            || naming.explains_freely(word).is_some()
    })
}

/// Whether the table has at least half of what the question tells, and all of its names: what is likely by its form alone is
/// an answer to another question.
pub(crate) fn explains_enough(question: &str, table: &Typed<'_>, naming: &Naming) -> bool {
    let cells: HashSet<String> = table
        .table
        .rows
        .iter()
        .flat_map(|row| row.cells.iter().flat_map(|cell| tokens(cell)))
        .flat_map(|word| [word.stem, word.text])
        .collect();
    let words = tokens(question);
    let compared = comparisons(&words);
    let names = names(question);
    let (mut told, mut known) = (0, 0);
    for (at, word) in words.iter().enumerate() {
        let text = word.text.as_str();
        let free = is_neutral(text) || FREE.contains(&text) || is_joining(text) || is_form(text);
        if free || compared.iter().any(|it| (it.at..it.to).contains(&at)) {
            continue;
        }
        let is_known = cells.contains(&word.stem)
            || cells.contains(text)
            || table.columns.iter().any(|column| column.name.iter().any(|name| is_kind_of(name, word)))
            || naming.explains_freely(word).is_some();
        if !is_known && names.contains(&word.text) {
            return false;
        }
        told += 1;
        known += usize::from(is_known);
    }
    known * 2 >= told
}

/// Words with capitals or digits that begin no sentence; in German every noun has a capital.
fn names(question: &str) -> HashSet<String> {
    let german =
        docent_words::guess(question).is_some_and(|language| language == docent_words::Language::German);
    let mut names = HashSet::new();
    let mut first = true;
    for written in question.split_whitespace() {
        let capital =
            written.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
        let digit = written.contains(|c: char| c.is_ascii_digit());
        if digit || capital && !first && !german {
            names.extend(tokens(written).into_iter().map(|word| word.text));
        }
        first = written.ends_with(['.', '?', '!', ':']);
    }
    names
}

/// The reading whose answer is the most likely one, with all readings that give the same answer.
pub(super) fn best(readings: &Readings, weights: &Weights) -> Option<(usize, f64)> {
    let parts: Vec<f64> = readings.parts.iter().map(|names| weights.of(names)).collect();
    let scores: Vec<f64> =
        readings.all.iter().map(|reading| reading.parts.iter().map(|part| parts[*part]).sum()).collect();
    let nothing = weights.of(&readings.nothing);
    let highest = scores.iter().copied().fold(nothing, f64::max);
    let mut total = (nothing - highest).exp();
    let mut answers: HashMap<String, (f64, usize)> = HashMap::new();
    for (at, (reading, score)) in readings.all.iter().zip(&scores).enumerate() {
        let share = (score - highest).exp();
        total += share;
        let same = answers.entry(key(&reading.answers)).or_insert((0.0, at));
        same.0 += share;
        if scores[same.1] < *score {
            same.1 = at;
        }
    }
    let (share, at) = answers.into_values().max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
    Some((at, share / total))
}

/// Answers that are the same are one answer.
pub(crate) fn key(answers: &[String]) -> String {
    let mut sorted: Vec<String> = answers.iter().map(|answer| answer.to_lowercase()).collect();
    sorted.sort();
    sorted.join("\u{1f}")
}
