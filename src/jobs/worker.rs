//! The queue library's workers: one for each queue, started again whenever it ends.

use std::sync::Arc;
use std::time::Duration;

use apalis::prelude::{BackendExt, BoxDynError, Data, WorkerBuilder, WorkerError};
use futures_util::Stream;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tower::limit::ConcurrencyLimitLayer;

use super::runner::Runner;
use docent_domain::RunId;
use docent_store::{Pools, Queue};

/// When nobody rings, the queue is looked at all the same: delayed work, and work of other processes.
const POLL: Duration = Duration::from_secs(1);

/// An answer that was on its way when the bell rang did not see what it rang for.
const ECHO: Duration = Duration::from_millis(30);

const HEARTBEAT: Duration = Duration::from_secs(5);
const MISSED_HEARTBEATS: usize = 3;

/// Removals at the same time: each waits for a flush of the index, and one flush serves all that wait for it.
const SWEEPS: usize = 8;

/// Runs a worker, and another one after it if it should end. Until `drained` it goes on even while this process stops:
/// the library must be polled for as long as it may be in the middle of a transaction, because on SQLite whoever writes
/// down the last results waits for that one to end.
pub async fn keep_working(runner: Arc<Runner>, queue: Queue, drained: CancellationToken) {
    while !drained.is_cancelled() {
        let result = tokio::select! {
            biased;
            () = drained.cancelled() => return,
            result = work(&runner, queue) => result,
        };
        match result {
            Ok(()) => tracing::warn!(queue = queue.name(), "The queue's worker ended; starting another"),
            Err(error) => {
                tracing::warn!(queue = queue.name(), %error, "The queue's worker broke down; starting another");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(POLL) => {}
            () = drained.cancelled() => {}
        }
    }
}

/// Both libraries have the same shape, but no trait in common that says so.
macro_rules! work_with {
    ($storage:ident, $config:path, $pool:expr, $runner:expr, $queue:expr) => {{
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
            .run()
            .await
    }};
}

async fn work(runner: &Arc<Runner>, queue: Queue) -> Result<(), WorkerError> {
    use apalis_postgres::PostgresStorage;
    use apalis_sqlite::SqliteStorage;

    match runner.parts().store.pools() {
        Pools::Sqlite { write, .. } => {
            work_with!(SqliteStorage, apalis_sqlite::Config, write, runner, queue)
        }
        Pools::Postgres(pool) => {
            work_with!(PostgresStorage, apalis_postgres::Config, pool, runner, queue)
        }
    }
}

fn concurrency(runner: &Runner, queue: Queue) -> usize {
    match queue {
        // Neither kind waits for the other.
        Queue::Ingest => runner.settings().readings.max(1),
        Queue::IngestQuick => runner.settings().quick.max(1),
        Queue::Maintenance => SWEEPS,
    }
}

/// New at each start, because the queue refuses names that it has seen a moment ago.
fn worker_name(runner: &Runner, queue: Queue) -> String {
    format!("{}-{}-{}", runner.name(), queue.name(), uuid::Uuid::new_v4().simple())
}

/// One entry of the queue: `[run, how often it was queued]`. It counts as dealt with whatever became of the run, which
/// stands in the run's own row. If this worker breaks down meanwhile, the run goes on without it.
async fn entry(entry: serde_json::Value, runner: Data<Arc<Runner>>) -> Result<(), BoxDynError> {
    let Ok((run, enqueued)) = serde_json::from_value::<(i64, i64)>(entry) else {
        tracing::warn!("An entry of the queue that is none of ours was dropped");
        return Ok(());
    };
    Arc::clone(&runner).take(RunId::from(run), enqueued).await;
    Ok(())
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
