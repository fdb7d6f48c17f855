//! The model's part of a turn: it speaks, asks for tools, is given their results, and speaks on.

use futures_util::StreamExt;
use tokio::time::Instant;

use super::engine::{Inner, Settings};
use super::live::Live;
use super::pace::paced;
use super::tools::Tools;
use super::turn::Plan;
use super::writer::{Room, Writer};
use docent_domain::chat::FinishReason;
use docent_models::{Call, ChatModel, Delta, ModelError, Prompt, ToolChoice};
use docent_telemetry as telemetry;

/// Tokens of prompt and answer.
type Usage = Option<(i64, i64)>;

/// How the model ended, and what it cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) finish: FinishReason,
    pub(super) usage: Usage,
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
        loop {
            let before = live.log.text().len();
            let part = write(plan.model.as_ref(), writer, prompt.clone(), settings).await;
            let part = part.inspect_err(|_| telemetry::model_failed(plan.model.provider()))?;
            usage = sum(usage, part.usage);
            let again = tools.filter(|_| prompt.tool_choice == ToolChoice::Auto);
            let Some(tools) = again.filter(|_| !part.calls.is_empty()) else {
                return Ok(Spoken { finish: part.finish, usage });
            };
            writer.pause();
            let said = live.log.text().split_off(before).trim().to_owned();
            prompt.rounds.push(tools.run(said, part.calls).await);
            writer.sources(&live.log.found().unwrap_or_default());
            if prompt.rounds.len() >= settings.tool_rounds {
                prompt.tool_choice = ToolChoice::None;
            }
        }
    }
}

fn sum(one: Usage, other: Usage) -> Usage {
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
    let mut usage = None;
    let mut calls = Vec::new();
    let mut patience = Instant::now() + silence;
    loop {
        let delta = tokio::select! {
            biased;
            delta = deltas.next() => delta,
            () = sleep_until(writer.deadline()) => {
                writer.send_due();
                continue;
            }
            () = tokio::time::sleep_until(patience) => return Err(silent()),
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
        patience = Instant::now() + silence;
        // A model that is always ready must not keep others from running, nor this turn from being stopped.
        tokio::task::coop::consume_budget().await;
    }
}

async fn sleep_until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}
