//! `docent move`: everything of one installation into another, empty one: accounts, projects, documents with what was
//! read of them, chats, originals and vectors. Nothing is read or embedded again, and everything keeps its number.
//!
//! Originals and vectors go first, the database last and in one transaction: until then the target is empty, and a move
//! that breaks off is begun again by the same command. A mark in the target keeps servers from it until the end.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use futures_util::TryStreamExt;

use super::core::Core;
use super::{Outcome, parts};
use crate::config::{Config, Sources};
use docent_blobs::{BlobError, BlobKey};
use docent_domain::clock::SystemClock;
use docent_domain::{Clock, DocumentId, ProjectId};
use docent_ingest::Context;
use docent_store::{self as store, Backend, Chunk, KnownFile, TextHash};
use docent_vectors::{Point, Selection};

/// Rows that are looked at in one step.
const ROWS: i64 = 256;

/// Variables of the target's settings begin with it: those without it are the source's.
const PREFIX: &str = "TO_";

type Failure = Box<dyn std::error::Error>;

/// Moves the installation of these settings to that of the settings in `file`.
pub async fn run(source: &Config, file: &Path) -> Outcome {
    let target = Config::load(&target_sources(file, std::env::vars().collect()))?;
    check_apart(source, &target)?;
    let from = opened(source, "the installation to move").await?;
    let to = opened(&target, "the installation to move to").await?;
    let done = move_all(&from, &to).await;
    to.close().await;
    from.close().await;
    let told = done?;
    println!("{told}");
    Ok(())
}

/// The target's settings: its file, and variables that are meant for it. Where the libraries are is the same for both.
fn target_sources(file: &Path, variables: BTreeMap<String, String>) -> Sources {
    let home = variables.get("DOCENT_HOME").map(|home| ("DOCENT_HOME".to_owned(), home.clone()));
    let meant = variables.iter().filter_map(|(name, value)| {
        let name = name.strip_prefix(PREFIX)?;
        Some((name.to_owned(), value.clone()))
    });
    let environment = home.into_iter().chain(meant).collect();
    Sources { file: Some(file.to_owned()), environment, ..Sources::default() }
}

/// Two installations, and the first one there.
fn check_apart(source: &Config, target: &Config) -> Outcome {
    let (from, to) = (parts::store_settings(source)?.backend, parts::store_settings(target)?.backend);
    if from == to {
        return Err("both sides have the same database; give the settings of another installation".into());
    }
    if source.server.data_dir == target.server.data_dir {
        return Err(
            "both sides have the same data folder; give the target another one (server.data_dir)".into()
        );
    }
    let files = |config: &Config| {
        let folder = || format!("file://{}", config.server.data_dir.join("files").display());
        config.blobs.url.as_ref().map_or_else(folder, |url| url.reveal().to_owned())
    };
    if files(source) == files(target) {
        // Each would sweep out what only the other knows.
        return Err("both sides keep originals in the same place; give the target another BLOB_URL".into());
    }
    if let Backend::Sqlite(path) = &from
        && !path.exists()
    {
        return Err(format!("there is no installation: {} does not exist", path.display()).into());
    }
    Ok(())
}

/// Opened, and nobody else has it open.
async fn opened(config: &Config, which: &str) -> Result<Core, Failure> {
    if store::is_in_use(&parts::store_settings(config)?.backend).await? {
        let advice = "stop its servers and workers first";
        return Err(format!("{which} is running: its database is in use; {advice}").into());
    }
    Core::open_even_half_moved(config, Arc::new(SystemClock)).await
}

async fn move_all(from: &Core, to: &Core) -> Result<String, Failure> {
    let (ours, theirs) = (from.embedder.info(), to.embedder.info());
    if ours.name != theirs.name || ours.dimension != theirs.dimension {
        return Err(format!(
            "the embedding models differ: `{}` here, `{}` there; vectors of one mean nothing to the other, so move \
             with the same model first, then change it and run `docent reindex`",
            ours.name, theirs.name
        )
        .into());
    }
    begin(from, to).await?;
    let files = copy_files(from, to).await?;
    let vectors = copy_vectors(from, to).await?;
    let copied = to.store.copy_from(&from.store, &files.names, SystemClock.now()).await?;
    println!("rows      {} in {} tables", copied.rows, copied.tables);
    let mut told =
        "Moved. The old installation is as it was: keep it until the new one works, and do not run both."
            .to_owned();
    if files.missing > 0 || files.other > 0 {
        told += &format!(
            "\n{} originals are gone, {} are not what was uploaded: so they were before.",
            files.missing, files.other
        );
    }
    if vectors.missing > 0 {
        told += &format!(
            "\n{} passages had no vector; the server embeds them anew when it starts.",
            vectors.missing
        );
    }
    Ok(told)
}

/// Marks the target as being moved into, if there is nothing in it.
async fn begin(from: &Core, to: &Core) -> Outcome {
    if from.store.read().await?.is_half_moved().await? {
        return Err("the installation to move is itself the target of a move that broke off".into());
    }
    let mut tx = to.store.begin().await?;
    if !tx.is_empty().await? {
        return Err(
            "the installation to move to is not empty; give a new database, data folder and index".into()
        );
    }
    if tx.begin_move().await? {
        println!("A move that broke off is begun again.");
    } else {
        let points = to.index.count(Selection::everything()).await?;
        if points > 0 {
            return Err(
                format!("the index to move to holds {points} points already; give an empty one").into()
            );
        }
    }
    tx.commit().await?;
    Ok(())
}

#[derive(Default)]
struct Files {
    /// New names by old ones.
    names: HashMap<String, String>,
    missing: u64,
    /// Whose checksum is not what the database says.
    other: u64,
}

/// Copies originals and archives that wait, one by one.
async fn copy_files(from: &Core, to: &Core) -> Result<Files, Failure> {
    let mut files = Files::default();
    let mut page = from.store.read().await?.waiting_files().await?;
    let mut after = String::new();
    loop {
        for file in page {
            match copy_file(from, to, &file).await? {
                Some((name, same)) => {
                    files.other += u64::from(!same);
                    files.names.insert(file.blob, name);
                }
                None => files.missing += 1,
            }
            show("files", files.names.len() as u64);
        }
        page = from.store.read().await?.known_files(&after, ROWS).await?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.blob);
    }
    println!("\rfiles     {}", files.names.len());
    Ok(files)
}

/// The name that the file has there, and whether its bytes are what they should be; `None` if it is gone.
async fn copy_file(from: &Core, to: &Core, file: &KnownFile) -> Result<Option<(String, bool)>, Failure> {
    let size = u64::try_from(file.size).unwrap_or(0);
    let mut bytes = match from.blobs.read(&BlobKey::parse(&file.blob)?, 0..size).await {
        Ok(bytes) => bytes,
        Err(BlobError::Missing) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut writer = to.blobs.begin().await?;
    while let Some(piece) = bytes.try_next().await? {
        writer.write(&piece).await?;
    }
    let stored = writer.finish().await?;
    let same = stored.size == size && file.sha256.as_ref().is_none_or(|sha256| *sha256 == stored.sha256);
    Ok(Some((stored.key.as_str().to_owned(), same)))
}

#[derive(Default)]
struct Vectors {
    moved: u64,
    missing: u64,
}

/// Copies the points of everything that searches show. What is still being read is read again.
async fn copy_vectors(from: &Core, to: &Core) -> Result<Vectors, Failure> {
    let (mut vectors, mut after) = (Vectors::default(), DocumentId::new(0));
    loop {
        let batch = from.store.read().await?.generations_to_index(None, after, ROWS).await?;
        let Some((_, last, _)) = batch.last() else { break };
        after = *last;
        for (project, document, generation) in batch {
            let Some(context) = Context::load(&from.store, project, (document, generation)).await? else {
                continue;
            };
            let mut position = 0;
            loop {
                let mut tx = from.store.read().await?;
                let chunks = tx.chunks_from(document, generation, position, ROWS).await?;
                drop(tx);
                let Some(last) = chunks.last() else { break };
                position = last.position + 1;
                copy_points(from, to, (project, document, generation), (&context, chunks), &mut vectors)
                    .await?;
                show("vectors", vectors.moved);
            }
        }
    }
    to.index.settle().await?;
    println!("\rvectors   {}", vectors.moved);
    Ok(vectors)
}

async fn copy_points(
    from: &Core,
    to: &Core,
    (project, document, generation): (ProjectId, DocumentId, i64),
    (context, chunks): (&Context, Vec<Chunk>),
    vectors: &mut Vectors,
) -> Outcome {
    let known = known_vectors(from, (project, document, generation), &chunks).await?;
    let (mut points, mut hashes) = (Vec::with_capacity(chunks.len()), Vec::with_capacity(chunks.len()));
    for chunk in chunks {
        let Some(dense) = known.get(&chunk.position) else {
            vectors.missing += 1;
            continue;
        };
        let position = chunk.position;
        hashes.push(hash_of(&chunk));
        points.push(Point {
            project,
            document,
            generation,
            position,
            dense: Some(dense.clone()),
            words: context.words(&chunk),
        });
    }
    if let Some(cache) = &to.cache {
        let rows: Vec<(TextHash, &[f32])> =
            hashes.into_iter().zip(points.iter().filter_map(|point| point.dense.as_deref())).collect();
        cache.put_many(project, &to.embedder.info().name, &rows).await?;
    }
    vectors.moved += points.len() as u64;
    if !points.is_empty() {
        to.index.upsert(points).await?;
    }
    Ok(())
}

/// Under what its vector is kept.
fn hash_of(chunk: &Chunk) -> TextHash {
    TextHash::parse(&chunk.text_hash).unwrap_or_else(|| TextHash::of(&chunk.text))
}

/// The vectors of chunks by their positions: those that are kept by text, and the others from the index.
async fn known_vectors(
    from: &Core,
    (project, document, generation): (ProjectId, DocumentId, i64),
    chunks: &[Chunk],
) -> Result<HashMap<i64, Vec<f32>>, Failure> {
    let mut known = HashMap::new();
    if let Some(cache) = &from.cache {
        let hashes: Vec<TextHash> = chunks.iter().map(hash_of).collect();
        let kept = cache.get_many(project, &from.embedder.info().name, &hashes).await?;
        for (chunk, hash) in chunks.iter().zip(&hashes) {
            if let Some(vector) = kept.get(hash) {
                known.insert(chunk.position, vector.clone());
            }
        }
    }
    let positions: Vec<i64> =
        chunks.iter().map(|chunk| chunk.position).filter(|position| !known.contains_key(position)).collect();
    if !positions.is_empty() {
        for point in from.index.points(project, document, generation, &positions).await? {
            known.insert(point.position, point.dense);
        }
    }
    Ok(known)
}

fn show(what: &str, count: u64) {
    if count.is_multiple_of(50) {
        print!("\r{what:<9} {count}");
        // Only a picture of progress: without a terminal there is none.
        drop(std::io::stdout().flush());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_of_the_source_are_not_the_targets() {
        let variables =
            [("DATABASE_URL", "a"), ("TO_DATABASE_URL", "b"), ("DOCENT_HOME", "h"), ("TO_X", "c")];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let sources = target_sources(Path::new("t.toml"), variables.into());
        let seen: Vec<(&str, &str)> =
            sources.environment.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(seen, [("DATABASE_URL", "b"), ("DOCENT_HOME", "h"), ("X", "c")]);
    }
}
