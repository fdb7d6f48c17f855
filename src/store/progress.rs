//! What is known about a document's way through the pipeline: written while it goes on, read by whoever joins late.

use super::error::{StoreError, word};
use super::found::readable_pages;
use super::side::{Names, Side};
use super::statement::{fetch_all, fetch_optional, statements};
use super::tx::Tx;
use docent_domain::document::{DocumentError, DocumentProgress, DocumentStatus, Stage};
use docent_domain::job_kind;
use docent_domain::{Code, DocumentId, ProjectId, Timestamp};

macro_rules! progress {
    ($documents:literal) => {
        concat!(
            "SELECT d.id, d.project_id, d.filename, d.status, d.stage, d.percent, d.status_seq, d.pages_done,
                    d.pages_total, d.chunks_done, d.chunks_total, d.error_code, d.error_message, g.warnings, ",
            readable_pages!(),
            ",
                    r.starts + r.failures AS attempt, r.created_at AS waiting_since,
                    CASE WHEN d.status = 'pending' THEN (
                        SELECT COUNT(*) FROM runs w
                        WHERE w.project_id = d.project_id AND w.kind = '", job_kind!(IngestDocument), "' AND w.state = 'queued'
                          AND w.id <= r.id)
                    END AS queue_position
             FROM documents d
             LEFT JOIN generations g ON g.document_id = d.id AND g.generation = d.generation
             LEFT JOIN runs r ON r.id = (
                 SELECT MAX(x.id) FROM runs x
                 WHERE x.document_id = d.id AND x.generation = d.generation AND x.kind = '", job_kind!(IngestDocument), "')
             WHERE ",
            $documents
        )
    };
}

statements! {
    /// `percent` never goes down within a run, and nothing overtakes an end.
    SET_PROGRESS = "
        UPDATE documents
        SET status = 'processing', stage = $3, percent = CASE WHEN percent > $4 THEN percent ELSE $4 END,
            pages_done = $5, pages_total = $6, chunks_done = $7, chunks_total = $8,
            searchable_pages = $10, embedded_pages = $11,
            status_seq = status_seq + 1, updated_at = $9
        WHERE id = $1 AND generation = $2 AND deleted_at IS NULL AND status IN ('pending', 'processing')
        RETURNING status_seq, percent";
    SET_WAITING = "
        UPDATE documents
        SET status = 'pending', stage = 'queued', error_code = $3, error_message = $4, status_seq = status_seq + 1,
            updated_at = $5
        WHERE id = $1 AND generation = $2 AND deleted_at IS NULL AND status IN ('pending', 'processing')
        RETURNING status_seq";
    /// A change of place is a change, too.
    MOVE_UP = "
        UPDATE documents SET status_seq = status_seq + 1
        WHERE id IN (
            SELECT d.id FROM documents d
            WHERE d.project_id = $1 AND d.status = 'pending' AND d.deleted_at IS NULL ORDER BY d.id LIMIT $2)
        RETURNING id";
    PROGRESS = progress!("d.id = $1 AND d.deleted_at IS NULL");
    IN_PROGRESS = progress!("
        d.project_id = $1 AND d.deleted_at IS NULL AND d.status IN ('pending', 'processing')
        ORDER BY d.status DESC, d.id LIMIT $2");
    CHANGED_SINCE = progress!("
        d.project_id = $1 AND d.deleted_at IS NULL AND d.updated_at >= $2 ORDER BY d.updated_at DESC, d.id LIMIT $3");
}

/// The latest values of a reading under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    pub stage: Stage,
    pub percent: u8,
    pub pages_done: Option<i64>,
    pub pages_total: Option<i64>,
    pub chunks_done: Option<i64>,
    pub chunks_total: Option<i64>,
    /// Pages that are found by their words, and by their meaning; `None` where searches show an earlier version.
    pub searchable_pages: Option<i64>,
    pub embedded_pages: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct ProgressRow {
    id: i64,
    project_id: i64,
    filename: String,
    status: String,
    stage: String,
    percent: i64,
    status_seq: i64,
    pages_done: Option<i64>,
    pages_total: Option<i64>,
    chunks_done: Option<i64>,
    chunks_total: Option<i64>,
    searchable_pages: Option<i64>,
    embedded_pages: Option<i64>,
    error_code: Option<String>,
    error_message: Option<String>,
    warnings: Option<String>,
    attempt: Option<i64>,
    waiting_since: Option<i64>,
    queue_position: Option<i64>,
}

impl<S: Side> Tx<S> {
    /// Everything a status event says about a document of the project.
    pub async fn progress_in(
        &mut self,
        project: S::Named<ProjectId>,
        document: DocumentId,
    ) -> Result<Option<DocumentProgress>, StoreError> {
        let known = self.progress_of(document).await?;
        Ok(known.filter(|known| known.project == project.id()))
    }

    async fn progress_of(&mut self, document: DocumentId) -> Result<Option<DocumentProgress>, StoreError> {
        let row = fetch_optional!(self, ProgressRow, PROGRESS, document.get())?;
        row.map(|row| row.progress(self.max_attempts)).transpose()
    }

    /// The documents of a project that are being read or wait for it; those being read first.
    pub async fn documents_in_progress(
        &mut self,
        project: S::Named<ProjectId>,
        limit: i64,
    ) -> Result<Vec<DocumentProgress>, StoreError> {
        let rows = fetch_all!(self, ProgressRow, IN_PROGRESS, project.id().get(), limit)?;
        rows.into_iter().map(|row| row.progress(self.max_attempts)).collect()
    }

    /// The documents of a project that have changed since, whatever they are now; the latest first.
    pub async fn documents_changed_since(
        &mut self,
        project: S::Named<ProjectId>,
        since: Timestamp,
        limit: i64,
    ) -> Result<Vec<DocumentProgress>, StoreError> {
        let rows = fetch_all!(self, ProgressRow, CHANGED_SINCE, project.id().get(), since.micros(), limit)?;
        rows.into_iter().map(|row| row.progress(self.max_attempts)).collect()
    }
}

impl Tx {
    /// Everything a status event says about a document.
    pub async fn document_progress(
        &mut self,
        document: DocumentId,
    ) -> Result<Option<DocumentProgress>, StoreError> {
        self.progress_of(document).await
    }

    /// Writes down how far a reading is: its new sequence number and percentage. `None` if that is not wanted any more.
    pub async fn set_progress(
        &mut self,
        document: DocumentId,
        generation: i64,
        reached: &Reached,
        now: Timestamp,
    ) -> Result<Option<(i64, u8)>, StoreError> {
        let row = fetch_optional!(
            self,
            (i64, i64),
            SET_PROGRESS,
            document.get(),
            generation,
            reached.stage.name(),
            i64::from(reached.percent),
            reached.pages_done,
            reached.pages_total,
            reached.chunks_done,
            reached.chunks_total,
            now.micros(),
            reached.searchable_pages,
            reached.embedded_pages,
        )?;
        Ok(row.map(|(seq, percent)| (seq, percent_of(percent))))
    }

    /// A reading goes back into the queue, with the reason why, if it failed.
    pub async fn set_waiting(
        &mut self,
        document: DocumentId,
        generation: i64,
        error: Option<(&str, &str)>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (code, message) = error.unzip();
        fetch_optional!(self, (i64,), SET_WAITING, document.get(), generation, code, message, now.micros())?;
        Ok(())
    }

    /// Counts a change for the documents at the head of a project's queue, because those before them left it.
    pub async fn move_up(&mut self, project: ProjectId, limit: i64) -> Result<Vec<DocumentId>, StoreError> {
        let rows = fetch_all!(self, (i64,), MOVE_UP, project.get(), limit)?;
        Ok(rows.into_iter().map(|(id,)| id.into()).collect())
    }
}

impl ProgressRow {
    fn progress(self, max_attempts: i64) -> Result<DocumentProgress, StoreError> {
        let row = self;
        let status = word(DocumentStatus::by_name(&row.status), &row.status, "the status of a document")?;
        let waiting = status == DocumentStatus::Pending;
        let warnings = row.warnings.as_deref().unwrap_or("[]");
        Ok(DocumentProgress {
            document: row.id.into(),
            project: row.project_id.into(),
            filename: row.filename,
            status,
            stage: word(Stage::by_name(&row.stage), &row.stage, "a stage")?,
            percent: percent_of(row.percent),
            seq: row.status_seq,
            attempt: row.attempt.unwrap_or(0),
            max_attempts,
            pages_done: row.pages_done,
            pages_total: row.pages_total,
            chunks_done: row.chunks_done,
            chunks_total: row.chunks_total,
            searchable_pages: row.searchable_pages,
            embedded_pages: row.embedded_pages,
            warnings: serde_json::from_str(warnings).unwrap_or_default(),
            error: row.error_code.map(|code| DocumentError {
                code: Code::by_name(&code).unwrap_or(Code::Internal),
                message: row.error_message.unwrap_or_default(),
            }),
            recognising: None,
            queue_position: row.queue_position.filter(|_| waiting),
            waiting_since: row.waiting_since.filter(|_| waiting).map(Timestamp::from),
        })
    }
}

fn percent_of(raw: i64) -> u8 {
    u8::try_from(raw.clamp(0, 100)).unwrap_or(100)
}
