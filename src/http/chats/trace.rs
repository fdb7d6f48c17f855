//! `GET /api/chats/{id}/messages/{message_id}/trace`: how the sources of an answer were found.

use axum::Json;
use axum::extract::State;
use serde_json::Value;

use crate::access::{ChatAccess, MessagePath};
use crate::services::Services;
use docent_wire::Refused;

/// Branches, what was fused, kept, dropped and why, and how long each step took.
#[utoipa::path(
    get,
    path = "/chats/{id}/messages/{message_id}/trace",
    operation_id = "answer_trace",
    tag = "Chats",
    params(("id" = i64, Path), ("message_id" = i64, Path)),
    responses((status = 200, body = Object))
)]
#[tracing::instrument(name = "http.chats.trace", skip_all, fields(chat.id = %access.chat.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ChatAccess,
    MessagePath(message): MessagePath,
) -> Result<Json<Value>, Refused> {
    Ok(Json(services.engine.trace(&access.caller.scope, access.chat.id, message).await?))
}
