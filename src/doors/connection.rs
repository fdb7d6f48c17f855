//! One socket in one namespace: who it is, where it is, and the line to it. All of it is gone when it disconnects.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use socketioxide::extract::AckSender;
use socketioxide::handler::{FromMessageParts, Value as Packet};
use socketioxide::socket::{Sid, Socket};
use socketioxide::{SendError, SocketError, TransportType};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::admission::Seat;
use super::forwarder::{Follow, Outgoing};
use super::inbox::Inbox;
use super::outbox::Parcel;
use crate::auth::Caller;
use crate::auth::address::Cut;
use crate::domain::{ChatId, MessageId, ProjectId, Timestamp};

/// python-socketio ends a connection that gets more than 16 packets in one poll. A poll can carry the packets of two
/// of our counting periods, one kept back by the transport, and a heartbeat: 2 × 7 + 2.
const PACKETS_PER_POLL: u32 = 7;
/// Finished answers are remembered, so that the chat's room does not deliver to the sender a second time.
const FINISHED: usize = 32;

pub(super) struct Connection {
    pub(super) id: Sid,
    pub(super) caller: Caller,
    /// The random value of a visitor, if the connection has no token and there is a public project.
    pub(super) visitor: Option<String>,
    /// Where it comes from, as far as that is known.
    pub(super) address: Option<IpAddr>,
    pub(super) connected_at: Timestamp,
    pub(super) inbox: Mutex<Inbox>,
    pub(super) outgoing: Mutex<Outgoing>,
    /// Wakes the forwarder.
    pub(super) wake: Notify,
    line: Mutex<Line>,
    place: Mutex<Place>,
    spent: AtomicU32,
    overrun: AtomicBool,
    severed: AtomicBool,
    cut: Mutex<Option<Cut>>,
    /// Microseconds since the epoch.
    heard_at: AtomicI64,
    _seat: Seat,
}

/// Who connects.
pub(super) struct Admitted {
    pub(super) caller: Caller,
    pub(super) visitor: Option<String>,
    pub(super) address: Option<IpAddr>,
    pub(super) cut: Option<Cut>,
    pub(super) seat: Seat,
}

enum Line {
    /// Admitted, but the client does not know it yet.
    Waiting,
    Open(Arc<Socket>),
    Closed,
}

/// Where the connection is.
#[derive(Default)]
pub(super) struct Place {
    pub(super) project: Option<ProjectId>,
    pub(super) last_chat: Option<ChatId>,
    /// Chats it follows, whoever writes in them.
    pub(super) chats: HashSet<ChatId>,
    /// Answers that are being delivered to it.
    pub(super) turns: HashMap<MessageId, Following>,
    finished: VecDeque<MessageId>,
}

/// Why an answer is delivered, and how to stop that.
pub(super) struct Following {
    pub(super) chat: ChatId,
    pub(super) stop: CancellationToken,
    /// Asked for by itself, not only as part of the chat's room.
    pub(super) own: bool,
}

/// What became of a parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    Yes,
    /// Nothing was taken; try again.
    Full,
    Gone,
}

impl Connection {
    pub(super) fn new(id: Sid, admitted: Admitted, connected_at: Timestamp) -> Self {
        Self {
            id,
            caller: admitted.caller,
            visitor: admitted.visitor,
            address: admitted.address,
            connected_at,
            inbox: Mutex::default(),
            outgoing: Mutex::default(),
            wake: Notify::new(),
            line: Mutex::new(Line::Waiting),
            place: Mutex::default(),
            spent: AtomicU32::new(0),
            overrun: AtomicBool::new(false),
            severed: AtomicBool::new(false),
            cut: Mutex::new(admitted.cut),
            heard_at: AtomicI64::new(connected_at.micros()),
            _seat: admitted.seat,
        }
    }

    /// Opens the line; true the first time.
    pub(super) fn open(&self, socket: Arc<Socket>) -> bool {
        let mut line = locked(&self.line);
        if matches!(*line, Line::Waiting) {
            *line = Line::Open(socket);
            return true;
        }
        false
    }

    /// Closes the line for good and stops what is delivered over it.
    pub(super) fn close(&self) {
        *locked(&self.line) = Line::Closed;
        let place = std::mem::take(&mut *self.place());
        place.turns.into_values().for_each(|turn| turn.stop.cancel());
        self.wake.notify_one();
    }

    pub(super) fn is_closed(&self) -> bool {
        matches!(*locked(&self.line), Line::Closed)
    }

    pub(super) fn place(&self) -> MutexGuard<'_, Place> {
        locked(&self.place)
    }

    /// Hands a parcel to the transport, which takes it or not, but never waits.
    pub(super) fn try_send(&self, parcel: &Parcel) -> Sent {
        let socket = match &*locked(&self.line) {
            Line::Open(socket) => socket.clone(),
            Line::Waiting => return Sent::Full,
            Line::Closed => return Sent::Gone,
        };
        let polling = socket.transport_type() == TransportType::Polling;
        if polling && self.spent.load(Ordering::Relaxed) >= PACKETS_PER_POLL {
            return Sent::Full;
        }
        let outcome = match parcel {
            Parcel::Event { name, body } => socket.emit(name, &**body),
            Parcel::Ack { id, body } => acknowledge(&socket, *id, body),
        };
        match outcome {
            Ok(()) => {
                if polling {
                    self.spent.fetch_add(1, Ordering::Relaxed);
                }
                Sent::Yes
            }
            Err(SendError::Socket(SocketError::InternalChannelFull)) => Sent::Full,
            Err(SendError::Socket(SocketError::Closed)) => Sent::Gone,
            Err(SendError::Serialize(error)) => {
                tracing::error!(error = %error, "A socket event could not be written");
                Sent::Yes
            }
        }
    }

    /// When the client last sent an event.
    pub(super) fn heard_at(&self) -> Timestamp {
        Timestamp::from_micros(self.heard_at.load(Ordering::Relaxed))
    }

    pub(super) fn hear(&self, now: Timestamp) {
        self.heard_at.store(now.micros(), Ordering::Relaxed);
    }

    /// Closes the network connection under it, as if the cable were pulled: clients come back after that.
    pub(super) fn cut(&self) {
        if let Some(cut) = &*locked(&self.cut) {
            cut.0.cancel();
        }
        self.severed.store(true, Ordering::Relaxed);
    }

    /// It has moved to another network connection: from polling to WebSocket, or for the next poll.
    pub(super) fn carried_by(&self, cut: &Cut) {
        *locked(&self.cut) = Some(cut.clone());
    }

    /// Whether [`Self::cut`] was called: then polls of it find nothing any more.
    pub(super) fn is_cut(&self) -> bool {
        self.severed.load(Ordering::Relaxed)
    }

    /// Ends the connection; the client does not come back by itself.
    pub(super) fn disconnect(&self) {
        if let Line::Open(socket) = &*locked(&self.line) {
            drop(socket.clone().disconnect());
        }
    }

    /// A poll has been answered: there is room for the next packets.
    pub(super) fn polled(&self) {
        self.spent.store(0, Ordering::Relaxed);
        self.wake.notify_one();
    }

    /// True once: the client sends more than it reads, and the connection is given up.
    pub(super) fn give_up(&self) -> bool {
        if self.overrun.swap(true, Ordering::Relaxed) {
            return false;
        }
        self.disconnect();
        true
    }
}

impl Place {
    /// Notes that an answer is to be delivered; `None` if it already is, or (without having been asked for) was.
    pub(super) fn begin(&mut self, follow: &Follow) -> Option<CancellationToken> {
        if let Some(following) = self.turns.get_mut(&follow.answer) {
            following.own |= follow.own;
            return None;
        }
        if !follow.own && self.finished.contains(&follow.answer) {
            return None;
        }
        let stop = CancellationToken::new();
        let following = Following { chat: follow.chat, stop: stop.clone(), own: follow.own };
        self.turns.insert(follow.answer, following);
        Some(stop)
    }

    /// Notes that the answer has been delivered to its end.
    pub(super) fn finish(&mut self, answer: MessageId) {
        self.turns.remove(&answer);
        if self.finished.len() == FINISHED {
            self.finished.pop_front();
        }
        self.finished.push_back(answer);
    }

    /// Every chat of which something is delivered.
    pub(super) fn all_chats(&self) -> BTreeSet<ChatId> {
        self.turns.values().map(|turn| turn.chat).chain(self.chats.iter().copied()).collect()
    }

    /// Ends the delivery of a chat's answers, asked here or not.
    pub(super) fn stop_turns(&mut self, chat: ChatId) {
        for turn in self.turns.values_mut().filter(|turn| turn.chat == chat) {
            turn.own = false;
        }
        self.leave_chat(chat);
    }

    /// Leaves a chat's room. Answers to questions asked here go on.
    pub(super) fn leave_chat(&mut self, chat: ChatId) {
        self.chats.remove(&chat);
        self.turns.retain(|_, turn| {
            let keep = turn.chat != chat || turn.own;
            if !keep {
                turn.stop.cancel();
            }
            keep
        });
    }
}

/// A lock that a panic elsewhere does not take along: what it guards is consistent after every statement.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn acknowledge(socket: &Arc<Socket>, id: i64, body: &serde_json::value::RawValue) -> Result<(), SendError> {
    // The sender is consumed even when the buffer is full; made anew each time, the acknowledgement is not lost.
    let Ok(sender) =
        AckSender::from_message_parts(socket, &mut Packet::Bytes(bytes::Bytes::new()), &Some(id));
    sender.send(body)
}
