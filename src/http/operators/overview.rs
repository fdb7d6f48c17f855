//! `GET /api/jobs/overview`: the queue at a glance, cheap enough to be asked every two seconds.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Operator;
use crate::services::Services;
use crate::wire::Time;
use docent_domain::Timestamp;
use docent_store::{Depth, UnderWay, Unresolved};
use docent_wire::Refused;

/// Work under way that is told.
const UNDER_WAY: i64 = 100;

/// Minutes that the throughput goes back.
const MINUTES: u8 = 60;

const MINUTE: Duration = Duration::from_secs(60);

/// The kind of work whose throughput is told.
const READING: &str = docent_domain::job_kind!(IngestDocument);

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JobsOverview)]
pub(super) struct OverviewView {
    queued: i64,
    /// When the job that waits longest was queued.
    oldest_queued_at: Option<Time>,
    running: i64,
    /// The jobs under way, the longest first; at most 100.
    under_way: Vec<UnderWayView>,
    /// Failures that nothing was done about since, by reason; the most frequent first.
    failures: Vec<ReasonView>,
    /// Documents that were read in each of the last 60 minutes, the last one at the end.
    read_per_minute: Vec<i64>,
    last_read_at: Option<Time>,
}

/// One job that a worker is at: ids and numbers, no content.
#[derive(Debug, Serialize, ToSchema)]
struct UnderWayView {
    id: i64,
    kind: String,
    worker: Option<String>,
    project_id: i64,
    document_id: Option<i64>,
    attempt: i64,
    started_at: Option<Time>,
    /// Of the document: `extracting`, `chunking`, `embedding` or `indexing`.
    stage: Option<String>,
    /// In percent.
    progress: Option<i64>,
    pages_done: Option<i64>,
    pages_total: Option<i64>,
    chunks_done: Option<i64>,
    chunks_total: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ReasonView {
    error_code: String,
    count: i64,
    latest_at: Option<Time>,
}

#[utoipa::path(
    get,
    path = "/jobs/overview",
    operation_id = "jobs_overview",
    tag = "Operators",
    responses((status = 200, body = OverviewView))
)]
#[tracing::instrument(name = "http.jobs.overview", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    operator: Operator,
) -> Result<Json<OverviewView>, Refused> {
    let since = services.clock.now().minus(MINUTE * u32::from(MINUTES));
    let mut tx = operator.store.read().await?;
    let depths = tx.queue_depths().await?;
    let under_way = tx.under_way(UNDER_WAY).await?;
    let failures = tx.unresolved_failures().await?;
    let done = tx.done_since(READING, since, i64::try_from(MINUTE.as_micros()).unwrap_or(i64::MAX)).await?;
    let last_read = tx.last_success(READING).await?;
    let in_state = |state: &'static str| depths.iter().filter(move |depth| depth.state == state);
    let count = |state| in_state(state).map(|depth: &Depth| depth.count).sum();
    Ok(Json(OverviewView {
        queued: count("queued"),
        oldest_queued_at: in_state("queued").map(|depth| depth.oldest).min().map(Time),
        running: count("running"),
        under_way: under_way.into_iter().map(UnderWayView::from).collect(),
        failures: failures.into_iter().map(ReasonView::from).collect(),
        read_per_minute: by_minute(&done),
        last_read_at: last_read.map(Time),
    }))
}

/// The counts in their places; what finished in this very moment belongs to the last minute.
fn by_minute(done: &[(i64, i64)]) -> Vec<i64> {
    let mut minutes = vec![0; usize::from(MINUTES)];
    for &(minute, count) in done {
        let place = usize::try_from(minute).unwrap_or(0).min(minutes.len() - 1);
        minutes[place] += count;
    }
    minutes
}

impl From<UnderWay> for UnderWayView {
    fn from(job: UnderWay) -> Self {
        Self {
            id: job.id,
            kind: job.kind,
            worker: job.worker,
            project_id: job.project_id,
            document_id: job.document_id,
            attempt: job.attempt,
            started_at: job.started_at.map(|at| Time(Timestamp::from(at))),
            stage: job.stage,
            progress: job.percent,
            pages_done: job.pages_done,
            pages_total: job.pages_total,
            chunks_done: job.chunks_done,
            chunks_total: job.chunks_total,
        }
    }
}

impl From<Unresolved> for ReasonView {
    fn from(reason: Unresolved) -> Self {
        Self { error_code: reason.code, count: reason.count, latest_at: reason.latest.map(Time) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_minute_has_its_place() {
        let minutes = by_minute(&[(0, 2), (59, 1), (60, 4)]);
        assert_eq!((minutes.len(), minutes[0], minutes[1], minutes[59]), (60, 2, 0, 5));
    }
}
