//! `GET /api/projects/{id}/documents/search?q=`: documents by file name.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::DocumentView;
use crate::access::{ProjectAccess, Viewer};
use crate::decode::{PageQuery, Query};
use crate::services::Services;
use docent_store::DocumentFilter;
use docent_wire::Refused;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SearchQuery {
    /// Part of the file name.
    q: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FoundDocuments)]
pub(super) struct FoundView {
    documents: Vec<DocumentView>,
    total: i64,
    query: String,
}

#[utoipa::path(
    get,
    path = "/projects/{id}/documents/search",
    operation_id = "search_documents",
    tag = "Documents",
    params(("id" = i64, Path), SearchQuery, PageQuery),
    responses((status = 200, body = FoundView))
)]
#[tracing::instrument(name = "http.documents.search", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Viewer>,
    Query(query): Query<SearchQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<FoundView>, Refused> {
    let mut tx = services.store.read().await?;
    let filter = DocumentFilter::Named(&query.q);
    let listed = tx.documents(&access.caller.scope, access.project.id, filter, page.window()?).await?;
    let documents = listed.items.into_iter().map(DocumentView::from).collect();
    Ok(Json(FoundView { documents, total: listed.total, query: query.q }))
}
