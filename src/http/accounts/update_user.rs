//! `PATCH /api/users/{id}`: changes an account; what is left out stays. For admins.

use axum::Json as Answer;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::UserView;
use super::make_user::is_admin;
use crate::access::{Operator, UserPath};
use crate::decode::{Patch, clearable};
use crate::services::Services;
use docent_auth::accounts::AccountChange;
use docent_domain::Fault;
use docent_wire::Refused;

#[derive(Debug, Default, Deserialize, ToSchema)]
pub(super) struct UserChangesIn {
    username: Option<String>,
    /// `null` takes it away.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>)]
    email: Option<Option<String>>,
    /// `admin` or `user`.
    role: Option<String>,
    disabled: Option<bool>,
    /// 8 to 256 bytes; ends the account's sign-ins.
    password: Option<String>,
}

#[utoipa::path(
    patch,
    path = "/users/{id}",
    operation_id = "update_user",
    tag = "Accounts",
    params(("id" = i64, Path)),
    request_body = UserChangesIn,
    responses((status = 200, body = UserView), (status = 404), (status = 409))
)]
#[tracing::instrument(name = "http.accounts.update_user", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    operator: Operator,
    UserPath(id): UserPath,
    Patch(body): Patch<UserChangesIn>,
) -> Result<Answer<UserView>, Refused> {
    let change = AccountChange {
        username: body.username,
        email: body.email.map(Option::unwrap_or_default),
        admin: body.role.as_deref().map(is_admin).transpose()?,
        disabled: body.disabled,
        password: body.password,
    };
    let now = services.clock.now();
    let user = services.auth.change_user(Some(&operator.caller), id, &change, now).await?;
    Ok(Answer(user.ok_or_else(|| Fault::not_found("user"))?.into()))
}
