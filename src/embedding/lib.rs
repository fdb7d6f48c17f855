//! Text in, vectors out: the embedding models, and the tokens they count in.
//!
//! A new provider is a file here, a variant of [`EmbeddingSettings`] and one line in [`open`].

mod counter;
mod cross;
mod description;
mod hash;
mod home;
mod hub;
mod local;
mod onnx;
mod openai;
mod pool;
mod queue;
mod settings;
#[cfg(test)]
mod tests;
mod unigram;
mod weights;

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;

use docent_domain::{Code, Coded};

pub use counter::TokenCounter;
pub use cross::{CrossEncoder, CrossEncoderModel, CrossEncoders};
pub use home::Home;
pub use settings::{
    DEFAULT_MODEL, EmbeddingSettings, HashSettings, HubSettings, LocalSettings, OpenAiSettings, Precision,
};

/// What is recorded beside an index: vectors of another model, or of another width, do not compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelInfo {
    /// Name and precision, as `all-MiniLM-L6-v2/int8`.
    pub name: String,
    pub dimension: usize,
    /// The most tokens of one text that the model reads, the special ones included.
    pub max_tokens: usize,
}

/// An embedding model. Every vector it gives has length 1, so that a dot product is a cosine.
#[async_trait]
pub trait Embedder: Send + Sync + 'static {
    fn info(&self) -> &ModelInfo;

    /// The vector of a question. Never waits behind passages.
    async fn query(&self, text: &str) -> Result<Vec<f32>, EmbeddingError>;

    /// One vector for each text, in their order; all or none. Dropping the future cancels what has not begun.
    async fn passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbeddingError>;

    /// The same for a few short texts that a question waits for: behind questions, ahead of passages. None where the model
    /// is asked over a network, or has no meaning to tell.
    async fn sentences(&self, _texts: &[String]) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        Ok(Vec::new())
    }

    /// How many passages to hand over at once so that every session has work; two calls in flight
    /// keep them busy across the seam.
    fn batch(&self) -> usize;

    /// Counts as this model does: chunks cut by it are never cut again by the model.
    fn tokenizer(&self) -> &TokenCounter;
}

/// Makes the configured model ready; returns when it has answered once, or with what to do about it.
pub async fn open(settings: &EmbeddingSettings) -> Result<Arc<dyn Embedder>, EmbeddingError> {
    match settings {
        EmbeddingSettings::Hash(settings) => hash::open(settings),
        EmbeddingSettings::Hub(settings) => hub::open(settings).await,
        EmbeddingSettings::Local(settings) => local::open(settings).await,
        EmbeddingSettings::OpenAi(settings) => openai::open(settings).await,
    }
}

/// Why there is no vector.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddingError {
    #[error("`{}` is missing; `make setup` (or `make run`) fetches it", .0.display())]
    Missing(PathBuf),
    #[error("`{}` is not the file that was fetched (its SHA-256 differs); `make setup` fetches it again", .0.display())]
    Damaged(PathBuf),
    #[error("could not read `{}`", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("ONNX Runtime could not be started: {0}")]
    Runtime(String),
    #[error("the embedding model `{model}` could not be loaded: {reason}")]
    Model { model: String, reason: String },
    #[error("`{model}` is not a known embedding model; one of: {known}")]
    UnknownModel { model: String, known: String },
    #[error("the embedding server cannot be reached or is overloaded: {0}")]
    Unreachable(String),
    #[error("the embedding server answered {status}; check its address, key and model name")]
    Refused { status: u16 },
    #[error("the embedding server calls what it was sent too large ({status}), even in the smallest parts")]
    TooLarge { status: u16 },
    #[error("the embedding server answered with something else than vectors: {0}")]
    BadAnswer(String),
    #[error("the vectors have {found} dimensions where {expected} were expected")]
    Dimension { expected: usize, found: usize },
    #[error("the model gave a vector without direction or with values that are no numbers")]
    NotAVector,
    #[error("the model failed on this text: {0}")]
    Inference(String),
    #[error("the text could not be tokenised: {0}")]
    Tokenise(String),
    #[error("the embedding threads have ended")]
    Stopped,
}

impl Coded for EmbeddingError {
    fn code(&self) -> Code {
        match self {
            // These have to do with the text at hand, or with us: they count as failed attempts.
            Self::Inference(_) | Self::Tokenise(_) => Code::Internal,
            // So do these, and people may know why: waiting does not change what the model gives.
            Self::Dimension { .. }
            | Self::NotAVector
            | Self::BadAnswer(_)
            | Self::Refused { .. }
            | Self::TooLarge { .. } => Code::EmbeddingFailed,
            Self::Missing(_)
            | Self::Damaged(_)
            | Self::Io { .. }
            | Self::Runtime(_)
            | Self::Model { .. }
            | Self::UnknownModel { .. }
            | Self::Unreachable(_)
            | Self::Stopped => Code::EmbeddingUnavailable,
        }
    }

    fn public_detail(&self) -> Option<String> {
        (self.code() == Code::EmbeddingFailed).then(|| self.to_string())
    }
}

/// Scales to length 1; refuses what has no direction, because such a vector poisons every search.
fn normalised(mut vector: Vec<f32>) -> Result<Vec<f32>, EmbeddingError> {
    let length = vector.iter().map(|x| f64::from(*x) * f64::from(*x)).sum::<f64>().sqrt();
    if !length.is_finite() || length < 1e-12 {
        return Err(EmbeddingError::NotAVector);
    }
    vector.iter_mut().for_each(|x| *x = (f64::from(*x) / length) as f32);
    Ok(vector)
}
