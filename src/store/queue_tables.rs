//! The queue library's own tables. They have other names and types on each database: the one place with two texts for
//! one statement.

use super::error::StoreError;
use super::runs::Run;
use super::side::Operates;
use super::tx::{Connection, Tx};
use super::wake::Queue;
use docent_domain::Timestamp;

/// One statement in both dialects.
pub struct Dialects {
    pub name: &'static str,
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

const FREE: Dialects = Dialects {
    name: "FREE",
    sqlite: "UPDATE Jobs SET status = 'Pending', lock_by = NULL, lock_at = NULL WHERE status IN ('Queued', 'Running')",
    postgres: "
        UPDATE apalis.jobs SET status = 'Pending', lock_by = NULL, lock_at = NULL
        WHERE status IN ('Queued', 'Running')",
};

/// `$1` is how the names of the process's workers begin.
const FREE_OF: Dialects = Dialects {
    name: "FREE_OF",
    sqlite: "
        UPDATE Jobs SET status = 'Pending', lock_by = NULL, lock_at = NULL
        WHERE status IN ('Queued', 'Running') AND SUBSTR(lock_by, 1, LENGTH($1)) = $1",
    postgres: "
        UPDATE apalis.jobs SET status = 'Pending', lock_by = NULL, lock_at = NULL
        WHERE status IN ('Queued', 'Running') AND SUBSTR(lock_by, 1, LENGTH($1)) = $1",
};

/// Queued runs that no entry of the queue stands for.
const FORGOTTEN: Dialects = Dialects {
    name: "FORGOTTEN",
    sqlite: "
        SELECT r.id FROM runs r
        WHERE r.state = 'queued' AND NOT EXISTS (
            SELECT 1 FROM Jobs j
            WHERE j.job_type = r.queue
              AND j.idempotency_key = r.id || '/' || r.enqueued
              AND j.status IN ('Pending', 'Queued', 'Running'))
        ORDER BY r.id LIMIT $1",
    postgres: "
        SELECT r.id FROM runs r
        WHERE r.state = 'queued' AND NOT EXISTS (
            SELECT 1 FROM apalis.jobs j
            WHERE j.job_type = r.queue
              AND j.idempotency_key = r.id || '/' || r.enqueued
              AND j.status IN ('Pending', 'Queued', 'Running'))
        ORDER BY r.id LIMIT $1",
};

const PRUNE_ENTRIES: Dialects = Dialects {
    name: "PRUNE_ENTRIES",
    sqlite: "DELETE FROM Jobs WHERE status IN ('Done', 'Failed', 'Killed') AND done_at < $1",
    postgres: "
        DELETE FROM apalis.jobs WHERE status IN ('Done', 'Failed', 'Killed') AND done_at < to_timestamp($1)",
};

const PRUNE_WORKERS: Dialects = Dialects {
    name: "PRUNE_WORKERS",
    sqlite: "
        DELETE FROM Workers
        WHERE last_seen < $1 AND NOT EXISTS (SELECT 1 FROM Jobs WHERE Jobs.lock_by = Workers.id)",
    postgres: "
        DELETE FROM apalis.workers w
        WHERE w.last_seen < to_timestamp($1) AND NOT EXISTS (SELECT 1 FROM apalis.jobs j WHERE j.lock_by = w.id)",
};

const WORKERS: Dialects = Dialects {
    name: "WORKERS",
    sqlite: "
        SELECT id, worker_type, CAST(last_seen AS INTEGER) AS last_seen, CAST(started_at AS INTEGER) AS started_at
        FROM Workers WHERE last_seen >= $1 ORDER BY id",
    postgres: "
        SELECT id::text, worker_type::text, CAST(EXTRACT(EPOCH FROM last_seen) AS BIGINT) AS last_seen,
               CAST(EXTRACT(EPOCH FROM started_at) AS BIGINT) AS started_at
        FROM apalis.workers WHERE last_seen >= to_timestamp($1) ORDER BY id",
};

/// For the test that prepares each on its database.
pub const DIALECTS: &[Dialects] = &[FREE, FREE_OF, FORGOTTEN, PRUNE_ENTRIES, PRUNE_WORKERS, WORKERS];

/// Somebody who takes work out of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    pub name: String,
    pub queue: String,
    pub last_seen: Timestamp,
    pub started_at: Option<Timestamp>,
}

macro_rules! fetch {
    ($tx:expr, $row:ty, $dialects:expr, $bind:expr) => {
        match $tx.connection() {
            Connection::Sqlite(connection) => {
                sqlx::query_as::<_, $row>($dialects.sqlite).bind($bind).fetch_all(connection).await
            }
            Connection::Postgres(connection) => {
                sqlx::query_as::<_, $row>($dialects.postgres).bind($bind).fetch_all(connection).await
            }
        }
        .map_err(StoreError::from)
    };
}

impl<S: Operates> Tx<S> {
    /// The workers that were seen since that moment.
    pub async fn workers(&mut self, since: Timestamp) -> Result<Vec<Worker>, StoreError> {
        let seconds = since.micros() / 1_000_000;
        let rows = fetch!(self, (String, String, i64, Option<i64>), WORKERS, seconds)?;
        let at = |seconds: i64| Timestamp::from_micros(seconds * 1_000_000);
        let worker = |(name, queue, seen, started): (String, String, i64, Option<i64>)| Worker {
            name,
            queue,
            last_seen: at(seen),
            started_at: started.map(at),
        };
        Ok(rows.into_iter().map(worker).collect())
    }
}

impl Tx {
    /// Frees everything that some worker has taken. For the start of the only worker there is, when whoever took it
    /// must be dead.
    pub async fn free_queues(&mut self) -> Result<u64, StoreError> {
        for queue in Queue::ALL {
            self.wake_after_commit(*queue);
        }
        let done = match self.connection() {
            Connection::Sqlite(connection) => {
                sqlx::query(FREE.sqlite).execute(connection).await?.rows_affected()
            }
            Connection::Postgres(connection) => {
                sqlx::query(FREE.postgres).execute(connection).await?.rows_affected()
            }
        };
        Ok(done)
    }

    /// Frees what the workers whose names begin so have taken. For their end.
    pub async fn free_entries(&mut self, name: &str) -> Result<(), StoreError> {
        match self.connection() {
            Connection::Sqlite(connection) => {
                sqlx::query(FREE_OF.sqlite).bind(name).execute(connection).await?;
            }
            Connection::Postgres(connection) => {
                sqlx::query(FREE_OF.postgres).bind(name).execute(connection).await?;
            }
        }
        Ok(())
    }

    /// Queues again what should be in a queue and is not: the traces of a worker that died, or could not reach the
    /// database, at the wrong moment. How many there were.
    pub async fn queue_forgotten(&mut self, limit: i64, now: Timestamp) -> Result<usize, StoreError> {
        let forgotten = fetch!(self, (i64,), FORGOTTEN, limit)?;
        for (id,) in &forgotten {
            if let Some(run) = self.known_run((*id).into(), now).await? {
                let Run { project, queue, run_after, .. } = &run;
                let run_after = (*run_after).max(now);
                self.enqueue_attempt(*project, run.id, *queue, run_after, now).await?;
            }
        }
        Ok(forgotten.len())
    }

    /// Forgets entries that were done, and workers that were last seen, before that moment.
    pub async fn prune_queues(&mut self, before: Timestamp) -> Result<(), StoreError> {
        let seconds = before.micros() / 1_000_000;
        match self.connection() {
            Connection::Sqlite(connection) => {
                sqlx::query(PRUNE_ENTRIES.sqlite).bind(seconds).execute(&mut *connection).await?;
                sqlx::query(PRUNE_WORKERS.sqlite).bind(seconds).execute(connection).await?;
            }
            Connection::Postgres(connection) => {
                sqlx::query(PRUNE_ENTRIES.postgres).bind(seconds).execute(&mut *connection).await?;
                sqlx::query(PRUNE_WORKERS.postgres).bind(seconds).execute(connection).await?;
            }
        }
        Ok(())
    }
}
