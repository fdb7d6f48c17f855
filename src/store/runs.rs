//! Our own account of queued work: who works on what, how often it was tried, and why it ended.
//!
//! A run is `queued`, then `running` under a lease, and from there done, failed, cancelled, or queued again. Starts are
//! counted before the work begins, so that work that crashes its process is counted too; a kill from outside is not. Every start gets a higher
//! fence, and whoever holds an older one is refused.

use super::error::{StoreError, word};
use super::side::{Operates, Side};
use super::statement::{execute, fetch_all, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use super::{Listed, Window};
use docent_domain::job::{About, Job, Queue, RunState};
use docent_domain::job_kind;
use docent_domain::{Code, DocumentId, ProjectId, RunId, Timestamp};

macro_rules! columns {
    () => {
        "id, kind, queue, project_id, document_id, generation, state, enqueued, starts, failures, outages, kills, worker, fence,
         lease_until, run_after, cancel, error_code, error_message, created_at, started_at, finished_at,
         traceparent"
    };
}

/// How far the reading of a run's generation is: pages, chunks, and those of them that are embedded.
macro_rules! reached {
    () => {
        "((SELECT COUNT(*) FROM pages x
           WHERE x.document_id = runs.document_id AND x.generation = runs.generation)
          + (SELECT COUNT(*) FROM chunks x
             WHERE x.document_id = runs.document_id AND x.generation = runs.generation)
          + COALESCE((SELECT d.chunks_done FROM documents d
                      WHERE d.id = runs.document_id AND d.generation = runs.generation), 0))"
    };
}

/// `$1` state, `$2` code of the error, `$3` only what nothing was done about since.
macro_rules! filtered {
    () => {
        concat!(
            "(CAST($1 AS TEXT) IS NULL OR state = $1) AND (CAST($2 AS TEXT) IS NULL OR error_code = $2)
         AND (NOT $3 OR kind <> '",
            job_kind!(IngestDocument),
            "' OR EXISTS (
             SELECT 1 FROM documents d
             WHERE d.id = runs.document_id AND d.generation = runs.generation AND d.deleted_at IS NULL))"
        )
    };
}

statements! {
    START_RUN = concat!("
        UPDATE runs
        SET state = 'running', starts = starts + 1, fence = fence + 1, worker = $3, lease_until = $4,
            started_at = $5, finished_at = NULL, kills = CASE WHEN reached < ", reached!(), " THEN 0 ELSE kills END,
            reached = CASE WHEN reached < ", reached!(), " THEN ", reached!(), " ELSE reached END
        WHERE id = $1 AND enqueued = $2 AND state = 'queued'
        RETURNING ", columns!());
    /// The lease always moves on, also when the clock does not: that is what others watch.
    RENEW_LEASES = "
        UPDATE runs
        SET lease_until = CASE WHEN lease_until >= $2 THEN lease_until + 1 ELSE $2 END
        WHERE worker = $1 AND state = 'running'
        RETURNING id, fence";
    /// Runs of a worker that should stop: cancelled, or about something that is replaced or deleted meanwhile.
    UNWANTED_RUNS = concat!("
        SELECT r.id, r.cancel
        FROM runs r
        LEFT JOIN generations g ON g.document_id = r.document_id AND g.generation = r.generation
        LEFT JOIN documents d ON d.id = r.document_id
        WHERE r.worker = $1 AND r.state = 'running' AND r.kind = '", job_kind!(IngestDocument), "'
          AND (r.cancel OR g.state IS NULL OR g.state <> 'open' OR d.deleted_at IS NOT NULL)");
    /// Also locks the row until the end of the transaction, so that nobody takes the run over in between.
    HOLD_RUN = "UPDATE runs SET fence = fence WHERE id = $1 AND fence = $2 AND state = 'running' RETURNING enqueued";
    END_RUN = "
        UPDATE runs
        SET state = $3, starts = starts - $4, failures = failures + $5, error_code = $6, error_message = $7,
            finished_at = $8, lease_until = NULL
        WHERE id = $1 AND fence = $2 AND state = 'running'";
    REFUSE_RUN = "
        UPDATE runs
        SET state = 'failed', error_code = $2, error_message = $3, finished_at = $4, lease_until = NULL
        WHERE id = $1 AND state IN ('queued', 'running')";
    POSTPONE_RUN = concat!("
        UPDATE runs
        SET state = 'queued', starts = $3, failures = $4, outages = $5, error_code = $6, error_message = $7,
            lease_until = NULL
        WHERE id = $1 AND fence = $2 AND state = 'running'
        RETURNING ", columns!());
    RUNNING_RUNS = "SELECT id, fence, lease_until FROM runs WHERE state = 'running'";
    TAKE_AWAY_RUN = concat!("
        UPDATE runs
        SET state = 'queued', lease_until = NULL, starts = CASE WHEN worker = $3 THEN starts ELSE starts - 1 END,
            kills = CASE WHEN worker = $3 THEN kills ELSE kills + 1 END
        WHERE id = $1 AND fence = $2 AND state = 'running'
        RETURNING ", columns!());
    CANCEL_QUEUED_RUNS = concat!("
        UPDATE runs SET state = 'cancelled', cancel = TRUE, finished_at = $3
        WHERE document_id = $1 AND generation = $2 AND kind = '", job_kind!(IngestDocument), "' AND state = 'queued'
        RETURNING id");
    CANCEL_RUNNING_RUNS = concat!("
        UPDATE runs SET cancel = TRUE
        WHERE document_id = $1 AND generation = $2 AND kind = '", job_kind!(IngestDocument), "' AND state = 'running'
        RETURNING id");
    RETRY_RUN = concat!("
        UPDATE runs
        SET state = 'queued', starts = 0, failures = 0, outages = 0, kills = 0, cancel = FALSE, error_code = NULL,
            error_message = NULL, finished_at = NULL
        WHERE id = $1 AND state IN ('failed', 'cancelled')
        RETURNING ", columns!());
    RUN = concat!("SELECT ", columns!(), " FROM runs WHERE id = $1");
    RUN_OF = concat!("
        SELECT ", columns!(), " FROM runs
        WHERE document_id = $1 AND generation = $2 AND kind = '", job_kind!(IngestDocument), "'
        ORDER BY id DESC LIMIT 1");
    RUNS = concat!("
        SELECT ", columns!(), " FROM runs
        WHERE ", filtered!(), " ORDER BY id DESC LIMIT $4 OFFSET $5");
    COUNT_RUNS = concat!("SELECT COUNT(*) FROM runs WHERE ", filtered!());
    DEPTHS = "
        SELECT kind, state, COUNT(*), MIN(created_at) FROM runs
        WHERE state IN ('queued', 'running') GROUP BY kind, state ORDER BY kind, state";
    FAILURES = "
        SELECT error_code, COUNT(*) FROM runs
        WHERE state = 'failed' AND error_code IS NOT NULL GROUP BY error_code ORDER BY error_code";
    LAST_SUCCESS = "SELECT MAX(finished_at) FROM runs WHERE state = 'done' AND kind = $1";
    PRUNE_RUNS = concat!("
        DELETE FROM runs
        WHERE state IN ('done', 'cancelled') AND finished_at < $1 AND kind <> '", job_kind!(IngestDocument), "'");
}

/// One piece of queued work, through all its attempts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub id: RunId,
    pub job: Job,
    pub queue: Queue,
    pub project: ProjectId,
    pub state: RunState,
    /// How often it was put into the queue.
    pub enqueued: i64,
    /// Starts that did not come to an end: processes that died, and the attempt under way.
    pub starts: i64,
    pub failures: i64,
    pub outages: i64,
    /// Starts in a row that ended in a kill from outside, without any progress.
    pub kills: i64,
    pub worker: Option<String>,
    pub fence: i64,
    pub lease_until: Option<Timestamp>,
    pub run_after: Timestamp,
    pub cancel: bool,
    pub error_code: Option<String>,
    pub error_message: Option<String>,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
    /// Where in a trace it was asked for.
    pub traceparent: Option<String>,
}

impl Run {
    /// The attempt under way, or the last one; 0 before the first.
    pub const fn attempt(&self) -> i64 {
        self.failures + self.starts
    }

    pub const fn hold(&self) -> Hold {
        Hold { run: self.id, fence: self.fence }
    }
}

/// The right to write on behalf of a run, for as long as nobody else has taken it over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hold {
    pub run: RunId,
    pub fence: i64,
}

/// How a run came to rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End<'a> {
    Done,
    Cancelled,
    Failed {
        code: &'a str,
        message: &'a str,
    },
    /// It was not even tried this time.
    GivenUp {
        code: &'a str,
        message: &'a str,
    },
}

/// Why a run goes back into the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Postponed<'a> {
    /// It failed, and it counts.
    Failure { code: &'a str, message: &'a str },
    /// A dependency was away; that uses up no attempt.
    Outage { code: &'a str, message: &'a str },
    /// The worker stops; this start does not count.
    Released,
}

/// A run as others watch it: alive for as long as this changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pulse {
    pub hold: Hold,
    pub lease_until: i64,
}

/// Which runs are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RunFilter<'a> {
    pub state: Option<RunState>,
    pub error_code: Option<&'a str>,
    /// Not readings of documents that were read again, replaced or deleted since.
    pub unresolved: bool,
}

/// How much of a kind of work there is in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Depth {
    pub kind: String,
    pub state: String,
    pub count: i64,
    pub oldest: Timestamp,
}

#[derive(sqlx::FromRow)]
struct RunRow {
    id: i64,
    kind: String,
    queue: String,
    project_id: i64,
    document_id: Option<i64>,
    generation: Option<i64>,
    state: String,
    enqueued: i64,
    starts: i64,
    failures: i64,
    outages: i64,
    kills: i64,
    worker: Option<String>,
    fence: i64,
    lease_until: Option<i64>,
    run_after: i64,
    cancel: bool,
    error_code: Option<String>,
    error_message: Option<String>,
    created_at: i64,
    started_at: Option<i64>,
    finished_at: Option<i64>,
    traceparent: Option<String>,
}

impl<S: Side> Tx<S> {
    /// Ends the reading of a generation that waits in the queue; one that is under way is asked to stop. True if
    /// nothing is under way.
    pub(super) async fn cancel_runs(
        &mut self,
        document: DocumentId,
        generation: i64,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        fetch_all!(self, (i64,), CANCEL_QUEUED_RUNS, document.get(), generation, now.micros())?;
        let running = fetch_all!(self, (i64,), CANCEL_RUNNING_RUNS, document.get(), generation)?;
        Ok(running.is_empty())
    }
}

impl<S: Operates> Tx<S> {
    /// Starts a run that rests as failed or cancelled all over. `None` if it does not rest so. Readings of documents
    /// get a new generation instead: see `reprocess`.
    pub async fn retry_run(&mut self, id: RunId, now: Timestamp) -> Result<Option<Run>, StoreError> {
        let Some(row) = fetch_optional!(self, RunRow, RETRY_RUN, id.get())? else { return Ok(None) };
        let run = Run::try_from(row)?;
        self.put_attempt(run.project, run.id, run.queue, now, now).await?;
        Ok(Some(run))
    }

    pub async fn run(&mut self, id: RunId) -> Result<Option<Run>, StoreError> {
        fetch_optional!(self, RunRow, RUN, id.get())?.map(Run::try_from).transpose()
    }

    /// The latest run that read this generation.
    pub async fn run_of(&mut self, document: DocumentId, generation: i64) -> Result<Option<Run>, StoreError> {
        fetch_optional!(self, RunRow, RUN_OF, document.get(), generation)?.map(Run::try_from).transpose()
    }

    /// For operators: newest first.
    pub async fn runs(&mut self, filter: RunFilter<'_>, window: Window) -> Result<Listed<Run>, StoreError> {
        let (state, code) = (filter.state.map(RunState::name), filter.error_code);
        let rows = fetch_all!(self, RunRow, RUNS, state, code, filter.unresolved, window.limit, window.skip)?;
        let (total,) = fetch_one!(self, (i64,), COUNT_RUNS, state, code, filter.unresolved)?;
        // Those of kinds that this version does not know have nothing to show.
        Ok(Listed { items: rows.into_iter().filter_map(|row| Run::try_from(row).ok()).collect(), total })
    }

    /// When a run of that kind last came to a good end.
    pub async fn last_success(&mut self, kind: &str) -> Result<Option<Timestamp>, StoreError> {
        let (at,) = fetch_one!(self, (Option<i64>,), LAST_SUCCESS, kind)?;
        Ok(at.map(Timestamp::from))
    }

    /// How much waits and runs, by kind.
    pub async fn queue_depths(&mut self) -> Result<Vec<Depth>, StoreError> {
        let rows = fetch_all!(self, (String, String, i64, i64), DEPTHS)?;
        let depth = |(kind, state, count, oldest): (String, String, i64, i64)| Depth {
            kind,
            state,
            count,
            oldest: oldest.into(),
        };
        Ok(rows.into_iter().map(depth).collect())
    }
}

impl Tx {
    /// Takes a queued run. `None` if this entry of the queue is stale, or somebody else works on it, or it is over.
    pub async fn start_run(
        &mut self,
        id: RunId,
        enqueued: i64,
        worker: &str,
        lease_until: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Run>, StoreError> {
        let row = fetch_optional!(
            self,
            RunRow,
            START_RUN,
            id.get(),
            enqueued,
            worker,
            lease_until.micros(),
            now.micros(),
        )?;
        self.known(row, now).await
    }

    /// The run of that row. One of a kind that this program does not know, as a newer one may have left it, is brought
    /// to rest: it could never be worked on, and would come back for ever.
    async fn known(&mut self, row: Option<RunRow>, now: Timestamp) -> Result<Option<Run>, StoreError> {
        let Some(row) = row else { return Ok(None) };
        let (id, kind) = (row.id, row.kind.clone());
        match Run::try_from(row) {
            Ok(run) => Ok(Some(run)),
            Err(error) => {
                tracing::error!(run.id = id, kind, %error, "A run cannot be understood; it rests as failed");
                let message = format!("This version cannot do work of the kind `{kind}`");
                self.refuse_run(id.into(), &message, now).await?;
                Ok(None)
            }
        }
    }

    /// Brings a run to rest that nobody can work on.
    pub async fn refuse_run(&mut self, id: RunId, message: &str, now: Timestamp) -> Result<(), StoreError> {
        execute!(self, REFUSE_RUN, id.get(), Code::Internal.name(), message, now.micros())?;
        Ok(())
    }

    /// As [`Tx::run`], for those who go on with it.
    pub(super) async fn known_run(&mut self, id: RunId, now: Timestamp) -> Result<Option<Run>, StoreError> {
        let row = fetch_optional!(self, RunRow, RUN, id.get())?;
        self.known(row, now).await
    }

    /// Renews the leases of everything this worker runs, and names it. What is missing was taken away.
    pub async fn renew_leases(
        &mut self,
        worker: &str,
        lease_until: Timestamp,
    ) -> Result<Vec<Hold>, StoreError> {
        let rows = fetch_all!(self, (i64, i64), RENEW_LEASES, worker, lease_until.micros())?;
        Ok(rows.into_iter().map(|(run, fence)| Hold { run: run.into(), fence }).collect())
    }

    /// What this worker runs and should not, each with whether it was cancelled (else: replaced or deleted).
    pub async fn unwanted_runs(&mut self, worker: &str) -> Result<Vec<(RunId, bool)>, StoreError> {
        let rows = fetch_all!(self, (i64, bool), UNWANTED_RUNS, worker)?;
        Ok(rows.into_iter().map(|(id, cancel)| (id.into(), cancel)).collect())
    }

    /// Whether the run is still ours; if so, it stays ours until the end of this transaction.
    pub async fn still_holds(&mut self, hold: Hold) -> Result<bool, StoreError> {
        Ok(fetch_optional!(self, (i64,), HOLD_RUN, hold.run.get(), hold.fence)?.is_some())
    }

    /// Brings a run to rest. False if it was taken away, and nothing changed.
    pub async fn end_run(&mut self, hold: Hold, end: End<'_>, now: Timestamp) -> Result<bool, StoreError> {
        let (state, starts, failures, code, message) = match end {
            End::Done => (RunState::Done, 0, 0, None, None),
            End::Cancelled => (RunState::Cancelled, 0, 0, None, None),
            End::Failed { code, message } => (RunState::Failed, 1, 1, Some(code), Some(message)),
            End::GivenUp { code, message } => (RunState::Failed, 1, 0, Some(code), Some(message)),
        };
        let changed = execute!(
            self,
            END_RUN,
            hold.run.get(),
            hold.fence,
            state.name(),
            starts,
            failures,
            code,
            message,
            now.micros(),
        )?;
        Ok(changed > 0)
    }

    /// Puts a run back into the queue, not before `run_after`. False if it was taken away.
    pub async fn postpone_run(
        &mut self,
        run: &Run,
        why: Postponed<'_>,
        run_after: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (starts, failures, outages, code, message) = match why {
            Postponed::Failure { code, message } => {
                (run.starts - 1, run.failures + 1, run.outages, Some(code), Some(message))
            }
            Postponed::Outage { code, message } => {
                (run.starts - 1, run.failures, run.outages + 1, Some(code), Some(message))
            }
            Postponed::Released => (
                run.starts - 1,
                run.failures,
                run.outages,
                run.error_code.as_deref(),
                run.error_message.as_deref(),
            ),
        };
        let row = fetch_optional!(
            self,
            RunRow,
            POSTPONE_RUN,
            run.id.get(),
            run.fence,
            starts,
            failures,
            outages,
            code,
            message,
        )?;
        let Some(row) = row else { return Ok(false) };
        let run = Run::try_from(row)?;
        self.put_attempt(run.project, run.id, run.queue, run_after, now).await?;
        Ok(true)
    }

    /// Everything that is being worked on anywhere.
    pub async fn pulses(&mut self) -> Result<Vec<Pulse>, StoreError> {
        let rows = fetch_all!(self, (i64, i64, Option<i64>), RUNNING_RUNS)?;
        let pulse = |(run, fence, lease): (i64, i64, Option<i64>)| Pulse {
            hold: Hold { run: run.into(), fence },
            lease_until: lease.unwrap_or(0),
        };
        Ok(rows.into_iter().map(pulse).collect())
    }

    /// Queues the run of a worker that is gone. Its start stays counted if that worker is `crashed`, which ended itself:
    /// what it worked on may have been the reason. `None` if it is not running any more, or under somebody else.
    pub async fn take_away_run(
        &mut self,
        hold: Hold,
        crashed: Option<&str>,
        now: Timestamp,
    ) -> Result<Option<Run>, StoreError> {
        let row = fetch_optional!(self, RunRow, TAKE_AWAY_RUN, hold.run.get(), hold.fence, crashed)?;
        let Some(run) = self.known(row, now).await? else { return Ok(None) };
        self.put_attempt(run.project, run.id, run.queue, now, now).await?;
        Ok(Some(run))
    }

    /// How many runs rest as failed, by their error's code.
    pub async fn failures_by_reason(&mut self) -> Result<Vec<(String, i64)>, StoreError> {
        fetch_all!(self, (String, i64), FAILURES)
    }

    /// Forgets cleaning that was done before that moment.
    pub async fn prune_runs(&mut self, before: Timestamp) -> Result<u64, StoreError> {
        execute!(self, PRUNE_RUNS, before.micros())
    }
}

impl TryFrom<RunRow> for Run {
    type Error = StoreError;

    fn try_from(row: RunRow) -> Result<Self, StoreError> {
        let about = About {
            project: Some(row.project_id.into()),
            document: row.document_id.map(DocumentId::from),
            generation: row.generation,
        };
        Ok(Self {
            id: row.id.into(),
            job: word(Job::stored(&row.kind, about), &row.kind, "a kind of work with what it is about")?,
            queue: word(Queue::by_name(&row.queue), &row.queue, "the name of a queue")?,
            project: row.project_id.into(),
            state: word(RunState::by_name(&row.state), &row.state, "the state of a run")?,
            enqueued: row.enqueued,
            starts: row.starts,
            failures: row.failures,
            outages: row.outages,
            kills: row.kills,
            worker: row.worker,
            fence: row.fence,
            lease_until: row.lease_until.map(Timestamp::from),
            run_after: row.run_after.into(),
            cancel: row.cancel,
            error_code: row.error_code,
            error_message: row.error_message,
            created_at: row.created_at.into(),
            started_at: row.started_at.map(Timestamp::from),
            finished_at: row.finished_at.map(Timestamp::from),
            traceparent: row.traceparent,
        })
    }
}
