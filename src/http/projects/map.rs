//! `GET /api/projects/{id}/map`: the project's chunks on a plane; what is alike lies together.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{ProjectAccess, Viewer};
use crate::services::Services;
use docent_domain::{Fault, ProjectId, Scope};
use docent_retrieve::lay_out;
use docent_store::{MappedChunk, TextHash};
use docent_wire::Refused;

/// Chunks on one map; a picture of more would show no more.
const MOST: i64 = 5000;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Map)]
pub(super) struct MapView {
    project_id: i64,
    points: Vec<PointView>,
    /// Chunks of the project; at most 5000 of them are on the map.
    total: i64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MapPoint)]
struct PointView {
    /// As the sources of answers name the chunk.
    id: String,
    document_id: i64,
    filename: String,
    chunk_index: i64,
    page: Option<i64>,
    /// Between -1 and 1.
    x: f32,
    y: f32,
}

#[utoipa::path(
    get,
    path = "/projects/{id}/map",
    operation_id = "project_map",
    tag = "Projects",
    params(("id" = i64, Path)),
    responses((status = 200, body = MapView))
)]
#[tracing::instrument(name = "http.projects.map", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Viewer>,
) -> Result<Json<MapView>, Refused> {
    let (id, scope) = (access.project.id, &access.caller.scope);
    let total = services.store.read().await?.project_counts(scope, access.seen).await?.chunks;
    let (chunks, vectors): (Vec<_>, Vec<_>) = with_vectors(&services, scope, id).await?.into_iter().unzip();
    let places = tokio::task::spawn_blocking(move || lay_out(&vectors)).await.map_err(Fault::internal)?;
    let points = chunks.into_iter().zip(places).map(|(chunk, [x, y])| PointView {
        id: format!("{}:{}:{}", chunk.document_id, chunk.generation, chunk.position),
        document_id: chunk.document_id,
        filename: chunk.filename,
        chunk_index: chunk.position,
        page: chunk.page,
        x,
        y,
    });
    Ok(Json(MapView { project_id: id.get(), points: points.collect(), total }))
}

/// Chunks whose vectors are not kept (any more) are left out.
async fn with_vectors(
    services: &Services,
    scope: &Scope,
    project: ProjectId,
) -> Result<Vec<(MappedChunk, Vec<f32>)>, Fault> {
    let chunks = services.store.read().await?.mapped_chunks(scope, project, MOST).await?;
    let Some(cache) = &services.cache else { return indexed(services, project, chunks).await };
    let hashes: Vec<TextHash> = chunks.iter().map(|chunk| TextHash::of(&chunk.text)).collect();
    let model = &services.embedder.info().name;
    let kept = cache.get_many(project, model, &hashes).await?;
    let found = chunks.into_iter().zip(&hashes);
    Ok(found.filter_map(|(chunk, hash)| Some((chunk, kept.get(hash)?.clone()))).collect())
}

/// The same from an index that keeps its vectors itself.
async fn indexed(
    services: &Services,
    project: ProjectId,
    chunks: Vec<MappedChunk>,
) -> Result<Vec<(MappedChunk, Vec<f32>)>, Fault> {
    let mut readings: HashMap<(i64, i64), Vec<i64>> = HashMap::new();
    for chunk in &chunks {
        readings.entry((chunk.document_id, chunk.generation)).or_default().push(chunk.position);
    }
    let mut known = HashMap::new();
    for ((document, generation), positions) in readings {
        let points = services.index.points(project, document.into(), generation, &positions).await?;
        known.extend(points.into_iter().map(|point| ((document, generation, point.position), point.dense)));
    }
    let vector =
        |chunk: &MappedChunk| known.get(&(chunk.document_id, chunk.generation, chunk.position)).cloned();
    Ok(chunks.into_iter().filter_map(|chunk| vector(&chunk).map(|found| (chunk, found))).collect())
}
