//! A passage on the wire, the same for searches and messages.

use serde::Serialize;
use utoipa::ToSchema;

use docent_domain::source::Source;

#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Source)]
pub(super) struct SourceView {
    id: String,
    content: String,
    metadata: SourceMetadata,
    /// 0 to 1, higher is better.
    score: f64,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
struct SourceMetadata {
    document_id: i64,
    filename: String,
    generation: i64,
    /// 1-based; null where the format has no pages.
    page: Option<i64>,
    /// 0-based place of the passage in its document.
    chunk_index: i64,
    /// Offsets in Unicode code points into the document's text; `end` is exclusive.
    start: i64,
    end: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<String>,
}

impl SourceView {
    pub(super) fn all(sources: Vec<Source>) -> Vec<Self> {
        sources.into_iter().map(Self::from).collect()
    }
}

impl From<Source> for SourceView {
    fn from(source: Source) -> Self {
        Self {
            id: source.id,
            content: source.content,
            metadata: SourceMetadata {
                document_id: source.document.get(),
                filename: source.filename,
                generation: source.generation,
                page: source.page,
                chunk_index: source.chunk_index,
                start: source.start,
                end: source.end,
                heading: source.heading,
            },
            score: source.score,
        }
    }
}
