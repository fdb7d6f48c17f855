//! `GET /api/jobs`: what is queued, running, or came to rest, newest first.

use serde::Deserialize;
use utoipa::IntoParams;

use super::JobView;
use crate::access::Operator;
use crate::decode::{PageQuery, Query};
use crate::wire::{Page, QueryFlag};
use docent_domain::Fault;
use docent_domain::job::RunState;
use docent_store::RunFilter;
use docent_wire::Refused;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct JobsQuery {
    /// Only jobs in it: `queued`, `running`, `done`, `failed` or `cancelled`.
    state: Option<String>,
    /// Only jobs that ended with this error.
    error_code: Option<String>,
    /// Only jobs that nothing was done about since: not those whose document was read again, replaced or deleted.
    #[param(value_type = Option<bool>)]
    unresolved: Option<QueryFlag>,
}

#[utoipa::path(
    get,
    path = "/jobs",
    operation_id = "list_jobs",
    tag = "Operators",
    params(JobsQuery, PageQuery),
    responses((status = 200, body = Vec<JobView>, headers(("X-Total-Count" = i64))))
)]
#[tracing::instrument(name = "http.jobs.list", skip_all)]
pub(super) async fn handler(
    operator: Operator,
    Query(query): Query<JobsQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Page<JobView>, Refused> {
    let state = query.state.as_deref().map(state).transpose()?;
    let filter = RunFilter {
        state,
        error_code: query.error_code.as_deref(),
        unresolved: query.unresolved.is_some_and(|flag| flag.0),
    };
    let mut tx = operator.store.read().await?;
    Ok(Page::of(tx.runs(filter, page.window()?).await?))
}

fn state(word: &str) -> Result<RunState, Fault> {
    RunState::by_name(word).ok_or_else(|| {
        let known: Vec<_> = RunState::ALL.iter().map(|state| state.name()).collect();
        Fault::field("state", format!("must be one of: {}", known.join(", ")))
    })
}
