//! What may not be found any more, and how it is removed.

use super::error::{StoreError, word};
use super::statement::{execute, fetch_all, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use docent_domain::document::GenerationState;
use docent_domain::job_kind;
use docent_domain::{DocumentId, ProjectId};

statements! {
    GENERATION_STATE = "
        SELECT project_id, state, blob, processed_at IS NOT NULL FROM generations
        WHERE document_id = $1 AND generation = $2";
    DROP_PAGES = "
        DELETE FROM pages WHERE document_id = $1 AND generation = $2 AND number IN (
            SELECT number FROM pages WHERE document_id = $1 AND generation = $2 ORDER BY number LIMIT $3)";
    DROP_CHUNKS = "
        DELETE FROM chunks WHERE document_id = $1 AND generation = $2 AND position IN (
            SELECT position FROM chunks WHERE document_id = $1 AND generation = $2 ORDER BY position LIMIT $3)";
    SET_SWEPT = "
        UPDATE generations SET state = 'swept', extracted = FALSE
        WHERE document_id = $1 AND generation = $2 AND state = 'garbage'";
    DROP_GENERATION = "
        DELETE FROM generations WHERE document_id = $1 AND generation = $2 AND state IN ('garbage', 'swept')";
    DROP_DOCUMENT = "
        DELETE FROM documents
        WHERE id = $1 AND deleted_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM generations g WHERE g.document_id = documents.id)";
    PROJECT_GENERATIONS = "
        SELECT document_id, generation, blob FROM generations
        WHERE project_id = $1 ORDER BY document_id, generation LIMIT $2";
    ERASE_GENERATION = "DELETE FROM generations WHERE document_id = $1 AND generation = $2";
    ERASE_PROJECT = "DELETE FROM projects WHERE id = $1 AND purged_at IS NOT NULL";
    PURGED = "SELECT COUNT(*) FROM projects WHERE id = $1 AND purged_at IS NULL";
    SWEEP_MESSAGES = "
        DELETE FROM messages WHERE id IN (
            SELECT m.id FROM chats c JOIN messages m ON m.chat_id = c.id
            WHERE c.deleted_at IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.chat_id = c.id AND t.state = 'streaming')
            LIMIT $1)";
    SWEEP_CHATS = "
        DELETE FROM chats WHERE id IN (
            SELECT c.id FROM chats c
            WHERE c.deleted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.chat_id = c.id)
            LIMIT $1)";
    BLOB_USED = "
        SELECT (SELECT COUNT(*) FROM generations WHERE blob = $1) + (SELECT COUNT(*) FROM imports WHERE blob = $1)";
    HIDDEN = "
        SELECT g.document_id, g.generation FROM generations g JOIN documents d ON d.id = g.document_id
        WHERE g.project_id = $1 AND g.state IN ('open', 'garbage')
          AND (g.state = 'garbage' OR d.live_generation IS NOT NULL)";
    UNSWEPT = concat!("
        SELECT g.project_id, g.document_id, g.generation FROM generations g
        WHERE g.state = 'garbage' AND NOT EXISTS (
            SELECT 1 FROM runs r
            WHERE r.document_id = g.document_id AND r.generation = g.generation AND r.kind = '", job_kind!(SweepGeneration), "'
              AND r.state IN ('queued', 'running'))
        LIMIT $1");
}

/// A generation on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refuse {
    pub project: ProjectId,
    pub state: GenerationState,
    pub blob: String,
    /// Searches showed it once, so that its passages are all there.
    pub was_live: bool,
}

impl Tx {
    /// What there is to remove of a generation; `None` once its row is gone.
    pub async fn refuse(
        &mut self,
        document: DocumentId,
        generation: i64,
    ) -> Result<Option<Refuse>, StoreError> {
        let row =
            fetch_optional!(self, (i64, String, String, bool), GENERATION_STATE, document.get(), generation)?;
        row.map(|(project, state, blob, was_live)| {
            let state = word(GenerationState::by_name(&state), &state, "the state of a generation")?;
            Ok(Refuse { project: project.into(), state, blob, was_live })
        })
        .transpose()
    }

    /// Removes up to `limit` pages and chunks each, and what was wanted of them; true once there are none left.
    pub async fn drop_text(
        &mut self,
        document: DocumentId,
        generation: i64,
        limit: i64,
    ) -> Result<bool, StoreError> {
        let pages = self.drop_pages(document, generation, limit).await?;
        let chunks = execute!(self, DROP_CHUNKS, document.get(), generation, limit)?;
        Ok(pages && chunks < u64::try_from(limit).unwrap_or(u64::MAX))
    }

    /// Removes up to `limit` pages, with what hangs on them, and what models have taken from them; true once there are none
    /// left.
    pub async fn drop_pages(
        &mut self,
        document: DocumentId,
        generation: i64,
        limit: i64,
    ) -> Result<bool, StoreError> {
        self.forget_wanted(document, generation).await?;
        self.drop_digests(document, generation).await?;
        let pages = execute!(self, DROP_PAGES, document.get(), generation, limit)?;
        Ok(pages < u64::try_from(limit).unwrap_or(u64::MAX))
    }

    /// The generation is kept to look at and to compare with: its row, for its original, and its passages.
    pub async fn set_swept(&mut self, document: DocumentId, generation: i64) -> Result<(), StoreError> {
        execute!(self, SET_SWEPT, document.get(), generation)?;
        Ok(())
    }

    /// Forgets a generation; true if its original may go too, because no other generation has it.
    pub async fn drop_generation(
        &mut self,
        document: DocumentId,
        generation: i64,
        blob: &str,
    ) -> Result<bool, StoreError> {
        execute!(self, DROP_GENERATION, document.get(), generation)?;
        execute!(self, DROP_DOCUMENT, document.get())?;
        Ok(fetch_one!(self, (i64,), BLOB_USED, blob)?.0 == 0)
    }

    /// Whether the project stands, or may be restored.
    pub async fn project_stands(&mut self, project: ProjectId) -> Result<bool, StoreError> {
        Ok(fetch_one!(self, (i64,), PURGED, project.get())?.0 > 0)
    }

    /// Generations of a project, whatever their state, with their originals.
    pub async fn generations_of(
        &mut self,
        project: ProjectId,
        limit: i64,
    ) -> Result<Vec<(DocumentId, i64, String)>, StoreError> {
        let rows = fetch_all!(self, (i64, i64, String), PROJECT_GENERATIONS, project.get(), limit)?;
        Ok(rows.into_iter().map(|(document, generation, blob)| (document.into(), generation, blob)).collect())
    }

    /// Forgets a generation of a deleted project.
    pub async fn erase_generation(
        &mut self,
        document: DocumentId,
        generation: i64,
    ) -> Result<(), StoreError> {
        execute!(self, ERASE_GENERATION, document.get(), generation)?;
        Ok(())
    }

    /// Forgets a deleted project, and with it what still hangs on it: members, chats, documents.
    pub async fn erase_project(&mut self, project: ProjectId) -> Result<(), StoreError> {
        execute!(self, ERASE_PROJECT, project.get())?;
        Ok(())
    }

    /// Removes up to `limit` messages of deleted chats, with their sources, traces and frames, and the chats that have none
    /// left; true once nothing is left to remove. An answer that is still being written notices the deletion and ends
    /// first.
    pub async fn sweep_chats(&mut self, limit: i64) -> Result<bool, StoreError> {
        let messages = execute!(self, SWEEP_MESSAGES, limit)?;
        let chats = execute!(self, SWEEP_CHATS, limit)?;
        let full = u64::try_from(limit).unwrap_or(u64::MAX);
        Ok(messages < full && chats < full)
    }

    /// Whether any generation, or an archive to be imported, needs this file.
    pub async fn blob_in_use(&mut self, blob: &str) -> Result<bool, StoreError> {
        Ok(fetch_one!(self, (i64,), BLOB_USED, blob)?.0 > 0)
    }

    /// The generations of a project that may be in the index and must not be found.
    pub async fn hidden_generations(
        &mut self,
        project: ProjectId,
    ) -> Result<Vec<(DocumentId, i64)>, StoreError> {
        let rows = fetch_all!(self, (i64, i64), HIDDEN, project.get())?;
        Ok(rows.into_iter().map(|(document, generation)| (document.into(), generation)).collect())
    }

    /// Garbage that nothing is queued for.
    pub async fn unswept_generations(
        &mut self,
        limit: i64,
    ) -> Result<Vec<(ProjectId, DocumentId, i64)>, StoreError> {
        let rows = fetch_all!(self, (i64, i64, i64), UNSWEPT, limit)?;
        Ok(rows.into_iter().map(|(p, d, generation)| (p.into(), d.into(), generation)).collect())
    }
}
