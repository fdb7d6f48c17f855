//! `POST /api/projects/{id}/documents`: keep one uploaded file and queue it for reading.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::DocumentView;
use super::keep::{Kept, OnDuplicate, Target, keep};
use super::receive::{Part, Received, Receiver};
use super::wait;
use crate::access::{Editor, ProjectAccess};
use crate::decode::Query;
use crate::form;
use crate::idempotency::IdempotencyKey;
use crate::services::Services;
use crate::wire::Number;
use docent_domain::document::DocumentStatus;
use docent_domain::{Fault, names};
use docent_wire::Refused;

const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct UploadQuery {
    /// What to do with a file that the project has already: `existing` (the default), `skip`, `replace`, `allow`.
    on_duplicate: Option<String>,
    /// Seconds to wait for the document to be read, at most 30.
    #[param(value_type = Option<i64>, minimum = 0, maximum = 30)]
    wait: Option<Number>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Uploaded)]
pub(super) struct UploadedView {
    document: DocumentView,
    message: &'static str,
    /// Whether the project had the document already.
    duplicate: bool,
}

/// Streams the file to storage, then records it and queues its reading in one transaction. The room hears of it only
/// after the commit. A file whose bytes the project already has is no error: the client gets the document it meant.
#[utoipa::path(
    post,
    path = "/projects/{id}/documents",
    operation_id = "upload_document",
    tag = "Documents",
    params(("id" = i64, Path), UploadQuery, ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = form::UploadForm, content_type = "multipart/form-data"),
    responses((status = 201, body = UploadedView), (status = 200, body = UploadedView))
)]
#[tracing::instrument(name = "http.documents.upload", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Editor>,
    Query(query): Query<UploadQuery>,
    IdempotencyKey(key): IdempotencyKey,
    request: Request,
) -> Result<Response, Refused> {
    let on_duplicate = OnDuplicate::parse(query.on_duplicate.as_deref())?;
    let patience = wait::patience(query.wait, services.limits.longest_wait)?;
    let mut target = Target {
        caller: &access.caller,
        project: access.project.id,
        seen: access.seen,
        path: "",
        on_duplicate,
        key: key.as_deref(),
    };
    let user = access.caller.principal.user;
    let held = target.key.map(|key| services.under_way.hold(user, key)).transpose()?;
    let mut receiver = Receiver::open(request, &services, 1).await?;
    let (file, path) = one_file(&services, &mut receiver).await?;
    target.path = path.as_deref().unwrap_or(&file.filename);
    let kept = keep(&services, &target, &file).await?;
    // What comes again from here on finds the document.
    drop(held);
    let document = wait::until_final(&services, &access.caller.scope, kept.document(), patience).await?;
    let duplicate = matches!(kept, Kept::Existing(_));
    let message = message(kept, document.status);
    let view = UploadedView { document: document.into(), message, duplicate };
    let status = if duplicate { StatusCode::OK } else { StatusCode::CREATED };
    let mut response = (status, Json(view)).into_response();
    if matches!(kept, Kept::Repeated(_)) {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    Ok(response)
}

fn message(kept: Kept, status: DocumentStatus) -> &'static str {
    match (kept, status) {
        (Kept::Existing(_), _) => "The project has this document already",
        (Kept::Repeated(_), _) => "This was uploaded before, under the same Idempotency-Key",
        (_, DocumentStatus::Completed) => "The document was uploaded and read",
        (_, DocumentStatus::Failed) => "The document was uploaded, but could not be read",
        (Kept::New(_), _) => "The document was uploaded and waits to be read",
        (Kept::Version(_), _) => {
            "The new version was uploaded; until it is read, answers come from the old one"
        }
    }
}

/// The form's one file, and its path if one is given. A form that turns out wrong leaves no file behind.
async fn one_file(services: &Services, receiver: &mut Receiver) -> Result<(Received, Option<String>), Fault> {
    let mut file = None;
    let read = read_form(receiver, &mut file).await;
    match (read, file) {
        (Ok(path), Some(file)) => Ok((file, path)),
        (Ok(_), None) => Err(Fault::field(form::FILE, "is required")),
        (Err(fault), file) => {
            if let Some(file) = file {
                // Whatever stays is swept later.
                drop(services.blobs.remove(&file.blob.key).await);
            }
            Err(fault)
        }
    }
}

async fn read_form(receiver: &mut Receiver, file: &mut Option<Received>) -> Result<Option<String>, Fault> {
    let mut path = None;
    while let Some(part) = receiver.next().await? {
        match part {
            Part::File { result, .. } => *file = Some(result?),
            Part::Text { name, text } if name == form::PATH && !text.is_empty() => {
                let cleaned = names::path(&text);
                path = Some(cleaned.ok_or_else(|| {
                    Fault::field(form::PATH, "must be a relative path of at most 1024 characters")
                })?);
            }
            Part::Text { .. } => {}
        }
    }
    Ok(path)
}
