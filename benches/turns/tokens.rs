//! Processor time of the whole program for a long answer to one socket.

use std::time::{Duration, Instant};

use docent::models::{ChatModel, Prompt, Script, Scripted, Step};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::program::{Program, cpu_ms};

const TOKENS: usize = 10_000;
/// Before each: 500 a second.
const PACE_MS: u64 = 2;

pub async fn measure() -> Value {
    let alone = alone().await;
    let (whole, frames, seconds, memory) = whole().await;
    let thousand = |ms: f64| ms * 1e3 / TOKENS as f64;
    let over = thousand(whole - alone);
    println!(
        "{TOKENS} tokens to one socket in {seconds:.1} s, {frames} frames: {:.1} ms CPU a thousand, of which the \
         model {:.1}; {memory:.0} MB anonymous",
        thousand(whole),
        thousand(alone)
    );
    json!({ "tokens": TOKENS, "frames": frames, "seconds": seconds, "cpu_ms_a_thousand": over,
        "cpu_ms_a_thousand_with_model": thousand(whole), "anonymous_mb": memory })
}

/// The model by itself, in this process.
async fn alone() -> f64 {
    let cpu = cpu_ms(std::process::id());
    let script = Script::of([Step::Pace { delay_ms: PACE_MS }, Step::Flood { words: TOKENS }]);
    let deltas = Scripted::new(script).stream(Prompt::default()).await.expect("it answers");
    assert!(deltas.count().await > TOKENS);
    cpu_ms(std::process::id()) - cpu
}

async fn whole() -> (f64, usize, f64, f64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let script = json!({ "steps": [{ "pace": { "delay_ms": PACE_MS } }, { "flood": { "words": TOKENS } }] });
    let script = script.to_string();
    let settings =
        [("EMBEDDING_PROVIDER", "hash"), ("CHAT_PROVIDER", "scripted"), ("CHAT_SCRIPT", script.as_str())];
    let program = Program::start(folder.path(), &settings).await;
    let part = reqwest::multipart::Part::bytes(b"Kestrels eat voles.".as_slice()).file_name("birds.md");
    let form = reqwest::multipart::Form::new().part("file", part);
    let url = format!("{}/api/projects/1/documents?wait=30", program.base);
    program.http.post(url).multipart(form).send().await.expect("an answer");
    let request = program.http.post(format!("{}/api/chats", program.base));
    let answer = request.json(&json!({ "project_id": 1 })).send().await.expect("an answer");
    let chat: Value = serde_json::from_str(&answer.text().await.expect("a body")).expect("JSON");
    // What the start and the upload leave to do is done.
    tokio::time::sleep(Duration::from_secs(2)).await;

    let (begun, cpu) = (Instant::now(), cpu_ms(program.id()));
    let frames = ask(&program.base, &chat["id"]).await;
    let (cpu, seconds) = (cpu_ms(program.id()) - cpu, begun.elapsed().as_secs_f64());
    let memory = program.anonymous_mb();
    program.stop().await;
    (cpu, frames, seconds, memory)
}

/// Asks over a socket, reads the whole answer, and counts its frames.
async fn ask(base: &str, chat: &Value) -> usize {
    let url = format!("{}/socket.io/?EIO=4&transport=websocket", base.replacen("http", "ws", 1));
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await.expect("a connection");
    let question = json!(["send_message", { "chat_id": chat, "message": "What do kestrels eat?" }]);
    let mut frames = 0;
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else { continue };
        let text = text.as_str();
        let answer = match text {
            "2" => "3".to_owned(),
            _ if text.starts_with('0') => "40".to_owned(),
            _ if text.starts_with(r#"42["connected""#) => format!("42{question}"),
            _ if text.starts_with(r#"42["message_complete""#) => break,
            _ => {
                frames += usize::from(text.starts_with(r#"42["message_token""#));
                assert!(!text.contains(r#"42["error""#), "{text}");
                continue;
            }
        };
        socket.send(Message::Text(answer.into())).await.expect("the server lives");
    }
    assert!(frames > 0, "there was no answer");
    frames
}
