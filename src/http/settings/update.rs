//! `PUT /api/settings/models`: the models of the settings are those that the server was started with. What is so already is
//! answered well; for another one it says where it is set.

use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::get::SettingsView;
use super::models::embedding;
use crate::decode::Json;
use crate::services::Services;
use docent_auth::Caller;
use docent_domain::{Code, Fault};
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ModelsIn {
    llm_model: Option<String>,
    embedding_model: Option<String>,
}

#[utoipa::path(
    put,
    path = "/settings/models",
    operation_id = "update_models",
    tag = "Models",
    request_body = ModelsIn,
    responses(
        (status = 200, body = SettingsView),
        (status = 409, body = crate::Problem, content_type = "application/problem+json")
    )
)]
#[tracing::instrument(name = "http.settings.update", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    _caller: Caller,
    Json(body): Json<ModelsIn>,
) -> Result<axum::Json<SettingsView>, Refused> {
    if body.llm_model.as_deref().is_some_and(|name| name != services.model.default_model()) {
        let detail = "The default model is set where the server is started (CHAT_MODEL); a question can name another \
                      one in `model`";
        return Err(Refused(Fault::new(Code::Conflict, detail)));
    }
    if body.embedding_model.is_some_and(|name| name != embedding(&services)) {
        let detail = "The embedding model is set where the server is started (EMBEDDING_MODEL); changing it computes \
                      all vectors anew";
        return Err(Refused(Fault::new(Code::Conflict, detail)));
    }
    Ok(axum::Json(SettingsView::of(&services)))
}
