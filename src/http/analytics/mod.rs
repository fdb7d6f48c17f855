//! What the analytics page of the project-rooms clients asks for: the vectors of a project's chunks, and what can be seen in
//! them.

mod embeddings;
mod reduce;
mod retrieval;
mod similarity;
mod stats;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::access::{ProjectAccess, Viewer};
use super::services::Services;
use super::vectors::with_vectors;
use super::wire::{self, Number};
use docent_domain::Fault;
use docent_store::MappedChunk;

/// Chunks that are looked at; a project may have more.
const MOST: i64 = 5_000;

pub(super) fn routes() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(embeddings::handler))
        .routes(routes!(reduce::handler))
        .routes(routes!(retrieval::handler))
        .routes(routes!(similarity::handler))
        .routes(routes!(stats::handler))
}

/// A chunk with its vector, of length 1.
type Embedded = (MappedChunk, Vec<f32>);

/// Chunks of the project, of some documents only where they are named; every so many of them, so that there are at most
/// `most`.
async fn sample(
    services: &Services,
    access: &ProjectAccess<Viewer>,
    documents: Option<Vec<Number>>,
    most: usize,
) -> Result<Vec<Embedded>, Fault> {
    let documents =
        documents.map(|ids| wire::ids("document_ids", ids, services.limits.list_ids)).transpose()?;
    let mut found = with_vectors(services, &access.caller.scope, access.project.id, MOST).await?;
    if let Some(documents) = documents {
        found.retain(|(chunk, _)| documents.contains(&chunk.document_id));
    }
    let every = found.len().div_ceil(most.max(1)).max(1);
    Ok(found.into_iter().step_by(every).collect())
}

/// A whole number within its limits, or what is meant without one.
fn within(
    field: &'static str,
    sent: Option<Number>,
    default: usize,
    least: usize,
    most: usize,
) -> Result<usize, Fault> {
    let Some(Number(number)) = sent else { return Ok(default) };
    usize::try_from(number)
        .ok()
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| Fault::field(field, format!("must be {least} to {most}")))
}

/// As the sources of answers name the chunk.
fn id_of(chunk: &MappedChunk) -> String {
    format!("{}:{}:{}", chunk.document_id, chunk.generation, chunk.position)
}

fn too_few() -> Fault {
    Fault::new(
        docent_domain::Code::Conflict,
        "There are fewer than two passages to compare; upload documents first",
    )
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}

fn norm(vector: &[f32]) -> f64 {
    dot(vector, vector).sqrt()
}
