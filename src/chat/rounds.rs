//! The model's part of a turn: it speaks, asks for tools, is given their results, and speaks on.

use std::pin::pin;

use futures_util::{FutureExt, StreamExt};
use tokio::time::{Instant, sleep_until};

use super::engine::{Inner, Settings};
use super::live::Live;
use super::pace::paced;
use super::tools::{Tools, came_to_nothing, repeats};
use super::turn::Plan;
use super::writer::{Room, Writer};
use docent_domain::chat::FinishReason;
use docent_models::{Call, ChatModel, Delta, Deltas, ModelError, Prompt, ToolChoice};
use docent_telemetry as telemetry;

/// Bytes taken at once from a model that is always ready.
const MOST_AT_ONCE: usize = 16 * 1024;

/// Rounds in a row of which nothing came, after which a model does not know how to call.
const MOST_LOST: u32 = 2;

/// Tokens of prompt and answer.
pub(super) type Usage = Option<(i64, i64)>;

/// How the model ended, and what it cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) finish: FinishReason,
    pub(super) usage: Usage,
    /// How often it called tools.
    pub(super) rounds: usize,
    /// It called them so that nothing came of it, again and again.
    pub(super) lost: bool,
}

/// One part of an answer: up to its end, or up to calls that have to be answered first.
struct Part {
    finish: FinishReason,
    usage: Usage,
    calls: Vec<Call>,
}

impl Inner {
    /// Has the model speak until it asks for nothing more.
    pub(super) async fn converse(
        &self,
        live: &Live,
        plan: &Plan,
        writer: &mut Writer<'_>,
        mut prompt: Prompt,
        tools: Option<&Tools<'_>>,
    ) -> Result<Spoken, ModelError> {
        let settings = &self.parts.settings;
        prompt.tools = tools.map(Tools::offered).unwrap_or_default();
        let mut usage: Usage = None;
        let mut lost = 0;
        loop {
            let before = live.log.text().len();
            let part = write(plan.model.as_ref(), writer, prompt.clone(), settings).await;
            let part = part.inspect_err(|_| telemetry::model_failed(plan.model.provider()))?;
            usage = sum(usage, part.usage);
            let again = tools.filter(|_| prompt.tool_choice == ToolChoice::Auto);
            let Some(tools) = again.filter(|_| !part.calls.is_empty()) else {
                return Ok(Spoken { finish: part.finish, usage, rounds: prompt.rounds.len(), lost: false });
            };
            writer.pause();
            let said = live.log.text().split_off(before).trim().to_owned();
            let round = tools.run(said, part.calls).await;
            writer.sources(&live.log.found().unwrap_or_default());
            lost = if came_to_nothing(&round) { lost + 1 } else { 0 };
            if lost == MOST_LOST {
                return Ok(Spoken {
                    finish: part.finish,
                    usage,
                    rounds: prompt.rounds.len() + 1,
                    lost: true,
                });
            }
            let again = repeats(&round, &prompt.rounds);
            prompt.rounds.push(round);
            if again || prompt.rounds.len() >= settings.tool_rounds {
                prompt.tool_choice = ToolChoice::None;
            }
        }
    }
}

pub(super) fn sum(one: Usage, other: Usage) -> Usage {
    match (one, other) {
        (Some(one), Some(other)) => Some((one.0 + other.0, one.1 + other.1)),
        (one, other) => one.or(other),
    }
}

/// Streams the model's words into the log.
async fn write(
    model: &dyn ChatModel,
    writer: &mut Writer<'_>,
    prompt: Prompt,
    settings: &Settings,
) -> Result<Part, ModelError> {
    let silence = settings.content_timeout;
    let silent = || ModelError::Silent { seconds: silence.as_secs() };
    let opening = tokio::time::timeout(settings.first_byte_timeout, model.stream(prompt)).await;
    let late = |_| ModelError::Late { seconds: settings.first_byte_timeout.as_secs() };
    let mut deltas = opening.map_err(late)??;
    if model.quotes() {
        deltas = paced(deltas, settings.pace);
    }
    let mut speech = Speech::new(deltas);
    let mut usage = None;
    let mut calls = Vec::new();
    // Set anew once they ring, not with each word.
    let (begun, mut heard) = (Instant::now(), Instant::now());
    let mut patience = pin!(sleep_until(begun + silence));
    let mut due = pin!(sleep_until(begun));
    loop {
        if let Some(end) = writer.lull().filter(|_| model.speaks_on()) {
            sleep_until(end).await;
            let (text, pieces) = speech.there();
            if pieces > 0 {
                heard = Instant::now();
            }
            if writer.push_joined(&text, pieces) == Room::None {
                return Ok(Part { finish: FinishReason::Length, usage, calls: Vec::new() });
            }
        }
        let deadline = writer.deadline();
        if let Some(deadline) = deadline.filter(|deadline| *deadline != due.deadline()) {
            due.as_mut().reset(deadline);
        }
        let delta = tokio::select! {
            biased;
            delta = speech.next() => delta,
            () = &mut due, if deadline.is_some() => {
                writer.send_due();
                continue;
            }
            () = &mut patience => {
                if heard.elapsed() >= silence {
                    return Err(silent());
                }
                patience.as_mut().reset(heard + silence);
                continue;
            }
        };
        match delta.ok_or(ModelError::Truncated)?? {
            Delta::Text(text) => {
                if writer.push(&text) == Room::None {
                    return Ok(Part { finish: FinishReason::Length, usage, calls: Vec::new() });
                }
            }
            Delta::Thinking => {}
            Delta::Call(call) => calls.push(call),
            Delta::Usage { prompt_tokens, completion_tokens } => {
                usage = Some((prompt_tokens, completion_tokens));
            }
            Delta::Finish(finish) => return Ok(Part { finish, usage, calls }),
        }
        heard = Instant::now();
        // A model that is always ready must not keep others from running, nor this turn from being stopped.
        tokio::task::coop::consume_budget().await;
    }
}

/// What a model says: piece by piece as it comes, or as much as is there.
struct Speech {
    deltas: Deltas,
    /// Came behind text that was taken, and is none itself; or the end.
    next: Option<Option<Result<Delta, ModelError>>>,
}

impl Speech {
    const fn new(deltas: Deltas) -> Self {
        Self { deltas, next: None }
    }

    async fn next(&mut self) -> Option<Result<Delta, ModelError>> {
        match self.next.take() {
            Some(next) => next,
            None => self.deltas.next().await,
        }
    }

    /// The text that need not be waited for, and how many pieces it came in.
    fn there(&mut self) -> (String, u64) {
        let (mut text, mut pieces) = (String::new(), 0);
        while self.next.is_none() && text.len() < MOST_AT_ONCE {
            match self.deltas.next().now_or_never() {
                Some(Some(Ok(Delta::Text(piece)))) => {
                    text.push_str(&piece);
                    pieces += 1;
                }
                Some(other) => self.next = Some(other),
                None => break,
            }
        }
        (text, pieces)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use async_trait::async_trait;
    use futures_util::stream;

    use super::*;
    use crate::tests::log;
    use docent_models::{ModelStatus, Script, Scripted, Step};

    fn text(piece: &str) -> Result<Delta, ModelError> {
        Ok(Delta::Text(piece.to_owned()))
    }

    #[tokio::test]
    async fn what_is_there_is_taken_together_and_nothing_behind_it_is_lost() {
        let finish = Ok(Delta::Finish(FinishReason::Stop));
        let mut speech = Speech::new(stream::iter([text("a"), text("b"), finish, text("c")]).boxed());
        assert_eq!(speech.there(), ("ab".to_owned(), 2));
        assert_eq!(speech.there(), (String::new(), 0), "not past what is no text");
        assert!(matches!(speech.next().await, Some(Ok(Delta::Finish(_)))));
        assert_eq!(speech.there(), ("c".to_owned(), 1));
        assert!(speech.next().await.is_none(), "the end is told once it is asked for");

        let mut silent = Speech::new(stream::pending().boxed());
        assert_eq!(silent.there(), (String::new(), 0));
        let mut endless = Speech::new(stream::repeat_with(|| text("word ")).boxed());
        assert_eq!(endless.there().0.len(), MOST_AT_ONCE.next_multiple_of(5));
    }

    /// Counts how often it had to be waited for.
    struct Waited(Scripted, Arc<AtomicUsize>);

    #[async_trait]
    impl ChatModel for Waited {
        fn provider(&self) -> &'static str {
            self.0.provider()
        }

        fn default_model(&self) -> &str {
            self.0.default_model()
        }

        async fn models(&self) -> Result<Vec<String>, ModelError> {
            self.0.models().await
        }

        async fn status(&self) -> ModelStatus {
            self.0.status().await
        }

        fn speaks_on(&self) -> bool {
            self.0.speaks_on()
        }

        async fn stream(&self, prompt: Prompt) -> Result<Deltas, ModelError> {
            let (mut deltas, waits) = (self.0.stream(prompt).await?, Arc::clone(&self.1));
            let counted = stream::poll_fn(move |context| {
                let next = deltas.poll_next_unpin(context);
                waits.fetch_add(usize::from(next.is_pending()), Ordering::SeqCst);
                next
            });
            Ok(counted.boxed())
        }
    }

    #[tokio::test]
    async fn a_fast_model_is_heard_once_a_frame_and_said_whole() {
        let words = 400;
        let waits = Arc::new(AtomicUsize::new(0));
        let script = Script::of([Step::Pace { delay_ms: 1 }, Step::Flood { words }]);
        let model = Waited(Scripted::new(script), Arc::clone(&waits));
        let log = log();
        let mut writer = Writer::new(&log, 0, usize::MAX);
        let part = write(&model, &mut writer, Prompt::default(), &Settings::default()).await.unwrap();
        assert_eq!(part.finish, FinishReason::Stop);
        assert_eq!(writer.pace().unwrap().0, words as u64, "each piece counts");
        writer.finish();
        assert_eq!(log.text(), (0..words).map(|n| format!("word{n} ")).collect::<String>());
        // A machine that is busy makes it fewer.
        let waits = waits.load(Ordering::SeqCst);
        assert!(waits * 3 < words, "waited for {waits} times");
    }
}
