//! Which sentences of the sources answer a question.

use std::collections::{HashMap, HashSet};

use super::asked::{Wanted, asks_which};
use super::beside;
use super::candidates::{Candidate, Context, bare, candidates, contexts, level, rarity_in};
use super::changes;
use super::columns;
use super::head;
use super::identifiers::identifiers_of;
use super::near::{Beside, Near};
use super::parts::parts_of;
use super::sentences::{self, Kind};
use super::signatures;
use super::terms::{Weights, misspelt, presence, presence_of_head, terms_of};
use docent_domain::source::Source;
use docent_words::Language;

/// What the chat was about counts for so much of what the question says itself.
const OF_THE_TALK: f64 = 0.6;

/// A second sentence is quoted, too, if its chance to answer is this share of the best one's; a row of a table, which is
/// much like its neighbours, if it is this share.
const AS_LIKELY: f64 = 0.3;
/// Meaning tells sentences apart more sharply.
const AS_LIKELY_BY_MEANING: f64 = 0.2;
const AS_LIKELY_ROW: f64 = 0.6;
/// And if its passage is this likely, beside the best one's, to have to do with the question at all.
const WORTH_ANOTHER_DOCUMENT: f64 = 0.5;
/// And if it, and what its document is called, have this share of what the best one has of the question.
const AS_MUCH: f64 = 0.45;
/// A sentence of a newer edition is taken instead, if the logarithm of its chance is behind by no more than this, and it has
/// this share of what the best one has of the question.
const NEWER_BEHIND: f64 = 2.0;
const OF_THE_SAME: f64 = 0.8;
/// So many of the next ones may be the second that is quoted.
const NEXT: usize = 3;
/// A sentence of another document that tells of a change is of the same, if it has this share of what the best one has of the
/// question, and the logarithm of its chance is behind by no more than this.
const CHANGED_BEHIND: f64 = 3.0;
const CHANGED: f64 = 0.35;
/// It says the same again where so much of it stands in what was chosen.
const SAID_ALREADY: f64 = 0.8;

/// Sentences of an answer, however many parts its question has.
const MOST: usize = 5;
/// Rows of a table that answers as a whole.
const ROWS: usize = 10;

/// The sentences that answer, each with its source (0-based). `about` is what the question leans on, `near` what an embedding
/// model says of some sentences, by the parts of the question or of all of it.
pub(super) fn quotations(
    question: &str,
    about: &str,
    sources: &[Source],
    near: &[Vec<Near>],
) -> Vec<(usize, String)> {
    let candidates = candidates(sources);
    let mut contexts = contexts(sources);
    level(&mut contexts, question);
    let weights = rarity_in(&candidates);
    let parts = parts_of(question);
    // The passage of each quotation, and its text.
    let mut chosen: Vec<(usize, String)> = Vec::new();
    let mut subject = terms_of(about);
    let trust = 1.0 / f64::from(u32::try_from(parts.len().max(1)).unwrap_or(u32::MAX));
    let desk = Desk { candidates: &candidates, contexts: &contexts, weights: &weights, trust };
    for (at, text) in parts.iter().enumerate() {
        let near =
            if near.len() == parts.len() { near.get(at) } else { near.first().filter(|_| near.len() == 1) };
        let part = desk.part(text, &subject, near.map(Vec::as_slice).unwrap_or_default());
        let found = match signatures::answering(text, part.wanted, sources) {
            Some(signed) => vec![(signed, false)],
            None => {
                let chosen = desk.choose(&part).into_iter();
                chosen.map(|at| (desk.quotation(at, text), candidates[at].kind == Kind::Row)).collect()
            }
        };
        // All rows that were chosen are given.
        for (quotation, is_row) in found {
            if !chosen.contains(&quotation) && (chosen.len() < MOST || is_row) {
                chosen.push(quotation);
            }
        }
        // "… and when does it end?" asks of what the part before it named.
        subject.extend(terms_of(text));
    }
    chosen
}

/// Quotes what answers, each sentence with its citation. See [`quotations`].
pub(super) fn answer(question: &str, about: &str, sources: &[Source], near: &[Vec<Near>]) -> String {
    let chosen = quotations(question, about, sources, near);
    let mut named = None;
    let quoted = chosen.into_iter().map(|(source, text)| {
        let quoted = format!("{} [{}]", sentences::quotable(&text), source + 1);
        let from = &sources[source];
        // Once for sentences of one document that follow one another.
        if named.replace(from.document) == Some(from.document) {
            return quoted;
        }
        match name_that_answers(question, from, sources) {
            Some(name) => format!("**{name}**: {quoted}"),
            None => quoted,
        }
    });
    quoted.collect::<Vec<_>>().join(" ")
}

/// What the document is called, where the question asks which one of several it is: what is quoted seldom says it.
fn name_that_answers(question: &str, source: &Source, sources: &[Source]) -> Option<String> {
    let alone = sources.iter().all(|other| other.document == source.document);
    if alone || !asks_which(question) {
        return None;
    }
    let name = bare(&source.filename);
    let name = sentences::quotable(&name.replace('_', " ")).replace('*', "");
    let (asked, own) = (terms_of(question), terms_of(&name));
    // A question that has the name already does not ask for it.
    own.iter().any(|term| presence(term, &asked) == 0.0).then_some(name)
}

pub(super) struct Desk<'a> {
    pub(super) candidates: &'a [Candidate],
    pub(super) contexts: &'a [Context],
    pub(super) weights: &'a Weights,
    /// How much the order of the sources says of one part of the question: they were found for all of it.
    pub(super) trust: f64,
}

/// A term of the question with what it is still worth.
pub(super) struct Open {
    pub(super) term: String,
    pub(super) weight: f64,
}

/// One part of a question, as the candidates are held against it.
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    pub(super) wanted: Wanted,
    pub(super) language: Option<Language>,
    pub(super) open: Vec<Open>,
    /// The names in it that only say which document is meant, by document.
    pub(super) named: HashMap<i64, Vec<String>>,
    /// What models say of each candidate.
    pub(super) near: Beside,
}

impl Desk<'_> {
    pub(super) fn part<'a>(&self, text: &'a str, subject: &[String], near: &[Near]) -> Part<'a> {
        let (open, near) = (self.open(text, subject), Beside::of(near, self.candidates));
        let (wanted, language) = (Wanted::by(text), docent_words::guess(text));
        Part { text, wanted, language, open, named: self.named(text), near }
    }

    /// Of a row what a part of the question asks for.
    fn quotation(&self, at: usize, part: &str) -> (usize, String) {
        let Candidate { source, text, kind, .. } = &self.candidates[at];
        let text = if *kind == Kind::Row { columns::narrowed(text, part) } else { text.clone() };
        (*source, text)
    }

    /// The candidates with the logarithm of the chance that each answers, the likeliest first; where the question has
    /// identifiers, those to which they belong.
    pub(super) fn ranked(&self, part: &Part<'_>) -> Vec<(usize, f64)> {
        let named = self.with_identifiers(part.text);
        let mut ranked: Vec<(usize, f64)> = named.into_iter().map(|at| (at, self.chance(part, at))).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked
    }

    /// The sentences that answer one part of a question, in their own order.
    fn choose(&self, part: &Part<'_>) -> Vec<usize> {
        let ranked = self.of_kind(part);
        let Some(&(best, top)) = ranked.first() else { return Vec::new() };
        let best = self.in_newer_edition(part, &ranked, best).unwrap_or(best);
        let mut chosen = vec![best];
        let enough = |at: usize| self.has_of(&part.open, at) >= AS_MUCH * self.has_of(&part.open, best);
        let others = ranked.iter().filter(|(at, _)| *at != best && !self.says_again(*at, best));
        let others = others.filter(|(at, _)| !self.is_of_another_edition(part, *at, best));
        let others = others.filter(|(at, _)| self.goes_beside(part, *at, best));
        let mut others = others.take(NEXT).enumerate();
        let second = others.find_map(|(n, (at, chance))| {
            let likely = self.is_as_likely(part, *at, best, chance - top) && enough(*at);
            // The next ones must say something of the question themselves.
            (likely && (n == 0 || self.own_of(&part.open, *at) > 0.0)).then_some(*at)
        });
        let changed = self.changed_elsewhere(part, &ranked, best);
        let second = changed.or_else(|| self.leant_on(part, best)).or(second);
        chosen.extend(second);
        chosen.extend(self.rows_of_others(part, best));
        if part.wanted == Wanted::Explanation {
            self.go_on(&mut chosen);
        }
        if self.is_what_the_heading_says(part, best) {
            chosen.extend(self.rows_beside(best).filter(|at| *at != best).take(ROWS - 1));
            chosen.dedup();
        }
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    /// Whether a candidate may be quoted beside the best one: it is in the same language, and says not of another thing what
    /// that one says of the thing that is asked for.
    fn goes_beside(&self, part: &Part<'_>, at: usize, best: usize) -> bool {
        let language = |at: usize| self.contexts[self.candidates[at].source].language;
        let differ = |other: Option<Language>| matches!((language(at), other), (Some(a), Some(b)) if a != b);
        let foreign = differ(language(best)) && (part.language.is_none() || differ(part.language));
        let text = |at: usize| self.candidates[at].text.as_str();
        let rows = [at, best].iter().all(|at| self.candidates[*at].kind == Kind::Row);
        let other_row = rows && beside::lacks_a_number(text(at), text(best), part.text);
        !foreign && !other_row && !beside::is_of_another(text(at), text(best), part.text)
    }

    /// The rows of the same table that are asked for beside the best one: "for a painter and for a fitter".
    fn rows_of_others(&self, part: &Part<'_>, best: usize) -> Vec<usize> {
        if self.candidates[best].kind != Kind::Row {
            return Vec::new();
        }
        let terms = |at: usize| &self.candidates[at].terms[..];
        let rows: Vec<usize> = self.rows_beside(best).filter(|at| *at != best).collect();
        let asked = beside::asked_for_beside(part.text, terms(best));
        let only = |term: &String| {
            let mut with = rows.iter().copied().filter(|at| terms(*at).contains(term));
            with.next().filter(|_| with.next().is_none())
        };
        asked.iter().filter_map(only).collect()
    }

    /// Whether a candidate is of another edition of the document of the best one: what that one says is all that is asked
    /// for, unless the question names both.
    fn is_of_another_edition(&self, part: &Part<'_>, at: usize, best: usize) -> bool {
        let name = |at: usize| self.contexts[self.candidates[at].source].name.as_str();
        self.document(at) != self.document(best) && changes::are_editions(name(at), name(best), part.text)
    }

    /// What a newer edition says of the same as the best candidate, where the question asks not for what was before.
    fn in_newer_edition(&self, part: &Part<'_>, ranked: &[(usize, f64)], best: usize) -> Option<usize> {
        let name = |at: usize| self.contexts[self.candidates[at].source].name.as_str();
        if changes::asks_for_before(part.text) || changes::is_named(name(best), part.text) {
            return None;
        }
        let top = ranked.first()?.1;
        let near = ranked.iter().take_while(|(_, chance)| top - chance <= NEWER_BEHIND);
        let newer = near.map(|(at, _)| *at).find(|at| {
            self.is_of_another_edition(part, *at, best)
                && changes::is_later(name(*at), name(best))
                && self.own_of(&part.open, *at) >= OF_THE_SAME * self.own_of(&part.open, best)
        })?;
        (self.fits(part, newer) || !self.fits(part, best)).then_some(newer)
    }

    /// What another document says of a change to what the best candidate says: "is put back to Friday".
    fn changed_elsewhere(&self, part: &Part<'_>, ranked: &[(usize, f64)], best: usize) -> Option<usize> {
        let wanted = part.wanted;
        if !wanted.has_a_form() || wanted.is_unmistakable() || changes::asks_for_before(part.text) {
            return None;
        }
        let number = changes::number_of(&self.candidates[best].text);
        let top = ranked.first().map_or(0.0, |(_, chance)| *chance);
        let of_it = |at: usize, chance: f64| {
            let text = &self.candidates[at].text;
            let named = number.is_some_and(|number| changes::names_paragraph(text, number));
            let own = self.own_of(&part.open, at);
            let as_much = own > 0.0 && own >= CHANGED * self.own_of(&part.open, best);
            named || as_much && top - chance <= CHANGED_BEHIND
        };
        let is_change = |at: usize, chance: f64| {
            let text = &self.candidates[at].text;
            self.document(at) != self.document(best)
                && self.fits(part, at)
                && changes::tells(text)
                && !changes::tells(&self.candidates[best].text)
                && of_it(at, chance)
        };
        ranked.iter().find(|(at, chance)| is_change(*at, *chance)).map(|(at, _)| *at)
    }

    /// Whether a row answers because the table stands below what is asked for, as "Duties" do, and not by its own words: the
    /// others of the table answer as well.
    fn is_what_the_heading_says(&self, part: &Part<'_>, at: usize) -> bool {
        let Candidate { kind, headings, terms, .. } = &self.candidates[at];
        let asks = matches!(part.wanted, Wanted::Anything | Wanted::Definition);
        let below = part.open.iter().any(|open| presence(&open.term, headings) > 0.0);
        let named = part.named.get(&self.document(at));
        let own = part.open.iter().any(|open| {
            let names = named.is_some_and(|named| named.contains(&open.term));
            !names
                && presence(&open.term, &self.candidates[at].title) == 0.0
                && presence(&open.term, terms) > 0.0
        });
        *kind == Kind::Row && asks && below && !own
    }

    /// The candidate before one that leans on it, or the question above it, if that one says something of the question that
    /// this one does not.
    fn leant_on(&self, part: &Part<'_>, at: usize) -> Option<usize> {
        let before = at.checked_sub(1).filter(|_| self.candidates[at].leans);
        let before = before.or(self.candidates[at].below_question)?;
        let (own, there) = (&self.candidates[at].terms, &self.candidates[before].terms);
        let adds = part.open.iter().any(|open| presence(&open.term, there) > presence(&open.term, own));
        adds.then_some(before)
    }

    /// The rows of the same table.
    fn rows_beside(&self, at: usize) -> impl Iterator<Item = usize> {
        let row = &self.candidates[at];
        (0..self.candidates.len()).filter(move |other| {
            let other = &self.candidates[*other];
            other.kind == Kind::Row && other.source == row.source && other.section == row.section
        })
    }

    /// The candidates to which the identifiers of a part of the question belong; all, where it belongs to none. The rarest
    /// identifier decides first.
    fn with_identifiers(&self, part: &str) -> Vec<usize> {
        let mut left: Vec<usize> = (0..self.candidates.len()).collect();
        let mut asked: Vec<(usize, Vec<usize>)> = identifiers_of(part)
            .iter()
            .map(|identifier| self.named_by(identifier))
            .filter(|named| !named.is_empty())
            .map(|named| (named.len(), named))
            .collect();
        asked.sort();
        for (_, named) in asked {
            let with: Vec<usize> = left.iter().copied().filter(|at| named.contains(at)).collect();
            if !with.is_empty() {
                left = with;
            }
        }
        left
    }

    /// Everything below a name or heading that has an identifier; elsewhere the rows that it stands in, or, where it stands in
    /// none, everything in the passage.
    fn named_by(&self, identifier: &str) -> Vec<usize> {
        let has = |at: &usize| self.candidates[*at].identifiers.contains(identifier);
        let row = |at: &usize| self.candidates[*at].kind == Kind::Row;
        let all = || 0..self.candidates.len();
        let rows: HashSet<usize> =
            all().filter(|at| row(at) && has(at)).map(|at| self.candidates[at].source).collect();
        let texts: HashSet<usize> = all().filter(has).map(|at| self.candidates[at].source).collect();
        let is_named = |at: &usize| {
            let source = self.candidates[*at].source;
            let below = self.contexts[source].identifiers.contains(identifier);
            below || if rows.contains(&source) { has(at) } else { texts.contains(&source) }
        };
        all().filter(is_named).collect()
    }

    /// Whether a candidate may answer as well as the best one. `behind` is by how much its logarithm is less.
    fn is_as_likely(&self, part: &Part<'_>, at: usize, best: usize, behind: f64) -> bool {
        let row = self.candidates[at].kind == Kind::Row;
        let another = self.document(at) != self.document(best);
        let unlikely = self.likely(at) < WORTH_ANOTHER_DOCUMENT * self.likely(best);
        let least = match () {
            () if row => AS_LIKELY_ROW,
            () if part.near.meaning.is_empty() => AS_LIKELY,
            () => AS_LIKELY_BY_MEANING,
        };
        behind.exp() >= least && !(another && unlikely)
    }

    /// The names of a question that stand in what documents say of themselves, by document.
    fn named(&self, part: &str) -> HashMap<i64, Vec<String>> {
        let names = head::names_of(part);
        let mut named: HashMap<i64, Vec<String>> = HashMap::new();
        for candidate in self.candidates.iter().filter(|candidate| candidate.head) {
            let here = names.iter().filter(|name| presence(name, &candidate.terms) > 0.0);
            let document = self.contexts[candidate.source].document;
            named.entry(document).or_default().extend(here.cloned());
        }
        named
    }

    /// What a candidate and the name and headings of its document have of the question.
    pub(super) fn has_of(&self, open: &[Open], at: usize) -> f64 {
        let title = &self.candidates[at].title;
        open.iter().map(|one| one.weight * self.presence(&one.term, at).max(presence(&one.term, title))).sum()
    }

    /// What a candidate itself has of the question.
    pub(super) fn own_of(&self, open: &[Open], at: usize) -> f64 {
        open.iter().map(|one| one.weight * self.presence(&one.term, at)).sum()
    }

    /// Whether nearly all of one candidate stands in the other.
    fn says_again(&self, at: usize, other: usize) -> bool {
        let (own, there) = (&self.candidates[at].terms, &self.candidates[other].terms);
        let count = |terms: usize| f64::from(u32::try_from(terms).unwrap_or(u32::MAX));
        let again = own.iter().filter(|term| there.contains(term)).count();
        count(again) >= SAID_ALREADY * count(own.len())
    }

    /// What the question says that can be found at all: what no candidate has tells them not apart.
    fn open(&self, part: &str, subject: &[String]) -> Vec<Open> {
        let mut open: Vec<Open> = Vec::new();
        let own = terms_of(&changes::without_now(part)).into_iter().map(|term| (term, 1.0));
        for (mut term, share) in own.chain(subject.iter().map(|term| (term.clone(), OF_THE_TALK))) {
            if let Some(meant) = misspelt(&term, self.candidates.iter().map(|candidate| &candidate.terms[..]))
            {
                term = meant;
            }
            let known = open.iter().any(|known| known.term == term);
            let is_there = |candidate: &Candidate| {
                presence(&term, &candidate.terms) > 0.0
                    || presence_of_head(&term, &candidate.terms) > 0.0
                    || presence(&term, &candidate.headings) > 0.0
            };
            if !known && self.candidates.iter().any(is_there) {
                let weight = share * self.weights.weight(&term);
                open.push(Open { term, weight });
            }
        }
        open
    }

    fn likely(&self, at: usize) -> f64 {
        self.contexts[self.candidates[at].source].likely
    }

    pub(super) fn document(&self, at: usize) -> i64 {
        self.contexts[self.candidates[at].source].document
    }

    /// Reasons and ways are told in the sentence after the one that names them.
    fn go_on(&self, chosen: &mut Vec<usize>) {
        let Some(&first) = chosen.first() else { return };
        let next = first + 1;
        let follows = self.candidates.get(next).is_some_and(|candidate| {
            candidate.source == self.candidates[first].source && candidate.kind == Kind::Sentence
        });
        if follows && chosen.len() < 2 && !chosen.contains(&next) {
            chosen.push(next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extractive::tests::source;

    fn of_head(content: &str) -> Source {
        Source { filename: "council_2031-06-18.md".to_owned(), ..source(content) }
    }

    const MINUTES: &str = "# Council - Minutes\n\nMeeting of 18 June 2031, 09:00 to 12:05, room Osprey\n\n# 4 Next \
                           meeting\n\n17 September 2031, 09:00, room Heron.\n\n# Tasks\n\n| No. | What | Who |\n\
                           |---|---|---|\n| T1 | Order the planks | Ida |\n| T2 | Paint the gate | Bo |";

    fn told(question: &str) -> String {
        answer(question, "", &[of_head(MINUTES)], &[])
    }

    #[test]
    fn a_sentence_is_told_by_the_heading_above_it_and_not_by_the_names_of_its_document() {
        assert_eq!(
            told("When does the council meet next after June?"),
            "17 September 2031, 09:00, room Heron. [1]"
        );
        assert!(told("When did the council meet in June?").contains("18 June 2031"));
    }

    #[test]
    fn all_rows_below_what_is_asked_for_are_quoted() {
        let tasks = told("What tasks came out of the council of June 2031?");
        assert!(tasks.contains("Order the planks") && tasks.contains("Paint the gate"), "{tasks}");
        let one = told("Who orders the planks?");
        assert!(one.contains("Ida") && !one.contains("Paint"), "{one}");
    }
}
