//! The queue library's workers: one for each queue, started again whenever it ends.

use std::sync::Arc;
use std::time::Duration;

use apalis::prelude::{BackendExt, BoxDynError, Data, WorkerBuilder, WorkerError};
use futures_util::Stream;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tower::limit::ConcurrencyLimitLayer;

use super::runner::Runner;
use crate::domain::RunId;
use crate::store::{Pools, Queue};

/// When nobody rings, the queue is looked at all the same: delayed work, and work of other processes.
const POLL: Duration = Duration::from_secs(1);

/// An answer that was on its way when the bell rang did not see what it rang for.
const ECHO: Duration = Duration::from_millis(30);

const HEARTBEAT: Duration = Duration::from_secs(5);
const MISSED_HEARTBEATS: usize = 3;

/// Runs a worker, and another one after it if it should end, until told to stop.
pub async fn keep_working(runner: Arc<Runner>, queue: Queue, closing: CancellationToken) {
    while !closing.is_cancelled() {
        match work(&runner, queue, closing.clone()).await {
            Ok(()) if closing.is_cancelled() => {}
            Ok(()) => tracing::warn!(queue = queue.name(), "The queue's worker ended; starting another"),
            Err(error) => {
                tracing::warn!(queue = queue.name(), %error, "The queue's worker broke down; starting another");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(POLL) => {}
            () = closing.cancelled() => {}
        }
    }
}

/// Both libraries have the same shape, but no trait in common that says so.
macro_rules! work_with {
    ($storage:ident, $config:path, $pool:expr, $runner:expr, $queue:expr, $closing:expr) => {{
        let concurrency = concurrency($runner, $queue);
        let config = <$config>::default()
            .queue($queue.name())
            .batch_size(concurrency)
            .heartbeat_interval(HEARTBEAT)
            .missed_heartbeats(MISSED_HEARTBEATS);
        let storage = $storage::<serde_json::Value>::new($pool).with_config(config);
        let bell = $runner.parts().store.listen($queue);
        WorkerBuilder::new(worker_name($runner, $queue).as_str())
            .backend(storage.poll_with_stream(Box::pin(rings(bell))))
            .layer(ConcurrencyLimitLayer::new(concurrency))
            .data(Arc::clone($runner))
            .build(entry)
            .run_until(async move {
                $closing.cancelled().await;
                Ok::<(), WorkerError>(())
            })
            .await
    }};
}

async fn work(runner: &Arc<Runner>, queue: Queue, closing: CancellationToken) -> Result<(), WorkerError> {
    use apalis_postgres::PostgresStorage;
    use apalis_sqlite::SqliteStorage;

    match runner.parts().store.pools() {
        Pools::Sqlite { write, .. } => {
            work_with!(SqliteStorage, apalis_sqlite::Config, write, runner, queue, closing)
        }
        Pools::Postgres(pool) => {
            work_with!(PostgresStorage, apalis_postgres::Config, pool, runner, queue, closing)
        }
    }
}

fn concurrency(runner: &Runner, queue: Queue) -> usize {
    match queue {
        Queue::Ingest => runner.settings().readings.max(1),
        Queue::Maintenance => 1,
    }
}

/// New at each start, because the queue refuses names that it has seen a moment ago.
fn worker_name(runner: &Runner, queue: Queue) -> String {
    format!("{}-{}-{}", runner.name(), queue.name(), uuid::Uuid::new_v4().simple())
}

/// One entry of the queue: `[run, how often it was queued]`. It counts as dealt with whatever became of the run, which
/// stands in the run's own row.
async fn entry(entry: serde_json::Value, runner: Data<Arc<Runner>>) -> Result<(), BoxDynError> {
    let Ok((run, enqueued)) = serde_json::from_value::<(i64, i64)>(entry) else {
        tracing::warn!("An entry of the queue that is none of ours was dropped");
        return Ok(());
    };
    if runner.take(RunId::from(run), enqueued).await {
        Ok(())
    } else {
        Err("not before the next start".into())
    }
}

/// A moment to look at the queue: when it got something, shortly after that, and once a second.
fn rings(bell: watch::Receiver<()>) -> impl Stream<Item = ()> {
    futures_util::stream::unfold((bell, false), |(mut bell, rang)| async move {
        let pause = if rang { ECHO } else { POLL };
        let rang = tokio::select! {
            Ok(()) = bell.changed() => true,
            () = tokio::time::sleep(pause) => false,
        };
        Some(((), (bell, rang)))
    })
}
