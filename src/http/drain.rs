//! Reads on after a refusal, for a little: a client that is still sending would otherwise see its connection reset, and not
//! why. What is left of a small body is read before the answer, and the connection goes on; of a larger one some is read
//! while the answer is on its way, and then the connection is closed.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{CONNECTION, EXPECT};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::{Stream, StreamExt};

/// Bytes that are read before the answer, and how long they may take.
const SMALL: usize = 256 * 1024;
const SHORT: Duration = Duration::from_millis(250);

/// Then nothing is read for this long: a proxy that can send reads no answer, and would see the reset before it.
const PAUSE: Duration = Duration::from_millis(500);

/// The same while the answer is on its way. A sender that goes on beyond that sees the reset.
const MOST: usize = 4 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) async fn read_on_after_refusals(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let asks_first = request.headers().contains_key(EXPECT);
    let (parts, body) = request.into_parts();
    let mut shared = Shared(Arc::new(Mutex::new(body.into_data_stream())));
    let mut response = next.run(Request::from_parts(parts, Body::from_stream(shared.clone()))).await;
    let status = response.status();
    // Who asks before sending is not sending yet.
    if asks_first || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    if tokio::time::timeout(SHORT, shared.ends_within(SMALL)).await != Ok(true) {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        #[expect(
            clippy::disallowed_methods,
            reason = "ends by itself in two seconds, and has nothing to finish"
        )]
        let _reading = tokio::spawn(tokio::time::timeout(PATIENCE, async move {
            tokio::time::sleep(PAUSE).await;
            shared.ends_within(MOST).await;
        }));
    }
    response
}

/// A body that two may read, one after the other.
#[derive(Clone)]
struct Shared(Arc<Mutex<BodyDataStream>>);

impl Shared {
    /// Reads on; whether that came to an end before `most` bytes.
    async fn ends_within(&mut self, most: usize) -> bool {
        let mut read = 0;
        while let Some(Ok(bytes)) = self.next().await {
            read += bytes.len();
            if read > most {
                return false;
            }
        }
        true
    }
}

impl Stream for Shared {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Pin::new(&mut *body).poll_next(context)
    }
}
