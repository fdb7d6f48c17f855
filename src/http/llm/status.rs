//! `GET /api/llm/status`: whether the model can be reached.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::services::Services;
use docent_auth::Caller;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ModelStatus)]
pub(super) struct StatusView {
    connected: bool,
    /// Never with credentials.
    host: String,
    default_model: String,
    message: String,
    provider: &'static str,
}

#[utoipa::path(
    get,
    path = "/llm/status",
    operation_id = "model_status",
    tag = "Models",
    responses((status = 200, body = StatusView))
)]
#[tracing::instrument(name = "http.llm.status", skip_all)]
pub(super) async fn handler(State(services): State<Services>, _caller: Caller) -> Json<StatusView> {
    let status = services.model.status().await;
    Json(StatusView {
        connected: status.connected,
        host: status.host,
        default_model: services.model.default_model().to_owned(),
        message: status.message,
        provider: services.model.provider(),
    })
}
