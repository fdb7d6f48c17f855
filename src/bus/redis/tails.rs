//! Answers that grow, as streams: the node that writes one appends, those whose clients follow it read along. A
//! stream is a head start on the database, kept for a while only.

use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::time::Duration;

use redis::aio::{ConnectionManager, MultiplexedConnection};
use redis::streams::{StreamReadOptions, StreamReadReply};
use redis::{AsyncCommands, AsyncConnectionConfig};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::PATIENCE;
use super::news::within;
use crate::wire::Bit;
use docent_domain::MessageId;
use docent_domain::event::Piece;

/// Pieces that wait, on their way to Redis or to one reader; more are left to the database.
const WAITING: usize = 4_096;
const UNREAD: usize = 512;

const BATCH: usize = 256;

/// Pieces that a stream keeps at least.
const LONGEST: usize = 4_096;

/// Seconds that a stream is kept: while it may still grow, and after its end.
const KEPT_GROWING: i64 = 3_600;
const KEPT_OVER: i64 = 60;

/// How long one look for news waits for some: new readers are taken in between two looks.
const LOOK: Duration = Duration::from_millis(50);

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(500);

pub(super) struct Tails {
    saying: mpsc::Sender<(MessageId, Piece)>,
    overhearing: mpsc::UnboundedSender<Reader>,
}

/// Somebody who follows an answer, and how far.
struct Reader {
    answer: MessageId,
    last: String,
    to: mpsc::Sender<Piece>,
}

impl Tails {
    pub(super) fn say(&self, answer: MessageId, piece: Piece) {
        // What finds no room here is in the database soon.
        drop(self.saying.try_send((answer, piece)));
    }

    pub(super) fn overhear(&self, answer: MessageId) -> mpsc::Receiver<Piece> {
        let (to, from) = mpsc::channel(UNREAD);
        // Once nobody listens any more, the stream just ends.
        drop(self.overhearing.send(Reader { answer, last: "0".into(), to }));
        from
    }
}

/// The two ends, and the two loops between them and Redis.
pub(super) fn open(
    prefix: &str,
    manager: ConnectionManager,
    client: redis::Client,
    stop: &CancellationToken,
) -> (Tails, impl Future<Output = ()> + Send + use<>, impl Future<Output = ()> + Send + use<>) {
    let (saying, said) = mpsc::channel(WAITING);
    let (overhearing, readers) = mpsc::unbounded_channel();
    let key = format!("{prefix}:answer:");
    let write = stop.clone().run_until_cancelled_owned(write(key.clone(), manager, said));
    let read = stop.clone().run_until_cancelled_owned(read(key, client, readers));
    (Tails { saying, overhearing }, whole(write), whole(read))
}

/// Whether it was stopped or came to its end is all the same.
async fn whole(work: impl Future<Output = Option<()>>) {
    let _ = work.await;
}

async fn write(key: String, mut redis: ConnectionManager, mut said: mpsc::Receiver<(MessageId, Piece)>) {
    loop {
        let mut batch = Vec::new();
        if said.recv_many(&mut batch, BATCH).await == 0 {
            return;
        }
        let mut pipe = redis::pipe();
        for (answer, piece) in batch {
            let key = format!("{key}{answer}");
            let kept = match &piece {
                Piece::Sources(_) | Piece::Frames { first_seq: 0, .. } => Some(KEPT_GROWING),
                Piece::Frames { .. } => None,
                Piece::Over => Some(KEPT_OVER),
            };
            let bit = serde_json::to_string(&Bit::from(piece)).unwrap_or_default();
            let most = redis::streams::StreamMaxlen::Approx(LONGEST);
            pipe.xadd_maxlen(&key, most, "*", &[("bit", bit)]).ignore();
            if let Some(seconds) = kept {
                pipe.expire(&key, seconds).ignore();
            }
        }
        // Of trouble with Redis the news tell.
        drop(within(pipe.query_async::<()>(&mut redis)).await);
    }
}

/// One connection for all readers: each look asks for all of their streams.
async fn read(key: String, client: redis::Client, mut new: mpsc::UnboundedReceiver<Reader>) {
    let mut readers: Vec<Reader> = Vec::new();
    let mut connection: Option<MultiplexedConnection> = None;
    loop {
        if readers.is_empty() {
            let Some(reader) = new.recv().await else { return };
            readers.push(reader);
        }
        while let Ok(reader) = new.try_recv() {
            readers.push(reader);
        }
        let looked = match &mut connection {
            Some(connection) => look(&key, connection, &mut readers).await,
            None => connect(&client).await.map(|made| connection = Some(made)),
        };
        if looked.is_err() {
            connection = None;
            tokio::time::sleep(PAUSE).await;
        }
        readers.retain(|reader| !reader.to.is_closed());
    }
}

async fn connect(client: &redis::Client) -> Result<MultiplexedConnection, String> {
    let config = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(PATIENCE + LOOK));
    within(client.get_multiplexed_async_connection_with_config(&config)).await
}

async fn look(key: &str, redis: &mut MultiplexedConnection, readers: &mut [Reader]) -> Result<(), String> {
    let (keys, lasts): (Vec<String>, Vec<String>) =
        readers.iter().map(|reader| (format!("{key}{}", reader.answer), reader.last.clone())).unzip();
    let wait = usize::try_from(LOOK.as_millis()).unwrap_or(usize::MAX);
    let options = StreamReadOptions::default().block(wait).count(BATCH);
    let found: Option<StreamReadReply> = within(redis.xread_options(&keys, &lasts, &options)).await?;
    let Some(found) = found else { return Ok(()) };
    // A stream with two readers comes twice, from the place of each.
    let mut streams: HashMap<&str, BTreeMap<Place, (&str, Option<Piece>)>> = HashMap::new();
    for stream in &found.keys {
        for entry in &stream.ids {
            let bit = entry.get::<String>("bit").and_then(|text| serde_json::from_str::<Bit>(&text).ok());
            let entries = streams.entry(&stream.key).or_default();
            entries.insert(place(&entry.id), (&entry.id, bit.and_then(Bit::piece)));
        }
    }
    for (reader, key) in readers.iter_mut().zip(&keys) {
        let Some(entries) = streams.get(key.as_str()) else { continue };
        let after = place(&reader.last);
        for (id, piece) in entries.iter().filter(|(place, _)| **place > after).map(|(_, entry)| entry) {
            (*id).clone_into(&mut reader.last);
            if let Some(piece) = piece {
                // A reader without room gets the rest from the database.
                drop(reader.to.try_send(piece.clone()));
            }
        }
    }
    Ok(())
}

/// Where an entry stands in its stream: its time, and its number within that.
type Place = (u64, u64);

fn place(id: &str) -> Place {
    let (time, number) = id.split_once('-').unwrap_or((id, "0"));
    (time.parse().unwrap_or(0), number.parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_in_the_order_of_their_numbers() {
        assert!(place("1700000000000-0") > place("0"));
        assert!(place("1700000000000-10") > place("1700000000000-9"));
        assert_eq!(place("1700000000000-9"), (1_700_000_000_000, 9));
    }
}
