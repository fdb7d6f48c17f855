//! `list_documents`: what there is to read.

use serde_json::{Value, json};

use super::BuiltIn;
use super::arguments::{optional_integer, optional_text};
use super::desk::{Desk, Outcome, failed};
use crate::prompt::label;
use docent_domain::document::Document;
use docent_store::{DocumentFilter, StoreError, Window};

/// Documents of one answer.
const MOST: i64 = 50;

pub(super) const TOOL: BuiltIn = BuiltIn {
    name: "list_documents",
    description: "Lists the documents of this project with their ids, the youngest first.",
    parameters,
    run: |desk, arguments| Box::pin(run(desk, arguments)),
};

fn parameters() -> Value {
    json!({
        "type": "object",
        "properties": {
            "name": {"type": "string", "description": "Only those whose file name contains this."},
            "skip": {"type": "integer", "minimum": 0, "description": "Leave out so many, to see the next ones."},
        },
    })
}

async fn run(desk: &Desk<'_>, arguments: &Value) -> Result<Outcome, String> {
    let name = optional_text(arguments, "name", 200)?;
    let skip = optional_integer(arguments, "skip", 0, 1_000_000)?.unwrap_or(0);
    let (documents, total) = found(desk, name, skip).await.map_err(failed)?;
    let list: Vec<Value> = documents.iter().map(view).collect();
    desk.given(json!({ "documents": list, "total": total }))
}

async fn found(desk: &Desk<'_>, name: Option<&str>, skip: i64) -> Result<(Vec<Document>, i64), StoreError> {
    let mut tx = desk.store.read().await?;
    let Some(wanted) = desk.documents else {
        let filter = name.map_or(DocumentFilter::All, DocumentFilter::Named);
        let listed = tx.documents(desk.scope, desk.project, filter, Window { skip, limit: MOST }).await?;
        return Ok((listed.items, listed.total));
    };
    // The question is about some documents only: those are looked up one by one.
    let mut documents = Vec::new();
    for id in wanted {
        if let Some(found) = tx.document(desk.scope, *id).await?
            && found.document.project == desk.project
            && name.is_none_or(|part| found.document.filename.to_lowercase().contains(&part.to_lowercase()))
        {
            documents.push(found.document);
        }
    }
    let total = i64::try_from(documents.len()).unwrap_or(i64::MAX);
    let page = documents.into_iter().skip(usize::try_from(skip).unwrap_or(usize::MAX));
    Ok((page.take(usize::try_from(MOST).unwrap_or(0)).collect(), total))
}

fn view(document: &Document) -> Value {
    json!({
        "id": document.id.get(),
        "filename": label(&document.filename),
        "pages": document.page_count,
        "readable": document.live_generation.is_some(),
        "updated_at": document.updated_at.to_string(),
    })
}
