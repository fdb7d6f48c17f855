//! `POST /api/auth/login`: from name and password to tokens.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{TokensView, signed_in};
use crate::access::Address;
use crate::decode::Json;
use crate::guard::ClientTls;
use crate::services::Services;
use docent_wire::Refused;

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct LoginIn {
    username: String,
    password: String,
}

#[utoipa::path(
    post,
    path = "/auth/login",
    operation_id = "login",
    tag = "Accounts",
    request_body = LoginIn,
    responses((status = 200, body = TokensView), (status = 401), (status = 429))
)]
#[tracing::instrument(name = "http.accounts.login", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    Address(address): Address,
    ClientTls(tls): ClientTls,
    Json(body): Json<LoginIn>,
) -> Result<Response, Refused> {
    let now = services.clock.now();
    let done = services.auth.login(&body.username, &body.password, address, now).await?;
    signed_in(done, tls.0).map_err(Refused)
}

#[utoipa::path(
    post,
    path = "/v1/auth/login",
    operation_id = "login_v1",
    tag = "Accounts",
    request_body = LoginIn,
    responses((status = 200, body = TokensView), (status = 401), (status = 429))
)]
pub(super) async fn handler_v1(
    services: State<Services>,
    address: Address,
    tls: ClientTls,
    body: Json<LoginIn>,
) -> Result<Response, Refused> {
    handler(services, address, tls, body).await
}
