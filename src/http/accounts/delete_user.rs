//! `DELETE /api/users/{id}`: takes an account away, and its own default project with it. Projects that nobody else owns
//! need another owner. For admins.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::access::{Operator, UserPath};
use crate::decode::Query;
use crate::services::Services;
use crate::wire::Number;
use docent_domain::Fault;
use docent_wire::Refused;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DeleteUserQuery {
    /// The account that is to own the projects which nobody else owns. Without it, such projects are a conflict.
    #[param(value_type = Option<i64>)]
    transfer_to: Option<Number>,
}

#[utoipa::path(
    delete,
    path = "/users/{id}",
    operation_id = "delete_user",
    tag = "Accounts",
    params(("id" = i64, Path), DeleteUserQuery),
    responses((status = 204), (status = 404), (status = 409))
)]
#[tracing::instrument(name = "http.accounts.delete_user", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    operator: Operator,
    UserPath(id): UserPath,
    Query(query): Query<DeleteUserQuery>,
) -> Result<StatusCode, Refused> {
    let heir = query.transfer_to.map(|number| number.0.into());
    if services.auth.delete_user(&operator.caller, id, heir, services.clock.now()).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Refused(Fault::not_found("user")))
    }
}
