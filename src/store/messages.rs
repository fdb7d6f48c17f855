//! What was said in a chat.

use serde::{Deserialize, Serialize};

use super::error::{StoreError, word};
use super::marks::DoubtText;
use super::side::{Names, Side};
use super::statement::{execute, fetch_all, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use super::{Listed, Window};
use docent_domain::chat::{AnswerFacts, Failure, FinishReason, Message, MessageStatus, Speaker};
use docent_domain::source::Source;
use docent_domain::{ChatId, Code, MessageId, Timestamp, UserId};

macro_rules! columns {
    () => {
        "SELECT id, chat_id, role, content, status, author_id, model, sources, metadata, question_id, current,
                summary, created_at, finished_at
         FROM messages "
    };
}

statements! {
    INSERT_MESSAGE = "
        INSERT INTO messages (chat_id, role, content, status, author_id, model, sources, metadata, question_id,
                              current, summary, created_at, finished_at)
        VALUES ($1, $2, $3, $4, $5, $6, '[]', '{}', $7, TRUE, $8, $9, $10)
        RETURNING id";
    MESSAGE = concat!(columns!(), "WHERE chat_id = $1 AND id = $2");
    MESSAGES = concat!(columns!(), "WHERE chat_id = $1 AND current ORDER BY id LIMIT $2 OFFSET $3");
    COUNT_MESSAGES = "SELECT COUNT(*) FROM messages WHERE chat_id = $1 AND current";
    SAID_BEFORE = "
        SELECT role, content FROM messages
        WHERE chat_id = $1 AND id < $2 AND current AND NOT summary AND content <> ''
          AND status IN ('completed', 'cancelled')
        ORDER BY id DESC LIMIT $3";
    LATEST_SUMMARY = "
        SELECT content FROM messages
        WHERE chat_id = $1 AND id < $2 AND current AND summary AND status = 'completed'
        ORDER BY id DESC LIMIT 1";
    COUNT_QUESTIONS = "SELECT COUNT(*) FROM messages WHERE chat_id = $1 AND role = 'user'";
    COUNT_QUESTIONS_TO = "SELECT COUNT(*) FROM messages WHERE chat_id = $1 AND role = 'user' AND id <= $2";
    LAST_SUMMARY = "SELECT COALESCE(MAX(id), 0) FROM messages WHERE chat_id = $1 AND summary AND status = 'completed'";
    REPLACE_ANSWERS = "UPDATE messages SET current = FALSE WHERE chat_id = $1 AND question_id = $2";
    FINISH_MESSAGE = "
        UPDATE messages SET content = $2, status = $3, model = $4, metadata = $5, finished_at = $6 WHERE id = $1";
}

#[derive(sqlx::FromRow)]
struct MessageRow {
    id: i64,
    chat_id: i64,
    role: String,
    content: String,
    status: String,
    author_id: Option<i64>,
    model: Option<String>,
    sources: String,
    metadata: String,
    question_id: Option<i64>,
    current: bool,
    summary: bool,
    created_at: i64,
    finished_at: Option<i64>,
}

pub struct NewMessage<'a> {
    pub chat: ChatId,
    pub speaker: Speaker,
    pub content: &'a str,
    pub status: MessageStatus,
    pub author: Option<UserId>,
    pub model: Option<&'a str>,
    pub question: Option<MessageId>,
    pub summary: bool,
    pub created_at: Timestamp,
}

/// How an answer ended.
pub struct FinishedMessage<'a> {
    pub id: MessageId,
    pub content: &'a str,
    pub status: MessageStatus,
    pub model: Option<&'a str>,
    pub facts: &'a AnswerFacts,
    pub finished_at: Timestamp,
}

/// Messages are reached through their chat: ask [`Tx::chat`] first, whether the caller may read it.
impl<S: Side> Tx<S> {
    pub async fn message(
        &mut self,
        chat: S::Named<ChatId>,
        id: MessageId,
    ) -> Result<Option<Message>, StoreError> {
        let row = fetch_optional!(self, MessageRow, MESSAGE, chat.id().get(), id.get())?;
        let Some(mut message) = row.map(MessageRow::message).transpose()? else { return Ok(None) };
        self.forget_deleted(std::slice::from_mut(&mut message)).await?;
        Ok(Some(message))
    }

    /// In the order in which they were said; replaced answers are left out.
    pub async fn messages(
        &mut self,
        chat: S::Named<ChatId>,
        window: Window,
    ) -> Result<Listed<Message>, StoreError> {
        let chat = chat.id();
        let rows = fetch_all!(self, MessageRow, MESSAGES, chat.get(), window.limit, window.skip)?;
        let (total,) = fetch_one!(self, (i64,), COUNT_MESSAGES, chat.get())?;
        let mut items = rows.into_iter().map(MessageRow::message).collect::<Result<Vec<_>, _>>()?;
        self.forget_deleted(&mut items).await?;
        Ok(Listed { items, total })
    }

    /// How many questions there were in a chat up to this message, itself included.
    pub async fn count_questions_to(
        &mut self,
        chat: S::Named<ChatId>,
        message: MessageId,
    ) -> Result<i64, StoreError> {
        Ok(fetch_one!(self, (i64,), COUNT_QUESTIONS_TO, chat.id().get(), message.get())?.0)
    }
}

impl Tx {
    pub async fn insert_message(&mut self, new: &NewMessage<'_>) -> Result<MessageId, StoreError> {
        let finished = (new.status != MessageStatus::Streaming).then_some(new.created_at.micros());
        let (id,) = fetch_one!(
            self,
            (i64,),
            INSERT_MESSAGE,
            new.chat.get(),
            new.speaker.name(),
            new.content,
            new.status.name(),
            new.author.map(UserId::get),
            new.model,
            new.question.map(MessageId::get),
            new.summary,
            new.created_at.micros(),
            finished,
        )?;
        Ok(id.into())
    }

    /// The last `most` things said before a message, the oldest first: what a model is reminded of.
    pub async fn said_before(
        &mut self,
        chat: ChatId,
        message: MessageId,
        most: i64,
    ) -> Result<Vec<(Speaker, String)>, StoreError> {
        let rows = fetch_all!(self, (String, String), SAID_BEFORE, chat.get(), message.get(), most)?;
        let said = |(role, content): (String, String)| {
            Ok((word(Speaker::by_name(&role), &role, "a speaker")?, content))
        };
        rows.into_iter().rev().map(said).collect()
    }

    /// The summary that stands in for what was said longer ago.
    pub async fn latest_summary(
        &mut self,
        chat: ChatId,
        before: MessageId,
    ) -> Result<Option<String>, StoreError> {
        let row = fetch_optional!(self, (String,), LATEST_SUMMARY, chat.get(), before.get())?;
        Ok(row.map(|(content,)| content))
    }

    pub async fn count_questions(&mut self, chat: ChatId) -> Result<i64, StoreError> {
        Ok(fetch_one!(self, (i64,), COUNT_QUESTIONS, chat.get())?.0)
    }

    /// How many questions there were when the talk was last summed up; 0 if it never was.
    pub async fn count_summed_up(&mut self, chat: ChatId) -> Result<i64, StoreError> {
        let (last,) = fetch_one!(self, (i64,), LAST_SUMMARY, chat.get())?;
        self.count_questions_to(chat, last.into()).await
    }

    /// The answers so far give way to one that is about to be written.
    pub async fn replace_answers(&mut self, chat: ChatId, question: MessageId) -> Result<(), StoreError> {
        execute!(self, REPLACE_ANSWERS, chat.get(), question.get())?;
        Ok(())
    }

    pub async fn finish_message(&mut self, finished: &FinishedMessage<'_>) -> Result<(), StoreError> {
        execute!(
            self,
            FINISH_MESSAGE,
            finished.id.get(),
            finished.content,
            finished.status.name(),
            finished.model,
            facts_text(finished.facts),
            finished.finished_at.micros(),
        )?;
        Ok(())
    }
}

impl MessageRow {
    fn message(self) -> Result<Message, StoreError> {
        Ok(Message {
            id: self.id.into(),
            chat: self.chat_id.into(),
            speaker: word(Speaker::by_name(&self.role), &self.role, "a speaker")?,
            content: self.content,
            status: word(MessageStatus::by_name(&self.status), &self.status, "a message's status")?,
            author: self.author_id.map(UserId::from),
            model: self.model,
            sources: sources_of(self.sources)?,
            facts: facts_of(self.metadata)?,
            question: self.question_id.map(MessageId::from),
            current: self.current,
            summary: self.summary,
            created_at: self.created_at.into(),
            finished_at: self.finished_at.map(Timestamp::from),
        })
    }
}

/// A source as the database keeps it, so that answers stay readable when documents change.
#[derive(Serialize, Deserialize)]
struct SourceText {
    id: String,
    content: String,
    document: i64,
    filename: String,
    generation: i64,
    page: Option<i64>,
    chunk_index: i64,
    start: i64,
    end: i64,
    heading: Option<String>,
    score: f64,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    partial: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    deleted: bool,
}

pub(super) fn sources_text(sources: &[Source]) -> String {
    let list: Vec<SourceText> = sources
        .iter()
        .map(|source| SourceText {
            id: source.id.clone(),
            content: source.content.clone(),
            document: source.document.get(),
            filename: source.filename.clone(),
            generation: source.generation,
            page: source.page,
            chunk_index: source.chunk_index,
            start: source.start,
            end: source.end,
            heading: source.heading.clone(),
            score: source.score,
            partial: source.partial,
            deleted: source.deleted,
        })
        .collect();
    serde_json::to_string(&list).unwrap_or_else(|_| "[]".to_owned())
}

pub(super) fn sources_of(text: String) -> Result<Vec<Source>, StoreError> {
    let list: Vec<SourceText> = serde_json::from_str(&text)
        .map_err(|_| StoreError::Unreadable { value: text, expected: "a list of sources" })?;
    let source = |stored: SourceText| Source {
        id: stored.id,
        content: stored.content,
        document: stored.document.into(),
        filename: stored.filename,
        generation: stored.generation,
        page: stored.page,
        chunk_index: stored.chunk_index,
        start: stored.start,
        end: stored.end,
        heading: stored.heading,
        score: stored.score,
        partial: stored.partial,
        deleted: stored.deleted,
    };
    Ok(list.into_iter().map(source).collect())
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct FactsText {
    cited: Vec<i64>,
    prompt_tokens: Option<i64>,
    completion_tokens: Option<i64>,
    latency_ms: Option<i64>,
    finish_reason: Option<String>,
    /// Code and message.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<(String, String)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    doubts: Vec<DoubtText>,
}

pub(super) fn facts_text(facts: &AnswerFacts) -> String {
    let text = FactsText {
        cited: facts.cited.clone(),
        prompt_tokens: facts.prompt_tokens,
        completion_tokens: facts.completion_tokens,
        latency_ms: facts.latency_ms,
        finish_reason: facts.finish_reason.map(|reason| reason.name().to_owned()),
        failure: facts.failure.as_ref().map(|it| (it.code.name().to_owned(), it.message.clone())),
        doubts: facts.doubts.iter().map(DoubtText::from).collect(),
    };
    serde_json::to_string(&text).unwrap_or_else(|_| "{}".to_owned())
}

fn facts_of(text: String) -> Result<AnswerFacts, StoreError> {
    let stored: FactsText = serde_json::from_str(&text)
        .map_err(|_| StoreError::Unreadable { value: text, expected: "facts about an answer" })?;
    Ok(AnswerFacts {
        cited: stored.cited,
        prompt_tokens: stored.prompt_tokens,
        completion_tokens: stored.completion_tokens,
        latency_ms: stored.latency_ms,
        finish_reason: stored.finish_reason.as_deref().and_then(FinishReason::by_name),
        failure: stored
            .failure
            .map(|(code, message)| Failure { code: Code::by_name(&code).unwrap_or(Code::Internal), message }),
        doubts: stored.doubts.into_iter().filter_map(DoubtText::read).collect(),
    })
}
