//! `GET /api/audit`: who signed in, was granted, deleted and exported what; the latest first. For admins.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::access::Operator;
use crate::decode::{PageQuery, Query};
use crate::wire::{Number, Page, Time};
use docent_auth::audit::Action;
use docent_domain::Fault;
use docent_store::{AuditFilter, AuditRow};
use docent_wire::Refused;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(super) struct AuditQuery {
    /// Only this kind of entry, such as `login`.
    action: Option<String>,
    /// Only what this user did.
    #[param(value_type = Option<i64>)]
    user_id: Option<Number>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub(super) struct AuditView {
    id: i64,
    at: Time,
    /// `null` for somebody who did not get in.
    user_id: Option<i64>,
    username: String,
    action: String,
    target_kind: Option<String>,
    target_id: Option<i64>,
    address: Option<String>,
    detail: Value,
}

impl From<AuditRow> for AuditView {
    fn from(row: AuditRow) -> Self {
        Self {
            id: row.id,
            at: Time(row.at),
            user_id: row.actor_id,
            username: row.actor,
            action: row.action,
            target_kind: row.target_kind,
            target_id: row.target_id,
            address: row.address,
            detail: serde_json::from_str(&row.detail).unwrap_or_default(),
        }
    }
}

#[utoipa::path(
    get,
    path = "/audit",
    operation_id = "audit",
    tag = "Accounts",
    params(AuditQuery, PageQuery),
    responses((status = 200, body = Vec<AuditView>, headers(("X-Total-Count" = i64))))
)]
#[tracing::instrument(name = "http.accounts.audit", skip_all)]
pub(super) async fn handler(
    operator: Operator,
    Query(query): Query<AuditQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Page<AuditView>, Refused> {
    if let Some(action) = &query.action
        && Action::ALL.iter().all(|known| known.name() != action)
    {
        let known: Vec<_> = Action::ALL.iter().map(|action| action.name()).collect();
        return Err(Refused(Fault::field("action", format!("must be one of: {}", known.join(", ")))));
    }
    let actor = query.user_id.map(|number| number.0.into());
    let filter = AuditFilter { action: query.action.as_deref(), actor };
    let mut tx = operator.store.read().await?;
    Ok(Page::of(tx.audit(filter, page.window()?).await?))
}
