//! The events of AI chat, as clients are told of them.

#![expect(dead_code, reason = "describes what `Payload` reads field by field")]

use utoipa::{OpenApi, ToSchema};

use super::wire::{AskedView, CompleteView, DoneFrame, ErrorView, FailedFrame, PieceView, SourcesFrame};
use super::{EVENT, stream};
use crate::described::{Channel, Name, Part, client, payload, server};

/// What clients send on both transports.
#[derive(ToSchema)]
#[schema(as = AiChatAskedIn)]
struct AskedIn {
    /// At most 32 KiB.
    message: String,
    /// Any name of at most 128 characters, or a chat's id; without one each message opens a session.
    #[serde(rename = "sessionId")]
    session_id: Option<Name>,
    /// The caller's own project if it is left out; for visitors, the public one.
    #[serde(rename = "projectId")]
    project_id: Option<i64>,
    /// Makes sending safe to repeat: the second time finds the first turn.
    client_message_id: Option<String>,
}

/// `ai:chat`.
#[derive(ToSchema)]
#[schema(as = AiChatIn)]
struct SocketIn {
    #[serde(flatten)]
    asked: AskedIn,
    /// Speaks for this message alone, whoever the connection is.
    token: Option<String>,
}

/// The stream, described.
#[derive(OpenApi)]
#[openapi(paths(stream::handler))]
pub(super) struct Described;

/// The body of a request for a stream.
#[derive(ToSchema)]
#[schema(as = AiChatStreamIn)]
pub(super) struct StreamIn {
    #[serde(flatten)]
    asked: AskedIn,
    /// Whether a frame with the sources comes before the last one.
    sources: Option<bool>,
}

/// What stands behind `data:`.
#[derive(ToSchema)]
#[schema(as = AiChatFrame)]
#[serde(untagged)]
pub(super) enum FrameOut<'a> {
    Piece(PieceView<'a>),
    Sources(SourcesFrame<'a>),
    Done(DoneFrame<'a>),
    /// Nothing follows.
    Failed(FailedFrame),
}

#[rustfmt::skip]
pub(in crate) const PARTS: &[Part] = &[Part { door: "AI chat", channel: Channel::Main, events: &[
    client(EVENT, "Asks; the answer goes to the sender alone", &["ai:stream", "ai:complete", "ai:error"], payload::<SocketIn>, payload::<AskedView>),
    server("ai:complete", "The whole answer, or with `cancelled` what there is of it", payload::<CompleteView<'_>>),
    server("ai:error", "Why a message was not taken, or how its answer failed", payload::<ErrorView<'_>>),
    server("ai:stream", "A piece of the answer", payload::<PieceView<'_>>),
] }];
