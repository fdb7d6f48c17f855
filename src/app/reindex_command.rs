//! `docent reindex`: throws the index away and builds it anew from the chunks in the database, with the vectors that
//! are kept, or with those of the model that is set now.

use std::io::Write;

use super::core::Core;
use super::parts;
use crate::config::Config;
use docent_domain::clock::SystemClock;
use docent_extract::Extractors;
use docent_ingest::{Reindexed, reindex};
use docent_vectors as vectors;

/// Works on the installation directly: no server may be running on it.
pub async fn run(config: &Config) -> Result<(), Box<dyn std::error::Error>> {
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
