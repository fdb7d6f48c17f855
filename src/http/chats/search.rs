//! `GET /api/projects/{id}/chats/search?q=`: chats by title and by what was said in them.

use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::ChatView;
use crate::access::{ProjectAccess, Viewer};
use crate::decode::{PageQuery, Query};
use crate::services::Services;
use crate::wire::Page;
use docent_wire::Refused;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SearchQuery {
    /// Part of the title or of a message.
    q: String,
}

#[utoipa::path(
    get,
    path = "/projects/{id}/chats/search",
    operation_id = "search_chats",
    tag = "Chats",
    params(("id" = i64, Path), SearchQuery, PageQuery),
    responses((status = 200, body = Vec<ChatView>, headers(("X-Total-Count" = i64))))
)]
#[tracing::instrument(name = "http.chats.search", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Viewer>,
    Query(query): Query<SearchQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Page<ChatView>, Refused> {
    let mut tx = services.store.read().await?;
    let window = page.window()?;
    Ok(Page::of(tx.search_chats(&access.caller.scope, access.project.id, &query.q, window).await?))
}
