//! What is done in the background without being asked: finding lost work and garbage, and forgetting old rows.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::runner::Runner;
use super::sweep_generation::forget_cited;
use super::{Company, lease};
use docent_domain::Fault;
use docent_domain::job::Job;
use docent_ingest::{Round, compare_originals, stray_files};
use docent_store::{RESTORABLE, TextHash};

const EVERY: Duration = Duration::from_secs(30);
/// Rounds between two clean-ups of old rows.
const PRUNE_EACH: u32 = 20;
/// Rounds between two searches for vectors that no chunk needs: about a day.
const VECTORS_EACH: u32 = 2880;
/// Rounds between two looks at every original: about a day.
const ORIGINALS_EACH: u32 = 2880;
/// Bytes of originals compared in one round.
const COMPARED: u64 = 32 << 20;
/// Finished entries of the queue are kept so long, for its board.
const KEEP: Duration = Duration::from_secs(24 * 3600);
const BATCH: i64 = 200;
/// Counts of attempts and questions: longer than any window.
const COUNTED: Duration = Duration::from_secs(8 * 24 * 3600);
/// The value that a visitor is known by is good for a year: so long after they were last here, they cannot come back.
const VISITORS: Duration = Duration::from_secs(366 * 24 * 3600);
/// An upload is recorded long before its file is so old.
const YOUNG: Duration = Duration::from_secs(3600);

pub async fn keep(runner: Arc<Runner>, closing: CancellationToken) {
    let mut originals = Some(Round::beginning());
    for round in 1_u32.. {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = closing.cancelled() => return,
        }
        let mut result = once(&runner, round % PRUNE_EACH == 1).await;
        if result.is_ok() {
            result = sweep_chats(&runner, &closing).await;
        }
        if round.is_multiple_of(ORIGINALS_EACH) {
            originals = Some(Round::beginning());
        }
        if let Some(begun) = originals {
            match compare_originals(runner.parts(), begun, COMPARED).await {
                Ok(next) => originals = next,
                Err(error) => tracing::warn!(%error, "Originals could not be compared; trying again"),
            }
        }
        if result.is_ok() && round.is_multiple_of(VECTORS_EACH) {
            result = forget_vectors(&runner).await;
        }
        if let Err(fault) = result {
            tracing::warn!(error = fault.chain(), "Upkeep failed; trying again");
        }
    }
}

const DAY: Duration = Duration::from_secs(24 * 3600);

/// How long a start waits for storage that does not answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// At the start of the only worker: what a dead predecessor was taking, files that no document names. Uploads begin only
/// when this is over: by no clock could they be told from what is cleared away.
pub async fn clear_uploads(runner: &Runner) {
    if runner.settings().company != Company::Alone {
        return;
    }
    match tokio::time::timeout(PATIENCE, clear_strays(runner, Duration::ZERO)).await {
        Ok(Ok(())) => {}
        Ok(Err(fault)) => {
            tracing::warn!(error = fault.chain(), "What broken uploads left could not be cleared away yet");
        }
        Err(_) => {
            tracing::warn!("What broken uploads left could not be cleared away yet: the storage is slow")
        }
    }
}

async fn clear_strays(runner: &Runner, age: Duration) -> Result<(), Fault> {
    let parts = runner.parts();
    for key in stray_files(parts, age).await? {
        parts.blobs.remove(&key).await?;
    }
    Ok(())
}

async fn once(runner: &Runner, prune: bool) -> Result<(), Fault> {
    lease::queue_forgotten(runner).await?;
    let parts = runner.parts();
    let now = parts.clock.now();
    if let Err(error) = parts.blobs.clear_broken(runner.upload_silence()).await {
        tracing::warn!(%error, "What broken uploads left could not be cleared away; trying again");
    }
    let mut tx = parts.store.begin().await?;
    for (project, document, generation) in tx.unswept_generations(BATCH).await? {
        tx.enqueue(project, &Job::SweepGeneration { document, generation }, now).await?;
    }
    if prune {
        tx.prune_runs(now.minus(KEEP)).await?;
        tx.prune_queues(now.minus(KEEP)).await?;
        tx.forget_allowances(now.minus(COUNTED)).await?;
        tx.forget_audit(now.minus(runner.audit_kept())).await?;
    }
    tx.commit().await?;
    if prune {
        // By itself: what changes rights holds nothing that others may wait for.
        let mut tx = parts.store.begin().await?;
        // A day later than needed: nobody asks for them any more.
        tx.forget_sessions(now.minus(DAY)).await?;
        tx.commit().await?;
        let mut tx = parts.store.begin().await?;
        tx.forget_visitors(now.minus(VISITORS), now).await?;
        tx.commit().await?;
        forget(runner).await?;
        forget_deleted(runner).await?;
    }
    Ok(())
}

/// What was said in deleted chats, a little at a time: others write meanwhile.
async fn sweep_chats(runner: &Runner, closing: &CancellationToken) -> Result<(), Fault> {
    let mut swept = false;
    while !swept && !closing.is_cancelled() {
        let mut tx = runner.parts().store.begin().await?;
        swept = tx.sweep_chats(BATCH).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// What answers have of documents that were deleted while they were written, or by an earlier version.
async fn forget_deleted(runner: &Runner) -> Result<(), Fault> {
    let store = &runner.parts().store;
    for document in store.read().await?.cited_and_deleted(BATCH).await? {
        forget_cited(store, document).await?;
    }
    Ok(())
}

/// Vectors of texts that are in no chunk any more, and those of other models.
async fn forget_vectors(runner: &Runner) -> Result<(), Fault> {
    let parts = runner.parts();
    let Some(cache) = parts.vectors.cache() else { return Ok(()) };
    let model = &parts.vectors.embedder().info().name;
    let projects = parts.store.read().await?.projects_with_documents().await?;
    for project in projects {
        let hashes = parts.store.read().await?.text_hashes(project).await?;
        let used: Vec<TextHash> = hashes.iter().filter_map(|hash| TextHash::parse(hash)).collect();
        cache.remove_unused(project, model, &used).await?;
    }
    Ok(())
}

/// Files of uploads that were never recorded, and projects that may not be restored any more.
async fn forget(runner: &Runner) -> Result<(), Fault> {
    let parts = runner.parts();
    clear_strays(runner, YOUNG).await?;
    let now = parts.clock.now();
    let mut tx = parts.store.begin().await?;
    for project in tx.expired_projects(now.minus(RESTORABLE), BATCH).await? {
        tx.purge_project(project, now).await?;
    }
    tx.commit().await?;
    Ok(())
}
