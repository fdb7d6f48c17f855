//! What a connection hears first, with frames written by hand: they come sooner than a client library would send them.

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::server::Server;

/// The event and the reading of the account run beside each other: once in so many times one would overtake the other.
const CONNECTIONS: usize = 40;

struct Frames(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Frames {
    async fn open(url: &str) -> Self {
        let url = format!("{}/socket.io/?EIO=4&transport=websocket", url.replace("http", "ws"));
        Self(connect_async(url).await.unwrap().0)
    }

    async fn send(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    /// The next frame; pings of the server are answered.
    async fn next(&mut self) -> String {
        loop {
            let frame = self.0.next().await.unwrap().unwrap().into_text().unwrap();
            if frame.as_str() != "2" {
                return frame.to_string();
            }
            self.send("3").await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_comes_before_the_greeting() {
    let server = Server::start().await;
    for _ in 0..CONNECTIONS {
        let mut frames = Frames::open(&server.url).await;
        let opened = frames.next().await;
        assert!(opened.starts_with('0'), "{opened}");
        frames.send("40{}").await;
        let accepted = frames.next().await;
        assert!(accepted.starts_with("40{"), "{accepted}");
        frames.send(r#"421["no_such_event",{}]"#).await;
        let (status, greeting, answer) = (frames.next().await, frames.next().await, frames.next().await);
        assert!(status.starts_with(r#"42["connection_status""#), "{status}");
        assert!(greeting.starts_with(r#"42["connected""#), "{greeting}");
        assert!(answer.contains("no_such_event"), "{answer}");
    }
}
