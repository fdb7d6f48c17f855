//! `DELETE /api/documents/{id}`: from the answer on, no search finds a chunk of it.

use axum::extract::State;
use axum::http::StatusCode;

use crate::access::{DocumentAccess, Editor};
use crate::services::Services;
use docent_auth::audit::{self, Action};
use docent_domain::Fault;
use docent_domain::event::{News, ProjectEvent};
use docent_wire::Refused;

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
) -> Result<StatusCode, Refused> {
    let (id, project) = (access.document.id, access.document.project);
    let mut tx = services.store.begin().await?;
    let now = services.clock.now();
    if !tx.delete_document(access.within, id, now).await? {
        return Err(Refused(Fault::not_found("document")));
    }
    let target = Some(("document", id.get()));
    audit::of_caller(&mut tx, &access.caller, Action::DocumentDeleted, target, None, now).await?;
    tx.commit().await?;

    services.bus.publish(ProjectEvent { project, news: News::DocumentDeleted { document: id } });
    Ok(StatusCode::NO_CONTENT)
}
