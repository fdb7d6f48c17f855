//! A model that says what its script says: for tests, for demonstrations, and for trying out a client against
//! every way an answer can end. It is an ordinary provider, chosen by settings like the others.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::stream::StreamExt;
use serde::Deserialize;
use serde_json::Value;
use tokio::time::Instant;

use super::{Call, ChatModel, Delta, Deltas, ModelError, ModelSettings, ModelStatus, Prompt, PromptMessage};
use docent_domain::chat::FinishReason;

/// What the model does, one thing after the other. A script that ends without failing ends the answer well.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// Says these pieces, one delta each.
    Say(Vec<String>),
    /// Waits before each following piece. Pieces that nobody takes in time are there together then.
    Pace { delay_ms: u64 },
    /// Waits once.
    Pause { ms: u64 },
    /// Says the question again, word by word.
    Echo,
    /// Says so many words.
    Flood { words: usize },
    /// Refuses with this HTTP status: before the answer opens if it comes first, else in the middle of it.
    Fail { status: u16 },
    /// Stops without having finished.
    Truncate,
    /// Says nothing more, and does not end.
    Hang,
    /// Dies.
    Panic,
    /// Reports what the answer cost.
    Usage { prompt_tokens: i64, completion_tokens: i64 },
    /// Ends as if the model's own limit was reached.
    RunOut,
    /// Asks for a tool. Calls that follow each other are one round; what comes after them is said when their results
    /// are there.
    Call { tool: String, arguments: Value },
    /// Says what came of the latest calls.
    Results,
}

/// What to do, and what to do instead when the question contains certain words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Script {
    pub steps: Vec<Step>,
    /// The first that fits wins.
    pub rules: Vec<Rule>,
    /// Whether the engine may also have it reword questions; it then answers those by the same script.
    pub converses: bool,
}

/// Steps for questions that contain `when`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub when: String,
    pub steps: Vec<Step>,
}

impl Script {
    /// Says these pieces, and no more.
    pub fn say<S: Into<String>>(pieces: impl IntoIterator<Item = S>) -> Self {
        Self::of([Step::Say(pieces.into_iter().map(Into::into).collect())])
    }

    pub fn of(steps: impl IntoIterator<Item = Step>) -> Self {
        Self { steps: steps.into_iter().collect(), ..Self::default() }
    }

    fn steps_for(&self, question: &str) -> Vec<Step> {
        let rule = self.rules.iter().find(|rule| question.contains(&rule.when));
        rule.map_or_else(|| self.steps.clone(), |rule| rule.steps.clone())
    }
}

/// See the module. Clones share one script, so that a test can hold one end and the engine the other.
#[derive(Debug, Clone, Default)]
pub struct Scripted {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    script: Script,
    next: Mutex<VecDeque<Vec<Step>>>,
    asked: Mutex<Vec<Prompt>>,
    /// Answers that wait for results: by their messages, which no other answer shares, the steps that are left.
    waiting: Mutex<VecDeque<(Vec<PromptMessage>, Vec<Step>)>>,
    open: AtomicUsize,
}

/// Answers that may wait for results at the same time; the oldest have been given up.
const WAITING: usize = 1_024;

impl Scripted {
    pub fn new(script: Script) -> Self {
        Self { shared: Arc::new(Shared { script, ..Shared::default() }) }
    }

    /// Plays these steps for the next question, before the script goes on.
    pub fn will(&self, steps: impl IntoIterator<Item = Step>) {
        self.shared
            .next
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_back(steps.into_iter().collect());
    }

    /// Says these pieces to the next question.
    pub fn will_say<S: Into<String>>(&self, pieces: impl IntoIterator<Item = S>) {
        self.will(Script::say(pieces).steps);
    }

    /// Every prompt so far.
    pub fn asked(&self) -> Vec<Prompt> {
        self.shared.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many answers are open now: a cancelled one must not stay so.
    pub fn open(&self) -> usize {
        self.shared.open.load(Ordering::SeqCst)
    }
}

pub(super) fn open(settings: &ModelSettings) -> Result<Arc<dyn ChatModel>, ModelError> {
    Ok(Arc::new(Scripted::new(settings.script.clone())))
}

#[async_trait]
impl ChatModel for Scripted {
    fn provider(&self) -> &'static str {
        "scripted"
    }

    fn default_model(&self) -> &str {
        "scripted"
    }

    async fn models(&self) -> Result<Vec<String>, ModelError> {
        Ok(vec!["scripted".to_owned(), "scripted-two".to_owned()])
    }

    async fn status(&self) -> ModelStatus {
        ModelStatus {
            connected: true,
            host: "built in".to_owned(),
            message: "Says what its script says".to_owned(),
        }
    }

    fn converses(&self) -> bool {
        self.shared.script.converses
    }

    fn is_scripted(&self) -> bool {
        true
    }

    fn speaks_on(&self) -> bool {
        true
    }

    fn uses_tools(&self) -> bool {
        true
    }

    async fn stream(&self, prompt: Prompt) -> Result<Deltas, ModelError> {
        let steps = self.shared.steps(&prompt);
        self.shared.asked.lock().unwrap_or_else(PoisonError::into_inner).push(prompt.clone());
        if let Some(Step::Fail { status }) = steps.first() {
            return Err(refused(*status));
        }
        Ok(play(steps, prompt, Open::of(&self.shared)))
    }
}

impl Shared {
    /// What is to be done up to the next results; the rest waits for them.
    fn steps(&self, prompt: &Prompt) -> Vec<Step> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let place = waiting.iter().position(|(messages, _)| *messages == prompt.messages);
        // An answer that begins anew has been given up before.
        let rest = place.and_then(|place| waiting.remove(place)).filter(|_| !prompt.rounds.is_empty());
        let mut steps = match rest {
            Some((_, rest)) => rest,
            None => {
                let queued = self.next.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                queued.unwrap_or_else(|| self.script.steps_for(&prompt.question))
            }
        };
        let is_call = |step: &Step| matches!(step, Step::Call { .. });
        if let Some(first) = steps.iter().position(is_call) {
            let calls = steps[first..].iter().take_while(|step| is_call(step)).count();
            if waiting.len() == WAITING {
                waiting.pop_front();
            }
            let rest = steps.split_off(first + calls);
            waiting.push_back((prompt.messages.clone(), rest));
        }
        steps
    }
}

/// Counts an answer as open until it is dropped.
struct Open(Arc<Shared>);

impl Open {
    fn of(shared: &Arc<Shared>) -> Self {
        shared.open.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(shared))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

fn play(steps: Vec<Step>, prompt: Prompt, open: Open) -> Deltas {
    async_stream::try_stream! {
        let _open = open;
        let mut pace = Duration::ZERO;
        let mut due = Instant::now();
        for step in steps {
            match step {
                Step::Pace { delay_ms } => (pace, due) = (Duration::from_millis(delay_ms), Instant::now()),
                Step::Pause { ms } => {
                    tokio::time::sleep(Duration::from_millis(ms)).await;
                    due = Instant::now();
                }
                Step::Usage { prompt_tokens, completion_tokens } => {
                    yield Delta::Usage { prompt_tokens, completion_tokens };
                }
                Step::Fail { status } => Err(refused(status))?,
                Step::Truncate => Err(ModelError::Truncated)?,
                Step::Hang => std::future::pending::<()>().await,
                #[expect(clippy::panic, reason = "the script asks for it: this is how the engine's guard is tested")]
                Step::Panic => panic!("the script says so"),
                Step::RunOut => {
                    yield Delta::Finish(FinishReason::Length);
                    return;
                }
                Step::Call { tool, arguments } => {
                    yield Delta::Call(Call { id: String::new(), tool, arguments: arguments.to_string() });
                }
                Step::Say(_) | Step::Echo | Step::Flood { .. } | Step::Results => {
                    for piece in pieces(step, &prompt) {
                        due += pace;
                        if due > Instant::now() {
                            tokio::time::sleep_until(due).await;
                        }
                        yield Delta::Text(piece);
                    }
                }
            }
        }
        yield Delta::Finish(FinishReason::Stop);
    }
    .boxed()
}

fn pieces(step: Step, prompt: &Prompt) -> Vec<String> {
    match step {
        Step::Say(pieces) => pieces,
        Step::Results => {
            let uses = prompt.rounds.last().map(|round| round.uses.as_slice()).unwrap_or_default();
            uses.iter().map(|done| done.result.clone()).collect()
        }
        Step::Echo => prompt.question.split_inclusive(' ').map(str::to_owned).collect(),
        Step::Flood { words } => (0..words).map(|n| format!("word{n} ")).collect(),
        _ => Vec::new(),
    }
}

fn refused(status: u16) -> ModelError {
    ModelError::Status { status, detail: "the script says so".to_owned(), retry_after: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Round, ToolUse};

    async fn all(model: &Scripted, question: &str) -> Vec<Result<Delta, ModelError>> {
        let prompt = Prompt { question: question.to_owned(), ..Prompt::default() };
        match model.stream(prompt).await {
            Ok(deltas) => deltas.collect().await,
            Err(error) => vec![Err(error)],
        }
    }

    #[tokio::test]
    async fn a_script_from_settings_plays_the_steps_of_the_first_rule_that_fits() {
        let script: Script = serde_json::from_str(
            r#"{"steps": [{"say": ["Yes", "."]}],
                "rules": [{"when": "twice", "steps": ["echo", "echo", {"fail": {"status": 500}}]}]}"#,
        )
        .unwrap();
        let model = Scripted::new(script);
        assert_eq!(
            all(&model, "Really?").await,
            [
                Ok(Delta::Text("Yes".to_owned())),
                Ok(Delta::Text(".".to_owned())),
                Ok(Delta::Finish(FinishReason::Stop))
            ]
        );
        let twice = all(&model, "say twice").await;
        assert_eq!(twice.len(), 5);
        assert!(matches!(twice[4], Err(ModelError::Status { status: 500, .. })));
    }

    #[tokio::test]
    async fn queued_answers_come_first_and_prompts_are_remembered() {
        let model = Scripted::new(Script::say(["later"]));
        model.clone().will([Step::Fail { status: 429 }]);
        assert_eq!(all(&model, "one").await, [Err(refused(429))]);
        assert_eq!(all(&model, "two").await[0], Ok(Delta::Text("later".to_owned())));
        let asked: Vec<String> = model.asked().into_iter().map(|prompt| prompt.question).collect();
        assert_eq!(asked, ["one", "two"]);
    }

    #[tokio::test]
    async fn a_dropped_answer_is_no_longer_open() {
        let model = Scripted::new(Script::of([Step::Say(vec!["a".to_owned()]), Step::Hang]));
        let mut deltas = model.stream(Prompt::default()).await.unwrap();
        deltas.next().await.unwrap().unwrap();
        assert_eq!(model.open(), 1);
        drop(deltas);
        assert_eq!(model.open(), 0);
    }

    #[tokio::test]
    async fn what_follows_a_call_waits_for_its_result() {
        let script = r#"{"steps": [{"say": ["Wait. "]}, {"call": {"tool": "look", "arguments": {"at": 1}}},
                                   {"call": {"tool": "look", "arguments": {"at": 2}}}, "results"]}"#;
        let model = Scripted::new(serde_json::from_str(script).unwrap());
        let deltas = all(&model, "What?").await;
        let calls: Vec<Call> = deltas
            .into_iter()
            .filter_map(|delta| match delta {
                Ok(Delta::Call(call)) => Some(call),
                _ => None,
            })
            .collect();
        assert_eq!(
            calls.iter().map(|call| call.arguments.as_str()).collect::<Vec<_>>(),
            [r#"{"at":1}"#, r#"{"at":2}"#]
        );
        let uses = calls.into_iter().map(|call| ToolUse { call, result: "seen ".to_owned() }).collect();
        let rounds = vec![Round { said: "Wait. ".to_owned(), uses }];
        let prompt = Prompt { question: "What?".to_owned(), rounds, ..Prompt::default() };
        let deltas: Vec<_> = model.stream(prompt).await.unwrap().collect().await;
        assert_eq!(deltas.len(), 3, "{deltas:?}");
        assert_eq!(deltas[0], Ok(Delta::Text("seen ".to_owned())));
    }
}
