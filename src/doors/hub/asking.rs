//! What the doors share whose clients do not expect to be refused while an answer is being written, and which tell
//! an answer at once, with what is stored of it.

use std::sync::{Arc, OnceLock};

use futures_util::StreamExt;

use super::Hub;
use super::connection::Connection;
use super::forwarder::{Follow, Reason, Translate};
use super::place::Words;
use crate::turns::{Begun, Turn};
use docent_chat::{Exchange, NewQuestion};
use docent_domain::chat::TurnEvent;
use docent_domain::{ChatId, Fault, MessageId, Scope};

/// What is stored of a turn; there once its end is handed on.
pub(crate) type Told = Arc<OnceLock<Exchange>>;

impl Hub {
    /// Puts a question into its chat's queue, and says what came of it when its turn has begun. Nobody has to stay
    /// for that: the answer is stored in any case.
    pub(crate) async fn ask(
        &self,
        scope: &Scope,
        question: NewQuestion,
        begun: impl FnOnce(Result<Begun, Fault>) + Send + 'static,
    ) -> Result<(), Fault> {
        let queued = self.turns.queue(scope, question).await?;
        self.tasks.spawn(async move { begun(queued.await) });
        Ok(())
    }

    /// Delivers a turn that a question from this connection has begun. The chat's room may have done so already.
    pub(crate) fn follow_begun(
        self: &Arc<Self>,
        connection: &Arc<Connection>,
        begun: Begun,
        words: Words,
        translate: impl FnOnce(MessageId, Turn) -> (Box<dyn Translate>, Turn),
    ) {
        let Begun { accepted, repeated, turn } = begun;
        let reason = if repeated { Reason::Again } else { Reason::Question };
        let (translate, turn) = translate(accepted.answer, turn);
        let follow = Follow::new(accepted.chat, accepted.answer, words, reason);
        self.follow_own(connection, &follow, turn, translate);
    }

    /// The turn as it is, with what is stored of it read just before its end.
    pub(crate) fn with_exchange(
        self: &Arc<Self>,
        scope: &Scope,
        chat: ChatId,
        answer: MessageId,
        turn: Turn,
    ) -> (Turn, Told) {
        let told = Told::default();
        let (hub, scope, filled) = (self.clone(), scope.clone(), told.clone());
        let turn = turn.then(move |event| {
            let (hub, scope, filled) = (hub.clone(), scope.clone(), filled.clone());
            async move {
                if matches!(event, TurnEvent::Completed(_) | TurnEvent::Cancelled { .. }) {
                    match hub.turns.exchange(&scope, chat, answer).await {
                        // It is set once: a turn has one end.
                        Ok(exchange) => drop(filled.set(exchange)),
                        Err(fault) => {
                            tracing::warn!(answer.id = %answer, error = %fault.chain(), "An answer cannot be read");
                        }
                    }
                }
                event
            }
        });
        (turn.boxed(), told)
    }
}
