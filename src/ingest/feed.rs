//! The third step: chunks out of the database to be embedded, as fast as that goes.
//!
//! Cutting does not wait for embedding; what is cut stands in the database, and memory stays as it is. Of a document that
//! is read for the first time, what was found in it or opened meanwhile goes before the rest.

use std::collections::{BTreeSet, HashSet, VecDeque};

use tokio::sync::{mpsc, watch};

use super::error::IngestError;
use super::faults::Place;
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
    let mut line = Line::new(reading);
    loop {
        // Chosen as late as may be, for what is asked about until then goes first.
        let place = batches.reserve().await.map_err(|_| IngestError::Stopped)?;
        let seen = *made.borrow_and_update();
        let batch = line.choose(seen).await?;
        if !batch.is_empty() {
            reading.parts.faults.pass(Place::Chosen).await?;
            place.send(batch);
        } else if seen.complete {
            return Ok(());
        } else {
            drop(place);
            // An error elsewhere drops the sender, and ends this step, too.
            made.changed().await.map_err(|_| IngestError::Stopped)?;
        }
    }
}

/// The chunks that wait for their vectors, in the order of the document.
struct Line<'a> {
    reading: &'a Reading<'a>,
    batch: usize,
    /// The first of them, taken out of the database.
    head: VecDeque<Chunk>,
    /// The position of the chunk that follows `head`.
    next: i64,
    /// Positions that were handed on before their turn, none of them before the head.
    early: HashSet<i64>,
}

impl<'a> Line<'a> {
    fn new(reading: &'a Reading<'a>) -> Self {
        let batch = reading.parts.vectors.embedder().batch().clamp(1, 256);
        Self { reading, batch, head: VecDeque::new(), next: 0, early: HashSet::new() }
    }

    /// The next batch; empty where every chunk that is made was handed on.
    async fn choose(&mut self, made: Made) -> Result<Vec<Chunk>, IngestError> {
        // One batch has no order worth asking for.
        let wanted = if self.reading.source.first && self.waiting(made) > self.batch {
            self.wanted(made).await?
        } else {
            Vec::new()
        };
        if wanted.is_empty() { self.following(made).await } else { Ok(wanted) }
    }

    fn front(&self) -> i64 {
        self.head.front().map_or(self.next, |chunk| chunk.position)
    }

    fn waiting(&self, made: Made) -> usize {
        usize::try_from(made.chunks - self.front()).unwrap_or(0).saturating_sub(self.early.len())
    }

    /// Chunks of what was asked about or opened, the latest first.
    async fn wanted(&mut self, made: Made) -> Result<Vec<Chunk>, IngestError> {
        let (document, generation) = self.reading.name();
        let spots = self.reading.parts.store.read().await?.wanted(document, generation).await?;
        let most = i64::try_from(self.batch).unwrap_or(i64::MAX);
        let waits = self.front()..made.chunks;
        let mut positions = BTreeSet::new();
        {
            let pages = self.reading.pages();
            let near = spots.into_iter().flat_map(|spot| pages.around(spot, most));
            let waiting = near.filter(|position| waits.contains(position) && !self.early.contains(position));
            for position in waiting {
                positions.insert(position);
                if positions.len() == self.batch {
                    break;
                }
            }
        }
        let mut chunks = Vec::with_capacity(positions.len());
        for (first, count) in runs(&positions) {
            chunks.append(&mut self.take(first, count).await?);
        }
        self.early.extend(positions);
        Ok(chunks)
    }

    /// The next chunks of the document that were not handed on before.
    async fn following(&mut self, made: Made) -> Result<Vec<Chunk>, IngestError> {
        let mut batch = Vec::with_capacity(self.batch);
        while batch.len() < self.batch {
            match self.head.pop_front() {
                Some(chunk) if self.early.remove(&chunk.position) => {}
                Some(chunk) => batch.push(chunk),
                None if self.next < made.chunks => {
                    let ahead = i64::try_from(AHEAD.max(self.batch)).unwrap_or(256);
                    // What an earlier attempt may have left behind the last chunk is none of this one's.
                    let count = ahead.min(made.chunks - self.next);
                    self.head = self.take(self.next, count).await?.into();
                    self.next += count;
                }
                None => break,
            }
        }
        Ok(batch)
    }

    async fn take(&self, first: i64, count: i64) -> Result<Vec<Chunk>, IngestError> {
        let (document, generation) = self.reading.name();
        let mut tx = self.reading.parts.store.read().await?;
        let chunks = tx.chunks_from(document, generation, first, count).await?;
        let whole = chunks.iter().map(|chunk| chunk.position).eq(first..first + count);
        if whole { Ok(chunks) } else { Err(IngestError::Broken("chunks that were kept are gone".to_owned())) }
    }
}

/// Positions in a row, as the first and how many.
fn runs(positions: &BTreeSet<i64>) -> Vec<(i64, i64)> {
    let mut runs: Vec<(i64, i64)> = Vec::new();
    for &position in positions {
        match runs.last_mut() {
            Some((first, count)) if *first + *count == position => *count += 1,
            _ => runs.push((position, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_in_a_row_are_taken_together() {
        assert_eq!(runs(&BTreeSet::from([4, 5, 6, 9, 11, 12])), [(4, 3), (9, 1), (11, 2)]);
        assert_eq!(runs(&BTreeSet::new()), []);
    }
}
