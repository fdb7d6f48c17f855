//! `GET /api/settings/models/search?query=`: models by a part of their name.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::models::{Kind, OfferedView, embedding, language};
use crate::decode::Query;
use crate::services::Services;
use docent_auth::Caller;
use docent_domain::Fault;
use docent_wire::Refused;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SearchQuery {
    /// A part of the name, in any case.
    query: String,
    /// `llm` or `embedding`; both if it is left out.
    model_type: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FoundModel)]
pub(super) struct FoundView {
    #[serde(flatten)]
    model: OfferedView,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[utoipa::path(
    get,
    path = "/settings/models/search",
    operation_id = "search_models",
    tag = "Models",
    params(SearchQuery),
    responses((status = 200, body = Vec<FoundView>))
)]
#[tracing::instrument(name = "http.settings.search", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    _caller: Caller,
    Query(query): Query<SearchQuery>,
) -> Result<Json<Vec<FoundView>>, Refused> {
    let wanted = match query.model_type.as_deref() {
        None => vec![Kind::Language, Kind::Embedding],
        Some("llm") => vec![Kind::Language],
        Some("embedding") => vec![Kind::Embedding],
        Some(_) => return Err(Refused(Fault::field("model_type", "must be llm or embedding"))),
    };
    let part = query.query.to_lowercase();
    let mut found = Vec::new();
    for kind in wanted {
        let (names, word) = match kind {
            Kind::Language => (language(&services).await, "llm"),
            Kind::Embedding => (vec![embedding(&services)], "embedding"),
        };
        let fitting = names.into_iter().filter(|name| name.to_lowercase().contains(&part));
        found.extend(
            fitting.map(|name| FoundView { model: OfferedView::new(&services, kind, name), kind: word }),
        );
    }
    Ok(Json(found))
}
