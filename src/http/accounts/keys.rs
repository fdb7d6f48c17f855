//! `GET /api/auth/api-keys`: one's own keys, without their secrets.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::services::Services;
use crate::wire::Time;
use docent_auth::Caller;
use docent_domain::Timestamp;
use docent_store::{ApiKeyRow, Seen};
use docent_wire::Refused;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub(super) struct ApiKeyView {
    id: i64,
    name: String,
    /// How the key begins.
    prefix: String,
    /// Whether it may make keys and accounts, and change passwords.
    manage_account: bool,
    created_at: Time,
    /// To the minute.
    last_used_at: Option<Time>,
}

impl From<ApiKeyRow> for ApiKeyView {
    fn from(row: ApiKeyRow) -> Self {
        Self {
            id: row.id.get(),
            name: row.name,
            prefix: row.prefix,
            manage_account: row.manage_account,
            created_at: Time(row.created_at),
            last_used_at: row.used_at.map(|used| Time(Timestamp::from_micros(used))),
        }
    }
}

#[utoipa::path(
    get,
    path = "/auth/api-keys",
    operation_id = "list_api_keys",
    tag = "Accounts",
    responses((status = 200, body = Vec<ApiKeyView>))
)]
#[tracing::instrument(name = "http.accounts.keys", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    caller: Caller,
) -> Result<Json<Vec<ApiKeyView>>, Refused> {
    let keys = services.store.read().await?.api_keys(Seen::myself(&caller.scope)).await?;
    Ok(Json(keys.into_iter().map(Into::into).collect()))
}
