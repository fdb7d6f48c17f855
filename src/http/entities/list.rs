//! `GET /api/entities`: those that one acts for; all of them for admins.

use axum::extract::State;

use super::EntityView;
use crate::decode::{PageQuery, Query};
use crate::services::Services;
use crate::wire::Page;
use docent_auth::Caller;
use docent_wire::Refused;

#[utoipa::path(
    get,
    path = "/entities",
    operation_id = "list_entities",
    tag = "Entities",
    params(PageQuery),
    responses((status = 200, body = Vec<EntityView>, headers(("X-Total-Count" = i64))))
)]
#[tracing::instrument(name = "http.entities.list", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> Result<Page<EntityView>, Refused> {
    let mut tx = services.store.read().await?;
    Ok(Page::of(tx.entities(&caller.scope, page.window()?).await?))
}
