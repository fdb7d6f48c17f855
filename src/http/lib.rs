//! REST: one endpoint a file, one route line each, and the OpenAPI document made from the same lines.
//!
//! A handler reads from top to bottom: extractors have decoded the request and decided on access before it starts;
//! whatever goes wrong leaves it as a [`Fault`] and becomes a problem document in one place.

mod access;
mod accounts;
mod analytics;
mod chats;
mod decode;
mod disposition;
mod documents;
mod drain;
mod entities;
mod form;
#[doc(hidden)]
pub mod fuzzing;
mod guard;
mod idempotency;
mod llm;
mod looking;
mod observe;
mod operators;
mod page;
mod projects;
mod request_id;
mod services;
mod settings;
mod test_pages;
mod vectors;
mod wire;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use docent_domain::{Code, Fault};
use docent_wire::Refused;

pub use docent_wire::Problem;
pub use guard::guarded;
pub use idempotency::UnderWay;
pub use looking::for_operators;
pub use operators::MetricsToken;
pub use services::{Limits, Services};

/// What metrics call this way in, for the questions that come by it.
pub const DOOR: &str = "rest";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Docent",
        description = "Answers questions from a team's documents, with citations, live. \
                       Errors are problem documents (RFC 9457); their codes are explained at `/docs/errors`."
    ),
    components(schemas(Problem))
)]
struct Described;

/// All routes with their checks: what serves alone when there are no other doors.
pub fn router(services: Services) -> Router {
    let (origins, proxies) = (services.origins.clone(), services.proxies.clone());
    guarded(routes(services), origins, proxies)
}

/// The routes alone. Merge other doors' routes with them, then put [`guarded`] around the whole.
pub fn routes(services: Services) -> Router {
    docent_telemetry::begin_doors([DOOR].into_iter());
    let (router, _) = described().split_for_parts();
    router
        .merge(page::routes())
        .merge(test_pages::routes())
        // Each extractor has a limit of its own.
        .layer(DefaultBodyLimit::disable())
        .method_not_allowed_fallback(|| async {
            Refused(Fault::new(Code::MethodNotAllowed, "See /docs for what this address takes"))
        })
        .fallback(|| async {
            Refused(Fault::new(Code::NotFound, "There is nothing at this address; see /docs"))
        })
        .with_state(services)
}

/// The description of every route in here; a part of what is served at `/api/openapi.json`.
pub fn openapi() -> utoipa::openapi::OpenApi {
    described().into_openapi()
}

fn described() -> OpenApiRouter<Services> {
    let api = OpenApiRouter::new()
        .merge(accounts::routes())
        .merge(analytics::routes())
        .merge(chats::routes())
        .merge(documents::routes())
        .merge(entities::routes())
        .merge(llm::routes())
        .merge(operators::routes())
        .merge(projects::routes())
        .merge(settings::routes());
    OpenApiRouter::with_openapi(Described::openapi()).nest("/api", api).merge(operators::root_routes())
}
