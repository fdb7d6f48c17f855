//! What a connection hears first, with frames written by hand: they come sooner than a client library would send them.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::server::Server;

/// How long a reader is asked for before the pool counts as empty, and a frame before it counts as held back.
const SHORT: Duration = Duration::from_millis(300);

struct Frames(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Frames {
    async fn open(url: &str) -> Self {
        let url = format!("{}/socket.io/?EIO=4&transport=websocket", url.replace("http", "ws"));
        Self(connect_async(url).await.unwrap().0)
    }

    async fn send(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    async fn next(&mut self) -> String {
        self.0.next().await.unwrap().unwrap().into_text().unwrap().to_string()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_comes_before_the_greeting() {
    let server = Server::start().await;
    let callers = server.store.for_callers();
    let mut frames = Frames::open(&server.url).await;
    assert!(frames.next().await.starts_with('0'));
    // The greeting reads the account: it waits while all readers of the database are taken.
    let mut readers = Vec::new();
    while let Ok(reader) = timeout(SHORT, callers.read()).await {
        readers.push(reader.unwrap());
    }
    frames.send("40{}").await;
    assert!(frames.next().await.starts_with("40{"));
    frames.send(r#"421["no_such_event",{}]"#).await;
    let status = frames.next().await;
    assert!(status.starts_with(r#"42["connection_status""#), "{status}");
    let early = timeout(SHORT, frames.next()).await;
    assert!(early.is_err(), "before the greeting: {early:?}");
    drop(readers);
    let (greeting, answer) = (frames.next().await, frames.next().await);
    assert!(greeting.starts_with(r#"42["connected""#), "{greeting}");
    assert!(answer.contains("no_such_event"), "{answer}");
}
