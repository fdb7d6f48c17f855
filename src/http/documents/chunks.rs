//! `GET /api/documents/{id}/chunks`: the pieces that are searched and cited.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{DocumentAccess, Viewer};
use crate::decode::{PageQuery, Query};
use crate::services::Services;
use crate::wire::Page;
use docent_wire::Refused;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Chunk)]
pub(super) struct ChunkView {
    /// As the sources of answers name it.
    id: String,
    document_id: i64,
    generation: i64,
    /// 0-based.
    chunk_index: i64,
    content: String,
    /// 1-based; null where the format has no pages.
    page: Option<i64>,
    /// The headings above it, outermost first.
    heading: Option<String>,
    /// Offsets in Unicode code points into the document's text; `end` is exclusive.
    start: i64,
    end: i64,
    tokens: i64,
}

#[utoipa::path(
    get,
    path = "/documents/{id}/chunks",
    operation_id = "document_chunks",
    tag = "Documents",
    params(("id" = i64, Path), PageQuery),
    responses((status = 200, body = Vec<ChunkView>, headers(("X-Total-Count" = i64))))
)]
#[tracing::instrument(name = "http.documents.chunks", skip_all, fields(document.id = %access.document.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: DocumentAccess<Viewer>,
    Query(page): Query<PageQuery>,
) -> Result<Page<ChunkView>, Refused> {
    let (id, window) = (access.document.id, page.window()?);
    let generation = access.document.live_generation.unwrap_or(access.document.generation);
    let mut tx = services.store.read().await?;
    let total = tx.count_chunks(access.seen, generation).await?;
    let chunks = tx.chunks_from(access.seen, generation, window.skip, window.limit).await?;
    let view = |chunk: docent_store::Chunk| ChunkView {
        id: format!("{id}:{generation}:{}", chunk.position),
        document_id: id.get(),
        generation,
        chunk_index: chunk.position,
        content: chunk.text,
        page: chunk.page,
        heading: chunk.heading,
        start: chunk.start_offset,
        end: chunk.end_offset,
        tokens: chunk.tokens,
    };
    Ok(Page(chunks.into_iter().map(view).collect(), total))
}
