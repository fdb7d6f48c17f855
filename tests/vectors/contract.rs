//! What every index must do, run on each kind: in memory, embedded, and on a server when `QDRANT_URL` is set.

use std::sync::Arc;

use docent::domain::{DocumentId, ProjectId};
use docent::vectors::{
    Branches, EdgeIndex, EdgeSettings, Hit, IndexModel, MemoryIndex, Point, QdrantIndex, QdrantSettings,
    SearchQuery, Selection, VectorError, VectorIndex,
};

use crate::support::words;

/// One function per promise; each gets a fresh index of four dimensions.
macro_rules! contract {
    ($($name:ident;)*) => {
        mod memory {
            $(#[tokio::test]
            async fn $name() {
                super::$name(std::sync::Arc::new(super::MemoryIndex::new(4))).await;
            })*
        }

        mod edge {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let folder = tempfile::tempdir().unwrap();
                let settings = super::EdgeSettings::new(folder.path().join("index"), super::model());
                super::$name(std::sync::Arc::new(super::EdgeIndex::open(settings).unwrap())).await;
            })*
        }

        /// Over the wire, to a stub that speaks the server's protocol.
        mod wire {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let stub = crate::support::qdrant::StubQdrant::start().await;
                let settings = super::QdrantSettings::new(stub.url.clone(), super::model());
                super::$name(std::sync::Arc::new(super::QdrantIndex::open(settings).await.unwrap())).await;
            })*
        }

        mod server {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let Some(settings) = super::server_settings(stringify!($name)) else { return };
                super::QdrantIndex::discard(&settings).await.unwrap();
                let index = super::QdrantIndex::open(settings.clone()).await.unwrap();
                super::$name(std::sync::Arc::new(index)).await;
                super::QdrantIndex::discard(&settings).await.unwrap();
            })*
        }
    };
}

contract! {
    finds_by_meaning_and_by_word;
    ranks_exact_terms_first;
    shows_nothing_of_another_project;
    narrows_to_documents_and_an_empty_list_finds_nothing;
    hides_generations;
    changes_nothing_when_told_twice;
    replaces_what_was_there;
    forgets_for_good;
    counts_what_is_selected;
    gives_its_vectors_back;
    refuses_vectors_that_do_not_fit;
    takes_chunks_without_a_single_word;
    finds_by_words_alone_until_the_vector_comes;
    serves_many_at_once;
}

fn model() -> IndexModel {
    IndexModel { name: "test".into(), dimension: 4 }
}

fn server_settings(test: &str) -> Option<QdrantSettings> {
    let Ok(url) = std::env::var("QDRANT_URL") else {
        println!("skipped on a real Qdrant server: QDRANT_URL is not set");
        return None;
    };
    let prefix = format!("docent-contract-{test}");
    Some(QdrantSettings {
        api_key: std::env::var("QDRANT_API_KEY").ok(),
        prefix,
        ..QdrantSettings::new(url, model())
    })
}

fn project(id: i64) -> ProjectId {
    ProjectId::from(id)
}

fn document(id: i64) -> DocumentId {
    DocumentId::from(id)
}

/// A point of project 1, generation 1.
fn point(document: i64, position: i64, dense: [f32; 4], text: &str) -> Point {
    Point {
        project: project(1),
        document: DocumentId::from(document),
        generation: 1,
        position,
        dense: Some(dense.to_vec()),
        words: words::of_passage(text),
    }
}

const NORTH: [f32; 4] = [1.0, 0.0, 0.0, 0.0];
const NORTHISH: [f32; 4] = [0.9, 0.1, 0.0, 0.0];
const EAST: [f32; 4] = [0.0, 1.0, 0.0, 0.0];

fn asking<'a>(dense: Option<&'a [f32]>, text: Option<&str>) -> SearchQuery<'a> {
    SearchQuery {
        project: project(1),
        dense,
        words: text.map(words::asked),
        limit: 10,
        documents: None,
        hidden: &[],
    }
}

async fn birds(index: &dyn VectorIndex) {
    let points = vec![
        point(1, 0, NORTH, "The kestrel hovers over the meadow and takes voles."),
        point(1, 1, EAST, "Owls hunt at night."),
        point(2, 0, NORTHISH, "A kestrel is a small falcon; the kestrel nests on ledges."),
        point(3, 0, EAST, "Invoices are due within thirty days."),
    ];
    index.upsert(points).await.unwrap();
    index.settle().await.unwrap();
}

fn places(hits: &[Hit]) -> Vec<(i64, i64)> {
    hits.iter().map(|hit| (hit.document.get(), hit.position)).collect()
}

async fn finds_by_meaning_and_by_word(index: Arc<dyn VectorIndex>) {
    birds(&*index).await;
    let found = index.search(asking(Some(&NORTH), Some("voles"))).await.unwrap();
    assert_eq!(places(&found.dense)[..2], [(1, 0), (2, 0)]);
    assert!((found.dense[0].score - 1.0).abs() < 1e-4, "a cosine: {found:?}");
    assert_eq!(places(&found.sparse), [(1, 0)]);
    assert!(found.sparse[0].score > 0.0);

    let found = index.search(asking(Some(&NORTH), None)).await.unwrap();
    assert_eq!(found.sparse, []);
    let found = index.search(asking(None, Some("vole"))).await.unwrap();
    assert_eq!((found.dense.len(), places(&found.sparse)), (0, vec![(1, 0)]), "a word finds its plural");
}

async fn ranks_exact_terms_first(index: Arc<dyn VectorIndex>) {
    let filler = |n: i64| point(10 + n, 0, EAST, "The pump is serviced each year by the operator.");
    let mut points: Vec<_> = (0..30).map(filler).collect();
    points.push(point(1, 0, EAST, "Error E4711: the pump has lost its prime."));
    points.push(point(2, 0, EAST, "Error E4712: the pump runs hot."));
    index.upsert(points).await.unwrap();
    let found = index.search(asking(None, Some("What does E4711 on the pump mean?"))).await.unwrap();
    assert_eq!(places(&found.sparse)[0], (1, 0));
    assert!(
        found.sparse[0].score > 2.0 * found.sparse[1].score,
        "shared words add up: {:?}",
        &found.sparse[..2]
    );
    assert!(found.sparse.windows(2).all(|pair| pair[0].score >= pair[1].score), "best first");

    let nothing = SearchQuery { words: Some(&[]), ..asking(None, None) };
    assert_eq!(index.search(nothing).await.unwrap().sparse, [], "no words find nothing");
}

async fn shows_nothing_of_another_project(index: Arc<dyn VectorIndex>) {
    birds(&*index).await;
    let mut theirs = point(4, 0, NORTH, "The kestrel of another project.");
    theirs.project = project(2);
    index.upsert(vec![theirs]).await.unwrap();

    let ours = index.search(asking(Some(&NORTH), Some("kestrel"))).await.unwrap();
    assert!(ours.dense.iter().chain(&ours.sparse).all(|hit| hit.document != document(4)), "{ours:?}");
    let query = SearchQuery { project: project(2), ..asking(Some(&NORTH), Some("kestrel")) };
    let theirs = index.search(query).await.unwrap();
    assert_eq!((places(&theirs.dense), places(&theirs.sparse)), (vec![(4, 0)], vec![(4, 0)]));
    let query = SearchQuery { project: project(3), ..asking(Some(&NORTH), Some("kestrel")) };
    assert_eq!(index.search(query).await.unwrap(), Branches::default());
}

async fn narrows_to_documents_and_an_empty_list_finds_nothing(index: Arc<dyn VectorIndex>) {
    birds(&*index).await;
    let only = [document(2), document(3)];
    let query = SearchQuery { documents: Some(&only), ..asking(Some(&NORTH), Some("kestrel")) };
    let found = index.search(query).await.unwrap();
    assert_eq!((places(&found.dense), places(&found.sparse)), (vec![(2, 0), (3, 0)], vec![(2, 0)]));

    let query = SearchQuery { documents: Some(&[]), ..asking(Some(&NORTH), Some("kestrel")) };
    assert_eq!(index.search(query).await.unwrap(), Branches::default());
}

async fn hides_generations(index: Arc<dyn VectorIndex>) {
    birds(&*index).await;
    let mut next = point(1, 0, NORTH, "The kestrel, revised.");
    next.generation = 2;
    index.upsert(vec![next]).await.unwrap();

    let hidden = [(document(1), 1)];
    let query = SearchQuery { hidden: &hidden, ..asking(Some(&NORTH), Some("kestrel")) };
    let found = index.search(query).await.unwrap();
    let readings: Vec<_> = found.sparse.iter().map(|hit| (hit.document.get(), hit.generation)).collect();
    assert!(readings.contains(&(1, 2)) && readings.contains(&(2, 1)), "{readings:?}");
    assert!(
        !found
            .dense
            .iter()
            .chain(&found.sparse)
            .any(|hit| (hit.document, hit.generation) == (document(1), 1))
    );
}

async fn changes_nothing_when_told_twice(index: Arc<dyn VectorIndex>) {
    birds(&*index).await;
    let before = index.search(asking(Some(&NORTH), Some("kestrel"))).await.unwrap();
    birds(&*index).await;
    let after = index.search(asking(Some(&NORTH), Some("kestrel"))).await.unwrap();
    assert_eq!(before, after);
    assert_eq!(index.count(Selection::everything()).await.unwrap(), 4);
}

async fn replaces_what_was_there(index: Arc<dyn VectorIndex>) {
    birds(&*index).await;
    index.upsert(vec![point(1, 0, EAST, "Now about herons.")]).await.unwrap();
    let found = index.search(asking(Some(&NORTH), Some("voles"))).await.unwrap();
    assert_eq!(found.sparse, []);
    assert_eq!(places(&found.dense)[0], (2, 0));
    assert_eq!(places(&index.search(asking(None, Some("herons"))).await.unwrap().sparse), [(1, 0)]);
}

async fn forgets_for_good(index: Arc<dyn VectorIndex>) {
    birds(&*index).await;
    let mut next = point(1, 0, NORTH, "The kestrel, revised.");
    next.generation = 2;
    let mut theirs = point(9, 0, NORTH, "The kestrel of another project.");
    theirs.project = project(2);
    index.upsert(vec![next, theirs]).await.unwrap();

    index.remove_generation(project(1), document(1), 1).await.unwrap();
    index.settle().await.unwrap();
    let found = index.search(asking(None, Some("kestrel voles owls"))).await.unwrap();
    let mut readings: Vec<_> = found.sparse.iter().map(|hit| (hit.document.get(), hit.generation)).collect();
    readings.sort_unstable();
    assert_eq!(readings, [(1, 2), (2, 1)], "the other generation and the other document stay");

    index.remove_project(project(1)).await.unwrap();
    assert_eq!(index.count(Selection::project(project(1))).await.unwrap(), 0);
    assert_eq!(index.search(asking(Some(&NORTH), Some("kestrel"))).await.unwrap(), Branches::default());
    assert_eq!(index.count(Selection::project(project(2))).await.unwrap(), 1);
    index.remove_project(project(1)).await.expect("nothing left is no error");
}

async fn counts_what_is_selected(index: Arc<dyn VectorIndex>) {
    birds(&*index).await;
    let count = |what| index.count(what);
    assert_eq!(count(Selection::everything()).await.unwrap(), 4);
    assert_eq!(count(Selection::project(project(1))).await.unwrap(), 4);
    assert_eq!(count(Selection::project(project(2))).await.unwrap(), 0);
    assert_eq!(count(Selection::generation(project(1), document(1), 1)).await.unwrap(), 2);
    assert_eq!(count(Selection::generation(project(1), document(1), 2)).await.unwrap(), 0);
    let of_document = Selection { document: Some(document(1)), ..Selection::default() };
    assert_eq!(count(of_document).await.unwrap(), 2);
    let of_generation = Selection { generation: Some(1), ..Selection::default() };
    assert_eq!(count(of_generation).await.unwrap(), 4);
    let state = index.state().await;
    assert_eq!((state.trouble, state.points), (None, 4));
}

async fn gives_its_vectors_back(index: Arc<dyn VectorIndex>) {
    // More than one request's worth, in an order of their own, beside others.
    let slanted = |n: i64| [3.0, 4.0, 0.0, n as f32 / 100.0];
    let positions: Vec<i64> = (0..300).rev().collect();
    index.upsert(positions.iter().map(|&n| point(1, n, slanted(n), "A kestrel.")).collect()).await.unwrap();
    let next = Point { generation: 2, ..point(1, 0, EAST, "A kestrel, revised.") };
    let theirs = Point { project: project(2), ..point(9, 0, NORTH, "Of another project.") };
    index.upsert(vec![next, theirs, point(2, 0, NORTH, "An owl.")]).await.unwrap();

    let found = index.points(project(1), document(1), 1, &positions).await.unwrap();
    assert_eq!(found.iter().map(|point| point.position).collect::<Vec<_>>(), (0..300).collect::<Vec<_>>());
    for stored in &found {
        assert_eq!((stored.document, stored.generation), (document(1), 1));
        let given = slanted(stored.position);
        let length = given.iter().map(|n| n * n).sum::<f32>().sqrt();
        let apart = |(given, stored): (&f32, &f32)| (given / length - stored).abs();
        assert!(given.iter().zip(&stored.dense).map(apart).all(|apart| apart < 1e-5), "{stored:?}");
    }
    let found = index.points(project(1), document(1), 2, &[7, 0, 0, -1]).await.unwrap();
    assert_eq!(found.iter().map(|point| point.position).collect::<Vec<_>>(), [0], "what is there, and once");
    assert_eq!(index.points(project(1), document(1), 1, &[]).await.unwrap(), []);
    assert_eq!(index.points(project(1), document(9), 1, &[0]).await.unwrap(), [], "of another project");
    assert_eq!(index.points(project(2), document(9), 1, &[0]).await.unwrap().len(), 1);
}

async fn refuses_vectors_that_do_not_fit(index: Arc<dyn VectorIndex>) {
    let short = Point { dense: Some(vec![1.0]), ..point(1, 0, NORTH, "short") };
    let absurd = Point { dense: Some(vec![f32::NAN; 4]), ..point(1, 0, NORTH, "absurd") };
    let refused = index.upsert(vec![point(1, 1, NORTH, "fine"), short]).await;
    assert!(matches!(refused, Err(VectorError::Dimension { expected: 4, found: 1 })), "{refused:?}");
    assert!(matches!(index.upsert(vec![absurd]).await, Err(VectorError::NotFinite)));
    assert_eq!(index.count(Selection::everything()).await.unwrap(), 0, "a bad batch leaves nothing");
    let refused = index.search(asking(Some(&[1.0]), None)).await;
    assert!(matches!(refused, Err(VectorError::Dimension { .. })), "{refused:?}");
}

async fn takes_chunks_without_a_single_word(index: Arc<dyn VectorIndex>) {
    index.upsert(vec![point(1, 0, NORTH, "— ⁂ —"), point(1, 1, EAST, "the")]).await.unwrap();
    index.upsert(Vec::new()).await.unwrap();
    let found = index.search(asking(Some(&NORTH), Some("⁂"))).await.unwrap();
    assert_eq!((places(&found.dense)[0], found.sparse.len()), ((1, 0), 0));
}

async fn finds_by_words_alone_until_the_vector_comes(index: Arc<dyn VectorIndex>) {
    birds(&*index).await;
    let whole = point(5, 0, NORTH, "Bitterns boom in the reeds.");
    index.upsert(vec![Point { dense: None, ..whole.clone() }]).await.unwrap();
    index.settle().await.unwrap();
    let found = index.search(asking(Some(&NORTH), Some("bitterns"))).await.unwrap();
    assert_eq!(places(&found.sparse), [(5, 0)]);
    assert!(found.dense.iter().all(|hit| hit.document != document(5)), "it has no meaning yet: {found:?}");
    assert_eq!(
        index.points(project(1), document(5), 1, &[0]).await.unwrap(),
        [],
        "nothing to take elsewhere"
    );
    assert_eq!(index.count(Selection::everything()).await.unwrap(), 5);

    index.upsert(vec![whole]).await.unwrap();
    index.settle().await.unwrap();
    let found = index.search(asking(Some(&NORTH), Some("bitterns"))).await.unwrap();
    assert_eq!(places(&found.sparse), [(5, 0)]);
    assert!(found.dense.iter().any(|hit| hit.document == document(5) && hit.score > 0.99), "{found:?}");
    assert_eq!(index.points(project(1), document(5), 1, &[0]).await.unwrap().len(), 1);
    assert_eq!(index.count(Selection::everything()).await.unwrap(), 5, "the same point, and no other");
}

async fn serves_many_at_once(index: Arc<dyn VectorIndex>) {
    birds(&*index).await;
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..8 {
        let index = Arc::clone(&index);
        tasks.spawn(async move {
            for position in 0..20 {
                index
                    .upsert(vec![point(100 + n, position, NORTHISH, "Swifts sleep in the air.")])
                    .await
                    .unwrap();
                let found = index.search(asking(Some(&NORTH), Some("voles"))).await.unwrap();
                assert_eq!((places(&found.dense)[0], places(&found.sparse)), ((1, 0), vec![(1, 0)]));
            }
            index.settle().await.unwrap();
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    assert_eq!(index.count(Selection::everything()).await.unwrap(), 4 + 8 * 20);
}
