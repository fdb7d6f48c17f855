//! `POST /v1/chat/completions`: a question to a project, answered whole or as it is written.

use axum::Json;
use axum::extract::{Request, State};
use axum::response::sse::Event;
use axum::response::{IntoResponse, Response};

use super::asking::{Telling, Whole, begin, frame, over, streamed, whole};
use super::refusal::{Refusal, Refusals};
use super::request::CompletionIn;
use super::wire::{ChunkView, CompletionView, End, FrameView, Head, UsageView};
use super::{Services, body};
use docent_domain::source::Source;

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
            (FrameView<'static> = "text/event-stream")
        )),
        Refusals
    )
)]
#[tracing::instrument(name = "openai.completions", skip_all)]
pub(super) async fn handler(State(services): State<Services>, request: Request) -> Result<Response, Refusal> {
    let caller = services.caller(request.headers()).await?;
    let (parts, body) = request.into_parts();
    let asked: CompletionIn = body::read(body, services.limits.body).await?;
    let asked = asked.understood(&services.limits)?;
    let begun = begin(&services, caller, &asked, &parts.extensions).await?;
    let head = Head::new(begun.answer.accepted(), asked.model.clone(), begun.created);
    if asked.stream {
        let wants_usage = asked.include_usage;
        return Ok(streamed(services, asked, begun, Chunks { head, wants_usage }));
    }
    let Whole { sources, end, usage } = whole(&services, &asked, begun).await?;
    Ok(Json(head.completion(&sources, &end, usage)).into_response())
}

/// A chunk for each piece, then `[DONE]`.
struct Chunks {
    head: Head,
    wants_usage: bool,
}

impl Chunks {
    fn chunk(&self, chunk: ChunkView<'_>) -> Vec<Event> {
        vec![frame(&FrameView::Chunk(chunk.with_usage_field(self.wants_usage)))]
    }
}

impl Telling for Chunks {
    fn opening(&mut self, sources: &[Source]) -> Vec<Event> {
        self.chunk(self.head.opening(sources))
    }

    fn piece(&mut self, text: &str) -> Vec<Event> {
        self.chunk(self.head.piece(text))
    }

    fn more_sources(&mut self, sources: &[Source]) -> Vec<Event> {
        self.chunk(self.head.more_sources(sources))
    }

    fn ended(&mut self, _sources: &[Source], end: &End, usage: UsageView) -> Vec<Event> {
        let mut events = self.chunk(self.head.closing(end));
        if self.wants_usage {
            events.extend(self.chunk(self.head.usage(usage)));
        }
        events.push(over());
        events
    }

    fn failed(&mut self, _sources: &[Source], refusal: &Refusal) -> Vec<Event> {
        vec![frame(&FrameView::Error(refusal.view()))]
    }
}
