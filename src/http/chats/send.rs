//! `POST /api/chats/{id}/messages`: ask, and get the answer whole or as it is written.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::answer::{AnswerView, answered};
use crate::access::{ChatAccess, Spent};
use crate::decode::Json;
use crate::idempotency::IdempotencyKey;
use crate::services::Services;
use crate::wire::{self, Number};
use docent_chat::{NewQuestion, Options};
use docent_domain::{DocumentId, Fault};
use docent_store::KeyedRequest;
use docent_telemetry as telemetry;
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct QuestionIn {
    /// At most 32 KiB.
    message: String,
    /// One that the provider does not have falls back to the default.
    model: Option<String>,
    /// 0 to 2.
    temperature: Option<f32>,
    /// Whether the model is told what was said before; it is unless this is `false`.
    include_history: Option<bool>,
    /// At most so many messages of it.
    max_history: Option<Number>,
    /// 1 to 50 sources.
    top_k: Option<Number>,
    /// Only these documents; an empty list finds nothing.
    document_ids: Option<Vec<Number>>,
    /// Answers with server-sent events: those of a project room's turn, by the same names.
    stream: Option<bool>,
    /// Makes sending safe to repeat, as the header `Idempotency-Key` does.
    client_message_id: Option<String>,
}

/// The turn goes on when the client goes away; its answer is then found among the messages.
#[utoipa::path(
    post,
    path = "/chats/{id}/messages",
    operation_id = "send_message",
    tag = "Chats",
    params(("id" = i64, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = QuestionIn,
    responses(
        (status = 200, content((AnswerView = "application/json"), (String = "text/event-stream"))),
        (status = 409, body = crate::Problem, content_type = "application/problem+json")
    )
)]
#[tracing::instrument(name = "http.chats.send", skip_all, fields(chat.id = %access.chat.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ChatAccess,
    _spent: Spent,
    IdempotencyKey(key): IdempotencyKey,
    Json(body): Json<QuestionIn>,
) -> Result<Response, Refused> {
    let stream = body.stream.unwrap_or(false);
    let documents =
        body.document_ids.map(|ids| wire::ids("document_ids", ids, services.limits.list_ids)).transpose()?;
    let options = Options {
        model: body.model,
        temperature: body.temperature,
        include_history: body.include_history.unwrap_or(true),
        max_history: body.max_history.map(|number| count("max_history", number)).transpose()?,
        top_k: body.top_k.map(|number| count("top_k", number)).transpose()?,
        documents: documents.map(|ids| ids.into_iter().map(DocumentId::from).collect()),
        ..Options::default()
    };
    let keyed = key.as_deref().map(|key| keyed(key, &access, &body.message, &options));
    let question = NewQuestion {
        chat: access.chat.id,
        content: body.message,
        user: access.caller.principal.user,
        username: access.caller.principal.username.clone(),
        options,
        client_message_id: body.client_message_id.or(key),
        keyed,
    };
    let started = services.engine.start(&access.caller.scope, question).await?;
    telemetry::message(crate::DOOR);
    answered(started, stream, &services, access.caller).await.map_err(Refused)
}

/// What is asked, and of what; how the answer is wanted changes nothing of it.
fn keyed(key: &str, access: &ChatAccess, message: &str, options: &Options) -> KeyedRequest {
    let options = serde_json::to_string(options).unwrap_or_default();
    KeyedRequest::new(key, &["question", &access.chat.id.to_string(), message, &options])
}

fn count(field: &str, number: Number) -> Result<usize, Fault> {
    usize::try_from(number.0).map_err(|_| Fault::field(field, "must not be negative"))
}
