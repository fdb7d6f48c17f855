//! The narrow view that doors have of the chat engine: turns begin, are followed and stopped, and news of them
//! comes in.

use async_trait::async_trait;
use futures_util::StreamExt;
use futures_util::future::{BoxFuture, FutureExt};
use futures_util::stream::{self, BoxStream};
use serde_json::Value;

use docent_chat::{Choice, Engine, Exchange, Heard, Manner, Named, NewQuestion, Opened, Opening, TurnStream};
use docent_domain::chat::{Accepted, TurnEvent};
use docent_domain::{ChatId, Fault, MessageId, Scope};

/// A reader that fell behind gets the frames it missed as one, up to so many bytes.
const LONGEST_FRAME: usize = 16 * 1024;

/// A turn from its beginning, which is `Accepted` and `Sources` in any case, to its terminal event. It hands out what
/// it is asked for: who does not ask for a while gets longer frames.
pub type Turn = BoxStream<'static, TurnEvent>;

/// A question that waits for its chat to be free; it resolves when its turn has begun. Dropped, it has left the queue.
pub type Queued = BoxFuture<'static, Result<Begun, Fault>>;

/// A turn that has begun.
pub struct Begun {
    pub accepted: Accepted,
    /// True if the same question had been sent before.
    pub repeated: bool,
    pub turn: Turn,
}

/// Turns as they begin.
pub type Beginnings = BoxStream<'static, Beginning>;

/// What doors ask of the engine. Whatever takes a scope checks that it reaches the chat.
#[async_trait]
pub trait Turns: Send + Sync + 'static {
    /// Stores the question and begins its turn, which goes on whoever listens.
    async fn start(&self, scope: &Scope, question: NewQuestion) -> Result<(Accepted, Turn), Fault>;

    /// Like [`Turns::start`], with a say in who answers and with what.
    async fn start_as(&self, scope: &Scope, question: NewQuestion, manner: Manner) -> Result<Begun, Fault>;

    /// The provider and the model that a client means, if they can be had.
    fn choose(&self, source: &str, model: Option<&str>) -> Result<Choice, Fault>;

    /// What to tell clients where no language model is configured.
    fn without_language_model(&self) -> Option<String> {
        None
    }

    /// Takes a client's word on a tool call: what came of it, or why nothing did.
    async fn answer_call(
        &self,
        scope: &Scope,
        chat: ChatId,
        holder: &str,
        call: &str,
        said: Result<Value, String>,
    ) -> Result<(), Fault>;

    /// Puts the question into its chat's queue, where it takes its place at once.
    async fn queue(&self, scope: &Scope, question: NewQuestion) -> Result<Queued, Fault>;

    /// The chat of a name or id; a name that is new opens one.
    async fn open(&self, scope: &Scope, opening: Opening) -> Result<Opened, Fault>;

    /// The chat of a name or id, if it is there.
    async fn find(&self, scope: &Scope, named: &Named) -> Result<Opened, Fault>;

    /// A name for a chat of a client that does not choose one: a UUID.
    fn new_name(&self) -> String;

    /// What is stored of a turn.
    async fn exchange(&self, scope: &Scope, chat: ChatId, answer: MessageId) -> Result<Exchange, Fault>;

    /// The turn, without the frames up to `after_seq`.
    async fn follow(
        &self,
        scope: &Scope,
        chat: ChatId,
        answer: MessageId,
        after_seq: i64,
    ) -> Result<Turn, Fault>;

    /// Stops the chat's running answer, or exactly this one. `None` if nothing was running.
    async fn cancel(
        &self,
        scope: &Scope,
        chat: ChatId,
        answer: Option<MessageId>,
    ) -> Result<Option<MessageId>, Fault>;

    /// The answer that is being written in a chat.
    async fn streaming(&self, scope: &Scope, chat: ChatId) -> Result<Option<MessageId>, Fault>;

    /// Every turn that begins from now on.
    fn beginnings(&self) -> Beginnings;
}

/// What is heard of turns that begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    Of {
        chat: ChatId,
        answer: MessageId,
    },
    /// Some were missed: ask about the chats that matter.
    Missed,
}

#[async_trait]
impl Turns for Engine {
    async fn start(&self, scope: &Scope, question: NewQuestion) -> Result<(Accepted, Turn), Fault> {
        let started = Self::start(self, scope, question).await?;
        Ok((started.accepted, stream_of(started.stream)))
    }

    async fn start_as(&self, scope: &Scope, question: NewQuestion, manner: Manner) -> Result<Begun, Fault> {
        let started = Self::start_as(self, scope, question, manner).await?;
        let turn = stream_of(started.stream);
        Ok(Begun { accepted: started.accepted, repeated: started.repeated, turn })
    }

    fn choose(&self, source: &str, model: Option<&str>) -> Result<Choice, Fault> {
        Ok(Self::choose(self, source, model)?)
    }

    fn without_language_model(&self) -> Option<String> {
        Self::without_language_model(self)
    }

    async fn answer_call(
        &self,
        scope: &Scope,
        chat: ChatId,
        holder: &str,
        call: &str,
        said: Result<Value, String>,
    ) -> Result<(), Fault> {
        Ok(Self::answer_call(self, scope, chat, holder, call, said).await?)
    }

    async fn queue(&self, scope: &Scope, question: NewQuestion) -> Result<Queued, Fault> {
        let waiting = self.line_up(scope, question).await?;
        let begun = async move {
            let started = waiting.start().await?;
            let turn = stream_of(started.stream);
            Ok(Begun { accepted: started.accepted, repeated: started.repeated, turn })
        };
        Ok(begun.boxed())
    }

    async fn open(&self, scope: &Scope, opening: Opening) -> Result<Opened, Fault> {
        Ok(Self::open(self, scope, opening).await?)
    }

    async fn find(&self, scope: &Scope, named: &Named) -> Result<Opened, Fault> {
        Ok(Self::find(self, scope, named).await?)
    }

    fn new_name(&self) -> String {
        Self::new_name(self)
    }

    async fn exchange(&self, scope: &Scope, chat: ChatId, answer: MessageId) -> Result<Exchange, Fault> {
        Ok(Self::exchange(self, scope, chat, answer).await?)
    }

    async fn follow(
        &self,
        scope: &Scope,
        chat: ChatId,
        answer: MessageId,
        after_seq: i64,
    ) -> Result<Turn, Fault> {
        Ok(stream_of(Self::follow(self, scope, chat, answer, after_seq).await?))
    }

    async fn cancel(
        &self,
        scope: &Scope,
        chat: ChatId,
        answer: Option<MessageId>,
    ) -> Result<Option<MessageId>, Fault> {
        Ok(Self::cancel(self, scope, chat, answer).await?)
    }

    async fn streaming(&self, scope: &Scope, chat: ChatId) -> Result<Option<MessageId>, Fault> {
        Ok(Self::streaming(self, scope, chat).await?)
    }

    fn beginnings(&self) -> Beginnings {
        let next = async |mut watch: docent_chat::Watch| {
            let beginning = match watch.next().await? {
                Heard::Started(news) => Beginning::Of { chat: news.chat, answer: news.answer },
                Heard::Missed => Beginning::Missed,
            };
            Some((beginning, watch))
        };
        stream::unfold(self.watch(), next).boxed()
    }
}

/// The first frame is not joined with others, on whatever node it is read: clients count from it.
fn stream_of(turn: TurnStream) -> Turn {
    let next = async |(mut turn, longest): (TurnStream, usize)| {
        let event = turn.next_joined(longest).await?;
        let longest = if matches!(event, TurnEvent::Token(_)) { LONGEST_FRAME } else { longest };
        Some((event, (turn, longest)))
    };
    stream::unfold((turn, 0), next).boxed()
}
