//! `search_documents`: the model looks for passages in other words than the question's.

use serde_json::{Value, json};

use super::BuiltIn;
use super::arguments::{optional_ids, optional_integer, optional_text};
use super::desk::{Desk, Outcome, failed};
use crate::search::Query;
use docent_domain::DocumentId;

/// Characters of a query.
const LONGEST_QUERY: usize = 1_000;

pub(super) const TOOL: BuiltIn = BuiltIn {
    name: "search_documents",
    description: "Searches the documents of this project for passages, by meaning and by words. Use it when the \
                  passages given are not enough, with one aspect of the question at a time.",
    parameters,
    run: |desk, arguments| Box::pin(run(desk, arguments)),
};

fn parameters() -> Value {
    json!({
        "type": "object",
        "properties": {
            "query": {"type": "string", "description": "What to look for."},
            "top_k": {"type": "integer", "minimum": 1, "description": "The most passages to come back with."},
            "document_ids": {
                "type": "array",
                "items": {"type": "integer"},
                "description": "Only these documents.",
            },
        },
        "required": ["query"],
    })
}

async fn run(desk: &Desk<'_>, arguments: &Value) -> Result<Outcome, String> {
    let text = optional_text(arguments, "query", LONGEST_QUERY)?.ok_or("`query` is missing")?;
    let most = i64::try_from(desk.caps.top_k).unwrap_or(i64::MAX);
    let top_k = optional_integer(arguments, "top_k", 1, most)?;
    let wanted: Option<Vec<DocumentId>> = optional_ids(arguments, "document_ids", desk.caps.documents)?;
    let documents = match wanted {
        Some(wanted) => Some(wanted.into_iter().filter(|document| desk.is_wanted(*document)).collect()),
        None => desk.documents.map(<[_]>::to_vec),
    };
    let query = Query {
        project: desk.project,
        text: text.to_owned(),
        top_k: top_k.and_then(|top_k| usize::try_from(top_k).ok()).unwrap_or(desk.top_k),
        documents,
    };
    let searching = desk.search.search(desk.scope, &query);
    let found = tokio::time::timeout(desk.search_timeout, searching).await;
    let found = found.map_err(|_| "the search took too long".to_owned())?.map_err(failed)?;
    // The model reads what was found itself.
    if !found.relevant && !found.doubtful {
        return desk.passages(Vec::new(), "Nothing relevant was found.");
    }
    desk.passages(found.sources, "")
}
