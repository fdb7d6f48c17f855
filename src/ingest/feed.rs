//! The third step: chunks out of the database to be embedded, as fast as that goes.
//!
//! Cutting does not wait for embedding; what is cut stands in the database, and memory stays as it is.

use tokio::sync::{mpsc, watch};

use super::error::IngestError;
use super::read::Reading;
use docent_store::Chunk;

/// Chunks taken from the database at once, at least.
const AHEAD: usize = 64;

/// How far the cutting is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Made {
    /// Chunks in the database, and (for a first reading) in the index by their words.
    pub chunks: i64,
    /// No more chunks will come.
    pub complete: bool,
}

/// Hands chunks on in batches until all that are made were handed on.
pub async fn feed(
    reading: &Reading<'_>,
    mut made: watch::Receiver<Made>,
    batches: mpsc::Sender<Vec<Chunk>>,
) -> Result<(), IngestError> {
    let (document, generation) = reading.name();
    let batch = reading.parts.vectors.embedder().batch().clamp(1, 256);
    let limit = i64::try_from(AHEAD.max(batch)).unwrap_or(256);
    let mut next = 0;
    loop {
        let seen = *made.borrow_and_update();
        if next >= seen.chunks {
            if seen.complete {
                return Ok(());
            }
            // An error elsewhere drops the sender, and ends this step, too.
            made.changed().await.map_err(|_| IngestError::Stopped)?;
            continue;
        }
        // What an earlier attempt may have left behind the last chunk is none of this one's.
        let wanted = limit.min(seen.chunks - next);
        let mut chunks =
            reading.parts.store.read().await?.chunks_from(document, generation, next, wanted).await?;
        chunks.retain(|chunk| chunk.position < seen.chunks);
        let Some(last) = chunks.last() else {
            return Err(IngestError::Broken("chunks that were kept are gone".to_owned()));
        };
        next = last.position + 1;
        while !chunks.is_empty() {
            let rest = chunks.split_off(batch.min(chunks.len()));
            let full = std::mem::replace(&mut chunks, rest);
            batches.send(full).await.map_err(|_| IngestError::Stopped)?;
        }
    }
}
