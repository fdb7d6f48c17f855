//! A server that speaks Qdrant's protocol well enough for the search index: collections, upserts, deletes by filter,
//! counts, reading back and both kinds of query, in memory. It is strict where a real one is (unknown collections,
//! vectors and dimensions, keys) and refuses whatever else it is asked. It listens on a port of this machine, so
//! several processes may share it, and it can be away. The real one is tested when `QDRANT_URL` names it.

mod collection;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use qdrant_client::qdrant as q;
use qdrant_client::qdrant::collections_server::{Collections, CollectionsServer};
use qdrant_client::qdrant::points_selector::PointsSelectorOneOf;
use qdrant_client::qdrant::points_server::{Points, PointsServer};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status};

use self::collection::{Collection, matches};

/// A running server; dropping it ends it.
pub struct StubQdrant {
    pub url: String,
    address: SocketAddr,
    key: Option<String>,
    shelf: Shelf,
    serving: JoinSet<()>,
    stop: CancellationToken,
}

/// What the server holds.
#[derive(Clone, Default)]
struct Shelf {
    collections: Arc<Mutex<HashMap<String, Collection>>>,
    /// So many of the next requests fail as if the server were restarting.
    failing: Arc<AtomicU32>,
    /// Requests in all.
    requests: Arc<AtomicU32>,
}

impl StubQdrant {
    pub async fn start() -> Self {
        Self::start_with(None).await
    }

    /// It asks for a key.
    pub async fn start_with_key(key: &str) -> Self {
        Self::start_with(Some(key.to_owned())).await
    }

    async fn start_with(key: Option<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut stub = Self {
            url: format!("http://{address}"),
            address,
            key,
            shelf: Shelf::default(),
            serving: JoinSet::new(),
            stop: CancellationToken::new(),
        };
        stub.serve(listener);
        stub
    }

    fn serve(&mut self, listener: TcpListener) {
        let key = self.key.clone();
        let admitted = move |request: Request<()>| {
            let given = request.metadata().get("api-key").and_then(|given| given.to_str().ok());
            if key.is_none() || key.as_deref() == given {
                Ok(request)
            } else {
                Err(Status::unauthenticated("Must provide an API key or an Authorization bearer token"))
            }
        };
        self.stop = CancellationToken::new();
        let server = tonic::transport::Server::builder()
            .add_service(CollectionsServer::with_interceptor(self.shelf.clone(), admitted.clone()))
            .add_service(PointsServer::with_interceptor(self.shelf.clone(), admitted))
            .serve_with_incoming_shutdown(
                tokio_stream::wrappers::TcpListenerStream::new(listener),
                self.stop.clone().cancelled_owned(),
            );
        self.serving.spawn(async move { server.await.unwrap() });
    }

    /// Closes the port: connections end, and there are no new ones. What it holds, it keeps.
    pub async fn go_away(&mut self) {
        self.stop.cancel();
        while let Some(ended) = self.serving.join_next().await {
            ended.unwrap();
        }
    }

    pub async fn come_back(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.serve(listener);
    }

    pub fn fail_next(&self, requests: u32) {
        self.shelf.failing.store(requests, Ordering::SeqCst);
    }

    /// How many requests have come.
    pub fn requests(&self) -> u32 {
        self.shelf.requests.load(Ordering::SeqCst)
    }

    /// Loses everything, as a server whose disk was replaced.
    pub fn forget(&self) {
        self.shelf.collections.lock().unwrap().clear();
    }

    /// The only collection, as others would see it.
    pub fn info(&self) -> q::CollectionInfo {
        let collections = self.shelf.collections.lock().unwrap();
        assert_eq!(collections.len(), 1, "one collection");
        collections.values().next().unwrap().info()
    }

    /// What somebody else does to all collections.
    pub fn tamper(&self, change: impl Fn(&mut q::CreateCollection)) {
        self.shelf.collections.lock().unwrap().values_mut().for_each(|held| change(&mut held.config));
    }

    /// Takes the index of a field away.
    pub fn drop_index(&self, field: &str) {
        self.shelf.collections.lock().unwrap().values_mut().for_each(|held| drop(held.indexed.remove(field)));
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
        let found = collections.get_mut(name);
        work(
            found
                .ok_or_else(|| Status::not_found(format!("Not found: Collection `{name}` doesn't exist!")))?,
        )
    }

    fn maybe_fail(&self) -> Result<(), Status> {
        self.requests.fetch_add(1, Ordering::SeqCst);
        let left = self.failing.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if left.is_ok() { Err(Status::unavailable("restarting")) } else { Ok(()) }
    }
}

/// A write that nobody waits for would be confirmed before searches see it.
fn waits(wait: Option<bool>) -> Result<(), Status> {
    if wait == Some(true) { Ok(()) } else { Err(Status::invalid_argument("the index always waits")) }
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
            return Err(Status::already_exists(format!("Collection `{name}` already exists!")));
        }
        collections.insert(name, Collection { config, ..Collection::default() });
        Ok(Response::new(q::CollectionOperationResponse { result: true, time: 0.0 }))
    }

    async fn delete(
        &self,
        request: Request<q::DeleteCollection>,
    ) -> Result<Response<q::CollectionOperationResponse>, Status> {
        self.maybe_fail()?;
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
            let result = Some(collection.info());
            Ok(Response::new(q::GetCollectionInfoResponse { result, time: 0.0 }))
        })
    }

    async fn update(
        &self,
        request: Request<q::UpdateCollection>,
    ) -> Result<Response<q::CollectionOperationResponse>, Status> {
        let request = request.into_inner();
        self.with(&request.collection_name.clone(), |collection| {
            collection.update(request)?;
            Ok(Response::new(q::CollectionOperationResponse { result: true, time: 0.0 }))
        })
    }

    refused! {
        list: ListCollectionsRequest => ListCollectionsResponse;
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
        waits(request.wait)?;
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
        waits(request.wait)?;
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
        waits(request.wait)?;
        self.with(&request.collection_name.clone(), |collection| {
            collection.index_field(request);
            Ok(Response::new(q::PointsOperationResponse::default()))
        })
    }

    async fn count(&self, request: Request<q::CountPoints>) -> Result<Response<q::CountResponse>, Status> {
        let request = request.into_inner();
        self.with(&request.collection_name, |collection| {
            let count = collection.select(request.filter.as_ref()).count() as u64;
            let result = Some(q::CountResult { count });
            Ok(Response::new(q::CountResponse { result, ..q::CountResponse::default() }))
        })
    }

    async fn query_batch(
        &self,
        request: Request<q::QueryBatchPoints>,
    ) -> Result<Response<q::QueryBatchResponse>, Status> {
        let request = request.into_inner();
        self.with(&request.collection_name, |collection| {
            let lists = request.query_points.iter().map(|asked| collection.query(asked));
            let lists = lists.map(|list| list.map(|result| q::BatchResult { result }));
            let result = lists.collect::<Result<_, _>>()?;
            Ok(Response::new(q::QueryBatchResponse { result, ..q::QueryBatchResponse::default() }))
        })
    }

    async fn query(&self, request: Request<q::QueryPoints>) -> Result<Response<q::QueryResponse>, Status> {
        let request = request.into_inner();
        self.with(&request.collection_name, |collection| {
            let result = collection.query(&request)?;
            Ok(Response::new(q::QueryResponse { result, ..q::QueryResponse::default() }))
        })
    }

    async fn get(&self, request: Request<q::GetPoints>) -> Result<Response<q::GetResponse>, Status> {
        let request = request.into_inner();
        self.with(&request.collection_name, |collection| {
            let result = collection.get(&request)?;
            Ok(Response::new(q::GetResponse { result, ..q::GetResponse::default() }))
        })
    }

    refused! {
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
        query_groups: QueryPointGroups => QueryGroupsResponse;
        facet: FacetCounts => FacetResponse;
        search_matrix_pairs: SearchMatrixPoints => SearchMatrixPairsResponse;
        search_matrix_offsets: SearchMatrixPoints => SearchMatrixOffsetsResponse;
    }
}
