//! `GET /api/chats/{id}`: a chat with its messages.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::feedback::with_feedback;
use super::{ChatView, MessageView};
use crate::access::ChatAccess;
use crate::services::Services;
use docent_store::Window;
use docent_wire::Refused;

/// Messages that come along; the rest is at `…/messages`.
const MESSAGES: i64 = 1000;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChatWithMessages)]
pub(super) struct ChatWithMessagesView {
    #[serde(flatten)]
    chat: ChatView,
    /// In the order in which they were said, the first 1000.
    messages: Vec<MessageView>,
}

#[utoipa::path(
    get,
    path = "/chats/{id}",
    operation_id = "get_chat",
    tag = "Chats",
    params(("id" = i64, Path)),
    responses((status = 200, body = ChatWithMessagesView))
)]
#[tracing::instrument(name = "http.chats.get", skip_all, fields(chat.id = %access.chat.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ChatAccess,
) -> Result<Json<ChatWithMessagesView>, Refused> {
    let mut tx = services.store.read().await?;
    let messages = tx.messages(access.seen, Window { skip: 0, limit: MESSAGES }).await?;
    let messages = with_feedback(&mut tx, &access, messages.items).await?;
    Ok(Json(ChatWithMessagesView { chat: access.chat.into(), messages }))
}
