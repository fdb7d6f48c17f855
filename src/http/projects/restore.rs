//! `POST /api/projects/{id}/restore`: bring back a project that was hidden at most 30 days ago.

use axum::Json;
use axum::extract::State;

use super::ProjectView;
use crate::access::ProjectPath;
use crate::services::Services;
use docent_auth::Caller;
use docent_auth::audit::{self, Action};
use docent_domain::Fault;
use docent_wire::Refused;

#[utoipa::path(
    post,
    path = "/projects/{id}/restore",
    operation_id = "restore_project",
    tag = "Projects",
    params(("id" = i64, Path)),
    responses((status = 200, body = ProjectView))
)]
#[tracing::instrument(name = "http.projects.restore", skip_all, fields(project.id = %id))]
pub(super) async fn handler(
    State(services): State<Services>,
    caller: Caller,
    ProjectPath(id): ProjectPath,
) -> Result<Json<ProjectView>, Refused> {
    let mut tx = services.store.begin().await?;
    // A project that is not hidden stays as it is, so that the request can be repeated.
    let now = services.clock.now();
    if tx.restore_project(&caller.scope, id, now).await? {
        let target = Some(("project", id.get()));
        audit::of_caller(&mut tx, &caller, Action::ProjectRestored, target, None, now).await?;
    }
    let found = tx.project(&caller.scope, id).await?.ok_or_else(|| Fault::not_found("project"))?;
    let counts = tx.project_counts(&caller.scope, found.seen).await?;
    tx.commit().await?;
    Ok(Json(ProjectView::new(found.project, found.role, counts)))
}
