//! `POST /api/documents/process`: read several originals again; each stands for itself.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::bulk_delete::DocumentIdsIn;
use super::reprocess::read_again;
use super::{DocumentView, FailedId, each_by_id};
use crate::access::{Editor, require};
use crate::decode::Json;
use crate::services::Services;
use crate::wire;
use docent_auth::Caller;
use docent_domain::{DocumentId, Fault};
use docent_wire::Refused;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Queued)]
pub(super) struct QueuedView {
    queued: Vec<DocumentView>,
    failed: Vec<FailedId>,
    total: usize,
    successful: usize,
    failed_count: usize,
}

/// Ids that are not the caller's stand in `failed` as not found.
#[utoipa::path(
    post,
    path = "/documents/process",
    operation_id = "process_documents",
    tag = "Documents",
    request_body = DocumentIdsIn,
    responses((status = 200, body = QueuedView))
)]
#[tracing::instrument(name = "http.documents.process", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    caller: Caller,
    Json(body): Json<DocumentIdsIn>,
) -> Result<axum::Json<QueuedView>, Refused> {
    let ids = wire::ids("document_ids", body.document_ids, services.limits.list_ids)?;
    let (queued, failed) = each_by_id(&ids, |id| process(&services, &caller, id)).await?;
    let (total, successful, failed_count) = (ids.len(), queued.len(), failed.len());
    Ok(axum::Json(QueuedView { queued, failed, total, successful, failed_count }))
}

async fn process(services: &Services, caller: &Caller, id: DocumentId) -> Result<DocumentView, Fault> {
    let found = services.store.read().await?.document(&caller.scope, id).await?;
    let found = found.ok_or_else(|| Fault::not_found("document"))?;
    require::<Editor>(found.role)?;
    read_again(services, caller, found.within, &found.document).await.map(DocumentView::from)
}
