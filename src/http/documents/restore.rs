//! `POST /api/documents/{id}/versions/{version}/restore`: an older version becomes the newest one.

use axum::Json;
use axum::extract::State;

use super::DocumentView;
use super::news::tell_status;
use crate::access::{DocumentAccess, Editor, VersionPath};
use crate::services::Services;
use docent_domain::{Code, Fault};
use docent_store::NewVersion;
use docent_wire::Refused;

/// Its bytes are read again under a new number; what answers come from stays until that is done.
#[utoipa::path(
    post,
    path = "/documents/{id}/versions/{version}/restore",
    operation_id = "restore_document_version",
    tag = "Documents",
    params(("id" = i64, Path), ("version" = i64, Path)),
    responses(
        (status = 200, body = DocumentView),
        (status = 404, body = crate::Problem, content_type = "application/problem+json"),
        (status = 409, body = crate::Problem, content_type = "application/problem+json")
    )
)]
#[tracing::instrument(name = "http.documents.restore", skip_all, fields(document.id = %access.document.id, version))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: DocumentAccess<Editor>,
    VersionPath(version): VersionPath,
) -> Result<Json<DocumentView>, Refused> {
    let (now, scope, id) = (services.clock.now(), &access.caller.scope, access.document.id);
    let mut tx = services.store.begin().await?;
    tx.lock_project(access.within, now).await?;
    let document = tx.document(scope, id).await?.ok_or_else(|| Fault::not_found("document"))?.document;
    let old = tx.version(scope, id, version).await?.ok_or_else(|| Fault::not_found("version"))?;
    if old.sha256 == document.sha256 {
        return Err(Refused(Fault::new(
            Code::Conflict,
            "This is the newest version already; it can be read again",
        )));
    }
    let again = NewVersion {
        filename: &old.filename,
        blob: &old.blob,
        sha256: &old.sha256,
        size: old.size,
        format: &old.format,
    };
    let generation = tx.insert_version(access.within, id, &again, now).await?;
    generation.ok_or_else(|| Fault::new(Code::Conflict, "The document was deleted meanwhile"))?;
    let found = tx.document(scope, id).await?;
    tx.commit().await?;

    tell_status(&services, id).await;
    Ok(Json(found.ok_or_else(|| Fault::not_found("document"))?.document.into()))
}
