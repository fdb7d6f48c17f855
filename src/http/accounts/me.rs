//! `GET /api/auth/me`: who one is, and in which projects.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::UserView;
use crate::services::Services;
use docent_auth::Caller;
use docent_domain::Fault;
use docent_store::{Belonging, Seen};
use docent_wire::Refused;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Me)]
pub(super) struct MeView {
    #[serde(flatten)]
    user: UserView,
    /// Whether the server asks who one is; without, everybody is the local owner.
    authentication: bool,
    /// At most 1,000.
    memberships: Vec<MembershipView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Membership)]
struct MembershipView {
    project_id: i64,
    project_name: String,
    /// `viewer`, `editor` or `owner`.
    role: &'static str,
}

impl From<Belonging> for MembershipView {
    fn from(belonging: Belonging) -> Self {
        Self {
            project_id: belonging.project.get(),
            project_name: belonging.name,
            role: belonging.role.name(),
        }
    }
}

#[utoipa::path(
    get,
    path = "/auth/me",
    operation_id = "me",
    tag = "Accounts",
    responses((status = 200, body = MeView), (status = 401))
)]
#[tracing::instrument(name = "http.accounts.me", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    caller: Caller,
) -> Result<Json<MeView>, Refused> {
    let mut tx = services.store.read().await?;
    let myself = Seen::myself(&caller.scope);
    let user = tx.user(myself).await?.ok_or_else(|| Fault::not_found("user"))?;
    let memberships = tx.memberships(myself).await?.into_iter().map(Into::into).collect();
    Ok(Json(MeView { user: user.into(), authentication: !caller.is_local_owner(), memberships }))
}
