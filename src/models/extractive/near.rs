//! Meaning: which sentences are worth asking an embedding model about, and what its word says of each.

use super::candidates::{Candidate, candidates, contexts, name_in_words, rarity_in};
use super::pick::{Desk, Part};
use docent_domain::source::Source;

/// A sentence that may answer, for an embedding model to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortlisted {
    /// 0-based.
    pub source: usize,
    /// As the answerer knows it.
    pub text: String,
    /// What is to be embedded: with what it needs to be understood by itself.
    pub embedded: String,
}

/// How near a sentence is to a part of the question.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    pub text: String,
    pub cosine: f32,
    /// What a cross-encoder says of it, having read it together with the question: the logarithm of the odds that it answers.
    pub read: Option<f32>,
}

/// Of those that an embedding model judges, so many at least have the kind of thing that is asked for, where there are.
const OF_KIND: usize = 3;

/// Of so many of the likeliest passages one sentence at least is listed: by their words alone all may be of one passage.
const OF_PASSAGES: usize = 3;
/// With fewer sentences none is added for that.
const FEWEST: usize = 8;
/// So many are added of the likeliest passages in another language than the question: their words say nothing of them.
const FOREIGN: usize = 16;

/// The sentences of the sources that are likeliest to answer by everything but their meaning, `most` at most, and behind them
/// one of each of the likeliest passages of which there is none, and those of the likeliest passages that are in another language
/// than the question.
pub fn shortlist(
    question: &str,
    sources: &[Source],
    is_foreign: impl Fn(usize) -> bool,
    most: usize,
) -> Vec<Shortlisted> {
    let candidates = candidates(sources);
    let contexts = contexts(sources);
    let weights = rarity_in(&candidates);
    let desk = Desk { candidates: &candidates, contexts: &contexts, weights: &weights, trust: 1.0 };
    let part = desk.part(question, &[], &[]);
    let all = desk.ranked(&part);
    let mut ranked = with_kind(&desk, &part, all.clone(), most);
    if most >= FEWEST {
        let more = of_passages(&desk, &ranked, &all);
        ranked.extend(more);
        let more = of_foreign(&desk, &ranked, &all, is_foreign);
        ranked.extend(more);
    }
    let shown = |(at, _): (usize, f64)| {
        let candidate = &candidates[at];
        let embedded = in_context(candidate, &sources[candidate.source]);
        Shortlisted { source: candidate.source, text: candidate.text.clone(), embedded }
    };
    ranked.into_iter().map(shown).collect()
}

/// The likeliest ones, the last of them those that have the kind of thing that is asked for, where too few of the others
/// have it: of another language their words say nothing.
fn with_kind(desk: &Desk<'_>, part: &Part<'_>, ranked: Vec<(usize, f64)>, most: usize) -> Vec<(usize, f64)> {
    let fits =
        |at: usize| part.wanted.has_a_form() && part.wanted.is_in(&desk.candidates[at].text, part.text);
    let have = ranked.iter().take(most).filter(|(at, _)| fits(*at)).count();
    let missing = OF_KIND.min(most / 2).saturating_sub(have);
    let more: Vec<(usize, f64)> =
        ranked.iter().skip(most).filter(|(at, _)| fits(*at)).take(missing).copied().collect();
    let mut kept: Vec<(usize, f64)> = ranked.into_iter().take(most.saturating_sub(more.len())).collect();
    kept.extend(more);
    kept
}

/// The passages, 0-based, that are likeliest to have to do with the question.
fn likeliest(desk: &Desk<'_>) -> Vec<usize> {
    let mut passages: Vec<usize> = (0..desk.contexts.len()).collect();
    passages.sort_by(|a, b| desk.contexts[*b].likely.total_cmp(&desk.contexts[*a].likely));
    passages.truncate(OF_PASSAGES);
    passages
}

/// The sentences of the likeliest passages in other languages that are not listed.
fn of_foreign(
    desk: &Desk<'_>,
    listed: &[(usize, f64)],
    all: &[(usize, f64)],
    is_foreign: impl Fn(usize) -> bool,
) -> Vec<(usize, f64)> {
    let passages: Vec<usize> = likeliest(desk).into_iter().filter(|passage| is_foreign(*passage)).collect();
    let is_new = |at: usize| listed.iter().all(|(known, _)| *known != at);
    let of_them = |at: usize| passages.contains(&desk.candidates[at].source);
    all.iter().filter(|(at, _)| of_them(*at) && is_new(*at)).take(FOREIGN).copied().collect()
}

/// The likeliest sentence of each of the likeliest passages of which none is listed.
fn of_passages(desk: &Desk<'_>, listed: &[(usize, f64)], all: &[(usize, f64)]) -> Vec<(usize, f64)> {
    let source = |at: usize| desk.candidates[at].source;
    let mut passages = likeliest(desk);
    passages.retain(|passage| listed.iter().all(|(at, _)| source(*at) != *passage));
    let first = |passage: usize| all.iter().find(|(at, _)| source(*at) == passage).copied();
    passages.into_iter().filter_map(first).collect()
}

/// A sentence behind the name of its file and its innermost heading: most sentences do not say again what they are about.
fn in_context(candidate: &Candidate, source: &Source) -> String {
    let heading = candidate.section.rsplit(" > ").next().unwrap_or_default();
    let name = name_in_words(&source.filename);
    let about = [name.trim(), heading.trim()].into_iter().filter(|part| !part.is_empty());
    about.chain([candidate.text.as_str()]).collect::<Vec<_>>().join(": ")
}

/// Bytes of a sentence by which it is known when it goes on.
const KNOWN_BY: usize = 24;

/// Whether a sentence is the one that was asked about, which may have been cut where its passage ends.
fn is_of(asked: &str, sentence: &str) -> bool {
    asked == sentence || asked.len() >= KNOWN_BY && sentence.contains(asked)
}

/// What models say of each candidate, in standard deviations of those that they were asked about, so that it does not matter
/// what the figures of a model are like. The others are as far as the farthest of them.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// How near each is in meaning; empty where too few were asked about to tell.
    pub(super) meaning: Vec<f64>,
    /// How likely each answers, by one that has read them together with the question; empty where none has.
    pub(super) reading: Vec<f64>,
}

impl Beside {
    pub(super) fn of(near: &[Near], candidates: &[Candidate]) -> Self {
        let spread =
            |figure: &dyn Fn(&Near) -> Option<f32>, least: f64| spread(near, candidates, figure, least);
        let meaning: Vec<f64> = spread(&|one| Some(one.cosine), f64::EPSILON)
            .into_iter()
            .map(Option::unwrap_or_default)
            .collect();
        let reading = spread(&|one| one.read, LEAST_SPREAD);
        // Of what it does not know the language of, its meaning says it.
        let reading = reading.into_iter().zip(&meaning).map(|(read, meant)| read.unwrap_or(*meant)).collect();
        Self { meaning, reading }
    }
}

/// Sentences whose odds, as their logarithms, lie closer together than that are all as unlikely: which of them is less so says
/// little.
const LEAST_SPREAD: f64 = 2.0;

/// A figure of each candidate in standard deviations, `least` at least, of those that have one; `None` for those that were asked about and have
/// none.
fn spread(
    near: &[Near],
    candidates: &[Candidate],
    figure: &dyn Fn(&Near) -> Option<f32>,
    least: f64,
) -> Vec<Option<f64>> {
    let figures: Vec<f64> = near.iter().filter_map(figure).map(f64::from).collect();
    let count = figures.len().max(1) as f64;
    let mean = figures.iter().sum::<f64>() / count;
    let spread = (figures.iter().map(|figure| (figure - mean).powi(2)).sum::<f64>() / count).sqrt();
    if spread <= f64::EPSILON {
        return Vec::new();
    }
    let spread = spread.max(least);
    let farthest = figures.iter().copied().fold(f64::INFINITY, f64::min);
    let of = |candidate: &Candidate| {
        let known = near.iter().find(|one| is_of(&one.text, &candidate.text));
        let own = known.map_or(Some(farthest), |one| figure(one).map(f64::from));
        own.map(|own| (own - mean) / spread)
    };
    candidates.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extractive::tests::source;

    fn near(text: &str, cosine: f32) -> Near {
        Near { text: text.to_owned(), cosine, read: None }
    }

    #[test]
    fn the_likeliest_sentences_are_listed_with_what_they_are_about() {
        let mut found = source("It rained. Kestrels eat voles. They nest in cliffs.");
        found.filename = "field_guide.2024.pdf".to_owned();
        found.heading = Some("Birds > Falcons".to_owned());
        let listed = shortlist("What do kestrels eat?", &[found], |_| false, 2);
        assert_eq!(listed[0].text, "Kestrels eat voles.");
        assert_eq!(listed[0].embedded, "field guide 2024: Falcons: Kestrels eat voles.");
        assert_eq!(listed.len(), 2);
        assert!(shortlist("What?", &[], |_| false, 8).is_empty());
    }

    #[test]
    fn the_likeliest_passages_have_a_sentence_on_the_list() {
        let rows = (0..9).map(|n| format!("The kiln of row {n} is red.")).collect::<Vec<_>>().join(" ");
        let mut foreign = source("Der Ofen wird montags geheizt. Die Asche ist kalt.");
        foreign.document = 2.into();
        let sources = [source(&rows), foreign];
        let listed = |is_foreign: fn(usize) -> bool| {
            shortlist("Which day is the kiln fired?", &sources, is_foreign, 8)
        };
        let known = listed(|_| false);
        assert_eq!(known.len(), 9);
        assert!(known[8].text.contains("montags"), "{known:?}");
        let read = listed(|source| source == 1);
        assert!(read.len() == 10 && read[9].text.contains("Asche"), "all of it: {read:?}");
    }

    #[test]
    fn nearness_is_measured_beside_the_others() {
        let sources = [source("The tea is hot today. The tea costs two euros. Nobody was there at all.")];
        let candidates = candidates(&sources);
        let of = |asked: &[Near]| Beside::of(asked, &candidates).meaning;
        // Mean 0.6, deviation 0.2; the one that was not asked about is as far as the farthest.
        let known = [near("The tea is hot today.", 0.4), near("The tea costs two euros.", 0.8)];
        let found: Vec<f64> = of(&known).iter().map(|sign| (sign * 1e3).round() / 1e3).collect();
        assert_eq!(found, [-1.0, 1.0, -1.0]);
        // What matters is not how far apart a model puts texts.
        let narrow = [near("The tea is hot today.", 0.81), near("The tea costs two euros.", 0.83)];
        assert!(of(&narrow).iter().zip(&found).all(|(a, b)| (a - b).abs() < 1e-3));
        assert!(of(&[]).is_empty() && of(&known[..1]).is_empty());
    }

    #[test]
    fn what_was_read_is_measured_likewise_and_says_little_where_all_are_unlikely() {
        let sources = [source("The tea is hot today. The tea costs two euros. Der Tee ist heute heiß.")];
        let candidates = candidates(&sources);
        let reading = |odds: [f32; 2]| {
            let read = |(text, cosine, odds)| Near { read: odds, ..near(text, cosine) };
            let asked = [
                ("The tea is hot today.", 0.4, Some(odds[0])),
                ("The tea costs two euros.", 0.8, Some(odds[1])),
                ("Der Tee ist heute heiß.", 0.8, None),
            ];
            Beside::of(&asked.map(read), &candidates)
        };
        let apart = reading([-8.0, 2.0]);
        assert_eq!(apart.reading[..2], [-1.0, 1.0]);
        assert_eq!(apart.reading[2], apart.meaning[2], "it does not know the language");
        let alike = reading([-11.0, -10.0]);
        assert!(alike.reading[1].abs() < 0.3, "{alike:?}");
        assert!(Beside::of(&[near("The tea is hot today.", 0.4)], &candidates).reading.is_empty());
    }

    #[test]
    fn a_sentence_that_was_cut_is_known_by_its_beginning() {
        assert!(is_of("The tunnel is seventy cent", "The tunnel is seventy centimetres long."));
        assert!(!is_of("The tunnel", "The tunnel is seventy centimetres long."));
    }
}
