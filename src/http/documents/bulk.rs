//! `POST /api/projects/{id}/documents/bulk`: several files at once; each stands for itself.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::DocumentView;
use super::keep::{OnDuplicate, Target, keep};
use super::receive::{Part, Receiver, is_about_the_file};
use crate::access::{Editor, ProjectAccess};
use crate::decode::Query;
use crate::form;
use crate::services::Services;
use docent_domain::Fault;
use docent_wire::Refused;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct BulkQuery {
    /// What to do with files that the project has already: `existing` (the default), `skip`, `replace`, `allow`.
    on_duplicate: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BulkUploaded)]
pub(super) struct BulkView {
    uploaded: Vec<DocumentView>,
    failed: Vec<FailedFile>,
    total: usize,
    successful: usize,
    failed_count: usize,
}

/// A file of several that was refused.
#[derive(Debug, Serialize, ToSchema)]
struct FailedFile {
    filename: String,
    error: String,
    code: &'static str,
}

/// Files are kept one by one as they arrive: a request that breaks off has uploaded the ones before.
#[utoipa::path(
    post,
    path = "/projects/{id}/documents/bulk",
    operation_id = "upload_documents",
    tag = "Documents",
    params(("id" = i64, Path), BulkQuery),
    request_body(content = form::BulkForm, content_type = "multipart/form-data"),
    responses((status = 201, body = BulkView))
)]
#[tracing::instrument(name = "http.documents.bulk", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Editor>,
    Query(query): Query<BulkQuery>,
    request: Request,
) -> Result<(StatusCode, Json<BulkView>), Refused> {
    let on_duplicate = OnDuplicate::parse(query.on_duplicate.as_deref())?;
    let mut receiver = Receiver::open(request, &services, services.limits.bulk_files).await?;
    let (mut uploaded, mut failed) = (Vec::new(), Vec::new());
    while let Some(part) = receiver.next().await? {
        let Part::File { filename, result } = part else { continue };
        let file = match result {
            Ok(file) => file,
            Err(fault) if is_about_the_file(fault.code()) => {
                let (error, code) = (fault.public_detail().to_owned(), fault.code().name());
                failed.push(FailedFile { filename, error, code });
                continue;
            }
            Err(fault) => return Err(Refused(fault)),
        };
        let target = Target {
            caller: &access.caller,
            project: access.project.id,
            seen: access.seen,
            path: &file.filename,
            on_duplicate,
            key: None,
        };
        let kept = keep(&services, &target, &file).await?;
        let found = services.store.read().await?.document(&access.caller.scope, kept.document()).await?;
        uploaded.extend(found.map(|found| DocumentView::from(found.document)));
    }
    if uploaded.is_empty() && failed.is_empty() {
        return Err(Refused(Fault::field(form::FILES, "is required")));
    }
    let (successful, failed_count) = (uploaded.len(), failed.len());
    let total = successful + failed_count;
    Ok((StatusCode::CREATED, Json(BulkView { uploaded, failed, total, successful, failed_count })))
}
