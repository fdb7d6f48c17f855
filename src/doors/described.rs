//! The events that all doors of the namespace `/` share, as clients are told of them.

use super::asyncapi::{Described, From, payload};
use super::handshake::{ConnectedView, ConnectionStatusView};
use super::reply::ErrorView;

const DOOR: &str = "all doors";

pub(super) const EVENTS: &[Described] = &[
    Described {
        name: "connected",
        from: From::Server,
        door: DOOR,
        namespace: "/",
        summary: "Greets an authenticated connection",
        answers: &[],
        payload: payload::<ConnectedView<'_>>,
    },
    Described {
        name: "connection_status",
        from: From::Server,
        door: DOOR,
        namespace: "/",
        summary: "The first event of a connection: who it is taken for",
        answers: &[],
        payload: payload::<ConnectionStatusView<'_>>,
    },
    Described {
        name: "error",
        from: From::Server,
        door: DOOR,
        namespace: "/",
        summary: "What went wrong, with which event, and what to do; with `message_id`, how an answer ended",
        answers: &[],
        payload: payload::<ErrorView<'_>>,
    },
];
