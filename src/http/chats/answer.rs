//! A turn as one JSON answer, or handed over to [`stream`](super::stream).

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::stream::events;
use crate::services::Services;
use docent_auth::Caller;
use docent_chat::Started;
use docent_domain::chat::TurnEvent;
use docent_domain::{Code, Fault};
use docent_wire::readable::unless_revoked;
use docent_wire::source::SourceView;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Answer)]
pub(super) struct AnswerView {
    answer: String,
    sources: Vec<SourceView<'static>>,
    model: Option<String>,
    message_id: i64,
    question_id: i64,
    chat_id: i64,
    /// `completed`, or `cancelled` with what was written until then.
    status: &'static str,
    /// `stop`, `length`, or `no_answer` when the documents hold nothing relevant.
    finish_reason: Option<&'static str>,
    /// 1-based numbers of the sources that the answer cites.
    cited: Vec<i64>,
}

/// Waits for the end of the turn, unless its events are wanted as they come, or may not be read any more.
pub(super) async fn answered(
    started: Started,
    stream: bool,
    services: &Services,
    caller: Caller,
) -> Result<Response, Fault> {
    if stream {
        return Ok(events(started, services.auth.clone(), caller));
    }
    let revoked = services.auth.until_revoked(&caller, started.accepted.chat);
    unless_revoked(whole(started), revoked).await
}

async fn whole(mut started: Started) -> Result<Response, Fault> {
    let accepted = started.accepted;
    let mut view = AnswerView {
        answer: String::new(),
        sources: Vec::new(),
        model: None,
        message_id: accepted.answer.get(),
        question_id: accepted.question.get(),
        chat_id: accepted.chat.get(),
        status: "completed",
        finish_reason: None,
        cited: Vec::new(),
    };
    while let Some(event) = started.stream.next_joined(usize::MAX).await {
        match event {
            TurnEvent::Accepted(_)
            | TurnEvent::Token(_)
            | TurnEvent::ToolCall(_)
            | TurnEvent::ToolResult(_) => {}
            TurnEvent::Sources(sources) => view.sources = SourceView::taken(sources),
            TurnEvent::Completed(completed) => {
                view.answer = completed.content;
                view.model = Some(completed.model);
                view.finish_reason = Some(completed.finish_reason.name());
                view.cited = completed.cited;
                return Ok(Json(view).into_response());
            }
            TurnEvent::Cancelled { content } => {
                view.answer = content;
                view.status = "cancelled";
                return Ok(Json(view).into_response());
            }
            TurnEvent::Failed { code, message, .. } => return Err(Fault::new(code, message)),
            TurnEvent::Interrupted { .. } => break,
        }
    }
    let detail =
        "The server stopped before the answer was complete; what there is stands in the chat. Ask again";
    Err(Fault::new(Code::Interrupted, detail))
}
