//! New documents and versions, and the end of them. What is live stays so until the next reading is done.

use super::error::StoreError;
use super::side::{Names, Side};
use super::statement::{execute, fetch_all, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use docent_domain::document::{Document, DocumentStatus, GenerationState, Stage};
use docent_domain::job::{Job, QUICK, Queue};
use docent_domain::{DocumentId, ProjectId, RunId, Timestamp, UserId};

statements! {
    INSERT_DOCUMENT = "
        INSERT INTO documents (project_id, path, filename, metadata, status, stage, percent, status_seq, generation,
                               created_by, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, 0, 1, 1, $7, $8, $8)
        RETURNING id";
    INSERT_GENERATION = "
        INSERT INTO generations (document_id, generation, project_id, state, blob, sha256, size, format, filename,
                                 word_count, chunk_count, warnings, extracted, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, '[]', FALSE, $10)";
    NEXT_GENERATION = "
        UPDATE documents
        SET generation = generation + 1, filename = $2, status = $3, stage = $4, percent = 0,
            status_seq = status_seq + 1, pages_done = NULL, pages_total = NULL, chunks_done = NULL,
            chunks_total = NULL, searchable_pages = NULL, embedded_pages = NULL, error_code = NULL, error_message = NULL, updated_at = $5
        WHERE id = $1 AND project_id = $6 AND deleted_at IS NULL
        RETURNING generation";
    UPDATE_DOCUMENT = "
        UPDATE documents SET filename = $2, metadata = $3, updated_at = $4 WHERE id = $1 AND deleted_at IS NULL";
    DELETE_DOCUMENT = "
        UPDATE documents SET deleted_at = $2, updated_at = $2, live_generation = NULL
        WHERE id = $1 AND project_id = $3 AND deleted_at IS NULL";
    /// Generations that are nobody's any more, each to be swept; what is still read stops by itself.
    DISCARD_GENERATIONS = "
        UPDATE generations SET state = 'garbage'
        WHERE document_id = $1 AND generation <> $2 AND state <> 'garbage' AND (state <> 'live' OR $3)
        RETURNING generation";
}

/// One version to be read: a stored original under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewVersion<'a> {
    pub filename: &'a str,
    pub blob: &'a str,
    pub sha256: &'a str,
    /// In bytes.
    pub size: i64,
    pub format: &'a str,
}

impl<S: Side> Tx<S> {
    /// Records a new document and queues its reading.
    pub async fn insert_document(
        &mut self,
        project: S::Named<ProjectId>,
        path: &str,
        version: &NewVersion<'_>,
        author: S::Named<UserId>,
        now: Timestamp,
    ) -> Result<DocumentId, StoreError> {
        let project = project.id();
        let (id,) = fetch_one!(
            self,
            (i64,),
            INSERT_DOCUMENT,
            project.get(),
            path,
            version.filename,
            "{}",
            DocumentStatus::Pending.name(),
            Stage::Queued.name(),
            author.id().get(),
            now.micros(),
        )?;
        let id = DocumentId::from(id);
        self.begin_generation(project, id, 1, version, now).await?;
        Ok(id)
    }

    /// Records a new version of a document and queues its reading. What is live stays so until that is done; a version
    /// still being read is given up. `None` if the document was deleted meanwhile, or is not in the project.
    pub async fn insert_version(
        &mut self,
        project: S::Named<ProjectId>,
        document: DocumentId,
        version: &NewVersion<'_>,
        now: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        let project = project.id();
        let row = fetch_optional!(
            self,
            (i64,),
            NEXT_GENERATION,
            document.get(),
            version.filename,
            DocumentStatus::Pending.name(),
            Stage::Queued.name(),
            now.micros(),
            project.get(),
        )?;
        let Some((generation,)) = row else { return Ok(None) };
        self.discard_generations(project, document, Discard::AllBut { generation }, now).await?;
        self.begin_generation(project, document, generation, version, now).await?;
        Ok(Some(generation))
    }

    async fn begin_generation(
        &mut self,
        project: ProjectId,
        document: DocumentId,
        generation: i64,
        version: &NewVersion<'_>,
        now: Timestamp,
    ) -> Result<RunId, StoreError> {
        execute!(
            self,
            INSERT_GENERATION,
            document.get(),
            generation,
            project.get(),
            GenerationState::Open.name(),
            version.blob,
            version.sha256,
            version.size,
            version.format,
            version.filename,
            now.micros(),
        )?;
        let queue = if version.size <= QUICK { Queue::IngestQuick } else { Queue::Ingest };
        self.put(project, &Job::IngestDocument { document, generation }, queue, now).await
    }

    /// Writes the fields that people may change; false if the document was deleted meanwhile.
    pub async fn update_document(
        &mut self,
        id: S::Named<DocumentId>,
        document: &Document,
    ) -> Result<bool, StoreError> {
        let changed = execute!(
            self,
            UPDATE_DOCUMENT,
            id.id().get(),
            document.filename.as_str(),
            document.metadata.to_string(),
            document.updated_at.micros(),
        )?;
        Ok(changed > 0)
    }

    /// From the commit on no search finds it. False if it was deleted already, or is not in the project.
    pub async fn delete_document(
        &mut self,
        project: S::Named<ProjectId>,
        id: DocumentId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let project = project.id();
        if execute!(self, DELETE_DOCUMENT, id.get(), now.micros(), project.get())? == 0 {
            return Ok(false);
        }
        self.discard_generations(project, id, Discard::All, now).await?;
        Ok(true)
    }

    async fn discard_generations(
        &mut self,
        project: ProjectId,
        document: DocumentId,
        which: Discard,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (kept, live_too) = match which {
            Discard::All => (0, true),
            Discard::AllBut { generation } => (generation, false),
        };
        let discarded = fetch_all!(self, (i64,), DISCARD_GENERATIONS, document.get(), kept, live_too)?;
        for (generation,) in discarded {
            self.put(project, &Job::SweepGeneration { document, generation }, Queue::Maintenance, now)
                .await?;
        }
        Ok(())
    }
}

/// Which generations of a document are given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Discard {
    All,
    /// The live one stays, too.
    AllBut {
        generation: i64,
    },
}
