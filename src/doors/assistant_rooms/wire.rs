//! What assistant rooms say.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::described::Name;
use docent_domain::chat::{Accepted, Completed, ToolCall, ToolResult};
use docent_domain::source::Source;
use docent_domain::{Code, Fault, MessageId};
use docent_wire::error::ErrorCode;
use docent_wire::source::SourceView;

/// `room_created`
#[derive(Serialize, ToSchema)]
#[schema(as = RoomCreated)]
pub(super) struct CreatedView<'a> {
    pub(super) room_id: &'a str,
    /// As the client sent it; of a new chat, its id.
    #[schema(value_type = Name)]
    pub(super) chat_id: Value,
    /// As the client sent it.
    pub(super) model_id: &'a str,
    /// Where no language model is configured: who answers instead, and what would change that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) notice: Option<&'a str>,
}

/// `room_joined`, `room_left`
#[derive(Serialize, ToSchema)]
#[schema(as = Room)]
pub(super) struct RoomView<'a> {
    pub(super) room_id: &'a str,
    /// As in `room_created`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) notice: Option<&'a str>,
}

/// `room_found`, `room_not_found`
#[derive(Serialize, ToSchema)]
#[schema(as = RoomFound)]
pub(super) struct FoundView<'a> {
    pub(super) room_id: Option<&'a str>,
    /// As the client sent it.
    #[schema(value_type = Name)]
    pub(super) chat_id: Value,
}

/// `room_error`, `room_join_error`, `error`
#[derive(Serialize, ToSchema)]
#[schema(as = RoomRefused)]
pub(super) struct RefusedView<'a> {
    error: &'a str,
    #[schema(value_type = ErrorCode)]
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_s: Option<u64>,
}

impl<'a> RefusedView<'a> {
    pub(super) fn new(fault: &'a Fault) -> Self {
        Self {
            error: fault.public_detail(),
            code: fault.code().name(),
            field: fault.fields().first().map(|field| field.field.as_str()),
            retry_after_s: fault.retry_after_s(),
        }
    }
}

/// `message_sent`
#[derive(Serialize, ToSchema)]
#[schema(as = RoomMessageSent)]
pub(super) struct SentView {
    success: bool,
    message_id: i64,
}

impl SentView {
    pub(super) const fn new(question: MessageId) -> Self {
        Self { success: true, message_id: question.get() }
    }
}

/// What the acknowledgement of a message says.
#[derive(Serialize, ToSchema)]
#[schema(as = RoomAsked)]
pub(super) struct AskedView<'a> {
    pub(super) room_id: &'a str,
    pub(super) message_id: i64,
}

/// What the acknowledgement of a word on a call says.
#[derive(Serialize, ToSchema)]
#[schema(as = CallAnswered)]
pub(super) struct CallAnsweredView<'a> {
    pub(super) call_id: &'a str,
}

/// `event_received`
#[derive(Serialize, ToSchema)]
#[schema(as = RoomEventReceived)]
pub(super) struct EventReceivedView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<&'a str>,
    pub(super) room_id: &'a str,
    /// The answer that is being stopped, if one was being written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message_id: Option<i64>,
}

/// `stream_start`
#[derive(Serialize, ToSchema)]
#[schema(as = StreamStart)]
pub(super) struct StartView {
    pub(super) message_id: i64,
}

/// `stream_chunk`
#[derive(Serialize, ToSchema)]
#[schema(as = StreamChunk)]
pub(super) struct ChunkView<'a> {
    pub(super) message_id: i64,
    pub(super) content: &'a str,
    /// True once, with the last one, which has no content.
    pub(super) done: bool,
}

/// `stream_end`
#[derive(Serialize, ToSchema)]
#[schema(as = StreamEnd)]
pub(super) struct EndView {
    pub(super) message_id: i64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) cancelled: bool,
}

/// `stream_error`
#[derive(Serialize, ToSchema)]
#[schema(as = StreamError)]
pub(super) struct StreamErrorView<'a> {
    message_id: i64,
    error: &'a str,
    #[schema(value_type = ErrorCode)]
    code: &'static str,
}

impl<'a> StreamErrorView<'a> {
    pub(super) const fn new(answer: MessageId, code: Code, error: &'a str) -> Self {
        Self { message_id: answer.get(), error, code: code.name() }
    }
}

/// `message`
#[derive(Serialize, ToSchema)]
#[schema(as = RoomAnswer)]
pub(super) struct AnswerView<'a> {
    message: AnswerMessageView<'a>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RoomAnswerMessage)]
struct AnswerMessageView<'a> {
    message_id: i64,
    content: &'a str,
    role: &'static str,
    timestamp: String,
    sources: Vec<SourceView<'a>>,
    model: &'a str,
    finish_reason: &'static str,
}

impl<'a> AnswerView<'a> {
    pub(super) fn new(answer: MessageId, done: &'a Completed, sources: &'a [Source]) -> Self {
        let message = AnswerMessageView {
            message_id: answer.get(),
            content: &done.content,
            role: "assistant",
            timestamp: done.at.to_string(),
            sources: SourceView::all(sources),
            model: &done.model,
            finish_reason: done.finish_reason.name(),
        };
        Self { message }
    }
}

/// `function_call`, to the connection that has to answer
#[derive(Serialize, ToSchema)]
#[schema(as = FunctionCall)]
pub(super) struct FunctionCallView<'a> {
    function_name: &'a str,
    arguments: &'a Value,
    call_id: &'a str,
}

impl<'a> FunctionCallView<'a> {
    pub(super) fn new(call: &'a ToolCall) -> Self {
        Self { function_name: &call.tool, arguments: &call.arguments, call_id: &call.id }
    }
}

/// `receive_message`
#[derive(Serialize, ToSchema)]
#[schema(as = RoomReceived)]
pub(super) struct ReceivedView<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    data: ReceivedData<'a>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RoomReceivedData)]
#[serde(untagged)]
enum ReceivedData<'a> {
    Said(SaidView<'a>),
    Called(FunctionCallView<'a>),
    Done { call_id: &'a str, function_name: &'a str, result: &'a Value },
    Failed { call_id: &'a str, function_name: &'a str, error: &'a str },
}

#[derive(Serialize, ToSchema)]
#[schema(as = RoomSaid)]
struct SaidView<'a> {
    id: i64,
    content: &'a str,
    role: &'static str,
    created_timestamp: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<Vec<SourceView<'a>>>,
}

impl<'a> ReceivedView<'a> {
    pub(super) fn question(accepted: &'a Accepted) -> Self {
        let data = SaidView {
            id: accepted.question.get(),
            content: &accepted.content,
            role: "user",
            created_timestamp: accepted.at.to_string(),
            username: Some(&accepted.username),
            sources: None,
        };
        Self { kind: "sbaw.text_message.user", data: ReceivedData::Said(data) }
    }

    pub(super) fn answer(answer: MessageId, done: &'a Completed, sources: &'a [Source]) -> Self {
        let data = SaidView {
            id: answer.get(),
            content: &done.content,
            role: "assistant",
            created_timestamp: done.at.to_string(),
            username: None,
            sources: Some(SourceView::all(sources)),
        };
        Self { kind: "sbaw.text_message.assistant", data: ReceivedData::Said(data) }
    }

    pub(super) fn call(call: &'a ToolCall) -> Self {
        Self { kind: "sbaw.function_call", data: ReceivedData::Called(FunctionCallView::new(call)) }
    }

    pub(super) fn result(result: &'a ToolResult) -> Self {
        let (call_id, function_name) = (result.call.as_str(), result.tool.as_str());
        match &result.outcome {
            Ok(result) => Self {
                kind: "sbaw.function_result",
                data: ReceivedData::Done { call_id, function_name, result },
            },
            Err(error) => {
                Self { kind: "sbaw.error", data: ReceivedData::Failed { call_id, function_name, error } }
            }
        }
    }
}
