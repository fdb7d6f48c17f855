//! What AI chat sends, field by field.

use serde::Serialize;
use utoipa::ToSchema;

use docent_domain::Code;
use docent_wire::error::ErrorCode;
use docent_wire::source::SourceView;

/// What is said of every failure; what to do about it stands in the code.
const FAILED: &str = "Failed to process message";

/// `ai:stream`, and the frame of a piece.
#[derive(Serialize, ToSchema)]
#[schema(as = AiStream)]
pub(super) struct PieceView<'a> {
    pub(super) content: &'a str,
    #[serde(rename = "sessionId")]
    pub(super) session_id: &'a str,
}

/// `ai:complete`.
#[derive(Serialize, ToSchema)]
#[schema(as = AiComplete)]
pub(super) struct CompleteView<'a> {
    pub(super) response: &'a str,
    #[serde(rename = "sessionId")]
    pub(super) session_id: &'a str,
    pub(super) sources: Vec<SourceView<'a>>,
    /// What the answer is called in the history.
    pub(super) chat_id: i64,
    pub(super) message_id: i64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) cancelled: bool,
}

/// `ai:error`.
#[derive(Serialize, ToSchema)]
#[schema(as = AiError)]
pub(super) struct ErrorView<'a> {
    pub(super) error: &'a str,
    #[schema(value_type = ErrorCode)]
    pub(super) code: &'static str,
    #[serde(rename = "sessionId", skip_serializing_if = "Option::is_none")]
    pub(super) session_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) retry_after_s: Option<u64>,
}

/// What the acknowledgement of a question says.
#[derive(Serialize, ToSchema)]
#[schema(as = AiAsked)]
pub(super) struct AskedView {
    #[serde(rename = "sessionId")]
    pub(super) session_id: String,
    pub(super) chat_id: i64,
    pub(super) status: &'static str,
}

/// The frame before the last one, where it was asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = AiSources)]
pub(super) struct SourcesFrame<'a> {
    pub(super) sources: Vec<SourceView<'a>>,
    #[serde(rename = "sessionId")]
    pub(super) session_id: &'a str,
}

/// The last frame of an answer.
#[derive(Serialize, ToSchema)]
#[schema(as = AiDone)]
pub(super) struct DoneFrame<'a> {
    pub(super) done: bool,
    #[serde(rename = "sessionId")]
    pub(super) session_id: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) cancelled: bool,
}

/// The last frame of a failure.
#[derive(Serialize, ToSchema)]
#[schema(as = AiFailed)]
pub(super) struct FailedFrame {
    error: &'static str,
    #[schema(value_type = ErrorCode)]
    code: &'static str,
}

/// What stands behind `data:`.
#[derive(Serialize, ToSchema)]
#[schema(as = AiChatFrame)]
#[serde(untagged)]
pub(super) enum FrameView<'a> {
    Piece(PieceView<'a>),
    Sources(SourcesFrame<'a>),
    Done(DoneFrame<'a>),
    /// Nothing follows.
    Failed(FailedFrame),
}

impl FrameView<'_> {
    pub(super) const fn failed(code: Code) -> Self {
        Self::Failed(FailedFrame { error: FAILED, code: code.name() })
    }
}
