//! A passage that stands behind an answer, or that a search found: the same on every door.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

use docent_domain::source::Source;

#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Source)]
pub struct SourceView<'a> {
    #[schema(value_type = String)]
    id: Cow<'a, str>,
    #[schema(value_type = String)]
    content: Cow<'a, str>,
    metadata: SourceMetadataView<'a>,
    /// 0 to 1, higher is better.
    score: f64,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = SourceMetadata)]
struct SourceMetadataView<'a> {
    document_id: i64,
    #[schema(value_type = String)]
    filename: Cow<'a, str>,
    generation: i64,
    /// 1-based; null where the format has no pages.
    page: Option<i64>,
    /// 0-based place of the passage in its document.
    chunk_index: i64,
    /// Offsets in Unicode code points into the document's text; `end` is exclusive.
    start: i64,
    end: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    heading: Option<Cow<'a, str>>,
    /// Only where its document was still being read when this was found, for the first time: what else stands in it
    /// could not be found yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    partial: Option<bool>,
    /// Only where the document is deleted: the text and the heading of the passage are gone with it, and so is its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted: Option<bool>,
}

impl<'a> SourceView<'a> {
    pub fn all(sources: &'a [Source]) -> Vec<Self> {
        sources.iter().map(Self::of).collect()
    }

    fn of(source: &'a Source) -> Self {
        let metadata = SourceMetadataView {
            document_id: source.document.get(),
            filename: Cow::Borrowed(&source.filename),
            generation: source.generation,
            page: source.page,
            chunk_index: source.chunk_index,
            start: source.start,
            end: source.end,
            heading: source.heading.as_deref().map(Cow::Borrowed),
            partial: source.partial.then_some(true),
            deleted: source.deleted.then_some(true),
        };
        let (id, content) = (Cow::Borrowed(source.id.as_str()), Cow::Borrowed(source.content.as_str()));
        Self { id, content, metadata, score: source.score }
    }
}

impl SourceView<'static> {
    /// For answers that outlive what was found.
    pub fn taken(sources: Vec<Source>) -> Vec<Self> {
        sources.into_iter().map(Self::from).collect()
    }
}

impl From<Source> for SourceView<'static> {
    fn from(source: Source) -> Self {
        let metadata = SourceMetadataView {
            document_id: source.document.get(),
            filename: Cow::Owned(source.filename),
            generation: source.generation,
            page: source.page,
            chunk_index: source.chunk_index,
            start: source.start,
            end: source.end,
            heading: source.heading.map(Cow::Owned),
            partial: source.partial.then_some(true),
            deleted: source.deleted.then_some(true),
        };
        Self { id: Cow::Owned(source.id), content: Cow::Owned(source.content), metadata, score: source.score }
    }
}
