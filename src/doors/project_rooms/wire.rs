//! What project rooms send, field by field.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use docent_domain::chat::{Accepted, Completed, Frame};
use docent_domain::document::{DocumentProgress, DocumentStatus};
use docent_domain::event::News;
use docent_domain::source::Source;
use docent_domain::{ChatId, MessageId, Principal, ProjectId, UserId};
use docent_wire::DoubtView;
use docent_wire::source::SourceView;

#[derive(Serialize, ToSchema)]
#[schema(as = User)]
pub(crate) struct UserView<'a> {
    id: i64,
    username: &'a str,
}

impl<'a> UserView<'a> {
    fn new(principal: &'a Principal) -> Self {
        Self { id: principal.user.get(), username: &principal.username }
    }
}

/// `project_joined`, `project_left`.
#[derive(Serialize, ToSchema)]
#[schema(as = ProjectPlace)]
pub(super) struct ProjectPlaceView {
    project_id: i64,
    status: &'static str,
}

impl ProjectPlaceView {
    pub(super) const fn success(project: ProjectId) -> Self {
        Self { project_id: project.get(), status: "success" }
    }
}

/// `chat_joined`, `chat_left`.
#[derive(Serialize, ToSchema)]
#[schema(as = ChatPlace)]
pub(super) struct ChatPlaceView {
    chat_id: i64,
}

impl ChatPlaceView {
    pub(super) const fn new(chat: ChatId) -> Self {
        Self { chat_id: chat.get() }
    }
}

/// What acknowledgements say about an answer.
#[derive(Serialize, ToSchema)]
#[schema(as = AnswerState)]
pub(super) struct AnswerView {
    chat_id: i64,
    message_id: Option<i64>,
    status: &'static str,
}

impl AnswerView {
    const fn new(chat: ChatId, answer: MessageId, status: &'static str) -> Self {
        Self { chat_id: chat.get(), message_id: Some(answer.get()), status }
    }

    pub(super) const fn processing(chat: ChatId, answer: MessageId) -> Self {
        Self::new(chat, answer, "processing")
    }

    pub(super) const fn cancelling(chat: ChatId, answer: MessageId) -> Self {
        Self::new(chat, answer, "cancelling")
    }

    pub(super) const fn resumed(chat: ChatId, answer: MessageId) -> Self {
        Self::new(chat, answer, "resumed")
    }

    pub(super) fn not_running(chat: ChatId, answer: Option<MessageId>) -> Self {
        Self { chat_id: chat.get(), message_id: answer.map(MessageId::get), status: "not_running" }
    }
}

/// `message_received`.
#[derive(Serialize, ToSchema)]
#[schema(as = MessageReceived)]
pub(super) struct AcceptedView<'a> {
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
    pub(super) fn new(accepted: &'a Accepted) -> Self {
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
pub(super) struct SourcesView<'a> {
    chat_id: i64,
    message_id: i64,
    sources: Vec<SourceView<'a>>,
}

impl<'a> SourcesView<'a> {
    pub(super) fn new(chat: ChatId, answer: MessageId, sources: &'a [Source]) -> Self {
        Self { chat_id: chat.get(), message_id: answer.get(), sources: SourceView::all(sources) }
    }
}

/// `message_token`.
#[derive(Serialize, ToSchema)]
#[schema(as = MessageToken)]
pub(super) struct TokenView<'a> {
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
    pub(super) fn new(chat: ChatId, answer: MessageId, frame: &'a Frame) -> Self {
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
pub(super) struct CompletedView<'a> {
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
    pub(super) fn new(chat: ChatId, answer: MessageId, completed: &'a Completed) -> Self {
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
pub(super) struct EndedView<'a> {
    chat_id: i64,
    message_id: i64,
    content: &'a str,
}

impl<'a> EndedView<'a> {
    pub(super) const fn new(chat: ChatId, answer: MessageId, content: &'a str) -> Self {
        Self { chat_id: chat.get(), message_id: answer.get(), content }
    }
}

/// `document_status`.
#[derive(Serialize, ToSchema)]
#[schema(as = DocumentStatus)]
pub(crate) struct DocumentStatusView<'a> {
    document_id: i64,
    project_id: i64,
    filename: &'a str,
    status: &'static str,
    stage: &'static str,
    progress: u8,
    seq: i64,
    attempt: i64,
    max_attempts: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages_done: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages_total: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chunks_done: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chunks_total: Option<i64>,
    /// Pages whose passages are found by their words. Before the document is completed only where it is read for the first
    /// time: searches show it as far as it is. A new version takes over when it is whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    searchable_pages: Option<i64>,
    /// Pages whose passages are found by their meaning, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    embedded_pages: Option<i64>,
    /// What the stage is at: `ocr 12/400` while the picture of page 12 is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    warnings: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<DocumentErrorView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    queue_position: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waiting_since: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = DocumentError)]
struct DocumentErrorView<'a> {
    code: &'static str,
    message: &'a str,
}

impl<'a> DocumentStatusView<'a> {
    pub(crate) fn new(progress: &'a DocumentProgress) -> Self {
        Self {
            document_id: progress.document.get(),
            project_id: progress.project.get(),
            filename: &progress.filename,
            status: match progress.status {
                DocumentStatus::Pending => "queued",
                other => other.name(),
            },
            stage: progress.stage.name(),
            progress: progress.percent,
            seq: progress.seq,
            attempt: progress.attempt,
            max_attempts: progress.max_attempts,
            pages_done: progress.pages_done,
            pages_total: progress.pages_total,
            chunks_done: progress.chunks_done,
            chunks_total: progress.chunks_total,
            searchable_pages: progress.searchable_pages,
            embedded_pages: progress.embedded_pages,
            detail: progress.recognising.map(|page| match progress.pages_total {
                Some(total) => format!("ocr {page}/{total}"),
                None => format!("ocr {page}"),
            }),
            warnings: &progress.warnings,
            error: progress
                .error
                .as_ref()
                .map(|error| DocumentErrorView { code: error.code.name(), message: &error.message }),
            queue_position: progress.queue_position,
            waiting_since: progress.waiting_since.map(|since| since.to_string()),
        }
    }
}

/// `project_update`.
#[derive(Serialize, ToSchema)]
#[schema(as = ProjectUpdate)]
pub(crate) struct ProjectUpdateView {
    #[serde(rename = "type")]
    kind: &'static str,
    data: Value,
}

impl ProjectUpdateView {
    pub(crate) fn new(news: &News) -> Self {
        let (kind, data) = match news {
            // Has an event of its own; whoever asks for an update all the same gets one that is true.
            News::DocumentStatus(status) => {
                ("document_updated", json!({"document_id": status.document.get()}))
            }
            News::DocumentAdded { document, filename } => {
                ("document_added", json!({"document_id": document.get(), "filename": filename}))
            }
            News::DocumentUpdated { document, filename } => {
                ("document_updated", json!({"document_id": document.get(), "filename": filename}))
            }
            News::DocumentDeleted { document } => {
                ("document_deleted", json!({"document_id": document.get()}))
            }
            News::ChatCreated { chat, title } => {
                ("chat_created", json!({"chat_id": chat.get(), "title": title}))
            }
            News::ChatUpdated { chat, title } => {
                ("chat_updated", json!({"chat_id": chat.get(), "title": title}))
            }
            News::ChatDeleted { chat } => ("chat_deleted", json!({"chat_id": chat.get()})),
            // Told to those who follow the chat, in other words.
            News::ChatSummarised { chat, .. } => ("chat_updated", json!({"chat_id": chat.get()})),
            News::ProjectRenamed { name } => ("project_renamed", json!({"name": name})),
            News::ProjectDeleted => ("project_deleted", json!({})),
            News::MemberAdded { user } => ("member_added", json!({"user_id": user.get()})),
            News::MemberRemoved { user } => ("member_removed", json!({"user_id": user.get()})),
        };
        Self { kind, data }
    }

    /// Some updates did not reach this node.
    pub(crate) fn missed() -> Self {
        Self { kind: "updates_missed", data: json!({}) }
    }
}

/// `presence`.
#[derive(Serialize, ToSchema)]
#[schema(as = Presence)]
pub(crate) struct PresenceView<'a> {
    project_id: i64,
    users: Vec<UserView<'a>>,
}

impl<'a> PresenceView<'a> {
    pub(crate) fn new(project: ProjectId, people: &'a BTreeMap<UserId, String>) -> Self {
        let users = people.iter().map(|(user, username)| UserView { id: user.get(), username }).collect();
        Self { project_id: project.get(), users }
    }
}

/// `typing`.
#[derive(Serialize, ToSchema)]
#[schema(as = Typing)]
pub(super) struct TypingView<'a> {
    chat_id: i64,
    user: UserView<'a>,
    typing: bool,
}

impl<'a> TypingView<'a> {
    pub(super) fn new(chat: ChatId, principal: &'a Principal, typing: bool) -> Self {
        Self { chat_id: chat.get(), user: UserView::new(principal), typing }
    }
}

/// `read`.
#[derive(Serialize, ToSchema)]
#[schema(as = Read)]
pub(super) struct ReadView<'a> {
    chat_id: i64,
    user: UserView<'a>,
    message_id: i64,
}

impl<'a> ReadView<'a> {
    pub(super) fn new(chat: ChatId, principal: &'a Principal, message: MessageId) -> Self {
        Self { chat_id: chat.get(), user: UserView::new(principal), message_id: message.get() }
    }
}

/// `pong`.
#[derive(Serialize, ToSchema)]
#[schema(as = Pong)]
pub(super) struct PongView {
    pub(super) timestamp: Value,
}
