//! *root* `GET /health`, `/healthz`: the process lives. Asks nobody else.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Health)]
pub(super) struct HealthView {
    status: &'static str,
}

#[utoipa::path(
    get,
    path = "/health",
    operation_id = "health",
    tag = "Operators",
    responses((status = 200, body = HealthView))
)]
pub(super) async fn health() -> Json<HealthView> {
    Json(HealthView { status: "ok" })
}

#[utoipa::path(
    get,
    path = "/healthz",
    operation_id = "healthz",
    tag = "Operators",
    responses((status = 200, body = HealthView))
)]
pub(super) async fn healthz() -> Json<HealthView> {
    health().await
}
