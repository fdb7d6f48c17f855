//! Documents: uploads, what became of them, and the originals.

mod bulk;
mod bulk_delete;
mod cancel;
mod changes;
mod chunks;
mod content;
mod delete;
mod download;
mod get;
mod keep;
mod list;
mod news;
mod original;
mod process;
mod query_table;
pub(super) mod range;
pub(super) mod receive;
mod reprocess;
mod restore;
mod search;
mod update;
mod upload;
mod version;
mod versions;
mod wait;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::services::Services;
use super::wire::Time;
use docent_domain::document::Document;
use docent_domain::{DocumentId, Fault};
use docent_extract::Format;

pub(super) use news::tell_status;
pub(super) use reprocess::read_again;

pub(super) fn routes() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(bulk::handler))
        .routes(routes!(bulk_delete::handler))
        .routes(routes!(cancel::handler))
        .routes(routes!(changes::handler))
        .routes(routes!(chunks::handler))
        .routes(routes!(content::handler))
        .routes(routes!(delete::handler))
        .routes(routes!(download::handler))
        .routes(routes!(get::handler))
        .routes(routes!(list::handler))
        .routes(routes!(process::handler))
        .routes(routes!(query_table::handler))
        .routes(routes!(reprocess::handler))
        .routes(routes!(restore::handler))
        .routes(routes!(search::handler))
        .routes(routes!(update::handler))
        .routes(routes!(upload::handler))
        .routes(routes!(version::handler))
        .routes(routes!(versions::handler))
}

/// A document as clients see it. What belongs to a version is that of the newest one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Document)]
struct DocumentView {
    id: i64,
    project_id: i64,
    filename: String,
    /// Names it within its project: the same path again is a new version.
    path: String,
    file_type: String,
    mime_type: &'static str,
    /// In bytes.
    file_size: i64,
    sha256: String,
    /// `pending`, `processing`, `completed`, `failed` or `cancelled`.
    status: &'static str,
    stage: &'static str,
    /// In percent.
    progress: i64,
    page_count: Option<i64>,
    /// Pages whose passages are found by their words. Before the document is completed only where it is read for the first
    /// time: searches show it as far as it is. Null while searches show an earlier version, or nothing.
    searchable_pages: Option<i64>,
    /// To which page, from the first on, passages are found by their meaning, too. Pages that were asked about or opened come
    /// before their turn, and count when those before them are there.
    embedded_pages: Option<i64>,
    word_count: i64,
    chunk_count: i64,
    error_code: Option<&'static str>,
    error_message: Option<String>,
    attempts: i64,
    created_at: Time,
    updated_at: Time,
    processed_at: Option<Time>,
    /// Which pages have no text, and why.
    warnings: Vec<String>,
    generation: i64,
    doc_metadata: Value,
}

impl From<Document> for DocumentView {
    fn from(document: Document) -> Self {
        let format = Format::by_name(&document.format);
        let (error_code, error_message) = document.error.map(|it| (it.code.name(), it.message)).unzip();
        Self {
            id: document.id.get(),
            project_id: document.project.get(),
            filename: document.filename,
            path: document.path,
            file_type: document.format,
            mime_type: format.map_or("application/octet-stream", Format::mime),
            file_size: document.size,
            sha256: document.sha256,
            status: document.status.name(),
            stage: document.stage.name(),
            progress: document.percent,
            page_count: document.page_count,
            searchable_pages: document.searchable_pages,
            embedded_pages: document.embedded_pages,
            word_count: document.word_count,
            chunk_count: document.chunk_count,
            error_code,
            error_message,
            attempts: document.attempts,
            created_at: Time(document.created_at),
            updated_at: Time(document.updated_at),
            processed_at: document.processed_at.map(Time),
            warnings: document.warnings,
            generation: document.generation,
            doc_metadata: document.metadata,
        }
    }
}

/// One of several that did not work.
#[derive(Debug, Serialize, ToSchema)]
struct FailedId {
    id: i64,
    error: String,
}

/// Does the same with each id, and tells what came of it and what did not work. What is our own trouble ends the
/// request; it can be repeated.
async fn each_by_id<T, W>(
    ids: &[i64],
    work: impl Fn(DocumentId) -> W,
) -> Result<(Vec<T>, Vec<FailedId>), Fault>
where
    W: Future<Output = Result<T, Fault>>,
{
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for &id in ids {
        match work(id.into()).await {
            Ok(result) => done.push(result),
            Err(fault) if fault.code().status() >= 500 => return Err(fault),
            Err(fault) => failed.push(FailedId { id, error: fault.public_detail().to_owned() }),
        }
    }
    Ok((done, failed))
}
