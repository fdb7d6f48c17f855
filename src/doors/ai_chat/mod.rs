//! AI chat: one question, an answer piece by piece, over Socket.IO or as server-sent events.

mod asked;
mod described;
mod frames;
mod socket;
mod stream;
mod translate;
mod wire;

use std::sync::Arc;

use axum::Router;
use axum::routing::post;
use utoipa::OpenApi;

use super::Door;
use super::inbox::{Event, Needs};
use super::outbox::Parcel;
use super::reply::About;
use docent_domain::Fault;
use wire::ErrorView;

pub(super) use described::PARTS;

/// The one event that clients send.
pub(super) const EVENT: &str = "ai:chat";

/// The events of this door.
pub(super) const EVENTS: &[Event] =
    &[Event { name: EVENT, needs: Needs::Object, run: |call| Box::pin(socket::send(call)) }];

/// The route, as clients are told of it.
pub(super) fn described() -> utoipa::openapi::OpenApi {
    described::Described::openapi()
}

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new().route("/api/v2/ai/chat/stream", post(stream::handler))
}

/// What is said when a message cannot be taken.
pub(super) fn refusal(fault: &Fault, about: About) -> Parcel {
    let view = ErrorView {
        error: fault.public_detail(),
        code: fault.code().name(),
        session_id: about.session_id.as_deref(),
        retry_after_s: fault.retry_after_s(),
    };
    Parcel::event("ai:error", &view)
}
