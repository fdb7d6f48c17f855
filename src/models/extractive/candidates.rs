//! The sentences and rows of the sources that may be quoted, and what is known of the passages that they stand in.

use std::collections::{HashMap, HashSet};

use super::furniture::Furniture;
use super::head;
use super::identifiers::identifiers_of;
use super::leaning;
use super::sentences::{self, Kind, Piece};
use super::terms::{Weights, terms_of};
use docent_domain::source::Source;
use docent_words::Language;

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
    /// It stands around what the document says.
    pub(super) furniture: Option<Furniture>,
    /// What it points back at stands in the candidate before it.
    pub(super) leans: bool,
    /// The question in the text that it stands below, as an answer does.
    pub(super) below_question: Option<usize>,
    pub(super) identifiers: HashSet<String>,
    /// Of a line of a form: the terms of the whole form, which is about one thing.
    pub(super) form: Vec<String>,
}

pub(super) struct Context {
    /// The identifiers in its headings and the name of its file.
    pub(super) identifiers: HashSet<String>,
    pub(super) document: i64,
    /// Of its file.
    pub(super) name: String,
    /// How likely the passage has to do with the question, as a share of the likeliest one's: 0 to 1.
    pub(super) likely: f64,
    /// How many come before it.
    pub(super) rank: usize,
    /// Where it can be told.
    pub(super) language: Option<Language>,
}

pub(super) fn candidates(sources: &[Source]) -> Vec<Candidate> {
    let mut seen = HashSet::new();
    let mut candidates: Vec<Candidate> = Vec::new();
    for (source, found) in sources.iter().enumerate() {
        let name = terms_of(&name_in_words(&found.filename));
        let months = terms_of(&head::months_of(&found.filename));
        for (section, text) in sections(found) {
            let pieces = sentences::split(text);
            let numbered = numbered_headings(&pieces);
            let mut below = Below::of(section, &name, &months);
            let heads = head::lines(&pieces, found.chunk_index == 0);
            let texts = pieces.iter().map(|piece| piece.text.as_str());
            let of_mail = if found.chunk_index == 0 { head::lines_of_mail(texts) } else { 0 };
            // Of this passage.
            let first = candidates.len();
            let mut question: Option<usize> = None;
            for (at, piece) in pieces.into_iter().enumerate() {
                // Neighbouring chunks overlap: what two sources say is quoted from the better one.
                let says_nothing = piece.kind == Kind::Sentence && piece.text.chars().count() < SHORTEST;
                if numbered[at] {
                    below.go_to(&piece.text, &name, &months);
                    continue;
                }
                if says_nothing || !seen.insert(piece.text.clone()) {
                    continue;
                }
                let (terms, identifiers) = (terms_of(&piece.text), identifiers_of(&piece.text));
                let Below { title, section, headings, .. } = below.clone();
                let head = heads[at];
                let follows = at > 0 && candidates.len() > first;
                let leans = follows && piece.kind == Kind::Sentence && leaning::leans(&piece.text);
                let Piece { text, kind } = piece;
                let furniture = Furniture::of(&text).filter(|_| kind == Kind::Sentence);
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
                    furniture,
                    leans,
                    below_question,
                    identifiers,
                    form: Vec::new(),
                });
            }
        }
    }
    fill_forms(&mut candidates, sources);
    candidates
}

/// Gives each line of a form what all lines of it say.
fn fill_forms(candidates: &mut [Candidate], sources: &[Source]) {
    let document = |candidate: &Candidate| sources[candidate.source].document.get();
    let mut forms: HashMap<i64, Vec<String>> = HashMap::new();
    for candidate in candidates.iter().filter(|candidate| candidate.is_field()) {
        forms.entry(document(candidate)).or_default().extend(candidate.terms.iter().cloned());
    }
    for candidate in candidates.iter_mut().filter(|candidate| candidate.is_field()) {
        candidate.form = forms.get(&document(candidate)).cloned().unwrap_or_default();
    }
}

impl Candidate {
    /// A line of a form: a label and its value.
    pub(super) fn is_field(&self) -> bool {
        self.kind == Kind::Row && !self.text.contains("; ") && self.text.contains(": ")
    }
}

/// The headings that a sentence stands below, with their terms.
#[derive(Clone)]
struct Below {
    outer: String,
    section: String,
    headings: Vec<String>,
    title: Vec<String>,
}

impl Below {
    fn of(section: String, name: &[String], months: &[String]) -> Self {
        let headings = terms_of(&section);
        let title = [name, months, &headings[..]].concat();
        Self { outer: section.clone(), section, headings, title }
    }

    /// A heading that is known by its number alone stands below the others.
    fn go_to(&mut self, heading: &str, name: &[String], months: &[String]) {
        let outer = std::mem::take(&mut self.outer);
        let path = [outer.as_str(), heading].into_iter().filter(|it| !it.is_empty());
        *self = Self::of(path.collect::<Vec<_>>().join(" > "), name, months);
        self.outer = outer;
    }
}

/// Which of the pieces are headings with a number; two of them in a row are items of a list.
fn numbered_headings(pieces: &[Piece]) -> Vec<bool> {
    let is = |at: usize| {
        pieces
            .get(at)
            .is_some_and(|piece| piece.kind == Kind::Sentence && sentences::is_numbered_heading(&piece.text))
    };
    let alone = |at: usize| is(at) && !is(at + 1) && !at.checked_sub(1).is_some_and(is);
    (0..pieces.len()).map(|at| alone(at) && at + 1 < pieces.len()).collect()
}

/// How rare each term is among the candidates.
pub(super) fn rarity_in(candidates: &[Candidate]) -> Weights {
    let all: Vec<Vec<String>> = candidates.iter().map(|candidate| candidate.terms.clone()).collect();
    Weights::of(&all)
}

pub(super) fn contexts(sources: &[Source]) -> Vec<Context> {
    let most = sources.iter().map(|source| source.score).fold(0.0, f64::max);
    sources.iter().enumerate().map(|(rank, source)| context(source, rank, most)).collect()
}

pub(super) fn bare(filename: &str) -> &str {
    filename.rsplit_once('.').map_or(filename, |(name, _)| name)
}

/// The name of a file without its ending, as words.
pub(super) fn name_in_words(filename: &str) -> String {
    bare(filename).replace(['_', '-', '.'], " ")
}

fn context(source: &Source, rank: usize, most: f64) -> Context {
    let likely = if most > 0.0 { (source.score / most).clamp(0.0, 1.0) } else { 1.0 };
    let name = bare(&source.filename);
    let identifiers = identifiers_of(&format!(
        "{} {}",
        name.replace('_', " "),
        source.heading.as_deref().unwrap_or_default()
    ));
    let language = docent_words::detect(&source.content);
    let (document, name) = (source.document.get(), source.filename.clone());
    Context { identifiers, document, name, likely, rank, language }
}

/// A passage in another language than the question is not held against the words that it lacks, as the others are: so it
/// counts for half of what it is likelier than the likeliest of the others, and pushes none of them back.
pub(super) fn level(contexts: &mut [Context], question: &str) {
    let Some(asked) = docent_words::guess(question) else { return };
    let is_foreign = |context: &Context| context.language.is_some_and(|language| language != asked);
    let own = contexts.iter().filter(|context| !is_foreign(context)).map(|context| context.likely);
    let Some(own) = own.max_by(f64::total_cmp) else { return };
    let mut rank = 0;
    for context in contexts {
        if !is_foreign(context) {
            context.rank = rank;
            rank += 1;
        } else if context.likely > own {
            context.likely = f64::midpoint(context.likely, own);
        }
    }
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
