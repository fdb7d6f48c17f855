//! `DELETE /api/auth/api-keys/{id}`: whoever uses the key is nobody from now on.

use axum::extract::State;
use axum::http::StatusCode;

use crate::access::ApiKeyPath;
use crate::services::Services;
use docent_auth::Caller;
use docent_domain::Fault;
use docent_wire::Refused;

#[utoipa::path(
    delete,
    path = "/auth/api-keys/{id}",
    operation_id = "delete_api_key",
    tag = "Accounts",
    params(("id" = i64, Path)),
    responses((status = 204), (status = 404))
)]
#[tracing::instrument(name = "http.accounts.delete_key", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    caller: Caller,
    ApiKeyPath(id): ApiKeyPath,
) -> Result<StatusCode, Refused> {
    if services.auth.delete_key(&caller, id, services.clock.now()).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Refused(Fault::not_found("API key")))
    }
}
