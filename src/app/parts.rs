//! From settings to the parts that everything else is built of.

use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::embedding_model;
use crate::config::{Address, Anonymous, Config, OcrMode, RerankKind, Secret, Switch};
use docent_auth::{self as auth, address::Proxies};
use docent_blobs::{self as blobs, BlobSettings, ObjectSettings, Room};
use docent_bus::{Bus, RedisSettings};
use docent_chat::{self as chat, Budget, Caps, Ownership};
use docent_doors::{self as doors, PayloadLimits};
use docent_embedding::{
    self, Embedder, EmbeddingSettings, HashSettings, Home, HubSettings, LocalSettings, ModelInfo,
    OpenAiSettings,
};
use docent_extract::{ExtractSettings, Limits};
use docent_http as http;
use docent_ingest::{ChunkSettings, Ingest};
use docent_jobs::{self as jobs, Company, WorkerSettings};
use docent_models::{self as models, ChatModel, ModelSettings};
use docent_recognise::{self as recognise, ModelFiles, RecogniseSettings};
use docent_rerank::{self as rerank, CrossEncoderModel, HttpSettings, OnnxSettings, Patient, RerankSettings};
use docent_retrieve::RetrievalSettings;
use docent_store::{Backend, Queue, Store, StoreError, StoreSettings};
use docent_vectors::{EdgeSettings, IndexModel, IndexSettings, QdrantSettings};

/// The data folder, made if it is not there: documents and hashes of passwords are nobody else's business.
pub fn data_folder(config: &Config) -> Result<(), PartError> {
    let path = &config.server.data_dir;
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(|source| PartError::Folder { path: path.clone(), source })
}

pub fn store_settings(config: &Config) -> Result<StoreSettings, StoreError> {
    let backend = match config.database.url.reveal() {
        Some(address) => Backend::parse(address)?,
        None => Backend::Sqlite(config.server.data_dir.join("docent.db")),
    };
    Ok(StoreSettings {
        backend,
        durability: config.database.durability,
        connections: config.database.connections,
        max_attempts: config.ingest.max_attempts,
    })
}

/// The line to the other nodes, if there may be any; `node` names this process.
pub fn bus_settings(config: &Config, node: &str) -> Option<RedisSettings> {
    let url = config.bus.url.reveal()?.to_owned();
    Some(RedisSettings { url, prefix: config.bus.prefix.clone(), node: node.to_owned() })
}

/// Who may come in, with authentication on.
pub fn auth_parts(config: &Config, store: &Store, bus: Arc<dyn Bus>) -> Result<auth::Parts, PartError> {
    let section = &config.auth;
    let random: auth::Random = Arc::new(rand::random);
    let rate = |count| auth::limits::Rate { count, window: Duration::from_secs(section.rate_limit_window_s) };
    Ok(auth::Parts {
        store: store.clone(),
        bus,
        secret: auth::secret::signing_secret(section.jwt_secret.reveal(), &config.server.data_dir, &random)?,
        random,
        limits: auth::Limits {
            user: rate(section.rate_limit_user),
            visitor: rate(section.rate_limit_visitor),
        },
        public_project: (section.public_project > 0).then(|| section.public_project.into()),
    })
}

pub fn proxies(config: &Config) -> Result<Proxies, PartError> {
    Proxies::parse(&config.auth.trusted_proxies).map_err(PartError::Proxy)
}

#[derive(Debug, thiserror::Error)]
pub enum PartError {
    #[error(transparent)]
    Secret(#[from] auth::secret::SecretError),
    #[error("TRUSTED_PROXIES: `{0}` is neither an address nor a network such as 10.0.0.0/8")]
    Proxy(String),
    #[error("{variable}=`{value}` is unknown; use one of: {known}")]
    Unknown { variable: &'static str, value: String, known: String },
    #[error("BLOB_URL: {0}")]
    Address(#[from] blobs::AddressError),
    #[error("CHAT_SCRIPT is not a script: {0}")]
    Script(#[source] serde_json::Error),
    #[error("cannot make the data folder {path}")]
    Folder {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("cannot find this program's own file")]
    Program(#[source] std::io::Error),
    #[error(transparent)]
    Model(#[from] models::ModelError),
}

pub fn embedding_settings(config: &Config) -> Result<EmbeddingSettings, PartError> {
    let section = &config.embedding;
    let sessions = (section.sessions > 0).then_some(section.sessions);
    let home = config.server.home.clone();
    Ok(match section.provider.as_str() {
        "local" => EmbeddingSettings::Local(LocalSettings {
            home,
            model: embedding_model::local(config),
            precision: Some(section.precision),
            sessions,
        }),
        "hub" => EmbeddingSettings::Hub(HubSettings {
            cache: home.join("hub"),
            home,
            model: section.model.clone(),
            sessions,
        }),
        "openai" => {
            let address = section.base_url.as_ref().map(Address::reveal).unwrap_or_default().to_owned();
            let mut settings = OpenAiSettings::new(address, section.model.clone());
            settings.api_key = section.api_key.reveal().map(str::to_owned);
            settings.dimension = (section.dimension > 0).then_some(section.dimension);
            EmbeddingSettings::OpenAi(settings)
        }
        "hash" => EmbeddingSettings::Hash(match section.dimension {
            0 => HashSettings::default(),
            dimension => HashSettings { dimension },
        }),
        other => {
            return Err(PartError::Unknown {
                variable: "EMBEDDING_PROVIDER",
                value: other.to_owned(),
                known: "local, hub, openai, hash".to_owned(),
            });
        }
    })
}

pub(super) fn index_folder(config: &Config) -> PathBuf {
    config.server.data_dir.join("index")
}

/// Checked when the settings were read.
pub fn blob_settings(config: &Config) -> Result<BlobSettings, PartError> {
    let (section, data) = (&config.blobs, &config.server.data_dir);
    let Some(url) = &section.url else { return Ok(BlobSettings::Folder(data.join("files"))) };
    let key = |secret: &Secret| secret.reveal().unwrap_or_default().to_owned();
    Ok(match blobs::Place::parse(url.reveal())? {
        blobs::Place::Folder(path) => BlobSettings::Folder(path),
        blobs::Place::Bucket { name, prefix } => BlobSettings::Object(ObjectSettings {
            bucket: name,
            prefix,
            endpoint: section.endpoint.as_ref().map(|address| address.reveal().to_owned()),
            region: section.region.clone(),
            access_key: key(&section.access_key),
            secret_key: key(&section.secret_key),
            timeout: Duration::from_secs(section.timeout_s),
            downloads: data.join("downloads"),
        }),
    })
}

/// The disks that this installation fills.
pub fn room(config: &Config) -> Room {
    let mut folders = vec![config.server.data_dir.clone()];
    if let Ok(Backend::Sqlite(path)) = store_settings(config).map(|settings| settings.backend) {
        folders.extend(path.parent().map(std::path::Path::to_path_buf));
    }
    if let Ok(BlobSettings::Folder(path)) = blob_settings(config) {
        folders.push(path);
    }
    Room::new(folders, config.server.keep_free_mb << 20)
}

pub fn index_settings(config: &Config, model: &ModelInfo) -> IndexSettings {
    let model = IndexModel { name: model.name.clone(), dimension: model.dimension };
    match &config.vectors.url {
        Some(url) => {
            let mut settings = QdrantSettings::new(url.reveal().to_owned(), model);
            let section = &config.vectors;
            let given = |count: u32| (count > 0).then_some(count);
            settings.api_key = section.api_key.reveal().map(str::to_owned);
            settings.prefix.clone_from(&section.collection_prefix);
            settings.timeout = Duration::from_secs(section.timeout_s);
            settings.quantization = section.quantization;
            settings.on_disk = section.on_disk == Switch::On;
            settings.replicas = given(section.replicas);
            settings.shards = given(section.shards);
            settings.write_consistency = given(section.write_consistency);
            IndexSettings::Qdrant(settings)
        }
        None => IndexSettings::Edge(EdgeSettings::new(index_folder(config), model)),
    }
}

/// The reader processes are this same program, unless tests say which one.
pub fn extract_settings(config: &Config, program: Option<PathBuf>) -> Result<ExtractSettings, PartError> {
    let program = match program {
        Some(program) => program,
        None => std::env::current_exe().map_err(PartError::Program)?,
    };
    // Without the second engine fewer PDFs are read well; `docent doctor` says so.
    let pdfium = Home::open(&config.server.home).ok().and_then(|home| home.library("pdfium").ok());
    let section = &config.extraction;
    Ok(ExtractSettings {
        program,
        pdfium,
        vocabulary: vocabulary(config),
        limits: Limits {
            memory_bytes: section.memory_mb << 20,
            cpu_s: section.cpu_s,
            wall_time: Duration::from_secs(section.wall_s),
            max_text_chars: section.max_chars,
            max_pages: section.max_pages,
            ..Limits::default()
        },
    })
}

/// How text in pictures is read; `None` where it is not.
pub fn recognise_settings(
    config: &Config,
    program: Option<PathBuf>,
) -> Result<Option<RecogniseSettings>, PartError> {
    let folder = config.server.home.join("models/ppocr-v6");
    let file = |name: &str| Some(folder.join(name)).filter(|path| path.is_file());
    let home = Home::open(&config.server.home).ok();
    let library = |name: &str| home.as_ref().and_then(|home| home.library(name).ok());
    let found = || {
        Some(ModelFiles {
            runtime: library("onnxruntime")?,
            detection: file("detection.onnx")?,
            recognition: file("recognition.onnx")?,
            orientation: file("orientation.onnx")?,
        })
    };
    let Some(models) = found().filter(|_| config.ocr.mode == OcrMode::Auto) else { return Ok(None) };
    let program = match program {
        Some(program) => program,
        None => std::env::current_exe().map_err(PartError::Program)?,
    };
    Ok(Some(RecogniseSettings {
        program,
        models,
        pdfium: library("pdfium"),
        tesseract: on_path("tesseract"),
        threads: if config.ocr.threads == 0 { cores().min(4) } else { config.ocr.threads },
        at_once: config.ocr.pages_at_once,
        limits: recognise::Limits::default(),
    }))
}

/// Where a program is that is installed.
fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// A tokenizer whose words tell which hyphens at line ends belong to a word. The English one first: languages that make
/// one word of several are better served by a vocabulary that does not know the parts.
fn vocabulary(config: &Config) -> Option<PathBuf> {
    let models = config.server.home.join("models");
    let names = ["all-MiniLM-L6-v2", config.embedding.model.as_str()];
    let files =
        names.iter().filter(|name| !name.is_empty()).map(|name| models.join(name).join("tokenizer.json"));
    files.filter_map(|file| std::path::absolute(file).ok()).find(|file| file.is_file())
}

/// The model that answers unless a question says otherwise.
pub fn chat_model(config: &Config) -> Result<Arc<dyn ChatModel>, PartError> {
    let name = match config.chat.provider.as_deref() {
        Some(name) => name,
        None if has_openai(config) => "openai",
        None => "extractive",
    };
    let opened = models::open(name, &model_settings(config)?).ok_or_else(|| PartError::Unknown {
        variable: "CHAT_PROVIDER",
        value: name.to_owned(),
        known: models::PROVIDERS.iter().map(|provider| provider.name).collect::<Vec<_>>().join(", "),
    })?;
    Ok(opened?)
}

/// The models beside that one which a question may ask for: the extractive one, which needs nothing, and a model
/// server that is configured without being the default.
pub fn other_models(config: &Config, default: &dyn ChatModel) -> Result<Vec<Arc<dyn ChatModel>>, PartError> {
    let settings = model_settings(config)?;
    let wanted = ["extractive"].into_iter().chain(has_openai(config).then_some("openai"));
    let others = wanted.filter(|name| *name != default.provider());
    let opened = others.filter_map(|name| models::open(name, &settings));
    Ok(opened.collect::<Result<_, _>>()?)
}

fn has_openai(config: &Config) -> bool {
    config.chat.base_url.is_some() || config.chat.api_key.reveal().is_some()
}

fn model_settings(config: &Config) -> Result<ModelSettings, PartError> {
    let section = &config.chat;
    let mut settings = ModelSettings::default();
    if let Some(address) = &section.base_url {
        address.reveal().clone_into(&mut settings.openai.base_url);
    }
    if let Some(model) = &section.model {
        settings.openai.model.clone_from(model);
    }
    settings.openai.api_key = section.api_key.reveal().map(str::to_owned);
    settings.openai.first_byte_timeout = Duration::from_secs(section.first_byte_s);
    settings.openai.content_timeout = Duration::from_secs(section.idle_s);
    if let Some(script) = &section.script {
        settings.script = serde_json::from_str(script).map_err(PartError::Script)?;
    }
    Ok(settings)
}

/// Opens the embedding model; takes about half a second for a local one.
pub async fn embedder(config: &Config) -> Result<Arc<dyn Embedder>, Box<dyn std::error::Error>> {
    Ok(docent_embedding::open(&embedding_settings(config)?).await?)
}

/// What the queue runs, and within which limits.
pub fn job_services(config: &Config, ingest: &Ingest, room: &Room) -> jobs::Services {
    let services = jobs::Services::new(ingest.clone(), http_limits(config).archives());
    let idle = Duration::from_secs(config.limits.upload_idle_s);
    jobs::Services {
        versions_kept: config.ingest.versions_kept,
        upload_silence: idle + Duration::from_secs(30),
        room: room.clone(),
        ..services
    }
}

pub fn http_limits(config: &Config) -> http::Limits {
    http::Limits {
        max_file_size: config.limits.max_file_size,
        max_import_size: config.limits.max_import_size,
        message: config.limits.max_message_bytes,
        top_k: config.limits.max_top_k,
        upload_idle: Duration::from_secs(config.limits.upload_idle_s),
        ..http::Limits::default()
    }
}

pub fn chunk_settings(config: &Config) -> ChunkSettings {
    let section = &config.ingest;
    let defaults = ChunkSettings::default();
    ChunkSettings {
        tokens: if section.chunk_tokens == 0 { defaults.tokens } else { section.chunk_tokens },
        overlap: section.overlap_tokens,
    }
}

pub fn worker_settings(config: &Config) -> WorkerSettings {
    let company = if config.database.is_shared() { Company::Others } else { Company::Alone };
    let mut settings = WorkerSettings::new(company);
    let works_on = |queue: Queue| config.worker.queues.iter().any(|name| name == queue.name());
    let wanted = |queue: &Queue| match queue {
        Queue::IngestQuick => works_on(Queue::Ingest),
        queue => works_on(*queue),
    };
    settings.queues = Queue::ALL.iter().copied().filter(wanted).collect();
    settings.readings = config.ingest.concurrency;
    settings.retry.max_attempts = config.ingest.max_attempts;
    settings.lease = Duration::from_secs(config.ingest.lease_s);
    settings.patience = Duration::from_secs(config.server.shutdown_s);
    settings.audit_kept = Duration::from_secs(config.auth.audit_days.saturating_mul(24 * 3600));
    settings
}

pub fn retrieval_settings(config: &Config) -> RetrievalSettings {
    RetrievalSettings { fusion: config.retrieval.fusion, min_cosine: config.retrieval.min_cosine }
}

/// The model that looks at the first passages again; `None` where there is none.
pub fn rerank_settings(config: &Config) -> Option<RerankSettings> {
    let section = &config.rerank;
    match section.provider {
        RerankKind::Off => None,
        RerankKind::Local => Some(RerankSettings::Onnx(OnnxSettings {
            home: config.server.home.clone(),
            model: CrossEncoderModel::Folder(PathBuf::from(&section.model)),
            sessions: if section.sessions == 0 { cores().min(4) } else { section.sessions },
        })),
        RerankKind::Http => Some(RerankSettings::Http(HttpSettings {
            url: section.url.as_ref().map(Address::reveal).unwrap_or_default().to_owned(),
            api_key: section.api_key.reveal().map(str::to_owned),
            model: section.model.clone(),
        })),
    }
}

/// The same, ready to be asked. A local model is loaded, a server need not be there yet.
pub async fn reranker(config: &Config) -> Result<Option<Patient>, Box<dyn std::error::Error>> {
    let Some(settings) = rerank_settings(config) else { return Ok(None) };
    Ok(Some(rerank::open(&settings, Duration::from_millis(config.rerank.budget_ms)).await?))
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

pub fn chat_settings(config: &Config) -> chat::Settings {
    let tokens = config.chat.context_tokens;
    chat::Settings {
        ownership: if config.database.is_shared() { Ownership::Shared } else { Ownership::Sole },
        // Two thirds of what a prompt may hold go to the sources.
        budget: Budget { sources: tokens * 2 / 3, history: tokens / 3, tools: tokens, ..Budget::default() },
        caps: Caps {
            message: config.limits.max_message_bytes,
            top_k: config.limits.max_top_k,
            ..Caps::default()
        },
        top_k: config.retrieval.top_k,
        sentences_timeout: Duration::from_millis(config.retrieval.sentences_ms),
        first_byte_timeout: Duration::from_secs(config.chat.first_byte_s),
        content_timeout: Duration::from_secs(config.chat.idle_s),
        max_tokens: (config.chat.max_tokens > 0).then_some(config.chat.max_tokens),
        pace: Duration::from_millis(config.chat.pace_ms),
        tool_rounds: config.chat.tool_rounds,
        tool_timeout: Duration::from_secs(config.chat.tool_timeout_s),
        summary_after: config.chat.summary_after.max(1),
        ..chat::Settings::default()
    }
}

/// Handshakes of one address in the 20 s that a client has to join a namespace: a large office coming back at once.
const HANDSHAKES: u32 = 1_000;

pub fn socket_limits(config: &Config) -> doors::Limits {
    let payload = PayloadLimits {
        message_bytes: config.limits.max_message_bytes,
        top_k: i64::try_from(config.limits.max_top_k).unwrap_or(i64::MAX),
        ..PayloadLimits::default()
    };
    let section = &config.auth;
    let caps = config.server.auth == Switch::On;
    doors::Limits {
        payload,
        sockets_per_user: caps.then_some(section.max_sockets_user),
        sockets_per_address: match (caps, section.socket_anonymous) {
            (false, _) => None,
            (true, Anonymous::Allow) => Some(section.max_sockets_address),
            (true, Anonymous::Refuse) => Some(0),
        },
        handshakes_per_address: caps.then_some(HANDSHAKES),
        anonymous_idle: Duration::from_secs(section.socket_anonymous_idle_s),
        ..doors::Limits::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Sources;

    /// Parts that are made without settings, as tests do, work with the values that the settings document.
    #[test]
    fn defaults_of_parts_are_those_of_the_settings() {
        let config = Config::load(&Sources::default()).unwrap();
        let same = |of_settings: &dyn std::fmt::Debug, of_part: &dyn std::fmt::Debug| {
            assert_eq!(format!("{of_settings:#?}"), format!("{of_part:#?}"));
        };
        same(&http_limits(&config), &http::Limits::default());
        same(&worker_settings(&config), &WorkerSettings::new(Company::Alone));
        same(&chunk_settings(&config), &ChunkSettings::default());
        same(&socket_limits(&config), &doors::Limits { sockets_per_user: None, ..doors::Limits::default() });
        let settings = extract_settings(&config, Some("docent".into())).unwrap();
        same(&settings.limits, &Limits::default());
        let settings = store_settings(&config).unwrap();
        same(&settings.durability, &StoreSettings::new(settings.backend.clone()).durability);
        same(&settings.connections, &StoreSettings::new(settings.backend.clone()).connections);
        same(&settings.max_attempts, &StoreSettings::new(settings.backend).max_attempts);
    }
}
