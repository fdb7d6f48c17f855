//! AI chat: one question, an answer piece by piece, over Socket.IO or as server-sent events.

mod asked;
mod events;
mod frames;
mod socket;
mod stream;
mod translate;
mod wire;

use axum::Router;
use axum::routing::post;
use utoipa::OpenApi;

use crate::described::Part;
use crate::door::{Door, Mount};
use crate::hub::outbox::Parcel;
use crate::hub::place::Words;
use crate::hub::reply::About;
use docent_domain::Fault;
use wire::ErrorView;

/// The one event that clients send.
const EVENT: &str = "ai:chat";

/// `ai:stream`, `ai:complete`
const WORDS: Words = Words::as_it_grows("ai_chat");

/// The field in which clients name their session.
const SESSION: &str = "sessionId";

pub(crate) struct AiChat;

impl Door for AiChat {
    fn label(&self) -> Option<&'static str> {
        Some(WORDS.door)
    }

    fn title(&self) -> &'static str {
        "AI chat"
    }

    fn channels(&self) -> &'static [Part] {
        events::PARTS
    }

    fn openapi(&self) -> Option<utoipa::openapi::OpenApi> {
        Some(events::Routes::openapi())
    }

    fn routes(&self, mount: &Mount<'_>) -> Router {
        let stream = Router::new().route("/api/v2/ai/chat/stream", post(stream::handler));
        stream.method_not_allowed_fallback(crate::other_method).with_state(mount.hub.clone())
    }

    fn marks(&self) -> &'static [&'static str] {
        &[SESSION]
    }

    fn refusal(&self, fault: &Fault, about: &About) -> Option<Vec<Parcel>> {
        let view = ErrorView {
            error: fault.public_detail(),
            code: fault.code().name(),
            session_id: about.mark(SESSION),
            retry_after_s: fault.retry_after_s(),
        };
        Some(vec![Parcel::event("ai:error", &view)])
    }
}
