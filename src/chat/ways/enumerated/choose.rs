//! The group that a question asks for: the one whose words, surroundings and document have what the question says.

use std::collections::HashSet;

use docent_models::terms_of;
use docent_words::{month_named, split_name};

use super::groups::{Group, Item, Shape, groups, lines_of};
use super::outline::{Outline, has, terms};
use super::rows::{self, Called};
use super::wish::{Wish, says_due, says_left_out};
use crate::tables::{Table, Typed};

/// What a term weighs where it stands.
const OWN: f64 = 1.0;
const BESIDE: f64 = 0.8;
const DOCUMENT: f64 = 0.6;

/// What a group is better by where the noun is said of its items.
const COLUMN: f64 = 0.35;
const LEAD: f64 = 0.25;
const ROWS: f64 = 0.15;
const LOOSE: f64 = 0.1;

/// What it is worse by: a sentence has several things in it by chance; the search had it farther behind.
const CHANCE: f64 = 0.1;
const BEHIND: f64 = 0.02;

const FARTHEST: usize = 5;

/// A group that is chosen has this much at least, and so much more than the next.
const ENOUGH: f64 = 0.6;
const CLEAR: f64 = 0.06;

/// A document that is looked at.
pub(super) struct Read<'a> {
    pub(super) filename: &'a str,
    pub(super) text: &'a str,
    pub(super) start: i64,
    pub(super) tables: Vec<Table>,
}

/// All of what is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chosen {
    /// The place of its document.
    pub(super) document: usize,
    /// The column, the line above the list, or the heading.
    pub(super) called: String,
    pub(super) items: Vec<Item>,
    /// The sentence that names them all.
    pub(super) sentence: Option<String>,
    score: f64,
}

impl Chosen {
    /// Items of a table, under the name of one of its columns.
    pub(super) const fn listed(document: usize, called: String, items: Vec<Item>) -> Self {
        Self { document, called, items, sentence: None, score: 1.0 }
    }
}

/// The group that the question asks for; `None` where none is told apart from others. The documents are in the order of
/// the search.
pub(super) fn chosen(wish: &Wish, documents: &[Read<'_>]) -> Option<Chosen> {
    let mut all: Vec<Chosen> = Vec::new();
    for (at, document) in documents.iter().enumerate() {
        if !is_of_month(wish, document) || !may_have(wish, document) {
            continue;
        }
        all.extend(of_document(wish, document, at));
    }
    all.sort_by(|one, other| other.score.total_cmp(&one.score));
    let newer = |one: &Chosen, other: &Chosen| {
        is_later(documents[other.document].filename, documents[one.document].filename)
    };
    // Of two editions the later one counts, where both have it.
    let superseded: Vec<bool> = all
        .iter()
        .map(|one| all.iter().any(|other| newer(one, other) && (other.score - one.score).abs() < 2.0 * CLEAR))
        .collect();
    let mut left = all.into_iter().zip(superseded).filter(|(_, old)| !old).map(|(one, _)| one);
    let best = left.next().filter(|best| best.score >= ENOUGH)?;
    let rival = left.find(|other| other.document != best.document || !shares(other, &best));
    (rival.is_none_or(|rival| best.score - rival.score >= CLEAR)).then_some(best)
}

/// Whether two groups have the same in them.
fn shares(one: &Chosen, other: &Chosen) -> bool {
    one.items.iter().all(|item| other.items.iter().any(|known| known.text == item.text))
}

fn of_document(wish: &Wish, document: &Read<'_>, at: usize) -> Vec<Chosen> {
    let outline = Outline::of(document.text, document.start);
    let name = document.filename.rsplit_once('.').map_or(document.filename, |(name, _)| name);
    // "LX200" is one word, and "LampRules" are two.
    let names = format!("{} {}", name.replace(['_', '-', '.'], " "), split_name(name));
    let whole = terms_of(&format!("{names}\n{}", outline.top()));
    let behind = BEHIND * f64::from(u32::try_from(at.min(FARTHEST)).unwrap_or(u32::MAX));
    let mut found: Vec<Chosen> = Vec::new();
    for mut group in groups(&outline) {
        if let Some(score) = of_text(wish, &mut group, &whole) {
            let called = if group.lead.is_empty() { group.heading.clone() } else { group.lead.clone() };
            found.push(Chosen {
                document: at,
                called,
                items: group.items,
                sentence: group.sentence,
                score: score - behind,
            });
        }
    }
    for table in document.tables.iter().filter(|_| !wish.left_out) {
        if let Some((called, items, score)) = of_table(wish, table, &outline, &whole, document.filename) {
            found.push(Chosen { document: at, called, items, sentence: None, score: score - behind });
        }
    }
    found
}

/// How well a written list or a sentence has what is asked for.
fn of_text(wish: &Wish, group: &mut Group, whole: &[String]) -> Option<f64> {
    if says_left_out(&group.lead) != wish.left_out && (wish.left_out || group.shape == Shape::Sentence) {
        return None;
    }
    if wish.counts && group.shape == Shape::Sentence {
        return None;
    }
    let own = terms(&[group.lead.clone(), group.heading.clone()]);
    let around = terms(&[group.beside.clone(), group.pointing.clone()].concat());
    let there = [own.clone(), around.clone(), whole.to_vec()].concat();
    let used = if group.shape == Shape::Written { of_items(wish, group, &there)? } else { Vec::new() };
    let mut weighed = Weighed::of(wish, &own, &around, whole, &used);
    let due = wish.is_due && says_due(&group.lead);
    let called = match &wish.noun {
        None => 0.0,
        Some(noun) => {
            let of_noun = terms_of(noun);
            let in_lead = of_noun.iter().all(|term| has(&own, term));
            let pointed =
                !group.pointing.is_empty() && of_noun.iter().all(|term| has(&terms(&group.pointing), term));
            let parties = rows::are_parties(noun, &group.items);
            if parties && !in_lead {
                weighed.grant(&of_noun);
            }
            match group.shape {
                _ if pointed => COLUMN,
                Shape::Sentence if in_lead || parties => LOOSE,
                Shape::Written if in_lead => LEAD,
                _ => return None,
            }
        }
    };
    let mut score = weighed.score()? + called;
    if due {
        score += LEAD;
    }
    if wish.left_out {
        score += LEAD;
    }
    if group.shape == Shape::Sentence {
        let said = weighed.own + f64::from(u8::from(due)) + f64::from(u8::from(wish.left_out)) * weighed.all;
        if 2.0 * said < weighed.all {
            return None;
        }
        score -= CHANCE;
    }
    Some(score)
}

/// Leaves the items that have the words that nothing around them has, and gives these words: "those that were postponed".
fn of_items(wish: &Wish, group: &mut Group, there: &[String]) -> Option<Vec<String>> {
    let mut used = Vec::new();
    let of_noun = wish.noun.as_deref().map(terms_of).unwrap_or_default();
    for term in wish.terms.iter().filter(|term| !of_noun.contains(term) && !has(there, term)) {
        let fits = |item: &Item| has(&terms_of(&item.text), term);
        if group.items.iter().any(fits) {
            group.items.retain(fits);
            used.push(term.clone());
        }
    }
    if wish.outcome.is_some() && used.is_empty() {
        return None;
    }
    (!group.items.is_empty()).then_some(used)
}

fn of_table(
    wish: &Wish,
    table: &Table,
    outline: &Outline<'_>,
    whole: &[String],
    file: &str,
) -> Option<(String, Vec<Item>, f64)> {
    let (from, to) = lines_of(table, outline);
    let title = if table.title == file { "" } else { table.title.as_str() };
    let own: Vec<String> = terms_of(&format!("{} {title} {}", table.names.join(" "), outline.heading(from)));
    let beside = outline.beside(from, to);
    let pointing = outline.pointing_at(outline.heading(from));
    let around = terms(&[beside.clone(), pointing].concat());
    let there = [own.clone(), around.clone(), whole.to_vec()].concat();
    let typed = Typed::of(table);
    let totals: Vec<bool> = (0..table.rows.len()).map(|row| typed.is_total(row)).collect();
    let picked = rows::picked(wish, table, &totals, [&own, &there], &rows::said(&beside))?;
    let items = rows::items(table, &picked);
    if items.len() < 2 {
        return None;
    }
    let score = Weighed::of(wish, &own, &around, whole, &picked.used).score()?;
    let (called, more) = match picked.called {
        Called::Column => (table.names[picked.column].clone(), COLUMN),
        Called::Party => (table.names[picked.column].clone(), LEAD),
        Called::Rows => (table.names[picked.column].clone(), ROWS),
    };
    Some((called, items, score + more))
}

/// What of the question a group has, and where.
struct Weighed {
    terms: Vec<(String, f64)>,
    names: Vec<String>,
    light: Vec<String>,
    /// What says what is listed, and what was used to choose rows by.
    known: Vec<String>,
    all: f64,
    own: f64,
}

impl Weighed {
    fn of(wish: &Wish, own: &[String], around: &[String], whole: &[String], used: &[String]) -> Self {
        let weight = |term: &String| {
            if used.contains(term) || has(own, term) {
                OWN
            } else if has(around, term) || wish.has_alike(own, term) {
                BESIDE
            } else if has(whole, term) {
                DOCUMENT
            } else {
                0.0
            }
        };
        let terms: Vec<(String, f64)> = wish.terms.iter().map(|term| (term.clone(), weight(term))).collect();
        let count = |least: f64| terms.iter().filter(|(_, weight)| *weight >= least).map(|_| 1.0).sum();
        Self {
            names: wish.names.clone(),
            light: wish.terms.iter().filter(|term| wish.is_light(term)).cloned().collect(),
            known: [wish.noun.as_deref().map(terms_of).unwrap_or_default(), used.to_vec()].concat(),
            all: f64::from(u32::try_from(terms.len()).unwrap_or(u32::MAX)),
            own: count(OWN),
            terms,
        }
    }

    /// The noun is known to be meant.
    fn grant(&mut self, nouns: &[String]) {
        for (term, weight) in &mut self.terms {
            if nouns.contains(term) {
                *weight = OWN;
            }
        }
    }

    /// `None` where a word is missing that tells anything, or where only the noun is there.
    fn score(&self) -> Option<f64> {
        let there = |term: &String| self.terms.iter().any(|(known, weight)| known == term && *weight > 0.0);
        let beside: Vec<f64> = self
            .terms
            .iter()
            .filter(|(term, _)| !self.known.contains(term))
            .map(|(_, weight)| *weight)
            .collect();
        let is_missing = |(term, weight): &&(String, f64)| {
            *weight == 0.0 && !self.known.contains(term) && !self.light.contains(term)
        };
        let missing = self.terms.iter().filter(is_missing).count();
        let said = beside.iter().filter(|weight| **weight > 0.0).count();
        let enough = missing == 0 && said > 0 && self.names.iter().all(there);
        enough.then(|| self.terms.iter().map(|(_, weight)| weight).sum::<f64>() / self.all)
    }
}

/// A cheap look: a document without the names of the question, or with hardly any of its words, has nothing of it.
fn may_have(wish: &Wish, document: &Read<'_>) -> bool {
    let folded = format!("{} {}", document.filename, document.text).to_lowercase();
    let there = terms_of(&folded.replace(['_', '-'], " "));
    let there: HashSet<String> = there.into_iter().collect();
    let there: Vec<String> = there.into_iter().collect();
    let some = wish.terms.iter().filter(|term| has(&there, term)).count();
    3 * some >= wish.terms.len() && wish.names.iter().all(|name| has(&there, name))
}

/// Whether a document is of the month that is asked for: by its name, or because it speaks of it.
fn is_of_month(wish: &Wish, document: &Read<'_>) -> bool {
    let Some((month, year)) = wish.month else { return true };
    match dated(document.filename) {
        Some((of, at)) => at == month && year.is_none_or(|year| year == of),
        None => {
            let said = document.text.split(|c: char| !c.is_alphanumeric());
            let mut words = said.map(str::to_lowercase);
            let spoken = words.any(|word| month_named(&word) == Some(month));
            spoken && year.is_none_or(|year| document.text.contains(&year.to_string()))
        }
    }
}

/// The year and the month in a file's name.
fn dated(name: &str) -> Option<(u32, u32)> {
    let numbers: Vec<&str> = name.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
    let pair = |pair: &[&str]| {
        let (year, month): (u32, u32) = (pair[0].parse().ok()?, pair[1].parse().ok()?);
        (pair[0].len() == 4
            && pair[1].len() == 2
            && (1900..2100).contains(&year)
            && (1..=12).contains(&month))
        .then_some((year, month))
    };
    numbers.windows(2).find_map(pair)
}

/// Whether the first of two file names is that of a later edition of the second one.
fn is_later(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let name = split_name(name.rsplit_once('.').map_or(name, |(name, _)| name));
        name.split_whitespace().map(str::to_lowercase).collect()
    };
    let year = |name: &str| {
        let numbers = name.split(|c: char| !c.is_ascii_digit()).filter(|it| it.len() == 4);
        numbers.filter_map(|it| it.parse::<u32>().ok()).filter(|it| (1900..2100).contains(it)).max()
    };
    let named = |name: &str| -> Vec<String> {
        words(name).into_iter().filter(|word| word.chars().all(char::is_alphabetic)).collect()
    };
    let (first, second) = (named(one), named(other));
    let within =
        |few: &[String], many: &[String]| few.len() >= 2 && few.iter().all(|word| many.contains(word));
    (within(&first, &second) || within(&second, &first))
        && first.len().abs_diff(second.len()) <= 1
        && year(one) > year(other)
        && year(other).is_some()
        // Minutes and reports of other days are no editions.
        && dated(one).is_none()
}

#[cfg(test)]
mod tests;
