//! What conversations send, field by field.

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use docent_chat::Exchange;
use docent_domain::chat::Message;
use docent_wire::source::SourceView;

/// `conversation`.
#[derive(Serialize, ToSchema)]
#[schema(as = Conversation)]
pub(super) struct ConversationView<'a> {
    /// Names the turn in the log, too.
    task_id: &'a str,
    conversation_id: &'a str,
    chat_id: i64,
    user_message: UserMessageView<'a>,
    assistant_responses: Vec<ResponseView<'a>>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ConversationQuestion)]
struct UserMessageView<'a> {
    id: i64,
    role: &'static str,
    content: &'a str,
    created_at: String,
    metadata: &'a Map<String, Value>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ConversationAnswer)]
struct ResponseView<'a> {
    id: i64,
    role: &'static str,
    content: &'a str,
    created_at: String,
    status: &'static str,
    sources: Vec<SourceView<'a>>,
}

impl<'a> ConversationView<'a> {
    pub(super) fn new(conversation: &'a str, exchange: &'a Exchange) -> Self {
        let question = &exchange.question;
        Self {
            task_id: &exchange.task,
            conversation_id: conversation,
            chat_id: question.chat.get(),
            user_message: UserMessageView {
                id: question.id.get(),
                role: question.speaker.name(),
                content: &question.content,
                created_at: question.created_at.to_string(),
                metadata: &exchange.metadata,
            },
            assistant_responses: vec![ResponseView::new(&exchange.answer)],
        }
    }
}

impl<'a> ResponseView<'a> {
    fn new(answer: &'a Message) -> Self {
        Self {
            id: answer.id.get(),
            role: answer.speaker.name(),
            content: &answer.content,
            created_at: answer.created_at.to_string(),
            status: answer.status.name(),
            sources: SourceView::all(&answer.sources),
        }
    }
}

/// `joined_conversation`, `left_conversation`.
#[derive(Serialize, ToSchema)]
#[schema(as = ConversationPlace)]
pub(super) struct PlaceView<'a> {
    conversation_id: &'a str,
    message: String,
}

impl<'a> PlaceView<'a> {
    pub(super) fn joined(conversation: &'a str) -> Self {
        Self { conversation_id: conversation, message: format!("Joined conversation {conversation}") }
    }

    pub(super) fn left(conversation: &'a str) -> Self {
        Self { conversation_id: conversation, message: format!("Left conversation {conversation}") }
    }
}

/// What the acknowledgement of a question says.
#[derive(Serialize, ToSchema)]
#[schema(as = ConversationAsked)]
pub(super) struct AskedView {
    pub(super) chat_id: i64,
    pub(super) conversation_id: String,
    pub(super) status: &'static str,
}
