//! The doors for clients of other systems, with the real engine and the clients that their users have.

mod ai_chat;
mod command;
mod conversations;
mod endings;
mod examples;
mod native;
mod pages;
mod rights;
mod sessions;
mod streams;

use std::time::Duration;

use docent::models::Step;
use serde_json::{Value, json};

use crate::sockets::client::{Client, Language, Transport};
use crate::support::app::TestApp;
use crate::support::databases::TestStore;

/// Both official Socket.IO clients on both transports.
const CLIENTS: [(Language, Transport); 4] = [
    (Language::JavaScript, Transport::Websocket),
    (Language::JavaScript, Transport::Polling),
    (Language::Python, Transport::Websocket),
    (Language::Python, Transport::Polling),
];

const KESTREL: &str = "# Kestrels\n\nKestrels eat voles, and now and then a beetle.\n";

/// A server whose default project knows what kestrels eat.
async fn app() -> TestApp {
    let app = TestApp::start(TestStore::sqlite().await).await;
    let uploaded = app.upload(app.bench.project.get(), "", "kestrel.md", KESTREL).await;
    assert_eq!(uploaded.status, 201, "{}", uploaded.text);
    app.run_jobs().await;
    app
}

/// A chat in the default project, as REST makes it.
async fn chat(app: &TestApp) -> i64 {
    let made = app.post("/api/chats", json!({"project_id": app.bench.project.get()})).await;
    assert_eq!(made.status, 201, "{}", made.text);
    made.json()["id"].as_i64().unwrap()
}

async fn javascript(app: &TestApp, auth: Value) -> Client {
    connected(app, Language::JavaScript, Transport::Websocket, auth).await
}

async fn connected(app: &TestApp, language: Language, transport: Transport, auth: Value) -> Client {
    let mut client = Client::start(language);
    let outcome = client.try_connect(&app.address, transport, json!({"auth": auth})).await;
    assert_eq!(outcome["is"], "connected", "{outcome}");
    client
}

/// A native WebSocket to a session; `query` begins with `?` or is empty.
async fn native(app: &TestApp, session: impl std::fmt::Display, query: &str) -> Client {
    let mut client = Client::start(Language::Native);
    let url = format!("{}/api/v1/ai-assistant/ws/{session}{query}", app.address);
    let outcome = client.try_connect(&url, Transport::Websocket, json!({})).await;
    assert_eq!(outcome["is"], "connected", "{outcome}");
    client
}

/// What was said in a chat, as REST tells it: `role status content`.
async fn history(app: &TestApp, chat: i64) -> Vec<String> {
    let messages = app.get(&format!("/api/chats/{chat}/messages")).await.json();
    let said = |message: &Value| {
        let text = |field: &str| message[field].as_str().unwrap().to_owned();
        let summary = if message["summary"] == true { " summary" } else { "" };
        format!("{} {}{summary}: {}", text("role"), text("status"), text("content"))
    };
    messages.as_array().unwrap().iter().map(said).collect()
}

/// Makes the model write until it is stopped.
fn endless(app: &TestApp, first: &str) {
    app.model.will([Step::Say(vec![first.to_owned()]), Step::Hang]);
}

/// Waits until the model has begun to write, and a reader would have seen it.
async fn writing(app: &TestApp) {
    for _ in 0..500 {
        if app.model.open() == 1 {
            tokio::time::sleep(Duration::from_millis(200)).await;
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the model was never asked");
}

/// Stops what is being written in a chat, as anybody may who reads it.
async fn stop(app: &TestApp, chat: i64) {
    let mut other = javascript(app, json!({})).await;
    let ack = other.ask("cancel_message", json!({"chat_id": chat})).await;
    assert_eq!(ack["status"], "cancelling", "{ack}");
}

/// Puts words in place of what differs from run to run.
fn redacted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, field)| {
                let hidden = match (name.as_str(), field) {
                    ("id" | "chat_id" | "message_id", Value::Number(_)) => Some(format!("[{name}]").into()),
                    ("task_id" | "created_at" | "updated_at" | "latency_ms", _) => {
                        Some(format!("[{name}]").into())
                    }
                    ("timestamp" | "created_timestamp" | "call_id", _) => Some(format!("[{name}]").into()),
                    ("sessionId" | "conversation_id", Value::String(_)) => Some(format!("[{name}]").into()),
                    ("sources", Value::Array(sources)) => Some(named(sources)),
                    _ => None,
                };
                (name.clone(), hidden.unwrap_or_else(|| redacted(field)))
            })
            .collect(),
        Value::Array(items) => items.iter().map(redacted).collect(),
        other => other.clone(),
    }
}

/// Sources by what they are called, after a look at what each must have.
fn named(sources: &[Value]) -> Value {
    let name = |source: &Value| {
        assert!(source["id"].is_string() && source["content"].is_string(), "{source}");
        assert!(source["score"].is_number() && source["metadata"]["document_id"].is_i64(), "{source}");
        format!("{}#{}", source["metadata"]["filename"].as_str().unwrap(), source["metadata"]["chunk_index"])
    };
    sources.iter().map(name).collect::<Vec<_>>().into()
}
