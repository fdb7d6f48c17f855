//! What an operator can choose; every variant is a valid combination.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// Which model embeds, and how.
#[derive(Debug, Clone)]
pub enum EmbeddingSettings {
    /// No model: words are hashed. For tests and for trying things out offline.
    Hash(HashSettings),
    /// Any model that fastembed knows by name, downloaded by it from its hub.
    Hub(HubSettings),
    /// A model in a folder, run by ONNX Runtime in this process. The default.
    Local(LocalSettings),
    /// Any server with an OpenAI-compatible `/v1/embeddings`.
    OpenAi(OpenAiSettings),
}

#[derive(Debug, Clone)]
pub struct HashSettings {
    pub dimension: usize,
}

impl Default for HashSettings {
    fn default() -> Self {
        Self { dimension: 384 }
    }
}

/// Which of a folder's exports is run. See docs/models.md for what each costs and gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// `model.onnx`.
    Fp32,
    /// `model_int8.onnx`: half the CPU time, a third of the memory.
    Int8,
}

#[derive(Debug, Clone)]
pub struct LocalSettings {
    /// The folder that `setup/fetch.py` fills: `lib/`, `models/`, `manifest.json`.
    pub home: PathBuf,
    /// A name under `models/` there, or the path of any folder with `model.onnx` and `tokenizer.json`.
    pub model: String,
    /// `None` takes int8 where the folder has it.
    pub precision: Option<Precision>,
    /// Sessions for passages, one thread each; `None` is one for each core, at most four.
    pub sessions: Option<usize>,
}

/// The model of a new installation.
pub const DEFAULT_MODEL: &str = "multilingual-e5-small";

impl LocalSettings {
    /// The model of a new installation, out of this folder.
    pub fn new(home: impl Into<PathBuf>) -> Self {
        Self { home: home.into(), model: DEFAULT_MODEL.to_owned(), precision: None, sessions: None }
    }
}

#[derive(Debug, Clone)]
pub struct HubSettings {
    /// Where ONNX Runtime is, as in [`LocalSettings`].
    pub home: PathBuf,
    /// fastembed's name, as `BGESmallENV15`, or the hub's, as `Xenova/bge-small-en-v1.5`.
    pub model: String,
    /// Downloads are kept here.
    pub cache: PathBuf,
    pub sessions: Option<usize>,
}

#[derive(Clone)]
pub struct OpenAiSettings {
    /// Up to and including `/v1`.
    pub base_url: String,
    pub api_key: Option<String>,
    pub model: String,
    /// When known, the server need not answer at start, and every answer is held to it.
    pub dimension: Option<usize>,
    /// What the model reads at most, in tokens.
    pub max_tokens: usize,
    /// Texts in one request.
    pub batch: usize,
    /// Requests under way at once.
    pub in_flight: usize,
    pub connect_timeout: Duration,
    /// For a whole request.
    pub timeout: Duration,
    /// Tries in all, for what may pass: no connection, 429 and 5xx.
    pub attempts: u32,
    /// Before the second try; doubled before each further one.
    pub backoff: Duration,
}

impl OpenAiSettings {
    pub fn new(base_url: impl Into<String>, model: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            api_key: None,
            model: model.into(),
            dimension: None,
            max_tokens: 512,
            batch: 32,
            in_flight: 4,
            connect_timeout: Duration::from_secs(3),
            timeout: Duration::from_secs(60),
            attempts: 3,
            backoff: Duration::from_millis(300),
        }
    }
}

impl fmt::Debug for OpenAiSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenAiSettings")
            .field("base_url", &self.base_url)
            .field("api_key", &self.api_key.as_ref().map(|_| "***"))
            .field("model", &self.model)
            .field("dimension", &self.dimension)
            .finish_non_exhaustive()
    }
}
