//! The vectors of a project's chunks, from where they are kept.

use std::collections::HashMap;

use crate::services::Services;
use docent_domain::{Fault, ProjectId, Scope};
use docent_store::{MappedChunk, TextHash};

/// The first `most` chunks of a project that the caller may see, with their vectors. Chunks whose vectors are not kept
/// (any more) are left out.
pub(crate) async fn with_vectors(
    services: &Services,
    scope: &Scope,
    project: ProjectId,
    most: i64,
) -> Result<Vec<(MappedChunk, Vec<f32>)>, Fault> {
    let chunks = services.store.read().await?.mapped_chunks(scope, project, most).await?;
    let Some(cache) = &services.cache else { return indexed(services, project, chunks).await };
    let hashes: Vec<TextHash> = chunks.iter().filter_map(|chunk| TextHash::parse(&chunk.text_hash)).collect();
    let model = &services.embedder.info().name;
    let kept = cache.get_many(project, model, &hashes).await?;
    let vector = |chunk: &MappedChunk| kept.get(&TextHash::parse(&chunk.text_hash)?).cloned();
    Ok(chunks.into_iter().filter_map(|chunk| vector(&chunk).map(|found| (chunk, found))).collect())
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
