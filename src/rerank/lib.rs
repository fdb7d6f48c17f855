//! Models that read a question and a passage together, and say how well one answers the other.
//!
//! A new kind is a file here, a variant of [`RerankSettings`] and one line in [`open`]. A reranker never makes an answer
//! fail: it has until a deadline, and without its scores the ranking stays as it is.

mod http;
mod onnx;
mod patient;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use docent_embedding::EmbeddingError;

pub use patient::Patient;

/// Which model, and where.
#[derive(Debug, Clone)]
pub enum RerankSettings {
    /// A cross-encoder in a folder, or by fastembed's name, run in this process.
    Onnx(OnnxSettings),
    /// A server with `/rerank` in the form of Jina, Cohere, vLLM, llama.cpp, or Text Embeddings Inference.
    Http(HttpSettings),
}

#[derive(Debug, Clone)]
pub struct OnnxSettings {
    /// Where ONNX Runtime is.
    pub home: PathBuf,
    pub model: CrossEncoderModel,
    /// Threads with a session each.
    pub sessions: usize,
}

pub use docent_embedding::CrossEncoderModel;

#[derive(Clone)]
pub struct HttpSettings {
    /// Up to and with `/v1`, or the whole address where it ends with `/rerank`.
    pub url: String,
    pub api_key: Option<String>,
    /// May be empty where the server has one model.
    pub model: String,
}

impl std::fmt::Debug for HttpSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpSettings")
            .field("url", &self.url)
            .field("model", &self.model)
            .finish_non_exhaustive()
    }
}

/// A model that judges passages.
#[async_trait]
pub trait Reranker: Send + Sync + 'static {
    /// For logs and traces.
    fn name(&self) -> &str;

    /// For each passage, in their order, how well it answers: 0 to 1, comparable within one call. All or none.
    async fn rerank(
        &self,
        query: &str,
        passages: &[String],
        deadline: Instant,
    ) -> Result<Vec<f32>, RerankError>;
}

/// Makes the configured model ready; `budget` is what each question may wait for it.
pub async fn open(settings: &RerankSettings, budget: Duration) -> Result<Patient, RerankError> {
    let reranker: Arc<dyn Reranker> = match settings {
        RerankSettings::Onnx(settings) => Arc::new(onnx::OnnxReranker::open(settings).await?),
        RerankSettings::Http(settings) => Arc::new(http::HttpReranker::new(settings)?),
    };
    Ok(Patient::new(reranker, budget))
}

/// Why there are no scores.
#[derive(Debug, thiserror::Error)]
pub enum RerankError {
    #[error("the reranker took too long")]
    TooLate,
    #[error("the reranker failed a moment ago and is left alone for now")]
    Resting,
    #[error("the reranking server cannot be reached: {0}")]
    Unreachable(String),
    #[error("the reranking server answered {0}")]
    Refused(u16),
    #[error("the reranking server answered with something else than scores: {0}")]
    BadAnswer(String),
    #[error("the reranking server's address or key cannot be used: {0}")]
    Settings(String),
    #[error("the reranking model cannot be used: {0}")]
    Model(#[from] EmbeddingError),
    #[error("the reranking threads have ended")]
    Stopped,
}

/// Any number becomes one between 0 and 1, and the order stays.
fn between_0_and_1(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
