//! `GET /api/users`: every account. For admins.

use super::UserView;
use crate::access::Operator;
use crate::decode::{PageQuery, Query};
use crate::wire::Page;
use docent_wire::Refused;

#[utoipa::path(
    get,
    path = "/users",
    operation_id = "list_users",
    tag = "Accounts",
    params(PageQuery),
    responses((status = 200, body = Vec<UserView>, headers(("X-Total-Count" = i64))))
)]
#[tracing::instrument(name = "http.accounts.users", skip_all)]
pub(super) async fn handler(
    operator: Operator,
    Query(page): Query<PageQuery>,
) -> Result<Page<UserView>, Refused> {
    let mut tx = operator.store.read().await?;
    Ok(Page::of(tx.users(page.window()?).await?))
}
