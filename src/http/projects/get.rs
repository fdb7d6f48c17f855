//! `GET /api/projects/{id}`: one project.

use axum::Json;
use axum::extract::State;

use super::ProjectView;
use crate::access::{ProjectAccess, Viewer};
use crate::services::Services;
use docent_wire::Refused;

#[utoipa::path(
    get,
    path = "/projects/{id}",
    operation_id = "get_project",
    tag = "Projects",
    params(("id" = i64, Path)),
    responses((status = 200, body = ProjectView))
)]
#[tracing::instrument(name = "http.projects.get", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Viewer>,
) -> Result<Json<ProjectView>, Refused> {
    let mut tx = services.store.read().await?;
    let counts = tx.project_counts(&access.caller.scope, access.seen).await?;
    let import = tx.imports_of(&[access.seen]).await?.pop();
    Ok(Json(ProjectView::new(access.project, access.role, counts).with_import(import)))
}
