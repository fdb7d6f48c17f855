//! The sockets apart from the doors: connections, what comes in and goes out, rooms, news, rights.
//!
//! Socket.IO is only the transport. Its rooms are not used: they drop what a slow client has no room for. Each
//! connection has an inbox, emptied one event after the other, and an outbox, emptied by one forwarder task that
//! exists only while there is something to bring.

pub(crate) mod admission;
pub(crate) mod asking;
pub(crate) mod carrier;
pub(crate) mod connection;
mod elsewhere;
mod following;
pub(crate) mod forwarder;
pub(crate) mod guard;
pub(crate) mod handshake;
pub(crate) mod inbox;
pub(crate) mod namespace;
mod news;
pub(crate) mod outbox;
pub(crate) mod place;
mod presence;
pub(crate) mod reply;
mod rights;
mod rooms;
mod states;

use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::described::{Channel, Part};
use crate::door::Door;
use crate::turns::Turns;
use crate::{Limits, Services};
use docent_auth::Auth;
use docent_auth::origin::Origins;
use docent_bus::Bus;
use docent_domain::Clock;
use docent_domain::event::Signal;
use docent_store::{ForCallers, Store};
use docent_telemetry::Parting;
use inbox::Event;
use namespace::Namespace;

/// How long clients have to take what is still for them when the server stops.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// How long events that are being answered have to come to their end when the server stops.
const PATIENCE: Duration = Duration::from_secs(5);

/// What all doors share.
pub(crate) struct Hub {
    pub(crate) admission: admission::Admission,
    pub(crate) auth: Auth,
    pub(crate) bus: Arc<dyn Bus>,
    pub(crate) clock: Arc<dyn Clock>,
    doors: &'static [&'static dyn Door],
    elsewhere: elsewhere::Elsewhere,
    handshakes: admission::Handshakes,
    pub(crate) limits: Limits,
    node: String,
    pub(crate) origins: Arc<Origins>,
    presence_seq: AtomicI64,
    pub(crate) rooms: rooms::Rooms,
    shutdown: CancellationToken,
    states: states::States,
    pub(crate) store: Store<ForCallers>,
    pub(crate) tasks: TaskTracker,
    pub(crate) turns: Arc<dyn Turns>,
}

impl Hub {
    /// Starts listening to the bus, and is ready for connections.
    pub(crate) fn open(services: Services, doors: &'static [&'static dyn Door]) -> Arc<Self> {
        let limits = services.limits;
        let (news, beginnings) = (services.bus.subscribe(), services.turns.beginnings());
        let hub = Arc::new(Self {
            admission: admission::Admission::default(),
            auth: services.auth,
            bus: services.bus,
            clock: services.clock,
            doors,
            elsewhere: elsewhere::Elsewhere::default(),
            handshakes: admission::Handshakes::new(limits.connect_timeout),
            limits,
            node: services.node,
            origins: services.origins,
            presence_seq: AtomicI64::new(0),
            rooms: rooms::Rooms::new(namespaces(doors)),
            shutdown: CancellationToken::new(),
            states: states::States::default(),
            store: services.store,
            tasks: TaskTracker::new(),
            turns: services.turns,
        });
        hub.tasks.spawn(hub.clone().listen(news));
        hub.tasks.spawn(hub.clone().watch(beginnings));
        hub.tasks.spawn(hub.clone().guard_rights());
        if hub.bus.is_shared() {
            hub.tasks.spawn(hub.clone().keep_company());
        }
        hub
    }

    /// What a door keeps for all connections, made when it is first asked for.
    pub(crate) fn state<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.states.of()
    }

    /// An event of a namespace, and the door that takes it.
    fn event(&self, namespace: &Namespace, name: &str) -> Option<(&'static dyn Door, &'static Event)> {
        let mut events = events(self.doors, namespace);
        events.find(|(_, event)| event.told.name == name)
    }

    /// Closes every connection (clients come back by themselves); what waits to be sent gets a moment.
    pub(crate) async fn part_from_all(self: &Arc<Self>) {
        self.shutdown.cancel();
        self.drain(LAST_WORDS).await;
        // The library forgets to tell of sockets that it closes itself.
        for connection in self.rooms.all() {
            connection.part(Parting::Closing);
            self.depart(&connection);
        }
        self.bus.tell(Signal::NodeLeft { node: self.node.clone() });
    }

    /// Waits until nothing runs any more.
    pub(crate) async fn rest(&self) {
        self.tasks.close();
        if tokio::time::timeout(PATIENCE, self.tasks.wait()).await.is_err() {
            tracing::warn!(tasks = self.tasks.len(), "Some events were still being answered");
        }
    }
}

/// The namespaces in which doors are, each once.
pub(crate) fn namespaces(doors: &[&'static dyn Door]) -> Vec<&'static Namespace> {
    let parts = doors.iter().flat_map(|door| door.channels());
    let mut namespaces: Vec<_> = parts.filter_map(Part::namespace).collect();
    namespaces.sort_unstable();
    namespaces.dedup();
    namespaces
}

/// The events of a namespace, each with the door that takes it.
pub(crate) fn events(
    doors: &'static [&'static dyn Door],
    namespace: &Namespace,
) -> impl Iterator<Item = (&'static dyn Door, &'static Event)> {
    let parts = doors.iter().flat_map(|door| door.channels().iter().map(move |part| (*door, part)));
    let here =
        parts.filter(move |(_, part)| matches!(part.channel, Channel::Namespace(it) if it == namespace));
    here.flat_map(|(door, part)| part.events.iter().map(move |event| (door, event)))
}
