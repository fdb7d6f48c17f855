//! The index, made anew from the chunks in the database: with the vectors that are known, or with those of another
//! model.

use futures_util::stream::{self, TryStreamExt};

use super::error::IngestError;
use super::read::Parts;
use crate::domain::{DocumentId, ProjectId};

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
    Ok(Reindexed { done, total })
}

/// Puts a generation's chunks into the index: how many there were. It is safe only after the index has settled.
pub(super) async fn index_generation(
    parts: &Parts,
    project: ProjectId,
    (document, generation): (DocumentId, i64),
) -> Result<i64, IngestError> {
    let batch = i64::try_from(parts.vectors.embedder().batch().clamp(16, 256)).unwrap_or(256);
    let batches = Box::pin(stream::try_unfold(0, |position| async move {
        let mut tx = parts.store.read().await?;
        let chunks = tx.chunks_from(document, generation, position, batch).await?;
        let next = chunks.last().map(|last| last.position + 1);
        Ok::<_, IngestError>(next.map(|next| (chunks, next)))
    }));
    batches
        .map_ok(|chunks| parts.vectors.points(project, (document, generation), chunks))
        .try_buffered(2)
        .and_then(|points| async move {
            let count = i64::try_from(points.len()).unwrap_or(0);
            parts.index.upsert(points).await?;
            Ok(count)
        })
        .try_fold(0, |sum, count| async move { Ok(sum + count) })
        .await
}
