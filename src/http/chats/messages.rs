//! `GET /api/chats/{id}/messages`: what was said, in order.

use axum::extract::State;

use super::MessageView;
use super::feedback::with_feedback;
use crate::access::ChatAccess;
use crate::decode::{PageQuery, Query};
use crate::services::Services;
use crate::wire::Page;
use docent_wire::Refused;

#[utoipa::path(
    get,
    path = "/chats/{id}/messages",
    operation_id = "list_messages",
    tag = "Chats",
    params(("id" = i64, Path), PageQuery),
    responses((status = 200, body = Vec<MessageView>, headers(("X-Total-Count" = i64))))
)]
#[tracing::instrument(name = "http.chats.messages", skip_all, fields(chat.id = %access.chat.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ChatAccess,
    Query(page): Query<PageQuery>,
) -> Result<Page<MessageView>, Refused> {
    let mut tx = services.store.read().await?;
    let listed = tx.messages(access.seen, page.window()?).await?;
    Ok(Page(with_feedback(&mut tx, &access, listed.items).await?, listed.total))
}
