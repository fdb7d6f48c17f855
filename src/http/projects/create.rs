//! `POST /api/projects`: open a project, with the caller as its owner.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{ProjectView, description, name};
use crate::decode::Json;
use crate::services::Services;
use crate::wire;
use docent_auth::Caller;
use docent_domain::event::{News, ProjectEvent};
use docent_domain::{Fault, Role};
use docent_store::{NewProject, Seen};
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ProjectIn {
    /// 1 to 255 characters.
    name: String,
    description: Option<String>,
    settings: Option<Map<String, Value>>,
}

#[utoipa::path(
    post,
    path = "/projects",
    operation_id = "create_project",
    tag = "Projects",
    request_body = ProjectIn,
    responses((status = 201, body = ProjectView))
)]
#[tracing::instrument(name = "http.projects.create", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    caller: Caller,
    Json(body): Json<ProjectIn>,
) -> Result<(StatusCode, axum::Json<ProjectView>), Refused> {
    let settings = wire::settings("settings", body.settings, services.limits.metadata)?;
    let new = NewProject {
        name: name(&body.name)?,
        description: description(body.description.as_deref().unwrap_or_default())?,
        settings: &settings.unwrap_or_else(|| Value::Object(Map::new())),
        owner: Seen::myself(&caller.scope),
        personal_of: None,
        created_at: services.clock.now(),
    };
    let mut tx = services.store.begin().await?;
    let id = tx.insert_project(&new).await?;
    let membership = tx.project(&caller.scope, id).await?.ok_or_else(|| Fault::not_found("project"))?;
    let counts = tx.project_counts(&caller.scope, membership.seen).await?;
    tx.commit().await?;

    services
        .bus
        .publish(ProjectEvent { project: id, news: News::MemberAdded { user: caller.principal.user } });
    let view = ProjectView::new(membership.project, Role::Owner, counts);
    Ok((StatusCode::CREATED, axum::Json(view)))
}
