//! `DELETE /api/projects/{id}`: for good, with all that is in it; `?hard_delete=false` hides it for 30 days instead.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::access::{Owner, ProjectAccess};
use crate::decode::Query;
use crate::services::Services;
use crate::wire::QueryFlag;
use docent_auth::audit::{self, Action};
use docent_domain::event::{News, ProjectEvent};
use docent_wire::Refused;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DeleteQuery {
    /// `false` hides the project for 30 days; it can be restored until then.
    #[param(value_type = Option<bool>)]
    hard_delete: Option<QueryFlag>,
}

#[utoipa::path(
    delete,
    path = "/projects/{id}",
    operation_id = "delete_project",
    tag = "Projects",
    params(("id" = i64, Path), DeleteQuery),
    responses((status = 204))
)]
#[tracing::instrument(name = "http.projects.delete", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Owner>,
    Query(query): Query<DeleteQuery>,
) -> Result<StatusCode, Refused> {
    let (id, now) = (access.project.id, services.clock.now());
    let mut tx = services.store.begin().await?;
    match query.hard_delete {
        Some(QueryFlag(false)) => tx.hide_project(access.seen, now).await?,
        _ => tx.purge_project(access.seen, now).await?,
    }
    let target = Some(("project", id.get()));
    audit::of_caller(&mut tx, &access.caller, Action::ProjectDeleted, target, None, now).await?;
    tx.commit().await?;

    services.auth.changed().await;
    services.bus.publish(ProjectEvent { project: id, news: News::ProjectDeleted });
    Ok(StatusCode::NO_CONTENT)
}
