//! For whoever runs the server: its health, its queue, and whether database, files and index agree.

mod cancel_job;
mod check;
mod docs;
mod health;
mod job;
mod jobs;
mod overview;
mod prometheus;
mod ready;
mod repair;
mod retry_job;
mod workers;

use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::services::Services;
use super::wire::Time;
use docent_domain::DocumentId;
use docent_store::Run;

pub use prometheus::MetricsToken;

pub(super) fn routes() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(cancel_job::handler))
        .routes(routes!(check::handler))
        .routes(routes!(docs::openapi))
        .routes(routes!(job::handler))
        .routes(routes!(jobs::handler))
        .routes(routes!(overview::handler))
        .routes(routes!(repair::handler))
        .routes(routes!(retry_job::handler))
        .routes(routes!(workers::handler))
}

/// What does not stand under `/api`.
pub(super) fn root_routes() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(docs::asset))
        .routes(routes!(docs::errors))
        .routes(routes!(docs::page))
        .routes(routes!(health::health))
        .routes(routes!(health::healthz))
        .routes(routes!(prometheus::handler))
        .routes(routes!(ready::handler))
}

/// One piece of queued work: ids and states, no content.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Job)]
struct JobView {
    id: i64,
    kind: &'static str,
    project_id: i64,
    document_id: Option<i64>,
    generation: Option<i64>,
    /// `queued`, `running`, `done`, `failed` or `cancelled`.
    state: &'static str,
    /// The attempt under way, or the last one; 0 before the first.
    attempt: i64,
    /// Times a dependency was away; they use up no attempt.
    outages: i64,
    worker: Option<String>,
    lease_until: Option<Time>,
    /// Not before.
    run_after: Time,
    error_code: Option<String>,
    error_message: Option<String>,
    created_at: Time,
    started_at: Option<Time>,
    finished_at: Option<Time>,
}

impl From<Run> for JobView {
    fn from(run: Run) -> Self {
        let about = run.job.about();
        Self {
            id: run.id.get(),
            kind: run.job.kind(),
            project_id: run.project.get(),
            document_id: about.document.map(DocumentId::get),
            generation: about.generation,
            state: run.state.name(),
            attempt: run.attempt(),
            outages: run.outages,
            worker: run.worker,
            lease_until: run.lease_until.map(Time),
            run_after: Time(run.run_after),
            error_code: run.error_code,
            error_message: run.error_message,
            created_at: Time(run.created_at),
            started_at: run.started_at.map(Time),
            finished_at: run.finished_at.map(Time),
        }
    }
}
