//! `POST /api/auth/setup`: makes the first account, an admin, with the code that the server printed when it started.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{TokensView, signed_in};
use crate::decode::Json;
use crate::guard::ClientTls;
use crate::services::Services;
use docent_auth::accounts::NewAccount;
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct SetupIn {
    code: String,
    username: String,
    /// 8 to 256 bytes.
    password: String,
    email: Option<String>,
}

#[utoipa::path(
    post,
    path = "/auth/setup",
    operation_id = "setup",
    tag = "Accounts",
    request_body = SetupIn,
    responses((status = 201, body = TokensView), (status = 403), (status = 409))
)]
#[tracing::instrument(name = "http.accounts.setup", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    ClientTls(tls): ClientTls,
    Json(body): Json<SetupIn>,
) -> Result<Response, Refused> {
    let account =
        NewAccount { username: body.username, password: body.password, email: body.email, admin: true };
    let done = services.auth.setup(&body.code, &account, services.clock.now()).await?;
    Ok((StatusCode::CREATED, signed_in(done, tls.0)?).into_response())
}
