//! `GET /api/documents/{id}/download`: the original of the newest version, as it was uploaded.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::original::{Original, send};
use crate::access::{DocumentAccess, Viewer};
use crate::services::Services;
use docent_wire::Refused;

#[utoipa::path(
    get,
    path = "/documents/{id}/download",
    operation_id = "download_document",
    tag = "Documents",
    params(("id" = i64, Path), ("Range" = Option<String>, Header)),
    responses(
        (status = 200, content_type = "application/octet-stream"),
        (status = 206, content_type = "application/octet-stream"),
        (status = 416, body = crate::Problem, content_type = "application/problem+json")
    )
)]
#[tracing::instrument(name = "http.documents.download", skip_all, fields(document.id = %access.document.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: DocumentAccess<Viewer>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let document = &access.document;
    let original = Original {
        document: document.id,
        generation: document.generation,
        blob: &document.blob,
        sha256: &document.sha256,
        size: document.size,
        format: &document.format,
        filename: &document.filename,
    };
    send(&services, &headers, &original).await.map_err(Refused)
}
