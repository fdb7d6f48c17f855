//! What is said in other words than the question's: of the passages nearest to it in meaning each sentence is held
//! against those that say it in its own words.
//!
//! Names tell sentences apart that say the same of different things, so that the name in each gives way to the kind of
//! thing that is asked for. How near is near enough is told by the sentences that are sure and by those that surely have
//! nothing to do with the question: models differ in what a cosine means.

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation;

use super::exhaustive::{Walk, Wanted, denies, normal};
use crate::engine::Inner;
use crate::search::Query;
use crate::turn::Plan;
use docent_domain::{DocumentId, Fault};
use docent_models::{sentences_of, terms_of};
use docent_store::ShownChunk;

/// Passages whose sentences are looked at.
const NEAREST: usize = 400;

/// Sentences that are held against the sure ones.
const SENTENCES: usize = 600;

/// Sure sentences that others are held against.
const SURE: usize = 24;

/// Words of a sentence that says anything.
const FEWEST: usize = 3;

/// How far a sentence must come from what has nothing to do with the question towards what surely answers it.
const NEAR: f32 = 0.75;

/// So many times as many as are sure may be added by meaning: more of them are no list of one thing.
const MOST_ADDED: usize = 2;

/// So far may what is meant stand from the next that is not, and so high must it stand, to be told apart by that.
const GAP: f32 = 0.1;
const HIGH: f32 = 0.55;

/// A sentence that may say it.
struct Candidate {
    sentence: String,
    /// Its passage's place in the list.
    chunk: usize,
}

impl Inner {
    /// Adds what says the same in other words, and notes how many were held against it.
    pub(super) async fn in_other_words(
        &self,
        plan: &Plan,
        question: &str,
        wanted: &Wanted,
        walk: &mut Walk,
    ) -> Result<(), Fault> {
        let sure: Vec<String> = walk.sure().into_iter().take(SURE).collect();
        if sure.is_empty() || wanted.documents {
            return Ok(());
        }
        let documents = plan.options.documents.clone();
        let query = Query { project: plan.project, text: question.to_owned(), top_k: NEAREST, documents };
        let places = self.parts.search.nearest(&query).await?;
        if places.is_empty() {
            return Ok(());
        }
        let mut tx = self.parts.store.read().await?;
        let found = tx.live_chunks(&plan.scope, plan.project, &places).await?;
        drop(tx);
        let chunks = in_order(found, &places);
        let candidates = candidates(&chunks, walk);
        let common = common_words(&chunks);
        let kind = kind_of(question, wanted.head.as_deref());
        let masked = |sentence: &str| masked(sentence, question, &kind, &common);
        let mut texts = vec![statement(question)];
        for sentence in &sure {
            // What is the same but for its name says nothing about how near others are.
            let text = masked(sentence);
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        let known = texts.len();
        texts.extend(candidates.iter().map(|candidate| masked(&candidate.sentence)));
        let vectors = self.parts.search.vectors(&texts).await?;
        if vectors.len() != texts.len() {
            return Ok(());
        }
        let (known, others) = vectors.split_at(known);
        walk.compared = others.len();
        let near = near_enough(known, others);
        let added = near.iter().filter(|near| **near).count();
        if added > MOST_ADDED * sure.len() {
            return Ok(());
        }
        for (candidate, near) in candidates.into_iter().zip(near) {
            if near {
                walk.add(&candidate.sentence, &chunks[candidate.chunk]);
            }
        }
        walk.sort();
        Ok(())
    }
}

/// As the index ranked them.
fn in_order(mut chunks: Vec<ShownChunk>, places: &[(DocumentId, i64, i64)]) -> Vec<ShownChunk> {
    let rank = |chunk: &ShownChunk| {
        let place = (chunk.document_id.into(), chunk.generation, chunk.position);
        places.iter().position(|known| *known == place).unwrap_or(usize::MAX)
    };
    chunks.sort_by_cached_key(rank);
    chunks
}

fn candidates(chunks: &[ShownChunk], walk: &Walk) -> Vec<Candidate> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut candidates = Vec::new();
    for (chunk, shown) in chunks.iter().enumerate() {
        for sentence in sentences_of(&shown.text) {
            let key = normal(&sentence);
            let says = sentence.unicode_words().count() >= FEWEST && !denies(&sentence);
            if says && !walk.has(&key) && seen.insert(key) && candidates.len() < SENTENCES {
                candidates.push(Candidate { sentence, chunk });
            }
        }
    }
    candidates
}

/// Which of the others are near enough to one of the known: on the way from the middle of the others, which mostly have
/// nothing to do with it, to where the known stand among themselves.
fn near_enough(known: &[Vec<f32>], others: &[Vec<f32>]) -> Vec<bool> {
    let nearest = |one: &[f32], except: usize| {
        let cosines =
            known.iter().enumerate().filter(|(at, _)| *at != except).map(|(_, other)| dot(one, other));
        cosines.fold(f32::MIN, f32::max)
    };
    let cosines: Vec<f32> = others.iter().map(|other| nearest(other, usize::MAX)).collect();
    let mut sorted = cosines.clone();
    sorted.sort_by(f32::total_cmp);
    // Where hardly anything else is there, the lower part of it is all that there is to go by.
    let Some(floor) = sorted.get(sorted.len() / 4).copied() else { return Vec::new() };
    let sure: Vec<f32> = known.iter().enumerate().skip(1).map(|(at, one)| nearest(one, at)).collect();
    #[expect(clippy::cast_precision_loss, reason = "there are few")]
    let level = sure.iter().sum::<f32>() / sure.len().max(1) as f32;
    if level <= floor {
        return vec![false; others.len()];
    }
    // On the way from the floor (0) to the level (1).
    let shares: Vec<f32> = cosines.iter().map(|cosine| (cosine - floor) / (level - floor)).collect();
    let limit = above_the_gap(&shares).map_or(NEAR, |gap| gap.min(NEAR));
    shares.into_iter().map(|share| share >= limit).collect()
}

/// What stands apart from the rest, and high enough: the lowest of it.
fn above_the_gap(shares: &[f32]) -> Option<f32> {
    let mut sorted = shares.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let gap = sorted.windows(2).find(|pair| pair[0] - pair[1] >= GAP)?;
    (gap[0] >= HIGH).then_some(gap[0])
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// The question as a statement: without the words that ask.
fn statement(question: &str) -> String {
    const ASKING: &[&str] = &[
        "which", "what", "list", "all", "every", "name", "show", "find", "count", "how", "many", "me",
        "give", "are", "welche", "nenne", "zeige", "liste", "alle", "wie", "viele",
    ];
    let words: Vec<&str> = question.trim_end_matches(['?', '.', '!']).split_whitespace().collect();
    let asking = |word: &&&str| ASKING.contains(&word.to_lowercase().as_str());
    let start = words.iter().take_while(asking).count();
    words[start.min(words.len())..].join(" ")
}

/// The word that says what kind of thing is listed, in the singular where that is easily told.
fn kind_of(question: &str, head: Option<&str>) -> String {
    let mut words = question.unicode_words();
    let word = words.find(|word| head.is_some() && terms_of(word).first().map(String::as_str) == head);
    let word = word.unwrap_or("thing").to_lowercase();
    match word.strip_suffix('s') {
        Some(singular) if singular.len() > 3 && !singular.ends_with(['s', 'u', 'i']) => singular.to_owned(),
        _ => word,
    }
}

/// Words that stand in lower case somewhere: at the beginning of a sentence they are no names.
fn common_words(chunks: &[ShownChunk]) -> HashSet<String> {
    let words = chunks.iter().flat_map(|chunk| chunk.text.unicode_words());
    words.filter(|word| word.chars().next().is_some_and(char::is_lowercase)).map(str::to_owned).collect()
}

/// The sentence with its first name replaced by the kind of thing that is asked for.
fn masked(sentence: &str, question: &str, kind: &str, common: &HashSet<String>) -> String {
    let asked = question.to_lowercase();
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let named = |at: usize| {
        let word = bare(words[at]);
        let high = word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        high && !(at == 0 && common.contains(&word.to_lowercase()))
    };
    let unasked = |at: usize| named(at) && !asked.contains(&bare(words[at]).to_lowercase());
    let Some(name) = (0..words.len()).find(|at| unasked(*at)) else { return sentence.to_owned() };
    // "Project Amber", "Press A1": the words around it that are names belong to it.
    let from = (0..name).rev().take_while(|at| named(*at)).last().unwrap_or(name);
    let ends = |at: usize| words[at].ends_with([',', '.', ';', ':']);
    let mut to = name + 1;
    while to < words.len() && !ends(to - 1) && named(to) {
        to += 1;
    }
    let tail: String = words[to - 1].chars().rev().take_while(|c| !c.is_alphanumeric()).collect();
    let thing = format!("the {kind}{tail}");
    [&words[..from], &[thing.as_str()], &words[to..]].concat().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_way_to_what_is_asked_for() {
        let common: HashSet<String> = ["since", "the", "our", "it"].map(str::to_owned).into();
        let masked = |sentence: &str| masked(sentence, "Which projects were cancelled?", "project", &common);
        assert_eq!(masked("Since May Project Amber was cancelled."), "Since the project was cancelled.");
        assert_eq!(masked("The board gave up Project Dune."), "The board gave up the project.");
        assert_eq!(masked("Press A1, too, was sold to Spain."), "the project, too, was sold to Spain.");
        assert_eq!(masked("It was cancelled."), "It was cancelled.");
    }

    #[test]
    fn the_kind_of_thing_is_told_in_the_singular() {
        assert_eq!(
            kind_of("Which suppliers deliver steel?", terms_of("suppliers").first().map(String::as_str)),
            "supplier"
        );
        assert_eq!(kind_of("Which glass is green?", terms_of("glass").first().map(String::as_str)), "glass");
        assert_eq!(kind_of("Which are green?", None), "thing");
    }

    #[test]
    fn a_question_is_a_statement_without_what_asks() {
        assert_eq!(statement("Which suppliers deliver steel?"), "suppliers deliver steel");
        assert_eq!(statement("List all machines that need oil."), "machines that need oil");
        assert_eq!(statement("Which?"), "");
    }

    #[test]
    fn what_stands_apart_and_high_is_told_by_the_gap() {
        assert_eq!(above_the_gap(&[0.1, 0.65, 0.28, 0.58]), Some(0.58));
        assert_eq!(above_the_gap(&[0.3, 0.2, 0.05]), None);
        assert_eq!(above_the_gap(&[0.7, 0.65, 0.6]), None);
        assert_eq!(above_the_gap(&[]), None);
    }

    #[test]
    fn what_stands_with_the_sure_ones_is_near_enough() {
        let unit = |angle: f32| vec![angle.cos(), angle.sin()];
        let known = [unit(0.0), unit(0.1), unit(0.2)];
        let others = [unit(0.25), unit(0.9), unit(1.3), unit(1.4), unit(1.5)];
        assert_eq!(near_enough(&known, &others), [true, false, false, false, false]);
        assert_eq!(near_enough(&known, &[]), [false; 0]);
    }
}
