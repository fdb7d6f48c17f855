//! What one reading of a document makes: pages and chunks, invisible until they are published together.
//!
//! Everything here is the server's own work, named by the ids of its run; no caller's scope is asked. Writers pass
//! their [`Hold`] and get `false` or `None` when it is not theirs any more.

use super::error::{StoreError, word};
use super::runs::Hold;
use super::side::{Names, Side};
use super::statement::{execute, fetch_all, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use docent_domain::document::Verdict;
use docent_domain::{DocumentId, ProjectId};

statements! {
    OPEN_GENERATION = "
        SELECT g.document_id, g.generation, g.project_id, g.blob, g.sha256, g.size, g.format, g.filename, g.extracted,
               g.page_count, d.live_generation IS NULL AS first
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
    PAGES_OVER = "
        SELECT number, numbered, start_offset, text, verdict, markdown, headings, warning FROM pages
        WHERE document_id = $1 AND generation = $2 AND start_offset <= $4 AND start_offset >= (
            SELECT COALESCE(MAX(start_offset), 0) FROM pages
            WHERE document_id = $1 AND generation = $2 AND start_offset <= $3)
        ORDER BY number";
    FLAWED_PAGES = "
        SELECT number, numbered, verdict, warning FROM pages
        WHERE document_id = $1 AND generation = $2 AND (verdict NOT IN ('text', 'ocr') OR warning IS NOT NULL) ORDER BY number";
    INSERT_CHUNK = "
        INSERT INTO chunks (document_id, generation, position, page, heading, start_offset, end_offset, text,
                            text_hash, tokens, language, header)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (document_id, generation, position) DO UPDATE SET
            page = excluded.page, heading = excluded.heading, start_offset = excluded.start_offset,
            end_offset = excluded.end_offset, text = excluded.text, text_hash = excluded.text_hash,
            tokens = excluded.tokens, language = excluded.language, header = excluded.header";
    KNOWN_TEXTS = "
        SELECT c.text_hash, c.generation, c.position FROM chunks c JOIN documents d ON d.id = c.document_id
        WHERE c.document_id = $1 AND (c.generation = $2 OR c.generation = d.live_generation)
        ORDER BY CASE WHEN c.generation = $2 THEN 0 ELSE 1 END, c.position DESC";
    COUNT_CHUNKS = "SELECT COUNT(*) FROM chunks WHERE document_id = $1 AND generation = $2";
    CHUNKS = "
        SELECT position, page, heading, start_offset, end_offset, text, text_hash, tokens, language, header FROM chunks
        WHERE document_id = $1 AND generation = $2 AND position >= $3 ORDER BY position LIMIT $4";
}

/// What there is to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenGeneration {
    pub project: ProjectId,
    pub document: DocumentId,
    pub generation: i64,
    pub blob: String,
    pub sha256: String,
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
    /// The document has no live generation yet: searches show this one as far as it is.
    pub first: bool,
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
    /// SHA-256 of what is embedded for it, in hex.
    pub text_hash: String,
    pub tokens: i64,
    /// ISO 639-1; `None` where none could be told.
    pub language: Option<String>,
    /// The names of the columns of the rows that it begins with, where their header stands before it.
    pub header: Option<String>,
}

#[derive(sqlx::FromRow)]
struct OpenRow {
    document_id: i64,
    generation: i64,
    project_id: i64,
    blob: String,
    sha256: String,
    size: i64,
    format: String,
    filename: String,
    extracted: bool,
    page_count: Option<i64>,
    first: bool,
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

impl<S: Side> Tx<S> {
    /// The next pages after that number.
    pub async fn pages(
        &mut self,
        document: S::Named<DocumentId>,
        generation: i64,
        after: i64,
        limit: i64,
    ) -> Result<Vec<SpooledPage>, StoreError> {
        let rows = fetch_all!(self, PageRow, PAGES, document.id().get(), generation, after, limit)?;
        rows.into_iter().map(SpooledPage::try_from).collect()
    }

    /// The pages between two places in the document's text, in code points; the one that holds the first included.
    pub async fn pages_over(
        &mut self,
        document: S::Named<DocumentId>,
        generation: i64,
        (first, last): (i64, i64),
    ) -> Result<Vec<SpooledPage>, StoreError> {
        let rows = fetch_all!(self, PageRow, PAGES_OVER, document.id().get(), generation, first, last)?;
        rows.into_iter().map(SpooledPage::try_from).collect()
    }

    /// The next chunks from that position on.
    pub async fn chunks_from(
        &mut self,
        document: S::Named<DocumentId>,
        generation: i64,
        position: i64,
        limit: i64,
    ) -> Result<Vec<Chunk>, StoreError> {
        fetch_all!(self, Chunk, CHUNKS, document.id().get(), generation, position, limit)
    }

    /// How many chunks a generation has in the database.
    pub async fn count_chunks(
        &mut self,
        document: S::Named<DocumentId>,
        generation: i64,
    ) -> Result<i64, StoreError> {
        Ok(fetch_one!(self, (i64,), COUNT_CHUNKS, document.id().get(), generation)?.0)
    }
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
            sha256: row.sha256,
            size: row.size,
            format: row.format,
            filename: row.filename,
            extracted: row.extracted,
            page_count: row.page_count,
            spooled,
            next_offset: last.map_or(0, |(start, text)| next_offset(start, &text)),
            first: row.first,
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
                chunk.language.as_deref(),
                chunk.header.as_deref(),
            )?;
        }
        Ok(true)
    }

    /// Where a document's texts stand by now, in the generation that is being read and in the one that searches show:
    /// hash, generation, position. Of several places of a text the last is the likeliest to have its vector.
    pub async fn known_texts(
        &mut self,
        document: DocumentId,
        generation: i64,
    ) -> Result<Vec<(String, i64, i64)>, StoreError> {
        fetch_all!(self, (String, i64, i64), KNOWN_TEXTS, document.get(), generation)
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
