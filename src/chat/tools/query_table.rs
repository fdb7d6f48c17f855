//! `query_table`: the model has a table of a document computed, and does not add up by itself.

use serde_json::Value;

use super::BuiltIn;
use super::arguments::optional_integer;
use super::desk::{Desk, Outcome, failed};
use crate::tables::query::{query, schema};
use crate::ways::{Whole, source};
use docent_domain::source::Source;
use docent_domain::{DocumentId, Scope};
use docent_store::{ForCallers, Store, StoreError};

/// Passages that are shown beside a result.
const PASSAGES: usize = 2;

const MISSING: &str = "there is no such document in this project, or it is too long to compute with";

/// What a model is told of it, in a chat and elsewhere.
pub const DESCRIPTION: &str = "Computes from a table of a document: counts rows, adds up, averages, finds the highest or \
    lowest value, or lists rows, with conditions on columns. Call it without an operation to see which tables and columns a \
    document has. Use it for every number that has to be counted or calculated.";

pub(super) const TOOL: BuiltIn = BuiltIn {
    name: "query_table",
    description: DESCRIPTION,
    parameters: schema,
    run: |desk, arguments| Box::pin(run(desk, arguments)),
};

async fn run(desk: &Desk<'_>, arguments: &Value) -> Result<Outcome, String> {
    let id = optional_integer(arguments, "document_id", 1, i64::MAX)?.ok_or("`document_id` is missing")?;
    let document = DocumentId::from(id);
    if !desk.is_wanted(document) {
        return Err(MISSING.to_owned());
    }
    let mut tx = desk.store.read().await.map_err(failed)?;
    let whole = Whole::read(&mut tx, desk.scope, desk.project, document).await.map_err(failed)?;
    drop(tx);
    let whole = whole.ok_or(MISSING)?;
    let queried = query(&whole.tables(), arguments)?;
    let mut passages: Vec<Source> = Vec::new();
    for chunk in queried.starts.iter().filter_map(|start| whole.passage(*start)) {
        if passages.len() < PASSAGES && passages.iter().all(|known| known.chunk_index != chunk.position) {
            passages.push(source(chunk));
        }
    }
    if passages.is_empty() {
        return desk.given(queried.told);
    }
    let mut result = desk.passages(passages, &queried.told.to_string())?;
    result.shown = queried.told;
    Ok(result)
}

/// The same outside a chat: what a document's tables are, or what is computed from one. The inner error is a sentence
/// for who asks.
pub async fn query_table(
    store: &Store<ForCallers>,
    scope: &Scope,
    project: docent_domain::ProjectId,
    document: DocumentId,
    wanted: Value,
) -> Result<Result<Value, String>, StoreError> {
    let mut tx = store.read().await?;
    let whole = Whole::read(&mut tx, scope, project, document).await?;
    drop(tx);
    let Some(whole) = whole else { return Ok(Err(MISSING.to_owned())) };
    // Long tables take a while: others have their turn meanwhile.
    let queried = tokio::task::spawn_blocking(move || query(&whole.tables(), &wanted));
    let queried = queried.await.unwrap_or_else(|_| Err("this table cannot be computed with".to_owned()));
    Ok(queried.map(|queried| queried.told))
}
