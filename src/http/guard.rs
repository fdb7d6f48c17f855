//! What stands around all routes: request ids, the rules of `Host` and `Origin`, exact CORS, headers that keep
//! browsers strict, and panics caught.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, CONTENT_ENCODING, CONTENT_SECURITY_POLICY,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::normalize_path::NormalizePathLayer;

use super::{drain, observe, request_id};
use docent_auth::address::{ClientAddress, OverTls, Proxies};
use docent_auth::limits::AllowanceNote;
use docent_auth::origin::{Asker, Origins, Purpose};
use docent_domain::{Code, Fault};
use docent_wire::Refused;
use docent_wire::problem;

/// For answers that are no pages: nothing in them may load or run.
const NOTHING: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Puts `routes` behind the checks that every request passes. A trailing slash makes no difference in there.
pub fn guarded(routes: Router, origins: Arc<Origins>, proxies: Arc<Proxies>) -> Router {
    let routes = routes.layer(
        ServiceBuilder::new()
            .layer(from_fn(request_id::named))
            .layer(from_fn(observe::observed))
            .layer(from_fn(drain::read_on_after_refusals))
            .layer(from_fn(strict_headers))
            .layer(from_fn(rate_fields))
            .layer(from_fn_with_state(proxies, record_client))
            .layer(from_fn_with_state(origins, right_host_and_origin))
            .layer(from_fn(plain_bodies))
            .layer(CatchPanicLayer::custom(problem::of_panic)),
    );
    // The path must be cut before routing: hence a service around the router, not a layer of it.
    let cut = ServiceBuilder::new().layer(NormalizePathLayer::trim_trailing_slash()).service(routes);
    Router::new().fallback_service(cut)
}

async fn strict_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    headers.entry(policy).or_insert(HeaderValue::from_static("same-origin"));
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NOTHING));
    response
}

/// Bodies are read as they come: a compressed one would be broken JSON, or a part of it taken for a file.
async fn plain_bodies(request: Request, next: Next) -> Response {
    let is_coded = |coding: &HeaderValue| !coding.as_bytes().eq_ignore_ascii_case(b"identity");
    if request.headers().get_all(CONTENT_ENCODING).iter().any(is_coded) {
        let advice = "Send the body as it is, without `Content-Encoding`";
        let refused = Refused(Fault::new(Code::UnsupportedMediaType, advice));
        return ([(ACCEPT_ENCODING, "identity")], refused).into_response();
    }
    next.run(request).await
}

/// Tells in the answer what is left of the limit that the request counted against
/// (draft-ietf-httpapi-ratelimit-headers).
async fn rate_fields(mut request: Request, next: Next) -> Response {
    let note = AllowanceNote::default();
    request.extensions_mut().insert(note.clone());
    let mut response = next.run(request).await;
    if let Some(left) = note.get() {
        let policy = format!("\"{}\";q={};w={}", left.policy, left.limit, left.window_s);
        let rest = format!("\"{}\";r={};t={}", left.policy, left.left, left.reset_s);
        for (name, value) in [("ratelimit-policy", policy), ("ratelimit", rest)] {
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().insert(HeaderName::from_static(name), value);
            }
        }
    }
    response
}

/// What `record_client` noted about TLS, for handlers that set cookies.
pub(super) struct ClientTls(pub(super) OverTls);

impl<S: Send + Sync> FromRequestParts<S> for ClientTls {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<OverTls>().copied().unwrap_or(OverTls(false))))
    }
}

/// Notes where a request comes from, as far as that can be believed.
async fn record_client(State(proxies): State<Arc<Proxies>>, mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>().copied() {
        let client: ClientAddress = proxies.client(peer.ip(), request.headers());
        let tls = OverTls(proxies.is_tls(peer.ip(), request.headers()));
        request.extensions_mut().insert(client);
        request.extensions_mut().insert(tls);
    }
    next.run(request).await
}

async fn right_host_and_origin(
    State(origins): State<Arc<Origins>>,
    request: Request,
    next: Next,
) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let purpose = if is_safe { Purpose::Read } else { Purpose::Change };
    let over_tls = request.extensions().get::<OverTls>().copied().unwrap_or(OverTls(false));
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let asker = match origins.check(&headers, uri.authority(), over_tls, purpose) {
        Ok(asker) => asker,
        Err(error) => return varied(Refused(Fault::from(error)).into_response()),
    };
    let Asker::Listed(origin) = asker else { return varied(next.run(request).await) };
    let preflight =
        *request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut response =
        if preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    if let Ok(origin) = HeaderValue::from_str(origin) {
        allow(response.headers_mut(), origin, preflight);
    }
    varied(response)
}

/// What is answered depends on the origin, whichever it was and whether one was sent: caches have to know.
fn varied(mut response: Response) -> Response {
    let names = |value: &HeaderValue| {
        value
            .to_str()
            .is_ok_and(|list| list.split(',').any(|name| name.trim().eq_ignore_ascii_case("origin")))
    };
    if !response.headers().get_all(VARY).iter().any(names) {
        response.headers_mut().append(VARY, HeaderValue::from_static("Origin"));
    }
    response
}

fn allow(headers: &mut HeaderMap, origin: HeaderValue, preflight: bool) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    if preflight {
        let methods = HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE");
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
        let names = "authorization, content-type, idempotency-key, last-event-id, range, x-request-id";
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(names));
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    } else {
        let names = "content-disposition, content-range, ratelimit, ratelimit-policy, retry-after, x-request-id, \
                     x-total-count";
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(names));
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_panic_is_answered_and_nothing_of_it_is_told() {
        let routes =
            Router::new().route("/boom", get(async || -> &'static str { panic!("at /secret/path") }));
        let router = guarded(routes, Arc::new(Origins::new([], false)), Arc::default());
        let request = Request::builder().uri("/boom/").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), 500);
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        assert!(response.headers().contains_key("x-request-id"));
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        let text = String::from_utf8_lossy(&body);
        assert!(text.contains("Something went wrong here") && !text.contains("secret"), "{text}");
    }
}
