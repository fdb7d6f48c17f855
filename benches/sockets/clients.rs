//! Many clients that speak just enough Engine.IO and Socket.IO to stay connected and to read a clock out of events.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use docent::domain::Clock;
use docent::domain::clock::SystemClock;
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::sync::{Semaphore, mpsc};
use tokio_tungstenite::tungstenite::Message;

/// After so long without a delivery, what has not come does not come.
const PATIENCE: Duration = Duration::from_secs(10);
/// Handshakes at the same time.
const AT_ONCE: usize = 64;

/// `url sockets place events`: connects, says `ready`, and reports when asked to.
pub async fn run(arguments: &[String]) {
    let [url, sockets, place, events] = arguments else { panic!("four arguments, not {arguments:?}") };
    let (sockets, events): (usize, usize) =
        (sockets.parse().expect("a number"), events.parse().expect("a number"));
    drop(rlimit::increase_nofile_limit(65_536));
    let (delivered, mut deliveries) = mpsc::unbounded_channel();
    let (ready, gate) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(AT_ONCE)));
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..sockets {
        all.spawn(client(url.clone(), place.clone(), delivered.clone(), ready.clone(), gate.clone()));
    }
    while ready.load(Ordering::Relaxed) < sockets {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    println!("ready");
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    drop(lines.next_line().await);
    let expected = if place == "ask" { usize::MAX } else { sockets * events };
    let mut latencies = Vec::new();
    while latencies.len() < expected {
        match tokio::time::timeout(PATIENCE, deliveries.recv()).await {
            Ok(Some(Delivery::Event(micros))) => latencies.push(micros),
            Ok(Some(Delivery::End) | None) | Err(_) => break,
        }
    }
    latencies.sort_unstable();
    let at = |share: f64| {
        let index = (latencies.len() as f64 * share) as usize;
        latencies.get(index.min(latencies.len().saturating_sub(1))).map_or(0.0, |micros| *micros as f64 / 1e3)
    };
    let report = json!({"count": latencies.len(), "p50_ms": at(0.5), "p99_ms": at(0.99), "max_ms": at(1.0)});
    println!("{report}");
    drop(lines.next_line().await);
}

enum Delivery {
    Event(i64),
    End,
}

async fn client(
    url: String,
    place: String,
    delivered: mpsc::UnboundedSender<Delivery>,
    ready: Arc<AtomicUsize>,
    gate: Arc<Semaphore>,
) {
    let permit = gate.acquire_owned().await.expect("open");
    let address = format!("{url}/socket.io/?EIO=4&transport=websocket");
    let (mut socket, _) = tokio_tungstenite::connect_async(address).await.expect("a connection");
    let mut permit = Some(permit);
    let waits_for = if place.starts_with("room:") { r#"42["project_joined""# } else { r#"42["connected""# };
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else { continue };
        let text = text.as_str();
        let answer = if text.starts_with('0') {
            Some("40".to_owned())
        } else if text == "2" {
            Some("3".to_owned())
        } else if text.starts_with("40")
            && let Some(project) = place.strip_prefix("room:")
        {
            Some(format!(r#"42["join_project",{{"project_id":{project}}}]"#))
        } else {
            None
        };
        if let Some(answer) = answer {
            socket.send(Message::Text(answer.into())).await.expect("the server lives");
        }
        if text.starts_with(waits_for) && permit.take().is_some() {
            ready.fetch_add(1, Ordering::Relaxed);
            if place == "ask" {
                let question = r#"42["send_message",{"chat_id":1,"message":"Tell me all"}]"#;
                socket.send(Message::Text(question.into())).await.expect("the server lives");
            }
        }
        if let Some(delivery) = read(text) {
            drop(delivered.send(delivery));
        }
    }
}

fn read(text: &str) -> Option<Delivery> {
    if text.starts_with(r#"42["message_token""#) {
        return Some(Delivery::Event(0));
    }
    if text.starts_with(r#"42["message_complete""#) {
        return Some(Delivery::End);
    }
    let (_, rest) = text.split_once(r#""filename":""#)?;
    let sent: i64 = rest.split('"').next()?.parse().ok()?;
    Some(Delivery::Event(SystemClock.now().micros() - sent))
}
