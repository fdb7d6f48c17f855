//! From a question to the passages that may answer it.
//!
//! A question goes through named stages (`stage`): it is read, the index is asked by meaning and by words and the database
//! which hits may be shown, the branches are joined, a reranker looks at the first (where there is one), the best are
//! selected. The score that a source shows is not its place in the ranking but how likely it has to do with the question.
//! What a search may show is never decided by the index: it may lag behind, an answer may not.

mod alike;
mod asked;
mod attention;
mod closer;
mod edition;
mod editions;
pub mod eval;
pub mod fusion;
mod language_bias;
mod library;
mod named;
mod nearness;
mod plane;
mod ranking;
mod relevance;
mod second_look;
mod stage;
mod trace;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use docent_domain::source::Source;
use docent_domain::{Code, Coded, DocumentId, ProjectId, Scope};
use docent_embedding::{Embedder, EmbeddingError};
use docent_store::{ShownGeneration, StoreError};
use docent_telemetry::{self as telemetry, Finding};
use docent_vectors::{Branches, Hit, SearchQuery, VectorError, VectorIndex};
use docent_words::{Language, Word};
use futures_util::future::{try_join, try_join_all};

pub use asked::{Asked, Spoken};
pub use attention::Attention;
pub use closer::{Ground, Look, Sentence};
pub use fusion::{ChunkKey, Fused, Fusion, Place};
pub use library::{Library, LiveChunk};
pub use plane::lay_out;
pub use relevance::{Calibration, Signals};
pub use stage::{Rerank, Stage, StageEntry};
pub use trace::{Fate, Reason, Timings, Trace, TraceHit};

use language_bias::Levelled;
use named::Held;
use ranking::Ranking;

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
    /// Of each of them.
    pub signals: Vec<Signals>,
    pub trace: Trace,
    /// For a closer look at single sentences; `None` where it was asked by words alone.
    pub ground: Option<Ground>,
    /// Of what may be shown; `None` where that branch found nothing or was not asked.
    pub best_cosine: Option<f32>,
    pub best_sparse: Option<f32>,
    /// False: better to say that the documents hold no answer.
    pub relevant: bool,
    /// Something of it may hold the answer, whether or not that is enough to say so.
    pub doubtful: bool,
    /// The question names an identifier or a year that stands nowhere in the project.
    pub names_unknown: bool,
    /// The documents that hold the most of the names that the question has, where these are few.
    pub named: Vec<DocumentId>,
}

/// The weight of the cosine where the model does not know the language of the documents.
const UNREAD: f64 = 0.08;

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
    calibration: Calibration,
    /// With how many of the first chunks it is shown.
    reranker: Option<(Arc<dyn Rerank>, usize)>,
    /// Reads the first passages together with the question, in a turn of a chat.
    judge: Option<Arc<dyn Rerank>>,
    /// Told what is found in documents that are still being read.
    attention: Option<Attention>,
}

impl Retriever {
    pub fn new(
        index: Arc<dyn VectorIndex>,
        embedder: Arc<dyn Embedder>,
        library: Arc<dyn Library>,
        settings: RetrievalSettings,
    ) -> Self {
        let calibration = Calibration::of(&embedder.info().name, settings.min_cosine);
        Self { index, embedder, library, settings, calibration, reranker: None, judge: None, attention: None }
    }

    /// With a model that looks at the first `candidates` chunks again.
    pub fn with_reranker(self, reranker: Arc<dyn Rerank>, candidates: usize) -> Self {
        Self { reranker: Some((reranker, candidates)), ..self }
    }

    /// With a cross-encoder for English that turns of a chat ask whether the first passages answer.
    pub fn with_judge(self, judge: Arc<dyn Rerank>) -> Self {
        Self { judge: Some(judge), ..self }
    }

    /// With an order of embedding that follows what is found.
    pub fn with_attention(self, attention: Attention) -> Self {
        Self { attention: Some(attention), ..self }
    }

    pub const fn attention(&self) -> Option<&Attention> {
        self.attention.as_ref()
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
        if let Ok(Found { sources, trace: Trace { timings, .. }, .. }) = &found {
            if let Some(attention) = &self.attention {
                attention.found(sources);
            }
            let Timings { embed_ms, search_ms, check_ms, total_ms } = *timings;
            telemetry::search_took([embed_ms, search_ms, check_ms, total_ms]);
        }
        found
    }

    async fn find(&self, scope: &Scope, ask: Ask<'_>) -> Result<Found, RetrieveError> {
        let begun = Instant::now();
        let mut took = Took::default();
        let dense = match ask.mode {
            Mode::Sparse => None,
            Mode::Dense | Mode::Hybrid => Some(self.embedder.query(ask.query).await?),
        };
        took.embed = ms_since(begun);
        let hidden = self.library.hidden(ask.project).await?;
        let asked = Asked::read(&*self.library, ask.project, ask.query).await?;
        took.question = ms_since(begun) - took.embed;

        let fusion = self.fusion(&asked);
        let mut live = HashMap::new();
        let query = |limit| SearchQuery {
            project: ask.project,
            dense: dense.as_deref(),
            words: (ask.mode != Mode::Dense).then_some(&asked.weights[..]),
            limit,
            documents: ask.documents,
            hidden: &hidden,
        };
        let biased = self.language_bias(&asked);
        let wider = if biased.is_some() { language_bias::WIDER } else { 1 };
        let mut limit = (ask.top_k * LIMIT_PER_SOURCE).max(FIRST_LIMIT);
        let mut rounds = 1;
        let searching = Instant::now();
        let first = async { Ok::<_, RetrieveError>(self.index.search(query(limit * wider)).await?) };
        let (mut branches, (held, within)) = try_join(first, self.named(ask, &asked, &hidden)).await?;
        took.search += ms_since(searching);
        loop {
            let checking = Instant::now();
            let levelled = match biased {
                Some(biased) => self.level(scope, ask.project, &mut branches, biased, limit).await?,
                None => Levelled::default(),
            };
            let joined = held.join(&branches, &within);
            self.check(scope, ask.project, &joined, &mut live).await?;
            took.live += ms_since(checking);
            let fusing = Instant::now();
            let mut ranking =
                Ranking::new(fusion, self.calibration.floor, &branches, &joined, &live, &levelled);
            took.fuse += ms_since(fusing);
            let choosing = Instant::now();
            self.choose(scope, ask, &mut ranking).await?;
            took.choose += ms_since(choosing);

            let seen_all = branches.dense.len() < limit && branches.sparse.len() < limit;
            if ranking.is_enough(ask.top_k) || seen_all || rounds == ROUNDS {
                let reranking = Instant::now();
                let reranked = self.rerank(scope, ask, &asked, &mut ranking).await?;
                took.rerank += ms_since(reranking);
                let stages = took.stages(&asked, &branches, &ranking, reranked);
                self.bring_newer(scope, ask, &mut ranking).await?;
                ranking.prefer_editions(ask.query, &asked, &held);
                ranking.prefer_named(&held);
                let timings = took.timings(ms_since(begun));
                let trace = Trace { hits: Vec::new(), stages, rounds, limit, timings };
                let found = ranking.into_found(self.calibration, &asked, &held, trace);
                let ground = dense.map(|vector| Ground::new(ask.query, vector, asked, &found));
                return Ok(Found { ground, ..found });
            }
            rounds += 1;
            limit *= 2;
            let searching = Instant::now();
            branches = self.index.search(query(limit * wider)).await?;
            took.search += ms_since(searching);
        }
    }

    /// The language of the question, and by how much the model puts passages of others farther, where the project has both.
    fn language_bias(&self, asked: &Asked) -> Option<(Language, f32)> {
        let mixed = asked.foreign_share() > 0.0 && asked.foreign_share() < 1.0;
        let told = mixed && self.calibration.reads(&asked.languages);
        asked.question.guessed.filter(|_| told).map(|language| (language, self.calibration.language_bias))
    }

    async fn level(
        &self,
        scope: &Scope,
        project: ProjectId,
        branches: &mut Branches,
        (question, by): (Language, f32),
        limit: usize,
    ) -> Result<Levelled, RetrieveError> {
        let keys = language_bias::within_reach(&branches.dense, by, limit);
        let foreign = self.library.foreign(scope, project, &keys, question).await?;
        Ok(Levelled::level(branches, foreign, by, limit))
    }

    /// The documents that hold names of the question, and the passages of those that hold the most, by their words: what is
    /// near to the question by its meaning the search beside this one finds.
    async fn named(
        &self,
        ask: Ask<'_>,
        asked: &Asked,
        hidden: &[(DocumentId, i64)],
    ) -> Result<(Held, Vec<Hit>), RetrieveError> {
        let names = if ask.mode == Mode::Dense { Vec::new() } else { named::names_of(asked) };
        if names.is_empty() {
            return Ok((Held::default(), Vec::new()));
        }
        let query = |words, documents, limit| SearchQuery {
            project: ask.project,
            dense: None,
            words: Some(words),
            limit,
            documents,
            hidden,
        };
        let looks =
            names.iter().map(|name| self.index.search(query(&name.terms, ask.documents, named::PASSAGES)));
        let found = try_join_all(looks).await?;
        let hits: Vec<Vec<Hit>> = found.into_iter().map(|found| found.sparse).collect();
        let held = Held::new(&names, &hits);
        let documents = held.documents();
        if documents.is_empty() {
            return Ok((held, Vec::new()));
        }
        let within = self.index.search(query(&asked.weights, Some(&documents), named::WITHIN)).await?;
        Ok((held, within.sparse))
    }

    /// Brings the passage of a newer edition in, where there was room for the older one's alone; and the one on the matter of an
    /// older one, where what holds now is asked for and only other passages of that edition were kept.
    async fn bring_newer(
        &self,
        scope: &Scope,
        ask: Ask<'_>,
        ranking: &mut Ranking,
    ) -> Result<(), RetrieveError> {
        if self.bring_left_out(scope, ask, ranking).await? {
            return Ok(());
        }
        let kept: Vec<&LiveChunk> = ranking.kept.iter().map(|(_, chunk)| chunk).collect();
        let Some((older, document)) = editions::unmet(ask.query, &kept) else { return Ok(()) };
        let keys = ranking.over_top_k(document, SPARE);
        let mut found = self.library.chunks(scope, ask.project, &keys).await?;
        found.sort_by_key(|chunk| keys.iter().position(|key| *key == chunk.key));
        let older = ranking.kept[older].1.clone();
        if let Some(newer) = editions::on_the_same(&older, &found) {
            ranking.keep_instead(newer.clone(), older.key);
        }
        Ok(())
    }

    /// Brings the passage of a newer edition in, if it is one of the first that there was no room for: whether it did.
    async fn bring_left_out(
        &self,
        scope: &Scope,
        ask: Ask<'_>,
        ranking: &mut Ranking,
    ) -> Result<bool, RetrieveError> {
        let kept: Vec<&LiveChunk> = ranking.kept.iter().map(|(_, chunk)| chunk).collect();
        if !editions::may_be_older(ask.query, &kept) {
            return Ok(false);
        }
        let keys = ranking.left_out(SPARE);
        let mut others = self.library.chunks(scope, ask.project, &keys).await?;
        others.sort_by_key(|chunk| keys.iter().position(|key| *key == chunk.key));
        let Some((older, newer)) = editions::left_out(ask.query, &kept, &others) else { return Ok(false) };
        let older = kept[older].key;
        ranking.keep_instead(others[newer].clone(), older);
        Ok(true)
    }

    /// How the branches are joined for this question: an English model's opinion of Thai is worth little.
    fn fusion(&self, asked: &Asked) -> Fusion {
        let Fusion::Confident { dense, .. } = self.settings.fusion else { return self.settings.fusion };
        let dense = match () {
            () if !self.calibration.reads(&asked.languages) => UNREAD,
            () if asked.is_foreign() => fusion::FOREIGN,
            // The words of the question can be found in the other documents only.
            () => dense.max(asked.foreign_share().mul_add(fusion::FOREIGN - dense, dense)),
        };
        Fusion::Confident { dense, named: asked.question.words.iter().any(Word::is_identifier) }
    }

    /// Has the first chunks judged again and chooses anew, where there is a model for it: what there is to say of it. Once
    /// for a question, however many rounds it took, for the model has its time but once.
    async fn rerank(
        &self,
        scope: &Scope,
        ask: Ask<'_>,
        asked: &Asked,
        ranking: &mut Ranking,
    ) -> Result<Option<String>, RetrieveError> {
        let Some((reranker, candidates)) = &self.reranker else { return Ok(None) };
        let keys = ranking.first(*candidates);
        let chunks = self.library.chunks(scope, ask.project, &keys).await?;
        let texts: Vec<String> = chunks.iter().map(asked::in_context).collect();
        if texts.is_empty() {
            return Ok(None);
        }
        match reranker.scores(ask.query, &texts).await {
            Ok(scores) if scores.len() == texts.len() && scores.iter().all(|score| score.is_finite()) => {
                let judge = |(chunk, score): (&LiveChunk, f32)| {
                    (chunk.key, (f64::from(score.clamp(0.0, 1.0)), asked.has_identifier(chunk)))
                };
                let weight = ranking.rerank(&chunks.iter().zip(scores).map(judge).collect(), ask.top_k);
                self.choose(scope, ask, ranking).await?;
                Ok(Some(format!("{} passages, weight {weight:.2}", texts.len())))
            }
            Ok(_) => Ok(Some("left out: the reranker gave no scores that can be used".to_owned())),
            Err(reason) => {
                tracing::warn!(reason, "Passages could not be reranked");
                Ok(Some(format!("left out: {reason}")))
            }
        }
    }

    /// Asks the database about the documents that it was not asked about before.
    async fn check(
        &self,
        scope: &Scope,
        project: ProjectId,
        branches: &Branches,
        live: &mut HashMap<DocumentId, Option<ShownGeneration>>,
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

/// Milliseconds, over all rounds.
#[derive(Debug, Clone, Copy, Default)]
struct Took {
    embed: f64,
    question: f64,
    search: f64,
    live: f64,
    fuse: f64,
    rerank: f64,
    choose: f64,
}

impl Took {
    fn timings(self, total_ms: f64) -> Timings {
        let check_ms = self.question + self.live + self.fuse + self.rerank + self.choose;
        Timings { embed_ms: self.embed, search_ms: self.search, check_ms, total_ms }
    }

    fn stages(
        self,
        asked: &Asked,
        branches: &Branches,
        ranking: &Ranking,
        reranked: Option<String>,
    ) -> Vec<StageEntry> {
        let languages: Vec<&str> = asked.languages.iter().map(|language| language.code()).collect();
        let weight = ranking.weight.map(|weight| format!("weight of the cosine {weight:.2}"));
        let entry = |stage, ms, left, note| StageEntry { stage, ms, left, note };
        let found = branches.dense.len() + branches.sparse.len();
        vec![
            entry(
                Stage::Question,
                self.embed + self.question,
                asked.question.words.len(),
                (!languages.is_empty()).then(|| format!("read in {}", languages.join(", "))),
            ),
            entry(Stage::Branches, self.search + self.live, found, None),
            entry(Stage::Fusion, self.fuse, ranking.ranked.len(), weight),
            entry(Stage::Rerank, self.rerank, ranking.ranked.len(), reranked),
            entry(Stage::Select, self.choose, ranking.kept.len(), None),
        ]
    }
}

fn ms_since(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e3
}
