//! AI sessions over Socket.IO, with both official clients.

use insta::{allow_duplicates, assert_snapshot};
use serde_json::{Value, json};

use super::{CLIENTS, app, chat, connected, endless, history, javascript, redacted, stop, writing};
use crate::sockets::client::{Client, Language, Transport};

#[tokio::test(flavor = "multi_thread")]
async fn everybody_in_the_session_hears_the_answer_in_both_kinds_of_words() {
    for (language, transport) in CLIENTS {
        let app = app().await;
        let chat = chat(&app).await;
        let mut ann = connected(&app, language, transport, json!({"session_id": chat})).await;
        let mut ben = connected(&app, language, transport, json!({"session_id": chat.to_string()})).await;
        assert_eq!(ann.event("connected").await["session_id"], chat);
        let greeting = ann.event("ai_message").await;
        allow_duplicates! { assert_snapshot!(greeting, @r#"{"type":"system","content":"Connected as owner"}"#); }
        ben.event("ai_message").await;

        let ack = ann.ask_with("ai_message", json!(["What do kestrels eat?"])).await;
        assert_eq!((&ack["ok"], &ack["session_id"]), (&json!(true), &json!(chat)), "{ack}");
        for client in [&mut ann, &mut ben] {
            let (status, response) = (client.event("ai_status").await, client.event("ai_response").await);
            allow_duplicates! {
                assert_snapshot!(status, @r#"{"type":"status","content":"Processing your message..."}"#);
                assert_snapshot!(redacted(&response), @r#"{"type":"ai_response","message_id":"[message_id]","content":{"message":"They eat voles [1].","isSummary":false},"question_count":1,"sources":["kestrel.md#0"]}"#);
            }
            assert_eq!(client.event("ai_message").await, status);
            assert_eq!(client.event("ai_message").await, response);
            let mut rest = client.heard_so_far().await;
            rest.retain(|name| !name.starts_with("connect"));
            assert!(rest.is_empty(), "{rest:?}");
        }
        ben.ask("ai_message", json!({"message": "And owls?"})).await;
        assert_eq!(ann.event("ai_response").await["question_count"], 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_session_may_stand_in_the_query_string() {
    for (language, transport) in CLIENTS {
        let app = app().await;
        let chat = chat(&app).await;
        let mut client = Client::start(language);
        let url = format!("{}/?session_id={chat}&token=t", app.address);
        assert_eq!(client.try_connect(&url, transport, json!({})).await["is"], "connected");
        assert_eq!(client.event("connected").await["session_id"], chat);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_not_there_refuses_the_connection() {
    let app = app().await;
    for wrong in [json!(99), json!("99"), json!("no such name"), json!("x".repeat(500))] {
        let mut client = Client::start(Language::JavaScript);
        let outcome = client
            .try_connect(&app.address, Transport::Websocket, json!({"auth": {"session_id": wrong}}))
            .await;
        assert_eq!(outcome["reason"], "There is no such session, or you have no access to it", "{wrong}");
    }
    let mut nowhere = javascript(&app, json!({})).await;
    nowhere.ask_with("ai_message", json!(["Hello?"])).await;
    assert_snapshot!(nowhere.event("ai_message").await, @r#"{"type":"error","content":"`session_id`: is missing; connect with `auth: {session_id}` to ask in a session","code":"invalid_payload"}"#);
    let error = nowhere.event("error").await;
    assert_eq!((&error["type"], &error["status"]), (&json!("error"), &json!("error")), "{error}");
    assert_eq!((&error["content"], &error["event"]), (&error["message"], &json!("ai_message")), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_wait_while_an_answer_is_written_and_are_answered_in_order() {
    let app = app().await;
    let chat = chat(&app).await;
    let mut client = javascript(&app, json!({"session_id": chat})).await;
    endless(&app, "They");
    client.ask_with("ai_message", json!(["What do kestrels eat?"])).await;
    writing(&app).await;
    // Who comes now sees that one is being written.
    let mut late = javascript(&app, json!({"session_id": chat})).await;
    late.event("ai_status").await;
    for question in ["Second?", "Third?"] {
        assert_eq!(client.ask_with("ai_message", json!([question])).await["ok"], true);
    }
    stop(&app, chat).await;
    let first = late.event("ai_response").await;
    assert_eq!((&first["cancelled"], &first["content"]["message"]), (&json!(true), &json!("They")));
    for count in 1..=3 {
        assert_eq!(client.event("ai_response").await["question_count"], count);
    }
    let asked = history(&app, chat).await;
    assert_eq!((asked[2].as_str(), asked[4].as_str()), ("user completed: Second?", "user completed: Third?"));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_every_tenth_answer_a_summary_follows() {
    let app = app().await;
    let chat = chat(&app).await;
    let mut client = javascript(&app, json!({"session_id": chat})).await;
    let is_summary = |response: &Value| response["content"]["isSummary"] == true;
    for round in 1..=2 {
        for n in 1..=10 {
            client.ask_with("ai_message", json!([format!("What do kestrels eat, {round}.{n}?")])).await;
        }
        for n in 1..=10 {
            let response = client.event("ai_response").await;
            assert_eq!(response["question_count"], (round - 1) * 10 + n, "{response}");
            assert!(!is_summary(&response), "{response}");
        }
        let summary = client.event("ai_response").await;
        assert!(is_summary(&summary), "{summary}");
        assert_eq!(summary["question_count"], round * 10);
        assert_eq!(summary["sources"], json!([]));
    }
    let said = history(&app, chat).await;
    let summaries: Vec<usize> =
        (0..said.len()).filter(|n| said[*n].starts_with("assistant completed summary: ")).collect();
    assert_eq!(summaries, [20, 41], "{said:?}");

    // One can be asked for at any time.
    app.post(&format!("/api/chats/{chat}/summary"), json!({})).await;
    assert!(is_summary(&client.event("ai_response").await));
    assert!(client.event("ai_message").await["type"].is_string());
}
