//! `GET /api/projects/{id}/members`: who belongs to the project, as what.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{ProjectAccess, Viewer};
use crate::decode::{PageQuery, Query};
use crate::services::Services;
use crate::wire::{Page, Time};
use docent_store::Member;
use docent_wire::Refused;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Member)]
pub(super) struct MemberView {
    user_id: i64,
    username: String,
    /// `viewer`, `editor` or `owner`.
    role: &'static str,
    created_at: Time,
}

impl From<Member> for MemberView {
    fn from(member: Member) -> Self {
        Self {
            user_id: member.user.get(),
            username: member.username,
            role: member.role.name(),
            created_at: Time(member.since),
        }
    }
}

#[utoipa::path(
    get,
    path = "/projects/{id}/members",
    operation_id = "list_members",
    tag = "Projects",
    params(("id" = i64, Path), PageQuery),
    responses((status = 200, body = Vec<MemberView>, headers(("X-Total-Count" = i64))))
)]
#[tracing::instrument(name = "http.projects.members", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Viewer>,
    Query(page): Query<PageQuery>,
) -> Result<Page<MemberView>, Refused> {
    let mut tx = services.store.read().await?;
    Ok(Page::of(tx.members(access.seen, page.window()?).await?))
}
