//! What the database knows of the state of the whole installation, told as metrics.

use std::time::Duration;

use super::connection::{Pools, Store};
use super::error::StoreError;
use super::side::{ForServer, Side};
use super::statement::{fetch_all, fetch_one, statements};
use super::tx::Tx;
use docent_domain::Timestamp;
use docent_telemetry::{self as telemetry, DatabaseSeen, Work};

/// A database that takes longer is told as away.
const PATIENCE: Duration = Duration::from_secs(2);

statements! {
    OWED = "
        SELECT (SELECT COUNT(*) FROM generations WHERE state = 'garbage'),
               (SELECT COUNT(*) FROM projects WHERE purged_at IS NOT NULL)";
    LAST_SUCCESSES = "SELECT kind, MAX(finished_at) FROM runs WHERE state = 'done' GROUP BY kind";
}

impl<S: Side> Store<S> {
    /// Tells queues, failures, what is still to be removed, and connections, as they are now. To be called just before
    /// metrics are read; a database that is away is told as such.
    pub async fn measure(&self, now: Timestamp) {
        let looked = async { self.on_behalf::<ForServer>().read().await?.look().await };
        let seen = tokio::time::timeout(PATIENCE, looked).await;
        if let Ok(Err(error)) = &seen {
            tracing::warn!(%error, "The database could not be asked for metrics");
        }
        telemetry::database(seen.ok().and_then(Result::ok).as_ref(), now);
        match &self.pools {
            Pools::Sqlite { write, read } => {
                telemetry::connections("write", write.num_idle(), write.size());
                telemetry::connections("read", read.num_idle(), read.size());
            }
            Pools::Postgres(pool) => telemetry::connections("all", pool.num_idle(), pool.size()),
        }
    }
}

impl Tx {
    async fn look(&mut self) -> Result<DatabaseSeen, StoreError> {
        let work = |depth: super::Depth| Work {
            kind: depth.kind,
            state: depth.state,
            count: depth.count,
            oldest: depth.oldest,
        };
        let waiting = self.queue_depths().await?.into_iter().map(work).collect();
        let failed = self.failures_by_reason().await?;
        let successes = fetch_all!(self, (String, Option<i64>), LAST_SUCCESSES)?;
        let successes = successes.into_iter().filter_map(|(kind, at)| Some((kind, at?.into()))).collect();
        let (owed_generations, owed_projects) = fetch_one!(self, (i64, i64), OWED)?;
        Ok(DatabaseSeen { waiting, failed, successes, owed_generations, owed_projects })
    }
}
