//! `DELETE /api/projects/{id}/members/{user_id}`: puts a member out; everybody may leave by themselves.

use axum::extract::State;
use axum::http::StatusCode;
use serde_json::json;

use crate::access::{MemberPath, Owner, ProjectAccess, Viewer, require};
use crate::services::Services;
use docent_auth::accounts::keep_an_owner;
use docent_auth::audit::{self, Action};
use docent_domain::Fault;
use docent_domain::event::{News, ProjectEvent};
use docent_wire::Refused;

#[utoipa::path(
    delete,
    path = "/projects/{id}/members/{user_id}",
    operation_id = "remove_member",
    tag = "Projects",
    params(("id" = i64, Path), ("user_id" = i64, Path)),
    responses((status = 204), (status = 404), (status = 409))
)]
#[tracing::instrument(name = "http.projects.remove_member", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Viewer>,
    MemberPath(user): MemberPath,
) -> Result<StatusCode, Refused> {
    let (now, caller, project) = (services.clock.now(), &access.caller, access.project.id);
    if user != caller.principal.user {
        require::<Owner>(access.role)?;
    }
    let mut tx = services.store.begin().await?;
    keep_an_owner(&mut tx, access.seen, user).await?;
    if !tx.remove_member(access.seen, user).await? {
        return Err(Refused(Fault::not_found("member")));
    }
    let (target, detail) = (Some(("project", project.get())), Some(json!({ "user_id": user.get() })));
    audit::of_caller(&mut tx, caller, Action::MemberRemoved, target, detail, now).await?;
    tx.commit().await?;
    services.auth.changed().await;
    services.bus.publish(ProjectEvent { project, news: News::MemberRemoved { user } });
    Ok(StatusCode::NO_CONTENT)
}
