//! AI sessions over a native WebSocket, with Python's `websockets`.

use std::time::Duration;

use docent::models::Step;
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{app, chat, javascript, native, redacted, stop};
use crate::sockets::client::{Client, Language, Transport};
use crate::support::app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn it_speaks_as_sessions_on_socket_io_do() {
    let app = app().await;
    let chat = chat(&app).await;
    let mut client = native(&app, chat, "?token=t").await;
    let mut other = javascript(&app, json!({"session_id": chat})).await;
    assert_snapshot!(client.event("system").await, @r#"{"type":"system","content":"Connected as owner"}"#);
    client.emit("", json!({"message": "What do kestrels eat?"})).await;
    assert_snapshot!(client.event("status").await, @r#"{"type":"status","content":"Processing your message..."}"#);
    let response = client.event("ai_response").await;
    assert_snapshot!(redacted(&response), @r#"{"type":"ai_response","message_id":"[message_id]","content":{"message":"They eat voles [1].","isSummary":false},"question_count":1,"sources":["kestrel.md#0"]}"#);
    assert_eq!(redacted(&other.event("ai_response").await), redacted(&response), "it is one session");

    // The other way round, and without pieces, which were not asked for.
    other.ask_with("ai_message", json!(["And owls?"])).await;
    assert_eq!(client.event("ai_response").await["question_count"], 2);
    assert!(!client.unread().contains(&"stream"));
}

#[tokio::test(flavor = "multi_thread")]
async fn pieces_come_where_they_are_asked_for() {
    let app = app().await;
    let chat = chat(&app).await;
    app.model.will([
        Step::Say(vec!["They ".to_owned()]),
        Step::Pause { ms: 200 },
        Step::Say(vec!["eat voles [1].".to_owned()]),
    ]);
    let mut client = native(&app, chat, "?stream=true").await;
    client.emit("", json!({"message": "What do kestrels eat?"})).await;
    let (mut text, mut count) = (String::new(), 0);
    let response = loop {
        let (name, frame) = client.one_of(&["stream", "ai_response"]).await;
        if name == "ai_response" {
            break frame;
        }
        text.push_str(frame["content"].as_str().unwrap());
        count += 1;
        assert!(frame["message_id"].is_i64());
    };
    assert_eq!(
        (text.as_str(), &response["content"]["message"]),
        ("They eat voles [1].", &json!("They eat voles [1]."))
    );
    assert!(count >= 2, "{count}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_sent_is_answered_and_the_connection_lives() {
    let app = app().await;
    let chat = chat(&app).await;
    let mut client = native(&app, chat, "").await;
    let deep = format!("{{\"message\": {}1{}}}", "[".repeat(100), "]".repeat(100));
    let mut said = String::new();
    for text in ["", "{", "7", "[]", "null", "{}", r#"{"message": 7}"#, "{}], [1", r#"1], {"a": ["#, &deep] {
        client.raw(text).await;
        let error = client.event("error").await;
        assert_eq!(error["code"], "invalid_payload", "{text}");
        said.push_str(error["content"].as_str().unwrap());
        said.push('\n');
    }
    client.send_binary().await;
    said.push_str(client.event("error").await["content"].as_str().unwrap());
    let long = json!({"message": "x".repeat(32 * 1024 + 1)});
    client.emit("", long).await;
    client.event("error").await;
    assert_snapshot!(said, @r"
    `payload`: it is not valid JSON; send one JSON object
    `payload`: it is not valid JSON; send one JSON object
    `payload`: the payload is a number; send one JSON object or a string
    `payload`: the payload is a list; send one JSON object or a string
    `payload`: this event needs a payload: send one JSON object or a string
    `message`: is missing; send some text
    `message`: is a number; send a string
    `payload`: it is not valid JSON; send one JSON object
    `payload`: it is not valid JSON; send one JSON object
    `payload`: it is nested too deeply; at most 32 levels are allowed
    `payload`: binary attachments are not understood; send one JSON object
    ");
    client.raw(r#""What do kestrels eat?""#).await;
    assert_eq!(client.event("ai_response").await["question_count"], 1);
}

/// What comes of connecting, with these headers and subprotocols.
async fn outcome(app: &TestApp, path: &str, more: Value) -> Value {
    let mut client = Client::start(Language::Native);
    client.try_connect(&format!("{}{path}", app.address), Transport::Websocket, more).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_enter_is_refused_before_the_upgrade() {
    let app = app().await;
    let chat = chat(&app).await;
    for missing in ["99", "0", "no%20such%20name", "%00"] {
        let refused = outcome(&app, &format!("/api/v1/ai-assistant/ws/{missing}"), json!({})).await;
        assert!(refused["reason"].as_str().unwrap().starts_with("404"), "{missing}: {refused}");
    }
    let path = format!("/api/v1/ai-assistant/ws/{chat}");
    for origin in ["https://evil.example", "null"] {
        let refused = outcome(&app, &path, json!({"headers": {"Origin": origin}})).await;
        assert!(refused["reason"].as_str().unwrap().starts_with("403"), "{origin}: {refused}");
    }
    let elsewhere = app.request(reqwest::Method::GET, &path).header("host", "evil.example");
    assert_eq!(crate::support::app::Answer::of(elsewhere).await.status, 403);
    let listed = outcome(&app, &path, json!({"headers": {"Origin": "https://docs.example.org"}})).await;
    assert_eq!(listed["is"], "connected", "{listed}");
    let plain = app.get(&path).await;
    assert_eq!(plain.status, 400, "{plain:?}");

    // A browser cannot set headers: the token comes as a subprotocol, and the first of the two is agreed on.
    let offered = outcome(&app, &path, json!({"subprotocols": ["bearer", "some.token-0"]})).await;
    assert_eq!((&offered["is"], &offered["subprotocol"]), (&json!("connected"), &json!("bearer")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_whose_chat_is_gone_is_closed_with_1008() {
    let app = app().await;
    let chat = chat(&app).await;
    let mut client = native(&app, chat, "").await;
    client.event("system").await;
    let mut socket = javascript(&app, json!({"session_id": chat})).await;
    assert_eq!(app.delete(&format!("/api/chats/{chat}")).await.status, 204);
    assert_eq!(client.disconnected().await, "1008 this session is not open to you");
    assert_eq!(socket.disconnected().await, "io server disconnect");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_reads_nothing_for_a_while_misses_nothing() {
    let app = app().await;
    let chat = chat(&app).await;
    let words = 40_000;
    app.model.will([Step::Flood { words }]);
    let mut client = native(&app, chat, "?stream=true").await;
    client.emit("", json!({"message": "What do kestrels eat?"})).await;
    client.stall(Duration::from_secs(2)).await;
    let mut text = String::new();
    let whole = loop {
        let (name, frame) = client.one_of(&["stream", "ai_response"]).await;
        if name == "ai_response" {
            break frame["content"]["message"].as_str().unwrap().to_owned();
        }
        text.push_str(frame["content"].as_str().unwrap());
    };
    assert_eq!(text, whole);
    assert!(whole.len() > 100_000, "{}", whole.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_while_an_answer_is_written_hears_of_it() {
    let app = app().await;
    let chat = chat(&app).await;
    super::endless(&app, "They");
    let mut first = native(&app, chat, "").await;
    first.emit("", json!({"message": "What do kestrels eat?"})).await;
    super::writing(&app).await;
    let mut late = native(&app, chat, "?stream=1").await;
    assert_eq!(late.event("stream").await["content"], "They");
    stop(&app, chat).await;
    assert_eq!(late.event("ai_response").await["cancelled"], true);
    assert_eq!(first.event("ai_response").await["cancelled"], true);
    first.close().await;
    assert!(first.disconnected().await.starts_with("1000"));
}
