//! The doors on sockets: they parse, call the engine, and translate its events. No business logic lives here.
//!
//! Socket.IO is only the transport. Its rooms are not used: they drop what a slow client has no room for. Each
//! connection has an inbox, emptied one event after the other, and an outbox, emptied by one forwarder task that
//! exists only while there is something to bring.

mod admission;
mod ai_chat;
mod ai_session;
mod asking;
mod assistant_rooms;
pub mod asyncapi;
mod body;
mod carrier;
mod connection;
mod conversations;
mod described;
mod elsewhere;
mod following;
mod forwarder;
#[doc(hidden)]
pub mod fuzzing;
mod guard;
mod handshake;
mod inbox;
pub mod mcp;
mod namespace;
mod news;
pub mod openai;
mod outbox;
mod payload;
mod place;
mod presence;
mod project_rooms;
mod reply;
mod rights;
mod rooms;
mod turns;

use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use socketioxide::layer::SocketIoLayer;
use socketioxide::{ParserConfig, SocketIo};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use docent_auth::Auth;
use docent_auth::origin::Origins;
use docent_bus::Bus;
use docent_domain::event::Signal;
use docent_domain::{Clock, Code, Fault};
use docent_store::{ForCallers, Store};
use docent_telemetry::Parting;
use docent_wire::Refused;

pub use payload::PayloadLimits;
pub use turns::{Beginning, Beginnings, Begun, Queued, Turn, Turns};

/// The events of each door in the namespace `/`.
const EVENTS: &[&[inbox::Event]] =
    &[ai_chat::EVENTS, ai_session::EVENTS, conversations::EVENTS, project_rooms::EVENTS];

/// How long clients have to take what is still for them when the server stops.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// How long events that are being answered have to come to their end when the server stops.
const PATIENCE: Duration = Duration::from_secs(5);

/// Of each WebSocket, from its first day on: most connections say little.
const READ_BUFFER: usize = 1024;

/// What the doors need, passed in by whoever composes the program.
pub struct Services {
    pub auth: Auth,
    pub bus: Arc<dyn Bus>,
    pub clock: Arc<dyn Clock>,
    pub limits: Limits,
    /// Names this process among those that share the bus.
    pub node: String,
    pub origins: Arc<Origins>,
    pub store: Store<ForCallers>,
    pub turns: Arc<dyn Turns>,
}

/// How much a client may send, and how patient the server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub payload: PayloadLimits,
    /// Bytes of one packet, before anything of it is looked at. Over it the connection ends: keep it well above the
    /// limits inside a packet, which are answered.
    pub packet_bytes: usize,
    /// Bytes of a request to a door that speaks HTTP.
    pub body_bytes: usize,
    /// Open sockets of one user; the local owner of a server without authentication has no limit.
    pub sockets_per_user: Option<usize>,
    /// Open sockets without a token from one address; 0 refuses them.
    pub sockets_per_address: Option<usize>,
    /// Handshakes of one address within the time that a client has to join a namespace.
    pub handshakes_per_address: Option<u32>,
    /// A connection without a token that says nothing for so long is closed.
    pub anonymous_idle: Duration,
    /// Chats that one connection may follow.
    pub chats_per_socket: usize,
    /// Answers that may be on their way to one connection.
    pub turns_per_socket: usize,
    /// Packets that wait in the transport's own buffer.
    pub buffered_packets: usize,
    /// A connection that has joined no namespace by then is closed.
    pub connect_timeout: Duration,
    pub ping_interval: Duration,
    pub ping_timeout: Duration,
    /// A stream that has nothing to say says so this often.
    pub keep_alive: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            payload: PayloadLimits::default(),
            packet_bytes: 1024 * 1024,
            body_bytes: 256 * 1024,
            sockets_per_user: None,
            sockets_per_address: None,
            handshakes_per_address: None,
            anonymous_idle: Duration::from_secs(600),
            chats_per_socket: 100,
            turns_per_socket: 100,
            buffered_packets: 512,
            connect_timeout: Duration::from_secs(20),
            ping_interval: Duration::from_secs(25),
            ping_timeout: Duration::from_secs(20),
            keep_alive: Duration::from_secs(15),
        }
    }
}

/// The names of every event that a client may send in the namespace `/`.
pub fn events() -> impl Iterator<Item = &'static str> {
    namespace::Namespace::Main.events().map(|event| event.name)
}

/// The names of every event that a client may send in the namespace of assistant rooms.
pub fn assistant_events() -> impl Iterator<Item = &'static str> {
    namespace::Namespace::Assistants.events().map(|event| event.name)
}

/// The routes that doors serve beside REST, as clients are told of them.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let doors = [ai_session::described(), asyncapi::described(), mcp::described(), openai::described()];
    doors.into_iter().fold(ai_chat::described(), utoipa::openapi::OpenApi::merge_from)
}

/// What a route says to methods that it does not take.
async fn other_method() -> Refused {
    Refused(Fault::new(Code::MethodNotAllowed, "See /docs for what this address takes"))
}

/// The open doors.
pub struct Doors {
    door: Arc<Door>,
    layer: SocketIoLayer,
    io: SocketIo,
}

/// What the parts of the doors share.
struct Door {
    admission: admission::Admission,
    assistants: assistant_rooms::Assistants,
    auth: Auth,
    bus: Arc<dyn Bus>,
    clock: Arc<dyn Clock>,
    elsewhere: elsewhere::Elsewhere,
    handshakes: admission::Handshakes,
    limits: Limits,
    node: String,
    origins: Arc<Origins>,
    presence_seq: AtomicI64,
    rooms: rooms::Rooms,
    shutdown: CancellationToken,
    store: Store<ForCallers>,
    tasks: TaskTracker,
    turns: Arc<dyn Turns>,
}

impl Doors {
    /// Starts listening to the bus, and is ready for connections.
    pub fn open(services: Services) -> Self {
        let limits = services.limits;
        let (news, beginnings) = (services.bus.subscribe(), services.turns.beginnings());
        let door = Arc::new(Door {
            admission: admission::Admission::default(),
            assistants: assistant_rooms::Assistants::default(),
            auth: services.auth,
            bus: services.bus,
            clock: services.clock,
            elsewhere: elsewhere::Elsewhere::default(),
            handshakes: admission::Handshakes::new(limits.connect_timeout),
            limits,
            node: services.node,
            origins: services.origins,
            presence_seq: AtomicI64::new(0),
            rooms: rooms::Rooms::default(),
            shutdown: CancellationToken::new(),
            store: services.store,
            tasks: TaskTracker::new(),
            turns: services.turns,
        });
        door.tasks.spawn(door.clone().listen(news));
        door.tasks.spawn(door.clone().watch(beginnings));
        door.tasks.spawn(door.clone().guard_rights());
        if door.bus.is_shared() {
            door.tasks.spawn(door.clone().keep_company());
        }
        let parser =
            ParserConfig::common().max_incoming_binaries(8).max_incoming_binary_buf_size(limits.packet_bytes);
        let (layer, io) = SocketIo::builder()
            .max_buffer_size(limits.buffered_packets)
            .max_payload(limits.packet_bytes as u64)
            .ws_read_buffer_size(READ_BUFFER)
            .ws_max_message_size(limits.packet_bytes)
            .ws_max_frame_size(limits.packet_bytes)
            .connect_timeout(limits.connect_timeout)
            .ping_interval(limits.ping_interval)
            .ping_timeout(limits.ping_timeout)
            .with_parser(parser)
            .build_layer();
        handshake::answer(&io, &door);
        Self { door, layer, io }
    }

    /// Adds the doors that speak HTTP to `routes`, and puts the sockets in front of them. Nothing that cuts long
    /// requests may stand around the result.
    pub fn mount(&self, routes: Router) -> Router {
        let spoken = Router::new()
            .merge(ai_chat::routes())
            .merge(ai_session::routes())
            .method_not_allowed_fallback(other_method)
            .with_state(self.door.clone());
        routes
            .merge(spoken)
            .layer(self.layer.clone())
            .layer(from_fn_with_state(self.door.clone(), guard::guard))
    }

    /// How many sockets are open.
    pub fn connections(&self) -> usize {
        self.door.rooms.connections()
    }

    /// Closes every connection (clients come back by themselves) and waits until nothing runs any more. What waits
    /// to be sent gets a moment.
    pub async fn shutdown(&self) {
        self.door.shutdown.cancel();
        self.door.drain(LAST_WORDS).await;
        // The library forgets to tell of sockets that it closes itself.
        for connection in self.door.rooms.all() {
            connection.part(Parting::Closing);
            self.door.depart(&connection);
        }
        self.door.bus.tell(Signal::NodeLeft { node: self.door.node.clone() });
        self.io.close().await;
        self.door.tasks.close();
        if tokio::time::timeout(PATIENCE, self.door.tasks.wait()).await.is_err() {
            tracing::warn!(tasks = self.door.tasks.len(), "Some events were still being answered");
        }
    }
}
