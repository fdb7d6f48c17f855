//! `GET /api/projects/{id}/chats`: a project's chats, as far as the caller may read them, the latest first.

use axum::extract::State;

use super::ChatView;
use crate::access::{ProjectAccess, Viewer};
use crate::decode::{PageQuery, Query};
use crate::services::Services;
use crate::wire::Page;
use docent_wire::Refused;

#[utoipa::path(
    get,
    path = "/projects/{id}/chats",
    operation_id = "list_chats",
    tag = "Chats",
    params(("id" = i64, Path), PageQuery),
    responses((status = 200, body = Vec<ChatView>, headers(("X-Total-Count" = i64))))
)]
#[tracing::instrument(name = "http.chats.list", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Viewer>,
    Query(page): Query<PageQuery>,
) -> Result<Page<ChatView>, Refused> {
    let mut tx = services.store.read().await?;
    Ok(Page::of(tx.chats(&access.caller.scope, access.project.id, page.window()?).await?))
}
