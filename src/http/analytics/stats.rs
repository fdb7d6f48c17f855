//! `GET /api/analytics/projects/{id}/embedding-stats`: how many vectors a project has, and how alike they are.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Embedded, MOST, norm};
use crate::access::{ProjectAccess, Viewer};
use crate::services::Services;
use crate::vectors::with_vectors;
use docent_wire::Refused;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EmbeddingStats)]
pub(super) struct StatsView {
    /// Of the whole project; the rest is told of at most 5000 of them.
    total_chunks: i64,
    total_documents: usize,
    embedding_dimension: usize,
    embedding_model: String,
    stats: NumbersView,
    document_breakdown: Vec<DocumentView>,
}

#[derive(Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = EmbeddingNumbers)]
struct NumbersView {
    mean_norm: f64,
    std_norm: f64,
    min_norm: f64,
    max_norm: f64,
    /// The mean cosine of all pairs; 0 where there are fewer than two.
    avg_similarity: f64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EmbeddedDocument)]
struct DocumentView {
    document_id: i64,
    document_name: String,
    chunk_count: usize,
    avg_norm: f64,
    std_norm: f64,
}

#[utoipa::path(
    get,
    path = "/analytics/projects/{id}/embedding-stats",
    operation_id = "embedding_stats",
    tag = "Analytics",
    params(("id" = i64, Path)),
    responses((status = 200, body = StatsView))
)]
#[tracing::instrument(name = "http.analytics.stats", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Viewer>,
) -> Result<Json<StatsView>, Refused> {
    let (scope, id) = (&access.caller.scope, access.project.id);
    let total_chunks = services.store.read().await?.project_counts(scope, access.seen).await?.chunks;
    let found = with_vectors(&services, scope, id, MOST).await?;
    let vectors: Vec<&[f32]> = found.iter().map(|(_, vector)| vector.as_slice()).collect();
    let info = services.embedder.info();
    let document_breakdown = breakdown(&found);
    Ok(Json(StatsView {
        total_chunks,
        total_documents: document_breakdown.len(),
        embedding_dimension: info.dimension,
        embedding_model: info.name.clone(),
        stats: numbers(&vectors),
        document_breakdown,
    }))
}

fn breakdown(found: &[Embedded]) -> Vec<DocumentView> {
    let mut documents: BTreeMap<i64, (&str, Vec<&[f32]>)> = BTreeMap::new();
    for (chunk, vector) in found {
        documents.entry(chunk.document_id).or_insert_with(|| (&chunk.filename, Vec::new())).1.push(vector);
    }
    let view = |(document_id, (name, vectors)): (i64, (&str, Vec<&[f32]>))| {
        let (avg_norm, std_norm) = mean_and_deviation(&norms(&vectors));
        let (document_name, chunk_count) = (name.to_owned(), vectors.len());
        DocumentView { document_id, document_name, chunk_count, avg_norm, std_norm }
    };
    documents.into_iter().map(view).collect()
}

fn numbers(vectors: &[&[f32]]) -> NumbersView {
    if vectors.is_empty() {
        return NumbersView::default();
    }
    let norms = norms(vectors);
    let (mean_norm, std_norm) = mean_and_deviation(&norms);
    NumbersView {
        mean_norm,
        std_norm,
        min_norm: norms.iter().copied().fold(f64::INFINITY, f64::min),
        max_norm: norms.iter().copied().fold(0.0, f64::max),
        avg_similarity: mean_cosine(vectors),
    }
}

fn norms(vectors: &[&[f32]]) -> Vec<f64> {
    vectors.iter().map(|vector| norm(vector)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a count of vectors in memory")]
fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
    (mean, variance.sqrt())
}

/// The sum of all pairs' products is what the square of the sum has beyond the squares.
#[expect(clippy::cast_precision_loss, reason = "a count of vectors in memory")]
fn mean_cosine(vectors: &[&[f32]]) -> f64 {
    let count = vectors.len() as f64;
    if vectors.len() < 2 {
        return 0.0;
    }
    let mut sum = vec![0.0_f64; vectors[0].len()];
    let mut squares = 0.0;
    for vector in vectors {
        let length = norm(vector).max(f64::EPSILON);
        for (sum, value) in sum.iter_mut().zip(*vector) {
            *sum += f64::from(*value) / length;
        }
        squares += 1.0;
    }
    let whole: f64 = sum.iter().map(|value| value * value).sum();
    (whole - squares) / (count * (count - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_cosine_is_that_of_all_pairs() {
        let (east, north): (&[f32], &[f32]) = (&[1.0, 0.0], &[0.0, 1.0]);
        assert!((mean_cosine(&[east, north])).abs() < 1e-9);
        assert!((mean_cosine(&[east, east, north]) - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!(mean_cosine(&[east]), 0.0);
        assert_eq!(numbers(&[]), NumbersView::default());
    }
}
