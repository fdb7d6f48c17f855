//! What a search may show: the index proposes, these statements decide.

use std::collections::HashMap;

use super::error::StoreError;
use super::rights::role_in;
use super::side::Side;
use super::statement::{IDS, fetch_all, fetch_all_in, ids, padded, statements};
use super::tx::Tx;
use docent_domain::{DocumentId, ProjectId, Scope};

/// How many chunks one statement asks for.
const TRIPLES: usize = 16;

/// The generation of document `d` that searches show. Without a live one it is the one under way, as far as it is, until
/// it ends or its reading is to be cancelled.
macro_rules! shown {
    () => {
        concat!(
            "CASE WHEN d.live_generation IS NOT NULL THEN d.live_generation
              WHEN d.status IN ('pending', 'processing') AND NOT EXISTS (
                  SELECT 1 FROM runs u
                  WHERE u.document_id = d.id AND u.generation = d.generation
                    AND u.kind = '",
            docent_domain::job_kind!(IngestDocument),
            "' AND u.cancel)
              THEN d.generation END"
        )
    };
}

/// How many pages of the newest version of document `d` (generation `g`) are found by their words, and by their meaning.
macro_rules! readable_pages {
    () => {
        "CASE WHEN d.live_generation = d.generation THEN g.page_count
              WHEN d.live_generation IS NULL AND d.status IN ('pending', 'processing') THEN d.searchable_pages
         END AS searchable_pages,
         CASE WHEN d.live_generation = d.generation THEN g.page_count
              WHEN d.live_generation IS NULL AND d.status IN ('pending', 'processing') THEN d.embedded_pages
         END AS embedded_pages"
    };
}
pub(super) use readable_pages;

/// What searches show of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownGeneration {
    pub generation: i64,
    /// It is still being read, for the first time.
    pub partial: bool,
}

/// The passages of the project `$1` in live generations that the user `$3` may see; `$2`: all of them.
macro_rules! live_passages {
    () => {
        concat!(
            "SELECT c.document_id, c.generation, c.position, d.filename, c.text, c.page, c.heading, c.start_offset,
                    c.end_offset, c.language, c.header, g.title, FALSE AS partial
             FROM documents d
             JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
             JOIN generations g ON g.document_id = d.id AND g.generation = d.live_generation
             JOIN chunks c ON c.document_id = d.id AND c.generation = d.live_generation
             WHERE d.deleted_at IS NULL AND d.project_id = $1 AND ($2 OR ",
            role_in!("$1", "$3"),
            " IS NOT NULL)"
        )
    };
}

/// The chunks that are asked for, as many as [`TRIPLES`]: `$1` to `$48`.
macro_rules! asked {
    () => {
        "WITH asked (document_id, generation, place) AS (VALUES
            (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT)), ($4, $5, $6), ($7, $8, $9),
            ($10, $11, $12), ($13, $14, $15), ($16, $17, $18), ($19, $20, $21), ($22, $23, $24), ($25, $26, $27),
            ($28, $29, $30), ($31, $32, $33), ($34, $35, $36), ($37, $38, $39), ($40, $41, $42), ($43, $44, $45),
            ($46, $47, $48))"
    };
}

statements! {
    LIVE_GENERATIONS = concat!(
        "SELECT d.id, ", shown!(), " AS shown, d.live_generation IS NULL AS partial FROM documents d
         JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
         WHERE d.deleted_at IS NULL AND ", shown!(), " IS NOT NULL AND d.project_id = $65
           AND ($66 OR ", role_in!("$65", "$67"), " IS NOT NULL)
           AND d.id IN (", ids!(), ")");
    LIVE_CHUNKS = concat!(asked!(), "
        SELECT c.document_id, c.generation, c.position, d.filename, c.text, c.page, c.heading, c.start_offset,
               c.end_offset, c.language, c.header, g.title, d.live_generation IS NULL AS partial
        FROM asked a
        JOIN documents d ON d.id = a.document_id AND d.deleted_at IS NULL AND a.generation = ", shown!(), "
        JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
        JOIN generations g ON g.document_id = a.document_id AND g.generation = a.generation
        JOIN chunks c ON c.document_id = a.document_id AND c.generation = a.generation AND c.position = a.place
        WHERE d.project_id = $49
          AND ($50 OR ", role_in!("$49", "$51"), " IS NOT NULL)");
    CHUNKS_IN_OTHERS = concat!(asked!(), "
        SELECT c.document_id, c.generation, c.position, c.text
        FROM asked a
        JOIN documents d ON d.id = a.document_id AND d.project_id = $49
        JOIN chunks c ON c.document_id = a.document_id AND c.generation = a.generation AND c.position = a.place
        WHERE c.language <> $52 AND ($50 OR ", role_in!("$49", "$51"), " IS NOT NULL)");
    LIVE_PASSAGES = concat!(live_passages!(), "
          AND d.id = $4 AND c.position > $5
        ORDER BY c.position LIMIT $6");
    SHOWN_PASSAGES = concat!("
        SELECT c.document_id, c.generation, c.position, d.filename, c.text, c.page, c.heading, c.start_offset,
               c.end_offset, c.language, c.header, g.title, d.live_generation IS NULL AS partial
        FROM documents d
        JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
        JOIN generations g ON g.document_id = d.id AND g.generation = ", shown!(), "
        JOIN chunks c ON c.document_id = d.id AND c.generation = g.generation
        WHERE d.deleted_at IS NULL AND d.project_id = $1
          AND ($2 OR ", role_in!("$1", "$3"), " IS NOT NULL)
          AND d.id = $4
        ORDER BY c.position LIMIT $5");
    LIVE_PASSAGES_BETWEEN = concat!(live_passages!(), "
          AND d.id >= $4 AND d.id <= $5
        ORDER BY c.document_id, c.position LIMIT $6");
    LIVE_SIZES = concat!("
        SELECT d.id, g.chunk_count FROM documents d
        JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
        JOIN generations g ON g.document_id = d.id AND g.generation = d.live_generation
        WHERE d.deleted_at IS NULL AND d.project_id = $1
          AND ($2 OR ", role_in!("$1", "$3"), " IS NOT NULL)
        ORDER BY d.id");
    SHELF = concat!("
        SELECT d.id, d.live_generation, d.filename, u.username, d.created_at, g.page_count, g.format,
               g.chunk_count AS passages, FALSE AS partial
        FROM documents d
        JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
        JOIN users u ON u.id = d.created_by
        JOIN generations g ON g.document_id = d.id AND g.generation = d.live_generation
        WHERE d.deleted_at IS NULL AND d.project_id = $1
          AND ($2 OR ", role_in!("$1", "$3"), " IS NOT NULL)
        ORDER BY d.created_at DESC, d.id DESC LIMIT $4");
    SHOWN_SHELF = concat!("
        SELECT d.id, g.generation AS live_generation, d.filename, u.username, d.created_at, g.page_count, g.format,
               CASE WHEN d.live_generation IS NOT NULL THEN g.chunk_count
                    ELSE (SELECT COUNT(*) FROM chunks c
                          WHERE c.document_id = g.document_id AND c.generation = g.generation)
               END AS passages, d.live_generation IS NULL AS partial
        FROM documents d
        JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
        JOIN users u ON u.id = d.created_by
        JOIN generations g ON g.document_id = d.id AND g.generation = ", shown!(), "
        WHERE d.deleted_at IS NULL AND d.project_id = $1
          AND ($2 OR ", role_in!("$1", "$3"), " IS NOT NULL)
        ORDER BY d.created_at DESC, d.id DESC LIMIT $4");
}

/// A chunk that may be shown at this moment.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ShownChunk {
    pub document_id: i64,
    pub generation: i64,
    pub position: i64,
    pub filename: String,
    pub text: String,
    pub page: Option<i64>,
    pub heading: Option<String>,
    pub start_offset: i64,
    pub end_offset: i64,
    /// ISO 639-1.
    pub language: Option<String>,
    /// The names of the columns of the rows that it begins with, where their header stands before it.
    pub header: Option<String>,
    /// What its document calls itself.
    pub title: Option<String>,
    /// Its document is still being read, for the first time.
    pub partial: bool,
}

/// A document that can be searched, and how it came there.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Shelved {
    pub id: i64,
    /// The one that searches show.
    pub live_generation: i64,
    pub filename: String,
    /// Who added it.
    pub username: String,
    /// Microseconds of UTC.
    pub created_at: i64,
    pub page_count: Option<i64>,
    pub format: String,
    /// How many there are of it so far.
    pub passages: i64,
    /// It is still being read, for the first time.
    pub partial: bool,
}

impl<S: Side> Tx<S> {
    /// The passages of a document that was read to its end, in their order, as far as searches show them to the caller: those
    /// behind the place `after`, which is -1 for all.
    pub async fn live_passages(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        document: DocumentId,
        after: i64,
        limit: i64,
    ) -> Result<Vec<ShownChunk>, StoreError> {
        let (all, user) = (scope.everything(), scope.user().get());
        let (project, document) = (project.get(), document.get());
        fetch_all!(self, ShownChunk, LIVE_PASSAGES, project, all, user, document, after, limit)
    }

    /// The same of all documents with ids from the one to the other.
    pub async fn live_passages_between(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        (from, to): (DocumentId, DocumentId),
        limit: i64,
    ) -> Result<Vec<ShownChunk>, StoreError> {
        let (all, user) = (scope.everything(), scope.user().get());
        let (project, from, to) = (project.get(), from.get(), to.get());
        fetch_all!(self, ShownChunk, LIVE_PASSAGES_BETWEEN, project, all, user, from, to, limit)
    }

    /// The documents that were read to their end and that searches show to the caller, by their ids, with how many passages
    /// each has.
    pub async fn live_sizes(
        &mut self,
        scope: &Scope,
        project: ProjectId,
    ) -> Result<Vec<(DocumentId, i64)>, StoreError> {
        let (all, user) = (scope.everything(), scope.user().get());
        let rows = fetch_all!(self, (i64, i64), LIVE_SIZES, project.get(), all, user)?;
        Ok(rows.into_iter().map(|(document, passages)| (document.into(), passages)).collect())
    }

    /// The documents that were read to their end and that searches show to the caller, the youngest first.
    pub async fn shelf(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        limit: i64,
    ) -> Result<Vec<Shelved>, StoreError> {
        let (all, user) = (scope.everything(), scope.user().get());
        fetch_all!(self, Shelved, SHELF, project.get(), all, user, limit)
    }

    /// The same with those that are still being read for the first time.
    pub async fn shown_shelf(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        limit: i64,
    ) -> Result<Vec<Shelved>, StoreError> {
        let (all, user) = (scope.everything(), scope.user().get());
        fetch_all!(self, Shelved, SHOWN_SHELF, project.get(), all, user, limit)
    }

    /// The passages of a document, in their order, as far as searches show them to the caller: also of one that is still being
    /// read for the first time, those that there are.
    pub async fn shown_passages(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        document: DocumentId,
        limit: i64,
    ) -> Result<Vec<ShownChunk>, StoreError> {
        let (all, user) = (scope.everything(), scope.user().get());
        fetch_all!(self, ShownChunk, SHOWN_PASSAGES, project.get(), all, user, document.get(), limit)
    }

    /// For each of the documents that the caller may see in this project, the generation that searches show: the live one, or
    /// the one under way of a document that has none yet.
    pub async fn live_generations(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        documents: &[DocumentId],
    ) -> Result<HashMap<DocumentId, ShownGeneration>, StoreError> {
        let mut found = HashMap::new();
        for part in padded(documents.iter().map(|document| document.get())) {
            let part: [i64; IDS] = part;
            let (all, user) = (scope.everything(), scope.user().get());
            let rows =
                fetch_all_in!(self, (i64, i64, bool), LIVE_GENERATIONS, part, project.get(), all, user)?;
            let shown = |(document, generation, partial): (i64, _, _)| {
                (DocumentId::from(document), ShownGeneration { generation, partial })
            };
            found.extend(rows.into_iter().map(shown));
        }
        Ok(found)
    }

    /// Those of the chunks (document, generation, position) that searches show to the caller, in any order.
    pub async fn live_chunks(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        chunks: &[(DocumentId, i64, i64)],
    ) -> Result<Vec<ShownChunk>, StoreError> {
        let mut found = Vec::with_capacity(chunks.len());
        for part in chunks.chunks(TRIPLES) {
            let numbers = numbers_of(part);
            let (all, user) = (scope.everything(), scope.user().get());
            let rows = fetch_all_in!(self, ShownChunk, LIVE_CHUNKS, numbers, project.get(), all, user)?;
            found.extend(rows);
        }
        Ok(found)
    }

    /// Those of the chunks (document, generation, position) of a project that the caller sees that are in another language than
    /// `language` (ISO 639-1), with their texts.
    pub async fn chunks_in_others(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        chunks: &[(DocumentId, i64, i64)],
        language: &str,
    ) -> Result<Vec<((DocumentId, i64, i64), String)>, StoreError> {
        type Row = (i64, i64, i64, String);
        let mut found = Vec::with_capacity(chunks.len());
        for part in chunks.chunks(TRIPLES) {
            let numbers = numbers_of(part);
            let (project, all, user) = (project.get(), scope.everything(), scope.user().get());
            let rows = fetch_all_in!(self, Row, CHUNKS_IN_OTHERS, numbers, project, all, user, language)?;
            let texts = rows.into_iter().map(|(document, generation, position, text)| {
                ((DocumentId::from(document), generation, position), text)
            });
            found.extend(texts);
        }
        Ok(found)
    }
}

/// The binds of one part of a list of chunks, filled up with numbers that no chunk has.
fn numbers_of(part: &[(DocumentId, i64, i64)]) -> [i64; TRIPLES * 3] {
    let mut numbers = [-1; TRIPLES * 3];
    for (three, (document, generation, position)) in numbers.chunks_mut(3).zip(part) {
        three.copy_from_slice(&[document.get(), *generation, *position]);
    }
    numbers
}
