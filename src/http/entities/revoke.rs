//! `DELETE /api/entities/{id}/users/{user_id}`: the user acts for the entity no more. For admins.

use axum::extract::State;
use axum::http::StatusCode;
use serde_json::json;

use crate::access::{EntityPath, MemberPath, Operator};
use crate::services::Services;
use docent_auth::audit::{self, Action};
use docent_domain::Fault;
use docent_wire::Refused;

#[utoipa::path(
    delete,
    path = "/entities/{id}/users/{user_id}",
    operation_id = "revoke_entity",
    tag = "Entities",
    params(("id" = i64, Path), ("user_id" = i64, Path)),
    responses((status = 204), (status = 404))
)]
#[tracing::instrument(name = "http.entities.revoke", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    operator: Operator,
    EntityPath(entity): EntityPath,
    MemberPath(user): MemberPath,
) -> Result<StatusCode, Refused> {
    let (now, caller) = (services.clock.now(), &operator.caller);
    let mut tx = operator.store.begin().await?;
    tx.entity(&caller.scope, entity).await?.ok_or_else(|| Fault::not_found("entity"))?;
    if !tx.remove_agent(entity, user).await? {
        return Err(Refused(Fault::not_found("user")));
    }
    let detail = Some(json!({ "user_id": user.get() }));
    audit::of_caller(&mut tx, caller, Action::EntityRevoked, Some(("entity", entity.get())), detail, now)
        .await?;
    tx.commit().await?;
    services.auth.changed().await;
    Ok(StatusCode::NO_CONTENT)
}
