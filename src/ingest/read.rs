//! One reading, from its start to the moment searches show it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Semaphore, mpsc, watch};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, info_span};

use super::chunk::ChunkSettings;
use super::context::{Context, recipe};
use super::embed::{Vectors, index};
use super::error::IngestError;
use super::faults::{Faults, Place};
use super::feed::{Made, feed};
use super::pages::Pages;
use super::progress::{Follower, Progress};
use super::spool::{Spooled, spool};
use super::tally::forget_words;
use super::{cut, warnings};
use docent_blobs::Blobs;
use docent_domain::job::QUICK;
use docent_domain::{Clock, DocumentId};
use docent_extract::Extractors;
use docent_recognise::Recognisers;
use docent_store::{Hold, OpenGeneration, Publication, Published, Store};
use docent_telemetry::{self as telemetry, Spent, Stage};
use docent_vectors::VectorIndex;

/// What a reading needs.
#[derive(Clone)]
pub struct Parts {
    pub store: Store,
    pub blobs: Arc<dyn Blobs>,
    pub extractors: Extractors,
    /// None where text in pictures is not read.
    pub recognisers: Option<Recognisers>,
    pub vectors: Vectors,
    pub index: Arc<dyn VectorIndex>,
    pub progress: Progress,
    pub clock: Arc<dyn Clock>,
    pub chunks: ChunkSettings,
    pub faults: Faults,
}

/// Reads documents. Cheap to clone.
#[derive(Clone)]
pub struct Ingest {
    parts: Arc<Parts>,
    /// Small files being read out and cut at one time, whatever number of them is under way.
    desks: Arc<Semaphore>,
}

/// How a reading that did not fail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Searches show it.
    Published,
    /// The document was deleted, replaced or cancelled before it began.
    NothingToDo,
    /// The document was deleted, replaced or cancelled meanwhile.
    Unwanted,
}

/// What the steps of one reading share.
pub(super) struct Reading<'a> {
    pub parts: &'a Parts,
    pub source: &'a OpenGeneration,
    pub hold: Hold,
    pub context: Context,
    pub progress: &'a Follower,
    pub pages: Mutex<Pages>,
    pub embedding: Spent,
    pub indexing: Spent,
}

impl Reading<'_> {
    pub const fn name(&self) -> (DocumentId, i64) {
        (self.source.document, self.source.generation)
    }

    pub fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ingest {
    pub fn new(parts: Parts) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self { parts: Arc::new(parts), desks: Arc::new(Semaphore::new(cores.max(2))) }
    }

    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Whether the generation is still to be read.
    pub async fn is_wanted(&self, document: DocumentId, generation: i64) -> Result<bool, IngestError> {
        Ok(self.parts.store.read().await?.open_generation(document, generation).await?.is_some())
    }

    /// Reads one generation, or what earlier attempts left of it, and publishes it. Ends early with
    /// [`IngestError::Stopped`] when `stop` is cancelled.
    pub async fn read(
        &self,
        hold: Hold,
        document: DocumentId,
        generation: i64,
        stop: &CancellationToken,
    ) -> Result<Outcome, IngestError> {
        let parts = &*self.parts;
        tokio::select! {
            biased;
            () = stop.cancelled() => return Err(IngestError::Stopped),
            passed = parts.faults.pass(Place::Started) => passed?,
        }
        let mut tx = parts.store.read().await?;
        let source = tx.open_generation(document, generation).await?;
        let face = tx.document_progress(document).await?;
        drop(tx);
        let (Some(source), Some(face)) = (source, face) else {
            tracing::info!("Nothing to do: the document was replaced, cancelled or deleted");
            return Ok(Outcome::NothingToDo);
        };
        let progress = parts.progress.follow(face, generation);
        let (embedding, indexing) = (Spent::default(), Spent::default());
        let context = Context::load(&parts.store, source.project, (document, generation)).await?;
        let Some(context) = context else { return Ok(Outcome::NothingToDo) };
        let (source, progress, pages) = (&source, &progress, Mutex::default());
        let reading = Reading { parts, source, hold, context, progress, pages, embedding, indexing };
        let cut = tokio::select! {
            biased;
            () = stop.cancelled() => return Err(IngestError::Stopped),
            cut = steps(&reading, &self.desks) => cut?,
        };
        let publishing = Spent::default();
        let outcome = publishing.on(publish(&reading, cut)).instrument(info_span!("ingest.publish")).await?;
        telemetry::stage(Stage::Publish, publishing.total());
        Ok(outcome)
    }
}

/// The steps, side by side. The first error ends them all.
async fn steps(reading: &Reading<'_>, desks: &Semaphore) -> Result<cut::Cut, IngestError> {
    let parts = reading.parts;
    if reading.source.spooled > 0 {
        // What an earlier attempt has counted is counted again.
        forget_words(parts, reading.name()).await?;
    }
    let (spooled, seen) = watch::channel(Spooled::default());
    let (made, ready) = watch::channel(Made::default());
    // One batch ready beside those that are being embedded: what is chosen later is chosen better.
    let (chunks, to_embed) = mpsc::channel(1);
    let (extracting, cutting) = (Spent::default(), Spent::default());
    let read_out = async {
        let _desk = if reading.source.size <= QUICK { desks.acquire().await.ok() } else { None };
        tokio::try_join!(
            extracting.on(spool(reading, spooled)).instrument(info_span!("ingest.extract")),
            cutting.on(cut::cut(reading, seen, made)).instrument(info_span!("ingest.chunk")),
        )
    };
    let (((), cut), (), tally) = tokio::try_join!(
        read_out,
        feed(reading, ready, chunks),
        index(reading, to_embed).instrument(info_span!("ingest.embed")),
    )?;
    if cut.chunks == 0 {
        return Err(warnings::no_text(reading).await?);
    }
    parts.faults.pass(Place::BeforeSettle).await?;
    let settling = parts.index.settle().instrument(info_span!("ingest.index"));
    reading.indexing.on(settling).await?;
    if !reading.source.first {
        tally.keep(parts, reading.source.project, reading.name()).await?;
    }
    parts.faults.pass(Place::AfterSettle).await?;
    telemetry::stage(Stage::Extract, extracting.total());
    telemetry::stage(Stage::Chunk, cutting.total());
    telemetry::stage(Stage::Embed, reading.embedding.total());
    telemetry::stage(Stage::Index, reading.indexing.total());
    Ok(cut)
}

async fn publish(reading: &Reading<'_>, cut: cut::Cut) -> Result<Outcome, IngestError> {
    let (parts, (document, generation)) = (reading.parts, reading.name());
    let flaws = parts.store.read().await?.flawed_pages(document, generation).await?;
    let publication = Publication {
        page_count: cut.pages,
        word_count: cut.words,
        chunk_count: cut.chunks,
        warnings: warnings::sentences(&flaws),
        recipe: recipe(parts.vectors.embedder().info()),
    };
    parts.faults.pass(Place::BeforePublish).await?;
    let quiet = parts.progress.conclude(document).await;
    let mut tx = parts.store.begin().await?;
    let now = parts.clock.now();
    match tx.publish_generation(reading.hold, (document, generation), &publication, now).await? {
        Published::Live => {}
        Published::Unwanted => return Ok(Outcome::Unwanted),
        Published::Lost => return Err(IngestError::Lost),
    }
    tx.commit().await?;
    parts.faults.pass(Place::AfterPublish).await?;
    if let Err(error) = quiet.tell().await {
        tracing::warn!(%error, "The end of a reading could not be told; the database has it");
    }
    tracing::info!(chunks = cut.chunks, pages = cut.pages, "Document read");
    Ok(Outcome::Published)
}
