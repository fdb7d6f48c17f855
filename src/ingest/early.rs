//! What lets chunks be found by their words before they have vectors, while a document is read for the first time.

use std::collections::HashSet;

use super::context;
use super::error::IngestError;
use super::faults::Place;
use super::read::Reading;
use super::tally::Tally;
use docent_store::Chunk;
use docent_vectors::Point;

/// Puts the words of chunks into the index, and counts them for the project.
pub struct Words<'a> {
    reading: &'a Reading<'a>,
    /// Counted and not written yet, and of how many chunks.
    tally: Tally,
    waiting: usize,
    written: usize,
    /// Parts of the count that are written.
    parts: i64,
}

impl<'a> Words<'a> {
    pub fn new(reading: &'a Reading<'a>) -> Self {
        Self { reading, tally: Tally::default(), waiting: 0, written: 0, parts: 0 }
    }

    /// From here on searches find the chunks by their words.
    pub async fn put(&mut self, chunks: &[Chunk]) -> Result<(), IngestError> {
        let parts = self.reading.parts;
        let embedded = self.embedded(chunks).await?;
        let (points, tally) = self.points(chunks.to_vec(), embedded).await?;
        self.reading.indexing.on(parts.index.upsert(points)).await?;
        parts.faults.pass(Place::WordsIndexed).await?;
        self.tally.merge(tally);
        self.waiting += chunks.len();
        // What words are worth need not be known to the last chunk: each writing waits for as much again as there is.
        if self.waiting >= self.written { self.write().await } else { Ok(()) }
    }

    /// Counts what is left.
    pub async fn finish(mut self) -> Result<(), IngestError> {
        if self.waiting > 0 { self.write().await } else { Ok(()) }
    }

    async fn write(&mut self) -> Result<(), IngestError> {
        let reading = self.reading;
        let tally = std::mem::take(&mut self.tally);
        self.parts = tally.add_to(reading, self.parts).await?;
        self.written += std::mem::take(&mut self.waiting);
        reading.parts.faults.pass(Place::WordsCounted).await
    }

    /// Chunks that an earlier attempt has left with their vectors: those are not to be lost.
    async fn embedded(&self, chunks: &[Chunk]) -> Result<HashSet<i64>, IngestError> {
        let (parts, source) = (self.reading.parts, self.reading.source);
        if source.spooled == 0 {
            return Ok(HashSet::new());
        }
        let positions: Vec<i64> = chunks.iter().map(|chunk| chunk.position).collect();
        let (document, generation) = self.reading.name();
        let points = parts.index.points(source.project, document, generation, &positions).await?;
        Ok(points.into_iter().map(|point| point.position).collect())
    }

    async fn points(
        &self,
        chunks: Vec<Chunk>,
        embedded: HashSet<i64>,
    ) -> Result<(Vec<Point>, Tally), IngestError> {
        let (project, (document, generation)) = (self.reading.source.project, self.reading.name());
        let context = self.reading.context.clone();
        let weigh = move || {
            let (mut points, mut tally) = (Vec::with_capacity(chunks.len()), Tally::default());
            for chunk in chunks {
                let language = context::language(&chunk);
                let fields = context.fields(&chunk, language);
                tally.add(&fields, language);
                let (position, words) = (chunk.position, context.weights(&fields));
                // Without a word there is nothing to be found by.
                if !words.is_empty() && !embedded.contains(&position) {
                    points.push(Point { project, document, generation, position, dense: None, words });
                }
            }
            (points, tally)
        };
        tokio::task::spawn_blocking(weigh).await.map_err(|error| IngestError::Broken(error.to_string()))
    }
}
