//! The search service over the index in memory, words as vectors, and a shelf in the database's place.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use docent::auth::server_scope;
use docent::domain::{DocumentId, ProjectId, Scope};
use docent::embedding::{self, Embedder, EmbeddingSettings, HashSettings};
use docent::retrieve::{
    Ask, ChunkKey, Fate, Found, Fusion, Library, LiveChunk, Mode, Rerank, RetrievalSettings, RetrieveError,
    Retriever, Spoken, Stage, TraceHit,
};
use docent::store::ShownGeneration;
use docent::vectors::{
    Branches, IndexState, MemoryIndex, Point, SearchQuery, Selection, StoredPoint, VectorError, VectorIndex,
};
use docent::words::Language;

use tokio::sync::Semaphore;

use crate::support::words;

/// Chunks that are live; whatever is not on it, the database would not show.
#[derive(Default)]
struct Shelf {
    live: Mutex<HashMap<ChunkKey, LiveChunk>>,
    hidden: Mutex<Vec<(DocumentId, i64)>>,
    asked: Mutex<Vec<DocumentId>>,
}

#[async_trait::async_trait]
impl Library for Shelf {
    async fn hidden(&self, _: ProjectId) -> Result<Vec<(DocumentId, i64)>, RetrieveError> {
        Ok(self.hidden.lock().unwrap().clone())
    }

    async fn spoken(&self, _: ProjectId) -> Result<Vec<Spoken>, RetrieveError> {
        let chunks = self.live.lock().unwrap().len() as i64;
        Ok(vec![(Some(Language::English), chunks)])
    }

    async fn holding(&self, _: ProjectId, terms: &[u32]) -> Result<HashMap<u32, i64>, RetrieveError> {
        let live = self.live.lock().unwrap();
        let has =
            |chunk: &LiveChunk, term| words::of_passage(&chunk.content).iter().any(|&(held, _)| held == term);
        let count = |&term: &u32| (term, live.values().filter(|chunk| has(chunk, term)).count() as i64);
        Ok(terms.iter().map(count).collect())
    }

    async fn live(
        &self,
        _: &Scope,
        _: ProjectId,
        documents: &[DocumentId],
    ) -> Result<HashMap<DocumentId, ShownGeneration>, RetrieveError> {
        self.asked.lock().unwrap().extend(documents);
        let live = self.live.lock().unwrap();
        let shown = live.values().filter(|chunk| documents.contains(&chunk.key.document));
        let generation = |chunk: &LiveChunk| {
            let LiveChunk { key, partial, .. } = *chunk;
            (key.document, ShownGeneration { generation: key.generation, partial })
        };
        Ok(shown.map(generation).collect())
    }

    async fn chunks(
        &self,
        _: &Scope,
        _: ProjectId,
        keys: &[ChunkKey],
    ) -> Result<Vec<LiveChunk>, RetrieveError> {
        let live = self.live.lock().unwrap();
        Ok(keys.iter().filter_map(|key| live.get(key).cloned()).collect())
    }

    async fn foreign(
        &self,
        _: &Scope,
        _: ProjectId,
        keys: &[ChunkKey],
        language: Language,
    ) -> Result<HashSet<ChunkKey>, RetrieveError> {
        let live = self.live.lock().unwrap();
        let of = |key: &ChunkKey| live.get(key)?.language;
        Ok(keys.iter().filter(|key| of(key).is_some_and(|own| own != language)).copied().collect())
    }
}

pub(crate) struct Bench {
    index: Arc<MemoryIndex>,
    embedder: Arc<dyn Embedder>,
    shelf: Arc<Shelf>,
    pub(crate) retriever: Retriever,
}

impl Bench {
    pub(crate) async fn new() -> Self {
        let settings = EmbeddingSettings::Hash(HashSettings { dimension: 256 });
        let embedder = embedding::open(&settings).await.unwrap();
        let (index, shelf) = (Arc::new(MemoryIndex::new(256)), Arc::new(Shelf::default()));
        let settings = RetrievalSettings { fusion: Fusion::SCORES, min_cosine: 0.2 };
        let (i, e, s) = (Arc::clone(&index), Arc::clone(&embedder), Arc::clone(&shelf));
        Self { retriever: Retriever::new(i, e, s, settings), index, embedder, shelf }
    }

    /// Into the index, and onto the shelf unless it is only a `ghost` there.
    async fn put(&self, document: i64, position: i64, text: &str, ghost: bool) {
        let key = ChunkKey { document: DocumentId::from(document), generation: 1, position };
        let dense = self.embedder.query(text).await.unwrap();
        let point = Point {
            project: ProjectId::from(1),
            document: key.document,
            generation: 1,
            position,
            dense: Some(dense),
            words: words::of_passage(text),
        };
        self.index.upsert(vec![point]).await.unwrap();
        if !ghost {
            let chunk = LiveChunk {
                key,
                filename: format!("{document}.md"),
                content: text.into(),
                page: Some(3),
                title: None,
                heading: None,
                header: None,
                language: Some(Language::English),
                start: 10,
                end: 20,
                partial: false,
            };
            self.shelf.live.lock().unwrap().insert(key, chunk);
        }
    }

    /// In a document that calls itself something.
    pub(crate) async fn put_titled(&self, title: &str, document: i64, text: &str) {
        self.put(document, 0, text, false).await;
        let mut live = self.shelf.live.lock().unwrap();
        let chunk = live.values_mut().find(|chunk| chunk.key.document == DocumentId::from(document));
        chunk.unwrap().title = Some(title.to_owned());
    }

    pub(crate) async fn birds(&self) {
        self.put(1, 0, "The kestrel hovers over the meadow and eats voles.", false).await;
        self.put(1, 1, "Owls hunt at night.", false).await;
        self.put(2, 0, "A kestrel is a small falcon.", false).await;
        self.put(3, 0, "Invoices are due within thirty days.", false).await;
    }

    pub(crate) async fn ask(&self, query: &str, top_k: usize, mode: Mode) -> Found {
        self.narrowed(query, top_k, mode, None).await
    }

    async fn narrowed(
        &self,
        query: &str,
        top_k: usize,
        mode: Mode,
        documents: Option<&[DocumentId]>,
    ) -> Found {
        let ask = Ask { project: ProjectId::from(1), query, top_k, documents, mode };
        self.retriever.search(&server_scope(), ask).await.unwrap()
    }
}

pub(crate) fn ids(found: &Found) -> Vec<&str> {
    found.sources.iter().map(|source| source.id.as_str()).collect()
}

fn fates(found: &Found) -> Vec<String> {
    let fate = |hit: &TraceHit| match hit.fate {
        Fate::Kept(n) => format!("{}:{} #{n}", hit.key.document, hit.key.position),
        Fate::Dropped(reason) => format!("{}:{} {}", hit.key.document, hit.key.position, reason.name()),
    };
    found.trace.hits.iter().map(fate).collect()
}

/// Holds searches by words alone back until the one for the whole question has begun, and counts both.
struct Watched {
    inner: Arc<MemoryIndex>,
    begun: Semaphore,
    by_words: AtomicUsize,
    by_both: AtomicUsize,
}

#[async_trait::async_trait]
impl VectorIndex for Watched {
    async fn search(&self, query: SearchQuery<'_>) -> Result<Branches, VectorError> {
        if query.dense.is_some() {
            self.by_both.fetch_add(1, Ordering::Relaxed);
            self.begun.add_permits(8);
        } else {
            self.by_words.fetch_add(1, Ordering::Relaxed);
            let begun = tokio::time::timeout(Duration::from_secs(10), self.begun.acquire()).await;
            begun.expect("names are looked up before the question is searched").unwrap().forget();
        }
        self.inner.search(query).await
    }

    async fn upsert(&self, points: Vec<Point>) -> Result<(), VectorError> {
        self.inner.upsert(points).await
    }

    async fn settle(&self) -> Result<(), VectorError> {
        self.inner.settle().await
    }

    async fn remove_generation(
        &self,
        project: ProjectId,
        document: DocumentId,
        generation: i64,
    ) -> Result<(), VectorError> {
        self.inner.remove_generation(project, document, generation).await
    }

    async fn remove_project(&self, project: ProjectId) -> Result<(), VectorError> {
        self.inner.remove_project(project).await
    }

    async fn points(
        &self,
        project: ProjectId,
        document: DocumentId,
        generation: i64,
        positions: &[i64],
    ) -> Result<Vec<StoredPoint>, VectorError> {
        self.inner.points(project, document, generation, positions).await
    }

    async fn count(&self, what: Selection) -> Result<u64, VectorError> {
        self.inner.count(what).await
    }

    async fn state(&self) -> IndexState {
        self.inner.state().await
    }
}

#[tokio::test]
async fn names_are_looked_up_beside_the_search_and_by_words_alone() {
    let bench = Bench::new().await;
    for (document, owner) in [(1, "Lutra"), (2, "Vulpes")] {
        bench.put(document, 0, &format!("Charter of the barge, signed by {owner}."), false).await;
        bench
            .put(document, 1, &format!("The crew pays for damage to the hull, rule {document}."), false)
            .await;
    }
    bench.put(3, 0, "Gulls nest on the pier.", false).await;
    bench.put(4, 0, "Invoices are due within thirty days.", false).await;
    let index = Arc::new(Watched {
        inner: Arc::clone(&bench.index),
        begun: Semaphore::new(0),
        by_words: AtomicUsize::new(0),
        by_both: AtomicUsize::new(0),
    });
    let settings = RetrievalSettings { fusion: Fusion::SCORES, min_cosine: 0.2 };
    let (embedder, shelf) = (Arc::clone(&bench.embedder), Arc::clone(&bench.shelf));
    let retriever = Retriever::new(index.clone(), embedder, shelf, settings);
    let ask =
        |query| Ask { project: ProjectId::from(1), query, top_k: 2, documents: None, mode: Mode::Hybrid };

    let found =
        retriever.search(&server_scope(), ask("Who pays for damage to the hull at Vulpes?")).await.unwrap();
    assert_eq!(found.named, [DocumentId::from(2)]);
    assert!(found.sources.iter().any(|source| source.id == "2:1:1"), "{:?}", ids(&found));
    let searches = || (index.by_both.load(Ordering::Relaxed), index.by_words.load(Ordering::Relaxed));
    assert_eq!(searches(), (1, 2), "the name, and the question in its document");

    retriever.search(&server_scope(), ask("Who pays for damage to the hull?")).await.unwrap();
    assert_eq!(searches(), (2, 2), "without a name there is nothing to look up");
}

#[tokio::test]
async fn the_best_of_both_branches_comes_first() {
    let bench = Bench::new().await;
    bench.birds().await;
    let found = bench.ask("The kestrel eats voles", 2, Mode::Hybrid).await;
    assert_eq!(ids(&found), ["1:1:0", "2:1:0"]);
    let first = &found.sources[0];
    assert_eq!((first.filename.as_str(), first.page, first.start, first.end), ("1.md", Some(3), 10, 20));
    assert!(first.score > 0.9 && first.score < 1.0, "how likely it is, not its place: {}", first.score);
    assert_eq!(found.trace.hits[0].fused, Some(1.0));
    let stages: Vec<_> = found.trace.stages.iter().map(|entry| entry.stage.name()).collect();
    assert_eq!(stages, ["question", "branches", "fusion", "rerank", "select"]);
    assert!(found.relevant);
    assert!(found.best_cosine.unwrap() > 0.2 && found.best_sparse.unwrap() > 0.0);
    assert_eq!(fates(&found)[..2], ["1:0 #1", "2:0 #2"]);
    assert!(found.trace.timings.total_ms >= found.trace.timings.search_ms);
}

#[tokio::test]
async fn a_mode_asks_one_branch_only() {
    let bench = Bench::new().await;
    bench.birds().await;
    let dense = bench.ask("kestrel", 3, Mode::Dense).await;
    assert!(dense.best_sparse.is_none() && dense.trace.hits.iter().all(|hit| hit.sparse.is_none()));
    let sparse = bench.ask("kestrel", 3, Mode::Sparse).await;
    assert!(sparse.best_cosine.is_none() && sparse.relevant);
    assert_eq!(sparse.sources.len(), 2);
    assert_eq!(Mode::by_name("dense"), Some(Mode::Dense));
    assert_eq!(Mode::by_name("psychic"), None);
}

#[tokio::test]
async fn what_the_database_does_not_show_is_no_source() {
    let bench = Bench::new().await;
    bench.birds().await;
    bench.put(4, 0, "The kestrel eats voles, says a deleted document.", true).await;
    let found = bench.ask("The kestrel eats voles", 5, Mode::Hybrid).await;
    assert!(!ids(&found).contains(&"4:1:0"), "{:?}", ids(&found));
    assert_eq!(fates(&found).last().unwrap(), "4:0 not_live");
    assert_eq!(found.trace.hits[0].fused, Some(1.0), "ranks close up over what is not shown");
}

#[tokio::test]
async fn hidden_generations_are_not_even_asked_for() {
    let bench = Bench::new().await;
    bench.birds().await;
    bench.shelf.hidden.lock().unwrap().push((DocumentId::from(1), 1));
    let found = bench.ask("The kestrel eats voles", 5, Mode::Hybrid).await;
    assert!(
        found.trace.hits.iter().all(|hit| hit.key.document != DocumentId::from(1)),
        "{:?}",
        fates(&found)
    );
}

#[tokio::test]
async fn ghosts_in_the_first_places_make_the_search_look_further() {
    let bench = Bench::new().await;
    for n in 0..120 {
        bench.put(10, n, "The kestrel eats voles and mice.", true).await;
    }
    bench.birds().await;
    let found = bench.ask("The kestrel eats voles", 1, Mode::Hybrid).await;
    assert_eq!(ids(&found), ["1:1:0"]);
    assert_eq!((found.trace.rounds, found.trace.limit), (3, 200), "50 and 100 held nothing but ghosts");
    let asked = bench.shelf.asked.lock().unwrap().clone();
    assert_eq!(asked.len(), 4, "nobody is asked about twice: {asked:?}");
}

#[tokio::test]
async fn the_same_text_is_one_source() {
    let bench = Bench::new().await;
    bench.birds().await;
    bench.put(5, 0, "A kestrel is a small falcon.", false).await;
    let found = bench.ask("small falcon", 5, Mode::Hybrid).await;
    assert_eq!(ids(&found)[0], "2:1:0");
    assert!(fates(&found).contains(&"5:0 duplicate".to_owned()), "{:?}", fates(&found));
}

#[tokio::test]
async fn a_question_about_something_else_is_not_answered() {
    let bench = Bench::new().await;
    bench.birds().await;
    let found = bench.ask("quarterly tax filing deadline", 5, Mode::Hybrid).await;
    assert!(!found.relevant, "{found:?}");
    assert!(found.sources.is_empty(), "{:?}", fates(&found));

    let empty = Bench::new().await;
    let found = empty.ask("anything", 5, Mode::Hybrid).await;
    assert!(!found.relevant && found.sources.is_empty() && found.trace.rounds == 1);
}

#[tokio::test]
async fn documents_narrow_the_search() {
    let bench = Bench::new().await;
    bench.birds().await;
    let only = [DocumentId::from(2)];
    let found = bench.narrowed("kestrel", 5, Mode::Hybrid, Some(&only)).await;
    assert_eq!(ids(&found), ["2:1:0"]);
    let found = bench.narrowed("kestrel", 5, Mode::Hybrid, Some(&[])).await;
    assert!(found.sources.is_empty() && !found.relevant);
}

/// A reranker that prefers what names owls.
struct Owls(bool);

#[async_trait::async_trait]
impl Rerank for Owls {
    async fn scores(&self, _: &str, passages: &[String]) -> Result<Vec<f32>, String> {
        if self.0 {
            Err("it is away".into())
        } else {
            Ok(passages.iter().map(|text| f32::from(u8::from(text.contains("Owl")))).collect())
        }
    }
}

#[tokio::test]
async fn a_reranker_moves_what_it_was_shown_and_is_done_without() {
    for (away, first) in [(false, "1:1:1"), (true, "1:1:0")] {
        let mut bench = Bench::new().await;
        bench.birds().await;
        bench.retriever = bench.retriever.with_reranker(Arc::new(Owls(away)), 3);
        let found = bench.ask("The kestrel eats voles while owls hunt", 3, Mode::Hybrid).await;
        assert_eq!(ids(&found)[0], first, "{found:?}");
        let entry = found.trace.stages.iter().find(|entry| entry.stage == Stage::Rerank).unwrap();
        assert_eq!(entry.note.as_deref().unwrap().contains("it is away"), away);
    }
}

#[tokio::test]
async fn another_project_changes_nothing() {
    let bench = Bench::new().await;
    bench.birds().await;
    let before = bench.ask("kestrel voles", 4, Mode::Hybrid).await;
    for n in 0..50 {
        let dense = bench.embedder.query("kestrel kestrel").await.unwrap();
        let point = Point {
            project: ProjectId::from(2),
            document: DocumentId::from(100 + n),
            generation: 1,
            position: 0,
            dense: Some(dense),
            words: words::of_passage("The kestrel and the kestrel."),
        };
        bench.index.upsert(vec![point]).await.unwrap();
    }
    let after = bench.ask("kestrel voles", 4, Mode::Hybrid).await;
    assert_eq!(before.sources, after.sources);
    assert_eq!(before.trace.hits, after.trace.hits);
}
