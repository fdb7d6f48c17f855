//! `PUT /api/projects/{id}/entities/{entity_id}`: from now on whoever acts for the entity may enter the project. For its owners, who act for the
//! entity themselves, and for admins.

use axum::extract::State;
use axum::http::StatusCode;
use serde_json::json;

use crate::access::{LinkedEntityPath, Owner, ProjectAccess};
use crate::services::Services;
use docent_auth::audit::{self, Action};
use docent_domain::Fault;
use docent_wire::Refused;

#[utoipa::path(
    put,
    path = "/projects/{id}/entities/{entity_id}",
    operation_id = "link_entity",
    tag = "Entities",
    params(("id" = i64, Path), ("entity_id" = i64, Path)),
    responses((status = 204), (status = 404))
)]
#[tracing::instrument(name = "http.entities.link", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Owner>,
    LinkedEntityPath(entity): LinkedEntityPath,
) -> Result<StatusCode, Refused> {
    let (now, caller, project) = (services.clock.now(), &access.caller, access.project.id);
    let mut tx = services.store.begin().await?;
    if !tx.link_entity(&caller.scope, access.seen, entity, now).await? {
        return Err(Refused(Fault::not_found("entity")));
    }
    let (target, detail) = (Some(("project", project.get())), Some(json!({ "entity_id": entity.get() })));
    audit::of_caller(&mut tx, caller, Action::EntityLinked, target, detail, now).await?;
    tx.commit().await?;
    services.auth.changed().await;
    Ok(StatusCode::NO_CONTENT)
}
