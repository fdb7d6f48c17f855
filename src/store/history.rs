//! The versions of a document: the newest, the one that searches show, and older ones that are kept with their originals and passages.

use super::error::{StoreError, word};
use super::found::ShownChunk;
use super::rights::role_in;
use super::side::Side;
use super::statement::{execute, fetch_all, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use super::{Listed, Window};
use docent_domain::document::{DocumentVersion, GenerationState};
use docent_domain::{DocumentId, ProjectId, Scope, Timestamp};

/// `$1` may reach everything, `$2` is the caller, `$3` the document.
macro_rules! versions_where {
    ($wanted:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $wanted,
            " FROM generations g
             JOIN documents d ON d.id = g.document_id AND d.deleted_at IS NULL
             JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
             WHERE g.document_id = $3 AND ($1 OR ",
            role_in!("d.project_id", "$2"),
            " IS NOT NULL) ",
            $rest
        )
    };
}

macro_rules! whole_versions_where {
    ($rest:literal) => {
        versions_where!(
            "g.generation, g.state, g.filename, g.blob, g.sha256, g.size, g.format, g.page_count, g.word_count,
             g.chunk_count, g.created_at, g.processed_at",
            $rest
        )
    };
}

statements! {
    VERSIONS = whole_versions_where!("ORDER BY g.generation DESC LIMIT $4 OFFSET $5");
    VERSION = whole_versions_where!("AND g.generation = $4");
    VERSION_PASSAGES = concat!("
        SELECT c.document_id, c.generation, c.position, g.filename, c.text, c.page, c.heading, c.start_offset,
               c.end_offset, c.language, c.header, g.title, FALSE AS partial
        FROM generations g
        JOIN documents d ON d.id = g.document_id AND d.deleted_at IS NULL
        JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
        JOIN chunks c ON c.document_id = g.document_id AND c.generation = g.generation
        WHERE g.document_id = $3 AND g.generation = $4 AND g.processed_at IS NOT NULL
          AND ($1 OR ", role_in!("d.project_id", "$2"), " IS NOT NULL)
        ORDER BY c.position LIMIT $5");
    /// Documents whose live version has taken the place of another one that is kept.
    RENEWED = concat!("
        SELECT d.id FROM documents d
        JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
        JOIN generations g ON g.document_id = d.id AND g.generation = d.live_generation
        WHERE d.deleted_at IS NULL AND d.project_id = $3
          AND ($1 OR ", role_in!("$3", "$2"), " IS NOT NULL)
          AND EXISTS (SELECT 1 FROM generations o
                      WHERE o.document_id = d.id AND o.generation < g.generation AND o.processed_at IS NOT NULL
                        AND o.sha256 <> g.sha256)
        ORDER BY g.processed_at DESC, d.id DESC LIMIT $4");
    COUNT_VERSIONS = versions_where!("COUNT(*)", "");
    /// Also locks the row until the end of the transaction, so that nobody deletes the document in between.
    HOLD_DOCUMENT = "UPDATE documents SET generation = generation WHERE id = $1 AND deleted_at IS NULL";
    /// Readings of the same bytes are one version, and its newest reading stands for it.
    KEEPS_ORIGINAL = "
        SELECT COUNT(*) FROM generations g
        WHERE g.document_id = $1 AND g.generation = $2
          AND NOT EXISTS (SELECT 1 FROM generations n
                          WHERE n.document_id = $1 AND n.generation > $2 AND n.sha256 = g.sha256)
          AND (SELECT COUNT(DISTINCT n.sha256) FROM generations n
               WHERE n.document_id = $1 AND n.generation > $2) <= $3";
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    generation: i64,
    state: String,
    filename: String,
    blob: String,
    sha256: String,
    size: i64,
    format: String,
    page_count: Option<i64>,
    word_count: i64,
    chunk_count: i64,
    created_at: i64,
    processed_at: Option<i64>,
}

impl<S: Side> Tx<S> {
    /// The versions of a document that the caller may see, newest first.
    pub async fn versions(
        &mut self,
        scope: &Scope,
        document: DocumentId,
        window: Window,
    ) -> Result<Listed<DocumentVersion>, StoreError> {
        let (all, user, id) = (scope.everything(), scope.user().get(), document.get());
        let rows = fetch_all!(self, VersionRow, VERSIONS, all, user, id, window.limit, window.skip)?;
        let items: Vec<_> = rows.into_iter().map(DocumentVersion::try_from).collect::<Result<_, _>>()?;
        let (total,) = fetch_one!(self, (i64,), COUNT_VERSIONS, all, user, id)?;
        Ok(Listed { items, total })
    }

    /// One of them.
    pub async fn version(
        &mut self,
        scope: &Scope,
        document: DocumentId,
        generation: i64,
    ) -> Result<Option<DocumentVersion>, StoreError> {
        let (all, user) = (scope.everything(), scope.user().get());
        let row = fetch_optional!(self, VersionRow, VERSION, all, user, document.get(), generation)?;
        row.map(DocumentVersion::try_from).transpose()
    }

    /// The passages of a version that searches show or once showed, in their order. Those of an older one may be gone, or
    /// going: they are whole if there are as many as its `chunk_count`.
    pub async fn version_passages(
        &mut self,
        scope: &Scope,
        document: DocumentId,
        generation: i64,
        limit: i64,
    ) -> Result<Vec<ShownChunk>, StoreError> {
        let (all, user) = (scope.everything(), scope.user().get());
        fetch_all!(self, ShownChunk, VERSION_PASSAGES, all, user, document.get(), generation, limit)
    }

    /// The documents of a project that the caller may see with another version before the live one, the latest change first.
    pub async fn renewed_documents(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        limit: i64,
    ) -> Result<Vec<DocumentId>, StoreError> {
        let (all, user) = (scope.everything(), scope.user().get());
        let rows = fetch_all!(self, (i64,), RENEWED, all, user, project.get(), limit)?;
        Ok(rows.into_iter().map(|(id,)| id.into()).collect())
    }
}

impl Tx {
    /// Whether a generation that searches show no more keeps its original: the document stands, and this is its
    /// newest version or one of the `older` before that. It stays so until the end of this transaction.
    pub async fn keeps_original(
        &mut self,
        document: DocumentId,
        generation: i64,
        older: i64,
    ) -> Result<bool, StoreError> {
        if execute!(self, HOLD_DOCUMENT, document.get())? == 0 {
            return Ok(false);
        }
        Ok(fetch_one!(self, (i64,), KEEPS_ORIGINAL, document.get(), generation, older)?.0 > 0)
    }
}

impl TryFrom<VersionRow> for DocumentVersion {
    type Error = StoreError;

    fn try_from(row: VersionRow) -> Result<Self, StoreError> {
        Ok(Self {
            generation: row.generation,
            state: word(GenerationState::by_name(&row.state), &row.state, "the state of a generation")?,
            filename: row.filename,
            blob: row.blob,
            sha256: row.sha256,
            size: row.size,
            format: row.format,
            page_count: row.page_count,
            word_count: row.word_count,
            chunk_count: row.chunk_count,
            created_at: row.created_at.into(),
            processed_at: row.processed_at.map(Timestamp::from),
        })
    }
}
