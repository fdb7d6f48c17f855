//! `PUT /api/entities/{id}/users/{user_id}`: from now on the user acts for the entity. For admins.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::label;
use crate::access::{EntityPath, MemberPath, Operator};
use crate::decode::OptionalJson;
use crate::services::Services;
use docent_auth::audit::{self, Action};
use docent_domain::Fault;
use docent_wire::Refused;

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct RelationIn {
    /// `self` (the default), or another word: `parent`, `staff` …
    relation: Option<String>,
}

#[utoipa::path(
    put,
    path = "/entities/{id}/users/{user_id}",
    operation_id = "grant_entity",
    tag = "Entities",
    params(("id" = i64, Path), ("user_id" = i64, Path)),
    request_body = RelationIn,
    responses((status = 204), (status = 404))
)]
#[tracing::instrument(name = "http.entities.grant", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    operator: Operator,
    EntityPath(entity): EntityPath,
    MemberPath(user): MemberPath,
    OptionalJson(body): OptionalJson<RelationIn>,
) -> Result<StatusCode, Refused> {
    let relation = label("relation", body.relation.as_deref().unwrap_or("self"), 64)?;
    let (now, caller) = (services.clock.now(), &operator.caller);
    let mut tx = operator.store.begin().await?;
    tx.entity(&caller.scope, entity).await?.ok_or_else(|| Fault::not_found("entity"))?;
    tx.account(user).await?.ok_or_else(|| Fault::not_found("user"))?;
    tx.set_agent(entity, user, relation, now).await?;
    let detail = Some(json!({ "user_id": user.get(), "relation": relation }));
    audit::of_caller(&mut tx, caller, Action::EntityGranted, Some(("entity", entity.get())), detail, now)
        .await?;
    tx.commit().await?;
    services.auth.changed().await;
    Ok(StatusCode::NO_CONTENT)
}
