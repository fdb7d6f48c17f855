//! Everything that is said to Qdrant Edge to change it and to search it; beside this only `soundness` names it.
//!
//! What the engine does not say of itself, and this file accounts for (all measured with 0.7.2):
//! an update is not durable before `flush`, since the log is never replayed; `flush` panics when it meets another
//! update or the short exclusive moment of an optimisation; the log is never cut; vectors that are not numbers are
//! taken. Updates and `optimize` may run side by side, two updates may not: callers hold a lock.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Duration;

use qdrant_edge::{
    AnyVariants, Condition, CreateIndex, Distance, EdgeConfig, EdgeOptimizersConfig, EdgeShard,
    EdgeSparseVectorParams, EdgeVectorParams, FieldCondition, FieldIndexOperations, Filter, HnswIndexConfig,
    IntegerIndexParams, JsonPath, KeywordIndexParams, Match, MatchAny, MatchValue, Modifier, NamedQuery,
    OperationError, PayloadFieldSchema, PayloadSchemaParams, PointId, PointInsertOperations, PointOperations,
    PointStruct, PointStructPersisted, QueryEnum, QueryRequest, Record, ScoredPoint, ScoringQuery,
    ScrollRequest, SparseVector, UpdateOperation, ValueVariants, Vector, VectorInternal,
    VectorStructInternal, Vectors, WalOptions, WithPayloadInterface, WithVector,
};

use super::super::{Hit, Point, SearchQuery, Selection, StoredPoint, VectorError, point_id};
use super::EdgeSettings;
use super::soundness;
use super::spare::engine_error;
use docent_domain::{DocumentId, ProjectId};

pub(super) const DENSE: &str = "dense";
pub(super) const SPARSE: &str = "bm25";
/// The payload: project, document, `document:generation`, generation, position.
pub(super) const PROJECT: &str = "p";
pub(super) const DOCUMENT: &str = "d";
pub(super) const READING: &str = "r";
const GENERATION: &str = "g";
const POSITION: &str = "n";

/// Points that are read to see whether the index can be.
const PROBED: usize = 256;

/// An optimisation's exclusive moments are short; a flush that meets one is repeated after this pause.
const FLUSH_PAUSE: Duration = Duration::from_millis(5);
const FLUSH_TRIES: u32 = 400;
/// Points copied at once.
const COPIED: usize = 500;

/// The index on disk. Reads need no lock; see the module for writes.
pub(super) struct Shard(pub(super) EdgeShard);

impl Shard {
    /// Opens the index in `path`, which exists and is locked, or begins one there.
    pub fn open(path: &Path, settings: &EdgeSettings) -> Result<Self, VectorError> {
        remove_leftovers(path)?;
        let opened = if path.join("edge_config.json").exists() {
            EdgeShard::load(path, Some(config(settings, plain())))
        } else {
            EdgeShard::new(path, config(settings, plain()))
        };
        let shard = Self(opened?);
        shard.index_fields()?;
        Ok(shard)
    }

    /// Also after a crash in the middle of making the index: without them every filter reads every payload.
    fn index_fields(&self) -> Result<(), VectorError> {
        let indexed = self.0.info().payload_schema;
        let missing = fields().into_iter().filter(|(field, _)| !indexed.contains_key(&json_path(field)));
        for (field, schema) in missing {
            self.0.update(UpdateOperation::FieldIndexOperation(FieldIndexOperations::CreateIndex(
                CreateIndex { field_name: json_path(field), field_schema: Some(schema) },
            )))?;
        }
        self.flush()
    }

    pub fn upsert(&self, points: Vec<Point>) -> Result<(), VectorError> {
        let points = points
            .into_iter()
            .map(|point| {
                let id = PointId::Uuid(point.id());
                let (indices, values): (Vec<u32>, Vec<f32>) = point.words.iter().copied().unzip();
                let payload = serde_json::json!({
                    PROJECT: point.project.get(),
                    DOCUMENT: point.document.get(),
                    READING: reading(point.document, point.generation),
                    GENERATION: point.generation,
                    POSITION: point.position,
                });
                let dense = point.dense.map(|dense| (DENSE, Vector::new_dense(dense)));
                let sparse =
                    (!indices.is_empty()).then(|| Vector::new_sparse(indices, values)).transpose()?;
                let vectors = dense.into_iter().chain(sparse.map(|sparse| (SPARSE, sparse)));
                Ok(PointStruct::new(id, Vectors::new_named(vectors), payload).into())
            })
            .collect::<Result<Vec<_>, OperationError>>()?;
        Ok(self.0.update(UpdateOperation::PointOperation(PointOperations::UpsertPoints(
            PointInsertOperations::PointsList(points),
        )))?)
    }

    pub fn remove(&self, what: Selection) -> Result<(), VectorError> {
        Ok(self.0.update(UpdateOperation::PointOperation(PointOperations::DeletePointsByFilter(
            selected(what).unwrap_or_default(),
        )))?)
    }

    /// Makes every update so far safe from a crash.
    pub fn flush(&self) -> Result<(), VectorError> {
        for _ in 0..FLUSH_TRIES {
            match catch_unwind(AssertUnwindSafe(|| self.0.flush())) {
                Ok(()) => return Ok(()),
                Err(panic) if panic_text(&*panic).contains("lock acquired") => {
                    std::thread::sleep(FLUSH_PAUSE)
                }
                Err(panic) => return Err(engine_error(panic_text(&*panic))),
            }
        }
        Err(VectorError::Engine("it was too busy to be written to disk".into()))
    }

    /// Reorganises what has grown; blocks for as long as that takes, beside updates and queries. True if there was
    /// something to do.
    pub fn optimize(&self) -> Result<bool, VectorError> {
        Ok(self.0.optimize()?)
    }

    pub fn nearest(&self, query: &SearchQuery<'_>, vector: &[f32]) -> Result<Vec<Hit>, VectorError> {
        self.query(query, NamedQuery::new(VectorInternal::Dense(vector.to_vec()), DENSE))
    }

    pub fn matching(&self, query: &SearchQuery<'_>, words: &[(u32, f32)]) -> Result<Vec<Hit>, VectorError> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let (indices, values) = words.iter().copied().unzip();
        let sparse = SparseVector { indices, values };
        self.query(query, NamedQuery::new(VectorInternal::Sparse(sparse), SPARSE))
    }

    /// In the order of `positions`.
    pub fn points(
        &self,
        project: ProjectId,
        document: DocumentId,
        generation: i64,
        positions: &[i64],
    ) -> Result<Vec<StoredPoint>, VectorError> {
        let id = |&position| PointId::Uuid(point_id(document, generation, position));
        let ids: Vec<PointId> = positions.iter().map(id).collect();
        let only_dense = WithVector::Selector(vec![DENSE.to_owned()]);
        let found = self.0.retrieve(&ids, Some(WithPayloadInterface::Bool(true)), Some(only_dense))?;
        let ours = |record: &Record| {
            record.payload.as_ref().and_then(|payload| payload.0.get(PROJECT)?.as_i64())
                == Some(project.get())
        };
        found.into_iter().filter(ours).filter_map(|record| stored(record).transpose()).collect()
    }

    /// Counts ids and not the points of the parts it is made of: a kill can leave a point in two of them, of which
    /// searches show the newer one.
    pub fn count(&self, what: Selection) -> Result<u64, VectorError> {
        let (ids, _) = self.0.scroll(ScrollRequest {
            offset: None,
            limit: Some(usize::MAX - 1),
            filter: selected(what),
            with_payload: Some(WithPayloadInterface::Bool(false)),
            with_vector: WithVector::Bool(false),
            order_by: None,
        })?;
        Ok(ids.len() as u64)
    }

    /// Reads some points with everything that belongs to them, and looks for them: damage shows in that.
    pub fn probe(&self) -> Result<(), VectorError> {
        let (read, _) = self.0.scroll(ScrollRequest {
            offset: None,
            limit: Some(PROBED),
            filter: None,
            with_payload: Some(WithPayloadInterface::Bool(true)),
            with_vector: WithVector::Bool(true),
            order_by: None,
        })?;
        read.iter().try_for_each(has_direction)?;
        soundness::are_reached(self)?;
        soundness::are_found(self, &read)
    }

    /// Points, without looking at each of them.
    pub fn size(&self) -> u64 {
        self.0.info().points_count as u64
    }

    fn query(
        &self,
        query: &SearchQuery<'_>,
        using: NamedQuery<VectorInternal>,
    ) -> Result<Vec<Hit>, VectorError> {
        let found = self.0.query(QueryRequest {
            prefetches: Vec::new(),
            query: Some(ScoringQuery::Vector(QueryEnum::Nearest(using))),
            filter: Some(allowed(query)),
            score_threshold: None,
            limit: query.limit,
            offset: 0,
            params: None,
            with_vector: WithVector::Bool(false),
            with_payload: WithPayloadInterface::Bool(true),
        })?;
        found.iter().map(hit).collect()
    }
}

/// Terms as they are weighed outside.
fn plain() -> EdgeSparseVectorParams {
    EdgeSparseVectorParams::builder().build()
}

/// Copies every point of an index whose terms the engine weighed by their rarity: how many.
pub(super) fn copy(from: &Path, to: &Path, settings: &EdgeSettings) -> Result<usize, VectorError> {
    let weighed = EdgeSparseVectorParams::builder().modifier(Modifier::Idf).build();
    remove_leftovers(from)?;
    let old = EdgeShard::load(from, Some(config(settings, weighed)))?;
    let new = Shard::open(to, settings)?;
    let (mut offset, mut copied) = (None, 0);
    loop {
        let (records, next) = old.scroll(ScrollRequest {
            offset,
            limit: Some(COPIED),
            filter: None,
            with_payload: Some(WithPayloadInterface::Bool(true)),
            with_vector: WithVector::Bool(true),
            order_by: None,
        })?;
        copied += records.len();
        let points = records.into_iter().filter_map(again).collect();
        new.0.update(UpdateOperation::PointOperation(PointOperations::UpsertPoints(
            PointInsertOperations::PointsList(points),
        )))?;
        if next.is_none() {
            new.flush()?;
            return Ok(copied);
        }
        offset = next;
    }
}

/// An index as earlier versions made it.
#[cfg(test)]
pub(super) fn earlier(path: &Path, settings: &EdgeSettings, points: Vec<Point>) -> Result<(), VectorError> {
    let weighed = EdgeSparseVectorParams::builder().modifier(Modifier::Idf).build();
    let shard = Shard(EdgeShard::new(path, config(settings, weighed))?);
    shard.index_fields()?;
    shard.upsert(points)?;
    shard.flush()
}

/// A point as it was read. One without its vectors is left to the comparison with the database.
fn again(record: Record) -> Option<PointStructPersisted> {
    let VectorStructInternal::Named(named) = record.vector? else { return None };
    let vectors = named.into_iter().filter_map(|(name, vector)| match vector {
        VectorInternal::Dense(dense) => Some((name, Vector::new_dense(dense))),
        VectorInternal::Sparse(sparse) => {
            Some((name, Vector::new_sparse(sparse.indices, sparse.values).ok()?))
        }
        VectorInternal::MultiDense(_) => None,
    });
    let payload = serde_json::to_value(record.payload?).ok()?;
    Some(PointStruct::new(record.id, Vectors::new_named(vectors), payload).into())
}

fn config(settings: &EdgeSettings, sparse: EdgeSparseVectorParams) -> EdgeConfig {
    let hnsw = HnswIndexConfig { max_indexing_threads: 1, ..HnswIndexConfig::default() };
    EdgeConfig::builder()
        .vector(DENSE, EdgeVectorParams::builder(settings.model.dimension, Distance::Cosine).build())
        .sparse_vector(SPARSE, sparse)
        .on_disk_payload(true)
        .hnsw_config(hnsw)
        .optimizers(EdgeOptimizersConfig {
            indexing_threshold: Some(settings.graph_from_kb),
            ..EdgeOptimizersConfig::default()
        })
        .wal_options(WalOptions { segment_capacity: settings.log_piece_bytes, ..WalOptions::default() })
        .build()
}

/// The fields that filters ask for.
fn fields() -> [(&'static str, PayloadFieldSchema); 3] {
    let number = |graph| {
        PayloadFieldSchema::FieldParams(PayloadSchemaParams::Integer(IntegerIndexParams {
            lookup: Some(true),
            range: Some(false),
            enable_hnsw: Some(graph),
            ..IntegerIndexParams::default()
        }))
    };
    let word = PayloadFieldSchema::FieldParams(PayloadSchemaParams::Keyword(KeywordIndexParams {
        enable_hnsw: Some(false),
        ..KeywordIndexParams::default()
    }));
    [(PROJECT, number(true)), (DOCUMENT, number(false)), (READING, word)]
}

/// The filter of a search: the project always, then what the caller narrows it to.
fn allowed(query: &SearchQuery<'_>) -> Filter {
    let mut must = vec![equals(PROJECT, query.project.get())];
    if let Some(documents) = query.documents {
        let numbers = documents.iter().map(|document| document.get()).collect();
        must.push(field(DOCUMENT, Match::Any(MatchAny { any: AnyVariants::Integers(numbers) })));
    }
    let hidden = query.hidden.iter().map(|&(document, generation)| reading(document, generation)).collect();
    let must_not = (!query.hidden.is_empty())
        .then(|| vec![field(READING, Match::Any(MatchAny { any: AnyVariants::Strings(hidden) }))]);
    Filter { must: Some(must), must_not, ..Filter::new() }
}

/// `None` for everything there is.
fn selected(what: Selection) -> Option<Filter> {
    let mut must = Vec::new();
    if let Some(project) = what.project {
        must.push(equals(PROJECT, project.get()));
    }
    match (what.document, what.generation) {
        (Some(document), Some(generation)) => {
            let value = ValueVariants::String(reading(document, generation));
            must.push(field(READING, Match::Value(MatchValue { value })));
        }
        (Some(document), None) => must.push(equals(DOCUMENT, document.get())),
        (None, Some(generation)) => must.push(equals(GENERATION, generation)),
        (None, None) => {}
    }
    (!must.is_empty()).then(|| Filter { must: Some(must), ..Filter::new() })
}

fn reading(document: DocumentId, generation: i64) -> String {
    format!("{document}:{generation}")
}

fn equals(name: &'static str, number: i64) -> Condition {
    field(name, Match::Value(MatchValue { value: ValueVariants::Integer(number) }))
}

fn field(name: &'static str, matching: Match) -> Condition {
    Condition::Field(FieldCondition::new_match(json_path(name), matching))
}

pub(super) fn json_path(name: &'static str) -> JsonPath {
    JsonPath { first_key: name.to_owned(), rest: Vec::new() }
}

fn hit(point: &ScoredPoint) -> Result<Hit, VectorError> {
    let number = |name| point.payload.as_ref().and_then(|payload| payload.0.get(name)?.as_i64());
    match (number(DOCUMENT), number(GENERATION), number(POSITION)) {
        (Some(document), Some(generation), Some(position)) => {
            Ok(Hit { document: DocumentId::from(document), generation, position, score: point.score })
        }
        _ => Err(VectorError::Engine(format!("point {} has lost its payload", point.id))),
    }
}

/// The engine keeps vectors at length 1, and does not notice when other bytes have come in their place.
fn has_direction(record: &Record) -> Result<(), VectorError> {
    let Some(VectorStructInternal::Named(named)) = &record.vector else { return Ok(()) };
    let Some(VectorInternal::Dense(dense)) = named.get(DENSE) else { return Ok(()) };
    let square: f32 = dense.iter().map(|number| number * number).sum();
    if (0.9..1.1).contains(&square) {
        return Ok(());
    }
    Err(VectorError::Damaged(format!("the vector of point {} is none", record.id)))
}

/// `None` for a point that has no embedding yet.
fn stored(record: Record) -> Result<Option<StoredPoint>, VectorError> {
    let number = |name| record.payload.as_ref().and_then(|payload| payload.0.get(name)?.as_i64());
    let place = (number(DOCUMENT), number(GENERATION), number(POSITION));
    let dense = match record.vector {
        Some(VectorStructInternal::Named(mut named)) => named.remove(DENSE),
        _ => None,
    };
    match (place, dense) {
        ((Some(document), Some(generation), Some(position)), Some(VectorInternal::Dense(dense))) => {
            Ok(Some(StoredPoint { document: DocumentId::from(document), generation, position, dense }))
        }
        ((Some(_), Some(_), Some(_)), None) => Ok(None),
        _ => Err(VectorError::Engine(format!("point {} has lost its payload", record.id))),
    }
}

/// What an optimisation that was killed left half done, and the part of the log that nothing will ever read.
/// Numbers of operations go on from the newest closed piece of the log, so that one has to stay.
fn remove_leftovers(path: &Path) -> Result<(), VectorError> {
    let unfinished = path.join("temp_segments");
    if unfinished.exists() {
        fs_err::remove_dir_all(unfinished)?;
    }
    let Ok(entries) = fs_err::read_dir(path.join("wal")) else { return Ok(()) };
    let mut closed: Vec<(u64, std::path::PathBuf)> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let number = path.file_name()?.to_str()?.strip_prefix("closed-")?.parse().ok()?;
            Some((number, path))
        })
        .collect();
    closed.sort_unstable();
    closed.pop();
    closed.into_iter().try_for_each(|(_, path)| Ok(fs_err::remove_file(path)?))
}

/// What a panic of the engine says.
pub(super) fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string))
        .unwrap_or_else(|| "it panicked without a word".into())
}

impl From<OperationError> for VectorError {
    fn from(error: OperationError) -> Self {
        engine_error(error.to_string())
    }
}
