//! `POST /api/auth/logout`: ends the sign-in, its tokens, and its open sockets.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::cookies;
use super::refresh::RefreshIn;
use crate::decode::OptionalJson;
use crate::guard::ClientTls;
use crate::services::Services;
use docent_auth::credentials::{cookie, token_of};
use docent_wire::Refused;

#[utoipa::path(
    post,
    path = "/auth/logout",
    operation_id = "logout",
    tag = "Accounts",
    request_body = RefreshIn,
    responses((status = 204))
)]
#[tracing::instrument(name = "http.accounts.logout", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    ClientTls(over_tls): ClientTls,
    headers: HeaderMap,
    OptionalJson(body): OptionalJson<RefreshIn>,
) -> Result<Response, Refused> {
    let now = services.clock.now();
    // An access token that has expired meanwhile is no reason to stay signed in.
    let caller = services.auth.identify(token_of(&headers), now).await.ok().flatten();
    let token = body.refresh_token().or_else(|| cookie(&headers, cookies::REFRESH_COOKIE));
    services.auth.logout(token, caller.as_ref(), now).await?;
    Ok((StatusCode::NO_CONTENT, cookies::none(over_tls.0)?).into_response())
}
