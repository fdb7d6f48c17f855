//! `PUT /api/entities/{id}/related/{entity_id}`: from now on whoever acts for the first may enter the projects of the second:
//! a hospital those of its patients. For admins.

use axum::extract::State;
use axum::http::StatusCode;
use serde_json::json;

use crate::access::{EntityPath, LinkedEntityPath, Operator};
use crate::services::Services;
use docent_auth::audit::{self, Action};
use docent_domain::Fault;
use docent_wire::Refused;

#[utoipa::path(
    put,
    path = "/entities/{id}/related/{entity_id}",
    operation_id = "relate_entities",
    tag = "Entities",
    params(("id" = i64, Path), ("entity_id" = i64, Path)),
    responses((status = 204), (status = 404))
)]
#[tracing::instrument(name = "http.entities.relate", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    operator: Operator,
    EntityPath(entity): EntityPath,
    LinkedEntityPath(related): LinkedEntityPath,
) -> Result<StatusCode, Refused> {
    let (now, caller) = (services.clock.now(), &operator.caller);
    let mut tx = operator.store.begin().await?;
    for id in [entity, related] {
        tx.entity(&caller.scope, id).await?.ok_or_else(|| Fault::not_found("entity"))?;
    }
    if entity == related {
        return Err(Refused(Fault::field("entity_id", "is the same entity")));
    }
    tx.relate_entities(entity, related, now).await?;
    let (target, detail) = (Some(("entity", entity.get())), Some(json!({ "entity_id": related.get() })));
    audit::of_caller(&mut tx, caller, Action::EntityRelated, target, detail, now).await?;
    tx.commit().await?;
    services.auth.changed().await;
    Ok(StatusCode::NO_CONTENT)
}
