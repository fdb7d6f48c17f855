//! Putting work into the queue, inside the transaction that makes it necessary.
//!
//! The queue (apalis) only fetches and locks. What it is about, how often it was tried and why it failed stands in
//! our own `runs`.

use apalis::prelude::TaskBuilder;
use sqlx::Acquire;

use super::error::StoreError;
use super::side::Side;
use super::statement::{execute, fetch_one, statements};
use super::tx::{Connection, Tx};
use super::wake::Queue;
use docent_domain::job::{Job, RunState};
use docent_domain::{DocumentId, ProjectId, RunId, Timestamp};
use docent_telemetry::trace;

statements! {
    INSERT_RUN = "
        INSERT INTO runs (kind, queue, project_id, document_id, generation, state, enqueued, starts, failures, outages,
                          fence, run_after, cancel, created_at, traceparent)
        VALUES ($1, $8, $2, $3, $4, $5, 0, 0, 0, 0, 0, $6, FALSE, $6, $7)
        RETURNING id";
    COUNT_ENQUEUED = "UPDATE runs SET enqueued = enqueued + 1 WHERE id = $1 RETURNING enqueued";
    COUNT_WAITING = "SELECT COUNT(*) FROM runs WHERE project_id = $1 AND state = $2";
    SET_RUN_AFTER = "UPDATE runs SET run_after = $2 WHERE id = $1";
}

/// The priority of work whose project has nothing else waiting; the queue takes only numbers from 0 up.
const FRONT: i64 = 1_000_000;

impl Tx {
    /// Records the work and queues its first attempt; the commit wakes the workers.
    pub async fn enqueue(
        &mut self,
        project: ProjectId,
        job: &Job,
        now: Timestamp,
    ) -> Result<RunId, StoreError> {
        self.put(project, job, job.queue(), now).await
    }

    /// Queues one more attempt of a recorded run, not before `run_after`.
    pub async fn enqueue_attempt(
        &mut self,
        project: ProjectId,
        run: RunId,
        queue: Queue,
        run_after: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.put_attempt(project, run, queue, run_after, now).await
    }
}

impl<S: Side> Tx<S> {
    /// As [`Tx::enqueue`], for the methods that make work necessary.
    pub(super) async fn put(
        &mut self,
        project: ProjectId,
        job: &Job,
        queue: Queue,
        now: Timestamp,
    ) -> Result<RunId, StoreError> {
        let about = job.about();
        let (id,) = fetch_one!(
            self,
            (i64,),
            INSERT_RUN,
            job.kind(),
            project.get(),
            about.document.map(DocumentId::get),
            about.generation,
            RunState::Queued.name(),
            now.micros(),
            trace::here(),
            queue.name(),
        )?;
        let run = RunId::from(id);
        self.put_attempt(project, run, queue, now, now).await?;
        Ok(run)
    }

    /// As [`Tx::enqueue_attempt`]. The more its project has waiting, the
    /// further back it goes, so that one project's thousands do not starve another's one.
    pub(super) async fn put_attempt(
        &mut self,
        project: ProjectId,
        run: RunId,
        queue: Queue,
        run_after: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (enqueued,) = fetch_one!(self, (i64,), COUNT_ENQUEUED, run.get())?;
        let (waiting,) = fetch_one!(self, (i64,), COUNT_WAITING, project.get(), RunState::Queued.name())?;
        execute!(self, SET_RUN_AFTER, run.get(), run_after.micros())?;
        self.wake_after_commit(queue);
        // Entry and run name each other, so that an entry that the queue hands out again, late, is known as stale.
        let builder = TaskBuilder::new(format!("[{run},{enqueued}]").into_bytes())
            // The queue's own counting is not relied on.
            .max_attempts(1)
            .priority(usize::try_from(FRONT.saturating_sub(waiting)).unwrap_or(0))
            .idempotency_key(format!("{run}/{enqueued}"))
            .run_after(run_after.since(now));
        match self.connection() {
            Connection::Sqlite(connection) => {
                apalis_sqlite::queries::push_tasks(connection, queue.name(), &[builder.build()])
                    .await
                    .map_err(|error| StoreError::Queue(Box::new(error)))?;
            }
            Connection::Postgres(connection) => {
                // A duplicate key would abort the whole transaction: inside a savepoint it does not.
                let mut savepoint = connection.begin().await?;
                match apalis_postgres::queries::push_tasks(
                    &mut *savepoint,
                    queue.name(),
                    vec![builder.build()],
                )
                .await
                {
                    Ok(()) => savepoint.commit().await?,
                    Err(error) => {
                        savepoint.rollback().await?;
                        return Err(StoreError::Queue(Box::new(error)));
                    }
                }
            }
        }
        Ok(())
    }
}
