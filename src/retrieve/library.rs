//! What retrieval has to know about chunks, and only the database can say.

use async_trait::async_trait;

use super::{ChunkKey, RetrieveError};
use crate::domain::{DocumentId, ProjectId, Scope};

/// Where chunks are looked up. The database, and what stands in for it while retrieval is measured.
#[async_trait]
pub trait Library: Send + Sync + 'static {
    /// The project's generations that the index may hold but nobody may find: being read, or waiting to be swept out.
    async fn hidden(
        &self,
        scope: &Scope,
        project: ProjectId,
    ) -> Result<Vec<(DocumentId, i64)>, RetrieveError>;

    /// Those of the chunks that may be shown: of this project, within the scope, in the live generation of a
    /// document that is not deleted. In any order.
    async fn live_chunks(
        &self,
        scope: &Scope,
        project: ProjectId,
        keys: &[ChunkKey],
    ) -> Result<Vec<LiveChunk>, RetrieveError>;
}

/// A chunk as it may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveChunk {
    pub key: ChunkKey,
    pub filename: String,
    pub content: String,
    /// 1-based; `None` where the format has no pages.
    pub page: Option<i64>,
    pub heading: Option<String>,
    /// Offsets into the document's text, in code points; `end` is exclusive.
    pub start: i64,
    pub end: i64,
}
