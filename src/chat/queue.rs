//! Questions that wait for their chat to be free, for doors whose clients do not expect to be refused.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

use futures_util::poll;

use super::engine::Engine;
use super::error::ChatError;
use super::question::{NewQuestion, Started};
use crate::domain::{ChatId, Scope};

/// Questions that may wait in one chat.
const LONGEST_QUEUE: usize = 16;

/// One fair lock for each chat that somebody waits in.
#[derive(Debug, Default)]
pub(super) struct Queues(Mutex<HashMap<ChatId, Arc<tokio::sync::Mutex<()>>>>);

impl Queues {
    /// A place in the chat's queue, if there is one left.
    fn place(&self, chat: ChatId) -> Option<Arc<tokio::sync::Mutex<()>>> {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        queues.retain(|_, queue| Arc::strong_count(queue) > 1);
        let queue = queues.entry(chat).or_default();
        // The map holds one, everybody in the queue another.
        (Arc::strong_count(queue) <= LONGEST_QUEUE).then(|| Arc::clone(queue))
    }
}

impl Engine {
    /// Like [`Engine::start`], but a chat that is busy is waited for, first come, first served. [`ChatError::Busy`]
    /// only when too many wait already.
    pub async fn start_when_free(&self, scope: &Scope, question: NewQuestion) -> Result<Started, ChatError> {
        let chat = question.chat;
        let queue = self.inner.queues.place(chat).ok_or(ChatError::Busy)?;
        let mut waiting = pin!(queue.lock());
        // In line at once, so that order is that of arrival; those who may not read the chat leave again.
        let first = match poll!(waiting.as_mut()) {
            Poll::Ready(turn) => Some(turn),
            Poll::Pending => None,
        };
        let mut tx = self.inner.parts.store.read().await?;
        self.readable(&mut tx, scope, chat).await?;
        drop(tx);
        let _turn = match first {
            Some(turn) => turn,
            None => waiting.await,
        };
        loop {
            match self.start(scope, question.clone()).await {
                Err(ChatError::Busy) => self.free(scope, chat).await?,
                started => return started,
            }
        }
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
