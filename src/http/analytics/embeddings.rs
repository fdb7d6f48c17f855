//! `GET /api/analytics/projects/{id}/embeddings`: the vectors themselves.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{id_of, sample, within};
use crate::access::{ProjectAccess, Viewer};
use crate::decode::Query;
use crate::services::Services;
use crate::wire::{Number, QueryFlag};
use docent_wire::Refused;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct EmbeddingsQuery {
    /// Only this document's.
    #[param(value_type = Option<i64>)]
    document_id: Option<Number>,
    /// 1 to 2000, 500 unless given.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 2000)]
    limit: Option<Number>,
    #[param(value_type = Option<bool>)]
    include_text: Option<QueryFlag>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChunkEmbeddings)]
pub(super) struct EmbeddingsView {
    embeddings: Vec<EmbeddingView>,
    total: usize,
    limit: usize,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChunkEmbedding)]
struct EmbeddingView {
    chunk_id: String,
    document_id: i64,
    document_name: String,
    chunk_index: i64,
    embedding: Vec<f32>,
    text: Option<String>,
    metadata: MetadataView,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChunkEmbeddingMetadata)]
struct MetadataView {
    page: Option<i64>,
}

#[utoipa::path(
    get,
    path = "/analytics/projects/{id}/embeddings",
    operation_id = "chunk_embeddings",
    tag = "Analytics",
    params(("id" = i64, Path), EmbeddingsQuery),
    responses((status = 200, body = EmbeddingsView))
)]
#[tracing::instrument(name = "http.analytics.embeddings", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Viewer>,
    Query(query): Query<EmbeddingsQuery>,
) -> Result<Json<EmbeddingsView>, Refused> {
    let limit = within("limit", query.limit, 500, 1, 2_000)?;
    let documents = query.document_id.map(|document| vec![document]);
    let with_text = query.include_text.is_some_and(|flag| flag.0);
    let found = sample(&services, &access, documents, limit).await?;
    let view = |(chunk, embedding)| EmbeddingView {
        chunk_id: id_of(&chunk),
        document_id: chunk.document_id,
        document_name: chunk.filename,
        chunk_index: chunk.position,
        embedding,
        text: with_text.then_some(chunk.text),
        metadata: MetadataView { page: chunk.page },
    };
    let embeddings: Vec<EmbeddingView> = found.into_iter().map(view).collect();
    Ok(Json(EmbeddingsView { total: embeddings.len(), embeddings, limit }))
}
