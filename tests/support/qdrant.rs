//! A server that speaks Qdrant's protocol well enough for the search index: collections, upserts, deletes by filter,
//! counts and both kinds of query, in memory. It is strict where a real one is (unknown collections, vectors and
//! dimensions) and refuses whatever else it is asked. The real one is tested when `QDRANT_URL` names it.

use std::collections::{BTreeMap, HashMap};
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use qdrant_client::qdrant::collections_server::{Collections, CollectionsServer};
use qdrant_client::qdrant::condition::ConditionOneOf;
use qdrant_client::qdrant::r#match::MatchValue;
use qdrant_client::qdrant::points_selector::PointsSelectorOneOf;
use qdrant_client::qdrant::points_server::{Points, PointsServer};
use qdrant_client::qdrant::{self as q, query, value, vector, vector_input, vectors, vectors_config};
use tonic::{Request, Response, Status};

/// A running server; dropping it ends it.
pub struct StubQdrant {
    pub url: String,
    shelf: Shelf,
    _serving: tokio::task::JoinSet<()>,
}

/// What the server holds.
#[derive(Clone, Default)]
struct Shelf {
    collections: Arc<Mutex<HashMap<String, Collection>>>,
    /// So many of the next requests fail as if the server were restarting.
    failing: Arc<AtomicU32>,
}

#[derive(Default)]
struct Collection {
    config: Option<q::CreateCollection>,
    indexed: Vec<String>,
    points: BTreeMap<String, Stored>,
}

struct Stored {
    point: q::PointStruct,
    dense: Vec<f32>,
    sparse: HashMap<u32, f32>,
}

impl StubQdrant {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shelf = Shelf::default();
        let server = tonic::transport::Server::builder()
            .add_service(CollectionsServer::new(shelf.clone()))
            .add_service(PointsServer::new(shelf.clone()))
            .serve_with_incoming(tokio_stream::wrappers::TcpListenerStream::new(listener));
        let mut serving = tokio::task::JoinSet::new();
        serving.spawn(async move { server.await.unwrap() });
        Self { url, shelf, _serving: serving }
    }

    pub fn fail_next(&self, requests: u32) {
        self.shelf.failing.store(requests, Ordering::SeqCst);
    }

    /// Fields with an index, of the only collection.
    pub fn indexed(&self) -> Vec<String> {
        let collections = self.shelf.collections.lock().unwrap();
        collections.values().flat_map(|collection| collection.indexed.clone()).collect()
    }
}

impl Shelf {
    fn with<T>(
        &self,
        name: &str,
        work: impl FnOnce(&mut Collection) -> Result<T, Status>,
    ) -> Result<T, Status> {
        self.maybe_fail()?;
        let mut collections = self.collections.lock().unwrap();
        work(collections.get_mut(name).ok_or_else(|| Status::not_found(format!("no collection `{name}`")))?)
    }

    fn maybe_fail(&self) -> Result<(), Status> {
        let left = self.failing.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if left.is_ok() { Err(Status::unavailable("restarting")) } else { Ok(()) }
    }

    fn ask(&self, asked: &q::QueryPoints) -> Result<Vec<q::ScoredPoint>, Status> {
        self.with(&asked.collection_name, |collection| collection.nearest(asked))
    }
}

impl Collection {
    fn dimension(&self) -> Option<u64> {
        let config = self.config.as_ref()?.vectors_config.as_ref()?.config.as_ref()?;
        let vectors_config::Config::ParamsMap(named) = config else { return None };
        Some(named.map.get("dense")?.size)
    }

    fn put(&mut self, point: q::PointStruct) -> Result<(), Status> {
        let Some(vectors::VectorsOptions::Vectors(named)) =
            point.vectors.as_ref().and_then(|vectors| vectors.vectors_options.as_ref())
        else {
            return Err(Status::invalid_argument("vectors have names here"));
        };
        let (mut dense, mut sparse) = (Vec::new(), HashMap::new());
        for (name, given) in &named.vectors {
            match (name.as_str(), given.vector.as_ref()) {
                ("dense", Some(vector::Vector::Dense(given))) => dense.clone_from(&given.data),
                ("bm25", Some(vector::Vector::Sparse(given))) => {
                    sparse = given.indices.iter().copied().zip(given.values.iter().copied()).collect();
                }
                _ => return Err(Status::invalid_argument(format!("no vector `{name}` of that kind"))),
            }
        }
        if Some(dense.len() as u64) != self.dimension() {
            return Err(Status::invalid_argument("wrong dimension"));
        }
        let id = format!("{:?}", point.id);
        self.points.insert(id, Stored { point, dense: unit(dense), sparse });
        Ok(())
    }

    fn nearest(&self, asked: &q::QueryPoints) -> Result<Vec<q::ScoredPoint>, Status> {
        let Some(query::Variant::Nearest(input)) =
            asked.query.as_ref().and_then(|query| query.variant.as_ref())
        else {
            return Err(Status::unimplemented("only nearest"));
        };
        let allowed = self.points.values().filter(|stored| matches(asked.filter.as_ref(), &stored.point));
        let scored: Vec<(f32, &Stored)> = match (asked.using(), input.variant.as_ref()) {
            ("dense", Some(vector_input::Variant::Dense(given))) => {
                let given = unit(given.data.clone());
                allowed.map(|stored| (dot(&stored.dense, &given), stored)).collect()
            }
            ("bm25", Some(vector_input::Variant::Sparse(given))) => {
                let given: Vec<_> = given.indices.iter().zip(&given.values).collect();
                let weight = |stored: &Stored| {
                    let parts = given.iter().filter_map(|(term, times)| {
                        Some(stored.sparse.get(term)? * **times * self.rarity(**term))
                    });
                    parts.sum::<f32>()
                };
                allowed.map(|stored| (weight(stored), stored)).filter(|(score, _)| *score > 0.0).collect()
            }
            _ => return Err(Status::invalid_argument("no such vector, or of another kind")),
        };
        let mut scored = scored;
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        scored.truncate(usize::try_from(asked.limit()).unwrap());
        let hit = |(score, stored): (f32, &Stored)| q::ScoredPoint {
            id: stored.point.id.clone(),
            payload: if asked.with_payload.is_some() { stored.point.payload.clone() } else { HashMap::new() },
            score,
            ..q::ScoredPoint::default()
        };
        Ok(scored.into_iter().map(hit).collect())
    }

    /// As the collection was asked to, with `Modifier::Idf`.
    fn rarity(&self, term: u32) -> f32 {
        let sparse = self.config.as_ref().and_then(|config| config.sparse_vectors_config.as_ref());
        let modifier = sparse.and_then(|sparse| sparse.map.get("bm25")).map(q::SparseVectorParams::modifier);
        if modifier != Some(q::Modifier::Idf) {
            return 1.0;
        }
        let holding = self.points.values().filter(|stored| stored.sparse.contains_key(&term)).count() as f32;
        ((self.points.len() as f32 - holding + 0.5) / (holding + 0.5) + 1.0).ln()
    }
}

fn matches(filter: Option<&q::Filter>, point: &q::PointStruct) -> bool {
    let holds = |condition: &q::Condition| match condition.condition_one_of.as_ref().unwrap() {
        ConditionOneOf::Field(field) => {
            let wanted = field.r#match.as_ref().and_then(|wanted| wanted.match_value.as_ref()).unwrap();
            match (point.payload.get(&field.key).and_then(|value| value.kind.as_ref()), wanted) {
                (Some(value::Kind::StringValue(found)), MatchValue::Keyword(wanted)) => found == wanted,
                (Some(value::Kind::StringValue(found)), MatchValue::Keywords(any)) => {
                    any.strings.contains(found)
                }
                (Some(value::Kind::IntegerValue(found)), MatchValue::Integer(wanted)) => found == wanted,
                (Some(value::Kind::IntegerValue(found)), MatchValue::Integers(any)) => {
                    any.integers.contains(found)
                }
                _ => false,
            }
        }
        other => panic!("the stub does not know {other:?}"),
    };
    filter.is_none_or(|filter| {
        assert!(filter.should.is_empty() && filter.min_should.is_none());
        filter.must.iter().all(holds) && !filter.must_not.iter().any(holds)
    })
}

fn unit(vector: Vec<f32>) -> Vec<f32> {
    let length = dot(&vector, &vector).sqrt();
    vector.into_iter().map(|number| number / length).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Methods that the index has no use for, in the form that `async_trait` would give them: it does not look into macros.
macro_rules! refused {
    ($($method:ident: $request:ident => $response:ident;)*) => {$(
        fn $method<'a, 'b>(
            &'a self,
            _: Request<q::$request>,
        ) -> Pin<Box<dyn Future<Output = Result<Response<q::$response>, Status>> + Send + 'b>>
        where
            'a: 'b,
            Self: 'b,
        {
            Box::pin(async { Err(Status::unimplemented(stringify!($method))) })
        }
    )*};
}

#[tonic::async_trait]
impl Collections for Shelf {
    async fn create(
        &self,
        request: Request<q::CreateCollection>,
    ) -> Result<Response<q::CollectionOperationResponse>, Status> {
        self.maybe_fail()?;
        let config = request.into_inner();
        let name = config.collection_name.clone();
        let mut collections = self.collections.lock().unwrap();
        if collections.contains_key(&name) {
            return Err(Status::already_exists(name));
        }
        collections.insert(name, Collection { config: Some(config), ..Collection::default() });
        Ok(Response::new(q::CollectionOperationResponse { result: true, time: 0.0 }))
    }

    async fn delete(
        &self,
        request: Request<q::DeleteCollection>,
    ) -> Result<Response<q::CollectionOperationResponse>, Status> {
        let gone = self.collections.lock().unwrap().remove(&request.into_inner().collection_name);
        Ok(Response::new(q::CollectionOperationResponse { result: gone.is_some(), time: 0.0 }))
    }

    async fn collection_exists(
        &self,
        request: Request<q::CollectionExistsRequest>,
    ) -> Result<Response<q::CollectionExistsResponse>, Status> {
        self.maybe_fail()?;
        let exists = self.collections.lock().unwrap().contains_key(&request.into_inner().collection_name);
        let result = Some(q::CollectionExists { exists });
        Ok(Response::new(q::CollectionExistsResponse { result, time: 0.0 }))
    }

    async fn get(
        &self,
        request: Request<q::GetCollectionInfoRequest>,
    ) -> Result<Response<q::GetCollectionInfoResponse>, Status> {
        self.with(&request.into_inner().collection_name, |collection| {
            let vectors_config = collection.config.as_ref().and_then(|config| config.vectors_config.clone());
            let params = Some(q::CollectionParams { vectors_config, ..q::CollectionParams::default() });
            let config = Some(q::CollectionConfig { params, ..q::CollectionConfig::default() });
            let result = Some(q::CollectionInfo { config, ..q::CollectionInfo::default() });
            Ok(Response::new(q::GetCollectionInfoResponse { result, time: 0.0 }))
        })
    }

    refused! {
        list: ListCollectionsRequest => ListCollectionsResponse;
        update: UpdateCollection => CollectionOperationResponse;
        update_aliases: ChangeAliases => CollectionOperationResponse;
        list_collection_aliases: ListCollectionAliasesRequest => ListAliasesResponse;
        list_aliases: ListAliasesRequest => ListAliasesResponse;
        collection_cluster_info: CollectionClusterInfoRequest => CollectionClusterInfoResponse;
        update_collection_cluster_setup: UpdateCollectionClusterSetupRequest => UpdateCollectionClusterSetupResponse;
        create_shard_key: CreateShardKeyRequest => CreateShardKeyResponse;
        delete_shard_key: DeleteShardKeyRequest => DeleteShardKeyResponse;
        list_shard_keys: ListShardKeysRequest => ListShardKeysResponse;
    }
}

#[tonic::async_trait]
impl Points for Shelf {
    async fn upsert(
        &self,
        request: Request<q::UpsertPoints>,
    ) -> Result<Response<q::PointsOperationResponse>, Status> {
        let request = request.into_inner();
        assert_eq!(request.wait, Some(true));
        self.with(&request.collection_name, |collection| {
            request.points.into_iter().try_for_each(|point| collection.put(point))?;
            Ok(Response::new(q::PointsOperationResponse::default()))
        })
    }

    async fn delete(
        &self,
        request: Request<q::DeletePoints>,
    ) -> Result<Response<q::PointsOperationResponse>, Status> {
        let request = request.into_inner();
        assert_eq!(request.wait, Some(true));
        let Some(PointsSelectorOneOf::Filter(filter)) =
            request.points.and_then(|points| points.points_selector_one_of)
        else {
            return Err(Status::unimplemented("only by filter"));
        };
        self.with(&request.collection_name, |collection| {
            collection.points.retain(|_, stored| !matches(Some(&filter), &stored.point));
            Ok(Response::new(q::PointsOperationResponse::default()))
        })
    }

    async fn create_field_index(
        &self,
        request: Request<q::CreateFieldIndexCollection>,
    ) -> Result<Response<q::PointsOperationResponse>, Status> {
        let request = request.into_inner();
        self.with(&request.collection_name, |collection| {
            collection.indexed.push(request.field_name.clone());
            Ok(Response::new(q::PointsOperationResponse::default()))
        })
    }

    async fn count(&self, request: Request<q::CountPoints>) -> Result<Response<q::CountResponse>, Status> {
        let request = request.into_inner();
        self.with(&request.collection_name, |collection| {
            let counted =
                collection.points.values().filter(|stored| matches(request.filter.as_ref(), &stored.point));
            let result = Some(q::CountResult { count: counted.count() as u64 });
            Ok(Response::new(q::CountResponse { result, ..q::CountResponse::default() }))
        })
    }

    async fn query_batch(
        &self,
        request: Request<q::QueryBatchPoints>,
    ) -> Result<Response<q::QueryBatchResponse>, Status> {
        let lists = request
            .into_inner()
            .query_points
            .iter()
            .map(|asked| self.ask(asked))
            .collect::<Result<Vec<_>, _>>();
        let result = lists?.into_iter().map(|result| q::BatchResult { result }).collect();
        Ok(Response::new(q::QueryBatchResponse { result, ..q::QueryBatchResponse::default() }))
    }

    refused! {
        get: GetPoints => GetResponse;
        update_vectors: UpdatePointVectors => PointsOperationResponse;
        delete_vectors: DeletePointVectors => PointsOperationResponse;
        set_payload: SetPayloadPoints => PointsOperationResponse;
        overwrite_payload: SetPayloadPoints => PointsOperationResponse;
        delete_payload: DeletePayloadPoints => PointsOperationResponse;
        clear_payload: ClearPayloadPoints => PointsOperationResponse;
        delete_field_index: DeleteFieldIndexCollection => PointsOperationResponse;
        create_vector_name: CreateVectorNameRequest => PointsOperationResponse;
        delete_vector_name: DeleteVectorNameRequest => PointsOperationResponse;
        search: SearchPoints => SearchResponse;
        search_batch: SearchBatchPoints => SearchBatchResponse;
        search_groups: SearchPointGroups => SearchGroupsResponse;
        scroll: ScrollPoints => ScrollResponse;
        recommend: RecommendPoints => RecommendResponse;
        recommend_batch: RecommendBatchPoints => RecommendBatchResponse;
        recommend_groups: RecommendPointGroups => RecommendGroupsResponse;
        discover: DiscoverPoints => DiscoverResponse;
        discover_batch: DiscoverBatchPoints => DiscoverBatchResponse;
        update_batch: UpdateBatchPoints => UpdateBatchResponse;
        query: QueryPoints => QueryResponse;
        query_groups: QueryPointGroups => QueryGroupsResponse;
        facet: FacetCounts => FacetResponse;
        search_matrix_pairs: SearchMatrixPoints => SearchMatrixPairsResponse;
        search_matrix_offsets: SearchMatrixPoints => SearchMatrixOffsetsResponse;
    }
}
