//! The Model Context Protocol: tools with which a model outside reads and asks the documents here, over standard
//! input and output or over HTTP at `/mcp`, under the rights of whoever's token comes with them.
//!
//! Each tool is a few requests to the REST interface; there are no checks here beside those that are made there.

mod inside;
mod message;
mod rest;
mod server;
mod spoken;
mod stdio;
mod tools;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::COOKIE;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use rmcp::ServiceExt;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};

use crate::described::Problems;
use crate::door::{Door, Mount};
use docent_auth::Auth;
use docent_auth::credentials::token_of;
use docent_domain::{Clock, Fault};
use docent_wire::Refused;
use server::{Line, Server};
use utoipa::OpenApi;

pub use rest::{Answer, Rest};

/// The route, described.
#[derive(OpenApi)]
#[openapi(paths(routes))]
struct Described;

pub(crate) struct Mcp;

impl Door for Mcp {
    fn title(&self) -> &'static str {
        "Model Context Protocol"
    }

    fn openapi(&self) -> Option<utoipa::openapi::OpenApi> {
        Some(Described::openapi())
    }

    fn routes(&self, mount: &Mount<'_>) -> Router {
        routes(mount.rest.clone(), mount.hub.auth.clone(), Arc::clone(&mount.hub.clock))
    }
}

/// Serves one client over standard input and output, until it hangs up.
pub async fn serve_stdio(rest: Arc<dyn Rest>) -> Result<(), Fault> {
    let running = Server::new(Line::Fixed(rest)).serve(stdio::lines()).await;
    let running = running.map_err(|error| Fault::internal(error.to_string()))?;
    running.waiting().await.map(drop).map_err(|error| Fault::internal(error.to_string()))
}

// `/mcp`, in front of the REST interface `rest` in the same process. Put the checks that all requests pass around
// the result. There are no sessions: every node answers every message.
#[utoipa::path(
    post,
    path = "/mcp",
    operation_id = "mcp",
    tag = "Model Context Protocol",
    request_body(content = Object, description = "One JSON-RPC message of the protocol's streamable HTTP transport"),
    responses(
        (status = 200, body = Object, description = "The JSON-RPC answer; what goes wrong in a tool stands in its result"),
        (status = 202, description = "A notification was taken"),
        (status = 400, body = Object, description = "A JSON-RPC error: malformed JSON, a batch, an odd id"),
        Problems
    )
)]
fn routes(rest: Router, auth: Auth, clock: Arc<dyn Clock>) -> Router {
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        // Names of hosts and origins are looked at for all doors alike, before this one.
        .disable_allowed_hosts();
    let server = Server::new(Line::Inside(rest));
    let service = StreamableHttpService::new(
        move || Ok(server.clone()),
        Arc::new(NeverSessionManager::default()),
        config,
    );
    Router::new()
        .route_service("/mcp", service)
        .layer(from_fn(spoken::in_form))
        .layer(from_fn_with_state((auth, clock), known_caller))
}

/// A client learns here, and not from its first tool, that its token is missing or bad. Cookies do not count.
async fn known_caller(
    State((auth, clock)): State<(Auth, Arc<dyn Clock>)>,
    request: Request,
    next: Next,
) -> Response {
    let mut shown = request.headers().clone();
    shown.remove(COOKIE);
    match auth.require(token_of(&shown), clock.now()).await {
        Ok(_) => next.run(request).await,
        Err(error) => Refused(Fault::from(error)).into_response(),
    }
}
