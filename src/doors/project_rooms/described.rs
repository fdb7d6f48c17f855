//! The events of project rooms, as clients are told of them.

#![expect(dead_code, reason = "describes what `Payload` reads field by field")]

use serde_json::Value;
use utoipa::ToSchema;

use super::wire::{
    AcceptedView, AnswerView, ChatPlaceView, CompletedView, DocumentStatusView, EndedView, PongView,
    PresenceView, ProjectPlaceView, ProjectUpdateView, ReadView, SourcesView, TokenView, TypingView,
};
use crate::described::{Channel, Part, client, payload, server};

/// `join_project`, `leave_project`.
#[derive(ToSchema)]
struct ProjectPlaceIn {
    project_id: i64,
}

/// `join_chat`, `leave_chat`.
#[derive(ToSchema)]
struct ChatPlaceIn {
    chat_id: i64,
}

/// `send_message`.
#[derive(ToSchema)]
struct QuestionIn {
    chat_id: i64,
    /// At most 32 KiB.
    message: String,
    /// One that the provider does not have falls back to the default.
    model: Option<String>,
    #[schema(minimum = 0, maximum = 2)]
    temperature: Option<f64>,
    /// Unless this is false, the model is told what was said before.
    include_history: Option<bool>,
    #[schema(minimum = 1, maximum = 50)]
    top_k: Option<i64>,
    /// Only these documents; an empty list finds nothing.
    document_ids: Option<Vec<i64>>,
    /// Makes sending safe to repeat: the second time finds the first turn.
    client_message_id: Option<String>,
}

/// `cancel_message`.
#[derive(ToSchema)]
struct CancelIn {
    chat_id: i64,
    message_id: Option<i64>,
}

/// `resume_message`.
#[derive(ToSchema)]
struct ResumeIn {
    chat_id: i64,
    message_id: i64,
    /// The last frame that is there already; -1 for all.
    #[schema(minimum = -1)]
    after_seq: i64,
}

/// `typing`.
#[derive(ToSchema)]
struct TypingIn {
    chat_id: i64,
    typing: bool,
}

/// `mark_read`.
#[derive(ToSchema)]
struct ReadIn {
    chat_id: i64,
    message_id: i64,
}

/// `ping`.
#[derive(ToSchema)]
struct PingIn {
    /// Comes back as it is.
    timestamp: Option<Value>,
}

/// All events that belong to one answer.
const TURN: &[&str] = &[
    "message_received",
    "message_sources",
    "message_token",
    "message_complete",
    "message_cancelled",
    "error",
];

#[rustfmt::skip]
pub(in crate) const PARTS: &[Part] = &[Part { door: "project rooms", channel: Channel::Main, events: &[
    client("cancel_message", "Stops the running answer; what was streamed is kept", &["message_cancelled", "error"], payload::<CancelIn>, payload::<AnswerView>),
    client("join_chat", "Follows a chat that somebody else writes in", &["chat_joined", "error"], payload::<ChatPlaceIn>, payload::<ChatPlaceView>),
    client("join_project", "Hears what happens in a project; leaves the room before", &["project_joined", "document_status", "error"], payload::<ProjectPlaceIn>, payload::<ProjectPlaceView>),
    client("leave_chat", "Follows a chat no more", &["chat_left", "error"], payload::<ChatPlaceIn>, payload::<ChatPlaceView>),
    client("leave_project", "Leaves the project's room", &["project_left", "error"], payload::<ProjectPlaceIn>, payload::<ProjectPlaceView>),
    client("mark_read", "Tells the others in the chat how far one has read", &["error"], payload::<ReadIn>, payload::<ReadView<'_>>),
    client("ping", "Measures the way", &["pong"], payload::<PingIn>, payload::<PongView>),
    client("resume_message", "The rest of an answer, after a reconnect", TURN, payload::<ResumeIn>, payload::<AnswerView>),
    client("send_message", "Asks; the answer comes while it is written", TURN, payload::<QuestionIn>, payload::<AnswerView>),
    client("typing", "Tells the others in the chat that one is writing", &["error"], payload::<TypingIn>, payload::<TypingView<'_>>),
    server("chat_joined", "From here on the chat is followed", payload::<ChatPlaceView>),
    server("chat_left", "From here on it is not", payload::<ChatPlaceView>),
    server("document_status", "How far a document is: at most ten a second, the last one always", payload::<DocumentStatusView<'_>>),
    server("message_cancelled", "The end of an answer that somebody stopped", payload::<EndedView<'_>>),
    server("message_complete", "The end of an answer that came through whole", payload::<CompletedView<'_>>),
    server("message_received", "The question is stored and the answer has begun", payload::<AcceptedView<'_>>),
    server("message_sources", "What was found", payload::<SourcesView<'_>>),
    server("message_token", "A piece of the answer", payload::<TokenView<'_>>),
    server("pong", "The client's own time, or the server's", payload::<PongView>),
    server("presence", "Who is in the project's room", payload::<PresenceView<'_>>),
    server("project_joined", "From here on the project's events are heard", payload::<ProjectPlaceView>),
    server("project_left", "From here on they are not", payload::<ProjectPlaceView>),
    server("project_update", "Something in the project has changed", payload::<ProjectUpdateView>),
    server("read", "How far somebody has read", payload::<ReadView<'_>>),
    server("typing", "Somebody is writing, or has stopped", payload::<TypingView<'_>>),
] }];
