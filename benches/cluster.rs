//! An installation of several processes, all on this machine: how many chunks a second one, two and four workers
//! bring into the index, against the one process of the embedded mode; and how long an event of one node takes to a
//! socket at another.
//!
//! `cargo bench --bench cluster [-- documents]`. Postgres and Redis are started here; the index is a stand-in for a
//! Qdrant server unless `QDRANT_URL` names one. Each worker has one embedding session, so that two of them need what
//! the embedded mode takes by itself.

use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;

#[expect(dead_code, reason = "shared with tests that use more of it")]
#[path = "../tests/support"]
mod support {
    pub mod cluster;
    pub mod postgres;
    pub mod process;
    pub mod qdrant;
    pub mod redis;
}

use support::cluster::Cluster;
use support::process::Program;

const EVENTS: usize = 500;

#[tokio::main]
async fn main() {
    let documents = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(40);
    let home =
        std::env::var("DOCENT_HOME").unwrap_or_else(|_| format!("{}/.docent", env!("CARGO_MANIFEST_DIR")));
    let one = [
        ("EMBEDDING_PROVIDER", "local"),
        ("EMBEDDING_MODEL", "all-MiniLM-L6-v2"),
        ("DOCENT_HOME", home.as_str()),
        ("EMBEDDING_SESSIONS", "1"),
        ("RUST_LOG", "warn"),
    ];
    println!("{:<28} {:>10} {:>12}", "ingestion", "chunks", "chunks/s");
    let mut rows = Vec::new();
    for sessions in ["1", "2"] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut settings = one.to_vec();
        settings.push(("EMBEDDING_SESSIONS", sessions));
        settings.push(("INGEST_CONCURRENCY", "4"));
        let server = Program::start(&folder.path().join("data"), &settings).await;
        rows.push(ingest(&format!("embedded, {sessions} sessions"), &server, documents).await);
        server.stop().await;
    }
    for workers in [1, 2, 4] {
        let mut cluster = Cluster::new(&one).await;
        let api = cluster.api().await;
        let mut all = Vec::new();
        for _ in 0..workers {
            all.push(cluster.worker().await);
        }
        rows.push(ingest(&format!("{workers} workers"), &api, documents).await);
    }
    let mut cluster = Cluster::new(&one).await;
    let (a, b) = (cluster.api().await, cluster.api().await);
    let worker = cluster.worker().await;
    let document = a.upload("one.md", b"One sentence.".to_vec()).await;
    a.settled(document).await;
    println!("\n{:<28} {:>10} {:>10}", "request to event", "p50 ms", "p99 ms");
    for (name, at) in [("at the same node", &a), ("at another node", &b)] {
        rows.push(events(name, &a, at, document).await);
    }
    drop(worker);
    println!("\n{}", json!({"bench": "cluster", "rows": rows}));
}

/// Texts that nobody has embedded before, of some thirty chunks each.
fn text(document: usize) -> Vec<u8> {
    let line = |n: usize| {
        format!(
            "In year {n} of log {document} the ringers counted {} storks at the {}th weir. ",
            n * 7 % 911,
            n % 53
        )
    };
    (0..380).map(line).collect::<String>().into()
}

async fn ingest(name: &str, server: &Program, documents: usize) -> Value {
    let mut ids = Vec::new();
    for document in 0..documents {
        ids.push(server.upload(&format!("{name}-{document}.md"), text(document)).await);
        // The clock starts when there is something to do for everybody.
    }
    let begun = Instant::now();
    let mut before = 0;
    for id in &ids {
        before += server.document(*id).await["chunk_count"].as_i64().unwrap_or(0);
    }
    let mut chunks = 0;
    for id in ids {
        let document = loop {
            let document = server.document(id).await;
            if document["status"] == "completed" {
                break document;
            }
            assert_ne!(document["status"], "failed", "{document}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        chunks += document["chunk_count"].as_i64().unwrap_or(0);
    }
    let rate = (chunks - before) as f64 / begun.elapsed().as_secs_f64();
    println!("{name:<28} {chunks:>10} {rate:>12.1}");
    json!({"when": name, "chunks": chunks, "chunks_per_s": rate})
}

/// Renames a document at one node, over and over, and waits for the news at another.
async fn events(name: &str, from: &Program, at: &Program, document: i64) -> Value {
    let (heard, mut news) = mpsc::unbounded_channel();
    let url = format!("{}/socket.io/?EIO=4&transport=websocket", at.url().replacen("http", "ws", 1));
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await.expect("a connection");
    let mut listening = tokio::task::JoinSet::new();
    listening.spawn(async move {
        while let Some(Ok(message)) = socket.next().await {
            let Message::Text(text) = message else { continue };
            let answer = match text.as_str() {
                text if text.starts_with('0') => "40",
                text if text.starts_with("40") => r#"42["join_project",{"project_id":1}]"#,
                "2" => "3",
                text => {
                    if text.contains("project_joined") || text.contains("document_updated") {
                        let _ = heard.send(Instant::now());
                    }
                    continue;
                }
            };
            socket.send(Message::Text(answer.into())).await.expect("the server lives");
        }
    });
    news.recv().await.expect("in the room");
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let mut taken = Vec::new();
    for n in 0..EVENTS {
        let begun = Instant::now();
        let renaming = http
            .patch(format!("{}/api/documents/{document}", from.url()))
            .json(&json!({"filename": format!("name-{n}.md")}))
            .send();
        let (answer, came) =
            tokio::join!(renaming, tokio::time::timeout(Duration::from_secs(5), news.recv()));
        assert!(answer.expect("an answer").status().is_success());
        taken.push((came.expect("in time").expect("a line") - begun).as_secs_f64() * 1e3);
    }
    taken.sort_by(f64::total_cmp);
    let at = |share: f64| taken[((taken.len() - 1) as f64 * share) as usize];
    println!("{name:<28} {:>10.2} {:>10.2}", at(0.5), at(0.99));
    json!({"when": name, "events": EVENTS, "p50_ms": at(0.5), "p99_ms": at(0.99)})
}
