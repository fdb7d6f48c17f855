//! Who may connect, and what they are told when they are in.

use std::convert::Infallible;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use socketioxide::SocketIo;
use socketioxide::extract::{SocketRef, TryData};
use socketioxide::handler::{ConnectHandler, FromConnectParts, Value as Packet};
use socketioxide::socket::Socket;

use super::Door;
use super::connection::Connection;
use super::inbox::Receiver;
use super::outbox::Parcel;
use crate::domain::Fault;

/// `auth` of the handshake; anything else in it is ignored.
#[derive(Debug, Default, Deserialize)]
struct AuthIn {
    #[serde(default)]
    token: Option<serde_json::Value>,
}

#[derive(Serialize)]
struct ConnectionStatusView<'a> {
    status: &'static str,
    user: Option<UserView<'a>>,
}

#[derive(Serialize)]
struct UserView<'a> {
    id: i64,
    username: &'a str,
}

#[derive(Serialize)]
struct ConnectedView<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    content: &'a str,
    message: &'a str,
    user: AccountView<'a>,
    user_id: i64,
}

#[derive(Serialize)]
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

/// Opens the namespace `/`.
pub(super) fn answer(io: &SocketIo, door: &Arc<Door>) {
    let (admitting, greeting) = (door.clone(), door.clone());
    let admit = async move |socket: SocketRef, auth: TryData<AuthIn>| admit(&admitting, &socket, auth.0.ok());
    let greet = async move |Raw(socket): Raw| greet(&greeting, socket).await;
    io.ns("/", greet.with(admit));
}

/// Decides before the client hears anything. Events are received from here on: the first one may follow the
/// acceptance at once.
fn admit(door: &Arc<Door>, socket: &SocketRef, auth: Option<AuthIn>) -> Result<(), Fault> {
    let token = auth.unwrap_or_default().token;
    let caller = door.auth.caller(token.as_ref().and_then(|token| token.as_str()));
    let seat = door.admission.take(caller.principal.user, door.limits.sockets_per_user)?;
    let connection = Arc::new(Connection::new(socket.id, caller, door.clock.now(), seat));
    socket.extensions.insert(connection.clone());
    socket.on_fallback(Receiver { door: door.clone(), connection: connection.clone() });
    let door = door.clone();
    socket.on_disconnect(async move || {
        let stayed = door.clock.now().since(connection.connected_at);
        tracing::debug!(socket.id = %connection.id, stayed_s = stayed.as_secs(), "Socket closed");
        door.depart(&connection);
    });
    Ok(())
}

async fn greet(door: &Arc<Door>, socket: Arc<Socket>) {
    let Some(connection) = socket.extensions.get::<Arc<Connection>>() else { return };
    door.arrive(&connection, socket);
    let principal = &connection.caller.principal;
    let account = match door.account(&connection).await {
        Ok(account) => account,
        Err(fault) => {
            tracing::warn!(error = %fault.chain(), "The account of a new connection could not be read");
            None
        }
    };
    let user = UserView { id: principal.user.get(), username: &principal.username };
    let status = ConnectionStatusView { status: "connected", user: Some(user) };
    door.send(&connection, Parcel::event("connection_status", &status));
    let message = format!("Connected as {}", principal.username);
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
    };
    door.send(&connection, Parcel::event("connected", &connected));
}

impl Door {
    /// Opens the line of a connection that the client knows of: with the greeting, or with an event that was faster.
    pub(super) fn arrive(self: &Arc<Self>, connection: &Arc<Connection>, socket: Arc<Socket>) {
        let still_there = socket.connected();
        if !connection.open(socket) {
            return;
        }
        self.rooms.enter(connection);
        if !still_there || connection.is_closed() {
            self.depart(connection);
        }
    }

    async fn account(&self, connection: &Connection) -> Result<Option<(Option<String>, String)>, Fault> {
        let user = self.store.read().await?.user(connection.caller.principal.user).await?;
        Ok(user.map(|user| (user.email, user.role)))
    }
}
