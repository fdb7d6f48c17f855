//! Asking: what all ways of this API have in common, from a question that was understood to the events of its answer.

use std::convert::Infallible;

use axum::http::Extensions;
use axum::response::Response;
use axum::response::sse::Event;
use serde::Serialize;

use super::follow::Followed;
use super::refusal::Refusal;
use super::request::Asked;
use super::wire::{End, UsageView};
use super::{LABEL, Services, models};
use docent_auth::Caller;
use docent_chat::OneShot;
use docent_domain::chat::TurnEvent;
use docent_domain::source::Source;
use docent_domain::{Code, Fault};
use docent_telemetry as telemetry;
use docent_wire::sse;

/// An answer whose sources are known.
pub(super) struct Begun {
    pub(super) answer: Followed,
    pub(super) sources: Vec<Source>,
    /// Seconds since 1970.
    pub(super) created: i64,
}

/// Begins the answer and waits for its sources, which come before everything else.
pub(super) async fn begin(
    services: &Services,
    caller: Caller,
    asked: &Asked,
    extensions: &Extensions,
) -> Result<Begun, Refusal> {
    models::check(services, &caller, asked).await?;
    // What is refused is not counted.
    services.spend(&caller, extensions).await?;

    let question = OneShot {
        project: asked.project,
        asker: caller.principal.clone(),
        said: asked.said.clone(),
        content: asked.content.clone(),
        options: asked.options.clone(),
    };
    let started = services.direct.engine.start_once(&caller.scope, question).await?;
    telemetry::message(LABEL);
    let created = services.clock.now().millis() / 1_000;
    let mut answer = Followed::new(services.clone(), caller, started);
    let sources = found(&mut answer).await?;
    Ok(Begun { answer, sources, created })
}

async fn found(answer: &mut Followed) -> Result<Vec<Source>, Refusal> {
    while let Some(event) = answer.next().await {
        if let TurnEvent::Sources(sources) = event? {
            return Ok(sources);
        }
    }
    Err(unfinished())
}

/// How one way of this API tells an answer while it is written. `sources` are those found so far.
pub(super) trait Telling: Send + Sync + 'static {
    fn opening(&mut self, sources: &[Source]) -> Vec<Event>;
    fn piece(&mut self, text: &str) -> Vec<Event>;
    fn more_sources(&mut self, sources: &[Source]) -> Vec<Event>;
    fn ended(&mut self, sources: &[Source], end: &End, usage: UsageView) -> Vec<Event>;
    fn failed(&mut self, sources: &[Source], refusal: &Refusal) -> Vec<Event>;
}

/// An answer that is complete, or as far as it came.
pub(super) struct Whole {
    pub(super) sources: Vec<Source>,
    pub(super) end: End,
    pub(super) usage: UsageView,
}

/// Waits for the end of an answer.
pub(super) async fn whole(services: &Services, asked: &Asked, begun: Begun) -> Result<Whole, Refusal> {
    let Begun { mut answer, mut sources, .. } = begun;
    while let Some(event) = answer.next().await {
        match step(event?) {
            Step::Sources(more) => sources = more,
            Step::Piece(_) | Step::Nothing => {}
            Step::End(end) => {
                let usage = usage(services, asked, &sources, &end);
                return Ok(Whole { sources, end, usage });
            }
        }
    }
    Err(unfinished())
}

/// Tells an answer as it is written.
pub(super) fn streamed(
    services: Services,
    asked: Asked,
    begun: Begun,
    mut telling: impl Telling,
) -> Response {
    let Begun { mut answer, mut sources, .. } = begun;
    let events = async_stream::stream! {
        let mut events = telling.opening(&sources);
        loop {
            for event in events {
                yield Ok::<_, Infallible>(event);
            }
            let Some(event) = answer.next().await else { return };
            events = match event.map(step) {
                Ok(Step::Nothing) => Vec::new(),
                Ok(Step::Piece(text)) => telling.piece(&text),
                Ok(Step::Sources(more)) => {
                    sources = more;
                    telling.more_sources(&sources)
                }
                Ok(Step::End(end)) => {
                    let usage = usage(&services, &asked, &sources, &end);
                    telling.ended(&sources, &end, usage)
                }
                Err(refusal) => {
                    refusal.log();
                    telling.failed(&sources, &refusal)
                }
            };
        }
    };
    sse::events(events)
}

/// An event as this door sees it.
enum Step {
    Sources(Vec<Source>),
    Piece(String),
    End(End),
    Nothing,
}

fn step(event: TurnEvent) -> Step {
    match event {
        TurnEvent::Sources(sources) => Step::Sources(sources),
        TurnEvent::Token(frame) => Step::Piece(frame.text),
        TurnEvent::Completed(completed) => Step::End(End::Completed(completed)),
        TurnEvent::Cancelled { content } => Step::End(End::Cancelled { content }),
        // Failures have become errors before they come here; what tools find comes as sources.
        TurnEvent::Accepted(_)
        | TurnEvent::Failed { .. }
        | TurnEvent::Interrupted { .. }
        | TurnEvent::ToolCall(_)
        | TurnEvent::ToolResult(_) => Step::Nothing,
    }
}

/// An event with a view, and no name.
pub(super) fn frame(view: &impl Serialize) -> Event {
    // Our wire types have string keys only, so that this cannot fail.
    Event::default().data(serde_json::to_string(view).unwrap_or_default())
}

/// What clients wait for after the last frame.
pub(super) fn over() -> Event {
    Event::default().data("[DONE]")
}

/// What the model counted, or what its prompt and its answer come to by our own count.
fn usage(services: &Services, asked: &Asked, sources: &[Source], end: &End) -> UsageView {
    let tokens = services.direct.embedder.tokenizer();
    let count = |text: &str| i64::try_from(tokens.count(text)).unwrap_or(i64::MAX);
    let counted = match end {
        End::Completed(completed) => (completed.prompt_tokens, completed.completion_tokens),
        End::Cancelled { .. } => (None, None),
    };
    let prompt = || {
        let said: i64 = asked.said.iter().map(|message| count(&message.content)).sum();
        let found: i64 = sources.iter().map(|source| count(&source.content)).sum();
        said + found + count(&asked.content)
    };
    UsageView::new(counted.0.unwrap_or_else(prompt), counted.1.unwrap_or_else(|| count(end.content())))
}

fn unfinished() -> Refusal {
    Fault::new(Code::Interrupted, "The answer ended before it was complete; ask again").into()
}
