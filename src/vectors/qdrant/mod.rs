//! A Qdrant server or cluster over gRPC: for more than one node, or more than the memory of one.
//!
//! One collection per embedding model, the project as tenant key. Writes wait until the server has applied them,
//! and the server keeps what it confirmed, so there is nothing to settle. A server that is away is waited for: the
//! collection is set up with the first request that finds it, and an outage is over when a request succeeds.

mod calls;
mod points;
mod settings;
mod setup;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use qdrant_client::qdrant::{
    CollectionStatus, CountPointsBuilder, DeletePointsBuilder, GetPointsBuilder, PointId,
    QuantizationSearchParamsBuilder, Query, QueryBatchPointsBuilder, QueryPoints, QueryPointsBuilder,
    SearchParamsBuilder, UpsertPointsBuilder, VectorInput, VectorsSelector,
};

pub use self::settings::{QdrantSettings, Quantization};

use self::calls::{Calls, Failure};
use self::points::{DENSE, SPARSE};
use super::{
    Branches, IndexState, Point, SearchQuery, Selection, StoredPoint, VectorError, VectorIndex, ascending,
    check_points, check_vector, point_id,
};
use docent_domain::{DocumentId, ProjectId};

/// Points per request.
const BATCH: usize = 256;
/// How many more are found by quantised vectors, to be ranked again by the full ones.
const SPARE: f64 = 2.0;
/// After a set-up that failed, the next one waits so long; requests in between fail at once.
const SETUP_PAUSE: Duration = Duration::from_secs(1);

/// The index on a server.
pub struct QdrantIndex {
    settings: QdrantSettings,
    collection: String,
    calls: Calls,
    is_set_up: AtomicBool,
    /// When setting up failed last, and why. One request does it, the others wait.
    failed: tokio::sync::Mutex<Option<(Instant, String)>>,
}

impl QdrantIndex {
    /// Sets the collection up, or leaves that to later requests while the server cannot be reached. An error is what
    /// waiting would not change.
    pub async fn open(settings: QdrantSettings) -> Result<Self, VectorError> {
        let index = Self {
            collection: settings.collection(),
            calls: Calls::new(&settings)?,
            is_set_up: AtomicBool::new(false),
            failed: tokio::sync::Mutex::default(),
            settings,
        };
        match index.set_up().await {
            Err(VectorError::Unavailable(reason)) => {
                tracing::warn!(reason, "The Qdrant server is away; searches and readings wait for it");
            }
            done => done?,
        }
        Ok(index)
    }

    /// Throws the collection away, if there is one.
    pub async fn discard(settings: &QdrantSettings) -> Result<(), VectorError> {
        setup::discard(&Calls::new(settings)?, settings).await
    }

    async fn set_up(&self) -> Result<(), VectorError> {
        if self.is_set_up.load(Ordering::Acquire) {
            return Ok(());
        }
        let mut failed = self.failed.lock().await;
        if self.is_set_up.load(Ordering::Acquire) {
            return Ok(());
        }
        if let Some((when, reason)) = &*failed
            && when.elapsed() < SETUP_PAUSE
        {
            return Err(VectorError::Unavailable(reason.clone()));
        }
        match setup::set_up(&self.calls, &self.settings).await {
            Ok(()) => {
                *failed = None;
                self.is_set_up.store(true, Ordering::Release);
                Ok(())
            }
            Err(error) => {
                let reason = match &error {
                    VectorError::Unavailable(reason) | VectorError::Unfit(reason) => reason.clone(),
                    other => other.to_string(),
                };
                *failed = Some((Instant::now(), reason));
                Err(error)
            }
        }
    }

    /// Before each request.
    async fn ready(&self) -> Result<&Calls, VectorError> {
        match self.set_up().await {
            Ok(()) => Ok(&self.calls),
            // At a start it is a mistake in the settings; later, work has to wait until somebody has changed it.
            Err(error @ VectorError::ModelMismatch { .. }) => Err(VectorError::Unfit(error.to_string())),
            Err(error) => Err(error),
        }
    }

    /// A collection that has gone is set up again by the next request.
    fn seen<T>(&self, answer: Result<T, Failure>) -> Result<T, VectorError> {
        if matches!(answer, Err(Failure::Gone)) {
            let collection = &self.collection;
            tracing::error!(
                collection,
                "The collection has gone from the Qdrant server; start again to fill it"
            );
            self.is_set_up.store(false, Ordering::Release);
        }
        Ok(answer?)
    }

    fn ask(&self, query: &SearchQuery<'_>, vector: VectorInput, using: &str) -> QueryPoints {
        let request = QueryPointsBuilder::new(&self.collection)
            .query(Query::new_nearest(vector))
            .using(using)
            .filter(points::allowed(query))
            .limit(query.limit as u64)
            .with_payload(points::place());
        match self.settings.quantization {
            Some(Quantization::Scalar | Quantization::Binary) if using == DENSE => {
                let ranked_again =
                    QuantizationSearchParamsBuilder::default().rescore(true).oversampling(SPARE);
                request.params(SearchParamsBuilder::default().quantization(ranked_again)).build()
            }
            _ => request.build(),
        }
    }

    async fn delete(&self, what: Selection) -> Result<(), VectorError> {
        let calls = self.ready().await?;
        let filter = points::selected(what);
        let request = DeletePointsBuilder::new(&self.collection).points(filter).wait(true).build();
        self.seen(calls.write(|| calls.client.delete_points(request.clone())).await)?;
        Ok(())
    }
}

#[async_trait]
impl VectorIndex for QdrantIndex {
    async fn upsert(&self, points: Vec<Point>) -> Result<(), VectorError> {
        check_points(&points, self.settings.model.dimension)?;
        let calls = self.ready().await?;
        let mut rows = points.into_iter().map(points::row);
        loop {
            let batch: Vec<_> = rows.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return Ok(());
            }
            let request = UpsertPointsBuilder::new(&self.collection, batch).wait(true).build();
            self.seen(calls.write(|| calls.client.upsert_points(request.clone())).await)?;
        }
    }

    async fn settle(&self) -> Result<(), VectorError> {
        Ok(())
    }

    async fn search(&self, query: SearchQuery<'_>) -> Result<Branches, VectorError> {
        if let Some(dense) = query.dense {
            check_vector(dense, self.settings.model.dimension)?;
        }
        if query.limit == 0 || query.documents.is_some_and(<[DocumentId]>::is_empty) {
            return Ok(Branches::default());
        }
        let dense =
            query.dense.map(|vector| self.ask(&query, VectorInput::new_dense(vector.to_vec()), DENSE));
        let sparse = query.words.filter(|words| !words.is_empty()).map(|words| {
            let (terms, weights): (Vec<u32>, Vec<f32>) = words.iter().copied().unzip();
            self.ask(&query, VectorInput::new_sparse(terms, weights), SPARSE)
        });
        let (has_dense, has_sparse) = (dense.is_some(), sparse.is_some());
        if !has_dense && !has_sparse {
            return Ok(Branches::default());
        }
        let calls = self.ready().await?;
        let both: Vec<_> = dense.into_iter().chain(sparse).collect();
        // The server need not go on when nobody waits any more.
        let patience = self.settings.timeout.as_secs().max(1);
        let request = QueryBatchPointsBuilder::new(&self.collection, both).timeout(patience).build();
        let answer = self.seen(calls.read(|| calls.client.query_batch(request.clone())).await)?;
        let mut lists = answer.result.into_iter().map(|list| list.result.iter().map(points::hit).collect());
        let mut next = |asked: bool| if asked { lists.next().transpose() } else { Ok(None) };
        Ok(Branches {
            dense: next(has_dense)?.unwrap_or_default(),
            sparse: next(has_sparse)?.unwrap_or_default(),
        })
    }

    async fn remove_generation(
        &self,
        project: ProjectId,
        document: DocumentId,
        generation: i64,
    ) -> Result<(), VectorError> {
        self.delete(Selection::generation(project, document, generation)).await
    }

    async fn remove_project(&self, project: ProjectId) -> Result<(), VectorError> {
        self.delete(Selection::project(project)).await
    }

    async fn points(
        &self,
        project: ProjectId,
        document: DocumentId,
        generation: i64,
        positions: &[i64],
    ) -> Result<Vec<StoredPoint>, VectorError> {
        let calls = self.ready().await?;
        let mut found = Vec::new();
        for positions in ascending(positions).chunks(BATCH) {
            let id = |&position: &i64| point_id(document, generation, position).to_string().into();
            let ids: Vec<PointId> = positions.iter().map(id).collect();
            let request = GetPointsBuilder::new(&self.collection, ids)
                .with_payload(points::place())
                .with_vectors(VectorsSelector { names: vec![DENSE.to_owned()] })
                .build();
            let answer = self.seen(calls.read(|| calls.client.get_points(request.clone())).await)?;
            let ours = answer.result.iter().filter(|point| points::is_of(project, point));
            let stored = ours.filter_map(|point| points::stored(point).transpose());
            found.extend(stored.collect::<Result<Vec<_>, _>>()?);
        }
        found.sort_unstable_by_key(|point: &StoredPoint| point.position);
        Ok(found)
    }

    async fn count(&self, what: Selection) -> Result<u64, VectorError> {
        let calls = self.ready().await?;
        let filter = points::selected(what);
        let request = CountPointsBuilder::new(&self.collection).filter(filter).exact(true).build();
        let answer = self.seen(calls.read(|| calls.client.count(request.clone())).await)?;
        Ok(answer.result.map_or(0, |result| result.count))
    }

    async fn state(&self) -> IndexState {
        let info = async {
            let calls = self.ready().await?;
            self.seen(setup::info(calls, &self.collection).await)
        };
        let info = match info.await {
            Ok(info) => info,
            Err(error) => return IndexState { trouble: Some(error.to_string()), ..IndexState::default() },
        };
        let said = info.optimizer_status.as_ref().map_or("", |status| status.error.as_str());
        IndexState {
            trouble: (info.status() == CollectionStatus::Red)
                .then(|| format!("the Qdrant server reports trouble with its collection: {said}")),
            points: info.points_count.unwrap_or(0),
            disk_bytes: 0,
            optimizing: info.status() == CollectionStatus::Yellow,
            ..IndexState::default()
        }
    }
}
