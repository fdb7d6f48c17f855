//! The language model behind the answers.

mod models;
mod status;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::services::Services;

pub(super) fn routes() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(models::handler)).routes(routes!(status::handler))
}
