//! Long talks: after every so many questions a summary follows the answer, as a message of its own.

use tokio::sync::OwnedMutexGuard;

use super::engine::Engine;
use super::error::ChatError;
use docent_domain::chat::{Accepted, TurnEvent};
use docent_domain::{ChatId, MessageId, Scope};

impl Engine {
    /// Waits for the end of a turn, and sums the talk up if it is time to. Whoever waits in the chat's queue waits
    /// for that, too: `place` is given up afterwards.
    pub(super) async fn sum_up_after(
        &self,
        scope: &Scope,
        turn: &Accepted,
        place: OwnedMutexGuard<()>,
    ) -> Result<(), ChatError> {
        let mut stream = self.follow(scope, turn.chat, turn.answer, i64::MAX).await?;
        let (engine, scope, chat, question) = (self.clone(), scope.clone(), turn.chat, turn.question);
        self.inner.parts.tasks.spawn(async move {
            let mut answered = false;
            while let Some(event) = stream.next().await {
                answered = matches!(event, TurnEvent::Completed(_));
            }
            if answered {
                tokio::select! {
                    () = engine.inner.closing.cancelled() => {}
                    summed = engine.sum_up_if_due(&scope, chat, question) => {
                        if let Err(error) = summed {
                            tracing::warn!(%error, chat.id = %chat, "A session could not be summed up");
                        }
                    }
                }
            }
            drop(place);
        });
        Ok(())
    }

    /// One that failed is made up for after the next answer.
    async fn sum_up_if_due(&self, scope: &Scope, chat: ChatId, question: MessageId) -> Result<(), ChatError> {
        let parts = &self.inner.parts;
        let every = parts.settings.summary_after;
        let mut tx = parts.store.read().await?;
        let asked = tx.count_questions_to(chat, question).await?;
        let summed_up = tx.count_summed_up(chat).await?;
        drop(tx);
        if asked / every > summed_up / every {
            self.summarise(scope, chat).await?;
        }
        Ok(())
    }
}
