//! `POST /v1/chat/completions`: a question to a project, answered whole or as it is written.

use std::convert::Infallible;

use axum::Json;
use axum::extract::{Request, State};
use axum::response::sse::Event;
use axum::response::{IntoResponse, Response};

use super::asking::{Begun, Step, begin, frame, step, unfinished, usage};
use super::described::FrameOut;
use super::follow::Followed;
use super::refusal::{ErrorView, Refusal};
use super::request::{Asked, CompletionIn};
use super::wire::{CompletionView, Head};
use super::{Services, body};
use docent_domain::source::Source;
use docent_wire::sse;

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
    let Begun { answer, sources, created } = begin(&services, caller, &asked, &parts.extensions).await?;
    let head = Head::new(answer.accepted(), asked.model.clone(), created);
    if asked.stream {
        return Ok(streamed(services, head, asked, sources, answer));
    }
    whole(&services, &head, &asked, sources, answer).await
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
    sse::events(frames)
}
