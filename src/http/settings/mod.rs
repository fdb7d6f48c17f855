//! What the settings page of the project-rooms clients asks for. Which models there are is set where the server is started:
//! here it is told, and what cannot be changed here is refused with the way to change it.

mod get;
mod installed;
mod models;
mod popular;
mod pull;
mod search;
mod update;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::services::Services;

pub(super) fn routes() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(get::handler))
        .routes(routes!(installed::handler))
        .routes(routes!(popular::handler))
        .routes(routes!(pull::handler))
        .routes(routes!(search::handler))
        .routes(routes!(update::handler))
}
