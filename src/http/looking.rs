//! Pages of somebody else's making, for operators to look at.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};

use docent_auth::credentials::token_of;
use docent_auth::{Auth, AuthError};
use docent_domain::{Clock, Code, Fault};
use docent_wire::Refused;

/// Who decides.
type Gate = (Auth, Arc<dyn Clock>);

/// Lets only operators in, and only requests that read. A browser is known by the cookie of the server's own page,
/// which counts on every port of the same host.
pub fn for_operators(routes: Router, auth: Auth, clock: Arc<dyn Clock>) -> Router {
    routes.layer(from_fn_with_state((auth, clock), admit))
}

async fn admit(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    if let Err(fault) = check(&gate, request.method(), request.headers()).await {
        return Refused(fault).into_response();
    }
    let mut response = next.run(request).await;
    // Whoever signs out on a shared machine leaves nothing behind.
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn check((auth, clock): &Gate, method: &Method, headers: &HeaderMap) -> Result<(), Fault> {
    let caller = match auth.require(token_of(headers), clock.now()).await {
        Ok(caller) => caller,
        Err(AuthError::Anonymous | AuthError::InvalidToken | AuthError::TokenExpired) => {
            let detail = "Sign in on the server's own page first, as an admin and under the same host name, and load \
                          this one again; or send `Authorization: Bearer <access token or API key>`";
            return Err(Fault::new(Code::Unauthenticated, detail));
        }
        Err(error) => return Err(error.into()),
    };
    if !caller.scope.everything() {
        return Err(Fault::new(Code::Forbidden, "Only admins may see this"));
    }
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Err(Fault::new(Code::MethodNotAllowed, "This is for looking at only"));
    }
    Ok(())
}
