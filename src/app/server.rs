//! A running server: the parts put together, the listener, and an orderly end.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::parts;
use crate::auth::Auth;
use crate::auth::origin::Origins;
use crate::blobs::{Blobs, FolderBlobs};
use crate::bus::{Bus, LocalBus};
use crate::config::Config;
use crate::domain::Clock;
use crate::domain::clock::SystemClock;
use crate::extract::Extractors;
use crate::http;
use crate::ingest::{self, Faults, Ingest, Progress, Vectors};
use crate::jobs::{self, Workers};
use crate::store::{Store, VectorCache};
use crate::vectors::{self, VectorIndex};

/// What tests choose beside the settings.
#[derive(Default)]
pub struct Options {
    /// The program that reads files; this one if `None`.
    pub program: Option<PathBuf>,
    pub clock: Option<Arc<dyn Clock>>,
}

/// A server that answers at its address.
pub struct Server {
    pub address: SocketAddr,
    stop: CancellationToken,
    tasks: TaskTracker,
    store: Store,
    workers: Workers,
    serving: tokio::task::JoinHandle<std::io::Result<()>>,
    grace: Duration,
}

impl Server {
    /// Opens everything side by side; when this returns, the server answers.
    pub async fn start(config: &Config, options: Options) -> Result<Self, Box<dyn std::error::Error>> {
        let clock: Arc<dyn Clock> = options.clock.unwrap_or_else(|| Arc::new(SystemClock));
        let stop = CancellationToken::new();
        let tasks = TaskTracker::new();

        let opening = parts::store_settings(config)?;
        let (store, searching) = tokio::join!(Store::open(&opening), searching(config));
        let (store, (embedder, index)) = (store?, searching?);
        let cache = VectorCache::open(&config.server.data_dir.join("vectors.db")).await?;
        let blobs: Arc<dyn Blobs> = Arc::new(FolderBlobs::open(config.server.data_dir.join("files")).await?);
        let auth = Auth::off(&store, clock.now()).await?;
        let bus: Arc<dyn Bus> = Arc::new(LocalBus::new());
        let origins = Arc::new(Origins::new(config.server.allowed_origins.iter().cloned(), true));

        let extractors = Extractors::new(parts::extract_settings(config, options.program)?);
        let ingest = Ingest::new(ingest::Parts {
            store: store.clone(),
            blobs: Arc::clone(&blobs),
            extractors,
            vectors: Vectors::new(Arc::clone(&embedder), Some(cache)),
            index: Arc::clone(&index),
            progress: Progress::new(store.clone(), Arc::clone(&bus), Arc::clone(&clock)),
            clock: Arc::clone(&clock),
            chunks: parts::chunk_settings(config),
            faults: Faults::parse(&config.ingest.faults)?,
        });
        let workers = Workers::start(jobs::Services::new(ingest), parts::worker_settings(config)).await?;

        let routes = http::routes(http::Services {
            auth,
            blobs,
            bus,
            clock,
            limits: parts::http_limits(config),
            origins: Arc::clone(&origins),
            store: store.clone(),
        });
        let listener = TcpListener::bind(config.server.listen).await?;
        let address = listener.local_addr()?;
        let serving = serve(&tasks, listener, http::guarded(routes, origins), stop.clone());
        let grace = Duration::from_secs(config.server.shutdown_s);
        Ok(Self { address, stop, tasks, store, workers, serving, grace })
    }

    /// Takes no more connections, ends or stores what runs, and returns when nothing is left.
    pub async fn shutdown(self) {
        self.stop.cancel();
        self.tasks.close();
        self.workers.stop().await;
        if tokio::time::timeout(self.grace, self.tasks.wait()).await.is_err() {
            tracing::warn!(
                tasks = self.tasks.len(),
                "Stopping with work unfinished; it resumes at the next start"
            );
        }
        self.serving.abort();
        self.store.close().await;
    }
}

/// The embedding model, and the index that belongs to it.
async fn searching(
    config: &Config,
) -> Result<(Arc<dyn crate::embedding::Embedder>, Arc<dyn VectorIndex>), Box<dyn std::error::Error>> {
    let embedder = parts::embedder(config).await?;
    let index = vectors::open(parts::index_settings(config, embedder.info())).await?;
    Ok((embedder, index))
}

fn serve(
    tasks: &TaskTracker,
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
) -> tokio::task::JoinHandle<std::io::Result<()>> {
    tasks.spawn(async move {
        axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
            .with_graceful_shutdown(async move { stop.cancelled().await })
            .await
    })
}
