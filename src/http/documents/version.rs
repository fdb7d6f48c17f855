//! `GET /api/documents/{id}/versions/{version}/download`: the original of one version.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::original::{Original, send};
use crate::access::{DocumentAccess, VersionPath, Viewer};
use crate::services::Services;
use docent_domain::Fault;
use docent_wire::Refused;

#[utoipa::path(
    get,
    path = "/documents/{id}/versions/{version}/download",
    operation_id = "download_document_version",
    tag = "Documents",
    params(("id" = i64, Path), ("version" = i64, Path), ("Range" = Option<String>, Header)),
    responses(
        (status = 200, content_type = "application/octet-stream"),
        (status = 206, content_type = "application/octet-stream"),
        (status = 404, body = crate::Problem, content_type = "application/problem+json"),
        (status = 416, body = crate::Problem, content_type = "application/problem+json")
    )
)]
#[tracing::instrument(name = "http.documents.version", skip_all, fields(document.id = %access.document.id, version))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: DocumentAccess<Viewer>,
    VersionPath(version): VersionPath,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let document = access.document.id;
    let found = services.store.read().await?.version(&access.caller.scope, document, version).await?;
    let found = found.ok_or_else(|| Fault::not_found("version"))?;
    let original = Original {
        document,
        generation: found.generation,
        blob: &found.blob,
        sha256: &found.sha256,
        size: found.size,
        format: &found.format,
        filename: &found.filename,
    };
    send(&services, &headers, &original).await.map_err(Refused)
}
