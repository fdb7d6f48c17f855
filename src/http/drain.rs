//! Reads on after a refusal, for a while: a client that is still sending would otherwise see its connection reset,
//! and not why.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::EXPECT;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::{Stream, StreamExt};

/// How long it goes on; whoever sends for longer has to see the reset.
const PATIENCE: Duration = Duration::from_secs(3);

pub(super) async fn read_on_after_refusals(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let asks_first = request.headers().contains_key(EXPECT);
    let (parts, body) = request.into_parts();
    let mut shared = Shared(Arc::new(Mutex::new(body.into_data_stream())));
    let response = next.run(Request::from_parts(parts, Body::from_stream(shared.clone()))).await;
    let status = response.status();
    // Who asks before sending is not sending yet.
    if !asks_first && (status.is_client_error() || status.is_server_error()) {
        let rest = async { while let Some(Ok(_)) = shared.next().await {} };
        // Out of patience is no error: the answer has been decided.
        let _ = tokio::time::timeout(PATIENCE, rest).await;
    }
    response
}

/// A body that two may read, one after the other.
#[derive(Clone)]
struct Shared(Arc<Mutex<BodyDataStream>>);

impl Stream for Shared {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Pin::new(&mut *body).poll_next(context)
    }
}
