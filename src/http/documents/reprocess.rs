//! `POST /api/documents/{id}/reprocess`: read the original again, from the beginning.

use axum::Json;
use axum::extract::State;

use super::DocumentView;
use super::news::tell_status;
use crate::access::{DocumentAccess, Editor};
use crate::services::Services;
use docent_auth::Caller;
use docent_domain::document::Document;
use docent_domain::{Code, Fault, ProjectId};
use docent_store::{NewVersion, Seen};
use docent_wire::Refused;

/// What searches show stays until the new reading is done; one that is under way is given up for it.
#[utoipa::path(
    post,
    path = "/documents/{id}/reprocess",
    operation_id = "reprocess_document",
    tag = "Documents",
    params(("id" = i64, Path)),
    responses((status = 200, body = DocumentView))
)]
#[tracing::instrument(name = "http.documents.reprocess", skip_all, fields(document.id = %access.document.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: DocumentAccess<Editor>,
) -> Result<Json<DocumentView>, Refused> {
    let document = read_again(&services, &access.caller, access.within, &access.document).await?;
    Ok(Json(document.into()))
}

/// Queues a new reading of the newest version's original.
pub(crate) async fn read_again(
    services: &Services,
    caller: &Caller,
    project: Seen<ProjectId>,
    document: &Document,
) -> Result<Document, Fault> {
    let version = NewVersion {
        filename: &document.filename,
        blob: &document.blob,
        sha256: &document.sha256,
        size: document.size,
        format: &document.format,
    };
    let now = services.clock.now();
    let mut tx = services.store.begin().await?;
    tx.lock_project(project, now).await?;
    let generation = tx.insert_version(project, document.id, &version, now).await?;
    generation.ok_or_else(|| Fault::new(Code::Conflict, "The document was deleted meanwhile"))?;
    let found = tx.document(&caller.scope, document.id).await?;
    tx.commit().await?;

    tell_status(services, document.id).await;
    Ok(found.ok_or_else(|| Fault::not_found("document"))?.document)
}
