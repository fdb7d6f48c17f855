//! `GET /api/llm/models`: the models that may be asked for by name.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::services::Services;
use docent_auth::Caller;
use docent_wire::Refused;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Models)]
pub(super) struct ModelsView {
    models: Vec<String>,
    count: usize,
    default_model: String,
}

#[utoipa::path(
    get,
    path = "/llm/models",
    operation_id = "list_models",
    tag = "Models",
    responses((status = 200, body = ModelsView))
)]
#[tracing::instrument(name = "http.llm.models", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    _caller: Caller,
) -> Result<Json<ModelsView>, Refused> {
    let models = services.model.models().await?;
    let default_model = services.model.default_model().to_owned();
    Ok(Json(ModelsView { count: models.len(), models, default_model }))
}
