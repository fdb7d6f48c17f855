//! `POST /api/users`: a new account, with its own default project. For admins.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::UserView;
use crate::access::Operator;
use crate::decode::Json;
use crate::services::Services;
use docent_auth::ADMIN;
use docent_auth::accounts::NewAccount;
use docent_domain::Fault;
use docent_wire::Refused;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct UserIn {
    username: String,
    /// 8 to 256 bytes.
    password: String,
    email: Option<String>,
    /// `admin` or `user` (the default).
    role: Option<String>,
}

#[utoipa::path(
    post,
    path = "/users",
    operation_id = "create_user",
    tag = "Accounts",
    request_body = UserIn,
    responses((status = 201, body = UserView), (status = 409))
)]
#[tracing::instrument(name = "http.accounts.make_user", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    operator: Operator,
    Json(body): Json<UserIn>,
) -> Result<(StatusCode, Answer<UserView>), Refused> {
    let account = NewAccount {
        username: body.username,
        password: body.password,
        email: body.email,
        admin: body.role.as_deref().map(is_admin).transpose()?.unwrap_or(false),
    };
    let user = services.auth.make_user(Some(&operator.caller), &account, services.clock.now()).await?;
    Ok((StatusCode::CREATED, Answer(user.into())))
}

/// Whether a global role is the one of admins.
pub(super) fn is_admin(role: &str) -> Result<bool, Fault> {
    match role {
        ADMIN => Ok(true),
        docent_auth::USER => Ok(false),
        _ => Err(Fault::field("role", "must be `admin` or `user`")),
    }
}
