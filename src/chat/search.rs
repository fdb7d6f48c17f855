//! What the engine asks of retrieval.

use async_trait::async_trait;

use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault, ProjectId, Scope};
use docent_models::Near;
use docent_retrieve::{Ground, Look, Sentence};

/// One question to the documents of a project.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub project: ProjectId,
    pub text: String,
    pub top_k: usize,
    /// Only these documents; an empty list finds nothing.
    pub documents: Option<Vec<DocumentId>>,
}

/// What was found, and how.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Best first.
    pub sources: Vec<Source>,
    /// False: better to say that the documents hold no answer.
    pub relevant: bool,
    /// Something of it may hold the answer, whether or not that is enough to say so.
    pub doubtful: bool,
    /// For whoever wonders about the sources.
    pub trace: serde_json::Value,
    /// What a closer look builds on; `None` where there is none to be had.
    pub ground: Option<Ground>,
    /// What came of one: how near single sentences are to the question.
    pub near: Vec<Near>,
    /// The documents that hold the most of the names that the question has, where these are few.
    pub named: Vec<DocumentId>,
}

/// Finds passages that the scope may see.
#[async_trait]
pub trait Search: Send + Sync + 'static {
    async fn search(&self, scope: &Scope, query: &Query) -> Result<Found, Fault>;

    /// Of all passages of a project, the nearest to a text in meaning, nearest first: document, generation, position.
    /// What may be shown is for the caller to check. None where nothing knows of meaning.
    async fn nearest(&self, _query: &Query) -> Result<Vec<(DocumentId, i64, i64)>, Fault> {
        Ok(Vec::new())
    }

    /// Whether single sentences can be judged by their meaning.
    fn looks_closer(&self) -> bool {
        false
    }

    /// Judges sentences of what was found by their meaning, and them and passages of it with the question; `None` where that is not to be had.
    async fn look_closer(
        &self,
        _ground: &Ground,
        _sentences: &[Sentence],
        _passages: &[&str],
    ) -> Result<Option<Look>, Fault> {
        Ok(None)
    }

    /// The vectors of texts, each of length one; none where nothing knows of meaning.
    async fn vectors(&self, _texts: &[String]) -> Result<Vec<Vec<f32>>, Fault> {
        Ok(Vec::new())
    }
}
