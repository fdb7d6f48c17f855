//! `POST /api/chats/{id}/messages/{message_id}/regenerate`: the answer again.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::answer::{AnswerView, answered};
use crate::access::{ChatAccess, MessagePath, Spent};
use crate::decode::OptionalJson;
use crate::services::Services;
use docent_wire::Refused;

#[derive(Debug, Default, Deserialize, ToSchema)]
pub(super) struct RegenerateIn {
    /// Answers with server-sent events.
    stream: Option<bool>,
}

/// `message_id` is a question or one of its answers; the answers it had give way to the new one.
#[utoipa::path(
    post,
    path = "/chats/{id}/messages/{message_id}/regenerate",
    operation_id = "regenerate_answer",
    tag = "Chats",
    params(("id" = i64, Path), ("message_id" = i64, Path)),
    request_body(content = Option<RegenerateIn>),
    responses((status = 200, content((AnswerView = "application/json"), (String = "text/event-stream"))))
)]
#[tracing::instrument(name = "http.chats.regenerate", skip_all, fields(chat.id = %access.chat.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ChatAccess,
    _spent: Spent,
    MessagePath(message): MessagePath,
    OptionalJson(body): OptionalJson<RegenerateIn>,
) -> Result<Response, Refused> {
    let caller = &access.caller;
    let started =
        services.engine.regenerate(&caller.scope, &caller.principal, access.chat.id, message).await?;
    answered(started, body.stream.unwrap_or(false), &services, access.caller).await.map_err(Refused)
}
