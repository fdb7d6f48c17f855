//! AI chat over Socket.IO, with both official clients.

use insta::{allow_duplicates, assert_snapshot};
use serde_json::{Value, json};

use super::{CLIENTS, app, connected, history, javascript, redacted};
use crate::sockets::client::Client;

/// The pieces of an answer as one text, and what came last.
async fn answer(client: &mut Client) -> (String, String, Value) {
    let mut text = String::new();
    loop {
        let (name, body) = client.one_of(&["ai:stream", "ai:complete", "ai:error"]).await;
        if name != "ai:stream" {
            return (text, name, body);
        }
        text.push_str(body["content"].as_str().unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_comes_piece_by_piece_on_every_client() {
    for (language, transport) in CLIENTS {
        let app = app().await;
        let mut client = connected(&app, language, transport, json!({})).await;
        let ack =
            client.ask("ai:chat", json!({"message": "What do kestrels eat?", "sessionId": "s-1"})).await;
        let (text, last, complete) = answer(&mut client).await;
        assert_eq!((text.as_str(), last.as_str()), ("They eat voles [1].", "ai:complete"));
        allow_duplicates! {
            assert_snapshot!(redacted(&ack), @r#"{"ok":true,"sessionId":"[sessionId]","chat_id":"[chat_id]","status":"processing"}"#);
            assert_snapshot!(redacted(&complete), @r#"{"response":"They eat voles [1].","sessionId":"[sessionId]","sources":["kestrel.md#0"],"chat_id":"[chat_id]","message_id":"[message_id]"}"#);
        }
        assert_eq!((&ack["sessionId"], &complete["sessionId"]), (&json!("s-1"), &json!("s-1")));

        // The same name goes on with the same talk; a token that comes along speaks for itself.
        let again = json!({"message": "And owls?", "sessionId": "s-1", "token": "of no importance"});
        assert_eq!(client.ask("ai:chat", again).await["chat_id"], ack["chat_id"]);
        answer(&mut client).await;
        assert_eq!(history(&app, ack["chat_id"].as_i64().unwrap()).await.len(), 4);
        let mut heard = client.heard_so_far().await;
        heard.retain(|name| !name.starts_with("connect"));
        assert!(heard.is_empty(), "nothing of other doors: {heard:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_session_each_message_opens_one() {
    let app = app().await;
    let mut client = javascript(&app, json!({})).await;
    let mut sessions = Vec::new();
    for _ in 0..2 {
        client.ask("ai:chat", json!({"message": "What do kestrels eat?", "sessionId": ""})).await;
        let (_, _, complete) = answer(&mut client).await;
        sessions.push(complete["sessionId"].as_str().unwrap().to_owned());
    }
    assert!(uuid::Uuid::parse_str(&sessions[0]).is_ok() && uuid::Uuid::parse_str(&sessions[1]).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_answered_in_this_doors_words() {
    for (language, transport) in CLIENTS {
        let app = app().await;
        let mut client = connected(&app, language, transport, json!({})).await;
        for (arguments, field) in [
            (json!([]), "payload"),
            (json!(["text"]), "payload"),
            (json!([{}]), "message"),
            (json!([{"message": 7}]), "message"),
            (json!([{"message": "x", "sessionId": {}}]), "sessionId"),
            (json!([{"message": "x", "projectId": "x"}]), "projectId"),
            (json!([{"message": "x", "token": 7}]), "token"),
        ] {
            let ack = client.ask_with("ai:chat", arguments.clone()).await;
            let error = client.event("ai:error").await;
            assert_eq!(
                (&ack["ok"], &error["code"]),
                (&json!(false), &json!("invalid_payload")),
                "{arguments}"
            );
            assert_eq!(error["error"], ack["error"]["message"]);
            assert!(error["error"].as_str().unwrap().starts_with(&format!("`{field}`")), "{error}");
        }
        let ack = client.ask("ai:chat", json!({"message": "x", "sessionId": "s", "projectId": 99})).await;
        assert_eq!(ack["error"]["code"], "not_found");
        let error = client.event("ai:error").await;
        allow_duplicates! {
            assert_snapshot!(error, @r#"{"error":"There is no such project, or you have no access to it","code":"not_found","sessionId":"s"}"#);
        }
        assert!(!client.heard_so_far().await.contains(&"error".to_owned()));
    }
}
