//! `GET /api/projects`: the caller's projects.

use std::collections::HashMap;

use axum::extract::State;

use super::ProjectView;
use crate::decode::{PageQuery, Query};
use crate::services::Services;
use crate::wire::Page;
use docent_auth::Caller;
use docent_wire::Refused;

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
) -> Result<Page<ProjectView>, Refused> {
    let mut tx = services.store.read().await?;
    let window = page.window()?;
    let listed = tx.projects(&caller.scope, window).await?;
    let counts = tx.projects_counts(&caller.scope, window).await?;
    let counts: HashMap<_, _> = counts.into_iter().map(|counts| (counts.project_id, counts)).collect();
    let ids: Vec<_> = listed.items.iter().map(|membership| membership.seen).collect();
    let imports = tx.imports_of(&ids).await?;
    let mut imports: HashMap<_, _> = imports.into_iter().map(|import| (import.project, import)).collect();
    // One that was made between the two questions is on the next page.
    let views = listed.items.into_iter().filter_map(|membership| {
        let counts = *counts.get(&membership.project.id)?;
        let import = imports.remove(&membership.project.id);
        Some(ProjectView::new(membership.project, membership.role, counts).with_import(import))
    });
    Ok(Page(views.collect(), listed.total))
}
