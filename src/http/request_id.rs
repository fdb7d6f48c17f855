//! A name for each request, on its answer and on every line it logs.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use tracing::field::Empty;

use super::observe::{method_of, route_of};
use docent_telemetry::trace;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");
const TRACE: HeaderName = HeaderName::from_static("traceparent");

/// Keeps an id that a proxy gave, if it is one, or makes one.
pub(super) async fn named(request: Request, next: Next) -> Response {
    let given = request.headers().get(HEADER).and_then(|value| value.to_str().ok()).filter(|id| is_sound(id));
    let id = given.map_or_else(|| uuid::Uuid::new_v4().simple().to_string(), str::to_owned);
    let span = tracing::info_span!(
        "http.request",
        request.id = %id,
        http.method = method_of(request.method()),
        http.route = route_of(&request),
        // The path alone: a query string may carry a token.
        http.path = %request.uri().path().escape_debug(),
        http.status_code = Empty,
        trace.id = Empty,
    );
    trace::link(&span, request.headers().get(TRACE).and_then(|value| value.to_str().ok()));
    let mut response =
        docent_wire::request_id::scope(id.clone(), next.run(request).instrument(span.clone())).await;
    span.record("http.status_code", response.status().as_u16());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

fn is_sound(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_from_outside_are_plain_and_short() {
        assert!(is_sound("0192f0c1-7e57"));
        assert!(!is_sound("") && !is_sound("a b") && !is_sound("x\u{1b}[31m") && !is_sound(&"a".repeat(65)));
    }
}
