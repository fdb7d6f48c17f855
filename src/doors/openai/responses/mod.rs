//! `POST /v1/responses`: the newer way to ask, whole or event by event. What a response goes on with is named by its id
//! and read from the history; each response opens a private chat of its own, as everywhere in this API.

mod request;
mod wire;

use axum::Json;
use axum::extract::{Request, State};
use axum::response::sse::Event;
use axum::response::{IntoResponse, Response};

use super::asking::{Telling, Whole, begin, streamed, whole};
use super::refusal::{Refusal, Refusals};
use super::wire::{End, UsageView};
use super::{Services, body};
use docent_domain::source::Source;
use request::ResponseIn;
use wire::{EventView, NumberedView, ResponseView, Spoken, empty_part, is_cut, part};

/// A failure before anything was found has a status of its own; a later one is `response.failed` in the stream.
#[utoipa::path(
    post,
    path = "/v1/responses",
    operation_id = "create_response",
    tag = "OpenAI",
    request_body = ResponseIn,
    responses(
        (status = 200, content(
            (ResponseView<'static> = "application/json"),
            (NumberedView<'static> = "text/event-stream")
        )),
        Refusals
    )
)]
#[tracing::instrument(name = "openai.responses", skip_all)]
pub(super) async fn handler(State(services): State<Services>, request: Request) -> Result<Response, Refusal> {
    let caller = services.caller(request.headers()).await?;
    let (parts, body) = request.into_parts();
    let asked: ResponseIn = body::read(body, services.limits.body).await?;
    let (asked, repeated) = asked.understood(&services, &caller).await?;
    let begun = begin(&services, caller, &asked, &parts.extensions).await?;
    let spoken = Spoken::new(begun.answer.accepted(), asked.model.clone(), begun.created, repeated);
    if asked.stream {
        return Ok(streamed(services, asked, begun, Numbered { spoken, number: 0 }));
    }
    let Whole { sources, end, usage } = whole(&services, &asked, begun).await?;
    Ok(Json(spoken.ended(&sources, &end, usage)).into_response())
}

/// A response, event by event, each with its number.
struct Numbered {
    spoken: Spoken,
    number: u64,
}

impl Telling for Numbered {
    fn opening(&mut self, sources: &[Source]) -> Vec<Event> {
        let Self { spoken, number } = self;
        opening(spoken, sources).into_iter().map(|event| numbered(event, number)).collect()
    }

    fn piece(&mut self, text: &str) -> Vec<Event> {
        let Self { spoken, number } = self;
        vec![numbered(delta(spoken, text), number)]
    }

    /// They stand in the response as it ended.
    fn more_sources(&mut self, _sources: &[Source]) -> Vec<Event> {
        Vec::new()
    }

    fn ended(&mut self, sources: &[Source], end: &End, usage: UsageView) -> Vec<Event> {
        let Self { spoken, number } = self;
        let response = spoken.ended(sources, end, usage);
        closing(spoken, sources, end, response).into_iter().map(|event| numbered(event, number)).collect()
    }

    fn failed(&mut self, sources: &[Source], refusal: &Refusal) -> Vec<Event> {
        let Self { spoken, number } = self;
        vec![numbered(EventView::Failed { response: spoken.failed(sources, refusal) }, number)]
    }
}

fn opening<'a>(spoken: &'a Spoken, sources: &'a [Source]) -> [EventView<'a>; 4] {
    let response = spoken.begun(sources);
    [
        EventView::Created { response: response.clone() },
        EventView::InProgress { response },
        EventView::ItemAdded { output_index: 0, item: spoken.empty_item() },
        EventView::PartAdded {
            item_id: spoken.item_id(),
            output_index: 0,
            content_index: 0,
            part: empty_part(),
        },
    ]
}

fn delta<'a>(spoken: &'a Spoken, delta: &'a str) -> EventView<'a> {
    let item_id = spoken.item_id();
    EventView::Delta { item_id, output_index: 0, content_index: 0, delta, logprobs: [] }
}

fn closing<'a>(
    spoken: &'a Spoken,
    sources: &'a [Source],
    end: &'a End,
    response: ResponseView<'a>,
) -> [EventView<'a>; 4] {
    let (item_id, output_index, content_index) = (spoken.item_id(), 0, 0);
    [
        EventView::TextDone { item_id, output_index, content_index, text: end.content(), logprobs: [] },
        EventView::PartDone { item_id, output_index, content_index, part: part(sources, end) },
        EventView::ItemDone { output_index, item: spoken.item(sources, end) },
        if is_cut(end) { EventView::Incomplete { response } } else { EventView::Completed { response } },
    ]
}

fn numbered(event: EventView<'_>, number: &mut u64) -> Event {
    let name = event.name();
    let view = NumberedView { event, sequence_number: *number };
    *number += 1;
    Event::default().event(name).data(serde_json::to_string(&view).unwrap_or_default())
}
