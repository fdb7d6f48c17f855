//! AI sessions: a connection belongs to one session, and everybody connected to it sees what is asked and answered.
//!
//! Each thing is said twice on Socket.IO, under a name of its own and as `ai_message` with a `type`: clients of
//! either kind exist. The native WebSocket carries the second kind alone.

mod described;
mod enter;
mod message;
mod native;
mod summary;
mod translate;
mod upgrade;
mod wire;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use utoipa::OpenApi;

use super::Door;
use super::connection::Connection;
use super::forwarder::Translate;
use super::inbox::{Event, Needs};
use super::outbox::Parcel;
use super::place::Session;
use super::reply::{About, ErrorView};
use super::turns::Turn;
use docent_domain::{ChatId, Fault, MessageId};
use translate::Translator;
use wire::{ErrorFrameView, FailureView};

pub(super) use described::PARTS;
pub(super) use enter::{Wanted, enter};
pub(super) use wire::SystemView;

/// The name under which everything is said, and asked.
pub(super) const EVENT: &str = "ai_message";

/// The events of this door.
pub(super) const EVENTS: &[Event] = &[Event {
    name: EVENT,
    needs: Needs::ObjectOrText("message"),
    run: |call| Box::pin(message::send(call)),
}];

/// The route, as clients are told of it.
pub(super) fn described() -> utoipa::openapi::OpenApi {
    described::Described::openapi()
}

/// Where the native WebSocket of a session is.
pub(super) const PATH: &str = "/api/v1/ai-assistant/ws/{session_id}";

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new().route(PATH, get(upgrade::handler))
}

/// How an answer reads for somebody who is connected to the session.
pub(super) fn told(
    door: &Arc<Door>,
    connection: &Arc<Connection>,
    chat: ChatId,
    answer: MessageId,
    turn: Turn,
) -> (Box<dyn Translate>, Turn) {
    let pieces = connection.place().session.is_some_and(|session: Session| session.pieces);
    let (turn, told) = door.with_exchange(&connection.caller.scope, chat, answer, turn);
    (Box::new(Translator { connection: Arc::downgrade(connection), chat, answer, told, pieces }), turn)
}

/// What is said when a message cannot be taken.
pub(super) fn refusal(fault: &Fault, about: About) -> Vec<Parcel> {
    let (code, content) = (fault.code(), fault.public_detail());
    let error = FailureView::new(ErrorView::new(fault, EVENT, about), content);
    vec![
        Parcel::event("error", &error),
        Parcel::event(EVENT, &ErrorFrameView::new(code, content, fault.retry_after_s())),
    ]
}
