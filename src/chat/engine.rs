//! The engine: begins turns, hands out their logs, and stops them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::stream::{self, BoxStream, StreamExt};
use tokio::sync::{Notify, broadcast};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::budget::Budget;
use super::error::ChatError;
use super::keeper::Seen;
use super::live::{Live, Why};
use super::log::TurnStream;
use super::mirrors::Mirrors;
use super::question::Caps;
use super::queue::Queues;
use super::replay;
use super::search::Search;
use docent_bus::Bus;
use docent_domain::chat::Chat;
use docent_domain::event::Signal;
use docent_domain::{ChatId, Clock, MessageId, Scope, UserId};
use docent_models::ChatModel;
use docent_store::{Store, Tx, without_examined};

/// What the engine works with.
pub struct Parts {
    pub store: Store,
    pub search: Arc<dyn Search>,
    pub model: Arc<dyn ChatModel>,
    pub bus: Arc<dyn Bus>,
    pub clock: Arc<dyn Clock>,
    /// Where ids of tasks and the marks around sources come from.
    pub random: Arc<dyn Fn() -> u64 + Send + Sync>,
    /// Names this process, and no other that ever was.
    pub node: String,
    pub tasks: TaskTracker,
    pub settings: Settings,
}

/// Whether other processes write answers into the same database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ownership {
    /// A turn that is not ours was left by a process that died.
    Sole,
    /// Somebody else's turn is theirs for as long as they renew its lease.
    Shared,
}

#[derive(Debug, Clone)]
pub struct Settings {
    pub ownership: Ownership,
    pub budget: Budget,
    pub caps: Caps,
    /// Sources of an answer, where the question does not say.
    pub top_k: usize,
    /// How long an answer may take to begin; a model server has retries and patience of its own below that.
    pub first_byte_timeout: Duration,
    /// How long the model may say nothing.
    pub content_timeout: Duration,
    /// Tokens of an answer, where the question does not say.
    pub max_tokens: Option<u32>,
    /// Between the pieces of an answer that is there at once, and before the end of any.
    pub pace: Duration,
    pub search_timeout: Duration,
    /// How long a question waits for what single sentences say by their meaning; zero: nothing is asked about them.
    pub sentences_timeout: Duration,
    /// How long rewording a question may take; after that it is searched as it is.
    pub reword_timeout: Duration,
    /// Bytes after which an answer is cut.
    pub longest_answer: usize,
    /// How often in one answer the model may ask for tools; 0: it is offered none.
    pub tool_rounds: usize,
    /// How long a client may take to answer a call.
    pub tool_timeout: Duration,
    /// How often new frames are stored.
    pub save_every: Duration,
    /// How often the database is asked whether another node wants a turn cancelled; renews its lease, too.
    pub renew_every: Duration,
    /// After so long without being renewed a turn counts as left behind.
    pub lease: Duration,
    pub sweep_every: Duration,
    /// How long frames and keys of clients are kept after the end.
    pub remember: Duration,
    /// In sessions, a summary follows the answer to each so manieth question.
    pub summary_after: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            ownership: Ownership::Sole,
            budget: Budget::default(),
            caps: Caps::default(),
            top_k: 6,
            first_byte_timeout: Duration::from_secs(180),
            content_timeout: Duration::from_secs(60),
            max_tokens: None,
            pace: Duration::ZERO,
            search_timeout: Duration::from_secs(20),
            sentences_timeout: Duration::from_millis(400),
            reword_timeout: Duration::from_secs(10),
            longest_answer: 256 << 10,
            tool_rounds: 8,
            tool_timeout: Duration::from_secs(30),
            save_every: Duration::from_millis(200),
            renew_every: Duration::from_millis(500),
            lease: Duration::from_secs(10),
            sweep_every: Duration::from_secs(5),
            remember: Duration::from_secs(24 * 60 * 60),
            summary_after: 10,
        }
    }
}

/// See the module. Clones are the same engine.
#[derive(Clone)]
pub struct Engine {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) parts: Parts,
    others: Vec<Arc<dyn ChatModel>>,
    pub(super) queues: Queues,
    live: Mutex<HashMap<MessageId, Arc<Live>>>,
    pub(super) heard: broadcast::Sender<Heard>,
    /// Turns of other nodes that somebody here follows.
    pub(super) mirrors: Mirrors,
    /// Something is live again.
    pub(super) wake: Notify,
    pub(super) seen: Mutex<Seen>,
    pub(super) closing: CancellationToken,
    /// Tokens that models can take, as their servers said when they refused more.
    pub(super) windows: Mutex<HashMap<String, usize>>,
    /// Turns in a row in which nothing came of a model's calls of tools.
    pub(super) lost: Mutex<HashMap<String, u32>>,
}

/// A turn has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TurnNews {
    pub chat: ChatId,
    pub answer: MessageId,
    pub user: UserId,
}

/// What a listener hears of turns that begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    Started(TurnNews),
    /// This listener was too slow: ask [`Engine::streaming`] about the chats that matter to it.
    Missed,
}

/// Hears of every turn that begins, on whichever node.
#[derive(Debug)]
pub struct Watch(broadcast::Receiver<Heard>);

impl Watch {
    /// `None` once the engine is gone. Cancel-safe.
    pub async fn next(&mut self) -> Option<Heard> {
        match self.0.recv().await {
            Ok(heard) => Some(heard),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(Heard::Missed),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

impl Engine {
    /// Sets the engine up and starts its keeper, which stores frames and ends what dead processes left behind.
    pub fn new(parts: Parts) -> Self {
        Self::with_models(parts, Vec::new())
    }

    /// Like [`Engine::new`], with more models than the default one to choose from by their provider's name.
    pub fn with_models(parts: Parts, others: Vec<Arc<dyn ChatModel>>) -> Self {
        let inner = Arc::new(Inner {
            parts,
            others,
            queues: Queues::default(),
            live: Mutex::default(),
            heard: broadcast::Sender::new(4_096),
            mirrors: Mirrors::default(),
            wake: Notify::new(),
            seen: Mutex::default(),
            closing: CancellationToken::new(),
            windows: Mutex::default(),
            lost: Mutex::default(),
        });
        inner.parts.tasks.spawn(Arc::clone(&inner).keep());
        if inner.parts.bus.is_shared() {
            let news = inner.parts.bus.subscribe();
            inner.parts.tasks.spawn(Arc::clone(&inner).hear(news));
        }
        Self { inner }
    }

    /// Hears of turns as they begin, whoever begins them.
    pub fn watch(&self) -> Watch {
        Watch(self.inner.heard.subscribe())
    }

    /// A turn's events after `after_seq` (`-1`: all): what there is, then what follows, then its end. It begins with
    /// `Accepted` and `Sources` in any case; readers that know them skip them.
    pub async fn follow(
        &self,
        scope: &Scope,
        chat: ChatId,
        answer: MessageId,
        after_seq: i64,
    ) -> Result<TurnStream, ChatError> {
        let mut tx = self.inner.parts.store.read().await?;
        self.readable(&mut tx, scope, chat).await?;
        if let Some(live) = self.inner.live(answer).filter(|live| live.chat == chat) {
            replay::forget_deleted(&mut tx, &live.log).await?;
            return Ok(live.log.read(after_seq));
        }
        let stream = replay::stream(&self.inner, &mut tx, chat, answer, after_seq).await?;
        stream.ok_or(ChatError::NotFound("answer"))
    }

    /// The answer that is being written in a chat.
    pub async fn streaming(&self, scope: &Scope, chat: ChatId) -> Result<Option<MessageId>, ChatError> {
        let mut tx = self.inner.parts.store.read().await?;
        self.readable(&mut tx, scope, chat).await?;
        Ok(tx.streaming_turn(chat).await?)
    }

    /// The answers of a chat: the running one, if there is one, and each that begins later. None is given twice, and none is missed by a slow reader.
    pub async fn answers(
        &self,
        scope: &Scope,
        chat: ChatId,
    ) -> Result<BoxStream<'static, MessageId>, ChatError> {
        // Listening first: what begins in between comes up on both sides.
        let watch = self.watch();
        let running = self.streaming(scope, chat).await?;
        let (engine, scope) = (self.clone(), scope.clone());
        let later = stream::unfold(watch, move |mut watch| {
            let (engine, scope) = (engine.clone(), scope.clone());
            async move {
                loop {
                    match watch.next().await? {
                        Heard::Started(news) if news.chat == chat => return Some((news.answer, watch)),
                        Heard::Started(_) => {}
                        Heard::Missed => {
                            if let Ok(Some(answer)) = engine.streaming(&scope, chat).await {
                                return Some((answer, watch));
                            }
                        }
                    }
                }
            }
        });
        let mut last = None;
        let new = stream::iter(running).chain(later).filter(move |answer| {
            let known = last.replace(*answer) == Some(*answer);
            std::future::ready(!known)
        });
        Ok(new.boxed())
    }

    /// How many sources an answer gets that asks for no number of them.
    pub fn top_k(&self) -> usize {
        self.inner.parts.settings.top_k
    }

    /// Stops the running answer (or, if given, only that one) and keeps what was streamed. `None`: nothing runs. An
    /// answer that is given must be one of this chat.
    pub async fn cancel(
        &self,
        scope: &Scope,
        chat: ChatId,
        answer: Option<MessageId>,
    ) -> Result<Option<MessageId>, ChatError> {
        let mut tx = self.inner.parts.store.read().await?;
        self.readable(&mut tx, scope, chat).await?;
        let running = tx.streaming_turn(chat).await?;
        if let Some(answer) = answer
            && running != Some(answer)
            && tx.message(chat, answer).await?.is_none()
        {
            return Err(ChatError::NotFound("message"));
        }
        drop(tx);
        let Some(running) = running.filter(|running| answer.is_none_or(|answer| answer == *running)) else {
            return Ok(None);
        };
        if let Some(live) = self.inner.live(running) {
            live.stop(Why::Cancelled);
        } else {
            let mut tx = self.inner.parts.store.begin().await?;
            tx.cancel_turn(running).await?;
            tx.commit().await?;
            self.inner.parts.bus.tell(Signal::TurnUnwanted { answer: running });
        }
        Ok(Some(running))
    }

    /// Takes a client's word on a tool call of the answer that is being written: what came of it, or why nothing did.
    /// Only the holder that the call was given to is heard.
    pub async fn answer_call(
        &self,
        scope: &Scope,
        chat: ChatId,
        holder: &str,
        call: &str,
        said: Result<serde_json::Value, String>,
    ) -> Result<(), ChatError> {
        let mut tx = self.inner.parts.store.read().await?;
        self.readable(&mut tx, scope, chat).await?;
        drop(tx);
        let mut written = self.inner.all_live().into_iter().filter(|live| live.chat == chat);
        let taken = written.any(|live| live.answer(call, holder, said.clone()));
        if taken { Ok(()) } else { Err(ChatError::NotFound("tool call")) }
    }

    /// How the sources of an answer were found, as JSON.
    pub async fn trace(
        &self,
        scope: &Scope,
        chat: ChatId,
        answer: MessageId,
    ) -> Result<serde_json::Value, ChatError> {
        let mut tx = self.inner.parts.store.read().await?;
        self.readable(&mut tx, scope, chat).await?;
        let stored = tx.trace(chat, answer).await?;
        let stored = stored.and_then(|text| serde_json::from_str(&text).ok());
        let live = || self.inner.live(answer).filter(|live| live.chat == chat);
        let trace = stored.or_else(|| live().and_then(|live| live.trace()));
        let mut trace = trace.ok_or(ChatError::NotFound("trace"))?;
        let message = tx.message(chat, answer).await?;
        if message.is_some_and(|message| message.sources.iter().any(|source| source.deleted)) {
            without_examined(&mut trace);
        }
        Ok(trace)
    }

    /// Takes no more questions, lets running turns go on for `grace`, and stores the rest as interrupted.
    pub async fn shutdown(&self, grace: Duration) {
        self.inner.closing.cancel();
        let patience = Instant::now() + grace;
        while !self.inner.all_live().is_empty() && Instant::now() < patience {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        for live in self.inner.all_live() {
            live.stop(Why::Interrupted);
        }
        let last = Instant::now() + Duration::from_secs(5);
        while !self.inner.all_live().is_empty() && Instant::now() < last {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        self.inner.wake.notify_one();
    }

    pub(super) async fn readable(&self, tx: &mut Tx, scope: &Scope, chat: ChatId) -> Result<Chat, ChatError> {
        tx.chat(scope, chat).await?.ok_or(ChatError::NotFound("chat"))
    }
}

impl Inner {
    /// The model of a provider, if that is configured.
    pub(super) fn model(&self, provider: &str) -> Option<Arc<dyn ChatModel>> {
        let all = std::iter::once(&self.parts.model).chain(&self.others);
        all.into_iter().find(|model| model.provider() == provider).map(Arc::clone)
    }

    /// Whether no other provider is configured.
    pub(super) fn is_alone(&self, provider: &str) -> bool {
        self.parts.model.provider() == provider
            && self.others.iter().all(|model| model.provider() == provider)
    }

    pub(super) fn live(&self, answer: MessageId) -> Option<Arc<Live>> {
        self.map().get(&answer).cloned()
    }

    pub(super) fn all_live(&self) -> Vec<Arc<Live>> {
        self.map().values().cloned().collect()
    }

    pub(super) fn enter(&self, live: &Arc<Live>) {
        self.map().insert(live.answer, Arc::clone(live));
        self.wake.notify_one();
    }

    pub(super) fn leave(&self, answer: MessageId) {
        self.map().remove(&answer);
    }

    fn map(&self) -> MutexGuard<'_, HashMap<MessageId, Arc<Live>>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
