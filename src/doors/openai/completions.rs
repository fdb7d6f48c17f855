//! `POST /v1/chat/completions`: a question to a project, answered whole or as it is written.

use std::convert::Infallible;
use std::time::Duration;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::described::FrameOut;
use super::follow::Followed;
use super::refusal::{ErrorView, Refusal};
use super::request::{Asked, CompletionIn};
use super::wire::{CompletionView, End, Head, UsageView};
use super::{Services, body, models};
use docent_chat::OneShot;
use docent_domain::chat::TurnEvent;
use docent_domain::source::Source;
use docent_domain::{Code, Fault};
use docent_telemetry::{self as telemetry, Door};

/// Proxies and clients give up a silent connection.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// A failure before anything was found has a status of its own; a later one is a frame in the stream.
#[utoipa::path(
    post,
    path = "/v1/chat/completions",
    operation_id = "create_chat_completion",
    tag = "OpenAI",
    request_body = CompletionIn,
    responses(
        (status = 200, content(
            (CompletionView<'static> = "application/json"),
            (FrameOut<'static> = "text/event-stream")
        )),
        (status = 400, body = ErrorView<'static>),
        (status = 401, body = ErrorView<'static>),
        (status = 404, body = ErrorView<'static>, description = "There is no such model, or it is not yours"),
        (status = 413, body = ErrorView<'static>),
        (status = 429, body = ErrorView<'static>),
        (status = 503, body = ErrorView<'static>, description = "The language model cannot be reached")
    )
)]
#[tracing::instrument(name = "openai.completions", skip_all)]
pub(super) async fn handler(State(services): State<Services>, request: Request) -> Result<Response, Refusal> {
    let caller = services.caller(request.headers()).await?;
    let (parts, body) = request.into_parts();
    let asked: CompletionIn = body::read(body, services.limits.body).await?;
    let asked = asked.understood(&services.limits)?;
    models::check(&services, &caller, &asked).await?;
    // What is refused is not counted.
    services.spend(&caller, &parts.extensions).await?;

    let question = OneShot {
        project: asked.project,
        asker: caller.principal.clone(),
        said: asked.said.clone(),
        content: asked.content.clone(),
        options: asked.options.clone(),
    };
    let started = services.engine.start_once(&caller.scope, question).await?;
    telemetry::message(Door::OpenAi);
    let created = services.clock.now().millis() / 1_000;
    let head = Head::new(&started.accepted, asked.model.clone(), created);
    let mut answer = Followed::new(services.clone(), caller, started);
    let sources = found(&mut answer).await?;
    if asked.stream {
        return Ok(streamed(services, head, asked, sources, answer));
    }
    whole(&services, &head, &asked, sources, answer).await
}

/// Waits for the sources, which come before everything else.
async fn found(answer: &mut Followed) -> Result<Vec<Source>, Refusal> {
    while let Some(event) = answer.next().await {
        if let TurnEvent::Sources(sources) = event? {
            return Ok(sources);
        }
    }
    Err(unfinished())
}

async fn whole(
    services: &Services,
    head: &Head,
    asked: &Asked,
    mut sources: Vec<Source>,
    mut answer: Followed,
) -> Result<Response, Refusal> {
    while let Some(event) = answer.next().await {
        let end = match step(event?) {
            Step::Sources(more) => {
                sources = more;
                continue;
            }
            Step::Piece(_) | Step::Nothing => continue,
            Step::End(end) => end,
        };
        let usage = usage(services, asked, &sources, &end);
        return Ok(Json(head.completion(&sources, &end, usage)).into_response());
    }
    Err(unfinished())
}

fn streamed(
    services: Services,
    head: Head,
    asked: Asked,
    mut sources: Vec<Source>,
    mut answer: Followed,
) -> Response {
    let wants_usage = asked.include_usage;
    let frames = async_stream::stream! {
        yield frame(&head.opening(&sources).with_usage_field(wants_usage));
        while let Some(event) = answer.next().await {
            match event.map(step) {
                Ok(Step::Nothing) => {}
                Ok(Step::Piece(text)) => yield frame(&head.piece(&text).with_usage_field(wants_usage)),
                Ok(Step::Sources(more)) => {
                    sources = more;
                    yield frame(&head.more_sources(&sources).with_usage_field(wants_usage));
                }
                Ok(Step::End(end)) => {
                    yield frame(&head.closing(&end).with_usage_field(wants_usage));
                    if wants_usage {
                        yield frame(&head.usage(usage(&services, &asked, &sources, &end)));
                    }
                    yield Ok::<_, Infallible>(Event::default().data("[DONE]"));
                }
                Err(refusal) => {
                    refusal.log();
                    yield frame(&refusal.view());
                }
            }
        }
    };
    let mut response = Sse::new(frames).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Asks proxies that collect answers to pass this one on as it comes.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
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

fn frame(view: &impl Serialize) -> Result<Event, Infallible> {
    Ok(Event::default().data(serde_json::to_string(view).unwrap_or_default()))
}

/// What the model counted, or what its prompt and its answer come to by our own count.
fn usage(services: &Services, asked: &Asked, sources: &[Source], end: &End) -> UsageView {
    let tokens = services.embedder.tokenizer();
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
