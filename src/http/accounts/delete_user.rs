//! `DELETE /api/users/{id}`: takes an account away, and its own default project with it. For admins.

use axum::extract::State;
use axum::http::StatusCode;

use crate::domain::Fault;
use crate::http::access::{Operator, UserPath};
use crate::http::services::Services;

#[utoipa::path(
    delete,
    path = "/users/{id}",
    operation_id = "delete_user",
    tag = "Accounts",
    params(("id" = i64, Path)),
    responses((status = 204), (status = 404), (status = 409))
)]
#[tracing::instrument(name = "http.accounts.delete_user", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    operator: Operator,
    UserPath(id): UserPath,
) -> Result<StatusCode, Fault> {
    if services.auth.delete_user(&operator.caller, id, services.clock.now()).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Fault::not_found("user"))
    }
}
