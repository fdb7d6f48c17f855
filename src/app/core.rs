//! What every process of an installation works with, servers and workers alike.

use std::sync::Arc;

use super::server::Failure;
use super::{embedding_model, parts};
use crate::config::Config;
use docent_blobs::{self as blobs, Blobs, Room};
use docent_bus::{Bus, LocalBus, RedisBus};
use docent_domain::Clock;
use docent_embedding::Embedder;
use docent_extract::Extractors;
use docent_ingest::{self as ingest, Faults, Progress, Vectors};
use docent_recognise::Recognisers;
use docent_store::{Store, VectorCache};
use docent_vectors::{self as vectors, VectorIndex};

/// Opened, and nothing running yet.
pub(super) struct Core {
    pub(super) blobs: Arc<dyn Blobs>,
    pub(super) bus: Arc<dyn Bus>,
    /// Beside an embedded index, which is a cache of it; a Qdrant server keeps its vectors itself.
    pub(super) cache: Option<VectorCache>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) embedder: Arc<dyn Embedder>,
    pub(super) index: Arc<dyn VectorIndex>,
    /// Names this process, and no other that ever was.
    pub(super) node: String,
    pub(super) room: Room,
    pub(super) store: Store,
}

impl Core {
    /// Opens database, model and index side by side.
    pub(super) async fn open(config: &Config, clock: Arc<dyn Clock>) -> Result<Self, Failure> {
        let core = Self::open_even_half_moved(config, clock).await?;
        if core.store.read().await?.is_half_moved().await? {
            core.close().await;
            return Err("a move into this installation broke off; run the same `docent move` again".into());
        }
        Ok(core)
    }

    /// The same for a move, which may go on where one has broken off.
    pub(super) async fn open_even_half_moved(
        config: &Config,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Failure> {
        parts::data_folder(config)?;
        // First, for it gives back what is set aside for a full disk.
        let room = parts::room(config);
        let settings = parts::store_settings(config)?;
        let (store, (embedder, index)) = match config.vectors.url {
            // The database says which model it is.
            Some(_) => {
                let store = Store::open(&settings).await?;
                let searching = searching(&embedding_model::with_model(config, &store).await?).await?;
                (store, searching)
            }
            None => {
                let (store, searching) = tokio::join!(Store::open(&settings), searching(config));
                let (store, (embedder, index)) = (store?, searching?);
                let index = sound(config, &store, &*embedder, index).await?;
                (store, (embedder, index))
            }
        };
        let node = uuid::Uuid::new_v4().simple().to_string();
        let bus: Arc<dyn Bus> = match parts::bus_settings(config, &node) {
            Some(settings) => Arc::new(RedisBus::open(&settings)?),
            None => Arc::new(LocalBus::new()),
        };
        let cache = match config.vectors.url {
            Some(_) => None,
            None => Some(VectorCache::open(&config.server.data_dir.join("vectors.db")).await?),
        };
        Ok(Self {
            blobs: blobs::open(&parts::blob_settings(config)?).await?,
            bus,
            cache,
            clock,
            embedder,
            index,
            node,
            room,
            store,
        })
    }

    /// What reading documents needs.
    pub(super) fn reading(
        &self,
        config: &Config,
        extractors: Extractors,
        recognisers: Option<Recognisers>,
    ) -> Result<ingest::Parts, Failure> {
        Ok(ingest::Parts {
            store: self.store.clone(),
            blobs: Arc::clone(&self.blobs),
            extractors,
            recognisers,
            vectors: Vectors::new(Arc::clone(&self.embedder), self.cache.clone()),
            index: Arc::clone(&self.index),
            progress: Progress::new(self.store.clone(), Arc::clone(&self.bus), Arc::clone(&self.clock)),
            clock: Arc::clone(&self.clock),
            chunks: parts::chunk_settings(config),
            faults: Faults::parse(&config.ingest.faults)?,
        })
    }

    /// Writes down what waits, and lets go of everything.
    pub(super) async fn close(&self) {
        self.bus.close().await;
        if let Err(error) = self.index.settle().await {
            tracing::warn!(%error, "The index could not be flushed; what is missing is found at the next start");
        }
        if let Some(cache) = &self.cache {
            cache.close().await;
        }
        self.store.close().await;
    }
}

/// The embedding model, and the index that belongs to it.
async fn searching(config: &Config) -> Result<(Arc<dyn Embedder>, Arc<dyn VectorIndex>), Failure> {
    let embedder = parts::embedder(config).await?;
    let index = vectors::open(parts::index_settings(config, embedder.info())).await?;
    Ok((embedder, index))
}

/// The index itself, or a new one in the place of one that has lost some of what was put into it: that is built again
/// when everything runs.
async fn sound(
    config: &Config,
    store: &Store,
    embedder: &dyn Embedder,
    index: Arc<dyn VectorIndex>,
) -> Result<Arc<dyn VectorIndex>, Failure> {
    let Some(flaw) = ingest::flaw(store, &*index).await? else { return Ok(index) };
    drop(index);
    let settings = parts::index_settings(config, embedder.info());
    let set_aside = vectors::give_up(&settings).await?;
    tracing::error!(
        flaw,
        set_aside = ?set_aside,
        "The search index is damaged; it is set aside and built anew in the background"
    );
    Ok(vectors::open(settings).await?)
}
