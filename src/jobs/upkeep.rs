//! What is done in the background without being asked: finding lost work and garbage, and forgetting old rows.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::lease;
use super::runner::Runner;
use crate::domain::Fault;
use crate::domain::job::Job;

const EVERY: Duration = Duration::from_secs(30);
/// Rounds between two clean-ups of old rows.
const PRUNE_EACH: u32 = 20;
/// Finished entries of the queue are kept so long, for its board.
const KEEP: Duration = Duration::from_secs(24 * 3600);
const BATCH: i64 = 200;

pub async fn keep(runner: Arc<Runner>, closing: CancellationToken) {
    for round in 0_u32.. {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = closing.cancelled() => return,
        }
        if let Err(fault) = once(&runner, round.is_multiple_of(PRUNE_EACH)).await {
            tracing::warn!(error = fault.chain(), "Upkeep failed; trying again");
        }
    }
}

async fn once(runner: &Runner, prune: bool) -> Result<(), Fault> {
    lease::queue_forgotten(runner).await?;
    let parts = runner.parts();
    let now = parts.clock.now();
    let mut tx = parts.store.begin().await?;
    for (project, document, generation) in tx.unswept_generations(BATCH).await? {
        tx.enqueue(project, &Job::SweepGeneration { document, generation }, now).await?;
    }
    if prune {
        tx.prune_runs(now.minus(KEEP)).await?;
        tx.prune_queues(now.minus(KEEP)).await?;
    }
    tx.commit().await?;
    Ok(())
}
