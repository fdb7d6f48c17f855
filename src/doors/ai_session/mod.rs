//! AI sessions: a connection belongs to one session, and everybody connected to it sees what is asked and answered.
//!
//! Each thing is said twice on Socket.IO, under a name of its own and as `ai_message` with a `type`: clients of
//! either kind exist. The native WebSocket carries the second kind alone.

mod enter;
mod events;
mod message;
mod native;
mod summary;
mod translate;
mod upgrade;
mod wire;

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::routing::get;
use utoipa::OpenApi;

use crate::described::{Part, Payload, payload};
use crate::door::{Answers, Arrival, Door, Mount};
use crate::hub::Hub;
use crate::hub::connection::Connection;
use crate::hub::forwarder::Translate;
use crate::hub::outbox::Parcel;
use crate::hub::place::{Place, Stay, Words};
use crate::hub::reply::{About, ErrorView};
use crate::turns::Turn;
use docent_domain::event::{News, ProjectEvent};
use docent_domain::{ChatId, Fault, MessageId};
use docent_wire::error::ErrorEventView;
use enter::{SessionIn, Wanted, enter};
use translate::Translator;
use wire::{ErrorFrameView, SaidView, SystemView};

/// The name under which everything is said, and asked.
const EVENT: &str = "ai_message";

/// Where the native WebSocket of a session is.
const PATH: &str = "/api/v1/ai-assistant/ws/{session_id}";

/// As metrics call the native WebSocket.
const LINE: &str = "native";

/// `ai_status`, `ai_response`
const WORDS: Words = Words::at_once("ai_session");

/// The session that a connection belongs to: it is there for nothing else.
const STAY: Stay = Stay { door: WORDS, heard_in: &[WORDS], bound: true };

/// Whether a connection wants answers piece by piece, too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Pieces {
    #[default]
    Unwanted,
    Wanted,
}

pub(crate) struct AiSession;

#[async_trait]
impl Door for AiSession {
    fn label(&self) -> Option<&'static str> {
        Some(WORDS.door)
    }

    fn line(&self) -> Option<&'static str> {
        Some(LINE)
    }

    fn title(&self) -> &'static str {
        "AI session"
    }

    fn channels(&self) -> &'static [Part] {
        events::PARTS
    }

    fn openapi(&self) -> Option<utoipa::openapi::OpenApi> {
        Some(events::Routes::openapi())
    }

    fn routes(&self, mount: &Mount<'_>) -> Router {
        let native = Router::new().route(PATH, get(upgrade::handler));
        native.method_not_allowed_fallback(crate::other_method).with_state(mount.hub.clone())
    }

    fn answers(&self) -> Option<&'static dyn Answers> {
        Some(&Self)
    }

    fn refusal(&self, fault: &Fault, about: &About) -> Option<Vec<Parcel>> {
        let (code, content) = (fault.code(), fault.public_detail());
        let error = ErrorEventView::in_session(ErrorView::new(fault, EVENT, about.clone()), content);
        Some(vec![
            Parcel::event("error", &error),
            Parcel::event(EVENT, &SaidView::Error(ErrorFrameView::new(code, content, fault.retry_after_s()))),
        ])
    }

    fn handshake(&self) -> Option<Payload> {
        Some(payload::<SessionIn<'_>>())
    }

    async fn admit(&self, hub: &Hub, arrival: &Arrival<'_>, place: &mut Place) -> Result<(), Fault> {
        let wanted = Wanted::read(&SessionIn::read(arrival.auth), arrival.parts);
        if let Some(chat) = enter(hub, arrival.caller, &wanted).await? {
            place.join(chat, STAY);
        }
        Ok(())
    }

    async fn greet(&self, hub: &Arc<Hub>, connection: &Arc<Connection>, greeting: &str) {
        let Some(chat) = session_of(connection) else { return };
        hub.send(connection, Parcel::event(EVENT, &SaidView::System(SystemView::new(greeting))));
        if let Err(fault) = hub.catch_up_with_answer(connection, &connection.caller, chat).await {
            tracing::warn!(chat.id = %chat, error = %fault.chain(), "A session could not be looked at");
        }
    }

    async fn hear(&self, hub: &Arc<Hub>, event: &ProjectEvent) {
        if let News::ChatSummarised { chat, message } = event.news {
            hub.tell_summary(chat, message).await;
        }
    }
}

impl Answers for AiSession {
    fn words(&self) -> Words {
        WORDS
    }

    fn told(
        &self,
        hub: &Arc<Hub>,
        connection: &Arc<Connection>,
        (chat, answer): (ChatId, MessageId),
        turn: Turn,
    ) -> (Box<dyn Translate>, Turn) {
        let pieces = *connection.place().notes::<Pieces>() == Pieces::Wanted;
        let (turn, told) = hub.with_exchange(&connection.caller.scope, chat, answer, turn);
        (Box::new(Translator { connection: Arc::downgrade(connection), chat, answer, told, pieces }), turn)
    }
}

/// The session that a connection belongs to.
fn session_of(connection: &Connection) -> Option<ChatId> {
    let place = connection.place();
    place.bound_to().filter(|chat| place.is_in(*chat, WORDS))
}
