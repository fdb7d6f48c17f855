//! What is told of every request: how many, how long, and what came of them, by the route that took them.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

use docent_telemetry as telemetry;

/// Requests that no route took.
const NONE: &str = "none";
const SOCKETS: &str = "/socket.io";

pub(super) async fn observed(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let (route, method) = (route_of(&request).to_owned(), method_of(request.method()));
    let response = next.run(request).await;
    telemetry::request(&route, method, response.status().as_u16(), begun.elapsed());
    response
}

/// The template of the route, never the path: that is for whoever asks to choose.
pub(super) fn route_of(request: &Request) -> &str {
    match request.extensions().get::<MatchedPath>() {
        Some(matched) => matched.as_str(),
        None if request.uri().path().starts_with(SOCKETS) => SOCKETS,
        None => NONE,
    }
}

pub(super) fn method_of(method: &Method) -> &'static str {
    match *method {
        Method::DELETE => "DELETE",
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        Method::POST => "POST",
        Method::PUT => "PUT",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn what_no_route_took_is_not_named() {
        let of = |uri: &str| {
            let request = Request::builder().uri(uri).body(Body::empty()).unwrap();
            route_of(&request).to_owned()
        };
        assert_eq!(of("/wp-login.php?who=ann"), "none");
        assert_eq!(of("/socket.io/?EIO=4&token=secret"), "/socket.io");
    }

    #[test]
    fn methods_that_nobody_knows_are_one() {
        assert_eq!(method_of(&Method::from_bytes(b"ANNS-METHOD").unwrap()), "other");
        assert_eq!(method_of(&Method::PATCH), "PATCH");
    }
}
