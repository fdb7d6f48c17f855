//! `GET /api/documents/{id}`: one document.

use axum::Json;

use super::DocumentView;
use crate::access::{DocumentAccess, Viewer};

#[utoipa::path(
    get,
    path = "/documents/{id}",
    operation_id = "get_document",
    tag = "Documents",
    params(("id" = i64, Path)),
    responses((status = 200, body = DocumentView))
)]
pub(super) async fn handler(access: DocumentAccess<Viewer>) -> Json<DocumentView> {
    Json(access.document.into())
}
