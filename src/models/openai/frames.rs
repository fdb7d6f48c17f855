//! From the server's events to deltas, for every dialect seen so far.
//!
//! Events are read as loose JSON: real servers leave out fields, send `null` or `""` where others send nothing,
//! and report errors within a stream that began well.

use std::time::Duration;

use futures_util::stream::{BoxStream, StreamExt};
use serde_json::Value;
use tokio::time::Instant;

use super::calls::Calls;
use super::thoughts::Thoughts;
use super::written::Written;
use crate::error::{sentence_in, window_in};
use crate::{Delta, Deltas, ModelError};
use docent_domain::chat::FinishReason;

/// How long to wait for the bill after the last word.
const AFTER_FINISH: Duration = Duration::from_secs(2);

/// Reads a whole answer. `whole` tells, after the end, whether the server marked it as such.
pub(super) fn read(
    mut raw: BoxStream<'static, Result<Value, ModelError>>,
    whole: impl Fn() -> bool + Send + 'static,
    tools: Vec<String>,
    first: Duration,
    content_timeout: Duration,
) -> Deltas {
    async_stream::try_stream! {
        let mut finish = None;
        let mut usage = None;
        let mut calls = Calls::default();
        let mut spoke = false;
        let mut events = 0_u64;
        let mut thoughts = Thoughts::default();
        let mut written = Written::new(tools);
        let mut deadline = Instant::now() + first;
        loop {
            let event = match tokio::time::timeout_at(deadline, raw.next()).await {
                Ok(Some(Ok(event))) => event,
                // Past the last word nothing can be lost any more.
                Ok(Some(Err(_))) | Err(_) if finish.is_some() => break,
                Ok(Some(Err(error))) => Err(error)?,
                Ok(None) => break,
                Err(_) if events == 0 => Err(ModelError::Late { seconds: first.as_secs() })?,
                Err(_) => Err(ModelError::Silent { seconds: content_timeout.as_secs() })?,
            };
            let event = Event::of(&event, &mut calls)?;
            events += 1;
            if let Some(text) = event.text {
                spoke = true;
                deadline = Instant::now() + content_timeout;
                let text = written.push(thoughts.push(&text));
                yield if text.is_empty() { Delta::Thinking } else { Delta::Text(text) };
            } else if event.thinks {
                deadline = Instant::now() + content_timeout;
                yield Delta::Thinking;
            }
            usage = event.usage.or(usage);
            if let Some(reason) = event.finish {
                finish = Some(reason);
                deadline = Instant::now() + AFTER_FINISH;
            }
        }
        if finish.is_none() && (spoke || calls.any()) && whole() {
            finish = Some(FinishReason::Stop);
        }
        let Some(finish) = finish else {
            // That it is a stream its header has said: without an event in it the server has gone before its first word.
            Err(ModelError::Truncated)?;
            return;
        };
        let mut rest = written.push(thoughts.finish());
        let (meant, held) = written.finish();
        rest.push_str(&held);
        if !rest.is_empty() {
            yield Delta::Text(rest);
        }
        for call in meant {
            yield Delta::Call(call);
        }
        for call in calls.finish() {
            yield Delta::Call(call);
        }
        if let Some((prompt_tokens, completion_tokens)) = usage {
            yield Delta::Usage { prompt_tokens, completion_tokens };
        }
        yield Delta::Finish(finish);
    }
    .boxed()
}

/// What one event says.
#[derive(Debug, Default, PartialEq)]
struct Event {
    text: Option<String>,
    /// It works on something that is not to be read: on its thoughts, or on calls.
    thinks: bool,
    finish: Option<FinishReason>,
    usage: Option<(i64, i64)>,
}

impl Event {
    fn of(event: &Value, calls: &mut Calls) -> Result<Self, ModelError> {
        if let Some(error) = event.get("error").filter(|error| !error.is_null()) {
            let said = sentence_in(event).unwrap_or_else(|| error.to_string());
            let detail: String = said.chars().take(300).collect();
            return Err(window_in(&detail, Some(event)).unwrap_or(ModelError::Reported { detail }));
        }
        let choice = event.get("choices").and_then(|choices| choices.get(0));
        let delta = choice.and_then(|choice| choice.get("delta").or_else(|| choice.get("message")));
        let said = |name: &str| {
            let text = delta.and_then(|delta| delta.get(name)).and_then(Value::as_str);
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let reason = choice.and_then(|choice| choice.get("finish_reason")).and_then(Value::as_str);
        let finish = match reason {
            None | Some("") => None,
            Some("length" | "max_tokens" | "model_length") => Some(FinishReason::Length),
            Some("error") => {
                return Err(ModelError::Reported { detail: "finish_reason: error".to_owned() });
            }
            Some(_) => Some(FinishReason::Stop),
        };
        let called = delta.map(|delta| calls.take(delta)).transpose()?.unwrap_or(false);
        Ok(Self {
            text: said("content"),
            thinks: called || said("reasoning_content").or_else(|| said("reasoning")).is_some(),
            finish,
            usage: event.get("usage").and_then(usage),
        })
    }
}

fn usage(usage: &Value) -> Option<(i64, i64)> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "some servers count in floats; the part before the dot is meant"
    )]
    let count = |name: &str| {
        let count = usage.get(name)?;
        count.as_i64().or_else(|| count.as_f64().map(|count| count as i64))
    };
    Some((count("prompt_tokens")?, count("completion_tokens")?))
}
