//! `GET /api/projects/{id}/map`: the project's chunks on a plane; what is alike lies together.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{ProjectAccess, Viewer};
use crate::services::Services;
use crate::vectors::with_vectors;
use docent_domain::Fault;
use docent_retrieve::lay_out;
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
    let found = with_vectors(&services, scope, id, MOST).await?;
    let (chunks, vectors): (Vec<_>, Vec<_>) = found.into_iter().unzip();
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
