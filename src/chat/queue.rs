//! Questions that wait for their chat to be free, for doors whose clients do not expect to be refused.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

use futures_util::future::{BoxFuture, FutureExt};
use futures_util::poll;
use tokio::sync::OwnedMutexGuard;
use tracing::{Instrument, Span};

use super::engine::Engine;
use super::error::ChatError;
use super::question::{NewQuestion, Started};
use docent_domain::{ChatId, Scope};

/// Questions that may wait in one chat.
const LONGEST_QUEUE: usize = 16;

/// One for each chat that somebody waits in.
#[derive(Debug, Default)]
pub(super) struct Queues(Mutex<HashMap<ChatId, Arc<Queue>>>);

/// Everybody in it holds the queue itself; whose turn it is holds the lock, which is fair, perhaps for longer.
#[derive(Debug, Default)]
struct Queue {
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl Queues {
    /// A place in the chat's queue, if there is one left.
    fn place(&self, chat: ChatId) -> Option<Arc<Queue>> {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        queues.retain(|_, queue| Arc::strong_count(queue) > 1 || Arc::strong_count(&queue.turn) > 1);
        let queue = queues.entry(chat).or_default();
        // The map holds one, everybody in the queue another.
        (Arc::strong_count(queue) <= LONGEST_QUEUE).then(|| Arc::clone(queue))
    }
}

impl Engine {
    /// Takes a place in the chat's queue: first come, first served. [`ChatError::Busy`] only when too many wait
    /// already. Whoever is dropped before [`InLine::start`] has left the queue.
    pub async fn line_up(&self, scope: &Scope, question: NewQuestion) -> Result<InLine, ChatError> {
        let question = question.checked(&self.inner.parts.settings.caps)?;
        let Some(queue) = self.inner.queues.place(question.chat) else {
            // Not even that much is told to others.
            self.readable(&mut self.inner.parts.store.read().await?, scope, question.chat).await?;
            return Err(ChatError::Busy);
        };
        let mut waiting = Arc::clone(&queue.turn).lock_owned().boxed();
        // In line at once, so that order is that of arrival; those who may not read the chat leave again.
        let place = match poll!(&mut waiting) {
            Poll::Ready(first) => Place::First(first),
            Poll::Pending => Place::Behind(waiting),
        };
        let mut tx = self.inner.parts.store.read().await?;
        self.readable(&mut tx, scope, question.chat).await?;
        let span = Span::current();
        Ok(InLine { engine: self.clone(), scope: scope.clone(), question, span, _queue: queue, place })
    }

    /// Like [`Engine::start`], but a chat that is busy is waited for.
    pub async fn start_when_free(&self, scope: &Scope, question: NewQuestion) -> Result<Started, ChatError> {
        self.line_up(scope, question).await?.start().await
    }

    /// Waits for the end of the answer that is being written.
    async fn free(&self, scope: &Scope, chat: ChatId) -> Result<(), ChatError> {
        if let Some(running) = self.streaming(scope, chat).await? {
            let mut stream = self.follow(scope, chat, running, i64::MAX).await?;
            while stream.next().await.is_some() {}
        }
        Ok(())
    }
}

/// A question in its chat's queue.
pub struct InLine {
    engine: Engine,
    scope: Scope,
    question: NewQuestion,
    /// Of whoever asked.
    span: Span,
    _queue: Arc<Queue>,
    place: Place,
}

enum Place {
    First(OwnedMutexGuard<()>),
    Behind(BoxFuture<'static, OwnedMutexGuard<()>>),
}

impl InLine {
    /// Waits until the chat is free, then begins the turn.
    pub async fn start(self) -> Result<Started, ChatError> {
        let span = self.span.clone();
        self.wait_and_start().instrument(span).await
    }

    async fn wait_and_start(self) -> Result<Started, ChatError> {
        let Self { engine, scope, question, span: _, _queue, place } = self;
        let turn = match place {
            Place::First(turn) => turn,
            Place::Behind(waiting) => waiting.await,
        };
        let started = loop {
            match engine.start(&scope, question.clone()).await {
                Err(ChatError::Busy) => engine.free(&scope, question.chat).await?,
                started => break started?,
            }
        };
        if question.options.sum_up && !started.repeated {
            engine.sum_up_after(&scope, &started.accepted, turn).await?;
        }
        Ok(started)
    }
}
