//! What the client of a Qdrant server does when things are not as they should be.

use std::time::{Duration, Instant};

use docent::domain::{Code, Coded, DocumentId, ProjectId};
use docent::vectors::{
    IndexModel, Point, QdrantIndex, QdrantSettings, Quantization, SearchQuery, Selection, VectorError,
    VectorIndex,
};
use qdrant_client::qdrant as q;
use qdrant_client::qdrant::{payload_index_params::IndexParams, quantization_config, vectors_config};

use crate::support::qdrant::StubQdrant;

fn settings(stub: &StubQdrant, name: &str, dimension: usize) -> QdrantSettings {
    QdrantSettings::new(stub.url.clone(), IndexModel { name: name.into(), dimension })
}

fn point(document: i64) -> Point {
    Point {
        project: ProjectId::from(1),
        document: DocumentId::from(document),
        generation: 1,
        position: 0,
        dense: Some(vec![1.0, 0.0]),
        words: vec![(7, 1.0)],
    }
}

async fn everything(index: &QdrantIndex) -> Result<u64, VectorError> {
    index.count(Selection::everything()).await
}

async fn search(index: &QdrantIndex) -> Result<usize, VectorError> {
    let query = SearchQuery {
        project: ProjectId::from(1),
        dense: Some(&[1.0, 0.0]),
        words: Some(&[(7, 1.0)]),
        limit: 10,
        documents: None,
        hidden: &[],
    };
    Ok(index.search(query).await?.dense.len())
}

/// Why a collection that somebody has changed is not taken.
async fn refusal(change: impl Fn(&mut q::CreateCollection)) -> VectorError {
    let stub = StubQdrant::start().await;
    QdrantIndex::open(settings(&stub, "minilm", 2)).await.unwrap();
    stub.tamper(change);
    QdrantIndex::open(settings(&stub, "minilm", 2)).await.err().expect("it does not fit")
}

fn dense(made: &mut q::CreateCollection) -> &mut q::VectorParams {
    let config = made.vectors_config.as_mut().and_then(|config| config.config.as_mut());
    let Some(vectors_config::Config::ParamsMap(named)) = config else { panic!("named vectors") };
    named.map.get_mut("dense").unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_collection_is_made_once_and_for_many_projects() {
    let stub = StubQdrant::start().await;
    let index = QdrantIndex::open(settings(&stub, "minilm", 2)).await.unwrap();
    let info = stub.info();
    let mut fields: Vec<_> = info.payload_schema.keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["document", "project", "reading"]);
    let tenant = info.payload_schema["project"].params.as_ref().unwrap().index_params.as_ref();
    assert!(
        matches!(tenant, Some(IndexParams::KeywordIndexParams(params)) if params.is_tenant()),
        "{tenant:?}"
    );
    let graphs = info.config.unwrap().hnsw_config.unwrap();
    assert_eq!((graphs.m, graphs.payload_m), (Some(0), Some(16)), "graphs within projects only");
    index.upsert(vec![point(1)]).await.unwrap();

    let again = QdrantIndex::open(settings(&stub, "minilm", 2)).await.unwrap();
    assert_eq!(everything(&again).await.unwrap(), 1);
    let other = QdrantIndex::open(settings(&stub, "bge", 2)).await.unwrap();
    assert_eq!(everything(&other).await.unwrap(), 0, "each model has its own");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_gets_its_collection_as_set() {
    let stub = StubQdrant::start().await;
    let wanted = QdrantSettings {
        shards: Some(4),
        replicas: Some(2),
        write_consistency: Some(2),
        quantization: Some(Quantization::Scalar),
        on_disk: true,
        ..settings(&stub, "minilm", 2)
    };
    let index = QdrantIndex::open(wanted).await.unwrap();
    let config = stub.info().config.unwrap();
    let params = config.params.unwrap();
    assert_eq!(params.shard_number, 4);
    assert_eq!((params.replication_factor, params.write_consistency_factor), (Some(2), Some(2)));
    let quantized = config.quantization_config.unwrap().quantization;
    assert!(matches!(quantized, Some(quantization_config::Quantization::Scalar(_))), "{quantized:?}");
    index.upsert(vec![point(1)]).await.unwrap();
    assert_eq!(search(&index).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_is_one_request() {
    let stub = StubQdrant::start().await;
    let index = QdrantIndex::open(settings(&stub, "minilm", 2)).await.unwrap();
    index.upsert(vec![point(1)]).await.unwrap();
    let before = stub.requests();
    assert_eq!(search(&index).await.unwrap(), 1);
    assert_eq!(stub.requests() - before, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_be_repaired_is_repaired() {
    let stub = StubQdrant::start().await;
    let index = QdrantIndex::open(settings(&stub, "minilm", 2)).await.unwrap();
    index.upsert(vec![point(1)]).await.unwrap();
    stub.drop_index("project");
    stub.tamper(|made| {
        let sparse = made.sparse_vectors_config.as_mut().unwrap();
        sparse.map.get_mut("bm25").unwrap().modifier = Some(q::Modifier::Idf.into());
        made.metadata.clear();
    });

    let wanted = QdrantSettings {
        quantization: Some(Quantization::Binary),
        on_disk: true,
        ..settings(&stub, "minilm", 2)
    };
    let again = QdrantIndex::open(wanted).await.unwrap();
    let info = stub.info();
    assert!(info.payload_schema.contains_key("project"));
    let config = info.config.unwrap();
    assert_eq!(
        config.params.unwrap().sparse_vectors_config.unwrap().map["bm25"].modifier(),
        q::Modifier::None,
        "rarity is a project's own"
    );
    let quantized = config.quantization_config.unwrap().quantization;
    assert!(matches!(quantized, Some(quantization_config::Quantization::Binary(_))), "{quantized:?}");
    assert_eq!(config.metadata.len(), 1, "the name of the model");
    assert_eq!(search(&again).await.unwrap(), 1, "nothing is lost");

    // Unset leaves it, `none` takes it away.
    QdrantIndex::open(settings(&stub, "minilm", 2)).await.unwrap();
    assert!(stub.info().config.unwrap().quantization_config.is_some());
    let none = QdrantSettings { quantization: Some(Quantization::None), ..settings(&stub, "minilm", 2) };
    QdrantIndex::open(none).await.unwrap();
    assert!(stub.info().config.unwrap().quantization_config.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_repaired_is_refused_with_advice() {
    let other_model = |made: &mut q::CreateCollection| {
        made.metadata.values_mut().for_each(|name| *name = "bge".into());
    };
    let refused = refusal(other_model).await;
    assert!(matches!(refused, VectorError::ModelMismatch { .. }), "{refused:?}");
    assert!(refused.to_string().contains("`docent reindex`"), "{refused}");
    assert!(matches!(refusal(|made| dense(made).size = 3).await, VectorError::ModelMismatch { .. }));

    let refused = refusal(|made| dense(made).set_distance(q::Distance::Dot)).await;
    insta::assert_snapshot!(refused, @"the search index cannot be used: the collection `docent-minilm-2` does not compare by cosine; run `docent reindex` to make it anew, or set another QDRANT_COLLECTION_PREFIX if it belongs to somebody else");
    let refused = refusal(|made| made.sparse_vectors_config = None).await;
    assert!(refused.to_string().contains("no sparse vector named `bm25`"), "{refused}");
    let refused = refusal(|made| made.vectors_config = None).await;
    assert!(refused.to_string().contains("no vector named `dense`"), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_restarts_is_asked_again() {
    let stub = StubQdrant::start().await;
    let index = QdrantIndex::open(settings(&stub, "minilm", 2)).await.unwrap();
    stub.fail_next(2);
    index.upsert(vec![point(1)]).await.unwrap();
    stub.fail_next(2);
    assert_eq!(everything(&index).await.unwrap(), 1);

    stub.fail_next(100);
    let refused = index.upsert(vec![point(2)]).await.unwrap_err();
    assert!(matches!(refused, VectorError::Unavailable(_)), "{refused:?}");
    assert_eq!(refused.code(), Code::RetrievalUnavailable);
    assert!(index.state().await.trouble.is_some());
    stub.fail_next(0);
    assert_eq!(index.state().await.trouble, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_away_is_an_outage_that_ends_by_itself() {
    let mut stub = StubQdrant::start().await;
    let index = QdrantIndex::open(settings(&stub, "minilm", 2)).await.unwrap();
    index.upsert(vec![point(1)]).await.unwrap();
    stub.go_away().await;
    let begun = Instant::now();
    let refused = search(&index).await.unwrap_err();
    assert_eq!(refused.code(), Code::RetrievalUnavailable, "{refused:?}");
    assert!(index.state().await.trouble.is_some());
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());

    stub.come_back().await;
    assert_eq!(search(&index).await.unwrap(), 1);
    assert_eq!(index.state().await.trouble, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_away_at_the_start_is_set_up_when_it_comes() {
    let mut stub = StubQdrant::start().await;
    stub.go_away().await;
    let index = QdrantIndex::open(settings(&stub, "minilm", 2)).await.unwrap();
    let begun = Instant::now();
    // Whoever asks right after a set-up that failed need not wait for the next one.
    let refused = search(&index).await.unwrap_err();
    assert!(matches!(refused, VectorError::Unavailable(_)), "{refused:?}");
    assert!(index.state().await.trouble.unwrap().contains("cannot be reached"));
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());

    stub.come_back().await;
    let mut left = 50;
    while let Some(trouble) = index.state().await.trouble {
        left -= 1;
        assert!(left > 0, "still {trouble}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    index.upsert(vec![point(1)]).await.unwrap();
    assert_eq!(search(&index).await.unwrap(), 1);
    assert_eq!(stub.info().payload_schema.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collection_that_has_gone_is_made_anew() {
    let stub = StubQdrant::start().await;
    let index = QdrantIndex::open(settings(&stub, "minilm", 2)).await.unwrap();
    index.upsert(vec![point(1)]).await.unwrap();
    stub.forget();
    let refused = search(&index).await.unwrap_err();
    assert_eq!(refused.code(), Code::RetrievalUnavailable, "{refused:?}");
    index.upsert(vec![point(1)]).await.unwrap();
    assert_eq!(search(&index).await.unwrap(), 1);
    assert_eq!(stub.info().payload_schema.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_is_refused_is_said_at_the_start() {
    let stub = StubQdrant::start_with_key("right").await;
    let with = |key: &str| QdrantSettings { api_key: Some(key.into()), ..settings(&stub, "minilm", 2) };
    QdrantIndex::open(with("right")).await.unwrap();
    let refused = QdrantIndex::open(with("wrong")).await.err().expect("another key");
    insta::assert_snapshot!(refused, @"the search index cannot be used: the Qdrant server refuses the key; check QDRANT_API_KEY");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_points_go_in_parts() {
    let stub = StubQdrant::start().await;
    let index = QdrantIndex::open(settings(&stub, "minilm", 2)).await.unwrap();
    let before = stub.requests();
    index.upsert((0..1_000).map(point).collect()).await.unwrap();
    assert_eq!(stub.requests() - before, 4);
    assert_eq!(index.count(Selection::project(ProjectId::from(1))).await.unwrap(), 1_000);
}
