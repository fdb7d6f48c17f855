//! `GET /api/workers`: who takes work from the queues.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Operator;
use crate::services::Services;
use crate::wire::Time;
use docent_wire::Refused;

/// Workers that were silent for longer are gone.
const SEEN_WITHIN: Duration = Duration::from_secs(120);

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Worker)]
pub(super) struct WorkerView {
    name: String,
    /// The process it belongs to, as `worker` of a job names it.
    process: String,
    queue: String,
    last_seen_at: Time,
    started_at: Option<Time>,
}

#[utoipa::path(
    get,
    path = "/workers",
    operation_id = "list_workers",
    tag = "Operators",
    responses((status = 200, body = Vec<WorkerView>))
)]
#[tracing::instrument(name = "http.workers.list", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    operator: Operator,
) -> Result<Json<Vec<WorkerView>>, Refused> {
    let since = services.clock.now().minus(SEEN_WITHIN);
    let workers = operator.store.read().await?.workers(since).await?;
    let view = |worker: docent_store::Worker| WorkerView {
        process: process(&worker.name, &worker.queue).to_owned(),
        name: worker.name,
        queue: worker.queue,
        last_seen_at: Time(worker.last_seen),
        started_at: worker.started_at.map(Time),
    };
    Ok(Json(workers.into_iter().map(view).collect()))
}

/// Each start of each queue's worker gets a name of its own, which begins with that of the process.
fn process<'a>(name: &'a str, queue: &str) -> &'a str {
    name.rsplit_once(&format!("-{queue}-")).map_or(name, |(process, _)| process)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_is_traced_back_to_its_process() {
        assert_eq!(process("node-1-ingest-0af3", "ingest"), "node-1");
        assert_eq!(process("the-ingest-node-ingest-0af3", "ingest"), "the-ingest-node");
        assert_eq!(process("else", "maintenance"), "else");
    }
}
