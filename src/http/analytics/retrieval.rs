//! `POST /api/analytics/projects/{id}/test-retrieval`: what a question finds by meaning alone.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::within;
use crate::access::{ProjectAccess, Spent, Viewer};
use crate::decode::Json;
use crate::services::{Services, in_time};
use crate::wire::Number;
use docent_domain::Fault;
use docent_domain::source::Source;
use docent_retrieve::{Ask, Mode};
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct RetrievalIn {
    query: String,
    /// 1 to 50, 10 unless given.
    top_k: Option<Number>,
    /// Whether the question's own vector is told, too.
    return_embeddings: Option<bool>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TestedRetrieval)]
pub(super) struct RetrievalView {
    query: String,
    query_embedding: Option<Vec<f32>>,
    results: Vec<ResultView>,
    stats: ScoresView,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TestedResult)]
struct ResultView {
    chunk_id: String,
    document_id: i64,
    document_name: String,
    chunk_index: i64,
    text: String,
    /// 0 to 1, higher is better.
    score: f64,
    distance: f64,
}

#[derive(Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = TestedScores)]
struct ScoresView {
    avg_score: f64,
    min_score: f64,
    max_score: f64,
    score_distribution: Vec<f64>,
}

#[utoipa::path(
    post,
    path = "/analytics/projects/{id}/test-retrieval",
    operation_id = "test_retrieval",
    tag = "Analytics",
    params(("id" = i64, Path)),
    request_body = RetrievalIn,
    responses((status = 200, body = RetrievalView))
)]
#[tracing::instrument(name = "http.analytics.retrieval", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Viewer>,
    _spent: Spent,
    Json(body): Json<RetrievalIn>,
) -> Result<axum::Json<RetrievalView>, Refused> {
    let limits = &services.limits;
    let query = body.query.trim();
    if query.is_empty() || query.len() > limits.message {
        return Err(Refused(Fault::field("query", format!("must have 1 to {} bytes", limits.message))));
    }
    let top_k = within("top_k", body.top_k, 10, 1, limits.top_k)?;
    let ask = Ask { project: access.project.id, query, top_k, documents: None, mode: Mode::Dense };
    let found = services.search(&access.caller.scope, ask).await?;
    let query_embedding = match body.return_embeddings {
        Some(true) => Some(in_time(services.embedder.query(query)).await?),
        _ => None,
    };
    let stats = scores(&found.sources);
    let results = found.sources.into_iter().map(ResultView::from).collect();
    Ok(axum::Json(RetrievalView { query: body.query, query_embedding, results, stats }))
}

impl From<Source> for ResultView {
    fn from(source: Source) -> Self {
        Self {
            chunk_id: source.id,
            document_id: source.document.get(),
            document_name: source.filename,
            chunk_index: source.chunk_index,
            text: source.content,
            score: source.score,
            distance: 1.0 - source.score,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "at most as many as one search finds")]
fn scores(sources: &[Source]) -> ScoresView {
    let all: Vec<f64> = sources.iter().map(|source| source.score).collect();
    if all.is_empty() {
        return ScoresView::default();
    }
    ScoresView {
        avg_score: all.iter().sum::<f64>() / all.len() as f64,
        min_score: all.iter().copied().fold(f64::INFINITY, f64::min),
        max_score: all.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        score_distribution: all,
    }
}
