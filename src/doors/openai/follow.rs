//! One answer, followed for a client of this door: what happens when the client leaves, or loses its rights.

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::runtime::Handle;

use super::Services;
use super::refusal::Refusal;
use docent_auth::Caller;
use docent_chat::{Started, TurnStream};
use docent_domain::chat::{Accepted, TurnEvent};
use docent_domain::{Code, Fault};
use docent_wire::readable::LOST;

/// Frames that a slow reader is behind are joined up to so many bytes.
const JOINED: usize = 16 << 10;

/// Dropped before the end, it stops the answer: nobody else waits for it.
pub(super) struct Followed {
    services: Arc<Services>,
    caller: Caller,
    accepted: Accepted,
    stream: TurnStream,
    /// Ends when the caller may no longer read what it reads.
    revoked: BoxFuture<'static, ()>,
    over: bool,
}

impl Followed {
    pub(super) fn new(services: Services, caller: Caller, started: Started) -> Self {
        let Started { accepted, stream, .. } = started;
        let (auth, reader, chat) = (services.auth.clone(), caller.clone(), accepted.chat);
        let revoked = async move { auth.until_revoked(&reader, chat).await }.boxed();
        Self { services: Arc::new(services), caller, accepted, stream, revoked, over: false }
    }

    pub(super) const fn accepted(&self) -> &Accepted {
        &self.accepted
    }

    /// The next event; `None` after the last. An error is how an answer ends that cannot be shown whole.
    pub(super) async fn next(&mut self) -> Option<Result<TurnEvent, Refusal>> {
        if self.over {
            return None;
        }
        let event = tokio::select! {
            biased;
            () = &mut self.revoked => {
                self.leave();
                return Some(Err(Fault::new(Code::NotFound, LOST).into()));
            }
            event = self.stream.next_joined(JOINED) => event?,
        };
        self.over = event.is_terminal();
        Some(match event {
            TurnEvent::Failed { code, message, .. } => Err(Fault::new(code, message).into()),
            TurnEvent::Interrupted { .. } => Err(Fault::new(
                Code::Interrupted,
                "The server stopped before the answer was complete; what there is of it is kept. Ask again",
            )
            .into()),
            event => Ok(event),
        })
    }

    fn leave(&mut self) {
        if std::mem::replace(&mut self.over, true) {
            return;
        }
        let Ok(runtime) = Handle::try_current() else { return };
        let (services, scope) = (Arc::clone(&self.services), self.caller.scope.clone());
        let (chat, answer) = (self.accepted.chat, self.accepted.answer);
        let stop = async move {
            if let Err(error) = services.direct.engine.cancel(&scope, chat, Some(answer)).await {
                tracing::debug!(chat.id = %chat, %error, "An answer that nobody waits for goes on");
            }
        };
        self.services.direct.tasks.spawn_on(stop, &runtime);
    }
}

impl Drop for Followed {
    fn drop(&mut self) {
        self.leave();
    }
}
