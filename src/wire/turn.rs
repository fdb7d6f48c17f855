//! An answer as it is told piece by piece: the same on project rooms' sockets and as server-sent events.

use serde::Serialize;
use utoipa::ToSchema;

use super::error::{About, ErrorView};
use super::news::UserView;
use super::{DoubtView, source::SourceView};
use docent_domain::chat::{Accepted, Completed, Frame, TurnEvent};
use docent_domain::reading::Reading;
use docent_domain::source::Source;
use docent_domain::{ChatId, Code, MessageId};

/// What is said of an answer whose server died.
pub const INTERRUPTED: &str =
    "The server stopped before the answer was complete; what there is of it is kept. Ask again";

/// One event of an answer.
#[derive(Serialize)]
#[serde(untagged)]
pub enum TurnView<'a> {
    Received(AcceptedView<'a>),
    Sources(SourcesView<'a>),
    Progress(ProgressView),
    Token(TokenView<'a>),
    Complete(CompletedView<'a>),
    Cancelled(EndedView<'a>),
    Error(ErrorView<'a>),
}

impl<'a> TurnView<'a> {
    /// `None` for calls of tools, unless they tell how far a summary is: what they find comes as sources. `asked` is the event that a failure answers.
    pub fn of((chat, answer): (ChatId, MessageId), event: &'a TurnEvent, asked: &'a str) -> Option<Self> {
        let failed = |code: Code, message: &'a str| {
            Self::Error(ErrorView::of_code(code, message, asked, About::answer(chat, answer)))
        };
        Some(match event {
            TurnEvent::ToolCall(call) => {
                Self::Progress(ProgressView::new(chat, answer, Reading::told_by(call)?))
            }
            TurnEvent::ToolResult(_) => return None,
            TurnEvent::Accepted(accepted) => Self::Received(AcceptedView::new(accepted)),
            TurnEvent::Sources(sources) => Self::Sources(SourcesView::new(chat, answer, sources)),
            TurnEvent::Token(frame) => Self::Token(TokenView::new(chat, answer, frame)),
            TurnEvent::Completed(completed) => Self::Complete(CompletedView::new(chat, answer, completed)),
            TurnEvent::Cancelled { content } => Self::Cancelled(EndedView::new(chat, answer, content)),
            TurnEvent::Failed { code, message, content: _ } => failed(*code, message),
            TurnEvent::Interrupted { content: _ } => failed(Code::Interrupted, INTERRUPTED),
        })
    }

    /// The name of the event.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Received(_) => "message_received",
            Self::Sources(_) => "message_sources",
            Self::Progress(_) => "message_progress",
            Self::Token(_) => "message_token",
            Self::Complete(_) => "message_complete",
            Self::Cancelled(_) => "message_cancelled",
            Self::Error(_) => "error",
        }
    }
}

/// `message_received`.
#[derive(Serialize, ToSchema)]
#[schema(as = MessageReceived)]
pub struct AcceptedView<'a> {
    chat_id: i64,
    message_id: i64,
    status: &'static str,
    user_message: UserMessageView<'a>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = UserMessage)]
struct UserMessageView<'a> {
    id: i64,
    content: &'a str,
    user: UserView<'a>,
}

impl<'a> AcceptedView<'a> {
    fn new(accepted: &'a Accepted) -> Self {
        Self {
            chat_id: accepted.chat.get(),
            message_id: accepted.answer.get(),
            status: "processing",
            user_message: UserMessageView {
                id: accepted.question.get(),
                content: &accepted.content,
                user: UserView { id: accepted.user.get(), username: &accepted.username },
            },
        }
    }
}

/// `message_sources`.
#[derive(Serialize, ToSchema)]
#[schema(as = MessageSources)]
pub struct SourcesView<'a> {
    chat_id: i64,
    message_id: i64,
    sources: Vec<SourceView<'a>>,
}

impl<'a> SourcesView<'a> {
    fn new(chat: ChatId, answer: MessageId, sources: &'a [Source]) -> Self {
        Self { chat_id: chat.get(), message_id: answer.get(), sources: SourceView::all(sources) }
    }
}

/// `message_progress`: before the first token, where a model reads long documents for a summary.
#[derive(Serialize, ToSchema)]
#[schema(as = MessageProgress)]
pub struct ProgressView {
    chat_id: i64,
    message_id: i64,
    document_id: i64,
    filename: String,
    /// The part of the document that is read from now on, from 1.
    part: i64,
    /// Of so many parts.
    of: i64,
    /// Which of the documents that are summed up together, from 1.
    nth: i64,
    /// So many documents are summed up together.
    documents: i64,
}

impl ProgressView {
    fn new(chat: ChatId, answer: MessageId, reading: Reading) -> Self {
        let Reading { document, filename, part, of, nth, documents } = reading;
        Self {
            chat_id: chat.get(),
            message_id: answer.get(),
            document_id: document.get(),
            filename,
            part,
            of,
            nth,
            documents,
        }
    }
}

/// `message_token`.
#[derive(Serialize, ToSchema)]
#[schema(as = MessageToken)]
pub struct TokenView<'a> {
    chat_id: i64,
    message_id: i64,
    /// Only where several frames came as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_seq: Option<i64>,
    seq: i64,
    token: &'a str,
    /// Only where a statement that ends here is not borne out by the passages it cites.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unsupported: Vec<DoubtView>,
}

impl<'a> TokenView<'a> {
    fn new(chat: ChatId, answer: MessageId, frame: &'a Frame) -> Self {
        Self {
            chat_id: chat.get(),
            message_id: answer.get(),
            first_seq: (frame.first_seq != frame.seq).then_some(frame.first_seq),
            seq: frame.seq,
            token: &frame.text,
            unsupported: DoubtView::all(&frame.doubts),
        }
    }
}

/// `message_complete`.
#[derive(Serialize, ToSchema)]
#[schema(as = MessageComplete)]
pub struct CompletedView<'a> {
    chat_id: i64,
    message_id: i64,
    content: &'a str,
    metadata: CompletedMetadataView<'a>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = AnswerMetadata)]
struct CompletedMetadataView<'a> {
    model: &'a str,
    sources_count: i64,
    cited: &'a [i64],
    #[serde(skip_serializing_if = "Option::is_none")]
    prompt_tokens: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    completion_tokens: Option<i64>,
    latency_ms: i64,
    finish_reason: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unsupported: Vec<DoubtView>,
}

impl<'a> CompletedView<'a> {
    fn new(chat: ChatId, answer: MessageId, completed: &'a Completed) -> Self {
        Self {
            chat_id: chat.get(),
            message_id: answer.get(),
            content: &completed.content,
            metadata: CompletedMetadataView {
                model: &completed.model,
                sources_count: completed.sources_count,
                cited: &completed.cited,
                prompt_tokens: completed.prompt_tokens,
                completion_tokens: completed.completion_tokens,
                latency_ms: completed.latency_ms,
                finish_reason: completed.finish_reason.name(),
                unsupported: DoubtView::all(&completed.doubts),
            },
        }
    }
}

/// `message_cancelled`.
#[derive(Serialize, ToSchema)]
#[schema(as = MessageCancelled)]
pub struct EndedView<'a> {
    chat_id: i64,
    message_id: i64,
    content: &'a str,
}

impl<'a> EndedView<'a> {
    const fn new(chat: ChatId, answer: MessageId, content: &'a str) -> Self {
        Self { chat_id: chat.get(), message_id: answer.get(), content }
    }
}
