//! What the client of a Qdrant server does when things are not as they should be.

use docent::domain::{Code, Coded, DocumentId, ProjectId};
use docent::vectors::{IndexModel, Point, QdrantIndex, QdrantSettings, Selection, VectorError, VectorIndex};

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
        dense: vec![1.0, 0.0],
        text: "kestrel".into(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_collection_is_made_once_with_its_indexes() {
    let stub = StubQdrant::start().await;
    let index = QdrantIndex::open(settings(&stub, "minilm", 2)).await.unwrap();
    assert_eq!(stub.indexed(), ["project", "document", "reading"]);
    index.upsert(vec![point(1)]).await.unwrap();

    let again = QdrantIndex::open(settings(&stub, "minilm", 2)).await.unwrap();
    assert_eq!(again.count(Selection::everything()).await.unwrap(), 1);
    assert_eq!(stub.indexed().len(), 3);
    let other = QdrantIndex::open(settings(&stub, "bge", 2)).await.unwrap();
    assert_eq!(other.count(Selection::everything()).await.unwrap(), 0, "each model has its own");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_restarts_is_asked_again() {
    let stub = StubQdrant::start().await;
    let index = QdrantIndex::open(settings(&stub, "minilm", 2)).await.unwrap();
    stub.fail_next(2);
    index.upsert(vec![point(1)]).await.unwrap();
    stub.fail_next(2);
    assert_eq!(index.count(Selection::everything()).await.unwrap(), 1);

    stub.fail_next(100);
    let refused = index.upsert(vec![point(2)]).await.unwrap_err();
    assert!(matches!(refused, VectorError::Unavailable(_)), "{refused:?}");
    assert_eq!(refused.code(), Code::RetrievalUnavailable);
    assert!(index.state().await.trouble.is_some());
    stub.fail_next(0);
    assert_eq!(index.state().await.trouble, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_points_go_in_parts() {
    let stub = StubQdrant::start().await;
    let index = QdrantIndex::open(settings(&stub, "minilm", 2)).await.unwrap();
    index.upsert((0..1_000).map(point).collect()).await.unwrap();
    assert_eq!(index.count(Selection::project(ProjectId::from(1))).await.unwrap(), 1_000);
}
