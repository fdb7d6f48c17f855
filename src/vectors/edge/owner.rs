//! The thread that all writes of the embedded index go through.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, oneshot};

use super::super::{Point, Selection, VectorError};
use super::shard::panic_text;
use super::{Shared, spare};

/// How whoever gave the order hears of it.
pub(super) type Reply = oneshot::Sender<Result<(), VectorError>>;

/// With nothing to do for this long, what is new is tidied up.
const IDLE: Duration = Duration::from_secs(2);
/// Fewer new points than this are not worth tidying up.
const WORTH_OPTIMIZING: usize = 500;

/// What the owner is told. A `place` is a place in the bounded queue, given back when the order is done.
pub(super) enum Command {
    Upsert {
        points: Vec<Point>,
        reply: Reply,
        place: OwnedSemaphorePermit,
    },
    Remove {
        what: Selection,
        reply: Reply,
        place: OwnedSemaphorePermit,
    },
    Settle {
        reply: Reply,
    },
    Optimize {
        reply: Reply,
        place: OwnedSemaphorePermit,
    },
    /// From the optimising thread.
    Optimized(Result<bool, VectorError>),
    Stop,
}

/// Applies, flushes, and has the index reorganised.
pub(super) struct Owner {
    shared: Arc<Shared>,
    inbox: Receiver<Command>,
    /// For the optimising thread to report through.
    commands: Sender<Command>,
    /// Who waits for the next flush.
    unsettled: Vec<Reply>,
    last_flush: Option<Instant>,
    last_write: Instant,
    /// Points that came since the index was last reorganised.
    fresh: usize,
    /// Removals that came while the index was being reorganised. The engine keeps those in memory only until it is
    /// done, so that a flush would not make them last; they are applied then, and answered then.
    postponed: Vec<(Selection, Reply)>,
    /// Who waits for the index to be reorganised.
    unoptimized: Vec<Reply>,
}

impl Owner {
    pub fn new(shared: Arc<Shared>, commands: Sender<Command>, inbox: mpsc::Receiver<Command>) -> Self {
        Self {
            shared,
            inbox,
            commands,
            unsettled: Vec::new(),
            last_flush: None,
            last_write: Instant::now(),
            // What an earlier process left unfinished is found in the first quiet moment.
            fresh: WORTH_OPTIMIZING,
            postponed: Vec::new(),
            unoptimized: Vec::new(),
        }
    }

    /// A panic of the engine ends the writes of this process; readiness says so, and searches go on.
    pub fn run_guarded(self) {
        let shared = Arc::clone(&self.shared);
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| self.run())) {
            let text = panic_text(&*panic);
            tracing::error!(error = text, "The search index takes no more writes");
            shared.set_trouble(Some(format!("it takes no more writes; restart the server: {text}")));
        }
    }

    fn run(mut self) {
        loop {
            match self.inbox.recv_timeout(self.patience()) {
                Ok(Command::Stop) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(command) => self.obey(command),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if !self.unsettled.is_empty() && self.until_flush().is_zero() {
                self.flush();
            }
            if self.is_time_to_optimize() {
                self.start_optimizing();
            }
        }
        self.flush();
    }

    fn obey(&mut self, command: Command) {
        match command {
            Command::Upsert { points, reply, place } => {
                let _ = reply.send(self.upsert(points));
                drop(place);
            }
            Command::Remove { what, reply, place } => {
                if self.optimizing() {
                    self.postponed.push((what, reply));
                } else {
                    let _ = reply.send(self.remove(what));
                }
                drop(place);
            }
            Command::Settle { reply } => self.unsettled.push(reply),
            Command::Optimize { reply, place } => {
                self.unoptimized.push(reply);
                self.start_optimizing();
                drop(place);
            }
            Command::Optimized(result) => self.optimized(result),
            Command::Stop => {}
        }
    }

    fn upsert(&mut self, points: Vec<Point>) -> Result<(), VectorError> {
        spare::for_much(&self.shared.settings)?;
        self.last_write = Instant::now();
        self.fresh += points.len();
        self.shared.with(|shard| shard.upsert(points))
    }

    fn remove(&mut self, what: Selection) -> Result<(), VectorError> {
        spare::for_little(&self.shared.settings)?;
        self.last_write = Instant::now();
        // Much that was removed is worth tidying up, too, and only the engine knows how much there was.
        self.fresh = self.fresh.max(WORTH_OPTIMIZING);
        self.shared.with(|shard| shard.remove(what))
    }

    fn flush(&mut self) {
        let room = spare::for_little(&self.shared.settings);
        let result = room.and_then(|()| self.shared.with(super::Shard::flush));
        self.last_flush = Some(Instant::now());
        if let Err(error) = &result {
            tracing::error!(%error, "The search index could not be flushed");
        }
        answer_all(&mut self.unsettled, &result);
        self.shared.set_trouble(result.err().map(|error| error.to_string()));
    }

    /// How long to wait for the next order.
    fn patience(&self) -> Duration {
        if self.unsettled.is_empty() { IDLE } else { self.until_flush() }
    }

    fn until_flush(&self) -> Duration {
        let since = self.last_flush.map_or(Duration::MAX, |flush| flush.elapsed());
        self.shared.settings.flush_every.saturating_sub(since)
    }

    fn optimizing(&self) -> bool {
        self.shared.optimizing.load(Ordering::Acquire)
    }

    fn is_time_to_optimize(&self) -> bool {
        let idle = self.fresh >= WORTH_OPTIMIZING && self.last_write.elapsed() >= IDLE;
        !self.optimizing() && (idle || self.fresh >= self.shared.settings.optimize_after)
    }

    /// On a thread of its own, beside further updates: it can take a minute.
    fn start_optimizing(&mut self) {
        if self.shared.optimizing.swap(true, Ordering::AcqRel) {
            return;
        }
        self.fresh = 0;
        if let Err(error) = spare::for_all_anew(&self.shared.settings) {
            return self.optimized(Err(error));
        }
        let (shared, report) = (Arc::clone(&self.shared), self.commands.clone());
        let work = move || {
            let started = Instant::now();
            let result = catch_unwind(AssertUnwindSafe(|| shared.with(super::Shard::optimize)))
                .unwrap_or_else(|panic| Err(VectorError::Engine(panic_text(&*panic))));
            let took_ms = started.elapsed().as_millis();
            tracing::debug!(
                took_ms,
                changed = result.as_ref().is_ok_and(|&changed| changed),
                "Index reorganised"
            );
            // Nobody listens any more when the server is stopping.
            let _ = report.send(Command::Optimized(result));
        };
        if let Err(error) = std::thread::Builder::new().name("index-optimize".into()).spawn(work) {
            self.optimized(Err(error.into()));
        }
    }

    fn optimized(&mut self, result: Result<bool, VectorError>) {
        self.shared.optimizing.store(false, Ordering::Release);
        if let Err(error) = &result {
            tracing::error!(%error, "The search index could not be reorganised");
        }
        for (what, reply) in std::mem::take(&mut self.postponed) {
            let _ = reply.send(self.remove(what));
        }
        if self.shared.log_bytes() > self.shared.settings.longest_log_bytes {
            self.flush();
            self.cut_log();
        }
        answer_all(&mut self.unoptimized, &result.map(|_| ()));
    }

    fn cut_log(&mut self) {
        let started = Instant::now();
        if let Err(error) = self.shared.reopen() {
            tracing::error!(error = %error, "The search index could not be opened again");
            self.shared.set_trouble(Some(error.to_string()));
        }
        tracing::info!(took_ms = started.elapsed().as_millis(), "The log of the search index was cut");
    }
}

fn answer_all(waiting: &mut Vec<Reply>, result: &Result<(), VectorError>) {
    for reply in waiting.drain(..) {
        // Whoever asked may have gone.
        let _ = reply.send(result.as_ref().map_or_else(|error| Err(spare::again(error)), |()| Ok(())));
    }
}
