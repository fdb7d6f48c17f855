//! `POST /api/maintenance/check`: the same, and put right what can be.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::check::{CheckView, Findings, check};
use crate::auth::Caller;
use crate::domain::Fault;
use crate::http::access::Operator;
use crate::http::decode::OptionalJson;
use crate::http::documents::read_again;
use crate::http::services::Services;
use crate::http::wire::Flag;

#[derive(Debug, Default, Deserialize, ToSchema)]
pub(super) struct CheckIn {
    /// Whether to put right what is found: stray files are removed, documents that the index lacks are read again.
    repair: Option<Flag>,
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
    operator: Operator,
    OptionalJson(body): OptionalJson<CheckIn>,
) -> Result<Json<CheckView>, Fault> {
    let findings = check(&services).await?;
    if !body.repair.is_some_and(|flag| flag.0) {
        return Ok(Json(findings.view));
    }
    let repaired = repair(&services, &operator.caller, &findings).await?;
    Ok(Json(findings.view.with_repaired(repaired)))
}

async fn repair(services: &Services, caller: &Caller, findings: &Findings) -> Result<usize, Fault> {
    let mut repaired = 0;
    for key in &findings.strays {
        services.blobs.remove(key).await?;
        repaired += 1;
    }
    for &id in &findings.unindexed {
        let found = services.store.read().await?.document(&caller.scope, id).await?;
        if let Some(found) = found {
            read_again(services, caller, &found.document).await?;
            repaired += 1;
        }
    }
    Ok(repaired)
}
