//! `GET /api/maintenance/check`: whether database, files and index agree.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::blobs::{BlobError, BlobKey};
use crate::domain::{DocumentId, Fault, ProjectId};
use crate::http::access::Operator;
use crate::http::services::Services;
use crate::store::LiveGeneration;
use crate::vectors::Selection;

/// Younger files may belong to an upload that is about to be recorded.
const SETTLED: Duration = Duration::from_secs(3600);
const BATCH: i64 = 500;

#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = Check)]
pub(super) struct CheckView {
    /// Published documents that were looked at.
    documents: usize,
    /// Stored files that no document names.
    files_without_document: usize,
    /// Documents whose original is gone; only uploading it again helps.
    documents_without_file: Vec<i64>,
    /// Documents of which the index holds more or less than the database.
    documents_not_in_index: Vec<i64>,
    /// Deleted or replaced readings that are still to be swept.
    garbage: i64,
    /// What was done about it.
    repaired: usize,
}

/// What a check found, in a form that can be acted upon.
pub(super) struct Findings {
    pub(super) view: CheckView,
    pub(super) strays: Vec<BlobKey>,
    pub(super) unindexed: Vec<DocumentId>,
}

impl CheckView {
    pub(super) fn with_repaired(self, repaired: usize) -> Self {
        Self { repaired, ..self }
    }
}

#[utoipa::path(
    get,
    path = "/maintenance/check",
    operation_id = "check_maintenance",
    tag = "Operators",
    responses((status = 200, body = CheckView))
)]
#[tracing::instrument(name = "http.maintenance.check", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    _operator: Operator,
) -> Result<Json<CheckView>, Fault> {
    Ok(Json(check(&services).await?.view))
}

pub(super) async fn check(services: &Services) -> Result<Findings, Fault> {
    let mut view = CheckView::default();
    let strays = strays(services).await?;
    view.files_without_document = strays.len();
    let (mut unindexed, mut after) = (Vec::new(), DocumentId::from(0));
    loop {
        let batch = services.store.read().await?.published_generations(after, BATCH).await?;
        let Some(last) = batch.last() else { break };
        after = last.document;
        for live in &batch {
            view.documents += 1;
            if is_gone(services, &live.blob).await? {
                view.documents_without_file.push(live.document.get());
            }
            if !is_indexed(services, live).await? {
                view.documents_not_in_index.push(live.document.get());
                unindexed.push(live.document);
            }
        }
    }
    view.garbage = services.store.read().await?.count_garbage().await?;
    Ok(Findings { view, strays, unindexed })
}

async fn strays(services: &Services) -> Result<Vec<BlobKey>, Fault> {
    let mut strays = Vec::new();
    for key in services.blobs.older_than(SETTLED).await? {
        if !services.store.read().await?.blob_in_use(key.as_str()).await? {
            strays.push(key);
        }
    }
    Ok(strays)
}

async fn is_gone(services: &Services, blob: &str) -> Result<bool, Fault> {
    match services.blobs.local(&BlobKey::parse(blob)?).await {
        Ok(_) => Ok(false),
        Err(BlobError::Missing) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

async fn is_indexed(services: &Services, live: &LiveGeneration) -> Result<bool, Fault> {
    let (project, document): (ProjectId, DocumentId) = (live.project, live.document);
    let points = services.index.count(Selection::generation(project, document, live.generation)).await?;
    Ok(i64::try_from(points) == Ok(live.chunks))
}
