//! `GET /api/settings/models/installed`: the models that can be used, by what they are for.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::models::{embedding, language};
use crate::services::Services;
use docent_auth::Caller;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InstalledModels)]
pub(super) struct InstalledView {
    llm_models: Vec<InstalledModelView>,
    embedding_models: Vec<InstalledModelView>,
    current_llm: String,
    current_embedding: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InstalledModel)]
struct InstalledModelView {
    name: String,
    /// Bytes; 0 where that is not known, which is everywhere: providers do not tell.
    size: u64,
    modified_at: Option<String>,
}

impl InstalledModelView {
    const fn new(name: String) -> Self {
        Self { name, size: 0, modified_at: None }
    }
}

#[utoipa::path(
    get,
    path = "/settings/models/installed",
    operation_id = "installed_models",
    tag = "Models",
    responses((status = 200, body = InstalledView))
)]
#[tracing::instrument(name = "http.settings.installed", skip_all)]
pub(super) async fn handler(State(services): State<Services>, _caller: Caller) -> Json<InstalledView> {
    let current_embedding = embedding(&services);
    Json(InstalledView {
        llm_models: language(&services).await.into_iter().map(InstalledModelView::new).collect(),
        embedding_models: vec![InstalledModelView::new(current_embedding.clone())],
        current_llm: services.model.default_model().to_owned(),
        current_embedding,
    })
}
