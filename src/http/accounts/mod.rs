//! Accounts: signing in and out, API keys, users, and the log of who did what.

mod audit;
mod cookies;
mod delete_key;
mod delete_user;
mod keys;
mod login;
mod logout;
mod make_key;
mod make_user;
mod me;
mod password;
mod refresh;
mod setup;
mod update_user;
mod users;

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::services::Services;
use super::wire::Time;
use docent_auth::{ACCESS_LIFETIME, SignedIn};
use docent_domain::Fault;
use docent_store::UserRow;

pub(super) fn routes() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(audit::handler))
        .routes(routes!(delete_key::handler))
        .routes(routes!(delete_user::handler))
        .routes(routes!(keys::handler))
        .routes(routes!(login::handler))
        .routes(routes!(login::handler_v1))
        .routes(routes!(logout::handler))
        .routes(routes!(make_key::handler))
        .routes(routes!(make_user::handler))
        .routes(routes!(me::handler))
        .routes(routes!(password::handler))
        .routes(routes!(refresh::handler))
        .routes(routes!(setup::handler))
        .routes(routes!(update_user::handler))
        .routes(routes!(users::handler))
}

/// An account as its owner and admins see it; never with its password's hash.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = User)]
struct UserView {
    id: i64,
    username: String,
    email: Option<String>,
    /// `admin` or `user`.
    role: String,
    disabled: bool,
    created_at: Time,
}

impl From<UserRow> for UserView {
    fn from(user: UserRow) -> Self {
        Self {
            id: user.id.get(),
            username: user.username,
            email: user.email,
            role: user.role,
            disabled: user.disabled,
            created_at: Time(user.created_at),
        }
    }
}

/// The tokens of a sign-in, shown this once.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tokens)]
struct TokensView {
    access_token: String,
    /// Always `bearer`.
    token_type: &'static str,
    /// Seconds.
    expires_in: u64,
    refresh_token: String,
    user: UserView,
}

/// Answers with the tokens, in the body and as cookies that scripts cannot read.
fn signed_in(signed_in: SignedIn, over_tls: bool) -> Result<Response, Fault> {
    let cookies = cookies::of(&signed_in, over_tls)?;
    let view = TokensView {
        access_token: signed_in.access_token,
        token_type: "bearer",
        expires_in: ACCESS_LIFETIME.as_secs(),
        refresh_token: signed_in.refresh_token,
        user: signed_in.user.into(),
    };
    Ok((cookies, Json(view)).into_response())
}
