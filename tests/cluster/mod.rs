//! Several processes, one installation: what is done at one node is seen at the others, and each may die.

mod faults;
mod nodes;
mod stay;

use serde_json::{Value, json};

use crate::sockets::client::{Client, Language, Transport};
use crate::support::process::Program;

/// Says twenty words, one every 50 ms: long enough to be in the middle of. The last stop is a frame of its own: it
/// waits for what is found about its statement.
const SLOW: &str = r#"{"steps": [{"pace": {"delay_ms": 50}}, {"say": ["one ", "two ", "three ", "four ", "five ", "six ",
    "seven ", "eight ", "nine ", "ten ", "eleven ", "twelve ", "thirteen ", "fourteen ", "fifteen ", "sixteen ",
    "seventeen ", "eighteen ", "nineteen ", "twenty [1]."]}]}"#;

/// What every node of these tests runs with.
const SETTINGS: &[(&str, &str)] =
    &[("CHAT_PROVIDER", "scripted"), ("CHAT_SCRIPT", SLOW), ("RETRIEVAL_MIN_COSINE", "0")];

const TEXT: &str = "Storks nest on roofs. The nest of the storks weighs 800 kilograms.";

async fn post(node: &Program, path: &str, body: Value) -> Value {
    let answer =
        reqwest::Client::new().post(format!("{}{path}", node.url())).json(&body).send().await.unwrap();
    let status = answer.status();
    let body = answer.json().await.unwrap();
    assert!(status.is_success(), "{status} {body}");
    body
}

async fn new_chat(node: &Program) -> Value {
    post(node, "/api/chats", json!({"project_id": 1})).await["id"].take()
}

async fn client(node: &Program) -> Client {
    Client::connect(node.url(), Language::JavaScript, Transport::Websocket).await
}

/// Somebody at a node who follows a chat.
async fn follower(node: &Program, chat: &Value) -> Client {
    let mut client = client(node).await;
    assert_eq!(client.ask("join_chat", json!({"chat_id": chat})).await["ok"], true);
    client
}

/// The answer's text, put together from its pieces.
fn text_of(turn: &[(String, Value)]) -> String {
    let tokens = turn.iter().filter(|(name, _)| name == "message_token");
    tokens.map(|(_, body)| body["token"].as_str().unwrap()).collect()
}

/// The one end of a turn, which is the last thing heard of it.
fn end_of(turn: &[(String, Value)]) -> (&str, &Value) {
    let (name, body) = turn.last().unwrap();
    (name, body)
}
