//! Who may connect, and what they are told when they are in.

use std::convert::Infallible;
use std::sync::Arc;

use axum::http::request::Parts;
use serde::Serialize;
use serde_json::{Map, Value};
use socketioxide::SocketIo;
use socketioxide::extract::{SocketRef, TryData};
use socketioxide::handler::{ConnectHandler, FromConnectParts, Value as Packet};
use socketioxide::socket::{DisconnectReason, Socket};
use utoipa::ToSchema;

use super::Hub;
use super::admission::Holder;
use super::carrier::Carrier;
use super::connection::{Admitted, Connection};
use super::guard::GivenVisitor;
use super::inbox::Receiver;
use super::namespace::{ConnectionId, Guests, Namespace};
use super::namespaces;
use super::outbox::Parcel;
use super::place::Place;
use crate::door::Arrival;
use docent_auth::address::{ClientAddress, Cut};
use docent_auth::credentials::{cookie, token_of};
use docent_auth::visitors::VISITOR_COOKIE;
use docent_auth::{AuthError, Caller};
use docent_domain::{ChatId, Code, Fault};
use docent_store::Seen;
use docent_telemetry::Parting;

// What is read for all doors; each may read more.
/// `auth` of the handshake; anything else in it is ignored.
#[derive(ToSchema)]
#[schema(as = Handshake)]
pub(crate) struct AuthIn<'a> {
    /// A JWT access token or an API key; also in the query string, as a header or as a cookie.
    #[schema(value_type = Option<String>)]
    token: Option<&'a Value>,
    /// The value of `connection_status.visitor`, of somebody without a token.
    #[schema(value_type = Option<String>)]
    visitor: Option<&'a Value>,
}

impl<'a> AuthIn<'a> {
    fn read(auth: &'a Map<String, Value>) -> Self {
        Self { token: auth.get("token"), visitor: auth.get("visitor") }
    }
}

/// `connection_status`.
#[derive(Serialize, ToSchema)]
#[schema(as = ConnectionStatus)]
pub(crate) struct ConnectionStatusView<'a> {
    status: &'static str,
    user: Option<UserView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    visitor: Option<&'a str>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = User)]
struct UserView<'a> {
    id: i64,
    username: &'a str,
}

/// `connected`.
#[derive(Serialize, ToSchema)]
#[schema(as = Connected)]
pub(crate) struct ConnectedView<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    content: &'a str,
    message: &'a str,
    user: AccountView<'a>,
    user_id: i64,
    // The chat for which alone it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<i64>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Account)]
struct AccountView<'a> {
    id: i64,
    username: &'a str,
    email: Option<&'a str>,
    role: &'a str,
}

/// The socket as the transport counts it, which the library's own extractor hides.
struct Raw(Arc<Socket>);

impl FromConnectParts<socketioxide::adapter::LocalAdapter> for Raw {
    type Error = Infallible;

    fn from_connect_parts(socket: &Arc<Socket>, _auth: &Option<Packet>) -> Result<Self, Infallible> {
        Ok(Self(socket.clone()))
    }
}

/// Opens the namespaces of all doors.
pub(crate) fn answer(io: &SocketIo, hub: &Arc<Hub>) {
    for namespace in namespaces(hub.doors) {
        let (admitting, arriving) = (hub.clone(), hub.clone());
        let admit = async move |socket: SocketRef, auth: TryData<Map<String, Value>>| {
            admit(&admitting, namespace, &socket, &auth.0.unwrap_or_default()).await
        };
        let arrive = async move |Raw(socket): Raw| {
            let Some(connection) = socket.extensions.get::<Arc<Connection>>() else { return };
            arriving.arrive(&connection, Carrier::Socket(socket));
            if namespace.guests == Guests::Welcome {
                arriving.greet(&connection).await;
                connection.mark_greeted();
                arriving.attend(&connection);
            }
        };
        io.ns(namespace.path, arrive.with(admit));
    }
}

/// Decides before the client hears anything. Events are received from here on: the first one may follow the
/// acceptance at once.
async fn admit(
    hub: &Arc<Hub>,
    namespace: &'static Namespace,
    socket: &SocketRef,
    auth: &Map<String, Value>,
) -> Result<(), Fault> {
    let parts = socket.req_parts();
    let now = hub.clock.now();
    let sent = AuthIn::read(auth);
    let token = token(sent.token, parts)?;
    let caller = match namespace.guests {
        Guests::Welcome => hub.auth.identify(token.as_deref(), now).await?,
        Guests::Refused => Some(hub.auth.require(token.as_deref(), now).await?),
    };
    let mut place = Place::default();
    let arrival = Arrival { caller: caller.as_ref(), auth, parts };
    for door in
        hub.doors.iter().filter(|door| door.channels().iter().any(|part| part.namespace() == Some(namespace)))
    {
        door.admit(hub, &arrival, &mut place).await?;
    }
    let client = parts.extensions.get::<ClientAddress>().copied();
    let address = client.map(|client| client.0);
    let (holder, most) = match &caller {
        Some(caller) => (Holder::User(caller.principal.user), hub.limits.sockets_per_user),
        None => (Holder::Address(client.map(ClientAddress::customer)), hub.limits.sockets_per_address),
    };
    let seat = hub.admission.take(holder, most).map_err(with_code)?;
    let visitor = match &caller {
        Some(_) => None,
        None => hub.visitor_value(sent.visitor, parts)?,
    };
    let caller = caller.unwrap_or_else(Caller::anonymous);
    let cut = parts.extensions.get::<Cut>().cloned();
    let admitted = Admitted { caller, visitor, address, cut, seat };
    let connection = Connection::new(ConnectionId { socket: socket.id, namespace }, admitted, now);
    let connection = match namespace.guests {
        Guests::Welcome => connection.greeted_first(),
        Guests::Refused => connection,
    };
    let connection = Arc::new(connection.paced(hub.rooms.pace(socket.id)));
    *connection.place() = place;
    receive(hub, socket, connection);
    Ok(())
}

/// From here on events are received, and what is left behind is cleaned up.
fn receive(hub: &Arc<Hub>, socket: &SocketRef, connection: Arc<Connection>) {
    socket.extensions.insert(connection.clone());
    socket.on_fallback(Receiver { hub: hub.clone(), connection: connection.clone() });
    let hub = hub.clone();
    socket.on_disconnect(async move |reason: DisconnectReason| {
        connection.part(parting(reason));
        let stayed = hub.clock.now().since(connection.connected_at);
        tracing::debug!(socket.id = %connection.id, stayed_s = stayed.as_secs(), "Socket closed");
        hub.depart(&connection);
    });
}

/// A `connect_error` is a message and nothing else: the code that clients match on stands at its beginning.
fn with_code(fault: Fault) -> Fault {
    match fault.code() {
        Code::RateLimited => {
            Fault::new(Code::RateLimited, format!("{}: {}", fault.code().name(), fault.public_detail()))
        }
        _ => fault,
    }
}

const fn parting(reason: DisconnectReason) -> Parting {
    match reason {
        DisconnectReason::TransportClose | DisconnectReason::ClientNSDisconnect => Parting::Client,
        DisconnectReason::TransportError => Parting::Lost,
        DisconnectReason::HeartbeatTimeout => Parting::Timeout,
        DisconnectReason::MultipleHttpPollingError | DisconnectReason::PacketParsingError => {
            Parting::Malformed
        }
        DisconnectReason::ServerNSDisconnect => Parting::PutOut,
        DisconnectReason::ClosingServer => Parting::Closing,
    }
}

/// The token of a handshake: of its payload, else of its query string, header or cookie.
fn token(sent: Option<&Value>, parts: &Parts) -> Result<Option<String>, AuthError> {
    match sent {
        Some(Value::String(token)) if !token.is_empty() => return Ok(Some(token.clone())),
        None | Some(Value::Null | Value::String(_)) => {}
        Some(_) => return Err(AuthError::InvalidToken),
    }
    let in_query = query(parts, "token").filter(|token| !token.is_empty());
    Ok(in_query.or_else(|| token_of(&parts.headers).map(str::to_owned)))
}

/// A field of the handshake's query string.
pub(crate) fn query(parts: &Parts, name: &str) -> Option<String> {
    let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).ok()?.0;
    pairs.into_iter().find(|(found, _)| found == name).map(|(_, value)| value)
}

impl Hub {
    /// Opens the line of a connection that the client knows of: with the greeting, or with an event that was faster.
    pub(crate) fn arrive(self: &Arc<Self>, connection: &Arc<Connection>, carrier: Carrier) {
        let still_there = carrier.is_connected();
        if !connection.open(carrier) {
            return;
        }
        self.rooms.enter(connection);
        // What it was let in for.
        let chats = connection.place().rooms();
        chats.into_iter().for_each(|chat| self.rooms.join_chat(chat, connection));
        if !still_there || connection.is_closed() {
            self.depart(connection);
            return;
        }
        self.look_again(connection);
        self.attend(connection);
    }

    async fn greet(self: &Arc<Self>, connection: &Arc<Connection>) {
        let principal = &connection.caller.principal;
        let known = !connection.caller.is_anonymous();
        let user = known.then(|| UserView { id: principal.user.get(), username: &principal.username });
        let status =
            ConnectionStatusView { status: "connected", user, visitor: connection.visitor.as_deref() };
        self.send(connection, Parcel::event("connection_status", &status));
        if known {
            self.introduce(connection).await;
        }
    }

    /// Tells somebody with an account as whom they are connected.
    async fn introduce(self: &Arc<Self>, connection: &Arc<Connection>) {
        let principal = &connection.caller.principal;
        let account = self.account(connection).await.unwrap_or_else(|fault| {
            tracing::warn!(error = %fault.chain(), "The account of a new connection could not be read");
            None
        });
        let message = format!("Connected as {}", principal.username);
        let bound_to = connection.place().bound_to();
        let (email, role) = account.unwrap_or_default();
        let connected = ConnectedView {
            kind: "system",
            content: &message,
            message: &message,
            user: AccountView {
                id: principal.user.get(),
                username: &principal.username,
                email: email.as_deref(),
                role: &role,
            },
            user_id: principal.user.get(),
            session_id: bound_to.map(ChatId::get),
        };
        self.send(connection, Parcel::event("connected", &connected));
        for door in self.doors {
            door.greet(self, connection, &message).await;
        }
    }

    /// The value by which somebody without an account is known: the one they bring, else a new one.
    fn visitor_value(&self, sent: Option<&Value>, parts: &Parts) -> Result<Option<String>, AuthError> {
        let now = self.clock.now();
        let Some(fresh) = self.auth.new_visitor(now)? else { return Ok(None) };
        let sent = sent.and_then(Value::as_str).or_else(|| cookie(&parts.headers, VISITOR_COOKIE));
        let known = sent.filter(|value| self.auth.is_visitor(value, now));
        let given = || parts.extensions.get::<GivenVisitor>().map(|given| given.0.clone());
        Ok(Some(known.map(str::to_owned).or_else(given).unwrap_or(fresh)))
    }

    async fn account(&self, connection: &Connection) -> Result<Option<(Option<String>, String)>, Fault> {
        let user = self.store.read().await?.user(Seen::myself(&connection.caller.scope)).await?;
        Ok(user.map(|user| (user.email, user.role)))
    }
}
