//! Network connections: small packets at once, headers within a time, and a way to end one from inside.

use std::future::{Ready, ready};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::middleware::AddExtension;
use axum::{Extension, Router};
use axum_server::Handle;
use axum_server::accept::Accept;
use hyper_util::rt::TokioTimer;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};
use tower::Layer;

use docent_auth::address::Cut;

/// How patient the server is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// For a client to send the head of a request.
    pub(super) head: Duration,
    /// For connections to end by themselves when the server stops.
    pub(super) grace: Duration,
}

/// Takes an address; its port, if that was 0, is told.
pub(super) fn bind(address: SocketAddr) -> io::Result<(std::net::TcpListener, SocketAddr)> {
    let listener = std::net::TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Serves until `stop`, and then until every connection has ended or the grace is over.
pub(super) async fn serve(
    listener: std::net::TcpListener,
    router: Router,
    stop: CancellationToken,
    patience: Patience,
) -> io::Result<()> {
    let handle = Handle::new();
    let mut server = axum_server::from_tcp(listener)?.acceptor(Acceptor).handle(handle.clone());
    server.http_builder().http1().timer(TokioTimer::new()).header_read_timeout(patience.head);
    let serving = server.serve(router.into_make_service_with_connect_info::<SocketAddr>());
    let stopping = async {
        stop.cancelled().await;
        handle.graceful_shutdown(Some(patience.grace));
        std::future::pending::<()>().await;
    };
    tokio::select! {
        served = serving => served,
        () = stopping => Ok(()),
    }
}

#[derive(Debug, Clone, Copy)]
struct Acceptor;

impl<S> Accept<TcpStream, S> for Acceptor {
    type Stream = Line;
    type Service = AddExtension<S, Cut>;
    type Future = Ready<io::Result<(Line, Self::Service)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        // Tokens are small packets that must not wait for each other.
        drop(stream.set_nodelay(true));
        let cut = CancellationToken::new();
        let line = Line { stream, cut: Box::pin(cut.clone().cancelled_owned()) };
        ready(Ok((line, Extension(Cut(cut)).layer(service))))
    }
}

/// A connection that ends, as if the client had closed it, once it is cut.
struct Line {
    stream: TcpStream,
    cut: Pin<Box<WaitForCancellationFutureOwned>>,
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.cut.as_mut().poll(context).is_ready() {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    async fn client_of(router: Router) -> TcpStream {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let patience = Patience { head: Duration::from_millis(200), grace: Duration::from_secs(1) };
        let serving = serve(listener, router, CancellationToken::new(), patience);
        tokio_util::task::TaskTracker::new().spawn(serving);
        TcpStream::connect(address).await.unwrap()
    }

    #[tokio::test]
    async fn a_connection_can_be_ended_from_inside() {
        let cutting = axum::routing::get(async |Extension(cut): Extension<Cut>| {
            cut.0.cancel();
            "bye"
        });
        let mut client = client_of(Router::new().route("/", cutting)).await;
        client.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        let mut heard = String::new();
        let ended = tokio::time::timeout(Duration::from_secs(5), client.read_to_string(&mut heard)).await;
        assert!(ended.is_ok(), "the connection stayed open: {heard}");
        assert!(heard.ends_with("bye"), "{heard}");
    }

    #[tokio::test]
    async fn a_head_that_never_ends_is_cut_off() {
        let mut client = client_of(Router::new()).await;
        client.write_all(b"GET / HTTP/1.1\r\nhost:").await.unwrap();
        let mut heard = Vec::new();
        let ended = tokio::time::timeout(Duration::from_secs(10), client.read_to_end(&mut heard)).await;
        assert!(ended.is_ok(), "the connection stayed open");
    }
}
