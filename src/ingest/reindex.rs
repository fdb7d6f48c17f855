//! The index, made anew from the chunks in the database: with the vectors that are known, or with those of another
//! model.

use std::collections::HashMap;

use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};

use super::context::{Context, recipe};
use super::error::IngestError;
use super::read::Parts;
use super::tally::Tally;
use super::title::header;
use docent_domain::{DocumentId, ProjectId};
use docent_store::{Chunk, TextHash};
use docent_vectors::Point;
use docent_words::{Language, detect};

/// Generations looked up at once.
const GENERATIONS: i64 = 100;
/// Chunks of a document that are looked at to tell its language, where nobody has done so yet.
const TELLING: i64 = 8;

/// How far it is, in chunks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reindexed {
    pub done: i64,
    pub total: i64,
}

/// What is in the index as an earlier version or other settings have made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outdated {
    /// What points are made with now.
    pub recipe: String,
    pub documents: i64,
    pub chunks: i64,
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

/// How much of the index was made with another recipe than the present one.
pub async fn outdated(parts: &Parts) -> Result<Outdated, IngestError> {
    let recipe = recipe(parts.vectors.embedder().info());
    let (documents, chunks) = parts.store.read().await?.count_outdated(&recipe).await?;
    Ok(Outdated { recipe, documents, chunks })
}

/// Makes anew what was made with another recipe, document by document, while searches go on: a document is found by its
/// old points until its new ones have taken their place. Returns how many documents there were; begins where it
/// stopped when it is called again.
pub async fn refresh(parts: &Parts) -> Result<i64, IngestError> {
    let recipe = recipe(parts.vectors.embedder().info());
    let (mut done, mut after) = (0, DocumentId::from(0));
    loop {
        let batch = parts.store.read().await?.outdated_generations(&recipe, after, GENERATIONS).await?;
        let Some((_, last, _)) = batch.last() else { return Ok(done) };
        if done == 0 {
            let found = outdated(parts).await?;
            let (documents, chunks) = (found.documents, found.chunks);
            tracing::info!(recipe, documents, chunks, "Making parts of the index anew in the background");
        }
        after = *last;
        for (project, document, generation) in batch {
            index_generation(parts, project, (document, generation)).await?;
            done += 1;
        }
        tracing::info!(documents = done, "Parts of the index were made anew");
    }
}

/// Puts a generation's chunks into the index: how many there were.
pub(super) async fn index_generation(
    parts: &Parts,
    project: ProjectId,
    (document, generation): (DocumentId, i64),
) -> Result<i64, IngestError> {
    let context = Context::load(&parts.store, project, (document, generation)).await?;
    let Some(mut context) = context else { return Ok(0) };
    context.read_title(&parts.store, (document, generation)).await?;
    let told = language(parts, (document, generation)).await?;
    let mut batches = points_of(parts, project, (document, generation), &context, told);
    let (mut sum, mut tally) = (0, Tally::default());
    while let Some((points, counted)) = batches.try_next().await? {
        sum += i64::try_from(points.len()).unwrap_or(0);
        tally.merge(counted);
        parts.index.upsert(points).await?;
    }
    drop(batches);
    parts.index.settle().await?;
    tally.keep(parts, project, (document, generation)).await?;
    let recipe = recipe(parts.vectors.embedder().info());
    let mut tx = parts.store.begin().await?;
    tx.set_recipe((document, generation), &recipe).await?;
    tx.commit().await?;
    Ok(sum)
}

/// The language of a document, by its first chunks.
async fn language(
    parts: &Parts,
    (document, generation): (DocumentId, i64),
) -> Result<Option<Language>, IngestError> {
    let first = parts.store.read().await?.chunks_from(document, generation, 0, TELLING).await?;
    let text: Vec<&str> = first.iter().map(|chunk| chunk.text.as_str()).collect();
    Ok(detect(&text.join("\n")))
}

type Batch = (Vec<Point>, Tally);

/// The points of a generation's chunks, some batches ahead of whoever takes them. Boxed here, where its lifetime has
/// a name: else no future that waits for it could be sent to another thread.
fn points_of<'a>(
    parts: &'a Parts,
    project: ProjectId,
    name: (DocumentId, i64),
    context: &'a Context,
    told: Option<Language>,
) -> BoxStream<'a, Result<Batch, IngestError>> {
    let batch = i64::try_from(parts.vectors.embedder().batch().clamp(16, 256)).unwrap_or(256);
    let batches = stream::try_unfold(0, move |position| async move {
        let mut tx = parts.store.read().await?;
        let mut chunks = tx.chunks_from(name.0, name.1, position, batch).await?;
        drop(tx);
        let next = chunks.last().map(|last| last.position + 1);
        note(parts, name, context, told, &mut chunks).await?;
        Ok::<_, IngestError>(next.map(|next| (chunks, next)))
    });
    batches
        .map_ok(move |chunks| parts.vectors.points(project, name, context, chunks, HashMap::new()))
        .try_buffered(2)
        .boxed()
}

/// Brings up to date what the database knows of how chunks are read and embedded.
async fn note(
    parts: &Parts,
    name: (DocumentId, i64),
    context: &Context,
    told: Option<Language>,
    chunks: &mut [Chunk],
) -> Result<(), IngestError> {
    let headers = headers(parts, name, chunks).await?;
    let mut changed = Vec::new();
    for (chunk, header) in chunks.iter_mut().zip(headers) {
        let before = (chunk.text_hash.clone(), chunk.language.clone(), chunk.header.clone());
        chunk.header = header;
        chunk.language = chunk.language.take().or_else(|| told.map(|told| told.code().to_owned()));
        chunk.text_hash = TextHash::of(&parts.vectors.text(context, chunk)).to_string();
        if before != (chunk.text_hash.clone(), chunk.language.clone(), chunk.header.clone()) {
            changed.push(chunk.clone());
        }
    }
    if !changed.is_empty() {
        let mut tx = parts.store.begin().await?;
        tx.set_chunk_readings(name, &changed).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// For each of the chunks, the names of the columns of the rows that it begins with, read off the spooled pages.
async fn headers(
    parts: &Parts,
    name: (DocumentId, i64),
    chunks: &[Chunk],
) -> Result<Vec<Option<String>>, IngestError> {
    let has_rows =
        chunks.iter().any(|chunk| chunk.text.lines().any(|line| line.trim_start().starts_with('|')));
    let (Some(first), Some(last), true) = (chunks.first(), chunks.last(), has_rows) else {
        return Ok(vec![None; chunks.len()]);
    };
    let places = (first.start_offset, last.start_offset);
    let pages = parts.store.read().await?.pages_over(name.0, name.1, places).await?;
    let header_of = |chunk: &Chunk| {
        let page = pages.iter().rev().find(|page| page.start_offset <= chunk.start_offset)?;
        let into = usize::try_from(chunk.start_offset - page.start_offset).ok()?;
        let (start, _) = page.text.char_indices().nth(into)?;
        header(&page.text, start)
    };
    Ok(chunks.iter().map(header_of).collect())
}
