//! `docent reindex`: throws the index away and builds it anew from the chunks in the database, with the vectors that
//! are kept, or with those of the model that is set now.

use std::io::Write;

use super::core::Core;
use super::{embedding_model, parts};
use crate::config::Config;
use docent_domain::clock::SystemClock;
use docent_extract::Extractors;
use docent_ingest::{Reindexed, recipe, reindex};
use docent_store::Store;
use docent_vectors as vectors;

/// Says how much of the index was made with another recipe than the present one, and changes nothing: a running server
/// makes it anew by itself, document by document.
pub async fn status(config: &Config) -> Result<(), Box<dyn std::error::Error>> {
    let store = Store::open(&parts::store_settings(config)?).await?;
    let config = &embedding_model::with_model(config, &store).await?;
    let recipe = recipe(parts::embedder(config).await?.info());
    let mut tx = store.read().await?;
    let (documents, chunks) = tx.count_outdated(&recipe).await?;
    let total = tx.count_live_chunks().await?;
    drop(tx);
    store.close().await;
    println!("Recipe: {recipe}.");
    println!("{} of {total} chunks are in the index by it.", total - chunks);
    if documents > 0 {
        println!(
            "{documents} documents with {chunks} chunks were made by another, and are made anew while the server runs."
        );
    }
    Ok(())
}

/// Works on the installation directly: no server may be running on it.
pub async fn run(config: &Config) -> Result<(), Box<dyn std::error::Error>> {
    let store = Store::open(&parts::store_settings(config)?).await?;
    let config = &embedding_model::with_model(config, &store).await?;
    store.close().await;
    let embedder = parts::embedder(config).await?;
    let settings = parts::index_settings(config, embedder.info());
    // Takes the lock that a running server holds, whatever else is in the folder.
    vectors::discard(&settings).await?;
    let core = Core::open(config, std::sync::Arc::new(SystemClock)).await?;
    let reading = core.reading(config, Extractors::new(parts::extract_settings(config, None)?), None)?;
    let done = reindex(&reading, show).await?;
    println!("\n{} chunks are in the index, made with {}.", done.done, embedder.info().name);
    Ok(())
}

fn show(progress: Reindexed) {
    print!("\rchunks {}/{}", progress.done, progress.total);
    // Only a picture of progress: without a terminal there is none.
    drop(std::io::stdout().flush());
}
