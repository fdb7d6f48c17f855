//! Qdrant Edge, in this process: fast and small, owned by one thread.
//!
//! The engine keeps nothing through a crash that was not flushed, and its calls block. So all writes go through
//! one thread ([`owner`]) that applies them, flushes for everybody who waits at once, and has another thread
//! reorganise the index now and then; searches go around it, on the pool for blocking work.

mod damage;
mod owner;
mod shard;
mod soundness;
mod spare;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, mpsc};
use std::thread::JoinHandle;

use async_trait::async_trait;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use self::damage::Opened;
use self::owner::{Command, Owner, Reply};
use self::shard::Shard;
use super::{
    Branches, EdgeSettings, Holding, IndexState, Point, SearchQuery, Selection, StoredPoint, VectorError,
    VectorIndex, ascending, check_points, check_vector,
};
use docent_domain::{DocumentId, ProjectId};

/// So many writes may wait for the owner; whoever comes then waits outside.
const QUEUE: usize = 16;
/// Points per write: a write keeps searches of the segment it goes to waiting.
const BATCH: usize = 64;

/// The embedded index. Dropping it flushes, and lets go of the folder once a reorganisation under way has ended:
/// the engine cannot be told to stop one, and a process that ends need not wait for it.
pub struct EdgeIndex {
    shared: Arc<Shared>,
    commands: mpsc::Sender<Command>,
    queue: Arc<Semaphore>,
    /// More searches at once than processors would only slow each other down.
    searches: Arc<Semaphore>,
    owner: Option<JoinHandle<()>>,
}

/// What the owner, the optimising thread and searches have in common.
struct Shared {
    settings: EdgeSettings,
    /// `None` when it could not be opened again after its log was cut.
    shard: RwLock<Option<Shard>>,
    optimizing: AtomicBool,
    trouble: Mutex<Option<String>>,
    /// Where a damaged index was put when this one was begun.
    set_aside: Option<PathBuf>,
    /// Not everything is in it that was in the damaged one: a search would miss things in silence.
    incomplete: AtomicBool,
    /// Last, because fields are dropped in their order, and the shard writes when it is dropped. The engine has a lock
    /// of its own, but takes it too late: what a killed process left behind has to be cleared away before.
    _lock: std::fs::File,
}

impl EdgeIndex {
    /// Opens the index, or begins one. Blocks: 0.2 s for 10,000 points, 0.7 s for 100,000.
    pub fn open(settings: EdgeSettings) -> Result<Self, VectorError> {
        damage::make_folder(&settings.folder)?;
        let lock = lock(&settings.folder)?;
        let Opened { shard, set_aside, incomplete } = damage::open(&settings)?;
        let shared = Arc::new(Shared {
            settings,
            _lock: lock,
            shard: RwLock::new(Some(shard)),
            optimizing: AtomicBool::new(false),
            trouble: Mutex::new(None),
            incomplete: AtomicBool::new(incomplete),
            set_aside,
        });
        let (commands, inbox) = mpsc::channel();
        let owner = Owner::new(Arc::clone(&shared), commands.clone(), inbox);
        let owner =
            std::thread::Builder::new().name("index-owner".into()).spawn(move || owner.run_guarded())?;
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Self {
            shared,
            commands,
            queue: Arc::new(Semaphore::new(QUEUE)),
            searches: Arc::new(Semaphore::new(cores.max(2))),
            owner: Some(owner),
        })
    }

    /// An error that says so if somebody has it open.
    pub fn is_free(folder: &Path) -> Result<(), VectorError> {
        lock(folder).map(drop)
    }

    /// Sets an index aside that was found wanting after it was opened, unless somebody has it open: the next opening begins
    /// one in its place, and knows that it is being built.
    pub fn give_up(settings: &EdgeSettings) -> Result<PathBuf, VectorError> {
        let _lock = lock(&settings.folder)?;
        let place = damage::set_aside(&settings.folder)?;
        damage::begun(&settings.folder, Some(&place))?;
        Ok(place)
    }

    /// Throws the index away, whatever state it is in, unless somebody has it open.
    pub fn discard(settings: &EdgeSettings) -> Result<(), VectorError> {
        if !settings.folder.exists() {
            return Ok(());
        }
        damage::make_folder(&settings.folder)?;
        let _lock = lock(&settings.folder)?;
        Ok(fs_err::remove_dir_all(&settings.folder)?)
    }

    /// Reorganises the index now, and returns when that is done: for after a rebuild, and for measuring.
    pub async fn optimize(&self) -> Result<(), VectorError> {
        self.order(|reply, place| Command::Optimize { reply, place }).await
    }

    async fn order(
        &self,
        command: impl FnOnce(Reply, OwnedSemaphorePermit) -> Command,
    ) -> Result<(), VectorError> {
        let place = Arc::clone(&self.queue).acquire_owned().await.map_err(|_| stopped())?;
        let (reply, answer) = oneshot::channel();
        self.commands.send(command(reply, place)).map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }

    async fn look<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Shard) -> Result<T, VectorError> + Send + 'static,
    ) -> Result<T, VectorError> {
        let permit = Arc::clone(&self.searches).acquire_owned().await.map_err(|_| stopped())?;
        let shared = Arc::clone(&self.shared);
        let looking = tokio::task::spawn_blocking(move || {
            let found = shared.with(work);
            drop(permit);
            found
        });
        looking.await.map_err(|error| VectorError::Engine(error.to_string()))?
    }
}

#[async_trait]
impl VectorIndex for EdgeIndex {
    async fn upsert(&self, mut points: Vec<Point>) -> Result<(), VectorError> {
        check_points(&points, self.shared.settings.model.dimension)?;
        while !points.is_empty() {
            let rest = points.split_off(points.len().min(BATCH));
            self.order(|reply, place| Command::Upsert { points, reply, place }).await?;
            points = rest;
        }
        Ok(())
    }

    async fn settle(&self) -> Result<(), VectorError> {
        self.order(|reply, _| Command::Settle { reply }).await
    }

    async fn search(&self, query: SearchQuery<'_>) -> Result<Branches, VectorError> {
        if let Some(dense) = query.dense {
            check_vector(dense, self.shared.settings.model.dimension)?;
        }
        if query.limit == 0 || query.documents.is_some_and(<[DocumentId]>::is_empty) {
            return Ok(Branches::default());
        }
        if self.shared.incomplete.load(Ordering::Acquire) {
            return Err(VectorError::Unavailable("it is being built anew".into()));
        }
        let (project, limit) = (query.project, query.limit);
        let (dense, words) = (query.dense.map(<[f32]>::to_vec), query.words.map(<[_]>::to_vec));
        let (documents, hidden) = (query.documents.map(<[DocumentId]>::to_vec), query.hidden.to_vec());
        self.look(move |shard| {
            let query = SearchQuery {
                project,
                dense: dense.as_deref(),
                words: words.as_deref(),
                limit,
                documents: documents.as_deref(),
                hidden: &hidden,
            };
            let dense = query.dense.map(|vector| shard.nearest(&query, vector)).transpose()?;
            let sparse = query.words.map(|words| shard.matching(&query, words)).transpose()?;
            Ok(Branches { dense: dense.unwrap_or_default(), sparse: sparse.unwrap_or_default() })
        })
        .await
    }

    async fn remove_generation(
        &self,
        project: ProjectId,
        document: DocumentId,
        generation: i64,
    ) -> Result<(), VectorError> {
        let what = Selection::generation(project, document, generation);
        self.order(|reply, place| Command::Remove { what, reply, place }).await
    }

    async fn remove_project(&self, project: ProjectId) -> Result<(), VectorError> {
        let what = Selection::project(project);
        self.order(|reply, place| Command::Remove { what, reply, place }).await
    }

    async fn points(
        &self,
        project: ProjectId,
        document: DocumentId,
        generation: i64,
        positions: &[i64],
    ) -> Result<Vec<StoredPoint>, VectorError> {
        let positions = ascending(positions);
        self.look(move |shard| shard.points(project, document, generation, &positions)).await
    }

    async fn count(&self, what: Selection) -> Result<u64, VectorError> {
        self.look(move |shard| shard.count(what)).await
    }

    async fn holdings(&self) -> Result<Vec<Holding>, VectorError> {
        self.look(soundness::holdings).await
    }

    async fn state(&self) -> IndexState {
        let shared = Arc::clone(&self.shared);
        let bytes = tokio::task::spawn_blocking(move || disk_bytes(&shared.settings.folder));
        let points = self.look(|shard| Ok(shard.size())).await;
        let trouble = self.shared.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone();
        IndexState {
            trouble: trouble.or_else(|| points.as_ref().err().map(ToString::to_string)),
            points: points.unwrap_or_default(),
            disk_bytes: bytes.await.unwrap_or_default(),
            optimizing: self.shared.optimizing.load(Ordering::Acquire),
            set_aside: self.shared.set_aside.clone(),
            incomplete: self.shared.incomplete.load(Ordering::Acquire),
        }
    }

    fn being_built(&self) {
        self.shared.incomplete.store(true, Ordering::Release);
        if let Err(error) = damage::begun(&self.shared.settings.folder, self.shared.set_aside.as_deref()) {
            tracing::warn!(%error, "That the index is being built could not be written down");
        }
    }

    fn built_again(&self) {
        if let Err(error) = damage::finished(&self.shared.settings.folder) {
            tracing::warn!(%error, "That the index is built again could not be written down");
        }
        self.shared.incomplete.store(false, Ordering::Release);
    }
}

impl Drop for EdgeIndex {
    fn drop(&mut self) {
        // The owner may be gone already; then there is nothing left to stop.
        let _ = self.commands.send(Command::Stop);
        if let Some(owner) = self.owner.take() {
            let _ = owner.join();
        }
    }
}

impl Shared {
    fn with<T>(&self, work: impl FnOnce(&Shard) -> Result<T, VectorError>) -> Result<T, VectorError> {
        let shard = self.shard.read().unwrap_or_else(PoisonError::into_inner);
        work(shard.as_ref().ok_or_else(stopped)?)
    }

    /// Cuts the log: the engine does that for nobody, and never reads it, so it is cut while the index is closed.
    /// Searches wait for as long as opening takes.
    fn reopen(&self) -> Result<(), VectorError> {
        spare::for_much(&self.settings)?;
        let mut shard = self.shard.write().unwrap_or_else(PoisonError::into_inner);
        *shard = None;
        *shard = Some(Shard::open(&shard_folder(&self.settings), &self.settings)?);
        Ok(())
    }

    fn set_trouble(&self, trouble: Option<String>) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }

    fn log_bytes(&self) -> u64 {
        disk_bytes(&shard_folder(&self.settings).join("wal"))
    }
}

fn lock(folder: &Path) -> Result<std::fs::File, VectorError> {
    let path = folder.join(damage::LOCK_FILE);
    let file = fs_err::OpenOptions::new().create(true).truncate(false).write(true).open(path)?.into_file();
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(VectorError::InUse { path: folder.to_path_buf() }),
        Err(std::fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

fn shard_folder(settings: &EdgeSettings) -> PathBuf {
    settings.folder.join("points")
}

/// An index whose engine counted how rare terms are is written anew for one that does not, with the points as they are:
/// the engine does not open one as the other. A crash in the middle leaves the old one, and this begins again.
fn upgrade(settings: &EdgeSettings) -> Result<(), VectorError> {
    let (old, new) = (settings.folder.join("shard"), shard_folder(settings));
    if !old.exists() {
        return Ok(());
    }
    if !new.exists() {
        let unfinished = settings.folder.join("points.new");
        if unfinished.exists() {
            fs_err::remove_dir_all(&unfinished)?;
        }
        fs_err::create_dir_all(&unfinished)?;
        let points = shard::copy(&old, &unfinished, settings)?;
        fs_err::rename(&unfinished, &new)?;
        tracing::info!(points, "The search index was written anew in its present form");
    }
    Ok(fs_err::remove_dir_all(&old)?)
}

/// What the files below a folder really take: most are larger on paper than on disk.
#[cfg(unix)]
fn disk_bytes(folder: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt;

    let Ok(entries) = fs_err::read_dir(folder) else { return 0 };
    let bytes = entries.filter_map(Result::ok).filter_map(|entry| {
        let found = entry.metadata().ok()?;
        Some(if found.is_dir() { disk_bytes(&entry.path()) } else { found.blocks() * 512 })
    });
    bytes.sum()
}

fn stopped() -> VectorError {
    VectorError::Unavailable("the embedded index has stopped; restart the server".into())
}

#[cfg(test)]
mod tests {
    use super::super::IndexModel;
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn an_index_of_an_earlier_form_is_taken_over_with_its_points() {
        let folder = tempfile::tempdir().unwrap();
        let model = IndexModel { name: "test".into(), dimension: 2 };
        let settings = EdgeSettings::new(folder.path().join("index"), model.clone());
        let old = settings.folder.join("shard");
        fs_err::create_dir_all(&old).unwrap();
        model.claim(&settings.folder).unwrap();
        let point = |position| Point {
            project: ProjectId::from(1),
            document: DocumentId::from(1),
            generation: 1,
            position,
            dense: Some(vec![1.0, position as f32]),
            words: vec![(7, 1.5)],
        };
        shard::earlier(&old, &settings, (0..700).map(point).collect()).unwrap();

        for _ in 0..2 {
            let index = EdgeIndex::open(settings.clone()).unwrap();
            assert_eq!(index.count(Selection::everything()).await.unwrap(), 700);
            let query = SearchQuery {
                project: ProjectId::from(1),
                dense: Some(&[1.0, 0.0]),
                words: Some(&[(7, 2.0)]),
                limit: 3,
                documents: None,
                hidden: &[],
            };
            let found = index.search(query).await.unwrap();
            assert_eq!((found.dense[0].position, found.sparse.len()), (0, 3));
            assert!((found.sparse[0].score - 3.0).abs() < 1e-5, "no rarity of the engine's: {found:?}");
            assert!(!old.exists());
        }
    }
}
