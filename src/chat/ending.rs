//! The end of a turn: stored first, then told, and told once.

use std::any::Any;
use std::time::Duration;

use super::engine::Inner;
use super::live::Live;
use super::turn::Plan;
use docent_domain::chat::{AnswerFacts, Completed, Failure, FinishReason, MessageStatus, TurnEvent};
use docent_domain::{ChatId, Code, Fault, Timestamp};
use docent_store::{FinishedMessage, FinishedTurn, StoreError};
use docent_telemetry::{self as telemetry, Surface};

/// Pauses between attempts to store an end, while the database is away.
const PAUSES: &[u64] = &[50, 200, 500, 1_000, 2_000, 2_000, 5_000, 5_000, 5_000];

/// How a turn ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ending {
    Completed {
        model: String,
        facts: AnswerFacts,
    },
    Failed {
        code: Code,
        message: String,
    },
    Cancelled,
    Interrupted,
    /// The chat was deleted meanwhile.
    Gone,
}

impl Ending {
    /// Logged here: nobody above sees more of it than its code and advice.
    pub(super) fn failed(fault: &Fault) -> Self {
        telemetry::error(Surface::Turn, fault.code());
        tracing::warn!(error = %fault.chain(), "A turn failed");
        Self::Failed { code: fault.code(), message: fault.public_detail().to_owned() }
    }

    pub(super) fn panicked(panic: &(dyn Any + Send)) -> Self {
        let said = panic.downcast_ref::<&str>().copied().map(str::to_owned);
        let said = said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        telemetry::error(Surface::Turn, Code::Internal);
        tracing::error!(panic = said, "A turn panicked");
        Self::Failed { code: Code::Internal, message: Code::Internal.title().to_owned() }
    }

    const fn status(&self) -> MessageStatus {
        match self {
            Self::Completed { .. } => MessageStatus::Completed,
            Self::Failed { .. } => MessageStatus::Failed,
            Self::Cancelled => MessageStatus::Cancelled,
            Self::Interrupted | Self::Gone => MessageStatus::Interrupted,
        }
    }
}

impl Inner {
    /// Stores the end and tells it to the readers.
    pub(super) async fn end(&self, live: &Live, plan: &Plan, mut ending: Ending) {
        let latency_ms = i64::try_from(plan.begun.elapsed().as_millis()).unwrap_or(i64::MAX);
        if let Ending::Completed { facts, .. } = &mut ending {
            facts.latency_ms = Some(latency_ms);
        }
        let content = live.log.text();
        let at = self.parts.clock.now();
        match self.store_end(live, &ending, &content, at).await {
            Ok(true) => {}
            // Whoever ended it called it interrupted, and so do we.
            Ok(false) => ending = Ending::Interrupted,
            Err(error) => {
                // The sweep will end it in the database, as interrupted.
                tracing::error!(%error, answer.id = %live.answer, "The end of an answer could not be stored");
                ending = Ending::Failed {
                    code: Code::StorageUnavailable,
                    message: "The answer could not be stored; ask again".to_owned(),
                };
            }
        }
        if ending == Ending::Interrupted && self.is_gone(live.chat).await {
            ending = Ending::Gone;
        }
        tracing::info!(
            task_id = plan.task,
            user_id = %plan.user,
            chat.id = %live.chat,
            answer.id = %live.answer,
            message_length = plan.content.chars().count(),
            processing_time_ms = latency_ms,
            status = ending.status().name(),
            "Turn ended"
        );
        telemetry::turn_ended(ending.status(), plan.begun.elapsed());
        live.log.end(terminal(ending, content, live, at));
        self.leave(live.answer);
    }

    /// Whether nobody may read the chat any more. An answer ends with its chat, and that is not for its readers to find out.
    async fn is_gone(&self, chat: ChatId) -> bool {
        let open = async { self.parts.store.read().await?.chat_is_open(chat).await };
        // Where the database is away, the turn is interrupted and no more is known.
        !open.await.unwrap_or(true)
    }

    /// False if the turn is not ours any more.
    async fn store_end(
        &self,
        live: &Live,
        ending: &Ending,
        content: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut pauses = PAUSES.iter();
        let mut again = false;
        loop {
            match self.try_store_end(live, ending, content, at).await {
                Err(error) => match pauses.next() {
                    Some(pause) => tokio::time::sleep(Duration::from_millis(*pause)).await,
                    None => return Err(error),
                },
                // The answer to the first try may have been lost on its way, and not the try.
                Ok(false) if again => return self.is_stored(live, ending, content).await,
                stored => return stored,
            }
            again = true;
        }
    }

    async fn is_stored(&self, live: &Live, ending: &Ending, content: &str) -> Result<bool, StoreError> {
        let message = self.parts.store.read().await?.message(live.chat, live.answer).await?;
        Ok(message.is_some_and(|message| message.status == ending.status() && message.content == content))
    }

    async fn try_store_end(
        &self,
        live: &Live,
        ending: &Ending,
        content: &str,
        finished_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut saved = live.saved.lock().await;
        let mut tx = self.parts.store.begin().await?;
        let (model, mut facts) = match ending {
            Ending::Completed { model, facts } => (Some(model.as_str()), facts.clone()),
            _ => (None, AnswerFacts::default()),
        };
        if let Ending::Failed { code, message } = ending {
            facts.failure = Some(Failure { code: *code, message: message.clone() });
            facts.doubts = live.log.doubts();
        }
        let error = match ending {
            Ending::Failed { code, message } => Some((*code, message.as_str())),
            _ => None,
        };
        let state = ending.status();
        let turn = FinishedTurn { answer: live.answer, node: &self.parts.node, state, error, finished_at };
        if !tx.finish_turn(&turn).await? {
            return Ok(false);
        }
        if let Some(segment) = live.log.segment(saved.frames) {
            tx.insert_segment(live.answer, &segment, finished_at).await?;
        }
        let marks = live.log.marks_from(saved.marks);
        tx.insert_marks(live.answer, saved.marks, &marks, finished_at).await?;
        let sources = self.save_sources(&mut tx, live, saved.sources).await?;
        let message =
            FinishedMessage { id: live.answer, content, status: state, model, facts: &facts, finished_at };
        tx.finish_message(&message).await?;
        tx.commit().await?;
        saved.frames = live.log.frames();
        saved.marks += marks.len();
        saved.sources = sources;
        Ok(true)
    }
}

fn terminal(ending: Ending, content: String, live: &Live, at: Timestamp) -> TurnEvent {
    match ending {
        Ending::Completed { model, facts } => {
            let sources = live.log.found_count().unwrap_or(0);
            TurnEvent::Completed(completed(content, model, sources, facts, at))
        }
        Ending::Failed { code, message } => TurnEvent::Failed { code, message, content },
        Ending::Cancelled => TurnEvent::Cancelled { content },
        Ending::Interrupted => TurnEvent::Interrupted { content },
        Ending::Gone => TurnEvent::lost(),
    }
}

/// A whole answer, live or out of the database.
pub(super) fn completed(
    content: String,
    model: String,
    sources: usize,
    facts: AnswerFacts,
    at: Timestamp,
) -> Completed {
    Completed {
        content,
        model,
        sources_count: i64::try_from(sources).unwrap_or(i64::MAX),
        cited: facts.cited,
        prompt_tokens: facts.prompt_tokens,
        completion_tokens: facts.completion_tokens,
        latency_ms: facts.latency_ms.unwrap_or_default(),
        finish_reason: facts.finish_reason.unwrap_or(FinishReason::Stop),
        doubts: facts.doubts,
        at,
    }
}
