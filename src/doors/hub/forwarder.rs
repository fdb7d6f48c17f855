//! The one task that brings things to a connection: replies, the latest of each status, and the answers it follows,
//! each with its own cursor. It exists only while there is something to bring.
//!
//! The transport takes a packet or refuses it, and never waits. Refused, the forwarder keeps what it has in hand,
//! asks for no more, and tries again: the turns' logs join what was missed, so that a slow client gets longer
//! frames, never a gap.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream, SelectAll};
use tokio::time::Instant;

use super::Hub;
use super::connection::{Connection, Sent, locked};
use super::outbox::{Latest, Outbox, Parcel, Topic};
use super::place::{Stop, Words};
use crate::turns::Turn;
use docent_auth::Caller;
use docent_domain::chat::TurnEvent;
use docent_domain::{ChatId, MessageId};
use docent_telemetry as telemetry;

/// Pauses between two tries while the transport's buffer is full.
const SHORTEST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(320);

/// Turns a turn's events into one door's events.
pub(crate) trait Translate: Send {
    fn translate(&mut self, event: TurnEvent, out: &mut VecDeque<Parcel>);
}

/// The lines that a turn becomes, one for each parcel.
#[cfg(test)]
pub(crate) fn heard(mut translator: impl Translate, events: Vec<TurnEvent>) -> String {
    let mut out = VecDeque::new();
    for event in events {
        translator.translate(event, &mut out);
    }
    let lines = out.iter().map(|parcel| match parcel {
        Parcel::Event { name, body } => format!("{name} {body}"),
        Parcel::Ack { .. } => "an acknowledgement".to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// An answer to deliver.
pub(crate) struct Follow {
    pub(crate) chat: ChatId,
    pub(crate) answer: MessageId,
    pub(crate) reason: Reason,
    /// In whose words.
    pub(crate) words: Words,
    /// Whose rights it hangs on, where these are not the connection's.
    pub(crate) other: Option<Caller>,
}

/// Why an answer is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// As part of the chat's room.
    Room,
    /// Its question came from here.
    Question,
    /// It is wanted by itself, even if it has been told before.
    Again,
}

impl Follow {
    pub(crate) const fn new(chat: ChatId, answer: MessageId, words: Words, reason: Reason) -> Self {
        Self { chat, answer, reason, words, other: None }
    }
}

/// What is to be sent, and to be listened to.
#[derive(Default)]
pub(crate) struct Outgoing {
    outbox: Outbox,
    opened: Vec<Delivery>,
    running: bool,
    /// Nobody is left to send to.
    over: bool,
}

/// A turn on its way to one connection.
pub(crate) struct Delivery {
    pub(crate) chat: ChatId,
    pub(crate) answer: MessageId,
    pub(crate) words: Words,
    pub(crate) translate: Box<dyn Translate>,
    pub(crate) turn: Turn,
    pub(crate) stop: Stop,
}

impl Hub {
    /// Sends something for certain, in order.
    pub(crate) fn send(self: &Arc<Self>, connection: &Arc<Connection>, parcel: Parcel) {
        self.outgoing(connection, |outgoing| outgoing.outbox.push(parcel));
    }

    /// Sends the latest value of something; what waits for the same topic gives way.
    pub(crate) fn offer(self: &Arc<Self>, connection: &Arc<Connection>, latest: Latest) {
        self.outgoing(connection, |outgoing| outgoing.outbox.offer(latest, Instant::now()));
    }

    /// Delivers a turn's events from now on, until its end or until it is stopped.
    pub(crate) fn deliver(self: &Arc<Self>, connection: &Arc<Connection>, delivery: Delivery) {
        self.outgoing(connection, |outgoing| outgoing.opened.push(delivery));
    }

    /// Drops what waits of one topic, for good.
    pub(crate) fn forget_topic(connection: &Connection, topic: Topic) {
        locked(&connection.outgoing).outbox.forget(topic);
    }

    /// Drops what waits of a room that the connection has left.
    pub(crate) fn forget_topics(connection: &Connection) {
        locked(&connection.outgoing).outbox.forget_topics();
    }

    /// How many replies wait: a client that does not read them is not worth more.
    pub(crate) fn backlog(connection: &Connection) -> usize {
        locked(&connection.outgoing).outbox.parcels_waiting()
    }

    /// Waits until every connection has got what waits for it, but no longer than `most`.
    pub(crate) async fn drain(&self, most: Duration) {
        let until = Instant::now() + most;
        let waiting = || self.rooms.all().iter().any(|one| !locked(&one.outgoing).outbox.is_empty());
        while waiting() && Instant::now() < until {
            tokio::time::sleep(SHORTEST_PAUSE).await;
        }
    }

    fn outgoing(self: &Arc<Self>, connection: &Arc<Connection>, change: impl FnOnce(&mut Outgoing)) {
        let mut outgoing = locked(&connection.outgoing);
        if outgoing.over {
            return;
        }
        change(&mut outgoing);
        if outgoing.running {
            drop(outgoing);
            connection.wake.notify_one();
        } else {
            outgoing.running = true;
            drop(outgoing);
            self.tasks.spawn(Forwarder::new(connection.clone()).run());
        }
    }
}

struct Forwarder {
    connection: Arc<Connection>,
    heard: SelectAll<BoxStream<'static, Heard>>,
    turns: Vec<Followed>,
    /// Names the next turn: the same answer can be followed twice, one after the other.
    next_key: u64,
    pause: Duration,
}

enum Heard {
    Event(u64, TurnEvent),
    /// The turn's stream is over, or not wanted any more.
    Ended(u64),
}

/// One followed answer, and what of it is in hand.
struct Followed {
    key: u64,
    chat: ChatId,
    answer: MessageId,
    words: Words,
    stop: Stop,
    translate: Box<dyn Translate>,
    parcels: VecDeque<Parcel>,
    ended: bool,
}

/// Why the forwarder stopped sending.
#[derive(PartialEq)]
enum Flushed {
    Everything,
    Full,
    Gone,
}

impl Forwarder {
    fn new(connection: Arc<Connection>) -> Self {
        Self { connection, heard: SelectAll::new(), turns: Vec::new(), next_key: 0, pause: SHORTEST_PAUSE }
    }

    async fn run(mut self) {
        // An answer may still have been handed over after the connection closed; nothing would ever wake it.
        while !self.connection.is_closed() {
            self.adopt();
            let retry_at = match self.flush() {
                Flushed::Everything => {
                    self.pause = SHORTEST_PAUSE;
                    None
                }
                Flushed::Full => {
                    if self.pause == SHORTEST_PAUSE {
                        telemetry::slow_client();
                    }
                    let pause = self.pause;
                    self.pause = (pause * 2).min(LONGEST_PAUSE);
                    Some(Instant::now() + pause)
                }
                Flushed::Gone => break,
            };
            if self.retire() {
                return;
            }
            let hungry = retry_at.is_none() && !self.heard.is_empty();
            let next = retry_at.or_else(|| locked(&self.connection.outgoing).outbox.next_due(Instant::now()));
            tokio::select! {
                () = self.connection.wake.notified() => {}
                Some(heard) = self.heard.next(), if hungry => self.hear(heard),
                () = tokio::time::sleep_until(next.unwrap_or_else(Instant::now)), if next.is_some() => {}
            }
        }
        *locked(&self.connection.outgoing) = Outgoing { over: true, ..Outgoing::default() };
    }

    /// Takes over the turns that were opened since the last look.
    fn adopt(&mut self) {
        let opened = std::mem::take(&mut locked(&self.connection.outgoing).opened);
        for Delivery { chat, answer, words, translate, turn, stop } in opened {
            let key = self.next_key;
            self.next_key += 1;
            let events = turn.map(move |event| Heard::Event(key, event));
            let events = events.take_until(stop.clone().stopped());
            self.heard.push(events.chain(stream::iter([Heard::Ended(key)])).boxed());
            self.turns.push(Followed {
                key,
                chat,
                answer,
                words,
                stop,
                translate,
                parcels: VecDeque::new(),
                ended: false,
            });
        }
    }

    fn hear(&mut self, heard: Heard) {
        let (Heard::Event(key, _) | Heard::Ended(key)) = &heard;
        let Some(turn) = self.turns.iter_mut().find(|turn| turn.key == *key) else { return };
        match heard {
            Heard::Event(_, event) => {
                turn.ended |= event.is_terminal();
                turn.translate.translate(event, &mut turn.parcels);
            }
            Heard::Ended(_) => {
                turn.ended = true;
                // Of an answer that is not wanted any more, not even the rest is.
                if turn.stop.is_stopped() {
                    turn.parcels.clear();
                }
                if turn.stop.is_lost() {
                    turn.translate.translate(TurnEvent::lost(), &mut turn.parcels);
                }
            }
        }
    }

    fn flush(&mut self) -> Flushed {
        let connection = &self.connection;
        let outcome = {
            let mut outgoing = locked(&connection.outgoing);
            flush_outbox(&mut outgoing.outbox, connection)
        };
        if outcome != Flushed::Everything {
            return outcome;
        }
        // Told at once at their end, answers of one chat keep the order in which they began.
        let mut before: Vec<(ChatId, Words)> = Vec::new();
        for turn in &mut self.turns {
            if turn.words.is_told_at_once() {
                if before.contains(&(turn.chat, turn.words)) {
                    continue;
                }
                if !turn.ended {
                    before.push((turn.chat, turn.words));
                }
            }
            while let Some(parcel) = turn.parcels.front() {
                match connection.try_send(parcel) {
                    Sent::Yes => drop(turn.parcels.pop_front()),
                    Sent::Full => return Flushed::Full,
                    Sent::Gone => return Flushed::Gone,
                }
            }
        }
        let mut left = false;
        self.turns.retain(|turn| {
            let over = turn.ended && turn.parcels.is_empty();
            if over {
                turn.leave(connection);
                left = true;
            }
            !over
        });
        // One that waited for another may go now.
        if left && self.turns.iter().any(|turn| !turn.parcels.is_empty()) {
            return self.flush();
        }
        Flushed::Everything
    }

    /// True if nothing is left to do. Decided under the lock, so that whatever is handed in later starts a new
    /// forwarder.
    fn retire(&self) -> bool {
        let mut outgoing = locked(&self.connection.outgoing);
        let idle = outgoing.outbox.is_empty()
            && outgoing.opened.is_empty()
            && self.heard.is_empty()
            && self.turns.is_empty();
        outgoing.running = !idle;
        idle
    }
}

impl Followed {
    /// Takes the answer off the list of those that are being delivered.
    fn leave(&self, connection: &Connection) {
        // Who stopped it has already done so, and may be following it anew.
        if !self.stop.is_stopped() {
            connection.place().finish(self.answer, self.words);
            self.stop.stop();
        }
    }
}

fn flush_outbox(outbox: &mut Outbox, connection: &Connection) -> Flushed {
    loop {
        let now = Instant::now();
        let Some(parcel) = outbox.front(now) else { return Flushed::Everything };
        match connection.try_send(&parcel) {
            Sent::Yes => outbox.sent(now),
            Sent::Full => return Flushed::Full,
            Sent::Gone => return Flushed::Gone,
        }
    }
}
