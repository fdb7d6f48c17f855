//! A workbench: everything that reads documents, without a server around it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use docent::archive;
use docent::auth::{Auth, Caller};
use docent::blobs::{Blobs, FolderBlobs};
use docent::bus::{Bus, Heard, LocalBus, Subscription};
use docent::domain::clock::SystemClock;
use docent::domain::document::{DocumentProgress, DocumentStatus};
use docent::domain::event::News;
use docent::domain::{Clock, DocumentId, ProjectId};
use docent::embedding::{
    self, Embedder, EmbeddingError, EmbeddingSettings, HashSettings, ModelInfo, TokenCounter,
};
use docent::extract::{ExtractSettings, Extractors, Format, Limits};
use docent::ingest::{ChunkSettings, Faults, Ingest, Parts, Progress, Vectors};
use docent::jobs::{Company, Services, WorkerSettings, Workers};
use docent::recognise::Recognisers;
use docent::store::{NewProject, NewVersion, Pools, Run, Store, VectorCache, Window};
use docent::vectors::{MemoryIndex, VectorIndex};
use tokio::sync::Semaphore;

/// Builds workers over one store; the parts can be changed before they are used.
pub struct Bench {
    pub store: Store,
    pub blobs: Arc<dyn Blobs>,
    pub bus: Arc<dyn Bus>,
    pub clock: Arc<dyn Clock>,
    pub embedder: Arc<dyn Embedder>,
    pub index: Arc<dyn VectorIndex>,
    pub cache: VectorCache,
    /// False where the index stands for a server, which keeps vectors itself.
    pub caches: bool,
    pub faults: Faults,
    pub extractors: Extractors,
    pub recognisers: Option<Recognisers>,
    pub archives: archive::Limits,
    pub chunks: ChunkSettings,
    pub settings: WorkerSettings,
    pub owner: Caller,
    pub project: ProjectId,
    pub folder: tempfile::TempDir,
}

/// Who shares a database also shares news.
async fn bus_for(store: &Store) -> Arc<dyn Bus> {
    match store.pools() {
        Pools::Sqlite { .. } => Arc::new(LocalBus::new()),
        Pools::Postgres(_) => Arc::new(super::redis::shared_bus().await),
    }
}

impl Bench {
    pub async fn new(store: Store) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let owner = Auth::off(&store, clock.now()).await.unwrap().local_owner().unwrap();
        let projects =
            store.read().await.unwrap().projects(&owner.scope, Window { skip: 0, limit: 1 }).await.unwrap();
        let embedder =
            embedding::open(&EmbeddingSettings::Hash(HashSettings { dimension: 64 })).await.unwrap();
        let mut settings = WorkerSettings::new(Company::Alone);
        settings.retry.first_pause = Duration::from_millis(20);
        Self {
            blobs: Arc::new(FolderBlobs::open(folder.path().join("blobs")).await.unwrap()),
            bus: bus_for(&store).await,
            clock,
            embedder,
            index: Arc::new(MemoryIndex::new(64)),
            cache: VectorCache::open(&folder.path().join("vectors.db")).await.unwrap(),
            caches: matches!(store.pools(), Pools::Sqlite { .. }),
            faults: Faults::none(),
            extractors: extractors(),
            recognisers: None,
            archives: archive::Limits::default(),
            chunks: ChunkSettings::default(),
            settings,
            owner,
            project: projects.items[0].project.id,
            store,
            folder,
        }
    }

    pub fn parts(&self) -> Parts {
        Parts {
            store: self.store.clone(),
            blobs: Arc::clone(&self.blobs),
            extractors: self.extractors.clone(),
            recognisers: self.recognisers.clone(),
            vectors: Vectors::new(Arc::clone(&self.embedder), self.caches.then(|| self.cache.clone())),
            index: Arc::clone(&self.index),
            progress: Progress::new(self.store.clone(), Arc::clone(&self.bus), Arc::clone(&self.clock)),
            clock: Arc::clone(&self.clock),
            chunks: self.chunks,
            faults: self.faults.clone(),
        }
    }

    pub async fn work(&self) -> Workers {
        let services = Services::new(Ingest::new(self.parts()), self.archives);
        Workers::start(services, self.settings.clone()).await.unwrap()
    }

    /// Stores a file and queues its reading, as an upload does.
    pub async fn upload(&self, filename: &str, bytes: &[u8]) -> DocumentId {
        self.upload_to(self.project, filename, bytes).await
    }

    pub async fn upload_to(&self, project: ProjectId, filename: &str, bytes: &[u8]) -> DocumentId {
        let mut writer = self.blobs.begin().await.unwrap();
        writer.write(bytes).await.unwrap();
        let blob = writer.finish().await.unwrap();
        let version = NewVersion {
            filename,
            blob: blob.key.as_str(),
            sha256: &blob.sha256,
            size: i64::try_from(blob.size).unwrap(),
            format: Format::recognise(filename, bytes).unwrap().name(),
        };
        let mut tx = self.store.begin().await.unwrap();
        let now = self.clock.now();
        let id =
            tx.insert_document(project, filename, &version, self.owner.principal.user, now).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// Stores another version of a document under the same name, as an upload does.
    pub async fn upload_again(&self, document: DocumentId, bytes: &[u8]) -> i64 {
        let mut writer = self.blobs.begin().await.unwrap();
        writer.write(bytes).await.unwrap();
        let blob = writer.finish().await.unwrap();
        let mut tx = self.store.begin().await.unwrap();
        let known = tx.document(&self.owner.scope, document).await.unwrap().unwrap().document;
        let version = NewVersion {
            filename: &known.filename,
            blob: blob.key.as_str(),
            sha256: &blob.sha256,
            size: i64::try_from(blob.size).unwrap(),
            format: Format::recognise(&known.filename, bytes).unwrap().name(),
        };
        let generation =
            tx.insert_version(known.project, known.id, &version, self.clock.now()).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        generation
    }

    /// A further project of the same owner.
    pub async fn project(&self, name: &str) -> ProjectId {
        let mut tx = self.store.begin().await.unwrap();
        let new = NewProject {
            name,
            description: "",
            settings: &serde_json::json!({}),
            owner: self.owner.principal.user,
            personal_of: None,
            created_at: self.clock.now(),
        };
        let id = tx.insert_project(&new).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// The latest run that read the document's first generation.
    pub async fn run(&self, document: DocumentId) -> Run {
        self.store.read().await.unwrap().run_of(document, 1).await.unwrap().unwrap()
    }

    pub async fn state(&self, document: DocumentId) -> DocumentProgress {
        self.store.read().await.unwrap().document_progress(document).await.unwrap().unwrap()
    }

    /// Waits until nothing more happens to the document by itself.
    pub async fn settled(&self, document: DocumentId) -> DocumentProgress {
        self.reaches(document, |progress| progress.status.is_final()).await
    }

    pub async fn reaches(
        &self,
        document: DocumentId,
        there: impl Fn(&DocumentProgress) -> bool,
    ) -> DocumentProgress {
        let mut last = None;
        for _ in 0..3000 {
            let progress = self.state(document).await;
            if there(&progress) {
                return progress;
            }
            last = Some(progress);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the document never got there: {last:#?}");
    }

    /// Waits until no run is queued or running.
    pub async fn idle(&self) {
        for _ in 0..3000 {
            if self.store.read().await.unwrap().queue_depths().await.unwrap().is_empty() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the queue never ran dry");
    }

    pub async fn points(&self) -> u64 {
        self.index.count(docent::vectors::Selection::everything()).await.unwrap()
    }
}

/// An embedder that counts what it is asked, and takes its time.
pub struct Counted {
    inner: Arc<dyn Embedder>,
    pub passages: AtomicUsize,
    pub delay: Duration,
    /// Closed when nobody has to wait any more.
    held: Semaphore,
    /// Passages of one call, where that is not for the inner one to say.
    few: Option<usize>,
    /// In the order of their vectors.
    texts: Mutex<Vec<String>>,
}

impl Counted {
    pub fn new(inner: Arc<dyn Embedder>, delay: Duration) -> Arc<Self> {
        let counted = Self::held(inner, delay);
        counted.release();
        counted
    }

    /// Gives no vector of a passage before it is released.
    pub fn held(inner: Arc<dyn Embedder>, delay: Duration) -> Arc<Self> {
        Arc::new(Self::closed(inner, delay, None))
    }

    /// The same, so many passages a call.
    pub fn held_by_few(inner: Arc<dyn Embedder>, few: usize) -> Arc<Self> {
        Arc::new(Self::closed(inner, Duration::ZERO, Some(few)))
    }

    fn closed(inner: Arc<dyn Embedder>, delay: Duration, few: Option<usize>) -> Self {
        let (passages, held) = (AtomicUsize::new(0), Semaphore::new(0));
        Self { inner, passages, delay, held, few, texts: Mutex::default() }
    }

    /// The texts that have their vectors, in that order.
    pub fn texts(&self) -> Vec<String> {
        self.texts.lock().unwrap().clone()
    }

    /// One call may go on, if none may yet.
    pub fn let_one_through(&self) {
        if self.held.available_permits() == 0 {
            self.held.add_permits(1);
        }
    }

    pub fn release(&self) {
        self.held.close();
    }

    pub fn count(&self) -> usize {
        self.passages.load(Ordering::SeqCst)
    }
}

#[async_trait::async_trait]
impl Embedder for Counted {
    fn info(&self) -> &ModelInfo {
        self.inner.info()
    }

    async fn query(&self, text: &str) -> Result<Vec<f32>, EmbeddingError> {
        self.inner.query(text).await
    }

    async fn passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        if let Ok(permit) = self.held.acquire().await {
            permit.forget();
        }
        tokio::time::sleep(self.delay).await;
        self.texts.lock().unwrap().extend_from_slice(texts);
        self.passages.fetch_add(texts.len(), Ordering::SeqCst);
        self.inner.passages(texts).await
    }

    fn batch(&self) -> usize {
        self.few.unwrap_or_else(|| self.inner.batch())
    }

    fn tokenizer(&self) -> &TokenCounter {
        self.inner.tokenizer()
    }
}

pub fn extractors() -> Extractors {
    Extractors::new(ExtractSettings {
        program: PathBuf::from(env!("CARGO_BIN_EXE_docent")),
        pdfium: None,
        vocabulary: None,
        limits: Limits::default(),
    })
}

/// The status events of documents, as a room hears them.
pub struct Ear(Box<dyn Subscription>);

impl Ear {
    pub fn on(bus: &Arc<dyn Bus>) -> Self {
        Self(bus.subscribe())
    }

    /// Everything heard about each document until all of them rest.
    pub async fn until_settled(
        mut self,
        documents: &[DocumentId],
    ) -> HashMap<DocumentId, Vec<DocumentProgress>> {
        let mut heard: HashMap<DocumentId, Vec<DocumentProgress>> = HashMap::new();
        let over = |status: DocumentStatus| status.is_final();
        while !documents
            .iter()
            .all(|id| heard.get(id).and_then(|list| list.last()).is_some_and(|last| over(last.status)))
        {
            let next = tokio::time::timeout(Duration::from_secs(30), self.0.next()).await.expect("silence");
            if let Some(Heard::Event(event)) = next
                && let News::DocumentStatus(progress) = &event.news
            {
                heard.entry(progress.document).or_default().push((**progress).clone());
            }
        }
        heard
    }
}
