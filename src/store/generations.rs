//! What one reading of a document makes: pages and chunks, invisible until they are published together.
//!
//! Everything here is the server's own work, named by the ids of its run; no caller's scope is asked. Writers pass
//! their [`Hold`] and get `false` or `None` when it is not theirs any more.

use super::error::{StoreError, word};
use super::runs::{End, Hold};
use super::statement::{execute, fetch_all, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use crate::domain::document::{GenerationState, Verdict};
use crate::domain::job::Job;
use crate::domain::{DocumentId, ProjectId, Timestamp};

statements! {
    OPEN_GENERATION = "
        SELECT g.document_id, g.generation, g.project_id, g.blob, g.size, g.format, g.filename, g.extracted,
               g.page_count
        FROM generations g
        JOIN documents d ON d.id = g.document_id
        JOIN projects p ON p.id = d.project_id
        WHERE g.document_id = $1 AND g.generation = $2 AND g.state = 'open'
          AND d.generation = g.generation AND d.deleted_at IS NULL AND p.purged_at IS NULL";
    SPOOLED = "SELECT COUNT(*) FROM pages WHERE document_id = $1 AND generation = $2";
    LAST_PAGE = "
        SELECT start_offset, text FROM pages
        WHERE document_id = $1 AND generation = $2 ORDER BY number DESC LIMIT 1";
    INSERT_PAGE = "
        INSERT INTO pages (document_id, generation, number, numbered, start_offset, text, verdict, markdown,
                           headings, warning)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (document_id, generation, number) DO NOTHING";
    SET_EXTRACTED = "
        UPDATE generations SET extracted = TRUE, page_count = $3 WHERE document_id = $1 AND generation = $2";
    PAGES = "
        SELECT number, numbered, start_offset, text, verdict, markdown, headings, warning FROM pages
        WHERE document_id = $1 AND generation = $2 AND number > $3 ORDER BY number LIMIT $4";
    FLAWED_PAGES = "
        SELECT number, numbered, verdict, warning FROM pages
        WHERE document_id = $1 AND generation = $2 AND (verdict <> 'text' OR warning IS NOT NULL) ORDER BY number";
    INSERT_CHUNK = "
        INSERT INTO chunks (document_id, generation, position, page, heading, start_offset, end_offset, text,
                            text_hash, tokens)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (document_id, generation, position) DO UPDATE SET
            page = excluded.page, heading = excluded.heading, start_offset = excluded.start_offset,
            end_offset = excluded.end_offset, text = excluded.text, text_hash = excluded.text_hash,
            tokens = excluded.tokens";
    DROP_CHUNKS_FROM = "DELETE FROM chunks WHERE document_id = $1 AND generation = $2 AND position >= $3";
    COUNT_CHUNKS = "SELECT COUNT(*) FROM chunks WHERE document_id = $1 AND generation = $2";
    CHUNKS = "
        SELECT position, page, heading, start_offset, end_offset, text, text_hash, tokens FROM chunks
        WHERE document_id = $1 AND generation = $2 AND position >= $3 ORDER BY position LIMIT $4";
    MAKE_LIVE = "
        UPDATE generations
        SET state = 'live', page_count = $3, word_count = $4, chunk_count = $5, warnings = $6, processed_at = $7
        WHERE document_id = $1 AND generation = $2 AND state = 'open'";
    COMPLETE_DOCUMENT = "
        UPDATE documents
        SET live_generation = $2, status = 'completed', stage = 'done', percent = 100, chunks_done = $3,
            chunks_total = $3, error_code = NULL, error_message = NULL, status_seq = status_seq + 1, updated_at = $4
        WHERE id = $1 AND generation = $2 AND deleted_at IS NULL";
    SUPERSEDE = "
        UPDATE generations SET state = 'garbage'
        WHERE document_id = $1 AND state = 'live' AND generation <> $2
        RETURNING generation, project_id";
    DISCARD = "
        UPDATE generations SET state = 'garbage'
        WHERE document_id = $1 AND generation = $2 AND state = 'open'
        RETURNING project_id";
    REST_DOCUMENT = "
        UPDATE documents
        SET status = $3, error_code = $4, error_message = $5, status_seq = status_seq + 1, updated_at = $6
        WHERE id = $1 AND generation = $2 AND deleted_at IS NULL AND status IN ('pending', 'processing')";
    UNFINISHED = "
        SELECT generation FROM documents
        WHERE id = $1 AND deleted_at IS NULL AND status IN ('pending', 'processing')";
    GENERATION_STATE = "
        SELECT g.project_id, g.state, g.blob, d.generation = g.generation AND d.deleted_at IS NULL
        FROM generations g JOIN documents d ON d.id = g.document_id
        WHERE g.document_id = $1 AND g.generation = $2";
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
    BLOB_USED = "SELECT COUNT(*) FROM generations WHERE blob = $1";
    HIDDEN = "
        SELECT document_id, generation FROM generations WHERE project_id = $1 AND state IN ('open', 'garbage')";
    UNSWEPT = "
        SELECT g.project_id, g.document_id, g.generation FROM generations g
        WHERE g.state = 'garbage' AND NOT EXISTS (
            SELECT 1 FROM runs r
            WHERE r.document_id = g.document_id AND r.generation = g.generation AND r.kind = 'sweep_generation'
              AND r.state IN ('queued', 'running'))
        LIMIT $1";
}

/// What there is to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenGeneration {
    pub project: ProjectId,
    pub document: DocumentId,
    pub generation: i64,
    pub blob: String,
    pub size: i64,
    pub format: String,
    pub filename: String,
    /// Every page is spooled: the file need not be read again.
    pub extracted: bool,
    /// Known once `extracted`.
    pub page_count: Option<i64>,
    /// Pages spooled by earlier attempts.
    pub spooled: i64,
    /// Where the next page begins in the document's text, in code points.
    pub next_offset: i64,
}

/// A page as kept: text in order, joined by one empty line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpooledPage {
    pub number: i64,
    pub numbered: bool,
    /// In code points, into the document's text.
    pub start_offset: i64,
    pub text: String,
    pub verdict: Verdict,
    pub markdown: bool,
    pub headings: Vec<SpooledHeading>,
    pub warning: Option<String>,
}

/// Where a section begins.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SpooledHeading {
    /// Byte offset into the page's text.
    pub start: usize,
    /// 1 is the highest.
    pub level: u8,
    pub title: String,
}

/// What is wrong with a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    pub number: i64,
    pub numbered: bool,
    pub verdict: Verdict,
    pub warning: Option<String>,
}

/// A piece of a document that is found and cited as one.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Chunk {
    /// 0-based.
    pub position: i64,
    /// 1-based; `None` where the format has no pages.
    pub page: Option<i64>,
    /// The headings above it, outermost first.
    pub heading: Option<String>,
    /// Code points into the document's text; `end_offset` is exclusive.
    pub start_offset: i64,
    pub end_offset: i64,
    pub text: String,
    /// SHA-256 of `text`, in hex.
    pub text_hash: String,
    pub tokens: i64,
}

/// What a reading came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    pub page_count: i64,
    pub word_count: i64,
    pub chunk_count: i64,
    pub warnings: Vec<String>,
}

/// What became of a wish to publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// It is what searches show from now on.
    Live,
    /// The document was deleted, replaced or cancelled meanwhile; nothing changed.
    Unwanted,
    /// The run was taken over by somebody else; nothing changed.
    Lost,
}

/// What became of a wish to cancel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancelled {
    Done,
    /// It is under way, and stops within a second; its end is told then.
    Asked,
    NothingToDo,
}

/// A generation on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refuse {
    pub project: ProjectId,
    pub state: GenerationState,
    pub blob: String,
    /// The document still stands, and this is its newest generation.
    pub newest: bool,
}

#[derive(sqlx::FromRow)]
struct OpenRow {
    document_id: i64,
    generation: i64,
    project_id: i64,
    blob: String,
    size: i64,
    format: String,
    filename: String,
    extracted: bool,
    page_count: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct PageRow {
    number: i64,
    numbered: bool,
    start_offset: i64,
    text: String,
    verdict: String,
    markdown: bool,
    headings: String,
    warning: Option<String>,
}

impl Tx {
    /// The generation, if it is still to be read.
    pub async fn open_generation(
        &mut self,
        document: DocumentId,
        generation: i64,
    ) -> Result<Option<OpenGeneration>, StoreError> {
        let row = fetch_optional!(self, OpenRow, OPEN_GENERATION, document.get(), generation)?;
        let Some(row) = row else { return Ok(None) };
        let (spooled,) = fetch_one!(self, (i64,), SPOOLED, document.get(), generation)?;
        let last = fetch_optional!(self, (i64, String), LAST_PAGE, document.get(), generation)?;
        Ok(Some(OpenGeneration {
            project: row.project_id.into(),
            document: row.document_id.into(),
            generation: row.generation,
            blob: row.blob,
            size: row.size,
            format: row.format,
            filename: row.filename,
            extracted: row.extracted,
            page_count: row.page_count,
            spooled,
            next_offset: last.map_or(0, |(start, text)| next_offset(start, &text)),
        }))
    }

    /// Keeps pages as they came from the extractor. Pages that are there already stay as they are.
    pub async fn spool_pages(
        &mut self,
        hold: Hold,
        (document, generation): (DocumentId, i64),
        pages: &[SpooledPage],
    ) -> Result<bool, StoreError> {
        if !self.still_holds(hold).await? {
            return Ok(false);
        }
        for page in pages {
            let headings = serde_json::to_string(&page.headings).unwrap_or_else(|_| "[]".to_owned());
            execute!(
                self,
                INSERT_PAGE,
                document.get(),
                generation,
                page.number,
                page.numbered,
                page.start_offset,
                &page.text,
                page.verdict.name(),
                page.markdown,
                &headings,
                page.warning.as_deref(),
            )?;
        }
        Ok(true)
    }

    /// Records that every page is spooled.
    pub async fn set_extracted(
        &mut self,
        hold: Hold,
        (document, generation): (DocumentId, i64),
        page_count: i64,
    ) -> Result<bool, StoreError> {
        if !self.still_holds(hold).await? {
            return Ok(false);
        }
        execute!(self, SET_EXTRACTED, document.get(), generation, page_count)?;
        Ok(true)
    }

    /// The next pages after that number.
    pub async fn pages(
        &mut self,
        document: DocumentId,
        generation: i64,
        after: i64,
        limit: i64,
    ) -> Result<Vec<SpooledPage>, StoreError> {
        let rows = fetch_all!(self, PageRow, PAGES, document.get(), generation, after, limit)?;
        rows.into_iter().map(SpooledPage::try_from).collect()
    }

    /// The pages that have no text, or a remark.
    pub async fn flawed_pages(
        &mut self,
        document: DocumentId,
        generation: i64,
    ) -> Result<Vec<Flaw>, StoreError> {
        let rows =
            fetch_all!(self, (i64, bool, String, Option<String>), FLAWED_PAGES, document.get(), generation)?;
        let flaw = |(number, numbered, verdict, warning): (i64, bool, String, Option<String>)| {
            let verdict = word(Verdict::by_name(&verdict), &verdict, "the verdict on a page")?;
            Ok(Flaw { number, numbered, verdict, warning })
        };
        rows.into_iter().map(flaw).collect()
    }

    /// Keeps chunks, in place of those at the same positions.
    pub async fn insert_chunks(
        &mut self,
        hold: Hold,
        (document, generation): (DocumentId, i64),
        chunks: &[Chunk],
    ) -> Result<bool, StoreError> {
        if !self.still_holds(hold).await? {
            return Ok(false);
        }
        for chunk in chunks {
            execute!(
                self,
                INSERT_CHUNK,
                document.get(),
                generation,
                chunk.position,
                chunk.page,
                chunk.heading.as_deref(),
                chunk.start_offset,
                chunk.end_offset,
                &chunk.text,
                &chunk.text_hash,
                chunk.tokens,
            )?;
        }
        Ok(true)
    }

    /// The next chunks from that position on.
    pub async fn chunks_from(
        &mut self,
        document: DocumentId,
        generation: i64,
        position: i64,
        limit: i64,
    ) -> Result<Vec<Chunk>, StoreError> {
        fetch_all!(self, Chunk, CHUNKS, document.get(), generation, position, limit)
    }

    /// How many chunks a generation has in the database.
    pub async fn count_chunks(&mut self, document: DocumentId, generation: i64) -> Result<i64, StoreError> {
        Ok(fetch_one!(self, (i64,), COUNT_CHUNKS, document.get(), generation)?.0)
    }

    /// Makes a generation what searches show, the one before it garbage, and the run done. Every chunk must be in.
    pub async fn publish_generation(
        &mut self,
        hold: Hold,
        (document, generation): (DocumentId, i64),
        publication: &Publication,
        now: Timestamp,
    ) -> Result<Published, StoreError> {
        if !self.end_run(hold, End::Done, now).await? {
            return Ok(Published::Lost);
        }
        // Left by an earlier attempt under other settings.
        execute!(self, DROP_CHUNKS_FROM, document.get(), generation, publication.chunk_count)?;
        let warnings = serde_json::Value::from(publication.warnings.clone()).to_string();
        let opened = execute!(
            self,
            MAKE_LIVE,
            document.get(),
            generation,
            publication.page_count,
            publication.word_count,
            publication.chunk_count,
            &warnings,
            now.micros(),
        )?;
        let completed = execute!(
            self,
            COMPLETE_DOCUMENT,
            document.get(),
            generation,
            publication.chunk_count,
            now.micros()
        )?;
        if opened == 0 || completed == 0 {
            return Ok(Published::Unwanted);
        }
        let superseded = fetch_all!(self, (i64, i64), SUPERSEDE, document.get(), generation)?;
        for (generation, project) in superseded {
            self.enqueue(project.into(), &Job::SweepGeneration { document, generation }, now).await?;
        }
        Ok(Published::Live)
    }

    /// Lets a reading rest as failed or cancelled: the document says why, what was made of it becomes garbage.
    pub async fn rest_document(
        &mut self,
        (document, generation): (DocumentId, i64),
        end: End<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (status, code, message) = match end {
            End::Done => return Ok(()),
            End::Cancelled => ("cancelled", None, None),
            End::Failed { code, message } | End::GivenUp { code, message } => {
                ("failed", Some(code), Some(message))
            }
        };
        execute!(self, REST_DOCUMENT, document.get(), generation, status, code, message, now.micros())?;
        self.discard_generation(document, generation, now).await
    }

    /// Ends the reading of a document: at once if it waits, within a second if it is under way.
    pub async fn cancel_document(
        &mut self,
        document: DocumentId,
        now: Timestamp,
    ) -> Result<Cancelled, StoreError> {
        let unfinished = fetch_optional!(self, (i64,), UNFINISHED, document.get())?;
        let Some((generation,)) = unfinished else { return Ok(Cancelled::NothingToDo) };
        if !self.cancel_runs(document, generation, now).await? {
            return Ok(Cancelled::Asked);
        }
        self.rest_document((document, generation), End::Cancelled, now).await?;
        Ok(Cancelled::Done)
    }

    /// Makes an open generation garbage and queues its removal.
    pub async fn discard_generation(
        &mut self,
        document: DocumentId,
        generation: i64,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let discarded = fetch_optional!(self, (i64,), DISCARD, document.get(), generation)?;
        if let Some((project,)) = discarded {
            self.enqueue(project.into(), &Job::SweepGeneration { document, generation }, now).await?;
        }
        Ok(())
    }

    /// What there is to remove of a generation; `None` once its row is gone.
    pub async fn refuse(
        &mut self,
        document: DocumentId,
        generation: i64,
    ) -> Result<Option<Refuse>, StoreError> {
        let row =
            fetch_optional!(self, (i64, String, String, bool), GENERATION_STATE, document.get(), generation)?;
        row.map(|(project, state, blob, newest)| {
            let state = word(GenerationState::by_name(&state), &state, "the state of a generation")?;
            Ok(Refuse { project: project.into(), state, blob, newest })
        })
        .transpose()
    }

    /// Removes up to `limit` pages and chunks each; true once there are none left.
    pub async fn drop_text(
        &mut self,
        document: DocumentId,
        generation: i64,
        limit: i64,
    ) -> Result<bool, StoreError> {
        let pages = execute!(self, DROP_PAGES, document.get(), generation, limit)?;
        let chunks = execute!(self, DROP_CHUNKS, document.get(), generation, limit)?;
        let full = u64::try_from(limit).unwrap_or(u64::MAX);
        Ok(pages < full && chunks < full)
    }

    /// Nothing of the generation is left but its row, which the document still names.
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

    /// Whether any generation has this original.
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

/// Pages are joined by an empty line.
pub fn next_offset(start: i64, text: &str) -> i64 {
    start + i64::try_from(text.chars().count()).unwrap_or(i64::MAX / 2) + 2
}

impl TryFrom<PageRow> for SpooledPage {
    type Error = StoreError;

    fn try_from(row: PageRow) -> Result<Self, StoreError> {
        Ok(Self {
            number: row.number,
            numbered: row.numbered,
            start_offset: row.start_offset,
            text: row.text,
            verdict: word(Verdict::by_name(&row.verdict), &row.verdict, "the verdict on a page")?,
            markdown: row.markdown,
            headings: serde_json::from_str(&row.headings).map_err(|_| StoreError::Unreadable {
                value: row.headings,
                expected: "a list of headings",
            })?,
            warning: row.warning,
        })
    }
}
