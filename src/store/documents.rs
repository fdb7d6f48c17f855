//! Documents: what was uploaded, in which versions, and where each stands.
//!
//! Every question goes through the project and the caller's membership in it. A version is a generation; the rows here
//! show the newest one, while searches show the live one.

use super::error::{StoreError, word};
use super::found::readable_pages;
use super::rights::role_in;
use super::side::{Seen, Side};
use super::statement::{fetch_all, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use super::{Listed, Window};
use docent_domain::document::{Document, DocumentError, DocumentStatus, Stage};
use docent_domain::job_kind;
use docent_domain::{Code, DocumentId, ProjectId, Role, Scope, Timestamp};

/// Documents with their newest generation and its latest run. `$1` may reach everything, `$2` is the caller.
macro_rules! documents_where {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.project_id, d.path, d.filename, d.metadata, d.status, d.stage, d.percent, d.generation,
               d.live_generation, d.error_code, d.error_message, d.created_at, d.updated_at,
               g.blob, g.sha256, g.size, g.format, g.page_count, g.word_count, g.chunk_count, g.warnings,
               g.processed_at, COALESCE(r.starts + r.failures, 0) AS attempts, ",
            readable_pages!(),
            ", ",
            role_in!("d.project_id", "$2"),
            " AS role
             FROM documents d
             JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
             JOIN generations g ON g.document_id = d.id AND g.generation = d.generation
             LEFT JOIN runs r ON r.id = (SELECT MAX(x.id) FROM runs x WHERE x.document_id = d.id
                                         AND x.generation = d.generation AND x.kind = '", job_kind!(IngestDocument), "')
             WHERE d.deleted_at IS NULL AND ($1 OR ",
            role_in!("d.project_id", "$2"),
            " IS NOT NULL) AND ",
            $rest
        )
    };
}

macro_rules! count_documents_where {
    ($rest:literal) => {
        concat!(
            "SELECT COUNT(*) FROM documents d
             JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
             WHERE d.deleted_at IS NULL AND ($1 OR ",
            role_in!("d.project_id", "$2"),
            " IS NOT NULL) AND ",
            $rest
        )
    };
}

statements! {
    DOCUMENT = documents_where!("d.id = $3");
    DOCUMENT_BY_HASH = documents_where!("d.project_id = $3 AND g.sha256 = $4 ORDER BY d.id LIMIT 1");
    DOCUMENT_BY_PATH = documents_where!("d.project_id = $3 AND d.path = $4 ORDER BY d.id DESC LIMIT 1");
    DOCUMENTS = documents_where!("d.project_id = $3 ORDER BY d.id DESC LIMIT $4 OFFSET $5");
    COUNT_DOCUMENTS = count_documents_where!("d.project_id = $3");
    DOCUMENTS_AFTER = documents_where!("d.project_id = $3 AND d.id > $4 ORDER BY d.id LIMIT $5");
    DOCUMENTS_IN_STATUS =
        documents_where!("d.project_id = $3 AND d.status = $6 ORDER BY d.id DESC LIMIT $4 OFFSET $5");
    COUNT_DOCUMENTS_IN_STATUS = count_documents_where!("d.project_id = $3 AND d.status = $4");
    /// `$6` is a pattern made by [`containing`].
    DOCUMENTS_NAMED = documents_where!(
        "d.project_id = $3 AND LOWER(d.filename) LIKE LOWER($6) ESCAPE '\\' ORDER BY d.id DESC LIMIT $4 OFFSET $5"
    );
    COUNT_DOCUMENTS_NAMED =
        count_documents_where!("d.project_id = $3 AND LOWER(d.filename) LIKE LOWER($4) ESCAPE '\\'");
}

/// A document together with what the caller is in its project.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundDocument {
    pub document: Document,
    pub role: Role,
    pub seen: Seen<DocumentId>,
    /// The project that it is in.
    pub within: Seen<ProjectId>,
}

/// Which of a project's documents are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentFilter<'a> {
    All,
    Status(DocumentStatus),
    /// Part of the file name, in any case.
    Named(&'a str),
}

impl<S: Side> Tx<S> {
    /// The document, if the caller may see it.
    pub async fn document(
        &mut self,
        scope: &Scope,
        id: DocumentId,
    ) -> Result<Option<FoundDocument>, StoreError> {
        let row =
            fetch_optional!(self, DocumentRow, DOCUMENT, scope.everything(), scope.user().get(), id.get(),)?;
        row.map(|row| row.found(scope)).transpose()
    }

    /// The first document of the project whose newest version has these bytes.
    pub async fn document_by_hash(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        sha256: &str,
    ) -> Result<Option<Document>, StoreError> {
        let row = fetch_optional!(
            self,
            DocumentRow,
            DOCUMENT_BY_HASH,
            scope.everything(),
            scope.user().get(),
            project.get(),
            sha256,
        )?;
        row.map(DocumentRow::document).transpose()
    }

    /// The youngest document of the project at that path.
    pub async fn document_by_path(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        path: &str,
    ) -> Result<Option<Document>, StoreError> {
        let row = fetch_optional!(
            self,
            DocumentRow,
            DOCUMENT_BY_PATH,
            scope.everything(),
            scope.user().get(),
            project.get(),
            path,
        )?;
        row.map(DocumentRow::document).transpose()
    }

    /// Up to `limit` documents of the project, oldest first, after that one.
    pub async fn documents_after(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        after: DocumentId,
        limit: i64,
    ) -> Result<Vec<Document>, StoreError> {
        let (all, user) = (scope.everything(), scope.user().get());
        let rows =
            fetch_all!(self, DocumentRow, DOCUMENTS_AFTER, all, user, project.get(), after.get(), limit)?;
        rows.into_iter().map(DocumentRow::document).collect()
    }

    /// The project's documents, youngest first.
    pub async fn documents(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        filter: DocumentFilter<'_>,
        window: Window,
    ) -> Result<Listed<Document>, StoreError> {
        let (all, user, project) = (scope.everything(), scope.user().get(), project.get());
        let Window { skip, limit } = window;
        let (rows, (total,)) = match filter {
            DocumentFilter::All => (
                fetch_all!(self, DocumentRow, DOCUMENTS, all, user, project, limit, skip)?,
                fetch_one!(self, (i64,), COUNT_DOCUMENTS, all, user, project)?,
            ),
            DocumentFilter::Status(status) => (
                fetch_all!(
                    self,
                    DocumentRow,
                    DOCUMENTS_IN_STATUS,
                    all,
                    user,
                    project,
                    limit,
                    skip,
                    status.name()
                )?,
                fetch_one!(self, (i64,), COUNT_DOCUMENTS_IN_STATUS, all, user, project, status.name())?,
            ),
            DocumentFilter::Named(part) => {
                let pattern = containing(part);
                (
                    fetch_all!(
                        self,
                        DocumentRow,
                        DOCUMENTS_NAMED,
                        all,
                        user,
                        project,
                        limit,
                        skip,
                        pattern.as_str()
                    )?,
                    fetch_one!(self, (i64,), COUNT_DOCUMENTS_NAMED, all, user, project, pattern.as_str())?,
                )
            }
        };
        let items = rows.into_iter().map(DocumentRow::document).collect::<Result<_, _>>()?;
        Ok(Listed { items, total })
    }
}

/// A `LIKE` pattern for "contains these characters", whatever they are.
pub(super) fn containing(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

#[derive(sqlx::FromRow)]
struct DocumentRow {
    id: i64,
    project_id: i64,
    path: String,
    filename: String,
    metadata: String,
    status: String,
    stage: String,
    percent: i64,
    generation: i64,
    live_generation: Option<i64>,
    error_code: Option<String>,
    error_message: Option<String>,
    created_at: i64,
    updated_at: i64,
    blob: String,
    sha256: String,
    size: i64,
    format: String,
    page_count: Option<i64>,
    word_count: i64,
    chunk_count: i64,
    warnings: String,
    searchable_pages: Option<i64>,
    embedded_pages: Option<i64>,
    processed_at: Option<i64>,
    attempts: i64,
    role: Option<String>,
}

impl DocumentRow {
    fn found(self, scope: &Scope) -> Result<FoundDocument, StoreError> {
        let role = match self.role.as_deref() {
            _ if scope.everything() => Role::Owner,
            name => word(name.and_then(Role::by_name), name.unwrap_or("no role"), "a member's role")?,
        };
        let (seen, within) = (Seen::new(self.id.into()), Seen::new(self.project_id.into()));
        Ok(FoundDocument { document: self.document()?, role, seen, within })
    }

    fn document(self) -> Result<Document, StoreError> {
        let unreadable = |value: &str| StoreError::Unreadable { value: value.to_owned(), expected: "JSON" };
        let error = self.error_code.map(|code| DocumentError {
            code: Code::by_name(&code).unwrap_or(Code::Internal),
            message: self.error_message.unwrap_or_default(),
        });
        Ok(Document {
            id: self.id.into(),
            project: self.project_id.into(),
            path: self.path,
            filename: self.filename,
            metadata: serde_json::from_str(&self.metadata).map_err(|_| unreadable(&self.metadata))?,
            status: word(DocumentStatus::by_name(&self.status), &self.status, "a document's status")?,
            stage: word(Stage::by_name(&self.stage), &self.stage, "a stage")?,
            percent: self.percent,
            generation: self.generation,
            live_generation: self.live_generation,
            blob: self.blob,
            sha256: self.sha256,
            size: self.size,
            format: self.format,
            page_count: self.page_count,
            searchable_pages: self.searchable_pages,
            embedded_pages: self.embedded_pages,
            word_count: self.word_count,
            chunk_count: self.chunk_count,
            warnings: serde_json::from_str(&self.warnings).map_err(|_| unreadable(&self.warnings))?,
            error,
            attempts: self.attempts,
            created_at: self.created_at.into(),
            updated_at: self.updated_at.into(),
            processed_at: self.processed_at.map(Timestamp::from),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_only_what_was_typed() {
        assert_eq!(containing("50%_\\A"), "%50\\%\\_\\\\A%");
    }
}
