//! What project rooms send, field by field.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use docent_domain::{ChatId, MessageId, Principal, ProjectId};
use docent_wire::news::UserView;

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
