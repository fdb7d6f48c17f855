//! An engine that answers every question with so many frames, one after each pause.

use std::time::Duration;

use async_trait::async_trait;
use docent::chat::{Choice, Exchange, Manner, Named, NewQuestion, Opened, Opening};
use docent::domain::chat::{Accepted, Completed, FinishReason, Frame, TurnEvent};
use docent::domain::{ChatId, Fault, MessageId, Scope, Timestamp};
use docent::doors::{Beginnings, Begun, Queued, Turn, Turns};
use futures_util::{StreamExt, stream};

pub struct Endless {
    pub frames: i64,
    pub pause: Duration,
}

#[async_trait]
impl Turns for Endless {
    async fn start(&self, scope: &Scope, question: NewQuestion) -> Result<(Accepted, Turn), Fault> {
        let accepted = Accepted {
            chat: question.chat,
            answer: 2.into(),
            question: 1.into(),
            content: question.content,
            user: scope.user(),
            username: question.username,
            at: Timestamp::from_micros(0),
        };
        let (frames, first, begun) = (self.frames, accepted.clone(), tokio::time::Instant::now());
        let pause = self.pause;
        let turn = async_stream::stream! {
            yield TurnEvent::Accepted(first);
            yield TurnEvent::Sources(Vec::new());
            for seq in 0..frames {
                tokio::time::sleep_until(begun + pause * u32::try_from(seq).unwrap_or(0)).await;
                yield TurnEvent::Token(Frame { first_seq: seq, seq, text: "word ".to_owned(), doubts: Vec::new() });
            }
            yield TurnEvent::Completed(Completed {
                content: String::new(),
                model: "endless".to_owned(),
                sources_count: 0,
                cited: Vec::new(),
                prompt_tokens: None,
                completion_tokens: None,
                latency_ms: 0,
                doubts: Vec::new(),
                finish_reason: FinishReason::Stop,
                at: Timestamp::from_micros(0),
            });
        };
        Ok((accepted, turn.boxed()))
    }

    async fn start_as(&self, scope: &Scope, question: NewQuestion, _: Manner) -> Result<Begun, Fault> {
        let (accepted, turn) = self.start(scope, question).await?;
        Ok(Begun { accepted, repeated: false, turn })
    }

    fn choose(&self, _: &str, _: Option<&str>) -> Result<Choice, Fault> {
        Ok(Choice { provider: "scripted", model: None })
    }

    async fn answer_call(
        &self,
        _: &Scope,
        _: ChatId,
        _: &str,
        _: &str,
        _: Result<serde_json::Value, String>,
    ) -> Result<(), Fault> {
        Err(Fault::not_found("tool call"))
    }

    async fn queue(&self, _: &Scope, _: NewQuestion) -> Result<Queued, Fault> {
        Err(Fault::not_found("chat"))
    }

    async fn open(&self, _: &Scope, _: Opening) -> Result<Opened, Fault> {
        Err(Fault::not_found("chat"))
    }

    async fn find(&self, _: &Scope, _: &Named) -> Result<Opened, Fault> {
        Err(Fault::not_found("chat"))
    }

    fn new_name(&self) -> String {
        String::new()
    }

    async fn exchange(&self, _: &Scope, _: ChatId, _: MessageId) -> Result<Exchange, Fault> {
        Err(Fault::not_found("answer"))
    }

    async fn follow(&self, _: &Scope, _: ChatId, _: MessageId, _: i64) -> Result<Turn, Fault> {
        Err(Fault::not_found("answer"))
    }

    async fn cancel(&self, _: &Scope, _: ChatId, _: Option<MessageId>) -> Result<Option<MessageId>, Fault> {
        Ok(None)
    }

    async fn streaming(&self, _: &Scope, _: ChatId) -> Result<Option<MessageId>, Fault> {
        Ok(None)
    }

    fn beginnings(&self) -> Beginnings {
        stream::pending().boxed()
    }
}
