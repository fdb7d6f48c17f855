//! Turns that another node writes, as somebody here follows them: one log for all of their readers, filled from what
//! that node says and, where it says nothing, from the database.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use tokio::time::Instant;

use super::engine::Inner;
use super::log::{Log, TurnStream};
use super::replay::fill;
use docent_domain::event::Piece;
use docent_domain::{ChatId, MessageId};
use docent_store::{Segment, StoreError};

/// While the other node is heard, the database is asked only so often.
const GLANCE: Duration = Duration::from_secs(1);

/// Frames that came out of order wait for the ones before them; more are left to the database.
const AHEAD: usize = 4_096;

/// By chat, too: whoever may read one chat learns nothing from an answer's number of another.
type Key = (ChatId, MessageId);

#[derive(Debug, Default)]
pub(super) struct Mirrors(Mutex<HashMap<Key, Weak<Log>>>);

impl Mirrors {
    /// A reader of a turn that is mirrored already.
    pub(super) fn read(&self, key: Key, after_seq: i64) -> Option<TurnStream> {
        // Under the lock, so that the mirror does not end for want of readers meanwhile.
        let mirrors = self.lock();
        mirrors.get(&key)?.upgrade().map(|log| log.read(after_seq))
    }

    /// The reader, and the log to be filled unless another was faster.
    fn add(&self, key: Key, log: Arc<Log>, after_seq: i64) -> (TurnStream, Option<Arc<Log>>) {
        let mut mirrors = self.lock();
        if let Some(known) = mirrors.get(&key).and_then(Weak::upgrade) {
            return (known.read(after_seq), None);
        }
        mirrors.insert(key, Arc::downgrade(&log));
        (log.read(after_seq), Some(log))
    }

    /// Forgets the mirror if it is over or nobody reads it any more.
    fn has_ended(&self, key: Key, log: &Log) -> bool {
        let mut mirrors = self.lock();
        let ended = log.is_over() || !log.has_readers();
        if ended {
            mirrors.remove(&key);
        }
        ended
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Weak<Log>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Begins to mirror a turn, of which `log` holds what is stored, and reads it.
    pub(super) fn mirror(
        self: &Arc<Self>,
        chat: ChatId,
        answer: MessageId,
        log: Arc<Log>,
        after_seq: i64,
    ) -> TurnStream {
        let (stream, new) = self.mirrors.add((chat, answer), log, after_seq);
        if let Some(log) = new {
            self.parts.tasks.spawn(Arc::clone(self).follow_afar(chat, answer, log));
        }
        stream
    }

    async fn follow_afar(self: Arc<Self>, chat: ChatId, answer: MessageId, log: Arc<Log>) {
        let mut said = self.parts.bus.overhear(answer);
        let mut ahead = Ahead::default();
        let often = self.parts.settings.save_every;
        let mut look = Instant::now();
        while !self.mirrors.has_ended((chat, answer), &log) && !self.closing.is_cancelled() {
            tokio::select! {
                biased;
                piece = next(&mut said) => match piece {
                    // In a row, they spare the database.
                    Some(piece) => match ahead.take(piece, &log) {
                        Progress::InARow => look = look.max(Instant::now() + GLANCE),
                        Progress::Waits => look = look.min(Instant::now() + often),
                        Progress::Over => look = Instant::now(),
                    },
                    None => said = None,
                },
                () = tokio::time::sleep_until(look) => {
                    look = Instant::now() + often;
                    match self.look(chat, answer, &log).await {
                        Ok(()) => ahead.apply(&log),
                        Err(error) => {
                            tracing::debug!(%error, "A turn of another node cannot be followed just now");
                        }
                    }
                }
            }
        }
    }

    async fn look(&self, chat: ChatId, answer: MessageId, log: &Log) -> Result<(), StoreError> {
        let mut tx = self.parts.store.read().await?;
        fill(&mut tx, chat, answer, log).await
    }
}

/// Pending for ever once nothing is said any more.
async fn next(said: &mut Option<BoxStream<'static, Piece>>) -> Option<Piece> {
    match said {
        Some(said) => said.next().await,
        None => std::future::pending().await,
    }
}

/// What has been said and does not fit on to the log yet.
#[derive(Default)]
struct Ahead {
    frames: BTreeMap<i64, (Segment, usize)>,
}

#[derive(Debug, PartialEq, Eq)]
enum Progress {
    InARow,
    /// Something before it is missing.
    Waits,
    Over,
}

impl Ahead {
    fn take(&mut self, piece: Piece, log: &Log) -> Progress {
        match piece {
            Piece::Sources(sources) => {
                if log.found().is_none() {
                    log.sources(sources);
                }
                self.apply(log);
                Progress::InARow
            }
            Piece::Frames { first_seq, ends, text, marks } => {
                if self.frames.len() < AHEAD {
                    self.frames.insert(first_seq, (Segment { first_seq, ends, text }, marks));
                }
                self.apply(log);
                if self.frames.is_empty() { Progress::InARow } else { Progress::Waits }
            }
            Piece::Over => Progress::Over,
        }
    }

    /// Appends what follows on to the log without a gap. What happened between frames, and the sources, come first.
    fn apply(&mut self, log: &Log) {
        while let Some(first) = self.frames.first_entry() {
            let (segment, marks) = first.get();
            let known = i64::try_from(log.frames()).unwrap_or(i64::MAX);
            let fits = segment.first_seq <= known && *marks <= log.marks() && log.found_count().is_some();
            if !fits {
                return;
            }
            let (segment, _) = first.remove();
            log.extend(&[segment], Vec::new(), &[]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use docent_domain::Timestamp;
    use docent_domain::chat::{Accepted, TurnEvent};

    fn log() -> Arc<Log> {
        Log::new(Accepted {
            chat: 1.into(),
            answer: 2.into(),
            question: 1.into(),
            content: "?".into(),
            user: 1.into(),
            username: "ann".into(),
            at: Timestamp::from_micros(0),
        })
    }

    fn frames(first_seq: i64, words: &[&str], marks: usize) -> Piece {
        let mut text = String::new();
        let ends = words.iter().map(|word| {
            text.push_str(word);
            text.len()
        });
        let ends = ends.collect();
        Piece::Frames { first_seq, ends, text, marks }
    }

    #[test]
    fn frames_wait_for_the_sources_and_for_each_other() {
        let (log, mut ahead) = (log(), Ahead::default());
        assert_eq!(ahead.take(frames(0, &["a"], 0), &log), Progress::Waits, "no sources yet");
        assert_eq!(ahead.take(Piece::Sources(Vec::new()), &log), Progress::InARow);
        assert_eq!(log.text(), "a");
        assert_eq!(ahead.take(frames(2, &["c", "d"], 0), &log), Progress::Waits, "1 is missing");
        assert_eq!(ahead.take(frames(1, &["b"], 0), &log), Progress::InARow);
        assert_eq!(log.text(), "abcd");
        assert_eq!(ahead.take(frames(1, &["b", "c"], 0), &log), Progress::InARow, "known already");
        assert_eq!((log.text().as_str(), log.frames()), ("abcd", 4));
    }

    #[test]
    fn frames_do_not_get_past_what_happened_before_them() {
        let (log, mut ahead) = (log(), Ahead::default());
        ahead.take(Piece::Sources(Vec::new()), &log);
        assert_eq!(ahead.take(frames(0, &["a"], 1), &log), Progress::Waits);
        assert_eq!(log.frames(), 0);
    }

    #[tokio::test]
    async fn a_mirror_lives_as_long_as_it_is_read_or_grows() {
        let (mirrors, log, key) = (Mirrors::default(), log(), (1.into(), 2.into()));
        let (mut reader, new) = mirrors.add(key, Arc::clone(&log), -1);
        assert!(new.is_some());
        assert!(mirrors.add(key, super::tests::log(), -1).1.is_none(), "one log for all readers");
        assert!(mirrors.read((9.into(), 2.into()), -1).is_none(), "not by the number of another chat");
        assert!(!mirrors.has_ended(key, &log));
        log.end(TurnEvent::Interrupted { content: String::new() });
        assert!(matches!(reader.next().await, Some(TurnEvent::Accepted(_))));
        assert!(mirrors.has_ended(key, &log));
        assert!(mirrors.read(key, -1).is_none());
    }
}
