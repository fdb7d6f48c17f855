//! `POST /api/documents/{id}/cancel`: stop reading it.

use std::time::Duration;

use axum::Json;
use axum::extract::State;

use super::news::tell_status;
use super::{DocumentView, wait};
use crate::access::{DocumentAccess, Editor};
use crate::services::Services;
use docent_domain::document::DocumentStatus;
use docent_domain::{Code, Fault};
use docent_store::Cancelled;
use docent_telemetry as telemetry;
use docent_wire::Refused;

/// A reading under way stops within a second; the answer waits that long to say so.
const PATIENCE: Duration = Duration::from_secs(2);

/// At once if it waits in the queue, within a second if it is under way. What searches showed before stays.
#[utoipa::path(
    post,
    path = "/documents/{id}/cancel",
    operation_id = "cancel_document",
    tag = "Documents",
    params(("id" = i64, Path)),
    responses((status = 200, body = DocumentView))
)]
#[tracing::instrument(name = "http.documents.cancel", skip_all, fields(document.id = %access.document.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: DocumentAccess<Editor>,
) -> Result<Json<DocumentView>, Refused> {
    let id = access.document.id;
    let mut tx = services.store.begin().await?;
    let cancelled = tx.cancel_document(access.seen, services.clock.now()).await?;
    tx.commit().await?;

    if cancelled == Cancelled::Done {
        // Nobody was reading it, so nobody else tells.
        telemetry::document_finished(DocumentStatus::Cancelled);
        tell_status(&services, id).await;
    }
    let document = wait::until_final(&services, &access.caller.scope, id, PATIENCE).await?;
    match document.status {
        DocumentStatus::Completed | DocumentStatus::Failed => {
            let detail =
                format!("The document is {} already; there is nothing to cancel", document.status.name());
            Err(Refused(Fault::new(Code::Conflict, detail)))
        }
        _ => Ok(Json(document.into())),
    }
}
