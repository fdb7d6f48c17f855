//! The events and frames of AI sessions, as clients are told of them.

#![expect(dead_code, reason = "describes what `Payload` reads, and what goes out under one name")]

use utoipa::{OpenApi, ToSchema};

use super::wire::{AskedView, ErrorFrameView, PieceView, ResponseView, StatusView, SystemView};
use super::{EVENT, upgrade};
use crate::described::{self, Channel, From, Part, client, payload, server};

/// The native WebSocket, described.
#[derive(OpenApi)]
#[openapi(paths(upgrade::handler))]
pub(super) struct Described;

/// `ai_message`: an object, or the message alone.
#[derive(ToSchema)]
#[schema(as = SessionQuestionIn)]
#[serde(untagged)]
enum QuestionIn {
    Text(String),
    Object(MessageIn),
}

#[derive(ToSchema)]
#[schema(as = SessionMessageIn)]
struct MessageIn {
    /// At most 32 KiB.
    message: String,
    /// Makes sending safe to repeat: the second time finds the first turn.
    client_message_id: Option<String>,
}

/// `ai_message`: everything that is said in a session, told apart by `type`.
#[derive(ToSchema)]
#[schema(as = SessionMessage)]
#[serde(untagged)]
enum SaidOut<'a> {
    System(SystemView<'a>),
    Status(StatusView),
    Response(ResponseView<'a>),
    Error(ErrorFrameView<'a>),
}

const DOOR: &str = "AI session";

/// A frame, which has no acknowledgement.
const QUESTION: described::Described = described::Described {
    name: "message",
    from: From::Client,
    summary: "Asks in the session; the frame has no `type`",
    answers: &["status", "stream", "ai_response", "error"],
    payload: payload::<QuestionIn>,
    acknowledged: None,
};

#[rustfmt::skip]
pub(in crate) const PARTS: &[Part] = &[
    Part { door: DOOR, channel: Channel::Main, events: &[
        client(EVENT, "Asks in the session that the connection belongs to", &["ai_status", "ai_response", EVENT, "error"], payload::<QuestionIn>, payload::<AskedView>),
        server(EVENT, "Whatever is said in the session, once more under one name", payload::<SaidOut<'_>>),
        server("ai_response", "The whole answer, or a summary of the session", payload::<ResponseView<'_>>),
        server("ai_status", "An answer is being written", payload::<StatusView>),
    ] },
    Part { door: DOOR, channel: Channel::Native, events: &[
        QUESTION,
        server("ai_response", "The whole answer, or a summary of the session", payload::<ResponseView<'_>>),
        server("error", "What went wrong; with `message_id`, how an answer ended", payload::<ErrorFrameView<'_>>),
        server("status", "An answer is being written", payload::<StatusView>),
        server("stream", "A piece of the answer, where `?stream=true` asks for them", payload::<PieceView<'_>>),
        server("system", "The first frame: as whom one is connected", payload::<SystemView<'_>>),
    ] },
];
