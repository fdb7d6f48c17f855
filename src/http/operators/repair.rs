//! `POST /api/maintenance/check`: the same, and put right what can be.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::check::CheckView;
use crate::access::Operator;
use crate::decode::OptionalJson;
use crate::services::Services;
use docent_ingest::Repair;
use docent_wire::Refused;

#[derive(Debug, Default, Deserialize, ToSchema)]
pub(super) struct CheckIn {
    /// Whether to put right what is found: stray files and points are removed, what the index lacks is put there again.
    repair: Option<bool>,
}

#[utoipa::path(
    post,
    path = "/maintenance/check",
    operation_id = "repair_maintenance",
    tag = "Operators",
    request_body(content = Option<CheckIn>),
    responses((status = 200, body = CheckView))
)]
#[tracing::instrument(name = "http.maintenance.repair", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    _operator: Operator,
    OptionalJson(body): OptionalJson<CheckIn>,
) -> Result<Json<CheckView>, Refused> {
    let repair = if body.repair.unwrap_or(false) { Repair::Yes } else { Repair::No };
    Ok(Json(services.ingest.check(repair).await?.into()))
}
