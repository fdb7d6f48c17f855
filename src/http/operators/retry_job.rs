//! `POST /api/jobs/{id}/retry`: start over what rests as failed or cancelled.

use axum::Json;
use axum::extract::State;

use super::JobView;
use crate::access::{JobPath, Operator};
use crate::documents::read_again;
use crate::services::Services;
use docent_domain::job::{Job, RunState};
use docent_domain::{Code, Fault};
use docent_wire::Refused;

/// The reading of a document begins anew with a job of its own, which is the one in the answer.
#[utoipa::path(
    post,
    path = "/jobs/{id}/retry",
    operation_id = "retry_job",
    tag = "Operators",
    params(("id" = i64, Path)),
    responses((status = 200, body = JobView))
)]
#[tracing::instrument(name = "http.jobs.retry", skip_all, fields(run.id = %id))]
pub(super) async fn handler(
    State(services): State<Services>,
    operator: Operator,
    JobPath(id): JobPath,
) -> Result<Json<JobView>, Refused> {
    let mut tx = operator.store.read().await?;
    let run = tx.run(id).await?.ok_or_else(|| Fault::not_found("job"))?;
    if !matches!(run.state, RunState::Failed | RunState::Cancelled) {
        let detail =
            format!("The job is {}; only failed and cancelled ones can be started over", run.state.name());
        return Err(Refused(Fault::new(Code::Conflict, detail)));
    }
    if let Job::IngestDocument { document, .. } = run.job {
        let found = tx.document(&operator.caller.scope, document).await?;
        drop(tx);
        let found = found.ok_or_else(|| Fault::new(Code::Conflict, "The document was deleted"))?;
        read_again(&services, &operator.caller, found.within, &found.document).await?;
        let mut tx = operator.store.read().await?;
        let generation = found.document.generation + 1;
        let run = tx.run_of(document, generation).await?;
        return Ok(Json(run.ok_or_else(|| Fault::not_found("job"))?.into()));
    }
    drop(tx);
    let mut tx = operator.store.begin().await?;
    let run = tx.retry_run(id, services.clock.now()).await?;
    tx.commit().await?;
    Ok(Json(run.ok_or_else(|| Fault::new(Code::Conflict, "The job was started over meanwhile"))?.into()))
}
