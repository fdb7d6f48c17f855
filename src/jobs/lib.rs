//! What the queue runs, and how.
//!
//! The queue library fetches, locks and acknowledges entries; everything it promises beyond that is done here, because
//! it was seen not to hold. An entry names a run; the run's row says who works on it, how often it was tried and why
//! it failed. `runner` takes a run through one attempt, `worker` keeps the library's workers alive, `lease` renews
//! what this process holds and takes over what others dropped, `upkeep` cleans up in the background.
//!
//! A job is a file with a type that does its `Work` (`work.rs`), a line in `registry`, and its lines in
//! `docent_domain::job`.

mod board;
mod import_project;
mod ingest_document;
mod lease;
mod registry;
mod runner;
mod sweep_generation;
mod sweep_project;
mod upkeep;
mod work;
mod worker;

use std::sync::Arc;
use std::time::Duration;

use rand::Rng;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use board::board;
use docent_archive as archive;
use docent_blobs::Room;
use docent_domain::job::RetryPolicy;
use docent_ingest::Ingest;
use docent_store::{Queue, StoreError};
use runner::Runner;

/// What jobs work with; clones share it.
#[derive(Clone)]
pub struct Services {
    pub ingest: Ingest,
    /// How much an archive may ask for.
    pub archives: archive::Limits,
    /// Between 0 and 1, another one each time: spreads retries.
    pub jitter: Arc<dyn Fn() -> f64 + Send + Sync>,
    /// Older versions of a document whose originals stay.
    pub versions_kept: i64,
    /// An upload that has written nothing for so long is dead.
    pub upload_silence: Duration,
    /// On the disks: with little of it, nothing new is read.
    pub room: Room,
}

impl Services {
    pub fn new(ingest: Ingest, archives: archive::Limits) -> Self {
        Self {
            ingest,
            archives,
            jitter: Arc::new(|| rand::rng().random()),
            versions_kept: 3,
            upload_silence: Duration::from_secs(90),
            room: Room::boundless(),
        }
    }
}

/// Whether other processes work on the same queues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Company {
    /// This is the only worker: whatever is locked at its start was left by its dead predecessor.
    Alone,
    Others,
}

#[derive(Debug, Clone)]
pub struct WorkerSettings {
    pub company: Company,
    /// The name under which work is held, new at each start, because the queue refuses names that were seen a moment ago;
    /// made up where there is none.
    pub name: Option<String>,
    /// The name of the worker before this one, if it ended itself.
    pub crashed: Option<String>,
    /// What is worked on.
    pub queues: Vec<Queue>,
    /// Long documents read at the same time.
    pub readings: usize,
    /// Small documents under way at the same time. Most of them wait, for their vectors or for the index to be written:
    /// what their files cost to read is limited by itself.
    pub quick: usize,
    pub retry: RetryPolicy,
    /// Work whose worker is silent for so long is taken over.
    pub lease: Duration,
    /// How long a stopping worker waits for its work to let go.
    pub patience: Duration,
    /// How far the audit log goes back.
    pub audit_kept: Duration,
}

/// Small documents under way, where no other worker could take them.
const QUICK_ALONE: usize = 512;
/// The same where others are to have their share.
const QUICK_SHARED: usize = 16;

impl WorkerSettings {
    pub fn new(company: Company) -> Self {
        let quick = match company {
            Company::Alone => QUICK_ALONE,
            Company::Others => QUICK_SHARED,
        };
        Self {
            company,
            quick,
            name: None,
            crashed: None,
            queues: Queue::ALL.to_vec(),
            readings: 2,
            retry: RetryPolicy::default(),
            lease: Duration::from_secs(12),
            patience: Duration::from_secs(20),
            audit_kept: Duration::from_secs(365 * 24 * 3600),
        }
    }
}

/// The workers of this process.
pub struct Workers {
    runner: Arc<Runner>,
    /// Ends the loops.
    closing: CancellationToken,
    /// Ends the queue's workers, once nothing is under way.
    drained: CancellationToken,
    tasks: TaskTracker,
}

impl Workers {
    /// Takes over what a dead predecessor left, and starts working.
    pub async fn start(services: Services, settings: WorkerSettings) -> Result<Self, StoreError> {
        let tasks = TaskTracker::new();
        let (closing, drained) = (CancellationToken::new(), CancellationToken::new());
        let runner = Arc::new(Runner::new(services, settings, tasks.clone()));
        lease::recover(&runner).await?;
        if runner.settings().queues.contains(&Queue::Maintenance) {
            upkeep::clear_uploads(&runner).await;
        }
        for queue in &runner.settings().queues {
            tasks.spawn(worker::keep_working(Arc::clone(&runner), *queue, drained.clone()));
        }
        tasks.spawn(lease::keep(Arc::clone(&runner), closing.clone()));
        if runner.settings().queues.contains(&Queue::Maintenance) {
            tasks.spawn(upkeep::keep(Arc::clone(&runner), closing.clone()));
        }
        let progress = runner.parts().progress.clone();
        let written = closing.clone();
        tasks.spawn(async move { progress.run(written).await });
        Ok(Self { runner, closing, drained, tasks })
    }

    /// The name under which this process holds its work.
    pub fn name(&self) -> &str {
        self.runner.name()
    }

    /// Starts nothing more, lets go of what is being worked on without counting it, and returns when that is done.
    pub async fn stop(self) {
        self.runner.close();
        self.closing.cancel();
        let patience = self.runner.settings().patience + Duration::from_secs(5);
        let in_time = tokio::time::timeout(patience, self.runner.drained()).await;
        self.drained.cancel();
        self.tasks.close();
        let stopped = tokio::time::timeout(Duration::from_secs(2), self.tasks.wait()).await;
        if in_time.is_err() || stopped.is_err() {
            tracing::warn!("Some work did not let go in time; it is taken up again after the next start");
        }
        if let Err(error) = self.release_entries().await {
            tracing::warn!(%error, "Entries of the queue stay locked until others notice");
        }
    }

    async fn release_entries(&self) -> Result<(), StoreError> {
        let mut tx = self.runner.parts().store.begin().await?;
        tx.free_entries(self.runner.name()).await?;
        tx.commit().await
    }
}
