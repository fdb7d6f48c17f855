//! The names of a question and the documents that hold them.
//!
//! Of two contracts of one form each has the clause that is asked for, and neither says there whose contract it is: the
//! party is named on the first page. So what a document says anywhere counts for all of its passages, where it is a name
//! or an identifier that few passages have: those passages are told by one short look into the words of the index for each
//! name. A question without such a name costs nothing more and is answered as it was.

use std::collections::{HashMap, HashSet};

use docent_domain::DocumentId;
use docent_vectors::{Branches, Hit};
use docent_words::{Counts, Word};

use super::{Asked, ChunkKey, LiveChunk, alike};

/// Names of one question that are looked up: the rarest.
const MOST: usize = 3;
/// What stands in more passages than these names no document.
pub(super) const PASSAGES: usize = 64;
/// In more than one of so many of the project's passages it names none, either.
const SHARE: i64 = 2;
/// Documents whose passages are looked for by themselves, at most.
const DOCUMENTS: usize = 8;
/// Hits by words in those documents.
pub(super) const WITHIN: usize = 24;
/// What a name elsewhere in its document is worth to a passage, beside one that the passage has itself.
const ELSEWHERE: f32 = 0.7;
/// How much nearer, as a share of what the cosines of its branch lie between, a passage would be that has all of a question
/// and not only names that its document holds elsewhere.
const NEARER: f32 = 0.4;
/// Digits of a number that names something.
const DIGITS: usize = 3;

/// A name of a question, by the terms that it may have, ascending.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Name {
    pub(super) terms: Vec<(u32, f32)>,
    /// What it is worth to a passage that has it.
    worth: f32,
    /// That as a share of what all words of the question are worth that stand anywhere.
    share: f32,
}

/// The names that a question has in this project, the rarest first.
pub(super) fn names_of(asked: &Asked) -> Vec<Name> {
    let mut names: Vec<Name> = asked.question.words.iter().filter_map(|word| name(asked, word)).collect();
    names.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    names.dedup_by(|a, b| a.terms == b.terms);
    names.truncate(MOST);
    names
}

fn name(asked: &Asked, word: &Word) -> Option<Name> {
    let digits = word.surface.chars().filter(char::is_ascii_digit).count();
    let number = word.exact && digits >= DIGITS && !super::asked::is_year(&word.surface);
    if !(number
        || word.is_identifier()
        || word.capital && !word.exact && !super::editions::is_month(&word.surface))
    {
        return None;
    }
    let whole = || word.terms.iter().filter(|(_, weight)| *weight >= 1.0).map(|&(term, _)| term);
    let passages = whole().map(|term| asked.passages_with(term)).max().unwrap_or(0);
    let rare = passages > 0
        && usize::try_from(passages).is_ok_and(|passages| passages <= PASSAGES)
        && passages * SHARE <= asked.passages();
    let mut terms: Vec<(u32, f32)> = whole().map(|term| (term, 1.0)).collect();
    terms.sort_by_key(|&(term, _)| term);
    let worth = worth_of(asked, word);
    // What stands nowhere no passage can have.
    let is_known = |word: &&Word| word.terms.iter().any(|&(term, _)| asked.is_known(term));
    let all: f32 = asked.question.words.iter().filter(is_known).map(|word| worth_of(asked, word)).sum();
    rare.then(|| Name { terms, worth, share: worth / all.max(f32::EPSILON) })
}

/// A word of several readings is as rare as the commonest of them.
fn worth_of(asked: &Asked, word: &Word) -> f32 {
    let whole = word.terms.iter().filter(|(_, weight)| *weight >= 1.0);
    let worth = whole.map(|&(term, _)| asked.rarity(term)).fold(f32::INFINITY, f32::min);
    if worth.is_finite() { worth } else { 1.0 }
}

/// Which documents hold which of the names of a question.
#[derive(Debug, Clone, Default)]
pub(super) struct Held {
    names: Vec<Name>,
    /// The places of the names in `names`.
    of: HashMap<DocumentId, HashSet<usize>>,
    passages: HashSet<(ChunkKey, usize)>,
}

impl Held {
    /// From the passages that have each name.
    pub(super) fn new(names: &[Name], hits: &[Vec<Hit>]) -> Self {
        let mut held = Self { names: names.to_vec(), ..Self::default() };
        for (name, hits) in hits.iter().enumerate() {
            for hit in hits {
                held.of.entry(hit.document).or_default().insert(name);
                held.passages.insert((ChunkKey::from(hit), name));
            }
        }
        held
    }

    pub(super) fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// The documents that hold the most of them; none where that are too many to be meant.
    pub(super) fn documents(&self) -> Vec<DocumentId> {
        let most = self.of.values().map(HashSet::len).max().unwrap_or(0);
        let mut documents: Vec<DocumentId> =
            self.of.iter().filter(|(_, names)| names.len() == most).map(|(id, _)| *id).collect();
        documents.sort_unstable();
        if documents.len() > DOCUMENTS { Vec::new() } else { documents }
    }

    /// The hits with those in the documents that hold the names, each with what its document says elsewhere.
    pub(super) fn join(&self, found: &Branches, within: &[Hit]) -> Branches {
        if self.is_empty() {
            return found.clone();
        }
        let scores = || found.dense.iter().map(|hit| hit.score);
        let range = scores().fold(f32::MIN, f32::max) - scores().fold(f32::MAX, f32::min);
        let mut dense = found.dense.clone();
        let mut sparse = joined(&found.sparse, within);
        // What a passage has none of its document may say elsewhere.
        let known: HashSet<ChunkKey> = sparse.iter().map(ChunkKey::from).collect();
        let unknown = dense.iter().filter(|hit| !known.contains(&ChunkKey::from(*hit)));
        let unknown: Vec<Hit> = unknown.map(|hit| Hit { score: 0.0, ..*hit }).collect();
        sparse.extend(unknown);
        for hit in &mut sparse {
            hit.score += ELSEWHERE * self.elsewhere(hit, |name| name.worth);
        }
        for hit in &mut dense {
            hit.score += NEARER * range.max(0.0) * self.elsewhere(hit, |name| name.share);
        }
        sparse.retain(|hit| hit.score > 0.0);
        for hits in [&mut dense, &mut sparse] {
            hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(ChunkKey::from(a).cmp(&ChunkKey::from(b))));
        }
        Branches { dense, sparse }
    }

    /// The names that stand in the document of a hit, but not in its passage.
    fn elsewhere(&self, hit: &Hit, of: impl Fn(&Name) -> f32) -> f32 {
        let key = ChunkKey::from(hit);
        let names = self.of.get(&key.document).into_iter().flatten();
        names.filter(|name| !self.passages.contains(&(key, **name))).map(|name| of(&self.names[*name])).sum()
    }

    /// Adds the names of the passage's document to its terms.
    pub(super) fn complete(&self, counts: &mut Counts, document: DocumentId) {
        for name in self.of.get(&document).into_iter().flatten() {
            for &(term, weight) in &self.names[*name].terms {
                if let Err(at) = counts.terms.binary_search_by_key(&term, |&(held, _)| held) {
                    counts.terms.insert(at, (term, weight));
                }
            }
        }
    }

    /// Whether each passage is of a document that lacks a name which another one of the same form holds: what it says is
    /// said of something else.
    pub(super) fn of_others(&self, kept: &[&LiveChunk]) -> Vec<bool> {
        if self.is_empty() {
            return vec![false; kept.len()];
        }
        let words: Vec<HashSet<String>> = kept.iter().map(|chunk| alike::words(&chunk.content)).collect();
        let document = |at: usize| kept[at].key.document;
        let is_of_another = |at: usize| {
            let own = self.of.get(&document(at)).cloned().unwrap_or_default();
            let holds_more = |other: &usize| {
                self.of
                    .get(&document(*other))
                    .is_some_and(|names| names.len() > own.len() && names.is_superset(&own))
            };
            let better: Vec<usize> = (0..kept.len()).filter(holds_more).collect();
            let said: HashSet<&String> = better.iter().flat_map(|other| &words[*other]).collect();
            let of_it = (0..kept.len()).filter(|other| document(*other) == document(at));
            !better.is_empty() && of_it.clone().any(|other| alike::stands_in(&words[other], &said))
        };
        (0..kept.len()).map(is_of_another).collect()
    }
}

fn joined(found: &[Hit], within: &[Hit]) -> Vec<Hit> {
    let known: HashSet<ChunkKey> = found.iter().map(ChunkKey::from).collect();
    let new = within.iter().filter(|hit| !known.contains(&ChunkKey::from(*hit)));
    found.iter().chain(new).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use docent_words::Language;

    fn hit(document: i64, position: i64, score: f32) -> Hit {
        Hit { document: document.into(), generation: 1, position, score }
    }

    /// The documents 1 and 2 have a clause each at position 1; only 1 names the party, at position 0.
    fn held() -> Held {
        let name = Name { terms: vec![(docent_words::term_of("lutra"), 1.0)], worth: 4.0, share: 0.5 };
        Held::new(&[name], &[vec![hit(1, 0, 1.0)]])
    }

    #[test]
    fn names_are_rare_words_with_a_capital_and_identifiers() {
        let known = |text: &str, passages: &[(&str, i64)]| {
            let holding = passages.iter().map(|(word, count)| (docent_words::term_of(word), *count));
            names_of(&Asked::knowing(text, Language::English, holding.collect(), 400)).len()
        };
        assert_eq!(known("When does the Lutra charter end?", &[("lutra", 3), ("charter", 9)]), 1);
        assert_eq!(known("When does charter LF-8831 end?", &[("lf8831", 3), ("charter", 9)]), 1);
        assert_eq!(known("When does the Lutra charter end?", &[("lutra", 90)]), 0, "it stands everywhere");
        assert_eq!(known("When does the Lutra charter end?", &[]), 0, "it stands nowhere");
        assert_eq!(known("When does the charter of April end?", &[("april", 3), ("charter", 9)]), 0);
        assert_eq!(known("when does the charter of 2031 end?", &[("charter", 9), ("2031", 4)]), 0);
    }

    #[test]
    fn a_name_in_the_document_counts_for_its_other_passages() {
        let found = Branches {
            dense: vec![hit(2, 1, 0.86), hit(1, 1, 0.85), hit(3, 0, 0.76)],
            sparse: vec![hit(1, 0, 4.0), hit(2, 1, 3.0), hit(1, 1, 3.0)],
        };
        let joined = held().join(&found, &[]);
        assert_eq!((joined.dense[0].document.get(), joined.sparse[0].position), (1, 1));
        assert_eq!(joined.sparse.iter().map(|hit| hit.score).fold(0.0, f32::max), 5.8);
        assert_eq!(Held::default().join(&found, &[]), found, "without a name nothing changes");
        assert!(held().join(&found, &[hit(1, 2, 0.7)]).sparse.iter().any(|hit| hit.position == 2));
    }

    #[test]
    fn a_form_without_the_name_is_said_of_something_else() {
        let clause = "The Charterer pays for damage to the hull up to 40,000 in each season.";
        let other = "The Charterer pays for damage to the hull up to 90,000 in each season.";
        let (one, two) = (LiveChunk::saying(1, "a.md", clause), LiveChunk::saying(2, "b.md", other));
        let apart = LiveChunk::saying(3, "c.md", "Gulls nest on the pier.");
        assert_eq!(held().of_others(&[&two, &one, &apart]), [true, false, false]);
        assert_eq!(Held::default().of_others(&[&two, &one]), [false, false]);
    }
}
