//! `POST /api/jobs/{id}/cancel`: stop reading a document.

use axum::Json;
use axum::extract::State;

use super::JobView;
use crate::access::{JobPath, Operator};
use crate::documents::tell_status;
use crate::services::Services;
use docent_domain::document::DocumentStatus;
use docent_domain::job::{Job, RunState};
use docent_domain::{Code, Fault};
use docent_store::Cancelled;
use docent_telemetry as telemetry;
use docent_wire::Refused;

/// Cleaning up cannot be cancelled: what is deleted must go.
#[utoipa::path(
    post,
    path = "/jobs/{id}/cancel",
    operation_id = "cancel_job",
    tag = "Operators",
    params(("id" = i64, Path)),
    responses((status = 200, body = JobView))
)]
#[tracing::instrument(name = "http.jobs.cancel", skip_all, fields(run.id = %id))]
pub(super) async fn handler(
    State(services): State<Services>,
    operator: Operator,
    JobPath(id): JobPath,
) -> Result<Json<JobView>, Refused> {
    let mut tx = operator.store.begin().await?;
    let run = tx.run(id).await?.ok_or_else(|| Fault::not_found("job"))?;
    match (&run.job, run.state) {
        (_, RunState::Cancelled) => Ok(Json(run.into())),
        (Job::IngestDocument { document, .. }, RunState::Queued | RunState::Running) => {
            let document = *document;
            let cancelled = tx.cancel_document(document, services.clock.now()).await?;
            let run = tx.run(id).await?.ok_or_else(|| Fault::not_found("job"))?;
            tx.commit().await?;
            if cancelled == Cancelled::Done {
                telemetry::document_finished(DocumentStatus::Cancelled);
            }
            tell_status(&services, document).await;
            Ok(Json(run.into()))
        }
        (Job::IngestDocument { .. }, RunState::Done | RunState::Failed) => {
            let detail = format!("The job is {} already; there is nothing to cancel", run.state.name());
            Err(Refused(Fault::new(Code::Conflict, detail)))
        }
        (Job::ImportProject { .. }, _) => {
            Err(Refused(Fault::new(Code::Conflict, "An import ends when its project is deleted")))
        }
        (_, _) => Err(Refused(Fault::new(Code::Conflict, "Cleaning up cannot be cancelled"))),
    }
}
