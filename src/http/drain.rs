//! Reads on after a refusal, for a while: a client that is still sending would otherwise see its connection reset,
//! and not why.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::EXPECT;
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Frame, SizeHint};

/// How long it goes on; whoever sends for longer has to see the reset.
const PATIENCE: Duration = Duration::from_secs(3);

pub(super) async fn read_on_after_refusals(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let asks_first = request.headers().contains_key(EXPECT);
    let shared = Shared(Arc::new(Mutex::new(Body::empty())));
    let request = request.map(|body| {
        *shared.lock() = body;
        Body::new(shared.clone())
    });
    let response = next.run(request).await;
    let status = response.status();
    // Who asks before sending is not sending yet.
    if !asks_first && (status.is_client_error() || status.is_server_error()) {
        let rest = std::future::poll_fn(|context| shared.poll_rest(context));
        // Out of patience is no error: the answer has been decided.
        let _ = tokio::time::timeout(PATIENCE, rest).await;
    }
    response
}

/// A body that two may read, one after the other.
#[derive(Clone)]
struct Shared(Arc<Mutex<Body>>);

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Body> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn poll_rest(&self, context: &mut Context<'_>) -> Poll<()> {
        loop {
            match std::task::ready!(Pin::new(&mut *self.lock()).poll_frame(context)) {
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Poll::Ready(()),
            }
        }
    }
}

impl HttpBody for Shared {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut *self.lock()).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.lock().is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.lock().size_hint()
    }
}
