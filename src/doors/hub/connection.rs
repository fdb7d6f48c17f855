//! One socket in one namespace: who it is, where it is, and the line to it. All of it is gone when it disconnects.

use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::Notify;

use super::admission::Seat;
use super::carrier::Carrier;
use super::forwarder::Outgoing;
use super::inbox::Inbox;
use super::namespace::ConnectionId;
use super::outbox::Parcel;
use super::place::Place;
use docent_auth::Caller;
use docent_auth::address::Cut;
use docent_domain::{Timestamp, UserId};
use docent_telemetry::{self as telemetry, Connected, Parting};

/// python-socketio ends a connection that gets more than 16 packets in one poll. A poll can carry the packets of two
/// of our counting periods, one kept back by the transport, and a heartbeat: 2 × 7 + 2.
const PACKETS_PER_POLL: u32 = 7;

pub(crate) struct Connection {
    pub(crate) id: ConnectionId,
    pub(crate) caller: Caller,
    /// The random value of a visitor, if the connection has no token and there is a public project.
    pub(crate) visitor: Option<String>,
    /// Where it comes from, as far as that is known.
    pub(crate) address: Option<IpAddr>,
    pub(crate) connected_at: Timestamp,
    pub(crate) inbox: Mutex<Inbox>,
    pub(crate) outgoing: Mutex<Outgoing>,
    /// Wakes the forwarder.
    pub(crate) wake: Notify,
    line: Mutex<Line>,
    place: Mutex<Place>,
    /// Packets of the present poll; shared by the connections of one transport.
    spent: Arc<AtomicU32>,
    /// Whether the greeting is still to be sent.
    greeting_due: AtomicBool,
    overrun: AtomicBool,
    severed: AtomicBool,
    cut: Mutex<Option<Cut>>,
    /// Microseconds since the epoch.
    heard_at: AtomicI64,
    /// The first reason to end it.
    parting: OnceLock<Parting>,
    _seat: Seat,
}

/// Who connects.
pub(crate) struct Admitted {
    pub(crate) caller: Caller,
    pub(crate) visitor: Option<String>,
    pub(crate) address: Option<IpAddr>,
    pub(crate) cut: Option<Cut>,
    pub(crate) seat: Seat,
}

enum Line {
    /// Admitted, but the client does not know it yet.
    Waiting,
    Open {
        carrier: Carrier,
        _counted: Connected,
    },
    Closed,
}

/// What became of a parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    Yes,
    /// Nothing was taken; try again.
    Full,
    Gone,
}

impl Connection {
    pub(crate) fn new(id: impl Into<ConnectionId>, admitted: Admitted, connected_at: Timestamp) -> Self {
        Self {
            id: id.into(),
            caller: admitted.caller,
            visitor: admitted.visitor,
            address: admitted.address,
            connected_at,
            inbox: Mutex::default(),
            outgoing: Mutex::default(),
            wake: Notify::new(),
            line: Mutex::new(Line::Waiting),
            place: Mutex::default(),
            spent: Arc::default(),
            greeting_due: AtomicBool::new(false),
            overrun: AtomicBool::new(false),
            severed: AtomicBool::new(false),
            cut: Mutex::new(admitted.cut),
            heard_at: AtomicI64::new(connected_at.micros()),
            parting: OnceLock::new(),
            _seat: admitted.seat,
        }
    }

    /// Shares the count of packets with the others on the same transport.
    pub(crate) fn paced(self, spent: Arc<AtomicU32>) -> Self {
        Self { spent, ..self }
    }

    /// Has its events wait until it was greeted, so that no answer comes before the greeting.
    pub(crate) fn greeted_first(self) -> Self {
        Self { greeting_due: AtomicBool::new(true), ..self }
    }

    /// The greeting is on its way: events are answered from now on.
    pub(crate) fn mark_greeted(&self) {
        self.greeting_due.store(false, Ordering::Release);
    }

    /// Opens the line; true the first time.
    pub(crate) fn open(&self, carrier: Carrier) -> bool {
        let mut line = locked(&self.line);
        if matches!(*line, Line::Waiting) {
            let counted = telemetry::connected(carrier.line(self.id.namespace));
            *line = Line::Open { carrier, _counted: counted };
            return true;
        }
        false
    }

    /// Notes why it is about to end; the first reason stands.
    pub(crate) fn part(&self, why: Parting) {
        let _second = self.parting.set(why);
    }

    /// Closes the line for good and stops what is delivered over it.
    pub(crate) fn close(&self) {
        let before = std::mem::replace(&mut *locked(&self.line), Line::Closed);
        if matches!(before, Line::Open { .. }) {
            telemetry::parted(self.parting.get().copied().unwrap_or(Parting::Lost));
        }
        let place = std::mem::take(&mut *self.place());
        place.stop_all();
        self.wake.notify_one();
    }

    /// Whether its line is still to be opened, or its client to be greeted.
    pub(crate) fn is_expected(&self) -> bool {
        self.greeting_due.load(Ordering::Acquire) || matches!(*locked(&self.line), Line::Waiting)
    }

    pub(crate) fn is_closed(&self) -> bool {
        matches!(*locked(&self.line), Line::Closed)
    }

    pub(crate) fn place(&self) -> MutexGuard<'_, Place> {
        locked(&self.place)
    }

    /// Hands a parcel to the transport, which takes it or not, but never waits.
    pub(crate) fn try_send(&self, parcel: &Parcel) -> Sent {
        let carrier = match &*locked(&self.line) {
            Line::Open { carrier, .. } => carrier.clone(),
            Line::Waiting => return Sent::Full,
            Line::Closed => return Sent::Gone,
        };
        let polling = carrier.is_polling();
        if polling && self.spent.load(Ordering::Relaxed) >= PACKETS_PER_POLL {
            return Sent::Full;
        }
        let sent = carrier.carry(parcel);
        if polling && sent == Sent::Yes {
            self.spent.fetch_add(1, Ordering::Relaxed);
        }
        sent
    }

    /// When the client last sent an event.
    pub(crate) fn heard_at(&self) -> Timestamp {
        Timestamp::from_micros(self.heard_at.load(Ordering::Relaxed))
    }

    pub(crate) fn hear(&self, now: Timestamp) {
        self.heard_at.store(now.micros(), Ordering::Relaxed);
    }

    /// Closes the network connection under it, as if the cable were pulled: clients come back after that.
    pub(crate) fn cut(&self) {
        if let Some(cut) = &*locked(&self.cut) {
            cut.0.cancel();
        }
        self.severed.store(true, Ordering::Relaxed);
        self.part(Parting::PutOut);
    }

    /// It has moved to another network connection: from polling to WebSocket, or for the next poll.
    pub(crate) fn carried_by(&self, cut: &Cut) {
        *locked(&self.cut) = Some(cut.clone());
    }

    /// Whether [`Self::cut`] was called: then polls of it find nothing any more.
    pub(crate) fn is_cut(&self) -> bool {
        self.severed.load(Ordering::Relaxed)
    }

    /// Ends the connection; the client does not come back by itself.
    pub(crate) fn disconnect(&self) {
        let carrier = match &*locked(&self.line) {
            Line::Open { carrier, .. } => carrier.clone(),
            Line::Waiting | Line::Closed => return,
        };
        carrier.hang_up();
    }

    /// A poll has been answered: there is room for the next packets.
    pub(crate) fn polled(&self) {
        self.spent.store(0, Ordering::Relaxed);
        self.wake.notify_one();
    }

    /// True once: the client sends more than it reads, and the connection is given up.
    pub(crate) fn give_up(&self) -> bool {
        if self.overrun.swap(true, Ordering::Relaxed) {
            return false;
        }
        self.part(Parting::Overrun);
        self.disconnect();
        true
    }

    /// Whether it answers for this user: its own, or one whose token came with a message.
    pub(crate) fn speaks_for(&self, user: UserId) -> bool {
        self.caller.principal.user == user || self.place().speaks_for(user)
    }
}

/// A lock that a panic elsewhere does not take along: what it guards is consistent after every statement.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
