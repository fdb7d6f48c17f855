//! `DELETE /api/entities/{id}/related/{entity_id}`: the first opens the projects of the second no more. For admins.

use axum::extract::State;
use axum::http::StatusCode;
use serde_json::json;

use crate::access::{EntityPath, LinkedEntityPath, Operator};
use crate::services::Services;
use docent_auth::audit::{self, Action};
use docent_domain::Fault;
use docent_wire::Refused;

#[utoipa::path(
    delete,
    path = "/entities/{id}/related/{entity_id}",
    operation_id = "unrelate_entities",
    tag = "Entities",
    params(("id" = i64, Path), ("entity_id" = i64, Path)),
    responses((status = 204), (status = 404))
)]
#[tracing::instrument(name = "http.entities.unrelate", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    operator: Operator,
    EntityPath(entity): EntityPath,
    LinkedEntityPath(related): LinkedEntityPath,
) -> Result<StatusCode, Refused> {
    let (now, caller) = (services.clock.now(), &operator.caller);
    let mut tx = operator.store.begin().await?;
    if !tx.unrelate_entities(entity, related).await? {
        return Err(Refused(Fault::not_found("entity")));
    }
    let (target, detail) = (Some(("entity", entity.get())), Some(json!({ "entity_id": related.get() })));
    audit::of_caller(&mut tx, caller, Action::EntityUnrelated, target, detail, now).await?;
    tx.commit().await?;
    services.auth.changed().await;
    Ok(StatusCode::NO_CONTENT)
}
