//! `POST /api/entities`: somebody or something that projects are about. For admins.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{EntityView, label};
use crate::access::Operator;
use crate::decode::Json;
use crate::services::Services;
use docent_auth::audit::{self, Action};
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct EntityIn {
    /// `doctor`, `patient`, `hospital`, or any other word of at most 64 characters.
    kind: String,
    /// At most 255 characters.
    name: String,
}

#[utoipa::path(
    post,
    path = "/entities",
    operation_id = "create_entity",
    tag = "Entities",
    request_body = EntityIn,
    responses((status = 201, body = EntityView))
)]
#[tracing::instrument(name = "http.entities.make", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    operator: Operator,
    Json(body): Json<EntityIn>,
) -> Result<(StatusCode, Answer<EntityView>), Refused> {
    let (kind, name) = (label("kind", &body.kind, 64)?, label("name", &body.name, 255)?);
    let now = services.clock.now();
    let mut tx = operator.store.begin().await?;
    let entity = tx.insert_entity(kind, name, now).await?;
    let target = Some(("entity", entity.id.get()));
    audit::of_caller(&mut tx, &operator.caller, Action::EntityMade, target, None, now).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Answer(entity.into())))
}
