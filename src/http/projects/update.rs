//! `PUT /api/projects/{id}`: new name, description or settings; what is left out stays.

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{ProjectView, description, name};
use crate::access::{Owner, ProjectAccess};
use crate::decode::Changes;
use crate::services::Services;
use crate::wire;
use docent_domain::Fault;
use docent_domain::event::{News, ProjectEvent};
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ProjectChangesIn {
    /// 1 to 255 characters.
    name: Option<String>,
    /// An empty string clears it.
    description: Option<String>,
    /// Takes the place of all settings.
    settings: Option<Map<String, Value>>,
}

#[utoipa::path(
    put,
    path = "/projects/{id}",
    operation_id = "update_project",
    tag = "Projects",
    params(("id" = i64, Path)),
    request_body = ProjectChangesIn,
    responses((status = 200, body = ProjectView))
)]
#[tracing::instrument(name = "http.projects.update", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Owner>,
    Changes(body): Changes<ProjectChangesIn>,
) -> Result<axum::Json<ProjectView>, Refused> {
    let mut project = access.project;
    let renamed = body.name.as_deref().map(name).transpose()?.filter(|name| *name != project.name);
    if let Some(name) = renamed {
        name.clone_into(&mut project.name);
    }
    if let Some(text) = body.description.as_deref() {
        description(text)?.clone_into(&mut project.description);
    }
    if let Some(settings) = wire::settings("settings", body.settings, services.limits.metadata)? {
        project.settings = settings;
    }
    project.updated_at = services.clock.now();

    let mut tx = services.store.begin().await?;
    if !tx.update_project(access.seen, &project).await? {
        return Err(Refused(Fault::not_found("project")));
    }
    let counts = tx.project_counts(&access.caller.scope, access.seen).await?;
    tx.commit().await?;

    if let Some(name) = renamed {
        let news = News::ProjectRenamed { name: name.to_owned() };
        services.bus.publish(ProjectEvent { project: project.id, news });
    }
    Ok(axum::Json(ProjectView::new(project, access.role, counts)))
}
