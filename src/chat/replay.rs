//! Turns that are over, or that another node writes: their log out of the database.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::ending::completed;
use super::engine::Inner;
use super::error::ChatError;
use super::log::{Log, TurnStream};
use docent_domain::chat::{Accepted, Message, MessageStatus, TurnEvent};
use docent_domain::{ChatId, Code, DocumentId, MessageId};
use docent_store::{Marked, StoreError, TurnRecord, Tx};

pub(super) fn accepted(chat: ChatId, answer: MessageId, turn: &TurnRecord) -> Accepted {
    Accepted {
        chat,
        answer,
        question: turn.question.unwrap_or(answer),
        content: turn.content.clone(),
        user: turn.user,
        username: turn.username.clone(),
        at: turn.asked_at,
    }
}

/// A reader of a turn as it is stored; if another process still writes it, as it grows there.
pub(super) async fn stream(
    inner: &Arc<Inner>,
    tx: &mut Tx,
    chat: ChatId,
    answer: MessageId,
    after_seq: i64,
) -> Result<Option<TurnStream>, ChatError> {
    if let Some(stream) = inner.mirrors.read((chat, answer), after_seq) {
        forget_deleted(tx, stream.log()).await?;
        return Ok(Some(stream));
    }
    let Some(turn) = tx.turn(chat, answer).await? else { return Ok(None) };
    let log = Log::new(accepted(chat, answer, &turn));
    fill(tx, chat, answer, &log).await?;
    if log.is_over() {
        return Ok(Some(log.read(after_seq)));
    }
    Ok(Some(inner.mirror(chat, answer, log, after_seq)))
}

/// Adds what is in the database and not yet in the log.
pub(super) async fn fill(tx: &mut Tx, chat: ChatId, answer: MessageId, log: &Log) -> Result<(), StoreError> {
    let Some(turn) = tx.turn(chat, answer).await? else {
        log.end(TurnEvent::lost());
        return Ok(());
    };
    // In this order each is at least as new as the one before: marks speak of frames, and of sources.
    let segments = tx.segments(answer, i64::try_from(log.frames()).unwrap_or(i64::MAX)).await?;
    let mut marks = tx.marks(answer, log.marks()).await?;
    let Some(message) = tx.message(chat, answer).await? else {
        log.end(TurnEvent::lost());
        return Ok(());
    };
    if message.sources.iter().any(|source| source.deleted) {
        marks.iter_mut().for_each(Marked::forget_result);
    }
    let over = turn.state != MessageStatus::Streaming;
    // Before the first word, an empty list may also mean that nothing was searched yet.
    let searched = !message.sources.is_empty() || !segments.is_empty() || !marks.is_empty() || over;
    let failed_first = over && message.sources.is_empty() && message.content.is_empty();
    if searched && !failed_first && log.found().is_none() {
        log.sources(message.sources.clone());
    }
    log.extend(&segments, marks, &message.sources);
    if let Some(terminal) = terminal(&turn, message) {
        let ended_with_its_chat =
            matches!(terminal, TurnEvent::Interrupted { .. }) && !tx.chat_is_open(chat).await?;
        log.end(if ended_with_its_chat { TurnEvent::lost() } else { terminal });
    }
    Ok(())
}

/// What was said of documents that were deleted since is not said again.
pub(super) async fn forget_deleted(tx: &mut Tx, log: &Log) -> Result<(), StoreError> {
    let documents: BTreeSet<DocumentId> =
        log.found().unwrap_or_default().into_iter().map(|source| source.document).collect();
    let documents: Vec<DocumentId> = documents.into_iter().collect();
    let deleted = tx.deleted_among(&documents).await?;
    if !deleted.is_empty() {
        log.forget(&deleted);
    }
    Ok(())
}

fn terminal(turn: &TurnRecord, message: Message) -> Option<TurnEvent> {
    let content = message.content;
    Some(match turn.state {
        MessageStatus::Streaming => return None,
        MessageStatus::Completed => {
            let model = message.model.unwrap_or_default();
            let at = message.finished_at.unwrap_or_default();
            TurnEvent::Completed(completed(content, model, message.sources.len(), message.facts, at))
        }
        MessageStatus::Cancelled => TurnEvent::Cancelled { content },
        MessageStatus::Failed => {
            let (code, message) = turn.error.clone().unwrap_or((Code::Internal, String::new()));
            TurnEvent::Failed { code, message, content }
        }
        MessageStatus::Interrupted => TurnEvent::Interrupted { content },
    })
}
