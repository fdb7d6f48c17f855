//! `DELETE /api/documents/{id}`: from the answer on, no search finds a chunk of it.

use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::audit::{self, Action};
use crate::domain::Fault;
use crate::domain::event::{News, ProjectEvent};
use crate::http::access::{DocumentAccess, Editor};
use crate::http::services::Services;

#[utoipa::path(
    delete,
    path = "/documents/{id}",
    operation_id = "delete_document",
    tag = "Documents",
    params(("id" = i64, Path)),
    responses((status = 204))
)]
#[tracing::instrument(name = "http.documents.delete", skip_all, fields(document.id = %access.document.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: DocumentAccess<Editor>,
) -> Result<StatusCode, Fault> {
    let (id, project) = (access.document.id, access.document.project);
    let mut tx = services.store.begin().await?;
    let now = services.clock.now();
    if !tx.delete_document(access.within, id, now).await? {
        return Err(Fault::not_found("document"));
    }
    let target = Some(("document", id.get()));
    audit::of_caller(&mut tx, &access.caller, Action::DocumentDeleted, target, None, now).await?;
    tx.commit().await?;

    services.bus.publish(ProjectEvent { project, news: News::DocumentDeleted { document: id } });
    Ok(StatusCode::NO_CONTENT)
}
