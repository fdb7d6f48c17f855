//! The doors on sockets, used by the official clients.

mod assistants;
pub mod client;
mod described;
mod engine;
mod greeting;
mod payloads;
mod reopened;
mod rooms;
mod scripted;
mod server;
mod told;
mod turns;
mod whole;

use client::{Language, Transport};

/// Every official client on every transport.
const CLIENTS: [(Language, Transport); 6] = [
    (Language::JavaScript, Transport::Websocket),
    (Language::JavaScript, Transport::Polling),
    (Language::JavaScript, Transport::Both),
    (Language::Python, Transport::Websocket),
    (Language::Python, Transport::Polling),
    (Language::Python, Transport::Both),
];

/// The start of what came, then how often the same came again: long streams in one line.
fn outline(turn: &[(String, serde_json::Value)]) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut text = String::new();
    for (name, body) in turn {
        if name == "message_token" {
            text.push_str(body["token"].as_str().unwrap());
            continue;
        }
        if !text.is_empty() {
            lines.push(format!("message_token… {text:?}"));
            text.clear();
        }
        lines.push(format!("{name} {body}"));
    }
    lines.join("\n")
}

/// Panics unless the frames are all there, each once, in order.
pub fn assert_gapless(turn: &[(String, serde_json::Value)], from: i64, to: i64) {
    let mut next = from;
    for (_, body) in turn.iter().filter(|(name, _)| name == "message_token") {
        let seq = body["seq"].as_i64().unwrap();
        assert_eq!(body["first_seq"].as_i64().unwrap_or(seq), next, "{body}");
        next = seq + 1;
    }
    assert_eq!(next, to + 1);
}
