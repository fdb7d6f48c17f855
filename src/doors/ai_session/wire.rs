//! What sessions send, field by field.

use serde::Serialize;
use utoipa::ToSchema;

use docent_domain::chat::Message;
use docent_domain::{Code, MessageId};
use docent_wire::error::ErrorCode;
use docent_wire::source::SourceView;

/// `ai_message` on connect.
#[derive(Serialize, ToSchema)]
#[schema(as = SessionGreeting)]
pub(crate) struct SystemView<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    content: &'a str,
}

impl<'a> SystemView<'a> {
    pub(crate) const fn new(content: &'a str) -> Self {
        Self { kind: "system", content }
    }
}

/// `ai_status`.
#[derive(Serialize, ToSchema)]
#[schema(as = SessionStatus)]
pub(super) struct StatusView {
    #[serde(rename = "type")]
    kind: &'static str,
    content: &'static str,
}

impl StatusView {
    pub(super) const fn processing() -> Self {
        Self { kind: "status", content: "Processing your message..." }
    }
}

/// A piece of an answer; on native WebSockets that asked for them.
#[derive(Serialize, ToSchema)]
#[schema(as = SessionPiece)]
pub(super) struct PieceView<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    message_id: i64,
    content: &'a str,
}

impl<'a> PieceView<'a> {
    pub(super) const fn new(answer: MessageId, content: &'a str) -> Self {
        Self { kind: "stream", message_id: answer.get(), content }
    }
}

/// `ai_response`.
#[derive(Serialize, ToSchema)]
#[schema(as = SessionResponse)]
pub(super) struct ResponseView<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    message_id: i64,
    content: ContentView<'a>,
    /// The user's questions in the session, the one that is answered included.
    question_count: i64,
    sources: Vec<SourceView<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cancelled: bool,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SessionContent)]
struct ContentView<'a> {
    message: &'a str,
    #[serde(rename = "isSummary")]
    is_summary: bool,
}

impl<'a> ResponseView<'a> {
    pub(super) fn new(message: &'a Message, question_count: i64, cancelled: bool) -> Self {
        Self {
            kind: "ai_response",
            message_id: message.id.get(),
            content: ContentView { message: &message.content, is_summary: message.summary },
            question_count,
            sources: SourceView::all(&message.sources),
            cancelled,
        }
    }
}

/// `ai_message` of a failure.
#[derive(Serialize, ToSchema)]
#[schema(as = SessionError)]
pub(super) struct ErrorFrameView<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    content: &'a str,
    #[schema(value_type = ErrorCode)]
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_s: Option<u64>,
}

impl<'a> ErrorFrameView<'a> {
    pub(super) const fn new(code: Code, content: &'a str, retry_after_s: Option<u64>) -> Self {
        Self { kind: "error", content, code: code.name(), message_id: None, retry_after_s }
    }

    pub(super) const fn of_answer(code: Code, content: &'a str, answer: MessageId) -> Self {
        Self { message_id: Some(answer.get()), ..Self::new(code, content, None) }
    }
}

/// What the acknowledgement of a message says.
#[derive(Serialize, ToSchema)]
#[schema(as = SessionAsked)]
pub(super) struct AskedView {
    pub(super) session_id: i64,
    pub(super) status: &'static str,
}

/// `ai_message`: everything that is said in a session, told apart by `type`.
#[derive(Serialize, ToSchema)]
#[schema(as = SessionMessage)]
#[serde(untagged)]
pub(super) enum SaidView<'a> {
    System(SystemView<'a>),
    Status(StatusView),
    Response(ResponseView<'a>),
    Error(ErrorFrameView<'a>),
}
