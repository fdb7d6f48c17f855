//! A question and its answer as they are stored, for doors that tell both at once.

use serde_json::{Map, Value};

use super::engine::Engine;
use super::error::ChatError;
use super::question::Options;
use docent_domain::chat::Message;
use docent_domain::{ChatId, MessageId, Scope};

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// Names the turn in logs: a UUID.
    pub task: String,
    pub question: Message,
    /// The client's own, as it came with the question.
    pub metadata: Map<String, Value>,
    pub answer: Message,
    /// How many questions there were in the chat, this one included.
    pub questions: i64,
}

impl Engine {
    /// What is stored of a turn.
    pub async fn exchange(
        &self,
        scope: &Scope,
        chat: ChatId,
        answer: MessageId,
    ) -> Result<Exchange, ChatError> {
        const MISSING: ChatError = ChatError::NotFound("answer");
        let mut tx = self.inner.parts.store.read().await?;
        self.readable(&mut tx, scope, chat).await?;
        let turn = tx.turn(chat, answer).await?.ok_or(MISSING)?;
        let question = tx.message(chat, turn.question.ok_or(MISSING)?).await?.ok_or(MISSING)?;
        let answer = tx.message(chat, answer).await?.ok_or(MISSING)?;
        let questions = tx.count_questions_to(chat, question.id).await?;
        let options: Options = serde_json::from_str(&turn.options).unwrap_or_default();
        let metadata = options.metadata.unwrap_or_default();
        Ok(Exchange { task: turn.task, question, metadata, answer, questions })
    }
}
