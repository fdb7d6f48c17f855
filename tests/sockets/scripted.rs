//! A chat engine that says what a test tells it to, when it tells it to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use docent::chat::{Choice, Exchange, Manner, Named, NewQuestion, Opened, Opening};
use docent::domain::chat::{Accepted, Completed, FinishReason, Frame, TurnEvent};
use docent::domain::source::Source;
use docent::domain::{ChatId, Code, Fault, MessageId, Scope, Timestamp};
use docent::doors::{Beginning, Beginnings, Begun, Queued, Turn, Turns};
use futures_util::StreamExt;
use tokio::sync::watch;

/// The only chat there is.
pub const CHAT: i64 = 1;

#[derive(Clone)]
pub struct Script {
    turns: Arc<Mutex<BTreeMap<MessageId, Log>>>,
    changed: Arc<watch::Sender<()>>,
    asked: Arc<Mutex<Vec<NewQuestion>>>,
}

struct Log {
    chat: ChatId,
    events: Vec<TurnEvent>,
}

impl Default for Script {
    fn default() -> Self {
        Self { turns: Arc::default(), changed: Arc::new(watch::Sender::new(())), asked: Arc::default() }
    }
}

impl Script {
    pub fn asked(&self) -> Vec<NewQuestion> {
        self.asked.lock().unwrap().clone()
    }

    /// The answer to the latest question.
    pub fn answer(&self) -> MessageId {
        *self.turns.lock().unwrap().last_key_value().expect("nothing was asked").0
    }

    pub fn find(&self, sources: Vec<Source>) {
        self.add(TurnEvent::Sources(sources));
    }

    /// Appends frames to the latest answer.
    pub fn say<'a>(&self, frames: impl IntoIterator<Item = &'a str>) {
        for text in frames {
            let seq = self.frames();
            self.add(TurnEvent::Token(Frame {
                first_seq: seq,
                seq,
                text: text.to_owned(),
                doubts: Vec::new(),
            }));
        }
    }

    pub fn complete(&self) {
        let completed = Completed {
            content: self.content(),
            model: "scripted".into(),
            sources_count: 0,
            cited: Vec::new(),
            prompt_tokens: None,
            completion_tokens: None,
            latency_ms: 1,
            finish_reason: FinishReason::Stop,
            doubts: Vec::new(),
            at: Timestamp::from_micros(0),
        };
        self.add(TurnEvent::Completed(completed));
    }

    pub fn fail(&self, code: Code) {
        let content = self.content();
        self.add(TurnEvent::Failed { code, message: "The language model cannot be reached".into(), content });
    }

    pub fn content(&self) -> String {
        let turns = self.turns.lock().unwrap();
        let events = turns.last_key_value().into_iter().flat_map(|(_, log)| &log.events);
        events
            .filter_map(|event| if let TurnEvent::Token(frame) = event { Some(&*frame.text) } else { None })
            .collect()
    }

    fn frames(&self) -> i64 {
        let turns = self.turns.lock().unwrap();
        let events = turns.last_key_value().into_iter().flat_map(|(_, log)| &log.events);
        i64::try_from(events.filter(|event| matches!(event, TurnEvent::Token(_))).count()).unwrap()
    }

    fn add(&self, event: TurnEvent) {
        let answer = self.answer();
        self.turns.lock().unwrap().get_mut(&answer).unwrap().events.push(event);
        self.changed.send_replace(());
    }

    fn accept(&self, scope: &Scope, question: &NewQuestion) -> Accepted {
        let mut turns = self.turns.lock().unwrap();
        let last = turns.last_key_value().map_or(100, |(answer, _)| answer.get());
        let accepted = Accepted {
            chat: question.chat,
            answer: MessageId::from(last + 2),
            question: MessageId::from(last + 1),
            content: question.content.clone(),
            user: scope.user(),
            username: "owner".into(),
            at: Timestamp::from_micros(0),
        };
        let log = Log { chat: question.chat, events: vec![TurnEvent::Accepted(accepted.clone())] };
        turns.insert(accepted.answer, log);
        accepted
    }

    fn running(&self, chat: ChatId) -> Option<MessageId> {
        let turns = self.turns.lock().unwrap();
        let running = |log: &Log| log.chat == chat && !log.events.last().unwrap().is_terminal();
        turns.iter().find(|(_, log)| running(log)).map(|(answer, _)| *answer)
    }
}

fn known(chat: ChatId) -> Result<(), Fault> {
    if chat.get() == CHAT { Ok(()) } else { Err(Fault::not_found("chat")) }
}

/// The next event; frames that are there already come as one, as from the real engine.
fn joined(events: &[TurnEvent], next: &mut usize, after_seq: i64) -> Option<TurnEvent> {
    let mut joined: Option<Frame> = None;
    while let Some(event) = events.get(*next) {
        match (event, &mut joined) {
            (TurnEvent::Token(frame), _) if frame.seq <= after_seq => {}
            (TurnEvent::Token(frame), None) => joined = Some(frame.clone()),
            (TurnEvent::Token(frame), Some(joined)) if joined.text.len() + frame.text.len() <= 16_384 => {
                joined.seq = frame.seq;
                joined.text.push_str(&frame.text);
            }
            (_, Some(_)) => break,
            (event, None) => {
                *next += 1;
                return Some(event.clone());
            }
        }
        *next += 1;
    }
    joined.map(TurnEvent::Token)
}

#[async_trait]
impl Turns for Script {
    async fn start(&self, scope: &Scope, question: NewQuestion) -> Result<(Accepted, Turn), Fault> {
        known(question.chat)?;
        if self.running(question.chat).is_some() {
            return Err(Fault::new(Code::ChatBusy, "wait for the answer, or stop it with `cancel_message`"));
        }
        let accepted = self.accept(scope, &question);
        self.asked.lock().unwrap().push(question);
        self.changed.send_replace(());
        let turn = self.follow(scope, accepted.chat, accepted.answer, -1).await?;
        Ok((accepted, turn))
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

    async fn queue(&self, scope: &Scope, question: NewQuestion) -> Result<Queued, Fault> {
        let (accepted, turn) = self.start(scope, question).await?;
        Ok(Box::pin(async { Ok(Begun { accepted, repeated: false, turn }) }))
    }

    async fn open(&self, scope: &Scope, opening: Opening) -> Result<Opened, Fault> {
        Turns::find(self, scope, &opening.named.unwrap_or(Named::Id(CHAT.into()))).await
    }

    /// Whatever it is called, there is only the one.
    async fn find(&self, _scope: &Scope, named: &Named) -> Result<Opened, Fault> {
        if let Named::Id(chat) = named {
            known(*chat)?;
        }
        Ok(Opened { chat: CHAT.into(), project: 1.into() })
    }

    fn new_name(&self) -> String {
        "11111111-2222-4333-8444-555555555555".to_owned()
    }

    /// Nothing is stored here: doors that tell what is stored are tried with the real engine.
    async fn exchange(&self, _scope: &Scope, _chat: ChatId, _answer: MessageId) -> Result<Exchange, Fault> {
        Err(Fault::not_found("answer"))
    }

    async fn follow(
        &self,
        _scope: &Scope,
        chat: ChatId,
        answer: MessageId,
        after_seq: i64,
    ) -> Result<Turn, Fault> {
        known(chat)?;
        if !self.turns.lock().unwrap().contains_key(&answer) {
            return Err(Fault::not_found("message"));
        }
        let (turns, mut changed) = (self.turns.clone(), self.changed.subscribe());
        let stream = async_stream::stream! {
            let mut next = 0;
            loop {
                let event = joined(&turns.lock().unwrap()[&answer].events, &mut next, after_seq);
                match event {
                    None => changed.changed().await.unwrap(),
                    Some(event) if event.is_terminal() => {
                        yield event;
                        return;
                    }
                    Some(event) => yield event,
                }
            }
        };
        Ok(stream.boxed())
    }

    async fn cancel(
        &self,
        _scope: &Scope,
        chat: ChatId,
        answer: Option<MessageId>,
    ) -> Result<Option<MessageId>, Fault> {
        known(chat)?;
        let Some(running) =
            self.running(chat).filter(|running| answer.is_none_or(|answer| answer == *running))
        else {
            return Ok(None);
        };
        let content = self.content();
        self.add(TurnEvent::Cancelled { content });
        Ok(Some(running))
    }

    async fn streaming(&self, _scope: &Scope, chat: ChatId) -> Result<Option<MessageId>, Fault> {
        Ok(self.running(chat))
    }

    fn beginnings(&self) -> Beginnings {
        let (turns, mut changed) = (self.turns.clone(), self.changed.subscribe());
        let mut seen = Vec::new();
        let stream = async_stream::stream! {
            while changed.changed().await.is_ok() {
                let all: Vec<(MessageId, ChatId)> =
                    turns.lock().unwrap().iter().map(|(answer, log)| (*answer, log.chat)).collect();
                for (answer, chat) in all {
                    if !seen.contains(&answer) {
                        seen.push(answer);
                        yield Beginning::Of { chat, answer };
                    }
                }
            }
        };
        stream.boxed()
    }
}
