//! Answers as server-sent events: what all of them have in common.

use std::convert::Infallible;
use std::time::Duration;

use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;

/// Proxies and clients give up a silent connection.
pub const HEARTBEAT: Duration = Duration::from_secs(15);

/// A stream of events, kept alive and passed on as it comes.
pub fn events(frames: impl Stream<Item = Result<Event, Infallible>> + Send + 'static) -> Response {
    let mut response = Sse::new(frames).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response();
    head(response.headers_mut());
    response
}

/// The headers of a stream beside its media type: it is kept nowhere, and proxies that collect answers pass it on as it
/// comes.
pub fn head(headers: &mut HeaderMap) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
}
