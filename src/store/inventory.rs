//! The chunks of a whole project, for whoever draws them.

use super::error::StoreError;
use super::rights::role_in;
use super::side::Side;
use super::statement::{fetch_all, statements};
use super::tx::Tx;
use docent_domain::{ProjectId, Scope};

statements! {
    MAPPED_CHUNKS = concat!("
        SELECT c.document_id, c.generation, c.position, c.page, c.text, c.text_hash, d.filename
        FROM documents d
        JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
        JOIN chunks c ON c.document_id = d.id AND c.generation = d.live_generation
        WHERE d.project_id = $3 AND d.deleted_at IS NULL
          AND ($1 OR ", role_in!("$3", "$2"), " IS NOT NULL)
        ORDER BY c.document_id, c.position LIMIT $4");
}

/// A chunk that searches may show, for laying out all of a project's.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MappedChunk {
    pub document_id: i64,
    pub generation: i64,
    pub position: i64,
    pub page: Option<i64>,
    pub text: String,
    /// Of what was embedded, which is the text in its context.
    pub text_hash: String,
    pub filename: String,
}

impl<S: Side> Tx<S> {
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
}
