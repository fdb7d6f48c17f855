//! The index, made anew from the chunks in the database: with the vectors that are known, or with those of another
//! model.

use std::collections::HashMap;

use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};

use super::error::IngestError;
use super::read::Parts;
use docent_domain::{DocumentId, ProjectId};
use docent_vectors::Point;

/// Generations looked up at once.
const GENERATIONS: i64 = 100;

/// How far it is, in chunks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reindexed {
    pub done: i64,
    pub total: i64,
}

/// Puts everything that searches may show into the index, which may be empty or not, and tells how far it is.
pub async fn reindex(parts: &Parts, tell: impl Fn(Reindexed)) -> Result<Reindexed, IngestError> {
    let total = parts.store.read().await?.count_live_chunks().await?;
    let (mut done, mut after) = (0, DocumentId::from(0));
    loop {
        let batch = parts.store.read().await?.generations_to_index(None, after, GENERATIONS).await?;
        let Some((_, last, _)) = batch.last() else { break };
        after = *last;
        for (project, document, generation) in batch {
            done += index_generation(parts, project, (document, generation)).await?;
            tell(Reindexed { done, total });
        }
    }
    parts.index.settle().await?;
    parts.index.built_again();
    Ok(Reindexed { done, total })
}

/// Puts a generation's chunks into the index: how many there were. It is safe only after the index has settled.
pub(super) async fn index_generation(
    parts: &Parts,
    project: ProjectId,
    (document, generation): (DocumentId, i64),
) -> Result<i64, IngestError> {
    let mut batches = points_of(parts, project, (document, generation));
    let mut sum = 0;
    while let Some(points) = batches.try_next().await? {
        sum += i64::try_from(points.len()).unwrap_or(0);
        parts.index.upsert(points).await?;
    }
    Ok(sum)
}

/// The points of a generation's chunks, some batches ahead of whoever takes them. Boxed here, where its lifetime has
/// a name: else no future that waits for it could be sent to another thread.
fn points_of<'a>(
    parts: &'a Parts,
    project: ProjectId,
    (document, generation): (DocumentId, i64),
) -> BoxStream<'a, Result<Vec<Point>, IngestError>> {
    let batch = i64::try_from(parts.vectors.embedder().batch().clamp(16, 256)).unwrap_or(256);
    let batches = stream::try_unfold(0, move |position| async move {
        let mut tx = parts.store.read().await?;
        let chunks = tx.chunks_from(document, generation, position, batch).await?;
        let next = chunks.last().map(|last| last.position + 1);
        Ok::<_, IngestError>(next.map(|next| (chunks, next)))
    });
    batches
        .map_ok(move |chunks| parts.vectors.points(project, (document, generation), chunks, HashMap::new()))
        .try_buffered(2)
        .boxed()
}
