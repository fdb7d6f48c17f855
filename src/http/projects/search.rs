//! `POST /api/projects/{id}/search`: the passages that have to do with a question.

use std::time::Instant;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::trace::TraceView;
use crate::access::{ProjectAccess, Spent, Viewer};
use crate::decode::{Json, Query};
use crate::services::Services;
use crate::wire::{self, Number, QueryFlag};
use docent_domain::{DocumentId, Fault};
use docent_retrieve::{Ask, Mode};
use docent_wire::Refused;
use docent_wire::source::SourceView;

/// Passages of one answer, unless another number is asked for.
const TOP_K: i64 = 10;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct SearchIn {
    query: String,
    /// 1 to 50, 10 unless given.
    top_k: Option<Number>,
    /// Only these documents; an empty list finds nothing.
    document_ids: Option<Vec<Number>>,
    /// `hybrid` (the default), `dense` or `sparse`.
    mode: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SearchQuery {
    /// Whether to tell how the results were found.
    #[param(value_type = Option<bool>)]
    trace: Option<QueryFlag>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SearchResults)]
pub(super) struct SearchView {
    query: String,
    /// Best first.
    results: Vec<SourceView<'static>>,
    latency_ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<TraceView>,
}

#[utoipa::path(
    post,
    path = "/projects/{id}/search",
    operation_id = "search_project",
    tag = "Projects",
    params(("id" = i64, Path), SearchQuery),
    request_body = SearchIn,
    responses((status = 200, body = SearchView))
)]
#[tracing::instrument(name = "http.projects.search", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Viewer>,
    _spent: Spent,
    Query(query): Query<SearchQuery>,
    Json(body): Json<SearchIn>,
) -> Result<axum::Json<SearchView>, Refused> {
    let begun = Instant::now();
    let limits = &services.limits;
    let text = body.query.trim();
    if text.is_empty() || text.len() > limits.message {
        return Err(Refused(Fault::field("query", format!("must have 1 to {} bytes", limits.message))));
    }
    let documents =
        body.document_ids.map(|ids| wire::ids("document_ids", ids, limits.list_ids)).transpose()?;
    let documents: Option<Vec<DocumentId>> =
        documents.map(|ids| ids.into_iter().map(DocumentId::from).collect());
    let ask = Ask {
        project: access.project.id,
        query: text,
        top_k: top_k(body.top_k, limits.top_k)?,
        documents: documents.as_deref(),
        mode: mode(body.mode.as_deref())?,
    };
    let found = services.search(&access.caller.scope, ask).await?;
    let trace = query.trace.is_some_and(|flag| flag.0).then(|| TraceView::from(found.trace));
    Ok(axum::Json(SearchView {
        results: SourceView::taken(found.sources),
        latency_ms: begun.elapsed().as_secs_f64() * 1e3,
        trace,
        query: body.query,
    }))
}

fn top_k(asked: Option<Number>, most: usize) -> Result<usize, Fault> {
    let asked = usize::try_from(asked.map_or(TOP_K, |number| number.0)).unwrap_or(0);
    if (1..=most).contains(&asked) {
        Ok(asked)
    } else {
        Err(Fault::field("top_k", format!("must be 1 to {most}")))
    }
}

fn mode(word: Option<&str>) -> Result<Mode, Fault> {
    let Some(word) = word else { return Ok(Mode::default()) };
    Mode::by_name(word).ok_or_else(|| Fault::field("mode", "must be hybrid, dense or sparse"))
}
