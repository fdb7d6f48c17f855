//! What cannot be read is answered, and the connection lives.

use std::fmt::Write;

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::CLIENTS;
use super::client::Client;
use super::scripted::CHAT;
use super::server::Server;

const EVENTS: [&str; 9] = [
    "join_project",
    "leave_project",
    "send_message",
    "join_chat",
    "leave_chat",
    "cancel_message",
    "resume_message",
    "typing",
    "mark_read",
];

async fn refused(client: &mut Client, event: &str, arguments: Value) -> String {
    let ack = client.ask_with(event, arguments).await;
    assert_eq!(ack["ok"], false, "{event}: {ack}");
    let error = client.event("error").await;
    assert_eq!(error["status"], "error");
    assert_eq!(error["code"], error["error"]);
    assert_eq!(error["message"], ack["error"]["message"]);
    assert_eq!(error["code"], ack["error"]["code"]);
    format!("{} {}", error["code"].as_str().unwrap(), error["message"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_event_goes_unanswered_whatever_comes_with_it() {
    for (language, transport) in CLIENTS {
        let server = Server::start().await;
        let mut client = server.client(language, transport).await;
        for event in EVENTS {
            for arguments in [
                json!([]),
                json!([null]),
                json!(["text"]),
                json!([7]),
                json!([[1]]),
                json!([true]),
                json!([{}]),
            ] {
                let refusal = refused(&mut client, event, arguments.clone()).await;
                assert!(refusal.starts_with("invalid_payload"), "{event} {arguments}: {refusal}");
            }
            let binary = client.ask_binary(event).await;
            assert_eq!(binary["error"]["code"], "invalid_payload", "{event}");
            client.event("error").await;
        }
        let unknown = refused(&mut client, "no_such_event", json!([{}])).await;
        assert!(unknown.contains("there is no event `no_such_event`"), "{unknown}");
        assert_eq!(client.ask("ping", json!({})).await["ok"], true);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_read_whatever_escapes_are_in_them() {
    for (language, transport) in CLIENTS {
        let server = Server::start().await;
        let mut client = server.client(language, transport).await;
        // Python's client escapes what is not ASCII.
        for name in ["é", "ein Grüß \"Gott\"", "線"] {
            let unknown = refused(&mut client, name, json!([{}])).await;
            assert!(unknown.contains(&format!("there is no event `{name}`")), "{unknown}");
        }
        assert_eq!(client.ask("ping", json!({})).await["ok"], true);
    }
    let server = Server::start().await;
    let mut client = server.javascript().await;
    client.raw(r#"2["\u0070in\u0067",{"timestamp":7}]"#).await;
    assert_eq!(client.event("pong").await["timestamp"], 7);
    for odd in ["2[7,{}]", "2[]", "2{}", r#"2["\ud800",{}]"#, r#"2["ping""#] {
        client.raw(odd).await;
        assert_eq!(client.event("error").await["code"], "invalid_payload", "{odd}");
    }
    assert_eq!(client.ask("ping", json!({})).await["ok"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn complaints_name_the_field() {
    let server = Server::start().await;
    let mut client = server.javascript().await;
    let long = "x".repeat(32 * 1024 + 1);
    let deep: Value = serde_json::from_str(&format!("{}1{}", "[".repeat(40), "]".repeat(40))).unwrap();
    let many: Vec<i64> = (1..=1_001).collect();
    let cases = [
        ("join_project", json!({})),
        ("join_project", json!({"project_id": "seven"})),
        ("send_message", json!({"message": "x"})),
        ("send_message", json!({"chat_id": CHAT})),
        ("send_message", json!({"chat_id": CHAT, "message": "   "})),
        ("send_message", json!({"chat_id": CHAT, "message": {"text": "x"}})),
        ("send_message", json!({"chat_id": CHAT, "message": long})),
        ("send_message", json!({"chat_id": CHAT, "message": "x", "temperature": 3})),
        ("send_message", json!({"chat_id": CHAT, "message": "x", "top_k": 51})),
        ("send_message", json!({"chat_id": CHAT, "message": "x", "include_history": "yes"})),
        ("send_message", json!({"chat_id": CHAT, "message": "x", "document_ids": many})),
        ("send_message", json!({"chat_id": CHAT, "message": "x", "document_ids": [1, "two"]})),
        ("send_message", json!({"chat_id": CHAT, "message": "x", "deep": deep})),
        ("resume_message", json!({"chat_id": CHAT, "message_id": 5})),
        ("resume_message", json!({"chat_id": CHAT, "message_id": 5, "after_seq": -2})),
        ("typing", json!({"chat_id": CHAT})),
    ];
    let mut said = String::new();
    for (event, payload) in cases {
        let refusal = refused(&mut client, event, json!([payload])).await;
        writeln!(said, "{event}: {refusal}").unwrap();
    }
    assert_snapshot!(said, @"
    join_project: invalid_payload `project_id`: is missing; send an integer id
    join_project: invalid_payload `project_id`: is a string; send a positive integer id
    send_message: invalid_payload `chat_id`: is missing; send an integer id
    send_message: invalid_payload `message`: is missing; send some text
    send_message: invalid_payload `message`: is missing; send some text
    send_message: invalid_payload `message`: is an object; send a string
    send_message: invalid_payload `message`: has 32769 bytes; at most 32768 are allowed
    send_message: invalid_payload `temperature`: is 3; it must be from 0 to 2
    send_message: invalid_payload `top_k`: is 51; it must be from 1 to 50
    send_message: invalid_payload `include_history`: is a string; send true or false
    send_message: invalid_payload `document_ids`: has 1001 ids; at most 1000 are allowed
    send_message: invalid_payload `document_ids[1]`: is a string; send a positive integer id
    send_message: invalid_payload `payload`: it is nested too deeply; at most 32 levels are allowed
    resume_message: invalid_payload `after_seq`: is missing; send an integer
    resume_message: invalid_payload `after_seq`: is -2; it must be from -1 to 9007199254740991
    typing: invalid_payload `typing`: is missing; send true or false
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_answered_in_the_order_in_which_they_came() {
    let server = Server::start().await;
    let project = server.project().await;
    let mut client = server.javascript().await;
    for _ in 0..50 {
        client.emit("join_project", json!({"project_id": project.get()})).await;
        client.emit("leave_project", json!({"project_id": project.get()})).await;
    }
    for n in 0..100 {
        let expected = if n % 2 == 0 { "project_joined" } else { "project_left" };
        assert_eq!(client.one_of(&["project_joined", "project_left"]).await.0, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_is_refused_with_a_time_to_wait() {
    let server = Server::start().await;
    let mut client = server.javascript().await;
    for _ in 0..2_000 {
        client.emit("join_project", json!({"project_id": 999})).await;
    }
    let mut codes = std::collections::BTreeMap::<String, usize>::new();
    for _ in 0..2_000 {
        let error = client.event("error").await;
        *codes.entry(error["code"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    // How many fit depends on the machine; each was answered.
    assert!(codes.keys().all(|code| code == "not_found" || code == "rate_limited"), "{codes:?}");
    assert_eq!(client.ask("ping", json!({})).await["ok"], true);
}
