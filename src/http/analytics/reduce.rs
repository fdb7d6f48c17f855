//! `POST /api/analytics/projects/{id}/dimensionality-reduction`: chunks in two or three dimensions.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Embedded, id_of, sample, too_few, within};
use crate::access::{ProjectAccess, Viewer};
use crate::decode::Json;
use crate::services::Services;
use crate::wire::Number;
use docent_domain::Fault;
use docent_retrieve::lay_out;
use docent_wire::Refused;

/// Characters of a text that stand beside its point.
const PREVIEW: usize = 100;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ReductionIn {
    /// `pca`, the only one there is.
    method: Option<String>,
    /// 2 or 3.
    dimensions: Option<Number>,
    document_ids: Option<Vec<Number>>,
    /// 10 to 2000, 500 unless given.
    n_samples: Option<Number>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reduction)]
pub(super) struct ReductionView {
    method: &'static str,
    dimensions: usize,
    points: Vec<PointView>,
    total_points: usize,
    explained_variance: Option<f64>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReducedPoint)]
struct PointView {
    x: f32,
    y: f32,
    z: Option<f32>,
    chunk_id: String,
    chunk_index: i64,
    document_id: i64,
    document_name: String,
    text_preview: String,
}

#[utoipa::path(
    post,
    path = "/analytics/projects/{id}/dimensionality-reduction",
    operation_id = "reduce_embeddings",
    tag = "Analytics",
    params(("id" = i64, Path)),
    request_body = ReductionIn,
    responses((status = 200, body = ReductionView))
)]
#[tracing::instrument(name = "http.analytics.reduce", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Viewer>,
    Json(body): Json<ReductionIn>,
) -> Result<axum::Json<ReductionView>, Refused> {
    if body.method.as_deref().is_some_and(|method| method != "pca") {
        return Err(Refused(Fault::field("method", "must be pca: others are not computed here")));
    }
    let dimensions = within("dimensions", body.dimensions, 2, 2, 3)?;
    let most = within("n_samples", body.n_samples, 500, 10, 2_000)?;
    let found = sample(&services, &access, body.document_ids, most).await?;
    if found.len() < 2 {
        return Err(Refused(too_few()));
    }
    let points = tokio::task::spawn_blocking(move || points(found, dimensions)).await;
    let points = points.map_err(Fault::internal)?;
    let total_points = points.len();
    Ok(axum::Json(ReductionView {
        method: "pca",
        dimensions,
        points,
        total_points,
        explained_variance: None,
    }))
}

fn points(found: Vec<Embedded>, dimensions: usize) -> Vec<PointView> {
    let (chunks, vectors): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let places: Vec<[f32; 3]> = if dimensions == 3 {
        lay_out(&vectors)
    } else {
        lay_out(&vectors).into_iter().map(|[x, y]| [x, y, 0.0]).collect()
    };
    let point = |(chunk, [x, y, z]): (docent_store::MappedChunk, [f32; 3])| PointView {
        x,
        y,
        z: (dimensions == 3).then_some(z),
        chunk_id: id_of(&chunk),
        chunk_index: chunk.position,
        document_id: chunk.document_id,
        document_name: chunk.filename,
        text_preview: preview(&chunk.text),
    };
    chunks.into_iter().zip(places).map(point).collect()
}

fn preview(text: &str) -> String {
    match text.char_indices().nth(PREVIEW) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}
