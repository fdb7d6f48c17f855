//! The keeper: stores what all turns of this process have said, keeps their leases, and ends what others left behind.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

use super::engine::{Engine, Inner, Ownership};
use super::live::{Live, Saved, Why};
use docent_domain::chat::{AnswerFacts, MessageStatus};
use docent_domain::{MessageId, Timestamp};
use docent_store::{FinishedMessage, Marked, OpenTurn, Segment, StoreError, Tx, without_examined};
use docent_telemetry as telemetry;

/// Other processes' turns: the lease that was last seen, and since when it has not changed. Only our own clock is
/// asked how long that was.
pub(super) type Seen = HashMap<MessageId, (Timestamp, Instant)>;

/// One turn's news for the database.
struct Job {
    live: Arc<Live>,
    saved: OwnedMutexGuard<Saved>,
    segment: Option<Segment>,
    frames: usize,
    marks: Vec<Marked>,
    sources: Option<usize>,
    renew: bool,
}

impl Engine {
    /// Ends turns whose process died, with what is stored of them; how many. The keeper does it from time to time,
    /// too.
    pub async fn recover(&self) -> Result<usize, StoreError> {
        self.inner.recover().await
    }
}

impl Inner {
    pub(super) async fn keep(self: Arc<Self>) {
        let settings = &self.parts.settings;
        let mut sweep = Instant::now() + settings.sweep_every;
        loop {
            let idle = self.all_live().is_empty();
            if idle && self.closing.is_cancelled() {
                return;
            }
            if idle {
                tokio::select! {
                    () = self.wake.notified() => {}
                    () = self.closing.cancelled() => {}
                    () = tokio::time::sleep_until(sweep) => {}
                }
            } else {
                tokio::time::sleep(settings.save_every).await;
                if let Err(error) = self.save().await {
                    tracing::warn!(%error, "Frames could not be stored; they are kept and tried again");
                }
            }
            if Instant::now() >= sweep {
                sweep = Instant::now() + settings.sweep_every;
                if let Err(error) = self.sweep().await {
                    tracing::warn!(%error, "Turns could not be swept");
                }
            }
        }
    }

    /// Writes the new frames of all turns in one transaction.
    async fn save(&self) -> Result<(), StoreError> {
        let mut jobs: Vec<Job> = self.all_live().into_iter().filter_map(|live| self.job(live)).collect();
        if jobs.is_empty() {
            return Ok(());
        }
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.begin().await?;
        let mut stops = Vec::new();
        for job in &mut jobs {
            if job.renew {
                let until = now.plus(self.parts.settings.lease);
                match tx.renew_turn(job.live.answer, &self.parts.node, until).await? {
                    Some(false) => {}
                    Some(true) => stops.push((Arc::clone(&job.live), Why::Cancelled)),
                    None => {
                        stops.push((Arc::clone(&job.live), Why::Lost));
                        continue;
                    }
                }
            }
            if let Some(segment) = &job.segment {
                tx.insert_segment(job.live.answer, segment, now).await?;
            }
            tx.insert_marks(job.live.answer, job.saved.marks, &job.marks, now).await?;
            job.sources = self.save_sources(&mut tx, &job.live, job.saved.sources).await?;
        }
        tx.commit().await?;
        for job in &mut jobs {
            job.saved.frames = job.frames;
            job.saved.marks += job.marks.len();
            job.saved.sources = job.sources;
            if job.renew {
                job.saved.renewed = Instant::now();
            }
        }
        for (live, why) in stops {
            live.stop(why);
        }
        Ok(())
    }

    fn job(&self, live: Arc<Live>) -> Option<Job> {
        // Held by someone: it is being ended, which stores everything.
        let saved = Arc::clone(&live.saved).try_lock_owned().ok()?;
        // Frames first, so that the marks are at least as new.
        let segment = live.log.segment(saved.frames);
        let marks = live.log.marks_from(saved.marks);
        let renew = saved.renewed.elapsed() >= self.parts.settings.renew_every;
        let news = segment.is_some() || !marks.is_empty() || renew || live.log.found_count() != saved.sources;
        let frames = saved.frames + segment.as_ref().map_or(0, |segment| segment.ends.len());
        let sources = saved.sources;
        news.then_some(Job { live, saved, segment, frames, marks, sources, renew })
    }

    /// Stores the sources if they are more than the `saved` ones; how many are stored now.
    pub(super) async fn save_sources(
        &self,
        tx: &mut Tx,
        live: &Live,
        saved: Option<usize>,
    ) -> Result<Option<usize>, StoreError> {
        let Some(sources) = live.log.found().filter(|sources| Some(sources.len()) != saved) else {
            return Ok(saved);
        };
        let deleted = tx.set_sources(live.answer, &sources).await?;
        if let Some(mut trace) = live.trace() {
            if !deleted.is_empty() {
                without_examined(&mut trace);
            }
            tx.set_trace(live.answer, &trace.to_string()).await?;
        }
        Ok(Some(sources.len()))
    }

    async fn sweep(&self) -> Result<(), StoreError> {
        self.recover().await?;
        let mut tx = self.parts.store.begin().await?;
        let before = self.parts.clock.now().minus(self.parts.settings.remember);
        tx.forget_turns(before).await?;
        tx.forget_marks(before).await?;
        tx.commit().await
    }

    async fn recover(&self) -> Result<usize, StoreError> {
        let asked = Instant::now();
        let open = async { self.parts.store.read().await?.open_turns().await }.await;
        if open.is_err() || asked.elapsed() >= self.parts.settings.lease / 4 {
            // While the database was away, nobody could renew anything.
            self.seen.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
        let orphans = self.orphans(open?);
        let mut ended = 0;
        for orphan in &orphans {
            ended += usize::from(self.interrupt(orphan).await?);
        }
        if ended > 0 {
            telemetry::turns_recovered(ended);
            tracing::warn!(count = ended, "Ended turns whose process died");
        }
        Ok(ended)
    }

    fn orphans(&self, open: Vec<OpenTurn>) -> Vec<OpenTurn> {
        let lease = self.parts.settings.lease;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|answer, _| open.iter().any(|turn| turn.answer == *answer));
        let mut orphans = Vec::new();
        for turn in open {
            if self.live(turn.answer).is_some() {
                continue;
            }
            let known = seen.entry(turn.answer).or_insert_with(|| (turn.lease_until, Instant::now()));
            if known.0 != turn.lease_until {
                *known = (turn.lease_until, Instant::now());
            }
            let of_the_dead =
                self.parts.settings.ownership == Ownership::Sole && turn.node != self.parts.node;
            if of_the_dead || known.1.elapsed() >= lease {
                orphans.push(turn);
            }
        }
        orphans
    }

    /// Ends a turn for a process that cannot; false if that process has renewed it meanwhile.
    async fn interrupt(&self, orphan: &OpenTurn) -> Result<bool, StoreError> {
        let finished_at = self.parts.clock.now();
        let mut tx = self.parts.store.begin().await?;
        if !tx.take_turn(orphan, finished_at).await? {
            return Ok(false);
        }
        let segments = tx.segments(orphan.answer, 0).await?;
        let content: String = segments.into_iter().map(|segment| segment.text).collect();
        let facts = AnswerFacts::default();
        let message = FinishedMessage {
            id: orphan.answer,
            content: &content,
            status: MessageStatus::Interrupted,
            model: None,
            facts: &facts,
            finished_at,
        };
        tx.finish_message(&message).await?;
        tx.commit().await?;
        Ok(true)
    }
}
