//! `POST /api/analytics/projects/{id}/similarity-matrix`: how alike documents, or chunks, are.

use std::collections::BTreeMap;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Embedded, MOST, dot, id_of, norm, sample, too_few, within};
use crate::access::{ProjectAccess, Viewer};
use crate::decode::Json;
use crate::services::Services;
use crate::wire::Number;
use docent_domain::Fault;
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct SimilarityIn {
    /// `document` (the default) or `chunk`.
    scope: Option<String>,
    document_ids: Option<Vec<Number>>,
    /// 2 to 100, 50 unless given.
    max_items: Option<Number>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SimilarityMatrix)]
pub(super) struct SimilarityView {
    scope: &'static str,
    items: Vec<ItemView>,
    /// Cosines, row by row.
    matrix: Vec<Vec<f64>>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SimilarItem)]
struct ItemView {
    id: String,
    label: String,
}

#[utoipa::path(
    post,
    path = "/analytics/projects/{id}/similarity-matrix",
    operation_id = "similarity_matrix",
    tag = "Analytics",
    params(("id" = i64, Path)),
    request_body = SimilarityIn,
    responses((status = 200, body = SimilarityView))
)]
#[tracing::instrument(name = "http.analytics.similarity", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Viewer>,
    Json(body): Json<SimilarityIn>,
) -> Result<axum::Json<SimilarityView>, Refused> {
    let most = within("max_items", body.max_items, 50, 2, 100)?;
    let (scope, found) = match body.scope.as_deref() {
        None | Some("document") => {
            let all = usize::try_from(MOST).unwrap_or(usize::MAX);
            ("document", documents(sample(&services, &access, body.document_ids, all).await?, most))
        }
        Some("chunk") => ("chunk", chunks(sample(&services, &access, body.document_ids, most).await?)),
        Some(_) => return Err(Refused(Fault::field("scope", "must be document or chunk"))),
    };
    if found.len() < 2 {
        return Err(Refused(too_few()));
    }
    let (items, vectors): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    Ok(axum::Json(SimilarityView { scope, items, matrix: cosines(&vectors) }))
}

fn chunks(found: Vec<Embedded>) -> Vec<(ItemView, Vec<f32>)> {
    let item = |(chunk, vector): Embedded| {
        let label = format!("{} - Chunk {}", chunk.filename, chunk.position);
        (ItemView { id: id_of(&chunk), label }, vector)
    };
    found.into_iter().map(item).collect()
}

/// The mean of each document's vectors.
fn documents(found: Vec<Embedded>, most: usize) -> Vec<(ItemView, Vec<f32>)> {
    let mut sums: BTreeMap<i64, (String, Vec<f32>)> = BTreeMap::new();
    for (chunk, vector) in found {
        let (_, sum) =
            sums.entry(chunk.document_id).or_insert_with(|| (chunk.filename, vec![0.0; vector.len()]));
        sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
    }
    let item = |(id, (label, sum)): (i64, (String, Vec<f32>))| (ItemView { id: id.to_string(), label }, sum);
    sums.into_iter().take(most).map(item).collect()
}

fn cosines(vectors: &[Vec<f32>]) -> Vec<Vec<f64>> {
    let norms: Vec<f64> = vectors.iter().map(|vector| norm(vector).max(f64::EPSILON)).collect();
    let cosine = |a: usize, b: usize| dot(&vectors[a], &vectors[b]) / (norms[a] * norms[b]);
    (0..vectors.len()).map(|a| (0..vectors.len()).map(|b| cosine(a, b)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_points_the_same_way_is_alike_whatever_its_length() {
        let matrix = cosines(&[vec![1.0, 0.0], vec![3.0, 0.0], vec![0.0, 2.0]]);
        assert!((matrix[0][1] - 1.0).abs() < 1e-9 && matrix[0][2].abs() < 1e-9, "{matrix:?}");
        assert!((matrix[2][2] - 1.0).abs() < 1e-9);
    }
}
