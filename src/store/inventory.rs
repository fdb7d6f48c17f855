//! What the database believes to be in storage and in the index, for whoever compares.

use super::error::StoreError;
use super::rights::role_in;
use super::statement::{fetch_all, fetch_one, statements};
use super::tx::Tx;
use crate::domain::{DocumentId, ProjectId, Scope};

statements! {
    PUBLISHED_GENERATIONS = "
        SELECT g.project_id, g.document_id, g.generation, g.chunk_count, g.blob
        FROM documents d
        JOIN projects p ON p.id = d.project_id AND p.purged_at IS NULL
        JOIN generations g ON g.document_id = d.id AND g.generation = d.live_generation
        WHERE d.id > $1 AND d.deleted_at IS NULL
        ORDER BY d.id LIMIT $2";
    MAPPED_CHUNKS = concat!("
        SELECT c.document_id, c.generation, c.position, c.page, c.text, d.filename
        FROM documents d
        JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
        JOIN chunks c ON c.document_id = d.id AND c.generation = d.live_generation
        WHERE d.project_id = $3 AND d.deleted_at IS NULL
          AND ($1 OR ", role_in!("$3", "$2"), " IS NOT NULL)
        ORDER BY c.document_id, c.position LIMIT $4");
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

/// A chunk that searches may show, for laying out all of a project's.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MappedChunk {
    pub document_id: i64,
    pub generation: i64,
    pub position: i64,
    pub page: Option<i64>,
    pub text: String,
    pub filename: String,
}

impl Tx {
    /// The first chunks of the project that the caller may see, document by document.
    pub async fn mapped_chunks(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        limit: i64,
    ) -> Result<Vec<MappedChunk>, StoreError> {
        let (everything, user) = (scope.everything(), scope.user().get());
        fetch_all!(self, MappedChunk, MAPPED_CHUNKS, everything, user, project.get(), limit)
    }

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
