//! What a model has taken from the parts of a document, kept until its version changes.

use super::error::StoreError;
use super::rights::role_in;
use super::side::Side;
use super::statement::{execute, fetch_optional, statements};
use super::tx::Tx;
use docent_domain::{DocumentId, ProjectId, Scope, Timestamp};

statements! {
    DIGEST = concat!("
        SELECT s.statements, s.passages FROM documents d
        JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
        JOIN digests s ON s.document_id = d.id AND s.generation = d.live_generation
        WHERE d.deleted_at IS NULL AND d.project_id = $1
          AND ($2 OR ", role_in!("$1", "$3"), " IS NOT NULL)
          AND d.id = $4 AND s.generation = $5 AND s.model = $6 AND s.language = $7");
    KEEP_DIGEST = "
        INSERT INTO digests (document_id, generation, model, language, statements, passages, created_at)
        SELECT document_id, generation, CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS BIGINT),
               CAST($7 AS BIGINT)
        FROM generations WHERE document_id = $1 AND generation = $2 AND state = 'live'
        ON CONFLICT (document_id, generation, model, language) DO UPDATE SET
            statements = excluded.statements, passages = excluded.passages, created_at = excluded.created_at";
    DROP_DIGESTS = "DELETE FROM digests WHERE document_id = $1 AND generation = $2";
}

/// By whom, and in which language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DigestKey<'a> {
    pub document: DocumentId,
    pub generation: i64,
    pub model: &'a str,
    /// ISO 639-1.
    pub language: &'a str,
}

/// What is kept of it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Digest {
    /// JSON, as the writer has it.
    pub statements: String,
    /// Passages that were read for it.
    pub passages: i64,
}

impl<S: Side> Tx<S> {
    /// The digest of the version that searches show, if that is the one that is meant and there is one.
    pub async fn digest(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        key: DigestKey<'_>,
    ) -> Result<Option<Digest>, StoreError> {
        let (all, user) = (scope.everything(), scope.user().get());
        let DigestKey { document, generation, model, language } = key;
        fetch_optional!(
            self,
            Digest,
            DIGEST,
            project.get(),
            all,
            user,
            document.get(),
            generation,
            model,
            language
        )
    }
}

impl Tx {
    /// Keeps a digest, unless its version is not what searches show any more.
    pub async fn keep_digest(
        &mut self,
        key: DigestKey<'_>,
        digest: &Digest,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        execute!(
            self,
            KEEP_DIGEST,
            key.document.get(),
            key.generation,
            key.model,
            key.language,
            digest.statements.as_str(),
            digest.passages,
            now.micros()
        )?;
        Ok(())
    }

    /// Forgets what models have taken from a version.
    pub async fn drop_digests(&mut self, document: DocumentId, generation: i64) -> Result<(), StoreError> {
        execute!(self, DROP_DIGESTS, document.get(), generation)?;
        Ok(())
    }
}
