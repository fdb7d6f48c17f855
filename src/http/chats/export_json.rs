//! `GET /api/chats/{id}/export/json`: the whole chat as a file for machines.

use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_DISPOSITION;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ChatView, MessageView};
use crate::access::ChatAccess;
use crate::disposition::attachment;
use crate::services::Services;
use docent_domain::chat::Message;
use docent_domain::{ChatId, Fault};
use docent_store::{Seen, Window};
use docent_wire::Refused;

/// Messages that are read at once.
const PART: i64 = 500;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExportedChat)]
pub(super) struct ExportView {
    chat: ChatView,
    messages: Vec<MessageView>,
}

#[utoipa::path(
    get,
    path = "/chats/{id}/export/json",
    operation_id = "export_chat_json",
    tag = "Chats",
    params(("id" = i64, Path)),
    responses((status = 200, body = ExportView))
)]
#[tracing::instrument(name = "http.chats.export_json", skip_all, fields(chat.id = %access.chat.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ChatAccess,
) -> Result<Response, Refused> {
    let messages = all_messages(&services, access.seen).await?;
    let name = attachment(&format!("{}.json", access.chat.title));
    let messages = messages.into_iter().map(MessageView::from).collect();
    let view = ExportView { chat: access.chat.into(), messages };
    Ok(([(CONTENT_DISPOSITION, name)], Json(view)).into_response())
}

/// Everything that was said in a chat that the caller may read.
pub(super) async fn all_messages(services: &Services, chat: Seen<ChatId>) -> Result<Vec<Message>, Fault> {
    let mut tx = services.store.read().await?;
    let mut messages = Vec::new();
    loop {
        let skip = i64::try_from(messages.len()).unwrap_or(i64::MAX);
        let part = tx.messages(chat, Window { skip, limit: PART }).await?.items;
        if part.is_empty() {
            return Ok(messages);
        }
        messages.extend(part);
    }
}
