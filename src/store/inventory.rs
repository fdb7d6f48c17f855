//! What the database believes to be in storage and in the index, for whoever compares.

use super::error::StoreError;
use super::statement::{fetch_all, fetch_one, statements};
use super::tx::Tx;
use crate::domain::{DocumentId, ProjectId};

statements! {
    PUBLISHED_GENERATIONS = "
        SELECT g.project_id, g.document_id, g.generation, g.chunk_count, g.blob
        FROM documents d
        JOIN projects p ON p.id = d.project_id AND p.purged_at IS NULL
        JOIN generations g ON g.document_id = d.id AND g.generation = d.live_generation
        WHERE d.id > $1 AND d.deleted_at IS NULL
        ORDER BY d.id LIMIT $2";
    COUNT_GARBAGE = "SELECT COUNT(*) FROM generations WHERE state = 'garbage'";
}

/// A reading that searches show, and what must be there for it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LiveGeneration {
    #[sqlx(rename = "project_id", try_from = "i64")]
    pub project: ProjectId,
    #[sqlx(rename = "document_id", try_from = "i64")]
    pub document: DocumentId,
    pub generation: i64,
    #[sqlx(rename = "chunk_count")]
    pub chunks: i64,
    pub blob: String,
}

impl Tx {
    /// The server's own work, so no scope is asked: the next published documents after that id.
    pub async fn published_generations(
        &mut self,
        after: DocumentId,
        limit: i64,
    ) -> Result<Vec<LiveGeneration>, StoreError> {
        fetch_all!(self, LiveGeneration, PUBLISHED_GENERATIONS, after.get(), limit)
    }

    /// Readings that are deleted or replaced and not yet swept.
    pub async fn count_garbage(&mut self) -> Result<i64, StoreError> {
        Ok(fetch_one!(self, (i64,), COUNT_GARBAGE)?.0)
    }
}
