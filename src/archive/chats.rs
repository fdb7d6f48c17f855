//! Chats in an archive: the chat in the first line, a message in each one after it.
//!
//! Messages are counted from 1 in the order of their lines; an answer names its question by that number. A source
//! names its document by the document's number in the archive, and no document where that one was deleted before the
//! export; then nothing of it is told.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::ArchiveError;
use super::text::{parse, without_nul};
use docent_domain::chat::{
    AnswerFacts, Chat, Feedback, FinishReason, Message, MessageStatus, Rating, Speaker, Visibility,
};
use docent_domain::json::LARGEST_INTEGER;
use docent_domain::source::Source;
use docent_domain::{DocumentId, MessageId, Timestamp, names};
use docent_store::{RestoredChat, RestoredMessage};

/// Bytes of a title, a heading, a model's name.
const LABEL: usize = 4 * 1024;
/// Bytes of what was said, and of a remark about it.
const SAID: usize = 1024 * 1024;
/// Passages behind one answer.
const SOURCES: usize = 256;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ChatText {
    title: String,
    visibility: String,
    /// Microseconds since 1970, as all times here.
    created_at: i64,
    updated_at: i64,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MessageText {
    role: String,
    content: String,
    status: String,
    created_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    finished_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    /// The number of the message that this one answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    question: Option<i64>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    summary: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<SourceText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cited: Vec<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prompt_tokens: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    completion_tokens: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    latency_ms: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    finish_reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    feedback: Option<FeedbackText>,
}

#[derive(Debug, Serialize, Deserialize)]
struct SourceText {
    /// The document's number in the archive.
    document: Option<u32>,
    filename: String,
    content: String,
    page: Option<i64>,
    chunk_index: i64,
    start: i64,
    end: i64,
    heading: Option<String>,
    score: f64,
}

#[derive(Debug, Serialize, Deserialize)]
struct FeedbackText {
    rating: String,
    comment: String,
    updated_at: i64,
}

impl ChatText {
    pub(super) fn of(chat: &Chat) -> Self {
        Self {
            title: chat.title.clone(),
            visibility: chat.visibility.name().to_owned(),
            created_at: chat.created_at.micros(),
            updated_at: chat.updated_at.micros(),
        }
    }

    pub(super) fn read(part: &str, line: &[u8], now: Timestamp) -> Result<RestoredChat, ArchiveError> {
        let chat: Self = parse(part, line)?;
        Ok(RestoredChat {
            title: short(part, "title", chat.title, LABEL)?,
            visibility: known(part, "visibility", Visibility::by_name(&chat.visibility))?,
            created_at: past(chat.created_at, now),
            updated_at: past(chat.updated_at, now),
        })
    }
}

impl MessageText {
    /// `None` for an answer that is still being written. `documents` has the numbers of those in the archive,
    /// `messages` those of the chat's messages so far.
    pub(super) fn of(
        message: &Message,
        feedback: Option<&Feedback>,
        documents: &HashMap<DocumentId, u32>,
        messages: &HashMap<MessageId, i64>,
    ) -> Option<Self> {
        if message.status == MessageStatus::Streaming {
            return None;
        }
        let facts = message.facts.clone();
        Some(Self {
            role: message.speaker.name().to_owned(),
            content: message.content.clone(),
            status: message.status.name().to_owned(),
            created_at: message.created_at.micros(),
            finished_at: message.finished_at.map(Timestamp::micros),
            model: message.model.clone(),
            question: message.question.and_then(|id| messages.get(&id).copied()),
            summary: message.summary,
            sources: message.sources.iter().map(|source| SourceText::of(source, documents)).collect(),
            cited: facts.cited,
            prompt_tokens: facts.prompt_tokens,
            completion_tokens: facts.completion_tokens,
            latency_ms: facts.latency_ms,
            finish_reason: facts.finish_reason.map(|reason| reason.name().to_owned()),
            feedback: feedback.map(FeedbackText::of),
        })
    }

    /// The `number`-th message of its chat. `document` tells which one a number of the archive has become.
    pub(super) fn read(
        part: &str,
        line: &[u8],
        number: i64,
        document: &dyn Fn(u32) -> Option<DocumentId>,
        now: Timestamp,
    ) -> Result<RestoredMessage, ArchiveError> {
        let message: Self = parse(part, line)?;
        let part = &format!("{part}, message {number}");
        let status = known(part, "status", MessageStatus::by_name(&message.status))?;
        if status == MessageStatus::Streaming {
            return Err(ArchiveError::content(part, "an answer that is not finished"));
        }
        if message.question.is_some_and(|question| question < 1 || question >= number) {
            return Err(ArchiveError::content(part, "it answers a message that does not stand before it"));
        }
        if message.sources.len() > SOURCES {
            return Err(ArchiveError::Limit(format!("{} sources in `{part}`", message.sources.len())));
        }
        let count = i64::try_from(message.sources.len()).unwrap_or(0);
        if message.cited.len() > SOURCES || message.cited.iter().any(|cited| !(1..=count).contains(cited)) {
            return Err(ArchiveError::content(part, "it cites a source that it does not have"));
        }
        let sources = message.sources.into_iter().map(|source| source.read(part, document));
        Ok(RestoredMessage {
            speaker: known(part, "role", Speaker::by_name(&message.role))?,
            content: short(part, "content", message.content, SAID)?,
            status,
            model: message.model.map(|model| short(part, "model", model, LABEL)).transpose()?,
            sources: sources.collect::<Result<_, _>>()?,
            facts: AnswerFacts {
                cited: message.cited,
                prompt_tokens: message.prompt_tokens.filter(is_count),
                completion_tokens: message.completion_tokens.filter(is_count),
                latency_ms: message.latency_ms.filter(is_count),
                finish_reason: message.finish_reason.as_deref().and_then(FinishReason::by_name),
                failure: None,
                doubts: Vec::new(),
            },
            question: message.question,
            summary: message.summary,
            created_at: past(message.created_at, now),
            finished_at: message.finished_at.map(|at| past(at, now)),
            feedback: message.feedback.map(|feedback| feedback.read(part, now)).transpose()?,
        })
    }
}

impl SourceText {
    fn of(source: &Source, documents: &HashMap<DocumentId, u32>) -> Self {
        let document = documents.get(&source.document).copied();
        let told = |text: &str| if document.is_some() { text.to_owned() } else { String::new() };
        Self {
            document,
            filename: told(&source.filename),
            content: told(&source.content),
            page: source.page,
            chunk_index: source.chunk_index,
            start: source.start,
            end: source.end,
            heading: source.heading.as_deref().filter(|_| document.is_some()).map(str::to_owned),
            score: source.score,
        }
    }

    fn read(self, part: &str, document: &dyn Fn(u32) -> Option<DocumentId>) -> Result<Source, ArchiveError> {
        let unknown =
            |number| ArchiveError::content(part, format!("document {number} is not in the archive"));
        let document = match self.document {
            Some(number) => document(number).ok_or_else(|| unknown(number))?,
            // No document has this number.
            None => DocumentId::new(0),
        };
        let numbers = [self.chunk_index, self.start, self.end];
        if !numbers.iter().all(is_count)
            || self.page.is_some_and(|page| !(1..=LARGEST_INTEGER).contains(&page))
        {
            return Err(ArchiveError::content(part, "a source stands nowhere in its document"));
        }
        Ok(Source {
            // Until it is read again, its document has this generation and no other.
            id: format!("{document}:1:{}", self.chunk_index),
            content: short(part, "content", self.content, SAID)?,
            document,
            filename: names::filename(&self.filename).unwrap_or_default(),
            generation: 1,
            page: self.page,
            chunk_index: self.chunk_index,
            start: self.start,
            end: self.end,
            heading: self.heading.map(|heading| short(part, "heading", heading, LABEL)).transpose()?,
            score: if self.score.is_finite() { self.score.clamp(0.0, 1.0) } else { 0.0 },
            partial: false,
            deleted: false,
        })
    }
}

impl FeedbackText {
    fn of(feedback: &Feedback) -> Self {
        Self {
            rating: feedback.rating.name().to_owned(),
            comment: feedback.comment.clone(),
            updated_at: feedback.updated_at.micros(),
        }
    }

    fn read(self, part: &str, now: Timestamp) -> Result<Feedback, ArchiveError> {
        Ok(Feedback {
            rating: known(part, "rating", Rating::by_name(&self.rating))?,
            comment: short(part, "comment", self.comment, SAID)?,
            updated_at: past(self.updated_at, now),
        })
    }
}

fn known<T>(part: &str, field: &str, found: Option<T>) -> Result<T, ArchiveError> {
    found.ok_or_else(|| ArchiveError::content(part, format!("`{field}` is no word that it can have")))
}

fn short(part: &str, field: &str, text: String, most: usize) -> Result<String, ArchiveError> {
    if text.len() > most {
        return Err(ArchiveError::Limit(format!("`{field}` of `{part}` has more than {most} bytes")));
    }
    Ok(without_nul(text))
}

fn is_count(number: &i64) -> bool {
    (0..=LARGEST_INTEGER).contains(number)
}

/// What was said is not said later than now.
fn past(micros: i64, now: Timestamp) -> Timestamp {
    Timestamp::from_micros(micros.clamp(0, now.micros().max(0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn answer() -> Value {
        json!({
            "role": "assistant", "content": "Voles [1].", "status": "completed", "created_at": 5, "question": 1,
            "sources": [{"document": 3, "filename": "../a.txt", "content": "They eat voles.", "page": 2,
                         "chunk_index": 4, "start": 10, "end": 25, "heading": null, "score": 7.5}],
            "cited": [1],
        })
    }

    fn check(message: &Value) -> String {
        let known = |number| (number == 3).then(|| DocumentId::new(71));
        let now = Timestamp::from_micros(100);
        match MessageText::read("chats/1.jsonl", message.to_string().as_bytes(), 2, &known, now) {
            Ok(message) => format!("{} {}", message.content, message.sources.len()),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn citations_lead_to_the_documents_of_the_import() {
        let known = |number| (number == 3).then(|| DocumentId::new(71));
        let line = answer().to_string();
        let read = MessageText::read("c", line.as_bytes(), 2, &known, Timestamp::from_micros(3)).unwrap();
        let source = &read.sources[0];
        assert_eq!((source.id.as_str(), source.document.get(), source.generation), ("71:1:4", 71, 1));
        assert_eq!((source.filename.as_str(), source.score), ("a.txt", 1.0));
        assert_eq!(read.created_at.micros(), 3, "not in the future");
    }

    #[test]
    fn what_leads_out_of_the_archive_is_refused() {
        assert_eq!(check(&answer()), "Voles [1]. 1");
        let with = |field: &str, value: Value| {
            let mut message = answer();
            message[field] = value;
            check(&message)
        };
        let mut foreign = answer();
        foreign["sources"][0]["document"] = json!(4);
        insta::assert_snapshot!(check(&foreign), @"`chats/1.jsonl, message 2`: document 4 is not in the archive");
        insta::assert_snapshot!(with("cited", json!([2])), @"`chats/1.jsonl, message 2`: it cites a source that it does not have");
        insta::assert_snapshot!(with("question", json!(2)), @"`chats/1.jsonl, message 2`: it answers a message that does not stand before it");
        insta::assert_snapshot!(with("status", json!("streaming")), @"`chats/1.jsonl, message 2`: an answer that is not finished");
        insta::assert_snapshot!(with("role", json!("owner")), @"`chats/1.jsonl, message 2`: `role` is no word that it can have");
        assert!(with("content", json!("x".repeat(SAID + 1))).contains("limits"));
        let mut nowhere = answer();
        nowhere["sources"][0]["start"] = json!(-1);
        insta::assert_snapshot!(check(&nowhere), @"`chats/1.jsonl, message 2`: a source stands nowhere in its document");
    }

    #[test]
    fn a_deleted_document_leaves_nothing_in_an_export() {
        let source = Source {
            id: "9:1:0".into(),
            content: "Secret".into(),
            document: DocumentId::new(9),
            filename: "secret.txt".into(),
            generation: 1,
            page: None,
            chunk_index: 0,
            start: 0,
            end: 6,
            heading: Some("Secrets".into()),
            score: 0.5,
            partial: false,
            deleted: false,
        };
        let text = serde_json::to_string(&SourceText::of(&source, &HashMap::new())).unwrap();
        assert!(!text.to_lowercase().contains("secret"), "{text}");
    }
}
