//! `POST /api/jobs/{id}/cancel`: stop reading a document.

use axum::Json;
use axum::extract::State;

use super::JobView;
use crate::domain::job::{Job, RunState};
use crate::domain::{Code, Fault};
use crate::http::access::{JobPath, Operator};
use crate::http::services::Services;

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
    _operator: Operator,
    JobPath(id): JobPath,
) -> Result<Json<JobView>, Fault> {
    let mut tx = services.store.begin().await?;
    let run = tx.run(id).await?.ok_or_else(|| Fault::not_found("job"))?;
    match (&run.job, run.state) {
        (_, RunState::Cancelled) => return Ok(Json(run.into())),
        (Job::IngestDocument { document, .. }, RunState::Queued | RunState::Running) => {
            tx.cancel_document(*document, services.clock.now()).await?;
        }
        (Job::IngestDocument { .. }, RunState::Done | RunState::Failed) => {
            let detail = format!("The job is {} already; there is nothing to cancel", run.state.name());
            return Err(Fault::new(Code::Conflict, detail));
        }
        (Job::SweepGeneration { .. } | Job::SweepProject { .. }, _) => {
            return Err(Fault::new(Code::Conflict, "Cleaning up cannot be cancelled"));
        }
    }
    let run = tx.run(id).await?.ok_or_else(|| Fault::not_found("job"))?;
    tx.commit().await?;
    Ok(Json(run.into()))
}
