//! `PUT /api/projects/{id}/members/{user_id}`: makes somebody a member, or changes what they may do.

use axum::Json as Answer;
use axum::extract::State;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::members::MemberView;
use crate::access::{MemberPath, Owner, ProjectAccess};
use crate::decode::Json;
use crate::services::Services;
use docent_auth::accounts::keep_an_owner;
use docent_auth::audit::{self, Action};
use docent_auth::people::Person;
use docent_domain::event::{News, ProjectEvent};
use docent_domain::{Fault, Role};
use docent_store::{Member, UserRow};
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct MemberIn {
    /// `viewer`, `editor` or `owner`.
    role: String,
}

#[utoipa::path(
    put,
    path = "/projects/{id}/members/{user_id}",
    operation_id = "set_member",
    tag = "Projects",
    params(("id" = i64, Path), ("user_id" = i64, Path)),
    request_body = MemberIn,
    responses((status = 200, body = MemberView), (status = 404), (status = 409), (status = 429))
)]
#[tracing::instrument(name = "http.projects.set_member", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Owner>,
    MemberPath(user): MemberPath,
    Json(body): Json<MemberIn>,
) -> Result<Answer<MemberView>, Refused> {
    let role = role(&body.role)?;
    let mut tx = services.store.read().await?;
    let member = match tx.member_role(access.seen, user).await? {
        Some(_) => tx.account(user).await?,
        None => None,
    };
    drop(tx);
    let account = match member {
        Some(account) => account,
        None => {
            let person = Person::Numbered(user);
            services.auth.find_person(&access.caller, person, services.clock.now()).await?
        }
    };
    let member = set(&services, &access, account, role).await?;
    Ok(Answer(member.into()))
}

pub(super) fn role(word: &str) -> Result<Role, Fault> {
    Role::by_name(word)
        .filter(|role| *role != Role::Visitor)
        .ok_or_else(|| Fault::field("role", "must be `viewer`, `editor` or `owner`"))
}

/// Gives somebody a role in the project, and tells the room of new ones.
pub(super) async fn set(
    services: &Services,
    access: &ProjectAccess<Owner>,
    account: UserRow,
    role: Role,
) -> Result<Member, Fault> {
    let (now, caller, project, user) = (services.clock.now(), &access.caller, access.project.id, account.id);
    let mut tx = services.store.begin().await?;
    // Deleted meanwhile, perhaps.
    tx.account(user).await?.ok_or_else(|| Fault::not_found("user"))?;
    let before = tx.member_role(access.seen, user).await?;
    if role != Role::Owner {
        keep_an_owner(&mut tx, access.seen, user).await?;
    }
    tx.set_member(access.seen, user, role, now).await?;
    let (target, detail) =
        (Some(("project", project.get())), Some(json!({ "user_id": user.get(), "role": role.name() })));
    audit::of_caller(&mut tx, caller, Action::MemberSet, target, detail, now).await?;
    tx.commit().await?;
    services.auth.changed().await;
    if before.is_none() {
        services.bus.publish(ProjectEvent { project, news: News::MemberAdded { user } });
    }
    Ok(Member { user, username: account.username, email: account.email, role, since: now })
}
