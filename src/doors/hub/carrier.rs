//! What carries parcels to a client: a Socket.IO socket, or a native WebSocket.

use std::sync::Arc;

use serde_json::value::RawValue;
use socketioxide::extract::AckSender;
use socketioxide::handler::{FromMessageParts, Value as Packet};
use socketioxide::socket::Socket;
use socketioxide::{SendError, SocketError, TransportType};
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use tokio_util::sync::CancellationToken;

use super::connection::Sent;
use super::namespace::Namespace;
use super::outbox::Parcel;

#[derive(Clone)]
pub(crate) enum Carrier {
    Socket(Arc<Socket>),
    /// A WebSocket of a door's own.
    Native {
        /// As metrics call it.
        line: &'static str,
        /// The one event that it carries: all others are not for it.
        event: &'static str,
        frames: mpsc::Sender<Arc<RawValue>>,
        /// The client may not be here any longer.
        refused: CancellationToken,
    },
}

impl Carrier {
    pub(crate) fn is_polling(&self) -> bool {
        match self {
            Self::Socket(socket) => socket.transport_type() == TransportType::Polling,
            Self::Native { .. } => false,
        }
    }

    /// As metrics call it.
    pub(crate) const fn line(&self, namespace: &Namespace) -> &'static str {
        match self {
            Self::Native { line, .. } => line,
            Self::Socket(_) => namespace.line,
        }
    }

    pub(crate) fn is_connected(&self) -> bool {
        match self {
            Self::Socket(socket) => socket.connected(),
            Self::Native { frames, .. } => !frames.is_closed(),
        }
    }

    /// Hands a parcel over, which is taken or not, but never waits.
    pub(crate) fn carry(&self, parcel: &Parcel) -> Sent {
        match (self, parcel) {
            (Self::Socket(socket), Parcel::Event { name, body }) => of_socket(socket.emit(&**name, &**body)),
            (Self::Socket(socket), Parcel::Ack { id, body }) => of_socket(acknowledge(socket, *id, body)),
            (Self::Native { frames, event, .. }, Parcel::Event { name, body }) if name == event => {
                match frames.try_send(body.clone()) {
                    Ok(()) => Sent::Yes,
                    Err(TrySendError::Full(_)) => Sent::Full,
                    Err(TrySendError::Closed(_)) => Sent::Gone,
                }
            }
            (Self::Native { .. }, _) => Sent::Yes,
        }
    }

    /// Ends the connection from our side.
    pub(crate) fn hang_up(self) {
        match self {
            // An error only says that it is closed already.
            Self::Socket(socket) => drop(socket.disconnect()),
            Self::Native { refused, .. } => refused.cancel(),
        }
    }
}

fn of_socket(outcome: Result<(), SendError>) -> Sent {
    match outcome {
        Ok(()) => Sent::Yes,
        Err(SendError::Socket(SocketError::InternalChannelFull)) => Sent::Full,
        Err(SendError::Socket(SocketError::Closed)) => Sent::Gone,
        Err(SendError::Serialize(error)) => {
            tracing::error!(error = %error, "A socket event could not be written");
            Sent::Yes
        }
    }
}

fn acknowledge(socket: &Arc<Socket>, id: i64, body: &RawValue) -> Result<(), SendError> {
    // The sender is consumed even when the buffer is full; made anew each time, the acknowledgement is not lost.
    let Ok(sender) =
        AckSender::from_message_parts(socket, &mut Packet::Bytes(bytes::Bytes::new()), &Some(id));
    sender.send(body)
}
