//! A Qdrant server or cluster over gRPC: for more than one node, or more than the memory of one.
//!
//! One collection per embedding model, the project as tenant key. Writes wait until the server has applied them,
//! and the server keeps what it confirmed, so there is nothing to settle.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use qdrant_client::qdrant::{
    Condition, CountPointsBuilder, CreateCollectionBuilder, CreateFieldIndexCollectionBuilder,
    DeletePointsBuilder, Distance, FieldType, Filter, IntegerIndexParamsBuilder, KeywordIndexParamsBuilder,
    Modifier, NamedVectors, PointStruct, Query, QueryBatchPointsBuilder, QueryPoints, QueryPointsBuilder,
    ScoredPoint, SparseVectorParamsBuilder, SparseVectorsConfigBuilder, UpsertPointsBuilder, Value, Vector,
    VectorInput, VectorParamsBuilder, VectorsConfigBuilder, payload_index_params, value, vectors_config,
};
use qdrant_client::{Payload, Qdrant, QdrantError};

use super::bm25::{MeanLength, Terms};
use super::edge::terms_of;
use super::{
    Branches, Hit, IndexModel, IndexState, Point, SearchQuery, Selection, VectorError, VectorIndex,
    check_points, check_vector,
};
use crate::domain::{DocumentId, ProjectId};

const DENSE: &str = "dense";
const SPARSE: &str = "bm25";
const PROJECT: &str = "project";
const DOCUMENT: &str = "document";
const READING: &str = "reading";
const GENERATION: &str = "generation";
const POSITION: &str = "position";

/// Points per request.
const BATCH: usize = 256;
/// All requests can be repeated without harm, and are, when the server or the way to it fails.
const TRIES: u32 = 4;
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// Which server, and how collections are set up there.
#[derive(Debug, Clone)]
pub struct QdrantSettings {
    /// The gRPC address, such as `http://127.0.0.1:6334`.
    pub url: String,
    pub api_key: Option<String>,
    pub model: IndexModel,
    /// Begins the name of the collection; the model follows.
    pub prefix: String,
    pub timeout: Duration,
    pub connect_timeout: Duration,
    pub shards: Option<u32>,
    pub replicas: Option<u32>,
    /// Vectors and payload on disk instead of in the server's memory.
    pub on_disk: bool,
}

impl QdrantSettings {
    pub fn new(url: String, model: IndexModel) -> Self {
        Self {
            url,
            api_key: None,
            model,
            prefix: "docent".into(),
            timeout: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(3),
            shards: None,
            replicas: None,
            on_disk: false,
        }
    }

    fn collection(&self) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
        let model: String = self.model.name.chars().map(plain).collect();
        format!("{}-{model}-{}", self.prefix, self.model.dimension)
    }

    fn client(&self) -> Result<Qdrant, VectorError> {
        let client = Qdrant::from_url(&self.url)
            .api_key(self.api_key.clone())
            .timeout(self.timeout)
            .connect_timeout(self.connect_timeout)
            .keep_alive_while_idle()
            // It would ask the server, and wait for it, before anything is known to be there.
            .skip_compatibility_check()
            .build();
        Ok(client?)
    }
}

/// The index on a server.
pub struct QdrantIndex {
    client: Qdrant,
    collection: String,
    dimension: usize,
    mean: Mutex<MeanLength>,
}

impl QdrantIndex {
    /// Connects, and sets the collection up where it is missing.
    pub async fn open(settings: QdrantSettings) -> Result<Self, VectorError> {
        let index = Self {
            client: settings.client()?,
            collection: settings.collection(),
            dimension: settings.model.dimension,
            mean: Mutex::default(),
        };
        if !retrying(|| index.client.collection_exists(&index.collection)).await? {
            index.create(&settings).await?;
        }
        index.check(&settings).await?;
        Ok(index)
    }

    /// Throws the collection away, if there is one.
    pub async fn discard(settings: &QdrantSettings) -> Result<(), VectorError> {
        let (client, collection) = (settings.client()?, settings.collection());
        if retrying(|| client.collection_exists(&collection)).await? {
            retrying(|| client.delete_collection(&collection)).await?;
        }
        Ok(())
    }

    async fn create(&self, settings: &QdrantSettings) -> Result<(), VectorError> {
        let mut dense = VectorsConfigBuilder::default();
        let size = self.dimension as u64;
        dense.add_named_vector_params(
            DENSE,
            VectorParamsBuilder::new(size, Distance::Cosine).on_disk(settings.on_disk),
        );
        let mut sparse = SparseVectorsConfigBuilder::default();
        sparse.add_named_vector_params(SPARSE, SparseVectorParamsBuilder::default().modifier(Modifier::Idf));
        let mut request = CreateCollectionBuilder::new(&self.collection)
            .vectors_config(dense)
            .sparse_vectors_config(sparse)
            .on_disk_payload(true);
        if let Some(shards) = settings.shards {
            request = request.shard_number(shards);
        }
        if let Some(replicas) = settings.replicas {
            request = request.replication_factor(replicas);
        }
        let request = request.build();
        match retrying(|| self.client.create_collection(request.clone())).await {
            // Another node was faster.
            Err(_) if retrying(|| self.client.collection_exists(&self.collection)).await? => {}
            created => drop(created?),
        }
        self.index_field(PROJECT, FieldType::Keyword, KeywordIndexParamsBuilder::default().is_tenant(true))
            .await?;
        self.index_field(DOCUMENT, FieldType::Integer, IntegerIndexParamsBuilder::new(true, false)).await?;
        self.index_field(READING, FieldType::Keyword, KeywordIndexParamsBuilder::default()).await
    }

    async fn index_field(
        &self,
        name: &str,
        kind: FieldType,
        params: impl Into<payload_index_params::IndexParams>,
    ) -> Result<(), VectorError> {
        let request = CreateFieldIndexCollectionBuilder::new(&self.collection, name, kind)
            .field_index_params(params)
            .wait(true)
            .build();
        retrying(|| self.client.create_field_index(request.clone())).await?;
        Ok(())
    }

    /// That the collection is the one this program would have made.
    async fn check(&self, settings: &QdrantSettings) -> Result<(), VectorError> {
        let info = retrying(|| self.client.collection_info(&self.collection)).await?;
        let params = info.result.and_then(|info| info.config?.params?.vectors_config?.config);
        let dimension = match params {
            Some(vectors_config::Config::ParamsMap(named)) => named.map.get(DENSE).map(|params| params.size),
            _ => None,
        };
        let Some(dimension) = dimension else {
            let message = format!("collection `{}` was not made by Docent; rename it", self.collection);
            return Err(VectorError::Engine(message));
        };
        let dimension = usize::try_from(dimension).unwrap_or(usize::MAX);
        settings.model.compare(IndexModel { name: settings.model.name.clone(), dimension })
    }

    fn mean(&self) -> std::sync::MutexGuard<'_, MeanLength> {
        self.mean.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn row(&self, point: Point) -> PointStruct {
        let terms = terms_of(&point.text);
        let mean = {
            let mut mean = self.mean();
            mean.add(&terms);
            mean.get()
        };
        let payload: HashMap<&str, Value> = HashMap::from([
            (PROJECT, point.project.to_string().into()),
            (DOCUMENT, point.document.get().into()),
            (READING, reading(point.document, point.generation).into()),
            (GENERATION, point.generation.into()),
            (POSITION, point.position.into()),
        ]);
        let id = point.id().to_string();
        let mut vectors = NamedVectors::default().add_vector(DENSE, Vector::new_dense(point.dense));
        if let Some(sparse) = sparse(&terms, mean) {
            vectors = vectors.add_vector(SPARSE, sparse);
        }
        PointStruct::new(id, vectors, Payload::from(payload))
    }

    fn ask(&self, query: &SearchQuery<'_>, vector: VectorInput, using: &str) -> QueryPoints {
        QueryPointsBuilder::new(&self.collection)
            .query(Query::new_nearest(vector))
            .using(using)
            .filter(allowed(query))
            .limit(query.limit as u64)
            .with_payload(true)
            .build()
    }

    async fn delete(&self, what: Selection) -> Result<(), VectorError> {
        let request = DeletePointsBuilder::new(&self.collection).points(selected(what)).wait(true).build();
        retrying(|| self.client.delete_points(request.clone())).await?;
        Ok(())
    }
}

#[async_trait]
impl VectorIndex for QdrantIndex {
    async fn upsert(&self, points: Vec<Point>) -> Result<(), VectorError> {
        check_points(&points, self.dimension)?;
        let mut rows = points.into_iter().map(|point| self.row(point));
        loop {
            let batch: Vec<_> = rows.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return Ok(());
            }
            let request = UpsertPointsBuilder::new(&self.collection, batch).wait(true).build();
            retrying(|| self.client.upsert_points(request.clone())).await?;
        }
    }

    async fn settle(&self) -> Result<(), VectorError> {
        Ok(())
    }

    async fn search(&self, query: SearchQuery<'_>) -> Result<Branches, VectorError> {
        if let Some(dense) = query.dense {
            check_vector(dense, self.dimension)?;
        }
        if query.limit == 0 || query.documents.is_some_and(<[DocumentId]>::is_empty) {
            return Ok(Branches::default());
        }
        let dense =
            query.dense.map(|vector| self.ask(&query, VectorInput::new_dense(vector.to_vec()), DENSE));
        let sparse = query.text.map(terms_of).filter(|terms| !terms.counts.is_empty()).map(|terms| {
            let terms: Vec<u32> = terms.counts.into_iter().map(|(term, _)| term).collect();
            let ones = vec![1.0; terms.len()];
            self.ask(&query, VectorInput::new_sparse(terms, ones), SPARSE)
        });
        let (has_dense, has_sparse) = (dense.is_some(), sparse.is_some());
        if !has_dense && !has_sparse {
            return Ok(Branches::default());
        }
        let both: Vec<_> = dense.into_iter().chain(sparse).collect();
        let request = QueryBatchPointsBuilder::new(&self.collection, both).build();
        let answer = retrying(|| self.client.query_batch(request.clone())).await?;
        let mut lists = answer.result.into_iter().map(|list| list.result.iter().map(hit).collect());
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

    async fn count(&self, what: Selection) -> Result<u64, VectorError> {
        let request = CountPointsBuilder::new(&self.collection).filter(selected(what)).exact(true).build();
        let answer = retrying(|| self.client.count(request.clone())).await?;
        Ok(answer.result.map_or(0, |result| result.count))
    }

    async fn state(&self) -> IndexState {
        // Once only: readiness is asked again soon.
        match self.client.count(CountPointsBuilder::new(&self.collection).exact(false)).await {
            Ok(answer) => {
                IndexState { points: answer.result.map_or(0, |result| result.count), ..IndexState::default() }
            }
            Err(error) => {
                IndexState { trouble: Some(VectorError::from(error).to_string()), ..IndexState::default() }
            }
        }
    }
}

fn sparse(terms: &Terms, mean: f64) -> Option<Vector> {
    let (indices, values): (Vec<u32>, Vec<f32>) = terms.weights(mean).into_iter().unzip();
    (!indices.is_empty()).then(|| Vector::new_sparse(indices, values))
}

fn allowed(query: &SearchQuery<'_>) -> Filter {
    let mut must = vec![Condition::matches(PROJECT, query.project.to_string())];
    if let Some(documents) = query.documents {
        let numbers: Vec<i64> = documents.iter().map(|document| document.get()).collect();
        must.push(Condition::matches(DOCUMENT, numbers));
    }
    let mut filter = Filter::must(must);
    if !query.hidden.is_empty() {
        let hidden: Vec<String> =
            query.hidden.iter().map(|&(document, generation)| reading(document, generation)).collect();
        filter.must_not.push(Condition::matches(READING, hidden));
    }
    filter
}

fn selected(what: Selection) -> Filter {
    let project = what.project.map(|project| Condition::matches(PROJECT, project.to_string()));
    let reading_or_document = match (what.document, what.generation) {
        (Some(document), Some(generation)) => {
            Some(Condition::matches(READING, reading(document, generation)))
        }
        (Some(document), None) => Some(Condition::matches(DOCUMENT, document.get())),
        (None, Some(generation)) => Some(Condition::matches(GENERATION, generation)),
        (None, None) => None,
    };
    Filter::must(project.into_iter().chain(reading_or_document))
}

fn reading(document: DocumentId, generation: i64) -> String {
    format!("{document}:{generation}")
}

fn hit(point: &ScoredPoint) -> Result<Hit, VectorError> {
    let number = |name| match point.payload.get(name)?.kind {
        Some(value::Kind::IntegerValue(number)) => Some(number),
        _ => None,
    };
    match (number(DOCUMENT), number(GENERATION), number(POSITION)) {
        (Some(document), Some(generation), Some(position)) => {
            Ok(Hit { document: DocumentId::from(document), generation, position, score: point.score })
        }
        _ => Err(VectorError::Engine("a point on the Qdrant server has lost its payload".into())),
    }
}

/// Repeats what failed because the server or the way to it failed, with growing pauses.
async fn retrying<T, F: Future<Output = Result<T, QdrantError>>>(
    request: impl Fn() -> F,
) -> Result<T, VectorError> {
    let mut pause = FIRST_PAUSE;
    for _ in 1..TRIES {
        match request().await {
            Err(error) if is_passing(&error) => tokio::time::sleep(pause).await,
            done => return Ok(done?),
        }
        pause *= 3;
    }
    Ok(request().await?)
}

/// Whether the same request may succeed a little later.
fn is_passing(error: &QdrantError) -> bool {
    const CANCELLED: i32 = 1;
    const DEADLINE_EXCEEDED: i32 = 4;
    const ABORTED: i32 = 10;
    const UNAVAILABLE: i32 = 14;
    match error {
        QdrantError::ResponseError { status } => {
            // The client reports a connection that was never made as an internal error.
            [CANCELLED, DEADLINE_EXCEEDED, ABORTED, UNAVAILABLE].contains(&i32::from(status.code()))
                || status.message().starts_with("Failed to connect")
        }
        QdrantError::ResourceExhaustedError { .. } | QdrantError::Io(_) => true,
        _ => false,
    }
}

impl From<QdrantError> for VectorError {
    fn from(error: QdrantError) -> Self {
        if is_passing(&error) {
            Self::Unavailable(error.to_string())
        } else {
            Self::Engine(error.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: &str) -> QdrantSettings {
        let model = IndexModel { name: "sentence-transformers/all-MiniLM-L6-v2+int8".into(), dimension: 384 };
        QdrantSettings {
            connect_timeout: Duration::from_millis(200),
            ..QdrantSettings::new(url.into(), model)
        }
    }

    #[test]
    fn each_model_has_its_own_collection() {
        let name = settings("http://127.0.0.1:1").collection();
        insta::assert_snapshot!(name, @"docent-sentence-transformers-all-minilm-l6-v2-int8-384");
    }

    #[tokio::test]
    async fn a_server_that_is_away_is_an_outage_and_does_not_hang() {
        let begun = std::time::Instant::now();
        let refused =
            QdrantIndex::open(settings("http://127.0.0.1:1")).await.err().expect("nobody listens there");
        assert!(matches!(refused, VectorError::Unavailable(_)), "{refused:?}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    }

    #[test]
    fn the_filter_always_names_the_project() {
        let hidden = [(DocumentId::from(4), 2)];
        let query = SearchQuery {
            project: ProjectId::from(9),
            dense: None,
            text: None,
            limit: 1,
            documents: Some(&[]),
            hidden: &hidden,
        };
        let filter = allowed(&query);
        assert_eq!(filter.must[0], Condition::matches(PROJECT, "9".to_string()));
        assert_eq!(filter.must_not, [Condition::matches(READING, vec!["4:2".to_string()])]);
    }
}
