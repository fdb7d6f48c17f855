//! What is asked about or opened while a document is read for the first time is embedded first.

use std::collections::HashSet;
use std::sync::Arc;

use docent::auth::server_scope;
use docent::domain::DocumentId;
use docent::domain::document::DocumentStatus;
use docent::retrieve::{Ask, Attention, Found, Fusion, Mode, RetrievalSettings, Retriever};
use docent::store::{Backend, Chunk, Spot, Store, StoreSettings};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::early::pdf;
use crate::support::bench::{Bench, Counted};
use crate::support::databases::both_databases;
use crate::support::process::Program;

const PAGES: usize = 30;
/// Passages of one call of the embedder: more than any page has.
const FEW: usize = 8;
/// Calls that are settled before anything is asked: two under way, one ready.
const SETTLED: usize = 3;

/// A bench whose embedder waits, and what tells its workers what is looked at.
struct Watched {
    bench: Bench,
    counted: Arc<Counted>,
    attention: Attention,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Watched {
    async fn new(store: Store) -> Self {
        let mut bench = Bench::new(store).await;
        let counted = Counted::held_by_few(Arc::clone(&bench.embedder), FEW);
        bench.embedder = counted.clone();
        let attention = Attention::new(bench.store.clone(), Arc::clone(&bench.clock));
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        let (writing, stopped) = (attention.clone(), stop.clone());
        tasks.spawn(async move { writing.run(stopped).await });
        Self { bench, counted, attention, tasks, stop }
    }

    /// A document all of whose pages are found by their words, and none by its meaning.
    async fn read(&self) -> (DocumentId, Vec<Chunk>) {
        let document = self.bench.upload("long.pdf", &pdf::of(PAGES)).await;
        let all = Some(PAGES as i64);
        self.bench.reaches(document, |progress| progress.searchable_pages == all).await;
        let chunks = self.bench.store.read().await.unwrap().chunks_from(document, 1, 0, 1_000).await.unwrap();
        assert!(chunks.len() > 60, "{} chunks", chunks.len());
        (document, chunks)
    }

    async fn ask(&self, query: &str) -> Found {
        let retriever = Retriever::new(
            Arc::clone(&self.bench.index),
            Arc::clone(&self.bench.embedder),
            Arc::new(self.bench.store.clone()),
            RetrievalSettings { fusion: Fusion::CONFIDENT, min_cosine: 0.1 },
        );
        let retriever = retriever.with_attention(self.attention.clone());
        let ask = Ask { project: self.bench.project, query, top_k: 1, documents: None, mode: Mode::Hybrid };
        retriever.search(&server_scope(), ask).await.unwrap()
    }

    /// Waits until workers can know of these, in any order.
    async fn noted(&self, document: DocumentId, spots: &[Spot]) {
        let wanted: HashSet<Spot> = spots.iter().copied().collect();
        for _ in 0..1_000 {
            let known = self.bench.store.read().await.unwrap().wanted(document, 1).await.unwrap();
            if known.into_iter().collect::<HashSet<_>>() == wanted {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("never noted: {spots:?}");
    }

    /// Lets vectors of so many passages through, at least.
    async fn embed(&self, passages: usize) {
        for _ in 0..1_000 {
            if self.counted.count() >= passages {
                return;
            }
            self.counted.let_one_through();
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("{} of {passages} passages embedded", self.counted.count());
    }

    /// The positions of chunks in the order in which they got their vectors.
    fn order(&self, chunks: &[Chunk]) -> Vec<i64> {
        let texts = self.counted.texts();
        let position =
            |text: &String| chunks.iter().find(|chunk| text.contains(&chunk.text)).unwrap().position;
        texts.iter().map(position).collect()
    }

    async fn close(self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

/// Positions of the chunks of a page.
fn of_page(chunks: &[Chunk], page: i64) -> Vec<i64> {
    chunks.iter().filter(|chunk| chunk.page == Some(page)).map(|chunk| chunk.position).collect()
}

both_databases!(pages_that_are_asked_about_or_opened_are_embedded_first);

async fn pages_that_are_asked_about_or_opened_are_embedded_first(store: Store) {
    let watched = Watched::new(store).await;
    let workers = watched.bench.work().await;
    let (document, chunks) = watched.read().await;
    let last = chunks.last().unwrap();
    let found = watched.ask(&last.text).await;
    assert_eq!((found.sources[0].chunk_index, found.sources[0].partial), (last.position, true));
    watched.noted(document, &[Spot::Passage(last.position)]).await;
    watched.attention.opened(document, 1, [20].into_iter());
    watched.noted(document, &[Spot::Passage(last.position), Spot::Page(20)]).await;

    let (asked, opened) = (of_page(&chunks, PAGES as i64), of_page(&chunks, 20));
    let early = asked.len() + opened.len();
    watched.embed(SETTLED * FEW + early).await;
    let order = watched.order(&chunks);
    let (settled, wanted) = order.split_at(SETTLED * FEW);
    assert_eq!(settled, (0..24).collect::<Vec<_>>(), "what was under way goes on: {order:?}");
    let wanted: HashSet<i64> = wanted[..early].iter().copied().collect();
    assert_eq!(wanted, asked.into_iter().chain(opened).collect(), "{order:?}");

    // "By meaning to page N": the pages before the opened ones count, and those alone.
    let whole = chunks[24].page.unwrap() - 1;
    let reached = watched.bench.reaches(document, |it| it.chunks_done >= Some(early as i64 + 24)).await;
    assert!(reached.embedded_pages >= Some(whole) && reached.embedded_pages < Some(20), "{reached:?}");
    let hits = watched.ask(&last.text).await.trace.hits;
    let known = hits.iter().find(|hit| hit.key.position == last.position).unwrap();
    assert!(known.dense.is_some(), "the last page is found by its meaning: {known:?}");

    watched.counted.release();
    let end = watched.bench.settled(document).await;
    assert_eq!((end.status, end.embedded_pages), (DocumentStatus::Completed, Some(PAGES as i64)));
    let mut order = watched.order(&chunks);
    order.sort_unstable();
    assert_eq!(order, (0..chunks.len() as i64).collect::<Vec<_>>(), "each passage once");
    assert_eq!(watched.bench.points().await, chunks.len() as u64);
    watched.noted(document, &[]).await;
    watched.ask(&last.text).await;
    watched.attention.opened(document, 1, [3].into_iter());
    workers.stop().await;
    assert_eq!(watched.bench.store.read().await.unwrap().wanted(document, 1).await.unwrap(), []);
    watched.close().await;
}

both_databases!(the_next_attempt_goes_by_the_same_wishes);

async fn the_next_attempt_goes_by_the_same_wishes(store: Store) {
    let mut watched = Watched::new(store).await;
    // As beside a server: what is embedded is in the index and nowhere else.
    watched.bench.caches = false;
    let workers = watched.bench.work().await;
    let (document, chunks) = watched.read().await;
    watched.attention.opened(document, 1, [PAGES as i64].into_iter());
    watched.noted(document, &[Spot::Page(PAGES as i64)]).await;
    let last = of_page(&chunks, PAGES as i64);
    // Fails when the choice is made, and again at once, with part of the document in the index.
    watched.bench.faults.arm("chosen=error*2").unwrap();
    watched.embed(FEW).await;
    watched
        .bench
        .reaches(document, |progress| progress.attempt == 3 && progress.chunks_total.is_some())
        .await;
    watched.counted.release();
    let end = watched.bench.settled(document).await;
    assert_eq!((end.status, end.attempt), (DocumentStatus::Completed, 3));
    let order = watched.order(&chunks);
    let before = order.iter().position(|position| *position == last[0]).unwrap();
    assert!(before <= (1 + SETTLED) * FEW, "not behind the others: {order:?}");
    assert_eq!(watched.bench.points().await, chunks.len() as u64);
    watched.noted(document, &[]).await;
    workers.stop().await;
    watched.close().await;
}

both_databases!(wishes_end_with_their_reading);

async fn wishes_end_with_their_reading(store: Store) {
    let watched = Watched::new(store).await;
    let workers = watched.bench.work().await;
    let bench = &watched.bench;
    let (cancelled, _) = watched.read().await;
    watched.attention.opened(cancelled, 1, [9].into_iter());
    watched.noted(cancelled, &[Spot::Page(9)]).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.cancel_document(cancelled, bench.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.settled(cancelled).await.status, DocumentStatus::Cancelled);
    watched.noted(cancelled, &[]).await;

    // Another version's pages, pages that there are not, and documents that there are not change nothing.
    let (document, chunks) = watched.read().await;
    watched.attention.opened(document, 7, [1].into_iter());
    watched.attention.opened(DocumentId::new(999), 1, [1].into_iter());
    watched.attention.opened(document, 1, [-1, 0, 4_000].into_iter());
    watched.noted(document, &[Spot::Page(-1), Spot::Page(0), Spot::Page(4_000)]).await;
    watched.counted.release();
    assert_eq!(bench.settled(document).await.status, DocumentStatus::Completed);
    assert_eq!(bench.points().await, chunks.len() as u64);
    workers.stop().await;
    watched.close().await;
}

#[tokio::test]
async fn searches_and_opened_pages_are_noted_and_outlive_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let program = Program::start(&data, &[("INGEST_FAULTS", "before_embed=hang")]).await;
    let id = program.upload("long.pdf", pdf::of(PAGES)).await;
    while program.document(id).await["searchable_pages"] != PAGES {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let http = reqwest::Client::new();
    let content = async |query: &str| -> Value {
        let url = format!("{}/api/documents/{id}/content?{query}", program.url());
        serde_json::from_str(&http.get(url).send().await.unwrap().text().await.unwrap()).unwrap()
    };
    // The whole text is no page that was opened.
    let whole = content("limit=33").await;
    assert_eq!(whole["pages"].as_array().unwrap().len(), PAGES);
    assert_eq!(content("after=16&limit=1").await["pages"][0]["number"], 17);
    let url = format!("{}/api/projects/1/search", program.url());
    let words = whole["pages"][24]["number"].as_i64().unwrap();
    let text = whole["content"].as_str().unwrap();
    let query: String =
        text.chars().skip(whole["pages"][24]["start"].as_u64().unwrap() as usize).take(300).collect();
    let body = json!({"query": query, "top_k": 1}).to_string();
    let found = http.post(url).header("content-type", "application/json").body(body).send().await.unwrap();
    let found: Value = serde_json::from_str(&found.text().await.unwrap()).unwrap();
    let source = &found["results"][0]["metadata"];
    assert_eq!((&source["page"], &source["partial"]), (&json!(words), &json!(true)), "{found}");
    let asked = Spot::Passage(source["chunk_index"].as_i64().unwrap());

    let address = format!("sqlite:{}", data.join("docent.db").display());
    let store = Store::open(&StoreSettings::new(Backend::parse(&address).unwrap())).await.unwrap();
    let expected = HashSet::from([asked, Spot::Page(17)]);
    let noted = async || -> HashSet<Spot> {
        store.read().await.unwrap().wanted(id.into(), 1).await.unwrap().into_iter().collect()
    };
    while noted().await != expected {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    program.kill().await;
    assert_eq!(noted().await, expected);
    store.close().await;

    let program = Program::start(&data, &[]).await;
    let document = program.settled(id).await;
    assert_eq!((&document["status"], &document["embedded_pages"]), (&json!("completed"), &json!(PAGES)));
    program.stop().await;
    let store = Store::open(&StoreSettings::new(Backend::parse(&address).unwrap())).await.unwrap();
    assert_eq!(store.read().await.unwrap().wanted(id.into(), 1).await.unwrap(), []);
    store.close().await;
}
