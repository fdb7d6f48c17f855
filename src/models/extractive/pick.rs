//! Which sentences of the sources answer a question.

use std::collections::HashSet;

use super::asked::Wanted;
use super::parts::parts_of;
use super::sentences::{self, Kind};
use super::terms::{self, Weights, terms_of};
use docent_domain::source::Source;

/// Of a term that stands only beside a sentence, so much counts for it: in its heading or the name of its file, in the
/// sentence before it, anywhere in its passage.
const IN_HEADING: f64 = 0.6;
const JUST_BEFORE: f64 = 0.4;
const IN_PASSAGE: f64 = 0.2;

/// What the chat was about counts for so much of what the question says itself.
const OF_THE_TALK: f64 = 0.6;

/// A further sentence is quoted only if it adds this share of what the best one says; one of another document, if it
/// earns this share of the best one's score by itself, and its passage is this likely beside the best one's to have to do
/// with the question at all.
const WORTH_ADDING: f64 = 0.45;
const WORTH_ANOTHER_DOCUMENT: f64 = 0.5;
/// What is left of a sentence in a passage that has nothing to do with the question.
const UNLIKELY: f64 = 0.5;

/// The sources come best first; each place further down costs this share.
const RANK_DISCOUNT: f64 = 0.06;

/// Sentences of an answer, however many parts its question has.
const MOST: usize = 5;

struct Candidate {
    /// 0-based.
    source: usize,
    text: String,
    kind: Kind,
    terms: Vec<String>,
    /// Of the sentence before it in the same passage.
    before: Vec<String>,
}

struct Context {
    /// Of heading and file name.
    title: Vec<String>,
    whole: Vec<String>,
    document: i64,
    /// How likely the passage has to do with the question, as a share of the likeliest one's: 0 to 1.
    likely: f64,
}

/// Quotes what answers, each sentence with its citation. `about` is what the question leans on.
pub(super) fn answer(question: &str, about: &str, sources: &[Source]) -> String {
    let candidates = candidates(sources);
    let most = sources.iter().map(|source| source.score).fold(0.0, f64::max);
    let contexts: Vec<Context> = sources.iter().map(|source| context(source, most)).collect();
    let all: Vec<Vec<String>> = candidates.iter().map(|candidate| candidate.terms.clone()).collect();
    let weights = Weights::of(&all);
    let parts = parts_of(question);
    let mut chosen: Vec<usize> = Vec::new();
    let mut subject = terms_of(about);
    for part in &parts {
        let desk = Desk { candidates: &candidates, contexts: &contexts, weights: &weights };
        let found = desk.choose(part, &subject, parts.len() > 1);
        for at in found {
            if !chosen.contains(&at) && chosen.len() < MOST {
                chosen.push(at);
            }
        }
        // "… and when does it end?" asks of what the part before it named.
        subject.extend(terms_of(part));
    }
    if chosen.is_empty() {
        // Retrieval found it by meaning, not by words: the best passage speaks for itself.
        let wanted = Wanted::by(question);
        let mut best: Vec<usize> = (0..candidates.len()).filter(|at| candidates[*at].source == 0).collect();
        best.sort_by(|a, b| {
            let factor = |at: &usize| wanted.factor(&candidates[*at].text, question);
            factor(b).total_cmp(&factor(a))
        });
        best.truncate(2);
        best.sort_unstable();
        chosen = best;
    }
    let quoted: Vec<String> = chosen
        .into_iter()
        .map(|at| format!("{} [{}]", sentences::quotable(&candidates[at].text), candidates[at].source + 1))
        .collect();
    quoted.join(" ")
}

fn candidates(sources: &[Source]) -> Vec<Candidate> {
    let mut seen = HashSet::new();
    let mut candidates: Vec<Candidate> = Vec::new();
    for (source, found) in sources.iter().enumerate() {
        let mut before = Vec::new();
        for piece in sentences::split(body(found)) {
            let terms = terms_of(&piece.text);
            // Neighbouring chunks overlap: what two sources say is quoted from the better one.
            if seen.insert(piece.text.clone()) {
                let before = std::mem::take(&mut before);
                candidates.push(Candidate {
                    source,
                    text: piece.text,
                    kind: piece.kind,
                    terms: terms.clone(),
                    before,
                });
            }
            before = terms;
        }
    }
    candidates
}

fn context(source: &Source, most: f64) -> Context {
    let name = source.filename.rsplit_once('.').map_or(source.filename.as_str(), |(name, _)| name);
    let mut title = terms_of(&name.replace(['_', '-', '.'], " "));
    title.extend(terms_of(source.heading.as_deref().unwrap_or_default()));
    let likely = if most > 0.0 { (source.score / most).clamp(0.0, 1.0) } else { 1.0 };
    Context { title, whole: terms_of(&source.content), document: source.document.get(), likely }
}

struct Desk<'a> {
    candidates: &'a [Candidate],
    contexts: &'a [Context],
    weights: &'a Weights,
}

/// A term of the question with what it is still worth.
struct Open {
    term: String,
    weight: f64,
}

impl Desk<'_> {
    /// The sentences that answer one part of a question, in their own order.
    fn choose(&self, part: &str, subject: &[String], one_of_several: bool) -> Vec<usize> {
        let wanted = Wanted::by(part);
        let mut open = self.open(part, subject);
        let whole: f64 = open.iter().map(|open| open.weight).sum();
        let factors: Vec<f64> =
            self.candidates.iter().map(|candidate| wanted.factor(&candidate.text, part)).collect();
        let shares: Vec<f64> = (0..self.contexts.len()).map(|source| self.share(&open, source)).collect();
        let score = |open: &[Open], at: usize| {
            self.covered(open, at)
                * factors[at]
                * self.place(at)
                * (0.4 + 0.6 * shares[self.candidates[at].source])
        };
        let first: Vec<f64> = (0..self.candidates.len()).map(|at| score(&open, at)).collect();
        let most = if one_of_several { wanted.most().min(2) } else { wanted.most() };
        let mut chosen: Vec<usize> = Vec::new();
        let mut best = (0.0, 0);
        while chosen.len() <= most {
            let next = (0..self.candidates.len())
                .filter(|at| !chosen.contains(at))
                .map(|at| (at, score(&open, at)))
                .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            let Some((at, gain)) = next.filter(|(_, gain)| *gain > f64::EPSILON) else { break };
            if let Some(&top) = chosen.first() {
                // What the first one leaves open must be worth a second one, and more so beyond the usual number.
                let another = self.document(at) != self.document(top);
                let enough = gain >= WORTH_ADDING * best.0 && (chosen.len() < most || gain >= 0.6 * best.0);
                let unlikely = self.likely(at) < WORTH_ANOTHER_DOCUMENT * self.likely(top);
                if !enough || (another && (unlikely || first[at] < WORTH_ANOTHER_DOCUMENT * best.0)) {
                    break;
                }
            } else {
                best = (gain, at);
            }
            for open in &mut open {
                // What has been said counts less when said again.
                open.weight *= 1.0 - 0.8 * self.presence(&open.term, at);
            }
            chosen.push(at);
        }
        if wanted == Wanted::Explanation {
            self.go_on(&mut chosen);
        }
        // So little of the question in the best sentence says that words do not decide here.
        if whole > 0.0 && best.0 < 0.08 * whole {
            return Vec::new();
        }
        chosen.sort_unstable();
        chosen
    }

    fn open(&self, part: &str, subject: &[String]) -> Vec<Open> {
        let mut open: Vec<Open> = Vec::new();
        let own = terms_of(part).into_iter().map(|term| (term, 1.0));
        for (term, share) in own.chain(subject.iter().map(|term| (term.clone(), OF_THE_TALK))) {
            if open.iter().all(|known| known.term != term) {
                let weight = share * self.weights.weight(&term);
                open.push(Open { term, weight });
            }
        }
        open
    }

    /// The share of the question that a passage and what it belongs to have.
    fn share(&self, open: &[Open], source: usize) -> f64 {
        let context = &self.contexts[source];
        let whole: f64 = open.iter().map(|open| open.weight).sum();
        let there: f64 = open
            .iter()
            .map(|open| {
                let own = terms::presence(&open.term, &context.whole);
                open.weight * own.max(terms::presence(&open.term, &context.title))
            })
            .sum();
        if whole > 0.0 { there / whole } else { 0.0 }
    }

    fn covered(&self, open: &[Open], at: usize) -> f64 {
        open.iter().map(|open| open.weight * self.presence(&open.term, at)).sum()
    }

    fn presence(&self, term: &str, at: usize) -> f64 {
        let candidate = &self.candidates[at];
        let context = &self.contexts[candidate.source];
        let own = terms::presence(term, &candidate.terms);
        if own >= 1.0 {
            return own;
        }
        own.max(IN_HEADING * terms::presence(term, &context.title))
            .max(JUST_BEFORE * terms::presence(term, &candidate.before))
            .max(IN_PASSAGE * terms::presence(term, &context.whole))
    }

    /// What rank and length do to a score.
    fn place(&self, at: usize) -> f64 {
        let candidate = &self.candidates[at];
        let rank = u32::try_from(candidate.source).unwrap_or(u32::MAX);
        let brevity = if candidate.kind == Kind::Row { 1.0 } else { terms::brevity(candidate.terms.len()) };
        let likely = UNLIKELY + (1.0 - UNLIKELY) * self.contexts[candidate.source].likely;
        likely * brevity / (1.0 + RANK_DISCOUNT * f64::from(rank))
    }

    fn likely(&self, at: usize) -> f64 {
        self.contexts[self.candidates[at].source].likely
    }

    fn document(&self, at: usize) -> i64 {
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

/// A passage without the heading it begins with: extracted text does not tell one from a sentence.
fn body(source: &Source) -> &str {
    let heading = source.heading.as_deref().and_then(|path| path.rsplit(" > ").next()).map(str::trim);
    match heading.and_then(|heading| source.content.trim_start().strip_prefix(heading)) {
        Some(rest) if rest.starts_with(['\n', '\r']) => rest,
        _ => &source.content,
    }
}
