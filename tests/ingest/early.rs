//! Found while it is read: a document without a live version is shown as far as it is, by words before by meaning.

use std::sync::Arc;
use std::time::Duration;

use docent::auth::server_scope;
use docent::domain::DocumentId;
use docent::domain::document::DocumentStatus;
use docent::retrieve::{Ask, Found, Fusion, Mode, RetrievalSettings, Retriever};
use docent::store::{Cancelled, Chunk, Store};

use super::text;
use crate::support::bench::{Bench, Counted};
use crate::support::databases::both_databases;

#[path = "../../benches/ingest/pdf.rs"]
pub(super) mod pdf;

const PAGES: usize = 30;

/// A bench whose embedder gives no vector of a passage until it is told to.
async fn held(store: Store) -> (Bench, Arc<Counted>) {
    let mut bench = Bench::new(store).await;
    let counted = Counted::held(Arc::clone(&bench.embedder), Duration::ZERO);
    bench.embedder = counted.clone();
    (bench, counted)
}

async fn ask(bench: &Bench, query: &str) -> Found {
    let retriever = Retriever::new(
        Arc::clone(&bench.index),
        Arc::clone(&bench.embedder),
        Arc::new(bench.store.clone()),
        RetrievalSettings { fusion: Fusion::CONFIDENT, min_cosine: 0.1 },
    );
    let ask = Ask { project: bench.project, query, top_k: 5, documents: None, mode: Mode::Hybrid };
    retriever.search(&server_scope(), ask).await.unwrap()
}

async fn chunks(bench: &Bench, document: DocumentId) -> Vec<Chunk> {
    bench.store.read().await.unwrap().chunks_from(document, 1, 0, 1_000).await.unwrap()
}

/// Every word of the project with how many chunks have it, by the words of these chunks; and the languages.
async fn counted_words(bench: &Bench, chunks: &[Chunk]) -> Vec<(u32, i64)> {
    let text: Vec<&str> = chunks.iter().map(|chunk| chunk.text.as_str()).collect();
    let english = Some(docent::words::Language::English);
    let terms: Vec<u32> =
        docent::words::passage(&text.join("\n"), english).terms.into_iter().map(|(term, _)| term).collect();
    let mut tx = bench.store.read().await.unwrap();
    let mut found: Vec<_> = tx.holding(bench.project, &terms).await.unwrap().into_iter().collect();
    found.sort_unstable();
    let totals = tx.word_totals(bench.project).await.unwrap();
    found.extend(totals.iter().map(|total| (0, total.chunks)));
    found
}

both_databases!(the_last_page_is_found_by_its_words_while_no_page_has_a_vector);

async fn the_last_page_is_found_by_its_words_while_no_page_has_a_vector(store: Store) {
    let (bench, counted) = held(store).await;
    let workers = bench.work().await;
    let document = bench.upload("long.pdf", &pdf::of(PAGES)).await;
    let pages = Some(PAGES as i64);
    let reached = bench.reaches(document, |progress| progress.searchable_pages == pages).await;
    assert_eq!((reached.status, reached.embedded_pages.unwrap_or(0)), (DocumentStatus::Processing, 0));
    assert_eq!(counted.count(), 0, "nothing is embedded yet");

    let last = chunks(&bench, document).await.pop().unwrap();
    let found = ask(&bench, &last.text).await;
    let first = &found.sources[0];
    assert_eq!((first.chunk_index, first.page, first.partial), (last.position, pages, true), "{first:?}");
    assert!(found.relevant);
    let hit = &found.trace.hits[0];
    assert!(hit.dense.is_none() && hit.sparse.is_some(), "only the words knew it: {hit:?}");

    counted.release();
    assert_eq!(bench.settled(document).await.status, DocumentStatus::Completed);
    let whole = bench.state(document).await;
    assert_eq!((whole.searchable_pages, whole.embedded_pages), (pages, pages));
    let found = ask(&bench, &last.text).await;
    assert_eq!((found.sources[0].chunk_index, found.sources[0].partial), (last.position, false));
    assert!(found.trace.hits[0].dense.is_some() && found.trace.hits[0].sparse.is_some());
    assert_eq!(bench.points().await, chunks(&bench, document).await.len() as u64, "each chunk has one point");
    workers.stop().await;
}

both_databases!(pages_are_found_by_meaning_as_their_vectors_come);

async fn pages_are_found_by_meaning_as_their_vectors_come(store: Store) {
    let (bench, counted) = held(store).await;
    let workers = bench.work().await;
    let document = bench.upload("long.pdf", &pdf::of(PAGES)).await;
    bench.reaches(document, |progress| progress.searchable_pages == Some(PAGES as i64)).await;
    counted.let_one_through();
    let reached = bench.reaches(document, |progress| progress.embedded_pages > Some(0)).await;
    assert!(reached.embedded_pages < reached.searchable_pages, "one batch of several: {reached:?}");
    let (first, last) = {
        let mut all = chunks(&bench, document).await;
        let last = all.pop().unwrap();
        (all.swap_remove(0), last)
    };
    let hits = ask(&bench, &first.text).await.trace.hits;
    assert!(hits.iter().any(|hit| hit.key.position == 0 && hit.dense.is_some()), "{hits:?}");
    assert!(hits.iter().any(|hit| hit.dense.is_none()), "the last pages have no meaning yet: {hits:?}");
    let found = ask(&bench, &last.text).await;
    let best: Vec<_> = found.sources.iter().map(|source| source.chunk_index).collect();
    assert_eq!(best[0], last.position, "not behind what merely has a vector: {best:?}");
    counted.release();
    bench.settled(document).await;
    workers.stop().await;
}

both_databases!(a_reading_that_is_cancelled_deleted_or_fails_is_found_no_more);

async fn a_reading_that_is_cancelled_deleted_or_fails_is_found_no_more(store: Store) {
    let (bench, counted) = held(store).await;
    let workers = bench.work().await;
    let query = "kestrel number 3";
    let searchable = async |name: &str| {
        let document = bench.upload(name, text(300).as_bytes()).await;
        bench.reaches(document, |progress| progress.searchable_pages == Some(1)).await;
        assert!(!ask(&bench, query).await.sources.is_empty(), "{name}");
        document
    };

    let cancelled = searchable("cancelled.txt").await;
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.cancel_document(cancelled, bench.clock.now()).await.unwrap(), Cancelled::Asked);
    tx.commit().await.unwrap();
    assert_eq!(ask(&bench, query).await.sources, [], "from the moment it was asked for");
    assert_eq!(bench.settled(cancelled).await.status, DocumentStatus::Cancelled);
    assert_eq!(bench.state(cancelled).await.searchable_pages, None);

    let deleted = searchable("deleted.txt").await;
    let mut tx = bench.store.begin().await.unwrap();
    assert!(tx.delete_document(bench.project, deleted, bench.clock.now()).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(ask(&bench, query).await.sources, []);

    bench.faults.arm("after_embed=error*99").unwrap();
    let failed = searchable("failed.txt").await;
    counted.release();
    assert_eq!(bench.settled(failed).await.status, DocumentStatus::Failed);
    assert_eq!(bench.state(failed).await.searchable_pages, None);
    assert_eq!(ask(&bench, query).await.sources, []);
    bench.idle().await;
    assert_eq!(bench.points().await, 0, "and nothing of them stays");
    let totals = bench.store.read().await.unwrap().word_totals(bench.project).await.unwrap();
    assert_eq!(totals, [], "nor do their words count");
    workers.stop().await;
}

both_databases!(a_new_version_is_not_found_before_it_is_whole);

async fn a_new_version_is_not_found_before_it_is_whole(store: Store) {
    let (bench, counted) = held(store).await;
    counted.let_one_through();
    let workers = bench.work().await;
    let document = bench.upload("guide.txt", b"Kestrels eat voles.").await;
    assert_eq!(bench.settled(document).await.status, DocumentStatus::Completed);

    bench.upload_again(document, b"Kestrels eat grasshoppers, too.").await;
    let reached = bench.reaches(document, |progress| progress.chunks_total == Some(1)).await;
    assert_eq!((reached.status, reached.searchable_pages), (DocumentStatus::Processing, None));
    let found = ask(&bench, "What do kestrels eat?").await;
    let shown: Vec<_> = found.sources.iter().map(|it| (it.generation, it.partial)).collect();
    assert_eq!(shown, [(1, false)], "the old one answers");

    counted.release();
    bench.reaches(document, |progress| progress.status == DocumentStatus::Completed).await;
    let found = ask(&bench, "What do kestrels eat?").await;
    assert_eq!(found.sources.iter().map(|it| it.generation).collect::<Vec<_>>(), [2]);
    workers.stop().await;
}

both_databases!(attempts_that_fail_double_no_vector_and_no_word);

async fn attempts_that_fail_double_no_vector_and_no_word(store: Store) {
    let mut bench = Bench::new(store).await;
    let counted = Counted::new(Arc::clone(&bench.embedder), Duration::ZERO);
    bench.embedder = counted.clone();
    // As beside a server: what an earlier attempt has embedded is in the index and nowhere else.
    bench.caches = false;
    for plan in ["words_indexed=error", "words_counted=panic", "before_settle=error"] {
        bench.faults.arm(plan).unwrap();
    }
    let workers = bench.work().await;
    let document = bench.upload("long.pdf", &pdf::of(PAGES)).await;
    let end = bench.settled(document).await;
    assert_eq!((end.status, end.attempt), (DocumentStatus::Completed, 4));
    bench.idle().await;
    let chunks = chunks(&bench, document).await;
    assert_eq!(bench.points().await, chunks.len() as u64);
    assert_eq!(counted.count(), chunks.len(), "nothing is embedded twice");

    let (after, other) = (counted_words(&bench, &chunks).await, bench.project("Undisturbed").await);
    let undisturbed = bench.upload_to(other, "long.pdf", &pdf::of(PAGES)).await;
    bench.settled(undisturbed).await;
    bench.project = other;
    assert_eq!(after, counted_words(&bench, &chunks).await, "each word is counted once");
    assert!(after.len() > 100, "{} words", after.len());
    workers.stop().await;
}
