//! `POST /api/chats/{id}/summary`: sum up the talk so far, now.

use axum::Json;
use axum::extract::State;

use super::MessageView;
use crate::access::{ChatAccess, Spent};
use crate::services::Services;
use docent_wire::Refused;
use docent_wire::readable::unless_revoked;

/// The summary becomes a message of the chat, and stands in for what was said longer ago.
#[utoipa::path(
    post,
    path = "/chats/{id}/summary",
    operation_id = "summarise_chat",
    tag = "Chats",
    params(("id" = i64, Path)),
    responses((status = 200, body = MessageView))
)]
#[tracing::instrument(name = "http.chats.summary", skip_all, fields(chat.id = %access.chat.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ChatAccess,
    _spent: Spent,
) -> Result<Json<MessageView>, Refused> {
    let (caller, chat) = (&access.caller, access.chat.id);
    let summary = async { Ok::<_, Refused>(services.engine.summarise(&caller.scope, chat).await?) };
    let summary = unless_revoked(summary, services.auth.until_revoked(caller, chat)).await?;
    Ok(Json(summary.into()))
}
