//! A running server: the parts put together, the listener, and an orderly end.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::core::Core;
use super::judge::{Judge, Wanted};
use super::{crash, listener, parts};
use crate::config::{Config, Switch};
use docent_auth::Auth;
use docent_auth::address::Proxies;
use docent_auth::origin::Origins;
use docent_blobs::Room;
use docent_chat::{self as chat, Engine};
use docent_domain::clock::SystemClock;
use docent_domain::fault::Retry;
use docent_domain::{Clock, Coded};
use docent_doors::{self as doors, Doors};
use docent_extract::Extractors;
use docent_http as http;
use docent_ingest::{self as ingest, Ingest};
use docent_jobs as jobs;
use docent_jobs::Workers;
use docent_models::ChatModel;
use docent_recognise::Recognisers;
use docent_retrieve::{Attention, Retriever};
use docent_telemetry as telemetry;

pub(super) type Failure = Box<dyn std::error::Error>;

/// How long a client may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(15);
/// After an outage kept the index from being compared with the database, that is tried again after this pause.
const MENDING_PAUSE: Duration = Duration::from_secs(5);

/// What tests choose beside the settings.
#[derive(Default)]
pub struct Options {
    /// The program that reads files; this one if `None`.
    pub program: Option<PathBuf>,
    pub clock: Option<Arc<dyn Clock>>,
    /// Answers instead of the model of the settings.
    pub model: Option<Arc<dyn ChatModel>>,
}

/// A server that answers at its address.
pub struct Server {
    pub address: SocketAddr,
    /// Of the queue's board, where there is one.
    pub board: Option<SocketAddr>,
    stop: CancellationToken,
    tasks: TaskTracker,
    parts: Parts,
    doors: Doors,
    engine: Engine,
    /// Unless other processes do their work.
    workers: Option<Workers>,
    serving: JoinHandle<std::io::Result<()>>,
    grace: Duration,
}

/// What is opened before anything runs.
struct Parts {
    core: Core,
    auth: Auth,
    model: Arc<dyn ChatModel>,
    origins: Arc<Origins>,
    proxies: Arc<Proxies>,
    retriever: Retriever,
    attention: Attention,
}

impl Server {
    /// Opens everything side by side; when this returns, the server answers.
    pub async fn start(config: &Config, options: Options) -> Result<Self, Failure> {
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        telemetry::install();
        tasks.spawn(telemetry::upkeep(stop.clone()));
        // Taking the address first tells two servers apart before either touches the data.
        let (listener, address) = listener::bind(config.server.listen)?;
        let board = config.telemetry.board.map(listener::bind).transpose()?;
        let extractors = Extractors::new(parts::extract_settings(config, options.program.clone())?);
        let recognisers = parts::recognise_settings(config, options.program)?.map(Recognisers::new);
        let clock = options.clock.unwrap_or_else(|| Arc::new(SystemClock));
        let parts = open(config, clock, options.model, &tasks).await?;

        tasks.spawn(parts.core.room.clone().watch(stop.clone()));
        let (attention, stopped) = (parts.attention.clone(), stop.clone());
        tasks.spawn(async move { attention.run(stopped).await });
        let engine = parts.engine(config, &tasks)?;
        engine.recover().await?;
        let ingest = Ingest::new(parts.core.reading(config, extractors, recognisers)?);
        let workers = match config.server.worker {
            Switch::On => Some(work(config, &ingest, &parts.core.room, &tasks, &stop).await?),
            Switch::Off => None,
        };
        let doors = Doors::open(parts.doors(config, &engine, &tasks));

        let routes = doors.mount(http::routes(parts.rest(config, &engine, &ingest)));
        let router = http::guarded(routes, Arc::clone(&parts.origins), Arc::clone(&parts.proxies));
        let (watching, clock, stopped) = (parts.auth.clone(), Arc::clone(&parts.core.clock), stop.clone());
        tasks.spawn(async move { stopped.run_until_cancelled(watching.watch(clock)).await });
        let grace = Duration::from_secs(config.server.shutdown_s);
        let patience = listener::Patience { head: HEAD, grace };
        let serving = tasks.spawn(listener::serve(listener, router, stop.clone(), patience));
        let board = board.map(|(listener, address)| {
            tracing::info!(%address, "The queue's board is open to admins");
            tasks.spawn(listener::serve(listener, parts.board(config), stop.clone(), patience));
            address
        });
        Ok(Self { address, board, stop, tasks, parts, doors, engine, workers, serving, grace })
    }

    /// The one-time code for the first account, while authentication is on and there is none.
    pub async fn setup_code(&self) -> Result<Option<String>, Failure> {
        Ok(self.parts.auth.setup_code().await?)
    }

    /// Takes no more connections, ends or stores what runs, and returns when nothing is left.
    pub async fn shutdown(self) {
        self.stop.cancel();
        let answers = async {
            // Whoever listens hears how an answer ends before the line is cut.
            self.engine.shutdown(self.grace).await;
            self.doors.shutdown().await;
        };
        let work = async {
            if let Some(workers) = self.workers {
                workers.stop().await;
            }
        };
        tokio::join!(answers, work);
        self.tasks.close();
        if tokio::time::timeout(self.grace, self.tasks.wait()).await.is_err() {
            tracing::warn!(tasks = self.tasks.len(), "Some connections did not end in time");
        }
        self.serving.abort();
        self.parts.core.close().await;
    }
}

/// Begins to work on documents, and to put right what the index lacks.
pub(super) async fn work(
    config: &Config,
    ingest: &Ingest,
    room: &Room,
    tasks: &TaskTracker,
    stop: &CancellationToken,
) -> Result<Workers, Failure> {
    let mut settings = parts::worker_settings(config);
    let name = format!("{}-{}", std::process::id(), uuid::Uuid::new_v4().simple());
    settings.crashed = crash::watch(&config.server.data_dir, &name);
    settings.name = Some(name);
    let workers = Workers::start(parts::job_services(config, ingest, room), settings).await?;
    let (mended, stopped) = (ingest.clone(), stop.clone());
    let runtime = tokio::runtime::Handle::current();
    tasks.spawn_blocking(move || runtime.block_on(mend(mended, stopped)));
    Ok(workers)
}

async fn open(
    config: &Config,
    clock: Arc<dyn Clock>,
    model: Option<Arc<dyn ChatModel>>,
    tasks: &TaskTracker,
) -> Result<Parts, Failure> {
    let core = Core::open(config, clock).await?;
    let retriever = Retriever::new(
        Arc::clone(&core.index),
        Arc::clone(&core.embedder),
        Arc::new(core.store.clone()),
        parts::retrieval_settings(config),
    );
    let attention = Attention::new(core.store.clone(), Arc::clone(&core.clock));
    let retriever = retriever.with_attention(attention.clone());
    let retriever = match parts::reranker(config).await? {
        Some(reranker) => retriever.with_reranker(Arc::new(reranker), config.rerank.candidates),
        None => retriever,
    };
    // What its curve was not measured with has no say.
    let retriever = match Wanted::by(config) {
        Wanted::Model(model) if retriever.looks_closer() => {
            retriever.with_judge(Arc::new(Judge::new(model, tasks)))
        }
        _ => retriever,
    };
    let now = core.clock.now();
    let auth = match config.server.auth {
        Switch::Off => Auth::off(&core.store, now).await?,
        Switch::On => Auth::on(parts::auth_parts(config, &core.store, Arc::clone(&core.bus))?, now).await?,
    };
    let loopback_only = config.server.auth == Switch::Off;
    Ok(Parts {
        core,
        auth,
        model: match model {
            Some(model) => model,
            None => parts::chat_model(config)?,
        },
        origins: Arc::new(Origins::new(config.server.allowed_origins.iter().cloned(), loopback_only)),
        proxies: Arc::new(parts::proxies(config)?),
        retriever,
        attention,
    })
}

/// What each layer is given.
impl Parts {
    fn engine(&self, config: &Config, tasks: &TaskTracker) -> Result<Engine, Failure> {
        let others = parts::other_models(config, self.model.as_ref())?;
        let parts = chat::Parts {
            store: self.core.store.clone(),
            search: Arc::new(self.retriever.clone()),
            model: Arc::clone(&self.model),
            bus: Arc::clone(&self.core.bus),
            clock: Arc::clone(&self.core.clock),
            random: Arc::new(rand::random),
            node: self.core.node.clone(),
            tasks: tasks.clone(),
            settings: parts::chat_settings(config),
        };
        Ok(Engine::with_models(parts, others))
    }

    fn rest(&self, config: &Config, engine: &Engine, ingest: &Ingest) -> http::Services {
        http::Services {
            auth: self.auth.clone(),
            blobs: Arc::clone(&self.core.blobs),
            bus: Arc::clone(&self.core.bus),
            cache: self.core.cache.clone(),
            clock: Arc::clone(&self.core.clock),
            embedder: Arc::clone(&self.core.embedder),
            engine: engine.clone(),
            index: Arc::clone(&self.core.index),
            ingest: ingest::Overseer::new(ingest.clone()),
            limits: parts::http_limits(config),
            metrics_token: config.telemetry.metrics_token.reveal().map(http::MetricsToken::new),
            model: Arc::clone(&self.model),
            openapi: super::openapi_json,
            origins: Arc::clone(&self.origins),
            proxies: Arc::clone(&self.proxies),
            retriever: self.retriever.clone(),
            room: self.core.room.clone(),
            store: self.core.store.for_callers(),
            under_way: http::UnderWay::default(),
        }
    }

    /// The queue's own board. No page of another origin may use it, whatever the settings say of the rest.
    fn board(&self, config: &Config) -> axum::Router {
        let origins = Origins::new([], config.server.auth == Switch::Off);
        let board = jobs::board(&self.core.store);
        let board = http::for_operators(board, self.auth.clone(), Arc::clone(&self.core.clock));
        http::guarded(board, Arc::new(origins), Arc::clone(&self.proxies))
    }

    fn doors(&self, config: &Config, engine: &Engine, tasks: &TaskTracker) -> doors::Services {
        let direct = doors::Direct {
            embedder: Arc::clone(&self.core.embedder),
            engine: engine.clone(),
            model: Arc::clone(&self.model),
            tasks: tasks.clone(),
        };
        doors::Services {
            auth: self.auth.clone(),
            bus: Arc::clone(&self.core.bus),
            clock: Arc::clone(&self.core.clock),
            direct: Some(direct),
            limits: parts::socket_limits(config),
            node: self.core.node.clone(),
            origins: Arc::clone(&self.origins),
            store: self.core.store.for_callers(),
            turns: Arc::new(engine.clone()),
        }
    }
}

/// What the index lacks, then what it holds as an earlier version or another setting has made it.
async fn put_right(ingest: &Ingest) -> Result<(), ingest::IngestError> {
    ingest::catch_up(ingest.parts()).await?;
    ingest::refresh(ingest.parts()).await.map(drop)
}

/// Searches and readings go on meanwhile. What is away is waited for.
async fn mend(ingest: Ingest, stop: CancellationToken) {
    loop {
        let Some(mended) = stop.run_until_cancelled(put_right(&ingest)).await else { return };
        match mended {
            Err(error) if error.code().retry() == Retry::Outage => {
                tracing::info!(%error, "The index cannot be compared with the database yet");
            }
            Err(error) => {
                tracing::warn!(%error, "The index could not be repaired; `docent reindex` makes it anew");
                return;
            }
            Ok(()) => return,
        }
        if stop.run_until_cancelled(tokio::time::sleep(MENDING_PAUSE)).await.is_none() {
            return;
        }
    }
}
