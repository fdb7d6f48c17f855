//! Everything that was ever read, for taking stock of it and for making the index anew.

use super::error::{StoreError, word};
use super::side::Operates;
use super::statement::{fetch_all, fetch_one, statements};
use super::tx::Tx;
use docent_domain::document::GenerationState;
use docent_domain::{DocumentId, ProjectId, Timestamp};

statements! {
    ALL_GENERATIONS = "
        SELECT g.project_id, g.document_id, g.generation, g.state, g.blob, g.sha256, g.size, g.chunk_count,
               (SELECT COUNT(*) FROM chunks c
                WHERE c.document_id = g.document_id AND c.generation = g.generation) AS chunks
        FROM generations g
        WHERE g.document_id > $1 OR (g.document_id = $1 AND g.generation > $2)
        ORDER BY g.document_id, g.generation LIMIT $3";
    COUNT_LIVE_CHUNKS = "
        SELECT COUNT(*) FROM chunks c
        JOIN generations g ON g.document_id = c.document_id AND g.generation = c.generation
        WHERE g.state = 'live'";
    LIVE = "
        SELECT project_id, document_id, generation FROM generations
        WHERE state = 'live' AND document_id > $1 AND (CAST($3 AS BIGINT) IS NULL OR project_id = $3)
        ORDER BY document_id LIMIT $2";
    UNPUBLISHED = "
        SELECT project_id, document_id, generation FROM generations WHERE state IN ('open', 'garbage')";
    PROJECTS_WITH_DOCUMENTS = "SELECT DISTINCT project_id FROM generations ORDER BY project_id";
    TEXT_HASHES = "
        SELECT DISTINCT c.text_hash FROM chunks c
        JOIN generations g ON g.document_id = c.document_id AND g.generation = c.generation AND g.state <> 'swept'
        JOIN documents d ON d.id = c.document_id
        WHERE d.project_id = $1";
    EXPIRED_PROJECTS = "
        SELECT id FROM projects WHERE deleted_at < $1 AND purged_at IS NULL ORDER BY id LIMIT $2";
}

/// One generation, and how much of it is in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stock {
    pub project: ProjectId,
    pub document: DocumentId,
    pub generation: i64,
    pub state: GenerationState,
    pub blob: String,
    /// Of the original, as it was uploaded.
    pub sha256: String,
    pub size: i64,
    /// As published.
    pub chunk_count: i64,
    /// Rows there are.
    pub chunks: i64,
}

#[derive(sqlx::FromRow)]
struct StockRow {
    project_id: i64,
    document_id: i64,
    generation: i64,
    state: String,
    blob: String,
    sha256: String,
    size: i64,
    chunk_count: i64,
    chunks: i64,
}

impl<S: Operates> Tx<S> {
    /// How many chunks searches can show, in all projects.
    pub async fn count_live_chunks(&mut self) -> Result<i64, StoreError> {
        Ok(fetch_one!(self, (i64,), COUNT_LIVE_CHUNKS)?.0)
    }
}

impl Tx {
    /// All generations, in order, after that one.
    pub async fn all_generations(
        &mut self,
        (document, generation): (DocumentId, i64),
        limit: i64,
    ) -> Result<Vec<Stock>, StoreError> {
        let rows = fetch_all!(self, StockRow, ALL_GENERATIONS, document.get(), generation, limit)?;
        rows.into_iter().map(Stock::try_from).collect()
    }

    /// Live generations of a project or of all, by document, after that one.
    pub async fn generations_to_index(
        &mut self,
        project: Option<ProjectId>,
        after: DocumentId,
        limit: i64,
    ) -> Result<Vec<(ProjectId, DocumentId, i64)>, StoreError> {
        let project = project.map(ProjectId::get);
        let rows = fetch_all!(self, (i64, i64, i64), LIVE, after.get(), limit, project)?;
        Ok(rows.into_iter().map(|(p, d, generation)| (p.into(), d.into(), generation)).collect())
    }

    /// Generations that are being read, and those that are to be removed.
    pub async fn unpublished(&mut self) -> Result<Vec<(ProjectId, DocumentId, i64)>, StoreError> {
        let rows = fetch_all!(self, (i64, i64, i64), UNPUBLISHED)?;
        Ok(rows.into_iter().map(|(p, d, generation)| (p.into(), d.into(), generation)).collect())
    }

    /// The projects that have documents, in whatever state.
    pub async fn projects_with_documents(&mut self) -> Result<Vec<ProjectId>, StoreError> {
        let rows = fetch_all!(self, (i64,), PROJECTS_WITH_DOCUMENTS)?;
        Ok(rows.into_iter().map(|(id,)| id.into()).collect())
    }

    /// The hashes of all texts of a project's chunks that searches show, or will.
    pub async fn text_hashes(&mut self, project: ProjectId) -> Result<Vec<String>, StoreError> {
        let rows = fetch_all!(self, (String,), TEXT_HASHES, project.get())?;
        Ok(rows.into_iter().map(|(hash,)| hash).collect())
    }

    /// Projects that were hidden before that moment and may not be restored any more.
    pub async fn expired_projects(
        &mut self,
        before: Timestamp,
        limit: i64,
    ) -> Result<Vec<ProjectId>, StoreError> {
        let rows = fetch_all!(self, (i64,), EXPIRED_PROJECTS, before.micros(), limit)?;
        Ok(rows.into_iter().map(|(id,)| id.into()).collect())
    }
}

impl TryFrom<StockRow> for Stock {
    type Error = StoreError;

    fn try_from(row: StockRow) -> Result<Self, StoreError> {
        Ok(Self {
            project: row.project_id.into(),
            document: row.document_id.into(),
            generation: row.generation,
            state: word(GenerationState::by_name(&row.state), &row.state, "the state of a generation")?,
            blob: row.blob,
            sha256: row.sha256,
            size: row.size,
            chunk_count: row.chunk_count,
            chunks: row.chunks,
        })
    }
}
