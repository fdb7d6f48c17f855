//! The narrow view that doors have of the chat engine.

use async_trait::async_trait;
use futures_util::stream::BoxStream;

use crate::domain::chat::{Accepted, TurnEvent};
use crate::domain::{ChatId, DocumentId, Fault, MessageId, Scope};

/// A question as a door read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub chat: ChatId,
    pub message: String,
    pub model: Option<String>,
    pub temperature: Option<f64>,
    pub include_history: bool,
    pub top_k: Option<i64>,
    /// Only these are searched.
    pub documents: Option<Vec<DocumentId>>,
    /// Asked again under the same key, the first turn is found.
    pub client_message_id: Option<String>,
}

/// What doors ask of the engine. Every call checks that the scope reaches the chat.
#[async_trait]
pub trait Turns: Send + Sync + 'static {
    /// Stores the question and begins its turn, which goes on whoever listens.
    async fn start(&self, scope: &Scope, question: Question) -> Result<Accepted, Fault>;

    /// The turn's events, `Accepted` and `Sources` first, then the frames after `after_seq` and what is still to
    /// come, up to the terminal event.
    async fn follow(
        &self,
        scope: &Scope,
        chat: ChatId,
        answer: MessageId,
        after_seq: i64,
    ) -> Result<BoxStream<'static, TurnEvent>, Fault>;

    /// Stops the chat's running answer, or exactly this one. `None` if nothing was running.
    async fn cancel(
        &self,
        scope: &Scope,
        chat: ChatId,
        answer: Option<MessageId>,
    ) -> Result<Option<MessageId>, Fault>;

    /// The answers of this chat: the running one, if there is one, and each that begins later.
    async fn watch(&self, scope: &Scope, chat: ChatId) -> Result<BoxStream<'static, MessageId>, Fault>;
}
