//! `GET /api/documents/{id}/content`: the text as it was read, page by page. Of a document that is being read for the first
//! time, pages that are asked for a few at a time are embedded before the others.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::access::{DocumentAccess, Viewer};
use crate::decode::Query;
use crate::services::Services;
use crate::wire::{Number, QueryFlag};
use docent_domain::Fault;
use docent_store::{PageSight, SpooledPage};
use docent_wire::Refused;

/// Pages of one answer, unless fewer are asked for.
const PAGES: i64 = 1000;
/// Who asks for more pages at once takes the whole document, and opens none of them.
const OPENED: i64 = 32;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ContentQuery {
    /// Only pages with a higher number than this: go on with the `next_after` of the answer before.
    #[param(value_type = Option<i64>, minimum = 0)]
    after: Option<Number>,
    /// At most 1000 pages.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 1000)]
    limit: Option<Number>,
    /// Whether to tell where the words of recognised pages stand.
    #[param(value_type = Option<bool>)]
    words: Option<QueryFlag>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DocumentContent)]
pub(super) struct ContentView {
    document_id: i64,
    filename: String,
    /// The version that was read: the live one if there is one, else the newest.
    generation: i64,
    /// The text of `pages`, joined by empty lines.
    content: String,
    pages: Vec<PageView>,
    /// Where to go on if there are more pages.
    next_after: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
struct PageView {
    /// 1-based: page, slide, sheet or chapter.
    number: i64,
    /// Whether the number is a page that can be cited.
    numbered: bool,
    /// In Unicode code points, into the text of the whole document.
    start: i64,
    /// In Unicode code points.
    length: usize,
    /// `text`, `ocr` (read from a picture), `empty`, `garbled` or `needs_ocr` (a picture that was not read).
    verdict: &'static str,
    warning: Option<String>,
    /// Of a page that was read from its picture, or that has pictures with text: how sure its recogniser was, 0 to 1.
    confidence: Option<f64>,
    /// With `words`: where each word of the picture stands.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<WordView>,
}

/// A word on the picture of a page.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PageWord)]
struct WordView {
    /// In Unicode code points, into the text of the page.
    start: i64,
    /// In Unicode code points.
    length: i64,
    /// Left, top, right, bottom, as shares of the page (0 to 1).
    area: [f64; 4],
}

#[utoipa::path(
    get,
    path = "/documents/{id}/content",
    operation_id = "document_content",
    tag = "Documents",
    params(("id" = i64, Path), ContentQuery),
    responses((status = 200, body = ContentView))
)]
#[tracing::instrument(name = "http.documents.content", skip_all, fields(document.id = %access.document.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: DocumentAccess<Viewer>,
    Query(query): Query<ContentQuery>,
) -> Result<Json<ContentView>, Refused> {
    let document = access.document;
    let after = query.after.map_or(0, |number| number.0);
    let limit = query.limit.map_or(PAGES, |number| number.0);
    if !(1..=PAGES).contains(&limit) {
        return Err(Refused(Fault::field("limit", "must be 1 to 1000")));
    }
    let generation = document.live_generation.unwrap_or(document.generation);
    let mut tx = services.store.read().await?;
    // One more than asked for tells whether there are more.
    let mut pages = tx.pages(access.seen, generation, after, limit + 1).await?;
    let more = i64::try_from(pages.len()).is_ok_and(|count| count > limit);
    if more {
        pages.pop();
    }
    if document.live_generation.is_none()
        && limit <= OPENED
        && let Some(attention) = services.retriever.attention()
    {
        attention.opened(document.id, generation, pages.iter().map(|page| page.number));
    }
    let sights = tx.page_sights(access.seen, generation, after, limit).await?;
    let next_after = pages.last().filter(|_| more).map(|page| page.number);
    let words = query.words.is_some_and(|flag| flag.0);
    let content = pages.iter().map(|page| page.text.as_str()).collect::<Vec<_>>().join("\n\n");
    Ok(Json(ContentView {
        document_id: document.id.get(),
        filename: document.filename,
        generation,
        content,
        pages: pages.into_iter().map(|page| PageView::new(page, &sights, words)).collect(),
        next_after,
    }))
}

impl PageView {
    fn new(page: SpooledPage, sights: &[PageSight], words: bool) -> Self {
        let sight = sights.iter().find(|sight| sight.number == page.number);
        Self {
            number: page.number,
            numbered: page.numbered,
            start: page.start_offset,
            length: page.text.chars().count(),
            verdict: page.verdict.name(),
            warning: page.warning,
            confidence: sight.map(|sight| sight.confidence as f64 / 1000.0),
            words: sight.filter(|_| words).map(words_of).unwrap_or_default(),
        }
    }
}

fn words_of(sight: &PageSight) -> Vec<WordView> {
    let share = |part: i64| part as f64 / 10_000.0;
    let word = |&[start, length, left, top, right, bottom]: &[i64; 6]| WordView {
        start,
        length,
        area: [left, top, right, bottom].map(share),
    };
    sight.words.iter().map(word).collect()
}
