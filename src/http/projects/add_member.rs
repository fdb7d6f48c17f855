//! `PUT /api/projects/{id}/members`: makes somebody a member by their name, for owners, who see no list of accounts.

use axum::Json as Answer;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::members::MemberView;
use super::set_member::{role, set};
use crate::access::{Owner, ProjectAccess};
use crate::decode::Json;
use crate::services::Services;
use docent_auth::people::Person;
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NamedMemberIn {
    /// As they sign in, whatever its case.
    username: String,
    /// `viewer`, `editor` or `owner`.
    role: String,
}

/// Whoever has that name already gets the new role. Names that nobody has are written down, and tries are limited.
#[utoipa::path(
    put,
    path = "/projects/{id}/members",
    operation_id = "add_member",
    tag = "Projects",
    params(("id" = i64, Path)),
    request_body = NamedMemberIn,
    responses((status = 200, body = MemberView), (status = 404), (status = 409), (status = 429))
)]
#[tracing::instrument(name = "http.projects.add_member", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Owner>,
    Json(body): Json<NamedMemberIn>,
) -> Result<Answer<MemberView>, Refused> {
    let role = role(&body.role)?;
    let person = Person::Named(body.username.trim());
    let account = services.auth.find_person(&access.caller, person, services.clock.now()).await?;
    Ok(Answer(set(&services, &access, account, role).await?.into()))
}
