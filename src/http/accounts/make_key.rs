//! `POST /api/auth/api-keys`: a key for a program that is to work as oneself.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::keys::ApiKeyView;
use crate::decode::OptionalJson;
use crate::services::Services;
use docent_auth::Caller;
use docent_domain::Fault;
use docent_wire::Refused;

/// Characters of a key's name.
const NAME: usize = 100;

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct ApiKeyIn {
    /// What it is for.
    name: Option<String>,
    /// Whether it may make keys and accounts, and change passwords. Others are refused that.
    manage_account: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NewApiKey)]
pub(super) struct NewApiKeyView {
    #[serde(flatten)]
    row: ApiKeyView,
    /// Shown this once.
    key: String,
}

#[utoipa::path(
    post,
    path = "/auth/api-keys",
    operation_id = "create_api_key",
    tag = "Accounts",
    request_body = ApiKeyIn,
    responses((status = 201, body = NewApiKeyView))
)]
#[tracing::instrument(name = "http.accounts.make_key", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    caller: Caller,
    OptionalJson(body): OptionalJson<ApiKeyIn>,
) -> Result<(StatusCode, Answer<NewApiKeyView>), Refused> {
    let name = body.name.unwrap_or_else(|| "API key".to_owned());
    if name.chars().count() > NAME || name.chars().any(char::is_control) {
        return Err(Refused(Fault::field(
            "name",
            format!("may have at most {NAME} characters, none of control"),
        )));
    }
    let (row, key) =
        services.auth.make_key(&caller, &name, body.manage_account, services.clock.now()).await?;
    Ok((StatusCode::CREATED, Answer(NewApiKeyView { row: row.into(), key })))
}
