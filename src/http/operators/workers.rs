//! `GET /api/workers`: who takes work from the queues.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Fault;
use crate::http::access::Operator;
use crate::http::services::Services;
use crate::http::wire::Time;

/// Workers that were silent for longer are gone.
const SEEN_WITHIN: Duration = Duration::from_secs(120);

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Worker)]
pub(super) struct WorkerView {
    name: String,
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
) -> Result<Json<Vec<WorkerView>>, Fault> {
    let since = services.clock.now().minus(SEEN_WITHIN);
    let workers = operator.store.read().await?.workers(since).await?;
    let view = |worker: crate::store::Worker| WorkerView {
        name: worker.name,
        queue: worker.queue,
        last_seen_at: Time(worker.last_seen),
        started_at: worker.started_at.map(Time),
    };
    Ok(Json(workers.into_iter().map(view).collect()))
}
