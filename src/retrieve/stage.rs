//! The stages that a question goes through, and where a reranker stands.
//!
//! question → branches → fusion → rerank → select. Each leaves an entry in the trace, also when it had nothing to do.

use async_trait::async_trait;
use docent_rerank::Patient;

/// One stage, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The question is embedded, and read by the project's languages and statistics.
    Question,
    /// The index is asked by meaning and by words, the database which of the hits may be shown.
    Branches,
    /// Two rankings become one.
    Fusion,
    /// A model reads question and passages together.
    Rerank,
    /// The best are fetched; equal texts are one source; each gets the score that is shown.
    Select,
}

impl Stage {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Branches => "branches",
            Self::Fusion => "fusion",
            Self::Rerank => "rerank",
            Self::Select => "select",
        }
    }
}

/// What a stage did.
#[derive(Debug, Clone, PartialEq)]
pub struct StageEntry {
    pub stage: Stage,
    /// Over all rounds.
    pub ms: f64,
    /// Chunks that it left.
    pub left: usize,
    /// What there is to know of it, for people.
    pub note: Option<String>,
}

/// A model that judges how well a passage answers a question.
#[async_trait]
pub trait Rerank: Send + Sync + 'static {
    /// For each passage in their order, how well it answers: 0 to 1. An error is told in the trace, and the ranking stays
    /// as it was; so it is when time runs out, which is the model's own to watch.
    async fn scores(&self, question: &str, passages: &[String]) -> Result<Vec<f32>, String>;
}

#[async_trait]
impl Rerank for Patient {
    async fn scores(&self, question: &str, passages: &[String]) -> Result<Vec<f32>, String> {
        Self::scores(self, question, passages).await.map_err(|error| error.to_string())
    }
}
