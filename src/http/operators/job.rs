//! `GET /api/jobs/{id}`: one job.

use axum::Json;

use super::JobView;
use crate::access::{JobPath, Operator};
use docent_domain::Fault;
use docent_wire::Refused;

#[utoipa::path(
    get,
    path = "/jobs/{id}",
    operation_id = "get_job",
    tag = "Operators",
    params(("id" = i64, Path)),
    responses((status = 200, body = JobView))
)]
#[tracing::instrument(name = "http.jobs.get", skip_all, fields(run.id = %id))]
pub(super) async fn handler(operator: Operator, JobPath(id): JobPath) -> Result<Json<JobView>, Refused> {
    let run = operator.store.read().await?.run(id).await?;
    Ok(Json(run.ok_or_else(|| Fault::not_found("job"))?.into()))
}
