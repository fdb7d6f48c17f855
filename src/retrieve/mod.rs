//! From a question to the passages that may answer it.
//!
//! The index is asked for both branches, the database says which hits may be shown, the branches are joined here.
//! What a search may show is never decided by the index: it may lag behind, an answer may not.

pub mod eval;
pub mod fusion;
mod library;
mod relevance;
mod trace;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Instant;

use crate::domain::source::Source;
use crate::domain::{Code, Coded, DocumentId, ProjectId, Scope};
use crate::embedding::{Embedder, EmbeddingError};
use crate::store::StoreError;
use crate::vectors::{Branches, Hit, SearchQuery, VectorError, VectorIndex};

pub use fusion::{ChunkKey, Fused, Fusion, Place};
pub use library::{Library, LiveChunk};
pub use relevance::{coverage, is_relevant};
pub use trace::{Fate, Reason, Timings, Trace, TraceHit};

/// Hits per branch of the first round, at least.
const FIRST_LIMIT: usize = 50;
/// Hits per branch for each source wanted.
const LIMIT_PER_SOURCE: usize = 4;
/// After so many rounds, each twice as wide as the one before, what was found has to do.
const ROUNDS: u32 = 4;

/// Which branches of the index are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    #[default]
    Hybrid,
    /// By meaning alone.
    Dense,
    /// By words alone.
    Sparse,
}

impl Mode {
    pub fn by_name(name: &str) -> Option<Self> {
        match name {
            "hybrid" => Some(Self::Hybrid),
            "dense" => Some(Self::Dense),
            "sparse" => Some(Self::Sparse),
            _ => None,
        }
    }
}

/// One question to the documents of a project.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    pub project: ProjectId,
    pub query: &'a str,
    /// The most sources to come back with.
    pub top_k: usize,
    /// Only these documents; an empty list finds nothing.
    pub documents: Option<&'a [DocumentId]>,
    pub mode: Mode,
}

/// What was found, how, and whether it has to do with the question.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Best first.
    pub sources: Vec<Source>,
    pub trace: Trace,
    /// Of what may be shown; `None` where that branch found nothing or was not asked.
    pub best_cosine: Option<f32>,
    pub best_sparse: Option<f32>,
    /// False: better to say that the documents hold no answer.
    pub relevant: bool,
}

/// How the branches are joined, and what is too weak.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetrievalSettings {
    pub fusion: Fusion,
    /// Cosine below which a passage that shares no word with the question says nothing about it.
    pub min_cosine: f32,
}

/// Finds passages. Cheap to clone.
#[derive(Clone)]
pub struct Retriever {
    index: Arc<dyn VectorIndex>,
    embedder: Arc<dyn Embedder>,
    library: Arc<dyn Library>,
    settings: RetrievalSettings,
}

impl Retriever {
    pub fn new(
        index: Arc<dyn VectorIndex>,
        embedder: Arc<dyn Embedder>,
        library: Arc<dyn Library>,
        settings: RetrievalSettings,
    ) -> Self {
        Self { index, embedder, library, settings }
    }

    /// Answers with at most `top_k` sources, each of which the scope may see at this moment.
    #[tracing::instrument(name = "retrieve.search", skip_all, fields(project.id = %ask.project))]
    pub async fn search(&self, scope: &Scope, ask: Ask<'_>) -> Result<Found, RetrieveError> {
        let begun = Instant::now();
        let mut timings = Timings::default();
        let dense = match ask.mode {
            Mode::Sparse => None,
            Mode::Dense | Mode::Hybrid => Some(self.embedder.query(ask.query).await?),
        };
        timings.embed_ms = ms_since(begun);
        let hidden = self.library.hidden(scope, ask.project).await?;
        timings.check_ms = ms_since(begun) - timings.embed_ms;

        let mut round = Round { number: 1, limit: (ask.top_k * LIMIT_PER_SOURCE).max(FIRST_LIMIT) };
        let mut shown = Shown::default();
        loop {
            let searching = Instant::now();
            let query = SearchQuery {
                project: ask.project,
                dense: dense.as_deref(),
                text: (ask.mode != Mode::Dense).then_some(ask.query),
                limit: round.limit,
                documents: ask.documents,
                hidden: &hidden,
            };
            let branches = self.index.search(query).await?;
            timings.search_ms += ms_since(searching);
            let checking = Instant::now();
            self.check(scope, ask.project, &branches, &mut shown).await?;
            timings.check_ms += ms_since(checking);

            let ranking = Ranking::new(self.settings, ask, &branches, &shown);
            if ranking.is_enough(ask.top_k) || round.has_seen_all(&branches) || round.number == ROUNDS {
                timings.total_ms = ms_since(begun);
                return Ok(ranking.into_found(self.settings, ask, &shown, round, timings));
            }
            round = round.wider();
        }
    }

    /// Asks the database about the hits that it was not asked about before.
    async fn check(
        &self,
        scope: &Scope,
        project: ProjectId,
        branches: &Branches,
        shown: &mut Shown,
    ) -> Result<(), RetrieveError> {
        let mut new = Vec::new();
        for hit in branches.dense.iter().chain(&branches.sparse) {
            if shown.asked.insert(hit.into()) {
                new.push(hit.into());
            }
        }
        if !new.is_empty() {
            let live = self.library.live_chunks(scope, project, &new).await?;
            shown.live.extend(live.into_iter().map(|chunk| (chunk.key, chunk)));
        }
        Ok(())
    }
}

/// Why there is no answer to a search.
#[derive(Debug, thiserror::Error)]
pub enum RetrieveError {
    #[error("the question could not be embedded")]
    Embedding(#[from] EmbeddingError),
    #[error("the index could not be searched")]
    Index(#[from] VectorError),
    #[error("the chunks could not be looked up")]
    Store(#[from] StoreError),
}

impl Coded for RetrieveError {
    fn code(&self) -> Code {
        match self {
            Self::Embedding(error) => error.code(),
            Self::Index(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// What the database has said so far.
#[derive(Default)]
struct Shown {
    asked: HashSet<ChunkKey>,
    live: HashMap<ChunkKey, LiveChunk>,
}

impl Shown {
    fn is_live(&self, hit: &Hit) -> bool {
        self.live.contains_key(&hit.into())
    }
}

#[derive(Clone, Copy)]
struct Round {
    number: u32,
    limit: usize,
}

impl Round {
    fn wider(self) -> Self {
        Self { number: self.number + 1, limit: self.limit * 2 }
    }

    /// The index has nothing more to say to this question.
    fn has_seen_all(self, branches: &Branches) -> bool {
        branches.dense.len() < self.limit && branches.sparse.len() < self.limit
    }
}

/// The hits of one round, joined, each with its fate.
struct Ranking {
    ranked: Vec<(Fused, Fate)>,
    not_live: Vec<TraceHit>,
    live: Branches,
}

impl Ranking {
    fn new(settings: RetrievalSettings, ask: Ask<'_>, branches: &Branches, shown: &Shown) -> Self {
        let only_live = |hits: &[Hit]| hits.iter().copied().filter(|hit| shown.is_live(hit)).collect();
        let live = Branches { dense: only_live(&branches.dense), sparse: only_live(&branches.sparse) };
        let mut texts = HashSet::new();
        let mut kept = 0;
        let ranked = fusion::fuse(settings.fusion, &live)
            .into_iter()
            .map(|one| {
                let weak =
                    one.sparse.is_none() && one.dense.is_none_or(|place| place.score < settings.min_cosine);
                let fate = if weak {
                    Fate::Dropped(Reason::BelowThreshold)
                } else if !texts.insert(shown.live[&one.key].content.as_str()) {
                    Fate::Dropped(Reason::Duplicate)
                } else if kept == ask.top_k {
                    Fate::Dropped(Reason::OverTopK)
                } else {
                    kept += 1;
                    Fate::Kept(kept)
                };
                (one, fate)
            })
            .collect();
        Self { ranked, not_live: not_live(branches, shown), live }
    }

    fn kept(&self) -> impl Iterator<Item = &Fused> {
        self.ranked.iter().filter(|(_, fate)| matches!(fate, Fate::Kept(_))).map(|(one, _)| one)
    }

    fn is_enough(&self, top_k: usize) -> bool {
        // Weak hits end the search as well: wider rounds only bring weaker ones.
        let weak = |(_, fate): &(Fused, Fate)| *fate == Fate::Dropped(Reason::BelowThreshold);
        self.kept().count() >= top_k || self.ranked.iter().any(weak)
    }

    fn into_found(
        self,
        settings: RetrievalSettings,
        ask: Ask<'_>,
        shown: &Shown,
        round: Round,
        timings: Timings,
    ) -> Found {
        let sources: Vec<Source> = self.kept().map(|one| source(one, &shown.live[&one.key])).collect();
        let best = |hits: &[Hit]| hits.first().map(|hit| hit.score);
        let (best_cosine, best_sparse) = (best(&self.live.dense), best(&self.live.sparse));
        let words = sources.iter().map(|source| coverage(ask.query, &source.content)).fold(0.0, f64::max);
        let relevant = !sources.is_empty() && is_relevant(best_cosine, settings.min_cosine, words);
        let ranked = self.ranked.into_iter().map(|(one, fate)| TraceHit {
            key: one.key,
            dense: one.dense,
            sparse: one.sparse,
            fused: Some(one.score),
            fate,
        });
        let hits = ranked.chain(self.not_live).collect();
        let trace = Trace { hits, rounds: round.number, limit: round.limit, timings };
        Found { sources, trace, best_cosine, best_sparse, relevant }
    }
}

fn not_live(branches: &Branches, shown: &Shown) -> Vec<TraceHit> {
    // Joined only to bring the two places of a hit together; what it comes to does not matter.
    let all = fusion::fuse(Fusion::RANKS, branches);
    let dropped = all.into_iter().filter(|one| !shown.live.contains_key(&one.key));
    dropped
        .map(|one| TraceHit {
            key: one.key,
            dense: one.dense,
            sparse: one.sparse,
            fused: None,
            fate: Fate::Dropped(Reason::NotLive),
        })
        .collect()
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
    }
}

fn ms_since(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e3
}
