//! `POST /api/auth/refresh`: the next tokens of a sign-in. Each refresh token is good for one use.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::cookies::REFRESH_COOKIE;
use super::{TokensView, signed_in};
use crate::decode::OptionalJson;
use crate::guard::ClientTls;
use crate::services::Services;
use docent_auth::credentials::cookie;
use docent_domain::Fault;
use docent_wire::Refused;

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct RefreshIn {
    /// Pages leave it out: it comes in their cookie.
    refresh_token: Option<String>,
}

impl RefreshIn {
    pub(super) fn refresh_token(&self) -> Option<&str> {
        self.refresh_token.as_deref()
    }
}

#[utoipa::path(
    post,
    path = "/auth/refresh",
    operation_id = "refresh",
    tag = "Accounts",
    request_body = RefreshIn,
    responses((status = 200, body = TokensView), (status = 401))
)]
#[tracing::instrument(name = "http.accounts.refresh", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    headers: HeaderMap,
    ClientTls(tls): ClientTls,
    OptionalJson(body): OptionalJson<RefreshIn>,
) -> Result<Response, Refused> {
    let token = body.refresh_token().or_else(|| cookie(&headers, REFRESH_COOKIE));
    let token = token.ok_or_else(|| Fault::field("refresh_token", "is missing"))?;
    signed_in(services.auth.renew(token, services.clock.now()).await?, tls.0).map_err(Refused)
}
