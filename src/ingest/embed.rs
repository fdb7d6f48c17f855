//! The last steps: vectors for chunks, and points for the index.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use futures_util::stream::{StreamExt, TryStreamExt};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::context::{self, Context};
use super::error::IngestError;
use super::faults::Place;
use super::read::Reading;
use super::tally::Tally;
use docent_domain::{DocumentId, ProjectId};
use docent_embedding::Embedder;
use docent_store::{Chunk, TextHash, VectorCache};
use docent_telemetry as telemetry;
use docent_vectors::Point;

/// Batches under way at once, in each of the two steps: the seam between two batches costs nothing then.
const IN_FLIGHT: usize = 2;

/// Vectors by text: computed once for each text of a project. Cheap to clone.
#[derive(Clone)]
pub struct Vectors {
    embedder: Arc<dyn Embedder>,
    /// Kept where the index is a cache of them; a Qdrant server is its own store.
    cache: Option<VectorCache>,
}

impl Vectors {
    pub fn new(embedder: Arc<dyn Embedder>, cache: Option<VectorCache>) -> Self {
        Self { embedder, cache }
    }

    pub const fn embedder(&self) -> &Arc<dyn Embedder> {
        &self.embedder
    }

    pub const fn cache(&self) -> Option<&VectorCache> {
        self.cache.as_ref()
    }

    /// The vectors of texts, in their order; only what is not known yet is computed.
    async fn of(
        &self,
        project: ProjectId,
        texts: &[&str],
        mut known: HashMap<TextHash, Vec<f32>>,
    ) -> Result<Vec<Vec<f32>>, IngestError> {
        let model = &self.embedder.info().name;
        let hashes: Vec<TextHash> = texts.iter().map(|text| TextHash::of(text)).collect();
        if let Some(cache) = &self.cache {
            known.extend(cache.get_many(project, model, &hashes).await?);
        }
        let mut missing: Vec<(TextHash, String)> = Vec::new();
        for (hash, text) in hashes.iter().zip(texts) {
            if !known.contains_key(hash) && missing.iter().all(|(other, _)| other != hash) {
                missing.push((*hash, (*text).to_owned()));
            }
        }
        let (begun, computed) = (Instant::now(), missing.len());
        let (fresh, texts): (Vec<TextHash>, Vec<String>) = missing.into_iter().unzip();
        if !texts.is_empty() {
            let vectors = self.embedder.passages(&texts).await?;
            if let Some(cache) = &self.cache {
                let rows: Vec<(TextHash, &[f32])> =
                    fresh.iter().copied().zip(vectors.iter().map(Vec::as_slice)).collect();
                cache.put_many(project, model, &rows).await?;
            }
            known.extend(fresh.into_iter().zip(vectors));
        }
        telemetry::passages_embedded(computed, hashes.len() - computed, begun.elapsed());
        let found = hashes.iter().map(|hash| known.get(hash).cloned());
        found.collect::<Option<_>>().ok_or_else(|| {
            IngestError::Broken("the model gave fewer vectors than it was given texts".to_owned())
        })
    }

    /// The text that is embedded for a passage in its context.
    pub fn text(&self, context: &Context, chunk: &Chunk) -> String {
        context.embedded(chunk, (self.embedder.tokenizer(), self.embedder.info().max_tokens))
    }

    /// The points of chunks, and the count of their terms; `known` are vectors that need not be looked up.
    pub async fn points(
        &self,
        project: ProjectId,
        (document, generation): (DocumentId, i64),
        context: &Context,
        chunks: Vec<Chunk>,
        known: HashMap<TextHash, Vec<f32>>,
    ) -> Result<(Vec<Point>, Tally), IngestError> {
        let texts: Vec<String> = chunks.iter().map(|chunk| self.text(context, chunk)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let vectors = self.of(project, &texts, known).await?;
        let mut tally = Tally::default();
        let mut point = |(chunk, dense): (Chunk, Vec<f32>)| {
            let language = context::language(&chunk);
            let fields = context.fields(&chunk, language);
            tally.add(&fields, language);
            let words = context.weights(&fields);
            Point { project, document, generation, position: chunk.position, dense: Some(dense), words }
        };
        let points = chunks.into_iter().zip(vectors).map(&mut point).collect();
        Ok((points, tally))
    }
}

/// Texts of the same document whose vectors are in the index already: an attempt that was cut off left some, and so
/// did the version before. Empty where a cache knows them.
struct Earlier {
    places: HashMap<TextHash, (i64, i64)>,
}

impl Earlier {
    async fn load(reading: &Reading<'_>) -> Result<Self, IngestError> {
        let parts = reading.parts;
        if parts.vectors.cache.is_some() {
            return Ok(Self { places: HashMap::new() });
        }
        let (document, generation) = reading.name();
        let known = parts.store.read().await?.known_texts(document, generation).await?;
        let place = |(hash, generation, position): (String, i64, i64)| {
            Some((TextHash::parse(&hash)?, (generation, position)))
        };
        Ok(Self { places: known.into_iter().filter_map(place).collect() })
    }

    async fn vectors(
        &self,
        reading: &Reading<'_>,
        chunks: &[Chunk],
    ) -> Result<HashMap<TextHash, Vec<f32>>, IngestError> {
        let mut wanted: HashMap<i64, HashMap<i64, TextHash>> = HashMap::new();
        for chunk in chunks {
            let Some(hash) = TextHash::parse(&chunk.text_hash) else { continue };
            if let Some((generation, position)) = self.places.get(&hash) {
                wanted.entry(*generation).or_default().insert(*position, hash);
            }
        }
        let mut known = HashMap::new();
        for (generation, places) in wanted {
            let positions: Vec<i64> = places.keys().copied().collect();
            let (project, document) = (reading.source.project, reading.source.document);
            let points = reading.parts.index.points(project, document, generation, &positions).await?;
            known.extend(
                points.into_iter().filter_map(|point| Some((*places.get(&point.position)?, point.dense))),
            );
        }
        Ok(known)
    }
}

/// Takes chunks until there are no more, embeds them, and puts them into the index; returns the count of their terms.
pub(super) async fn index(
    reading: &Reading<'_>,
    chunks: mpsc::Receiver<Vec<Chunk>>,
) -> Result<Tally, IngestError> {
    let (parts, project) = (reading.parts, reading.source.project);
    let earlier = Earlier::load(reading).await?;
    let earlier = &earlier;
    ReceiverStream::new(chunks)
        .map(|chunks| async move {
            parts.faults.pass(Place::BeforeEmbed).await?;
            let known = earlier.vectors(reading, &chunks).await?;
            let points = parts.vectors.points(project, reading.name(), &reading.context, chunks, known);
            let made = reading.embedding.on(points).await?;
            parts.faults.pass(Place::AfterEmbed).await?;
            Ok::<_, IngestError>(made)
        })
        .buffered(IN_FLIGHT)
        .map_ok(|(points, tally)| async move {
            let positions: Vec<i64> = points.iter().map(|point| point.position).collect();
            reading.indexing.on(parts.index.upsert(points)).await?;
            parts.faults.pass(Place::Indexed).await?;
            embedded(reading, &positions);
            Ok(tally)
        })
        .try_buffered(IN_FLIGHT)
        .try_fold(Tally::default(), |mut sum, tally| async move {
            sum.merge(tally);
            Ok(sum)
        })
        .await
}

/// Chunks have their vectors in the index.
fn embedded(reading: &Reading<'_>, positions: &[i64]) {
    let pages = positions.iter().fold(None, |_, position| Some(reading.pages().embed(*position)));
    reading.progress.count(|counts| {
        counts.chunks_done += i64::try_from(positions.len()).unwrap_or(0);
        // A new version is found when it is whole.
        counts.embedded_pages = pages.filter(|_| reading.source.first).or(counts.embedded_pages);
    });
}
