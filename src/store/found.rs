//! What a search may show: the index proposes, these statements decide.

use std::collections::HashMap;

use super::error::StoreError;
use super::rights::role_in;
use super::side::Side;
use super::statement::{IDS, fetch_all_in, ids, padded, statements};
use super::tx::Tx;
use docent_domain::{DocumentId, ProjectId, Scope};

/// How many chunks one statement asks for.
const TRIPLES: usize = 16;

statements! {
    LIVE_GENERATIONS = concat!(
        "SELECT d.id, d.live_generation FROM documents d
         JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
         WHERE d.deleted_at IS NULL AND d.live_generation IS NOT NULL AND d.project_id = $65
           AND ($66 OR ", role_in!("$65", "$67"), " IS NOT NULL)
           AND d.id IN (", ids!(), ")");
    LIVE_CHUNKS = concat!("
        WITH asked (document_id, generation, place) AS (VALUES
            (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT)), ($4, $5, $6), ($7, $8, $9),
            ($10, $11, $12), ($13, $14, $15), ($16, $17, $18), ($19, $20, $21), ($22, $23, $24), ($25, $26, $27),
            ($28, $29, $30), ($31, $32, $33), ($34, $35, $36), ($37, $38, $39), ($40, $41, $42), ($43, $44, $45),
            ($46, $47, $48))
        SELECT c.document_id, c.generation, c.position, d.filename, c.text, c.page, c.heading, c.start_offset,
               c.end_offset
        FROM asked a
        JOIN documents d ON d.id = a.document_id AND d.live_generation = a.generation AND d.deleted_at IS NULL
        JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
        JOIN chunks c ON c.document_id = a.document_id AND c.generation = a.generation AND c.position = a.place
        WHERE d.project_id = $49
          AND ($50 OR ", role_in!("$49", "$51"), " IS NOT NULL)");
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
}

impl<S: Side> Tx<S> {
    /// For each of the documents that the caller may see in this project, the generation that searches show.
    pub async fn live_generations(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        documents: &[DocumentId],
    ) -> Result<HashMap<DocumentId, i64>, StoreError> {
        let mut found = HashMap::new();
        for part in padded(documents.iter().map(|document| document.get())) {
            let part: [i64; IDS] = part;
            let (all, user) = (scope.everything(), scope.user().get());
            let rows = fetch_all_in!(self, (i64, i64), LIVE_GENERATIONS, part, project.get(), all, user)?;
            found.extend(rows.into_iter().map(|(document, generation)| (document.into(), generation)));
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
            let mut numbers = [-1; TRIPLES * 3];
            for (three, (document, generation, position)) in numbers.chunks_mut(3).zip(part) {
                three.copy_from_slice(&[document.get(), *generation, *position]);
            }
            let (all, user) = (scope.everything(), scope.user().get());
            let rows = fetch_all_in!(self, ShownChunk, LIVE_CHUNKS, numbers, project.get(), all, user)?;
            found.extend(rows);
        }
        Ok(found)
    }
}
