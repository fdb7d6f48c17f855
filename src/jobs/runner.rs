//! One attempt at one run: counted before it starts, in a task of its own, and brought to an end that is written down.

use std::collections::{HashMap, HashSet};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

use super::registry::work;
use super::work::{Ended, Work};
use super::{Services, WorkerSettings};
use docent_domain::document::DocumentStatus;
use docent_domain::fault::Retry;
use docent_domain::{Code, Coded, Fault, RunId};
use docent_ingest::Parts;
use docent_store::{End, Hold, Postponed, Run, StoreError};
use docent_telemetry::{self as telemetry, Surface, trace};

/// How often the database is told what it refuses, before that counts as its last word.
const REFUSALS: u32 = 5;

/// Deaths of a process, one after the other, from which on a run under way is taken for what it died of.
const SUSPICIOUS: i64 = 2;

/// The longest pause after an outage.
const OUTAGE_PAUSE: Duration = Duration::from_secs(60);

/// Takes runs through attempts, and knows which ones are under way here.
pub struct Runner {
    services: Services,
    settings: WorkerSettings,
    name: String,
    tasks: TaskTracker,
    held: Mutex<HashMap<RunId, Held>>,
    closing: CancellationToken,
    /// Told when a run is not under way any more.
    let_go: Notify,
    /// Runs that were under way when a process died, more than once. They go on one after the other, so that the one that
    /// does it uses up no start of the others.
    suspects: Mutex<HashSet<RunId>>,
    alone: tokio::sync::Mutex<()>,
}

#[derive(Clone)]
struct Held {
    run: Run,
    stop: Stop,
}

/// What became of an entry of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dealt {
    /// It is not needed any more, whatever became of its run.
    With,
    /// This process stops: the entry must not be acknowledged.
    NotYet,
}

/// Why something could not be written down.
enum Unwritten {
    /// This process stops.
    Closing,
    /// The database refuses it, and would refuse it again.
    Refused(StoreError),
}

/// The wish that an attempt ends, and the first reason for it.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    token: CancellationToken,
    why: Arc<OnceLock<Why>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A person asked for it.
    Cancelled,
    /// What it is about was replaced or deleted.
    Unwanted,
    /// Another worker has taken it over.
    Lost,
    /// This process stops.
    Closing,
}

impl Stop {
    fn ask(&self, why: Why) {
        // The first reason stands.
        let _second = self.why.set(why);
        self.token.cancel();
    }

    pub const fn token(&self) -> &CancellationToken {
        &self.token
    }
}

/// What is to be written down about an attempt.
enum Verdict {
    Done,
    /// Done, but what it was about went away meanwhile.
    Unwanted,
    Rest(Code, String),
    GivenUp(String),
    Cancelled,
    Failure {
        pause: Duration,
        code: Code,
        message: String,
    },
    Outage {
        pause: Duration,
        code: Code,
        message: String,
    },
    Released,
    /// It is somebody else's now.
    Nothing,
}

impl Runner {
    pub fn new(services: Services, settings: WorkerSettings, tasks: TaskTracker) -> Self {
        let made_up = || format!("{}-{}", std::process::id(), uuid::Uuid::new_v4().simple());
        let name = settings.name.clone().unwrap_or_else(made_up);
        let closing = CancellationToken::new();
        Self {
            services,
            settings,
            name,
            tasks,
            held: Mutex::default(),
            closing,
            let_go: Notify::new(),
            suspects: Mutex::default(),
            alone: tokio::sync::Mutex::default(),
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub const fn settings(&self) -> &WorkerSettings {
        &self.settings
    }

    pub fn parts(&self) -> &Parts {
        self.services.ingest.parts()
    }

    pub const fn upload_silence(&self) -> Duration {
        self.services.upload_silence
    }

    /// How far the audit log goes back.
    pub const fn audit_kept(&self) -> Duration {
        self.settings.audit_kept
    }

    /// Asks everything under way to let go, and starts nothing more.
    pub fn close(&self) {
        self.closing.cancel();
        for held in self.held().values() {
            held.stop.ask(Why::Closing);
        }
    }

    /// Another process died over what it had under way, this run among it.
    pub fn suspect(&self, run: &Run) {
        if run.starts + run.kills >= SUSPICIOUS {
            self.suspects().insert(run.id);
        }
    }

    /// Asks one run to end.
    pub fn stop(&self, run: RunId, why: Why) {
        if let Some(held) = self.held().get(&run) {
            held.stop.ask(why);
        }
    }

    /// Asks those of `before` to end that are not `ours` any more.
    pub fn keep_only(&self, before: &[Hold], ours: &[Hold]) {
        let held = self.held();
        for hold in before.iter().filter(|hold| !ours.contains(hold)) {
            if let Some(held) = held.get(&hold.run).filter(|held| held.run.hold() == *hold) {
                held.stop.ask(Why::Lost);
            }
        }
    }

    /// What is under way here.
    pub fn holds(&self) -> Vec<Hold> {
        self.held().values().map(|held| held.run.hold()).collect()
    }

    /// Works off one entry of the queue, to its end even if the caller does not wait for it. Does not return when this
    /// process stops before the run was started: the entry must not be acknowledged then.
    pub async fn take(self: Arc<Self>, id: RunId, enqueued: i64) {
        if self.closing.is_cancelled() {
            return std::future::pending().await;
        }
        let tasks = self.tasks.clone();
        let dealt = tasks.spawn(self.settle(id, enqueued)).await;
        if dealt.unwrap_or(Dealt::With) == Dealt::NotYet {
            std::future::pending::<()>().await;
        }
    }

    /// A panic in there does not keep the run's place here for ever.
    async fn settle(self: Arc<Self>, id: RunId, enqueued: i64) -> Dealt {
        let runner = Arc::clone(&self);
        let dealt = match self.tasks.spawn(async move { runner.work_off(id, enqueued).await }).await {
            Ok(dealt) => dealt,
            Err(panic) => {
                tracing::error!(run.id = %id, error = %panic, "Working off an entry of the queue broke down");
                let failing = AssertUnwindSafe(self.fail_plainly(id)).catch_unwind().await;
                drop(failing.inspect_err(|_| tracing::error!(run.id = %id, "Ending it broke down, too")));
                Dealt::With
            }
        };
        self.held().remove(&id);
        self.let_go.notify_waiters();
        dealt
    }

    async fn work_off(&self, id: RunId, enqueued: i64) -> Dealt {
        let is_suspect = self.suspects().contains(&id);
        let _alone = if is_suspect { Some(self.alone.lock().await) } else { None };
        let run = match self.until_written(|| self.start(id, enqueued)).await {
            Ok(Some(run)) => run,
            Ok(None) => {
                tracing::debug!(run.id = %id, enqueued, "Stale entry of the queue passed over");
                return Dealt::With;
            }
            Err(Unwritten::Closing) => return Dealt::NotYet,
            Err(Unwritten::Refused(error)) => {
                tracing::error!(run.id = %id, error = ?error, "A run could not be started");
                if let Err(error) = self.refuse(id).await {
                    tracing::error!(run.id = %id, error = ?error, "A run could not be refused; upkeep queues it again");
                }
                return Dealt::With;
            }
        };
        // Not before: an entry of the queue that came too late starts nothing.
        self.suspects().remove(&id);
        let stop = Stop::default();
        self.held().insert(id, Held { run: run.clone(), stop: stop.clone() });
        if self.closing.is_cancelled() {
            stop.ask(Why::Closing);
        }
        let verdict = self.attempt(&run, &stop).await;
        match self.until_written(|| self.write(&run, &verdict)).await {
            Ok(()) => Dealt::With,
            Err(Unwritten::Closing) => Dealt::NotYet,
            Err(Unwritten::Refused(error)) => {
                tracing::error!(run.id = %id, error = ?error, "How a run ended could not be written down");
                self.fail_plainly(id).await;
                Dealt::With
            }
        }
    }

    /// Brings a run that is under way here to rest with as little as possible. If not even that can be written, its lease
    /// ends, and others take it over until its starts are used up.
    async fn fail_plainly(&self, id: RunId) {
        let Some(Held { run, .. }) = self.held().get(&id).cloned() else { return };
        let end = End::Failed { code: Code::Internal.name(), message: Code::Internal.title() };
        if let Err(error) = self.rest_with_document(&run, end).await {
            tracing::warn!(run.id = %id, error = ?error, "What a run is about could not be brought to rest with it");
            if let Err(error) = self.rest_alone(&run, end).await {
                tracing::error!(run.id = %id, error = ?error, "A run could not be ended; its lease runs out");
            }
        }
    }

    /// Brings a run to rest that was not even started.
    async fn refuse(&self, id: RunId) -> Result<(), StoreError> {
        let mut tx = self.parts().store.begin().await?;
        tx.refuse_run(id, Code::Internal.title(), self.parts().clock.now()).await?;
        tx.commit().await
    }

    async fn rest_with_document(&self, run: &Run, end: End<'_>) -> Result<(), StoreError> {
        let mut tx = self.parts().store.begin().await?;
        self.rest(&mut tx, run, work(&run.job).as_ref(), end).await?;
        tx.commit().await
    }

    async fn rest_alone(&self, run: &Run, end: End<'_>) -> Result<(), StoreError> {
        let mut tx = self.parts().store.begin().await?;
        tx.end_run(run.hold(), end, self.parts().clock.now()).await?;
        tx.commit().await
    }

    /// Returns when nothing is under way here any more.
    pub async fn drained(&self) {
        loop {
            let let_go = self.let_go.notified();
            tokio::pin!(let_go);
            let_go.as_mut().enable();
            if self.held().is_empty() {
                return;
            }
            let_go.await;
        }
    }

    async fn start(&self, id: RunId, enqueued: i64) -> Result<Option<Run>, StoreError> {
        let parts = self.parts();
        let now = parts.clock.now();
        let mut tx = parts.store.begin().await?;
        let run = tx.start_run(id, enqueued, self.name(), now.plus(self.settings.lease), now).await?;
        tx.commit().await?;
        Ok(run)
    }

    /// Repeats a database operation until it succeeds, or the database refuses it for good.
    async fn until_written<T, F>(&self, operation: impl Fn() -> F) -> Result<T, Unwritten>
    where
        F: Future<Output = Result<T, StoreError>>,
    {
        let (mut pause, mut refusals) = (Duration::from_millis(100), 0);
        loop {
            let error = match operation().await {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            if self.closing.is_cancelled() {
                tracing::warn!(%error, "The database could not be told before the end");
                return Err(Unwritten::Closing);
            }
            refusals += u32::from(error.code().retry() != Retry::Outage);
            if refusals >= REFUSALS {
                return Err(Unwritten::Refused(error));
            }
            tracing::warn!(error = ?error, "The database could not be told; trying again");
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.closing.cancelled() => {}
            }
            pause = (pause * 2).min(Duration::from_secs(5));
        }
    }

    async fn attempt(&self, run: &Run, stop: &Stop) -> Verdict {
        let policy = &self.settings.retry;
        if run.starts > policy.max_starts {
            let message = format!("The server died {} times while working on this", run.starts - 1);
            return Verdict::GivenUp(message);
        }
        if run.kills >= policy.max_kills {
            let message = format!("The server was killed {} times in a row while working on this", run.kills);
            return Verdict::GivenUp(message);
        }
        if run.cancel {
            return Verdict::Cancelled;
        }
        let (services, task_run, task_stop) = (self.services.clone(), run.clone(), stop.clone());
        let span = tracing::info_span!(
            parent: None,
            "job.attempt",
            job.kind = run.job.kind(),
            run.id = %run.id,
            attempt = run.attempt(),
            trace.id = tracing::field::Empty,
        );
        trace::go_on(&span, run.traceparent.as_deref());
        // A task of its own: a panic in there is an error out here.
        let body = async move { work(&task_run.job).run(&services, &task_run, &task_stop).await };
        let mut task = self.tasks.spawn(body.instrument(span));
        let ended = tokio::select! {
            ended = &mut task => Some(ended),
            () = self.patience(stop) => None,
        };
        let result = match ended {
            Some(Ok(result)) => result,
            Some(Err(panic)) => Err(Fault::internal(panic)),
            None => {
                task.abort();
                Err(Fault::new(Code::Interrupted, "It did not let go in time"))
            }
        };
        self.verdict(run, result, stop.why.get().copied())
    }

    /// Returns when whoever was asked to stop had time enough to do so.
    async fn patience(&self, stop: &Stop) {
        stop.token.cancelled().await;
        tokio::time::sleep(self.settings.patience).await;
    }

    fn verdict(&self, run: &Run, result: Result<Ended, Fault>, why: Option<Why>) -> Verdict {
        let fault = match (result, why) {
            (Ok(Ended::Done), _) => return Verdict::Done,
            (Ok(Ended::Unwanted), _) | (Err(_), Some(Why::Unwanted)) => return Verdict::Unwanted,
            (Err(_), Some(Why::Cancelled)) => return Verdict::Cancelled,
            (Err(_), Some(Why::Lost)) => return Verdict::Nothing,
            (Err(_), Some(Why::Closing)) => return Verdict::Released,
            (Err(fault), None) => fault,
        };
        let policy = &self.settings.retry;
        let (code, message) = (fault.code(), fault.public_detail().to_owned());
        let asked = Duration::from_secs(fault.retry_after_s().unwrap_or(0));
        let pause = |count: i64| policy.pause(count, (self.services.jitter)()).max(asked);
        let (run_id, attempt, error) = (run.id, run.attempt(), fault.chain());
        telemetry::error(Surface::Job, code);
        match code.retry() {
            Retry::Never => {
                tracing::info!(run.id = %run_id, attempt, error, "Job failed for good");
                Verdict::Rest(code, message)
            }
            Retry::Later if run.failures + 1 >= policy.max_attempts => {
                tracing::warn!(run.id = %run_id, attempt, error, "Job failed too often");
                Verdict::Rest(code, message)
            }
            Retry::Later => {
                telemetry::job_retried(&run.job);
                let pause = pause(run.failures + 1);
                let pause_ms = pause.as_millis();
                tracing::warn!(run.id = %run_id, attempt, error, pause_ms, "Job failed; it will be tried again");
                Verdict::Failure { pause, code, message }
            }
            Retry::Outage => {
                telemetry::job_waits_for_dependency(&run.job);
                let pause = pause(run.outages + 1).min(OUTAGE_PAUSE.max(asked));
                let pause_ms = pause.as_millis();
                tracing::warn!(run.id = %run_id, error, pause_ms, "A dependency is away; the job waits");
                Verdict::Outage { pause, code, message }
            }
        }
    }

    async fn write(&self, run: &Run, verdict: &Verdict) -> Result<(), StoreError> {
        let parts = self.parts();
        let job = work(&run.job);
        let quiet = match job.document() {
            Some(document) => Some(parts.progress.conclude(document).await),
            None => None,
        };
        let mut tx = parts.store.begin().await?;
        let now = parts.clock.now();
        let changed = match verdict {
            Verdict::Nothing => return Ok(()),
            Verdict::Done => {
                tx.end_run(run.hold(), End::Done, now).await?;
                false
            }
            Verdict::Unwanted => {
                tx.end_run(run.hold(), End::Done, now).await?;
                job.unwanted(&mut tx, run, now).await?;
                false
            }
            Verdict::GivenUp(message) => {
                self.rest(
                    &mut tx,
                    run,
                    job.as_ref(),
                    End::GivenUp { code: Code::TooManyAttempts.name(), message },
                )
                .await?
            }
            Verdict::Cancelled => self.rest(&mut tx, run, job.as_ref(), End::Cancelled).await?,
            Verdict::Rest(code, message) => {
                self.rest(&mut tx, run, job.as_ref(), End::Failed { code: code.name(), message }).await?
            }
            Verdict::Failure { pause, code, message } => {
                let why = Postponed::Failure { code: code.name(), message };
                tx.postpone_run(run, why, now.plus(*pause), now).await?
                    && job.waits(&mut tx, Some((code.name(), message)), now).await?
            }
            Verdict::Outage { pause, code, message } => {
                let why = Postponed::Outage { code: code.name(), message };
                tx.postpone_run(run, why, now.plus(*pause), now).await?
                    && job.waits(&mut tx, Some((code.name(), message)), now).await?
            }
            Verdict::Released => {
                tx.postpone_run(run, Postponed::Released, now, now).await?
                    && job.waits(&mut tx, None, now).await?
            }
        };
        tx.commit().await?;
        match verdict {
            Verdict::Rest(..) | Verdict::GivenUp(_) if changed => {
                telemetry::document_finished(DocumentStatus::Failed);
            }
            Verdict::Cancelled if changed => telemetry::document_finished(DocumentStatus::Cancelled),
            _ => {}
        }
        if let Some(quiet) = quiet.filter(|_| changed)
            && let Err(error) = quiet.tell().await
        {
            tracing::warn!(%error, "The state of a document could not be told; the database has it");
        }
        Ok(())
    }

    /// True if there is something to tell.
    async fn rest(
        &self,
        tx: &mut docent_store::Tx,
        run: &Run,
        job: &dyn Work,
        end: End<'_>,
    ) -> Result<bool, StoreError> {
        let now = self.parts().clock.now();
        if !tx.end_run(run.hold(), end, now).await? {
            return Ok(false);
        }
        job.rests(tx, end, now).await
    }

    fn suspects(&self) -> MutexGuard<'_, HashSet<RunId>> {
        self.suspects.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held(&self) -> MutexGuard<'_, HashMap<RunId, Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
