//! The doors: they parse, call the engine, and translate its events. No business logic lives here.
//!
//! `hub` is what the doors on sockets share; it knows them by the trait `Door` alone. `registry` names them all.

mod ai_chat;
mod ai_session;
mod assistant_rooms;
pub mod asyncapi;
mod body;
mod conversations;
mod described;
mod door;
#[doc(hidden)]
pub mod fuzzing;
mod hub;
pub mod mcp;
mod openai;
mod payload;
mod project_rooms;
mod registry;
mod sent;
mod turns;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use socketioxide::layer::SocketIoLayer;
use socketioxide::{ParserConfig, SocketIo};
use tokio_util::task::TaskTracker;

use docent_auth::Auth;
use docent_auth::origin::Origins;
use docent_bus::Bus;
use docent_chat::Engine;
use docent_domain::{Clock, Code, Fault};
use docent_embedding::Embedder;
use docent_models::ChatModel;
use docent_store::{ForCallers, Store};
use docent_telemetry as telemetry;
use docent_wire::Refused;
use door::Mount;
use hub::{Hub, guard, handshake};
use registry::DOORS;

pub use payload::PayloadLimits;
pub use turns::{Beginning, Beginnings, Begun, Queued, Turn, Turns};

/// Of each WebSocket, from its first day on: most connections say little.
const READ_BUFFER: usize = 1024;

/// What the doors need, passed in by whoever composes the program.
pub struct Services {
    pub auth: Auth,
    pub bus: Arc<dyn Bus>,
    pub clock: Arc<dyn Clock>,
    /// Without it, the doors that need it stay closed.
    pub direct: Option<Direct>,
    pub limits: Limits,
    /// Names this process among those that share the bus.
    pub node: String,
    pub origins: Arc<Origins>,
    pub store: Store<ForCallers>,
    pub turns: Arc<dyn Turns>,
}

/// What doors need that answer within the request.
#[derive(Clone)]
pub struct Direct {
    pub embedder: Arc<dyn Embedder>,
    pub engine: Engine,
    pub model: Arc<dyn ChatModel>,
    pub tasks: TaskTracker,
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

/// The names of every event that a client may send in the namespace with this path.
pub fn events(path: &str) -> impl Iterator<Item = &'static str> {
    let namespaces = hub::namespaces(DOORS).into_iter().filter(move |namespace| namespace.path == path);
    namespaces.flat_map(|namespace| hub::events(DOORS, namespace)).map(|(_, event)| event.told.name)
}

/// The paths of all namespaces.
pub fn namespaces() -> impl Iterator<Item = &'static str> {
    hub::namespaces(DOORS).into_iter().map(|namespace| namespace.path)
}

/// What metrics call the doors, and the kinds of connections.
pub fn labels() -> impl Iterator<Item = &'static str> {
    let lines = hub::namespaces(DOORS).into_iter().map(|namespace| namespace.line);
    DOORS
        .iter()
        .filter_map(|door| door.label())
        .chain(lines)
        .chain(DOORS.iter().filter_map(|door| door.line()))
}

/// The routes that doors serve beside REST, as clients are told of them.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let of_doors = DOORS.iter().filter_map(|door| door.openapi());
    of_doors.fold(asyncapi::described(), utoipa::openapi::OpenApi::merge_from)
}

/// What a route says to methods that it does not take.
async fn other_method() -> Refused {
    Refused(Fault::new(Code::MethodNotAllowed, "See /docs for what this address takes"))
}

/// The open doors.
pub struct Doors {
    hub: Arc<Hub>,
    direct: Option<Direct>,
    layer: SocketIoLayer,
    io: SocketIo,
}

impl Doors {
    /// Starts listening to the bus, and is ready for connections.
    pub fn open(mut services: Services) -> Self {
        let (limits, direct) = (services.limits, services.direct.take());
        telemetry::begin_doors(DOORS.iter().filter_map(|door| door.label()));
        let hub = Hub::open(services, DOORS);
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
        handshake::answer(&io, &hub);
        Self { hub, direct, layer, io }
    }

    /// Adds the doors that speak HTTP to the REST interface, and puts the sockets in front of it all. Nothing that
    /// cuts long requests may stand around the result.
    pub fn mount(&self, rest: Router) -> Router {
        let mount = Mount { hub: &self.hub, rest: &rest, direct: self.direct.as_ref() };
        let described = asyncapi::routes(self.hub.auth.clone(), Arc::clone(&self.hub.clock));
        let routes = DOORS.iter().map(|door| door.routes(&mount)).fold(described, Router::merge);
        rest.merge(routes).layer(self.layer.clone()).layer(from_fn_with_state(self.hub.clone(), guard::guard))
    }

    /// How many sockets are open.
    pub fn connections(&self) -> usize {
        self.hub.rooms.connections()
    }

    /// Closes every connection (clients come back by themselves) and waits until nothing runs any more. What waits
    /// to be sent gets a moment.
    pub async fn shutdown(&self) {
        self.hub.part_from_all().await;
        self.io.close().await;
        self.hub.rest().await;
    }
}
