//! `PATCH /api/documents/{id}`: another name, or notes of the caller's own.

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::DocumentView;
use crate::access::{DocumentAccess, Editor};
use crate::decode::Json;
use crate::services::Services;
use crate::wire;
use docent_domain::event::{News, ProjectEvent};
use docent_domain::{Fault, names};
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct DocumentChangesIn {
    /// Shown and searched; the kind of file stays what it is.
    filename: Option<String>,
    /// Takes the place of all of it.
    doc_metadata: Option<Map<String, Value>>,
}

#[utoipa::path(
    patch,
    path = "/documents/{id}",
    operation_id = "update_document",
    tag = "Documents",
    params(("id" = i64, Path)),
    request_body = DocumentChangesIn,
    responses((status = 200, body = DocumentView))
)]
#[tracing::instrument(name = "http.documents.update", skip_all, fields(document.id = %access.document.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: DocumentAccess<Editor>,
    Json(body): Json<DocumentChangesIn>,
) -> Result<axum::Json<DocumentView>, Refused> {
    let mut document = access.document;
    if let Some(given) = body.filename.as_deref() {
        document.filename = names::filename(given)
            .ok_or_else(|| Fault::field("filename", "must be a file name, such as `report.pdf`"))?;
    }
    if let Some(metadata) = wire::settings("doc_metadata", body.doc_metadata, services.limits.metadata)? {
        document.metadata = metadata;
    }
    document.updated_at = services.clock.now();

    let mut tx = services.store.begin().await?;
    if !tx.update_document(access.seen, &document).await? {
        return Err(Refused(Fault::not_found("document")));
    }
    tx.commit().await?;

    let news = News::DocumentUpdated { document: document.id, filename: document.filename.clone() };
    services.bus.publish(ProjectEvent { project: document.project, news });
    Ok(axum::Json(document.into()))
}
