//! `GET /api/projects/{id}/documents`: a project's documents, youngest first.

use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::DocumentView;
use crate::access::{ProjectAccess, Viewer};
use crate::decode::{PageQuery, Query};
use crate::services::Services;
use crate::wire::Page;
use docent_domain::Fault;
use docent_domain::document::DocumentStatus;
use docent_store::DocumentFilter;
use docent_wire::Refused;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Only documents that stand there: `pending`, `processing`, `completed`, `failed` or `cancelled`.
    status_filter: Option<String>,
}

#[utoipa::path(
    get,
    path = "/projects/{id}/documents",
    operation_id = "list_documents",
    tag = "Documents",
    params(("id" = i64, Path), ListQuery, PageQuery),
    responses((status = 200, body = Vec<DocumentView>, headers(("X-Total-Count" = i64))))
)]
#[tracing::instrument(name = "http.documents.list", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Viewer>,
    Query(query): Query<ListQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Page<DocumentView>, Refused> {
    let filter = match query.status_filter.as_deref() {
        None => DocumentFilter::All,
        Some(word) => DocumentFilter::Status(status(word)?),
    };
    let mut tx = services.store.read().await?;
    let listed = tx.documents(&access.caller.scope, access.project.id, filter, page.window()?).await?;
    Ok(Page::of(listed))
}

fn status(word: &str) -> Result<DocumentStatus, Fault> {
    DocumentStatus::by_name(word).ok_or_else(|| {
        let known: Vec<_> = DocumentStatus::ALL.iter().map(|status| status.name()).collect();
        Fault::field("status_filter", format!("must be one of: {}", known.join(", ")))
    })
}
