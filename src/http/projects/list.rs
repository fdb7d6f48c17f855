//! `GET /api/projects`: the caller's projects.

use axum::extract::State;

use super::ProjectView;
use crate::auth::Caller;
use crate::domain::Fault;
use crate::http::decode::{PageQuery, Query};
use crate::http::services::Services;
use crate::http::wire::Page;

#[utoipa::path(
    get,
    path = "/projects",
    operation_id = "list_projects",
    tag = "Projects",
    params(PageQuery),
    responses((status = 200, body = Vec<ProjectView>, headers(("X-Total-Count" = i64))))
)]
#[tracing::instrument(name = "http.projects.list", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> Result<Page<ProjectView>, Fault> {
    let mut tx = services.store.read().await?;
    let listed = tx.projects(&caller.scope, page.window()?).await?;
    let mut views = Vec::with_capacity(listed.items.len());
    for membership in listed.items {
        let counts = tx.project_counts(&caller.scope, membership.project.id).await?;
        views.push(ProjectView::new(membership.project, membership.role, counts));
    }
    Ok(Page(views, listed.total))
}
