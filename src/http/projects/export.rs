//! `POST /api/projects/{id}/export`: the project as one ZIP file, for its owners and admins. With an original that is
//! damaged or gone there is none: the refusal names it.

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::TryStreamExt;

use crate::access::{Owner, ProjectAccess};
use crate::disposition::attachment;
use crate::services::Services;
use docent_archive::Export;
use docent_auth::audit::{self, Action};
use docent_wire::Refused;

/// Originals, settings, and the chats that the caller may read as a member: not what is private to others, not even
/// for admins. Packed while it is sent; that it was asked for is written down before the first byte.
#[utoipa::path(
    post,
    path = "/projects/{id}/export",
    operation_id = "export_project",
    tag = "Projects",
    params(("id" = i64, Path)),
    responses((status = 200, content_type = "application/zip"))
)]
#[tracing::instrument(name = "http.projects.export", skip_all, fields(project.id = %access.project.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ProjectAccess<Owner>,
) -> Result<Response, Refused> {
    let (project, caller) = (access.project, access.caller);
    let export = Export {
        store: services.store.clone(),
        blobs: services.blobs.clone(),
        scope: caller.scope.clone(),
        project: project.id,
    };
    export.check().await?;
    let target = Some(("project", project.id.get()));
    let mut tx = services.store.begin().await?;
    audit::of_caller(&mut tx, &caller, Action::Exported, target, None, services.clock.now()).await?;
    tx.commit().await?;

    let body = Body::from_stream(export.stream().inspect_err(|error| {
        tracing::warn!(%error, "An export broke off");
    }));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (CONTENT_DISPOSITION, attachment(&format!("{}.zip", project.name))),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, body).into_response())
}
