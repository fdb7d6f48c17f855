//! A passage that stands behind an answer, as every door in the namespace `/` shows it.

use serde::Serialize;
use utoipa::ToSchema;

use docent_domain::source::Source;

#[derive(Serialize, ToSchema)]
#[schema(as = Source)]
pub(super) struct SourceView<'a> {
    id: &'a str,
    content: &'a str,
    metadata: SourceMetadataView<'a>,
    score: f64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SourceMetadata)]
struct SourceMetadataView<'a> {
    document_id: i64,
    filename: &'a str,
    generation: i64,
    page: Option<i64>,
    chunk_index: i64,
    start: i64,
    end: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<&'a str>,
}

impl<'a> SourceView<'a> {
    pub(super) fn all(sources: &'a [Source]) -> Vec<Self> {
        sources.iter().map(Self::new).collect()
    }

    fn new(source: &'a Source) -> Self {
        let metadata = SourceMetadataView {
            document_id: source.document.get(),
            filename: &source.filename,
            generation: source.generation,
            page: source.page,
            chunk_index: source.chunk_index,
            start: source.start,
            end: source.end,
            heading: source.heading.as_deref(),
        };
        Self { id: &source.id, content: &source.content, metadata, score: source.score }
    }
}
