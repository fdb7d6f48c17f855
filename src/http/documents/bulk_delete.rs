//! `POST /api/documents/bulk-delete`: several at once; each stands for itself.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FailedId, each_by_id};
use crate::access::{Editor, require};
use crate::decode::Json;
use crate::services::Services;
use crate::wire::{self, Number};
use docent_auth::Caller;
use docent_auth::audit::{self, Action};
use docent_domain::event::{News, ProjectEvent};
use docent_domain::{DocumentId, Fault};
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct DocumentIdsIn {
    /// At most 1000.
    pub(super) document_ids: Vec<Number>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BulkDeleted)]
pub(super) struct BulkDeletedView {
    deleted: Vec<i64>,
    failed: Vec<FailedId>,
    total: usize,
    successful: usize,
    failed_count: usize,
}

/// Ids that are not the caller's stand in `failed` as not found.
#[utoipa::path(
    post,
    path = "/documents/bulk-delete",
    operation_id = "delete_documents",
    tag = "Documents",
    request_body = DocumentIdsIn,
    responses((status = 200, body = BulkDeletedView))
)]
#[tracing::instrument(name = "http.documents.bulk_delete", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    caller: Caller,
    Json(body): Json<DocumentIdsIn>,
) -> Result<axum::Json<BulkDeletedView>, Refused> {
    let ids = wire::ids("document_ids", body.document_ids, services.limits.list_ids)?;
    let (deleted, failed) = each_by_id(&ids, |id| delete(&services, &caller, id)).await?;
    let (total, successful, failed_count) = (ids.len(), deleted.len(), failed.len());
    Ok(axum::Json(BulkDeletedView { deleted, failed, total, successful, failed_count }))
}

async fn delete(services: &Services, caller: &Caller, id: DocumentId) -> Result<i64, Fault> {
    let mut tx = services.store.begin().await?;
    let found = tx.document(&caller.scope, id).await?.ok_or_else(|| Fault::not_found("document"))?;
    require::<Editor>(found.role)?;
    let project = found.document.project;
    let now = services.clock.now();
    tx.delete_document(found.within, id, now).await?;
    audit::of_caller(&mut tx, caller, Action::DocumentDeleted, Some(("document", id.get())), None, now)
        .await?;
    tx.commit().await?;

    services.bus.publish(ProjectEvent { project, news: News::DocumentDeleted { document: id } });
    Ok(id.get())
}
