//! The sentences and rows of the sources that may be quoted, and what is known of the passages that they stand in.

use std::collections::HashSet;

use super::head;
use super::identifiers::identifiers_of;
use super::leaning;
use super::sentences::{self, Kind, Piece};
use super::terms::{Weights, terms_of};
use docent_domain::source::Source;

/// Characters of a sentence, at least: "Mr", where a passage was cut.
const SHORTEST: usize = 4;

pub(super) struct Candidate {
    /// 0-based.
    pub(super) source: usize,
    pub(super) text: String,
    pub(super) kind: Kind,
    pub(super) terms: Vec<String>,
    /// Of the file's name and of what it stands below.
    pub(super) title: Vec<String>,
    /// The headings that it stands below, innermost last.
    pub(super) section: String,
    /// Their terms.
    pub(super) headings: Vec<String>,
    /// It only says which document this is.
    pub(super) head: bool,
    /// It only says who wrote to whom of what.
    pub(super) of_mail: bool,
    /// What it points back at stands in the candidate before it.
    pub(super) leans: bool,
    /// The question in the text that it stands below, as an answer does.
    pub(super) below_question: Option<usize>,
    pub(super) identifiers: HashSet<String>,
}

pub(super) struct Context {
    /// The identifiers in its headings and the name of its file.
    pub(super) identifiers: HashSet<String>,
    pub(super) document: i64,
    /// Of its file.
    pub(super) name: String,
    /// How likely the passage has to do with the question, as a share of the likeliest one's: 0 to 1.
    pub(super) likely: f64,
}

pub(super) fn candidates(sources: &[Source]) -> Vec<Candidate> {
    let mut seen = HashSet::new();
    let mut candidates: Vec<Candidate> = Vec::new();
    for (source, found) in sources.iter().enumerate() {
        let name = terms_of(&name_in_words(&found.filename));
        let months = terms_of(&head::months_of(&found.filename));
        for (section, text) in sections(found) {
            let headings = terms_of(&section);
            let title = [&name[..], &months[..], &headings[..]].concat();
            let pieces = sentences::split(text);
            let heads = head::lines(&pieces, found.chunk_index == 0);
            let texts = pieces.iter().map(|piece| piece.text.as_str());
            let of_mail = if found.chunk_index == 0 { head::lines_of_mail(texts) } else { 0 };
            // Of this passage.
            let first = candidates.len();
            let mut question: Option<usize> = None;
            for (at, piece) in pieces.into_iter().enumerate() {
                // Neighbouring chunks overlap: what two sources say is quoted from the better one.
                let says_nothing = piece.kind == Kind::Sentence && piece.text.chars().count() < SHORTEST;
                if says_nothing || !seen.insert(piece.text.clone()) {
                    continue;
                }
                let (terms, identifiers) = (terms_of(&piece.text), identifiers_of(&piece.text));
                let (title, section, headings, head) =
                    (title.clone(), section.clone(), headings.clone(), heads[at]);
                let follows = at > 0 && candidates.len() > first;
                let leans = follows && piece.kind == Kind::Sentence && leaning::leans(&piece.text);
                let Piece { text, kind } = piece;
                question = question
                    .filter(|above| kind == Kind::Sentence && candidates.len() - above <= leaning::ANSWERING);
                let below_question = question;
                if kind == Kind::Sentence && leaning::asks(&text) {
                    question = Some(candidates.len());
                }
                let below_question = below_question.filter(|_| question == below_question);
                candidates.push(Candidate {
                    source,
                    text,
                    kind,
                    terms,
                    title,
                    section,
                    headings,
                    head,
                    of_mail: at < of_mail,
                    leans,
                    below_question,
                    identifiers,
                });
            }
        }
    }
    candidates
}

/// How rare each term is among the candidates.
pub(super) fn rarity_in(candidates: &[Candidate]) -> Weights {
    let all: Vec<Vec<String>> = candidates.iter().map(|candidate| candidate.terms.clone()).collect();
    Weights::of(&all)
}

pub(super) fn contexts(sources: &[Source]) -> Vec<Context> {
    let most = sources.iter().map(|source| source.score).fold(0.0, f64::max);
    sources.iter().map(|source| context(source, most)).collect()
}

pub(super) fn bare(filename: &str) -> &str {
    filename.rsplit_once('.').map_or(filename, |(name, _)| name)
}

/// The name of a file without its ending, as words.
pub(super) fn name_in_words(filename: &str) -> String {
    bare(filename).replace(['_', '-', '.'], " ")
}

fn context(source: &Source, most: f64) -> Context {
    let likely = if most > 0.0 { (source.score / most).clamp(0.0, 1.0) } else { 1.0 };
    let name = bare(&source.filename);
    let identifiers = identifiers_of(&format!(
        "{} {}",
        name.replace('_', " "),
        source.heading.as_deref().unwrap_or_default()
    ));
    Context { identifiers, document: source.document.get(), name: source.filename.clone(), likely }
}

/// The parts of a passage below headings of its own, each with the headings that it stands below. What stands above the
/// first of them, and all of a passage without, is below the headings that the passage is known by.
fn sections(source: &Source) -> Vec<(String, &str)> {
    let path = source.heading.as_deref().unwrap_or_default();
    let (outer, innermost) = path.rsplit_once(" > ").unwrap_or(("", path));
    let text = body(source);
    let starts = || std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let is_heading =
        |at: &usize| sentences::heading_of(text[*at..].lines().next().unwrap_or_default()).is_some();
    let mut cuts: Vec<usize> = starts().filter(is_heading).collect();
    if cuts.first() != Some(&0) {
        cuts.insert(0, 0);
    }
    let ends = cuts.iter().skip(1).copied().chain([text.len()]);
    let section = |(from, to): (usize, usize)| {
        let part = &text[from..to];
        let own = part.lines().next().and_then(sentences::heading_of);
        let headings = match own {
            Some(own) if own != innermost => {
                [outer, own].iter().filter(|it| !it.is_empty()).copied().collect::<Vec<_>>().join(" > ")
            }
            _ => path.to_owned(),
        };
        (headings, part)
    };
    cuts.iter().copied().zip(ends).map(section).collect()
}

/// A passage without the heading it begins with: extracted text does not tell one from a sentence.
fn body(source: &Source) -> &str {
    let heading = source.heading.as_deref().and_then(|path| path.rsplit(" > ").next()).map(str::trim);
    match heading.and_then(|heading| source.content.trim_start().strip_prefix(heading)) {
        Some(rest) if rest.starts_with(['\n', '\r']) => rest,
        _ => &source.content,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extractive::tests::source;

    #[test]
    fn the_parts_of_a_passage_are_below_their_own_headings() {
        let mut found = source("It rains.\n# Birds\nOwls hoot.\n# Fish\nPike bite.");
        found.heading = Some("Guide > Fish".to_owned());
        let parts: Vec<String> = sections(&found).into_iter().map(|(heading, _)| heading).collect();
        assert_eq!(parts, ["Guide > Fish", "Guide > Birds", "Guide > Fish"]);
    }
}
