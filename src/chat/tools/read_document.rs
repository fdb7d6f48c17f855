//! `read_document`: a document from a certain place on, passage by passage.

use serde_json::{Value, json};

use super::BuiltIn;
use super::arguments::optional_integer;
use super::desk::{Desk, Outcome, failed};
use docent_domain::DocumentId;
use docent_domain::source::Source;
use docent_store::{ShownChunk, StoreError};

/// Passages of one answer.
const MOST: i64 = 20;

pub(super) const TOOL: BuiltIn = BuiltIn {
    name: "read_document",
    description: "Reads a document of this project passage by passage, from a certain passage on. \
                  `list_documents` and the passages' files tell which there are.",
    parameters,
    run: |desk, arguments| Box::pin(run(desk, arguments)),
};

fn parameters() -> Value {
    json!({
        "type": "object",
        "properties": {
            "document_id": {"type": "integer"},
            "from": {"type": "integer", "minimum": 0, "description": "The first passage, counted from 0."},
            "count": {"type": "integer", "minimum": 1, "maximum": MOST},
        },
        "required": ["document_id"],
    })
}

async fn run(desk: &Desk<'_>, arguments: &Value) -> Result<Outcome, String> {
    const MISSING: &str = "there is no such document in this project";
    let id = optional_integer(arguments, "document_id", 1, i64::MAX)?.ok_or("`document_id` is missing")?;
    let from = optional_integer(arguments, "from", 0, 10_000_000)?.unwrap_or(0);
    let count = optional_integer(arguments, "count", 1, MOST)?.unwrap_or(MOST / 2);
    let document = DocumentId::from(id);
    if !desk.is_wanted(document) {
        return Err(MISSING.to_owned());
    }
    let chunks = passages(desk, document, from, count).await.map_err(failed)?.ok_or(MISSING)?;
    let whole = i64::try_from(chunks.len()).unwrap_or(0) < count;
    let more = if whole {
        "This is the end of the document.".to_owned()
    } else {
        format!("Go on with `from`: {}.", from + count)
    };
    desk.passages(chunks.into_iter().map(source).collect(), &more)
}

/// `None` for what cannot be read: another project's, deleted, or not ready.
async fn passages(
    desk: &Desk<'_>,
    document: DocumentId,
    from: i64,
    count: i64,
) -> Result<Option<Vec<ShownChunk>>, StoreError> {
    let mut tx = desk.store.read().await?;
    let live = tx.live_generations(desk.scope, desk.project, &[document]).await?;
    let Some(shown) = live.get(&document) else { return Ok(None) };
    let places: Vec<_> = (from..from + count).map(|place| (document, shown.generation, place)).collect();
    let mut chunks = tx.live_chunks(desk.scope, desk.project, &places).await?;
    chunks.sort_by_key(|chunk| chunk.position);
    Ok(Some(chunks))
}

/// Nothing was searched, so that nothing can be said of how well it fits.
fn source(chunk: ShownChunk) -> Source {
    Source {
        id: format!("{}:{}:{}", chunk.document_id, chunk.generation, chunk.position),
        content: chunk.text,
        document: chunk.document_id.into(),
        filename: chunk.filename,
        generation: chunk.generation,
        page: chunk.page,
        chunk_index: chunk.position,
        start: chunk.start_offset,
        end: chunk.end_offset,
        heading: chunk.heading,
        score: 0.0,
        partial: chunk.partial,
        deleted: false,
    }
}
