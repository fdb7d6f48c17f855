//! From a question to the passages that may answer it.
//!
//! The index is asked for both branches, the database says which hits may be shown, the branches are joined here.
//! What a search may show is never decided by the index: it may lag behind, an answer may not.

pub mod eval;
pub mod fusion;
mod library;
mod plane;
mod relevance;
mod trace;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use docent_domain::source::Source;
use docent_domain::{Code, Coded, DocumentId, ProjectId, Scope};
use docent_embedding::{Embedder, EmbeddingError};
use docent_store::StoreError;
use docent_telemetry::{self as telemetry, Finding};
use docent_vectors::{Branches, Hit, SearchQuery, VectorError, VectorIndex};

pub use fusion::{ChunkKey, Fused, Fusion, Place};
pub use library::{Library, LiveChunk};
pub use plane::lay_out;
pub use relevance::{coverage, is_relevant};
pub use trace::{Fate, Reason, Timings, Trace, TraceHit};

/// Hits per branch of the first round, at least.
const FIRST_LIMIT: usize = 50;
/// Hits per branch for each source wanted.
const LIMIT_PER_SOURCE: usize = 4;
/// Chunks that are fetched beyond those wanted, for some will have the same text.
const SPARE: usize = 6;
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
        let found = self.find(scope, ask).await;
        telemetry::searched(match &found {
            Ok(found) if found.relevant => Finding::Found,
            Ok(_) => Finding::Irrelevant,
            Err(_) => Finding::Failed,
        });
        if let Ok(Found { trace: Trace { timings, .. }, .. }) = &found {
            let Timings { embed_ms, search_ms, check_ms, total_ms } = *timings;
            telemetry::search_took([embed_ms, search_ms, check_ms, total_ms]);
        }
        found
    }

    async fn find(&self, scope: &Scope, ask: Ask<'_>) -> Result<Found, RetrieveError> {
        let begun = Instant::now();
        let mut timings = Timings::default();
        let dense = match ask.mode {
            Mode::Sparse => None,
            Mode::Dense | Mode::Hybrid => Some(self.embedder.query(ask.query).await?),
        };
        timings.embed_ms = ms_since(begun);
        let hidden = self.library.hidden(ask.project).await?;
        timings.check_ms = ms_since(begun) - timings.embed_ms;

        let mut live = HashMap::new();
        let mut limit = (ask.top_k * LIMIT_PER_SOURCE).max(FIRST_LIMIT);
        let mut rounds = 1;
        loop {
            let searching = Instant::now();
            let query = SearchQuery {
                project: ask.project,
                dense: dense.as_deref(),
                text: (ask.mode != Mode::Dense).then_some(ask.query),
                limit,
                documents: ask.documents,
                hidden: &hidden,
            };
            let branches = self.index.search(query).await?;
            timings.search_ms += ms_since(searching);
            let checking = Instant::now();
            self.check(scope, ask.project, &branches, &mut live).await?;
            let mut ranking = Ranking::new(self.settings, &branches, &live);
            self.choose(scope, ask, &mut ranking).await?;
            timings.check_ms += ms_since(checking);

            let seen_all = branches.dense.len() < limit && branches.sparse.len() < limit;
            if ranking.is_enough(ask.top_k) || seen_all || rounds == ROUNDS {
                timings.total_ms = ms_since(begun);
                return Ok(ranking.into_found(
                    self.settings,
                    ask,
                    Trace { hits: Vec::new(), rounds, limit, timings },
                ));
            }
            rounds += 1;
            limit *= 2;
        }
    }

    /// Asks the database about the documents that it was not asked about before.
    async fn check(
        &self,
        scope: &Scope,
        project: ProjectId,
        branches: &Branches,
        live: &mut HashMap<DocumentId, Option<i64>>,
    ) -> Result<(), RetrieveError> {
        let hits = branches.dense.iter().chain(&branches.sparse);
        let mut new: Vec<DocumentId> =
            hits.map(|hit| hit.document).filter(|document| !live.contains_key(document)).collect();
        new.sort_unstable();
        new.dedup();
        if !new.is_empty() {
            let shown = self.library.live(scope, project, &new).await?;
            live.extend(new.into_iter().map(|document| (document, shown.get(&document).copied())));
        }
        Ok(())
    }

    /// Fetches the best of the ranking until there are enough; the texts say which of them are the same.
    async fn choose(&self, scope: &Scope, ask: Ask<'_>, ranking: &mut Ranking) -> Result<(), RetrieveError> {
        while ranking.kept.len() < ask.top_k {
            let keys = ranking.next(ask.top_k - ranking.kept.len() + SPARE);
            if keys.is_empty() {
                return Ok(());
            }
            let found = self.library.chunks(scope, ask.project, &keys).await?;
            let mut found: HashMap<ChunkKey, LiveChunk> =
                found.into_iter().map(|chunk| (chunk.key, chunk)).collect();
            for key in keys {
                ranking.decide(key, found.remove(&key), ask.top_k);
            }
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

/// The hits of one round, joined, each with what became of it.
struct Ranking {
    ranked: Vec<(Fused, Fate)>,
    /// How far the ranking has been looked through.
    looked: usize,
    kept: Vec<(Fused, LiveChunk)>,
    not_live: Vec<TraceHit>,
    best_cosine: Option<f32>,
    best_sparse: Option<f32>,
}

impl Ranking {
    fn new(settings: RetrievalSettings, found: &Branches, live: &HashMap<DocumentId, Option<i64>>) -> Self {
        let is_live = |hit: &Hit| live.get(&hit.document) == Some(&Some(hit.generation));
        let part = |wanted: bool, hits: &[Hit]| {
            hits.iter().copied().filter(|hit| is_live(hit) == wanted).collect::<Vec<_>>()
        };
        let shown = Branches { dense: part(true, &found.dense), sparse: part(true, &found.sparse) };
        // Joined only to bring the two places of a hit together; what it comes to does not matter.
        let dropped = Branches { dense: part(false, &found.dense), sparse: part(false, &found.sparse) };
        let not_live = fusion::fuse(Fusion::RANKS, &dropped);
        let ranked = fusion::fuse(settings.fusion, &shown).into_iter().map(|one| {
            let far = one.dense.is_none_or(|place| place.score < settings.min_cosine);
            let reason = if far && one.sparse.is_none() { Reason::BelowThreshold } else { Reason::OverTopK };
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
            best_cosine: shown.dense.first().map(|hit| hit.score),
            best_sparse: shown.sparse.first().map(|hit| hit.score),
        }
    }

    /// The next chunks worth looking at.
    fn next(&mut self, count: usize) -> Vec<ChunkKey> {
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

    fn decide(&mut self, key: ChunkKey, chunk: Option<LiveChunk>, top_k: usize) {
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

    fn is_enough(&self, top_k: usize) -> bool {
        // Weak hits end the search as well: wider rounds only bring weaker ones.
        let weak = |(_, fate): &(Fused, Fate)| *fate == Fate::Dropped(Reason::BelowThreshold);
        self.kept.len() >= top_k || self.ranked.iter().any(weak)
    }

    fn into_found(self, settings: RetrievalSettings, ask: Ask<'_>, trace: Trace) -> Found {
        let sources: Vec<Source> = self.kept.iter().map(|(one, chunk)| source(one, chunk)).collect();
        let passages = sources.iter().map(|source| source.content.as_str());
        let relevant =
            !sources.is_empty() && is_relevant(ask.query, self.best_cosine, settings.min_cosine, passages);
        let ranked = self.ranked.iter().map(|(one, fate)| trace_hit(one, *fate));
        let hits = ranked.chain(self.not_live).collect();
        Found {
            sources,
            trace: Trace { hits, ..trace },
            best_cosine: self.best_cosine,
            best_sparse: self.best_sparse,
            relevant,
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
    }
}

fn ms_since(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e3
}
