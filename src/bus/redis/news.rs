//! News: one channel that every node writes to and listens to.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use redis::aio::ConnectionManager;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use super::PATIENCE;
use super::health::{Health, Side};
use crate::Heard;
use crate::ring::Ring;
use crate::wire::{Content, Letter, Word};

/// News that wait for Redis; more are lost, and the others are told that some were.
const WAITING: usize = 8_192;

/// News brought in one go.
const BATCH: usize = 256;

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(300);

/// How often a silent line is asked whether it is still there.
const BEAT: Duration = Duration::from_secs(2);

/// What both directions know.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) channel: String,
    pub(super) node: String,
    pub(super) health: Arc<Health>,
}

/// Takes news for the others, and never waits.
pub(super) struct Sender {
    words: mpsc::Sender<Word>,
    lost: Arc<AtomicBool>,
}

impl Sender {
    pub(super) fn send(&self, word: Word) {
        if self.words.try_send(word).is_err() {
            self.lost.store(true, Ordering::Relaxed);
        }
    }
}

/// The sender, and what brings its news to Redis until `stop`; what waits then is brought, too.
pub(super) fn writer(
    line: Line,
    redis: ConnectionManager,
    stop: CancellationToken,
) -> (Sender, impl Future<Output = ()> + Send) {
    let (words, waiting) = mpsc::channel(WAITING);
    let lost = Arc::<AtomicBool>::default();
    let writing = write(line, redis, waiting, Arc::clone(&lost), stop);
    (Sender { words, lost }, writing)
}

async fn write(
    line: Line,
    mut redis: ConnectionManager,
    mut waiting: mpsc::Receiver<Word>,
    lost: Arc<AtomicBool>,
    stop: CancellationToken,
) {
    let mut last = false;
    while !last {
        let mut batch = Vec::new();
        tokio::select! {
            biased;
            count = waiting.recv_many(&mut batch, BATCH) => last = count == 0,
            () = tokio::time::sleep(PAUSE), if lost.load(Ordering::Relaxed) => {}
            () = stop.cancelled() => last = true,
        }
        if lost.swap(false, Ordering::Relaxed) {
            batch.insert(0, Word::Lost);
        }
        if batch.is_empty() {
            continue;
        }
        let mut pipe = redis::pipe();
        for word in batch {
            let letter = Letter { from: line.node.clone(), word };
            // Plain data: there is nothing in it that has no JSON.
            pipe.publish(&line.channel, serde_json::to_string(&letter).unwrap_or_default()).ignore();
        }
        match within(pipe.query_async::<()>(&mut redis)).await {
            Ok(()) => line.health.up(Side::Telling),
            Err(error) => {
                lost.store(true, Ordering::Relaxed);
                line.health.down(Side::Telling, &error);
            }
        }
    }
}

/// Hears the others until `stop`, over as many connections as it takes.
pub(super) async fn listen(line: Line, client: redis::Client, ring: Ring, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let ended = tokio::select! {
            ended = hear(&line, &client, &ring) => ended,
            () = stop.cancelled() => return,
        };
        if let Err(error) = ended {
            line.health.down(Side::Hearing, &error);
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// One connection's life. It never ends well.
async fn hear(line: &Line, client: &redis::Client, ring: &Ring) -> Result<(), String> {
    let mut subscription = within(client.get_async_pubsub()).await?;
    within(subscription.subscribe(&line.channel)).await?;
    // Before this moment there may have been anything.
    ring.send(Heard::Missed);
    line.health.up(Side::Hearing);
    let (mut asking, mut messages) = subscription.split();
    let mut beat = tokio::time::interval_at(Instant::now() + BEAT, BEAT);
    loop {
        tokio::select! {
            message = messages.next() => {
                let Some(message) = message else { return Err("the connection is gone".into()) };
                if let Some(heard) = read(message.get_payload_bytes(), &line.node) {
                    ring.send(heard);
                }
            }
            _ = beat.tick() => { within(asking.ping::<redis::Value>()).await?; }
        }
    }
}

/// `None` for this node's own news, which it has heard already.
fn read(payload: &[u8], own: &str) -> Option<Heard> {
    let Ok(letter) = serde_json::from_slice::<Letter>(payload) else { return Some(Heard::Missed) };
    if letter.from == own {
        return None;
    }
    Some(match letter.word.content() {
        Some(Content::Event(event)) => Heard::Event(Arc::new(event)),
        Some(Content::Signal(signal)) => Heard::Signal(Arc::new(signal)),
        Some(Content::Lost) | None => Heard::Missed,
    })
}

/// What came of a call to Redis, if it came in time. Redis' own words may name keys, but hold no secret.
pub(super) async fn within<T>(call: impl Future<Output = redis::RedisResult<T>>) -> Result<T, String> {
    match timeout(PATIENCE, call).await {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("no answer in time".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(from: &str, word: Word) -> Vec<u8> {
        serde_json::to_vec(&Letter { from: from.into(), word }).unwrap()
    }

    #[test]
    fn own_news_are_not_heard_twice() {
        assert!(read(&letter("me", Word::ProjectDeleted { project: 1 }), "me").is_none());
        assert!(matches!(
            read(&letter("you", Word::ProjectDeleted { project: 1 }), "me"),
            Some(Heard::Event(_))
        ));
    }

    #[test]
    fn what_is_not_understood_counts_as_missed() {
        assert!(matches!(read(b"{}", "me"), Some(Heard::Missed)));
        assert!(matches!(read(&letter("you", Word::Lost), "me"), Some(Heard::Missed)));
    }
}
