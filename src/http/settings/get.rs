//! `GET /api/settings`: what answers and searches are made with.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::models::embedding;
use crate::services::Services;
use docent_auth::Caller;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Settings)]
pub(super) struct SettingsView {
    default_llm_model: String,
    default_embedding_model: String,
    /// Tokens of the embedding model.
    default_chunk_size: usize,
    default_chunk_overlap: usize,
    /// Sources of an answer.
    default_retrieval_k: usize,
    /// Pages choose for themselves.
    theme: &'static str,
}

impl SettingsView {
    pub(super) fn of(services: &Services) -> Self {
        let chunks = services.ingest.chunks();
        Self {
            default_llm_model: services.model.default_model().to_owned(),
            default_embedding_model: embedding(services),
            default_chunk_size: chunks.tokens,
            default_chunk_overlap: chunks.overlap,
            default_retrieval_k: services.engine.top_k(),
            theme: "system",
        }
    }
}

#[utoipa::path(
    get,
    path = "/settings",
    operation_id = "get_settings",
    tag = "Models",
    responses((status = 200, body = SettingsView))
)]
#[tracing::instrument(name = "http.settings.get", skip_all)]
pub(super) async fn handler(State(services): State<Services>, _caller: Caller) -> Json<SettingsView> {
    Json(SettingsView::of(&services))
}
