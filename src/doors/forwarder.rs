//! The one task that brings things to a connection: replies, the latest of each status, and the answers it follows,
//! each with its own cursor. It exists only while there is something to bring.
//!
//! The transport takes a packet or refuses it, and never waits. Refused, the forwarder keeps what it has, joins the
//! frames that come meanwhile, and tries again: a slow client gets longer frames, never a gap.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream, SelectAll};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Door;
use super::connection::{Connection, Sent, locked};
use super::outbox::{Latest, Outbox, Parcel};
use crate::domain::chat::TurnEvent;
use crate::domain::{ChatId, MessageId};

/// Pauses between two tries while the transport's buffer is full.
const SHORTEST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(320);
/// Joined frames are no longer than this.
const LONGEST_FRAME: usize = 16 * 1024;
/// With so much text waiting, the streams are left alone: their log waits for us.
const LARGEST_BACKLOG: usize = 128 * 1024;

/// Turns a turn's events into one door's events.
pub(super) trait Translate: Send {
    fn translate(&mut self, event: TurnEvent, out: &mut VecDeque<Parcel>);
}

/// An answer to deliver.
pub(super) struct Follow {
    pub(super) chat: ChatId,
    pub(super) answer: MessageId,
    /// Asked for by itself, not only as part of the chat's room.
    pub(super) own: bool,
}

/// What is to be sent, and to be listened to.
#[derive(Default)]
pub(super) struct Outgoing {
    outbox: Outbox,
    opened: Vec<Opened>,
    running: bool,
}

enum Opened {
    Turn {
        answer: MessageId,
        translate: Box<dyn Translate>,
        events: BoxStream<'static, TurnEvent>,
        stop: CancellationToken,
    },
    Chat {
        chat: ChatId,
        answers: BoxStream<'static, MessageId>,
        stop: CancellationToken,
    },
}

impl Door {
    /// Sends something for certain, in order.
    pub(super) fn send(self: &Arc<Self>, connection: &Arc<Connection>, parcel: Parcel) {
        self.outgoing(connection, |outgoing| outgoing.outbox.push(parcel));
    }

    /// Sends the latest value of something; what waits for the same topic gives way.
    pub(super) fn offer(self: &Arc<Self>, connection: &Arc<Connection>, latest: Latest) {
        self.outgoing(connection, |outgoing| outgoing.outbox.offer(latest, Instant::now()));
    }

    /// Drops what waits of a room that the connection has left.
    pub(super) fn forget_topics(connection: &Connection) {
        locked(&connection.outgoing).outbox.forget_topics();
    }

    /// How many replies wait: a client that does not read them is not worth more.
    pub(super) fn backlog(connection: &Connection) -> usize {
        locked(&connection.outgoing).outbox.parcels_waiting()
    }

    /// Delivers a turn's events from now on, until its end or until `stop`.
    pub(super) fn deliver(
        self: &Arc<Self>,
        connection: &Arc<Connection>,
        answer: MessageId,
        translate: Box<dyn Translate>,
        events: BoxStream<'static, TurnEvent>,
        stop: CancellationToken,
    ) {
        let turn = Opened::Turn { answer, translate, events, stop };
        self.outgoing(connection, |outgoing| outgoing.opened.push(turn));
    }

    /// Delivers every answer of a chat from now on, until `stop`.
    pub(super) fn deliver_chat(
        self: &Arc<Self>,
        connection: &Arc<Connection>,
        chat: ChatId,
        answers: BoxStream<'static, MessageId>,
        stop: CancellationToken,
    ) {
        let chat = Opened::Chat { chat, answers, stop };
        self.outgoing(connection, |outgoing| outgoing.opened.push(chat));
    }

    /// Waits until every connection has got what waits for it, but no longer than `most`.
    pub(super) async fn drain(&self, most: Duration) {
        let until = Instant::now() + most;
        let waiting = || self.rooms.all().iter().any(|one| !locked(&one.outgoing).outbox.is_empty());
        while waiting() && Instant::now() < until {
            tokio::time::sleep(SHORTEST_PAUSE).await;
        }
    }

    fn outgoing(self: &Arc<Self>, connection: &Arc<Connection>, change: impl FnOnce(&mut Outgoing)) {
        let mut outgoing = locked(&connection.outgoing);
        change(&mut outgoing);
        if outgoing.running {
            drop(outgoing);
            connection.wake.notify_one();
        } else {
            outgoing.running = true;
            drop(outgoing);
            self.tasks.spawn(Forwarder::new(self.clone(), connection.clone()).run());
        }
    }
}

struct Forwarder {
    door: Arc<Door>,
    connection: Arc<Connection>,
    heard: SelectAll<BoxStream<'static, Heard>>,
    turns: Vec<Turn>,
    /// Names the next turn: the same answer can be followed twice, one after the other.
    next_key: u64,
    pause: Duration,
}

enum Heard {
    Event(u64, TurnEvent),
    /// The turn's stream is over, or not wanted any more.
    Ended(u64),
    /// An answer has begun in a chat that this connection follows.
    Began(ChatId, MessageId),
}

/// One followed answer: what has been heard of it and not been sent.
struct Turn {
    key: u64,
    answer: MessageId,
    stop: CancellationToken,
    translate: Box<dyn Translate>,
    events: VecDeque<TurnEvent>,
    parcels: VecDeque<Parcel>,
    text: usize,
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
    fn new(door: Arc<Door>, connection: Arc<Connection>) -> Self {
        Self {
            door,
            connection,
            heard: SelectAll::new(),
            turns: Vec::new(),
            next_key: 0,
            pause: SHORTEST_PAUSE,
        }
    }

    async fn run(mut self) {
        let mut retry_at: Option<Instant> = None;
        loop {
            self.adopt();
            if retry_at.is_none_or(|at| at <= Instant::now()) {
                retry_at = match self.flush() {
                    Flushed::Everything => {
                        self.pause = SHORTEST_PAUSE;
                        None
                    }
                    Flushed::Full => {
                        let at = Instant::now() + self.pause;
                        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
                        Some(at)
                    }
                    Flushed::Gone => break,
                };
            }
            if self.retire() {
                return;
            }
            let next = retry_at.or_else(|| locked(&self.connection.outgoing).outbox.next_due(Instant::now()));
            let hungry = !self.heard.is_empty() && self.waiting_text() < LARGEST_BACKLOG;
            tokio::select! {
                () = self.connection.wake.notified() => retry_at = None,
                Some(heard) = self.heard.next(), if hungry => self.hear(heard),
                () = tokio::time::sleep_until(next.unwrap_or_else(Instant::now)), if next.is_some() => {}
            }
        }
        // Nobody is left to send to. `running` stays true, so that nothing starts again.
        *locked(&self.connection.outgoing) = Outgoing { running: true, ..Outgoing::default() };
    }

    /// Takes over the streams that were opened since the last look.
    fn adopt(&mut self) {
        let opened = std::mem::take(&mut locked(&self.connection.outgoing).opened);
        for opened in opened {
            match opened {
                Opened::Turn { answer, translate, events, stop } => {
                    self.listen(answer, translate, events, stop);
                }
                Opened::Chat { chat, answers, stop } => {
                    let began = answers.map(move |answer| Heard::Began(chat, answer));
                    self.heard.push(began.take_until(stop.cancelled_owned()).boxed());
                }
            }
        }
    }

    fn listen(
        &mut self,
        answer: MessageId,
        translate: Box<dyn Translate>,
        events: BoxStream<'static, TurnEvent>,
        stop: CancellationToken,
    ) {
        let key = self.next_key;
        self.next_key += 1;
        let events =
            events.map(move |event| Heard::Event(key, event)).take_until(stop.clone().cancelled_owned());
        self.heard.push(events.chain(stream::iter([Heard::Ended(key)])).boxed());
        self.turns.push(Turn {
            key,
            answer,
            stop,
            translate,
            events: VecDeque::new(),
            parcels: VecDeque::new(),
            text: 0,
            ended: false,
        });
    }

    fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Event(key, event) => {
                if let Some(turn) = self.turns.iter_mut().find(|turn| turn.key == key) {
                    turn.hear(event);
                }
            }
            Heard::Ended(key) => {
                if let Some(turn) = self.turns.iter_mut().find(|turn| turn.key == key) {
                    turn.end();
                }
            }
            Heard::Began(chat, answer) => self.begin(chat, answer),
        }
    }

    /// Follows an answer that somebody else asked for. The engine is asked inside the stream, so that a slow
    /// database does not hold up the other answers.
    fn begin(&mut self, chat: ChatId, answer: MessageId) {
        let follow = Follow { chat, answer, own: false };
        let Some(stop) = self.connection.place().begin(&follow) else { return };
        let (door, connection) = (self.door.clone(), self.connection.clone());
        let events = stream::once(async move {
            let scope = &connection.caller.scope;
            match door.turns.follow(scope, chat, answer, -1).await {
                Ok(events) => events,
                Err(fault) => {
                    tracing::warn!(chat.id = %chat, error = %fault.chain(), "An answer cannot be followed");
                    stream::empty().boxed()
                }
            }
        });
        let translate = super::project_rooms::follower(chat, answer);
        self.listen(answer, translate, events.flatten().boxed(), stop);
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
        for turn in &mut self.turns {
            let outcome = turn.flush(connection);
            if outcome != Flushed::Everything {
                return outcome;
            }
        }
        self.turns.retain(|turn| {
            if turn.ended {
                turn.leave(connection);
            }
            !turn.ended
        });
        Flushed::Everything
    }

    fn waiting_text(&self) -> usize {
        self.turns.iter().map(|turn| turn.text).sum()
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

impl Turn {
    /// Keeps an event, joined to the frame before it if that has not been sent either.
    fn hear(&mut self, event: TurnEvent) {
        if let TurnEvent::Token(frame) = &event {
            self.text += frame.text.len();
            if let Some(TurnEvent::Token(last)) = self.events.back_mut()
                && last.text.len() + frame.text.len() <= LONGEST_FRAME
            {
                last.seq = frame.seq;
                last.text.push_str(&frame.text);
                return;
            }
        }
        self.events.push_back(event);
    }

    /// No more will be heard. Of an answer that is not wanted any more, nothing more is sent either.
    fn end(&mut self) {
        self.ended = true;
        if self.stop.is_cancelled() {
            self.events.clear();
            self.parcels.clear();
            self.text = 0;
        }
    }

    fn leave(&self, connection: &Connection) {
        // Who stopped it has already forgotten it, and may be following it anew.
        if !self.stop.is_cancelled() {
            connection.place().finish(self.answer);
            self.stop.cancel();
        }
    }

    fn flush(&mut self, connection: &Connection) -> Flushed {
        loop {
            while let Some(parcel) = self.parcels.front() {
                match connection.try_send(parcel) {
                    Sent::Yes => drop(self.parcels.pop_front()),
                    Sent::Full => return Flushed::Full,
                    Sent::Gone => return Flushed::Gone,
                }
            }
            let Some(event) = self.events.pop_front() else { return Flushed::Everything };
            if let TurnEvent::Token(frame) = &event {
                self.text -= frame.text.len();
            }
            self.ended |= event.is_terminal();
            self.translate.translate(event, &mut self.parcels);
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
