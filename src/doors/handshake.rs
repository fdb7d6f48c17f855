//! Who may connect, and what they are told when they are in.

use std::convert::Infallible;
use std::sync::Arc;

use axum::http::request::Parts;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use socketioxide::SocketIo;
use socketioxide::extract::{SocketRef, TryData};
use socketioxide::handler::{ConnectHandler, FromConnectParts, Value as Packet};
use socketioxide::socket::{DisconnectReason, Socket};
use utoipa::ToSchema;

use super::Door;
use super::admission::Holder;
use super::ai_session::{self, SystemView, Wanted};
use super::carrier::Carrier;
use super::connection::{Admitted, Connection};
use super::described::Name;
use super::guard::GivenVisitor;
use super::inbox::Receiver;
use super::namespace::{ConnectionId, Namespace};
use super::outbox::Parcel;
use docent_auth::address::{ClientAddress, Cut};
use docent_auth::credentials::{cookie, token_of};
use docent_auth::visitors::VISITOR_COOKIE;
use docent_auth::{AuthError, Caller};
use docent_domain::{Code, Fault};
use docent_store::Seen;
use docent_telemetry::Parting;

/// `auth` of the handshake; anything else in it is ignored.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = Handshake)]
pub(super) struct AuthIn {
    /// A JWT access token or an API key; also in the query string, as a header or as a cookie.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    token: Option<Value>,
    /// An AI session, in the namespace `/`; this and the next also in the query string.
    #[serde(default)]
    #[schema(value_type = Option<Name>)]
    session_id: Option<Value>,
    /// The entity that one acts for there.
    #[serde(default)]
    #[schema(value_type = Option<Name>)]
    user_entity_id: Option<Value>,
    /// The value of `connection_status.visitor`, of somebody without a token.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    visitor: Option<Value>,
}

/// `connection_status`.
#[derive(Serialize, ToSchema)]
#[schema(as = ConnectionStatus)]
pub(super) struct ConnectionStatusView<'a> {
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
pub(super) struct ConnectedView<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    content: &'a str,
    message: &'a str,
    user: AccountView<'a>,
    user_id: i64,
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

/// Opens the namespaces.
pub(super) fn answer(io: &SocketIo, door: &Arc<Door>) {
    let (admitting, greeting) = (door.clone(), door.clone());
    let admit = async move |socket: SocketRef, auth: TryData<AuthIn>| {
        admit(&admitting, &socket, auth.0.unwrap_or_default()).await
    };
    let greet = async move |Raw(socket): Raw| greet(&greeting, socket).await;
    io.ns(Namespace::Main.path(), greet.with(admit));

    let (admitting, arriving) = (door.clone(), door.clone());
    let admit = async move |socket: SocketRef, auth: TryData<AuthIn>| {
        admit_assistant(&admitting, &socket, auth.0.unwrap_or_default()).await
    };
    let arrive = async move |Raw(socket): Raw| {
        if let Some(connection) = socket.extensions.get::<Arc<Connection>>() {
            arriving.arrive(&connection, Carrier::Socket(socket));
        }
    };
    io.ns(Namespace::Assistants.path(), arrive.with(admit));
}

/// Decides before the client hears anything. Events are received from here on: the first one may follow the
/// acceptance at once.
async fn admit(door: &Arc<Door>, socket: &SocketRef, auth: AuthIn) -> Result<(), Fault> {
    let parts = socket.req_parts();
    let now = door.clock.now();
    let token = token(auth.token.as_ref(), parts)?;
    let caller = door.auth.identify(token.as_deref(), now).await?;
    let wanted = Wanted::read(auth.session_id.as_ref(), auth.user_entity_id.as_ref(), parts);
    let session = ai_session::enter(door, caller.as_ref(), &wanted).await?;
    let client = parts.extensions.get::<ClientAddress>().copied();
    let address = client.map(|client| client.0);
    let (holder, most) = match &caller {
        Some(caller) => (Holder::User(caller.principal.user), door.limits.sockets_per_user),
        None => (Holder::Address(client.map(ClientAddress::customer)), door.limits.sockets_per_address),
    };
    let seat = door.admission.take(holder, most).map_err(with_code)?;
    let visitor = match &caller {
        Some(_) => None,
        None => door.visitor_value(auth.visitor.as_ref(), parts)?,
    };
    let caller = caller.unwrap_or_else(Caller::anonymous);
    let cut = parts.extensions.get::<Cut>().cloned();
    let admitted = Admitted { caller, visitor, address, cut, seat };
    let connection = Connection::new(socket.id, admitted, now);
    let connection = Arc::new(connection.paced(door.rooms.pace(socket.id)));
    connection.place().session = session;
    receive(door, socket, connection);
    Ok(())
}

/// Like [`admit`], but nobody comes into this namespace without a name, and nobody is greeted.
async fn admit_assistant(door: &Arc<Door>, socket: &SocketRef, auth: AuthIn) -> Result<(), Fault> {
    let parts = socket.req_parts();
    let now = door.clock.now();
    let token = token(auth.token.as_ref(), parts)?;
    let caller = door.auth.require(token.as_deref(), now).await?;
    let holder = Holder::User(caller.principal.user);
    let seat = door.admission.take(holder, door.limits.sockets_per_user).map_err(with_code)?;
    let address = parts.extensions.get::<ClientAddress>().map(|client| client.0);
    let cut = parts.extensions.get::<Cut>().cloned();
    let id = ConnectionId { socket: socket.id, namespace: Namespace::Assistants };
    let connection = Connection::new(id, Admitted { caller, visitor: None, address, cut, seat }, now);
    receive(door, socket, Arc::new(connection.paced(door.rooms.pace(socket.id))));
    Ok(())
}

/// From here on events are received, and what is left behind is cleaned up.
fn receive(door: &Arc<Door>, socket: &SocketRef, connection: Arc<Connection>) {
    socket.extensions.insert(connection.clone());
    socket.on_fallback(Receiver { door: door.clone(), connection: connection.clone() });
    let door = door.clone();
    socket.on_disconnect(async move |reason: DisconnectReason| {
        connection.part(parting(reason));
        let stayed = door.clock.now().since(connection.connected_at);
        tracing::debug!(socket.id = %connection.id, stayed_s = stayed.as_secs(), "Socket closed");
        door.depart(&connection);
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
pub(super) fn query(parts: &Parts, name: &str) -> Option<String> {
    let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).ok()?.0;
    pairs.into_iter().find(|(found, _)| found == name).map(|(_, value)| value)
}

async fn greet(door: &Arc<Door>, socket: Arc<Socket>) {
    let Some(connection) = socket.extensions.get::<Arc<Connection>>() else { return };
    door.arrive(&connection, Carrier::Socket(socket));
    let principal = &connection.caller.principal;
    let known = !connection.caller.is_anonymous();
    let user = known.then(|| UserView { id: principal.user.get(), username: &principal.username });
    let status = ConnectionStatusView { status: "connected", user, visitor: connection.visitor.as_deref() };
    door.send(&connection, Parcel::event("connection_status", &status));
    if known {
        door.introduce(&connection).await;
    }
}

impl Door {
    /// Opens the line of a connection that the client knows of: with the greeting, or with an event that was faster.
    pub(super) fn arrive(self: &Arc<Self>, connection: &Arc<Connection>, carrier: Carrier) {
        let still_there = carrier.is_connected();
        if !connection.open(carrier) {
            return;
        }
        self.rooms.enter(connection);
        let session = connection.place().session;
        if let Some(session) = session {
            self.rooms.join_chat(session.chat, connection);
        }
        if !still_there || connection.is_closed() {
            self.depart(connection);
            return;
        }
        self.look_again(connection);
    }

    /// Tells somebody with an account as whom they are connected.
    async fn introduce(self: &Arc<Self>, connection: &Arc<Connection>) {
        let principal = &connection.caller.principal;
        let account = self.account(connection).await.unwrap_or_else(|fault| {
            tracing::warn!(error = %fault.chain(), "The account of a new connection could not be read");
            None
        });
        let message = format!("Connected as {}", principal.username);
        let session = connection.place().session;
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
            session_id: session.map(|session| session.chat.get()),
        };
        self.send(connection, Parcel::event("connected", &connected));
        let Some(session) = session else { return };
        self.send(connection, Parcel::event(ai_session::EVENT, &SystemView::new(&message)));
        if let Err(fault) = self.catch_up_with_answer(connection, &connection.caller, session.chat).await {
            tracing::warn!(chat.id = %session.chat, error = %fault.chain(), "A session could not be looked at");
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
