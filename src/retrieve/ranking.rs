//! The hits of one round, joined: in which order they stand, which of them are shown, and why the others are not.

use std::collections::{HashMap, HashSet};

use super::language_bias::{self, Levelled};
use super::named::Held;
use super::second_look::{self, Judged};
use super::{
    Asked, Calibration, ChunkKey, Fate, Found, Fused, Fusion, LiveChunk, Reason, Signals, Trace, TraceHit,
};
use super::{editions, fusion};
use docent_domain::DocumentId;
use docent_domain::source::Source;
use docent_store::ShownGeneration;
use docent_vectors::{Branches, Hit};

/// What is left of the score of a passage behind which another edition stands that is meant.
const BEHIND: f32 = 0.4;

/// The hits of one round, joined, each with what became of it.
pub(super) struct Ranking {
    pub(super) ranked: Vec<(Fused, Fate)>,
    /// How far the ranking has been looked through.
    looked: usize,
    pub(super) kept: Vec<(Fused, LiveChunk)>,
    not_live: Vec<TraceHit>,
    /// Of the cosine, where scores were joined.
    pub(super) weight: Option<f64>,
    best_cosine: Option<f32>,
    best_sparse: Option<f32>,
    /// The cosine of the last that the branch by meaning lists.
    farthest: Option<f32>,
    /// Of what was kept: said of something else than what the question names.
    of_others: HashSet<ChunkKey>,
    /// Of what was kept: another edition than the one that is meant.
    behind: HashSet<ChunkKey>,
    /// The documents that the question names as editions.
    named_editions: HashSet<DocumentId>,
}

impl Ranking {
    /// `listed` is what the branches found by themselves, `found` the same with what the names of the question bring.
    pub(super) fn new(
        fusion: Fusion,
        floor: f32,
        listed: &Branches,
        found: &Branches,
        live: &HashMap<DocumentId, Option<ShownGeneration>>,
        levelled: &Levelled,
    ) -> Self {
        let shown_of = |document| live.get(&document).copied().flatten();
        let is_live =
            |hit: &Hit| shown_of(hit.document).is_some_and(|shown| shown.generation == hit.generation);
        let is_partial = |document| shown_of(document).is_some_and(|shown| shown.partial);
        let part = |wanted: bool, hits: &[Hit]| {
            hits.iter().copied().filter(|hit| is_live(hit) == wanted).collect::<Vec<_>>()
        };
        let shown = Branches { dense: part(true, &found.dense), sparse: part(true, &found.sparse) };
        // Joined only to bring the two places of a hit together; what it comes to does not matter.
        let dropped = Branches { dense: part(false, &found.dense), sparse: part(false, &found.sparse) };
        let not_live = fusion::fuse(Fusion::RANKS, &dropped);
        let cosines = listed.dense.iter().filter(|hit| is_live(hit)).map(|hit| hit.score);
        let farthest = cosines.reduce(f32::min);
        let ranked = fusion::fuse_with(fusion, &shown, farthest, is_partial, |key| levelled.is_first(key))
            .into_iter()
            .map(|mut one| {
                let far = one.dense.is_none_or(|place| place.score < floor);
                let reason =
                    if far && one.sparse.is_none() { Reason::BelowThreshold } else { Reason::OverTopK };
                if let Some(place) = &mut one.dense {
                    place.score = levelled.cosine(one.key, place.score);
                }
                (one, Fate::Dropped(reason))
            });
        Self {
            ranked: ranked.collect(),
            looked: 0,
            kept: Vec::new(),
            not_live: not_live
                .iter()
                .map(|one| TraceHit { fused: None, ..trace_hit(one, Fate::Dropped(Reason::NotLive)) })
                .collect(),
            weight: fusion.weight(&shown),
            best_cosine: shown.dense.first().map(|hit| levelled.cosine(ChunkKey::from(hit), hit.score)),
            best_sparse: shown.sparse.first().map(|hit| hit.score),
            farthest,
            of_others: HashSet::new(),
            behind: HashSet::new(),
            named_editions: HashSet::new(),
        }
    }

    /// The first that may become sources.
    pub(super) fn first(&self, count: usize) -> Vec<ChunkKey> {
        let strong = self.ranked.iter().filter(|(_, fate)| {
            !matches!(fate, Fate::Dropped(Reason::BelowThreshold | Reason::NotLive | Reason::Duplicate))
        });
        strong.take(count).map(|(one, _)| one.key).collect()
    }

    /// Moves the judged chunks among their own places, and forgets which were chosen: none falls behind those that were not
    /// judged, and the first of all stays among the sources. Returns the weight of the judgement.
    pub(super) fn rerank(&mut self, scores: &HashMap<ChunkKey, (f64, bool)>, top_k: usize) -> f64 {
        let places: Vec<usize> =
            (0..self.ranked.len()).filter(|&at| scores.contains_key(&self.ranked[at].0.key)).collect();
        let mut shown: Vec<(Fused, Fate)> = places.iter().map(|&at| self.ranked[at]).collect();
        let judged: Vec<Judged> = shown
            .iter()
            .filter_map(|(one, _)| {
                let &(score, exact) = scores.get(&one.key)?;
                Some(Judged { before: one.score, score, exact })
            })
            .collect();
        let (blended, weight) = second_look::blend(&judged);
        let best = shown.first().map(|(one, _)| one.key);
        shown.iter_mut().zip(blended).for_each(|((one, _), score)| one.score = score);
        shown.sort_by(|(a, _), (b, _)| b.score.total_cmp(&a.score));
        if let Some(at) = shown.iter().position(|(one, _)| Some(one.key) == best).filter(|at| *at >= top_k) {
            let best = shown.remove(at);
            shown.insert(top_k.saturating_sub(1), best);
        }
        for (at, one) in places.into_iter().zip(shown) {
            self.ranked[at] = one;
        }
        self.reopen();
        weight
    }

    /// As if nothing had been chosen yet.
    fn reopen(&mut self) {
        self.looked = 0;
        self.kept.clear();
        for (_, fate) in &mut self.ranked {
            if matches!(fate, Fate::Kept(_) | Fate::Dropped(Reason::Duplicate)) {
                *fate = Fate::Dropped(Reason::OverTopK);
            }
        }
    }

    /// The next chunks worth looking at.
    pub(super) fn next(&mut self, count: usize) -> Vec<ChunkKey> {
        let mut keys = Vec::with_capacity(count);
        while let Some((one, fate)) = self.ranked.get(self.looked) {
            if keys.len() == count {
                break;
            }
            if *fate == Fate::Dropped(Reason::OverTopK) {
                keys.push(one.key);
            }
            self.looked += 1;
        }
        keys
    }

    pub(super) fn decide(&mut self, key: ChunkKey, chunk: Option<LiveChunk>, top_k: usize) {
        let Some((one, fate)) = self.ranked.iter_mut().find(|(one, _)| one.key == key) else { return };
        let Some(chunk) = chunk else {
            // Deleted or replaced since its document was asked about.
            *fate = Fate::Dropped(Reason::NotLive);
            return;
        };
        if self.kept.iter().any(|(_, kept)| kept.content == chunk.content) {
            *fate = Fate::Dropped(Reason::Duplicate);
        } else if self.kept.len() < top_k {
            *fate = Fate::Kept(self.kept.len() + 1);
            self.kept.push((*one, chunk));
        }
    }

    /// The best of a document's passages that there was no room for.
    pub(super) fn over_top_k(&self, document: DocumentId, most: usize) -> Vec<ChunkKey> {
        let over = self
            .ranked
            .iter()
            .filter(|(one, fate)| one.key.document == document && *fate == Fate::Dropped(Reason::OverTopK));
        over.take(most).map(|(one, _)| one.key).collect()
    }

    /// The first ones that there was no room for.
    pub(super) fn left_out(&self, most: usize) -> Vec<ChunkKey> {
        let over = self.ranked.iter().filter(|(_, fate)| *fate == Fate::Dropped(Reason::OverTopK));
        over.take(most).map(|(one, _)| one.key).collect()
    }

    /// Keeps a passage in the place of the last one that is not `but`.
    pub(super) fn keep_instead(&mut self, chunk: LiveChunk, but: ChunkKey) {
        let Some(last) = self.kept.iter().rposition(|(one, _)| one.key != but) else { return };
        let Some(new) = self.ranked.iter().position(|(one, _)| one.key == chunk.key) else { return };
        let gone = self.kept[last].0.key;
        self.kept[last] = (self.ranked[new].0, chunk);
        self.ranked[new].1 = Fate::Kept(last + 1);
        if let Some((_, fate)) = self.ranked.iter_mut().find(|(one, _)| one.key == gone) {
            *fate = Fate::Dropped(Reason::OverTopK);
        }
    }

    /// Puts the edition that is meant before the others that say the same.
    pub(super) fn prefer_editions(&mut self, question: &str, asked: &Asked, held: &Held) {
        let chunks: Vec<&LiveChunk> = self.kept.iter().map(|(_, chunk)| chunk).collect();
        let coverage = |chunk: &LiveChunk| asked.coverage(chunk, held);
        let editions::Order { places, behind } = editions::order(question, &chunks, coverage);
        self.named_editions = editions::named(question, &chunks);
        self.behind = behind.into_iter().map(|at| self.kept[at].0.key).collect();
        self.put_in(places);
    }

    /// Puts what is said of something else behind what is said of what the question names.
    pub(super) fn prefer_named(&mut self, held: &Held) {
        let chunks: Vec<&LiveChunk> = self.kept.iter().map(|(_, chunk)| chunk).collect();
        let others = held.of_others(&chunks);
        let mut order: Vec<usize> = (0..others.len()).collect();
        order.sort_by_key(|at| others[*at]);
        self.of_others =
            self.kept.iter().zip(&others).filter(|(_, of)| **of).map(|((one, _), _)| one.key).collect();
        self.put_in(order);
    }

    fn put_in(&mut self, order: Vec<usize>) {
        if order.is_sorted() {
            return;
        }
        self.kept = order.into_iter().map(|at| self.kept[at].clone()).collect();
        let numbers: HashMap<ChunkKey, usize> =
            self.kept.iter().enumerate().map(|(at, (one, _))| (one.key, at + 1)).collect();
        for (one, fate) in &mut self.ranked {
            if let Some(number) = numbers.get(&one.key) {
                *fate = Fate::Kept(*number);
            }
        }
    }

    pub(super) fn is_enough(&self, top_k: usize) -> bool {
        // Weak hits end the search as well: wider rounds only bring weaker ones.
        let weak = |(_, fate): &(Fused, Fate)| *fate == Fate::Dropped(Reason::BelowThreshold);
        self.kept.len() >= top_k || self.ranked.iter().any(weak)
    }

    pub(super) fn into_found(
        self,
        calibration: Calibration,
        asked: &Asked,
        held: &Held,
        trace: Trace,
    ) -> Found {
        // What the dense branch does not list is no nearer than the last of its list.
        let farthest = self.farthest;
        let of_own = self.kept.iter().filter(|(_, chunk)| !asked.is_translated_for(chunk));
        let own = of_own.filter_map(|(one, _)| Some(one.dense?.score)).reduce(f32::max);
        let lift = calibration.lift(asked);
        let shown = self.kept.iter().map(|(one, chunk)| {
            // Of a document that is still being read some passages have no place there yet.
            let unlisted = farthest.filter(|_| !chunk.partial);
            let cosine = one.dense.map(|place| place.score).or(unlisted);
            let coverage = asked.coverage(chunk, held);
            // What names the edition tells nothing of whether it has the fact.
            let is_named = self.named_editions.contains(&one.key.document);
            let subject = if is_named { asked.section(chunk) } else { asked.subject(chunk) };
            let foreign = asked.is_translated_for(chunk);
            let of_another = self.of_others.contains(&one.key);
            let behind = self.behind.contains(&one.key);
            let outdone = foreign && language_bias::is_outdone(cosine, own, lift);
            (source(one, chunk), Signals { cosine, coverage, subject, foreign, of_another, outdone }, behind)
        });
        let (mut sources, mut signals) = (Vec::with_capacity(self.kept.len()), Vec::new());
        let (mut relevant, mut doubtful) = (false, false);
        for (mut source, of_it, behind) in shown {
            let chance = calibration.chance(asked, of_it);
            source.score = f64::from(if behind { BEHIND * chance } else { chance });
            relevant |= calibration.is_relevant(asked, of_it, chance);
            doubtful |= calibration.is_doubtful(asked, of_it, chance);
            sources.push(source);
            signals.push(of_it);
        }
        let names_unknown = asked.names_unknown(self.kept.iter().map(|(_, chunk)| chunk));
        let relevant = relevant && !names_unknown;
        let ranked = self.ranked.iter().map(|(one, fate)| trace_hit(one, *fate));
        let hits = ranked.chain(self.not_live).collect();
        Found {
            sources,
            signals,
            trace: Trace { hits, ..trace },
            ground: None,
            best_cosine: self.best_cosine,
            best_sparse: self.best_sparse,
            relevant,
            doubtful: doubtful && !names_unknown,
            names_unknown,
            named: held.documents(),
        }
    }
}

fn trace_hit(one: &Fused, fate: Fate) -> TraceHit {
    TraceHit { key: one.key, dense: one.dense, sparse: one.sparse, fused: Some(one.score), fate }
}

fn source(one: &Fused, chunk: &LiveChunk) -> Source {
    let ChunkKey { document, generation, position } = one.key;
    Source {
        id: format!("{document}:{generation}:{position}"),
        content: chunk.content.clone(),
        document,
        filename: chunk.filename.clone(),
        generation,
        page: chunk.page,
        chunk_index: position,
        start: chunk.start,
        end: chunk.end,
        heading: chunk.heading.clone(),
        score: one.score,
        partial: chunk.partial,
        deleted: false,
    }
}
