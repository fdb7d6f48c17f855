//! `GET /api/documents/{id}/versions`: the newest version, the one that answers come from, and older ones that are
//! kept.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{DocumentAccess, Viewer};
use crate::decode::{PageQuery, Query};
use crate::services::Services;
use crate::wire::{Page, Time};
use docent_domain::document::{DocumentVersion, GenerationState};
use docent_extract::Format;
use docent_store::Listed;
use docent_wire::Refused;

/// An original of a document, and what reading it came to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DocumentVersion)]
pub(super) struct VersionView {
    /// As `generation` in documents and sources. Reading the same bytes again makes a new number of the same version.
    version: i64,
    filename: String,
    file_type: String,
    mime_type: &'static str,
    /// In bytes.
    file_size: i64,
    sha256: String,
    /// `live` (answers come from it), `reading`, `replaced` (they did once) or `unread` (they never did).
    state: &'static str,
    page_count: Option<i64>,
    word_count: i64,
    chunk_count: i64,
    created_at: Time,
    /// When answers came from it first.
    processed_at: Option<Time>,
}

impl From<DocumentVersion> for VersionView {
    fn from(version: DocumentVersion) -> Self {
        let state = match version.state {
            GenerationState::Live => "live",
            GenerationState::Open => "reading",
            GenerationState::Garbage | GenerationState::Swept if version.processed_at.is_some() => "replaced",
            GenerationState::Garbage | GenerationState::Swept => "unread",
        };
        Self {
            version: version.generation,
            mime_type: Format::by_name(&version.format).map_or("application/octet-stream", Format::mime),
            filename: version.filename,
            file_type: version.format,
            file_size: version.size,
            sha256: version.sha256,
            state,
            page_count: version.page_count,
            word_count: version.word_count,
            chunk_count: version.chunk_count,
            created_at: Time(version.created_at),
            processed_at: version.processed_at.map(Time),
        }
    }
}

#[utoipa::path(
    get,
    path = "/documents/{id}/versions",
    operation_id = "document_versions",
    tag = "Documents",
    params(("id" = i64, Path), PageQuery),
    responses((status = 200, body = Vec<VersionView>, headers(("X-Total-Count" = i64))))
)]
#[tracing::instrument(name = "http.documents.versions", skip_all, fields(document.id = %access.document.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: DocumentAccess<Viewer>,
    Query(page): Query<PageQuery>,
) -> Result<Page<VersionView>, Refused> {
    let mut tx = services.store.read().await?;
    let Listed { items, total } =
        tx.versions(&access.caller.scope, access.document.id, page.window()?).await?;
    Ok(Page(items.into_iter().map(VersionView::from).collect(), total))
}
