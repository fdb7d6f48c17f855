//! `GET /api/settings/models/popular`: the same models, with what they do.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::models::{Kind, OfferedView, embedding, language};
use crate::services::Services;
use docent_auth::Caller;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PopularModels)]
pub(super) struct PopularView {
    llm_models: Vec<OfferedView>,
    embedding_models: Vec<OfferedView>,
}

#[utoipa::path(
    get,
    path = "/settings/models/popular",
    operation_id = "popular_models",
    tag = "Models",
    responses((status = 200, body = PopularView))
)]
#[tracing::instrument(name = "http.settings.popular", skip_all)]
pub(super) async fn handler(State(services): State<Services>, _caller: Caller) -> Json<PopularView> {
    let names = language(&services).await;
    Json(PopularView {
        llm_models: names.into_iter().map(|name| OfferedView::new(&services, Kind::Language, name)).collect(),
        embedding_models: vec![OfferedView::new(&services, Kind::Embedding, embedding(&services))],
    })
}
