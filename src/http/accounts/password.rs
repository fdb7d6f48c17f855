//! `POST /api/auth/password`: a new password of one's own. Every other sign-in ends.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{TokensView, signed_in};
use crate::access::Address;
use crate::decode::Json;
use crate::guard::ClientTls;
use crate::services::Services;
use docent_auth::Caller;
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct PasswordIn {
    current_password: String,
    /// 8 to 256 bytes.
    new_password: String,
}

#[utoipa::path(
    post,
    path = "/auth/password",
    operation_id = "change_password",
    tag = "Accounts",
    request_body = PasswordIn,
    responses((status = 200, body = TokensView), (status = 401), (status = 429))
)]
#[tracing::instrument(name = "http.accounts.password", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    caller: Caller,
    Address(address): Address,
    ClientTls(tls): ClientTls,
    Json(body): Json<PasswordIn>,
) -> Result<Response, Refused> {
    let now = services.clock.now();
    let (current, new) = (&body.current_password, &body.new_password);
    signed_in(services.auth.change_password(&caller, current, new, address, now).await?, tls.0)
        .map_err(Refused)
}
