//! Chats: questions, their answers, and what stands behind them.

mod answer;
mod create;
mod delete;
mod export_json;
mod export_markdown;
mod feedback;
mod get;
mod list;
mod messages;
mod regenerate;
mod rename;
mod search;
mod send;
mod stream;
mod summary;
mod trace;

use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::services::Services;
use super::wire::Time;
use docent_domain::Fault;
use docent_domain::chat::{Chat, Message};
use docent_wire::DoubtView;
use docent_wire::source::SourceView;

pub(super) fn routes() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(create::handler))
        .routes(routes!(delete::handler))
        .routes(routes!(export_json::handler))
        .routes(routes!(export_markdown::handler))
        .routes(routes!(feedback::handler))
        .routes(routes!(get::handler))
        .routes(routes!(list::handler))
        .routes(routes!(messages::handler))
        .routes(routes!(regenerate::handler))
        .routes(routes!(rename::handler))
        .routes(routes!(search::handler))
        .routes(routes!(send::handler))
        .routes(routes!(summary::handler))
        .routes(routes!(trace::handler))
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Chat)]
struct ChatView {
    id: i64,
    project_id: i64,
    title: String,
    /// `project`: its members read it; `private`: its author alone.
    visibility: &'static str,
    author: AuthorView,
    message_count: i64,
    created_at: Time,
    updated_at: Time,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Author)]
struct AuthorView {
    id: i64,
    username: String,
}

impl From<Chat> for ChatView {
    fn from(chat: Chat) -> Self {
        Self {
            id: chat.id.get(),
            project_id: chat.project.get(),
            title: chat.title,
            visibility: chat.visibility.name(),
            author: AuthorView { id: chat.author.get(), username: chat.username },
            message_count: chat.message_count,
            created_at: Time(chat.created_at),
            updated_at: Time(chat.updated_at),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Message)]
struct MessageView {
    id: i64,
    chat_id: i64,
    /// `user`, `assistant` or `system`.
    role: &'static str,
    content: String,
    /// What an answer's `[n]` point at, in that order.
    sources: Vec<SourceView<'static>>,
    model_name: Option<String>,
    /// `streaming`, then exactly one of `completed`, `cancelled`, `failed`, `interrupted`.
    status: &'static str,
    created_at: Time,
    finished_at: Option<Time>,
    /// What an answer answers.
    question_id: Option<i64>,
    /// 1-based numbers of the sources that the answer cites.
    cited: Vec<i64>,
    /// Why an answer failed: a code and a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<FailureView>,
    /// Statements that the cited passages do not bear out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unsupported: Vec<DoubtView>,
    /// Whether it sums up the talk before it.
    summary: bool,
    /// What the reader of this list thinks of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    feedback: Option<feedback::FeedbackView>,
}

/// Why an answer failed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MessageError)]
struct FailureView {
    code: &'static str,
    message: String,
}

impl From<Message> for MessageView {
    fn from(message: Message) -> Self {
        Self {
            id: message.id.get(),
            chat_id: message.chat.get(),
            role: message.speaker.name(),
            content: message.content,
            sources: SourceView::taken(message.sources),
            model_name: message.model,
            status: message.status.name(),
            created_at: Time(message.created_at),
            finished_at: message.finished_at.map(Time),
            question_id: message.question.map(docent_domain::MessageId::get),
            cited: message.facts.cited,
            error: message.facts.failure.map(|it| FailureView { code: it.code.name(), message: it.message }),
            unsupported: DoubtView::all(&message.facts.doubts),
            summary: message.summary,
            feedback: None,
        }
    }
}

/// A chat's title: a label of 1 to 255 characters.
fn title(text: &str) -> Result<&str, Fault> {
    let title = text.trim();
    if title.is_empty() || title.chars().count() > 255 || title.chars().any(char::is_control) {
        return Err(Fault::field("title", "must have 1 to 255 characters, none of them control characters"));
    }
    Ok(title)
}
