//! Questions and answers.

use std::time::Duration;

use docent::chat::Options;
use docent::domain::Code;
use insta::{allow_duplicates, assert_snapshot};
use serde_json::json;

use super::scripted::CHAT;
use super::server::Server;
use super::{CLIENTS, assert_gapless, outline};

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_round_trip_with_every_client() {
    for (language, transport) in CLIENTS {
        let server = Server::start().await;
        let mut client = server.client(language, transport).await;
        let status = client.event("connection_status").await;
        allow_duplicates! { assert_snapshot!(status, @r#"{"status":"connected","user":{"id":1,"username":"owner"}}"#); }
        let ack = client.ask("send_message", json!({"chat_id": CHAT.to_string(), "message": "Hello?"})).await;
        allow_duplicates! { assert_snapshot!(ack, @r#"{"ok":true,"chat_id":1,"message_id":102,"status":"processing"}"#); }
        server.script.find(Vec::new());
        server.script.say(["They ", "eat ", "voles."]);
        server.script.complete();
        let turn = client.turn().await;
        assert_gapless(&turn, 0, 2);
        allow_duplicates! { assert_snapshot!(outline(&turn), @r#"
        message_received {"chat_id":1,"message_id":102,"status":"processing","user_message":{"id":101,"content":"Hello?","user":{"id":1,"username":"owner"}}}
        message_sources {"chat_id":1,"message_id":102,"sources":[]}
        message_token… "They eat voles."
        message_complete {"chat_id":1,"message_id":102,"content":"They eat voles.","metadata":{"model":"scripted","sources_count":0,"cited":[],"latency_ms":1,"finish_reason":"stop"}}
        "#); }
        client.close().await;
        client.disconnected().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_answer_arrives_whole_on_every_client() {
    let words: Vec<String> = (0..5_000).map(|n| format!("w{n} ")).collect();
    for (language, transport) in CLIENTS {
        let server = Server::start().await;
        let mut client = server.client(language, transport).await;
        client.ask("send_message", json!({"chat_id": CHAT, "message": "Tell me all"})).await;
        server.script.find(Vec::new());
        for part in words.chunks(50) {
            server.script.say(part.iter().map(String::as_str));
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        server.script.complete();
        let turn = client.turn().await;
        assert_gapless(&turn, 0, 4_999);
        let text: String = turn.iter().filter_map(|(_, body)| body["token"].as_str()).collect();
        assert_eq!(text, words.concat(), "{language:?} {transport:?}");
        assert_eq!(turn.last().unwrap().0, "message_complete");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_reads_nothing_for_a_while_gets_longer_frames_and_no_gap() {
    let server = Server::start().await;
    let mut client = server.javascript().await;
    client.ask("send_message", json!({"chat_id": CHAT, "message": "Tell me all"})).await;
    server.script.find(Vec::new());
    client.stall(Duration::from_secs(3)).await;
    // More than the buffers of the kernel hold.
    let long = "x".repeat(4_000);
    for _ in 0..20 {
        server.script.say(std::iter::repeat_n(long.as_str(), 200));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    server.script.complete();
    let turn = client.turn().await;
    assert_gapless(&turn, 0, 3_999);
    let joined = turn.iter().filter(|(_, body)| body.get("first_seq").is_some()).count();
    assert!(joined > 0, "nothing was joined");
    let text: usize = turn.iter().filter_map(|(_, body)| body["token"].as_str()).map(str::len).sum();
    assert_eq!(text, 4_000 * 4_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_reconnect_the_rest_comes_and_nothing_twice() {
    for (language, transport) in CLIENTS {
        let server = Server::start().await;
        let mut client = server.client(language, transport).await;
        let ack = client.ask("send_message", json!({"chat_id": CHAT, "message": "Hello?"})).await;
        server.script.find(Vec::new());
        server.script.say(["a", "b", "c"]);
        client.event("message_token").await;
        client.vanish().await;
        server.script.say(["d"]);

        let mut client = server.client(language, transport).await;
        let resume = json!({"chat_id": CHAT, "message_id": ack["message_id"], "after_seq": 0});
        let resumed = client.ask("resume_message", resume.clone()).await;
        allow_duplicates! { assert_snapshot!(resumed, @r#"{"ok":true,"chat_id":1,"message_id":102,"status":"resumed"}"#); }
        // It follows already: nothing comes twice.
        client.ask("resume_message", resume.clone()).await;
        server.script.say(["e"]);
        server.script.complete();
        let turn = client.turn().await;
        assert_gapless(&turn, 1, 4);
        assert_eq!(turn[0].0, "message_sources");
        assert_eq!(client.heard_so_far().await, ["connection_status", "connected"]);

        // Finished, it can be had again.
        client
            .emit(
                "resume_message",
                json!({"chat_id": CHAT, "message_id": ack["message_id"], "after_seq": -1}),
            )
            .await;
        assert_gapless(&client.turn().await, 0, 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_clients_in_one_chat_see_the_same() {
    let server = Server::start().await;
    let (mut ann, mut ben) = (server.javascript().await, server.javascript().await);
    ann.ask("join_chat", json!({"chat_id": CHAT})).await;
    ben.ask("join_chat", json!({"chat_id": CHAT})).await;
    for question in ["First?", "Second?"] {
        ann.ask("send_message", json!({"chat_id": CHAT, "message": question})).await;
        server.script.find(Vec::new());
        server.script.say(["yes"]);
        server.script.complete();
        let (anns, bens) = (ann.turn().await, ben.turn().await);
        assert_eq!(anns, bens);
        assert_eq!(anns[0].1["user_message"]["content"], question);
    }
    // Nothing came twice to the one who is both sender and in the room.
    assert_eq!(ann.heard_so_far().await, ["connection_status", "connected", "chat_joined"]);

    ben.ask("leave_chat", json!({"chat_id": CHAT})).await;
    ann.ask("send_message", json!({"chat_id": CHAT, "message": "Third?"})).await;
    server.script.find(Vec::new());
    server.script.complete();
    ann.turn().await;
    assert_eq!(ben.heard_so_far().await, ["connection_status", "connected", "chat_joined", "chat_left"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_joins_late_gets_the_running_answer_from_its_beginning() {
    let server = Server::start().await;
    let mut ann = server.javascript().await;
    ann.ask("send_message", json!({"chat_id": CHAT, "message": "Hello?"})).await;
    server.script.find(Vec::new());
    server.script.say(["a", "b"]);
    let mut ben = server.javascript().await;
    ben.ask("join_chat", json!({"chat_id": CHAT})).await;
    server.script.say(["c"]);
    server.script.complete();
    assert_eq!(ann.turn().await.last(), ben.turn().await.last());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_stopped_by_anybody_who_may_read_the_chat() {
    let server = Server::start().await;
    let (mut ann, mut ben) = (server.javascript().await, server.javascript().await);
    let nothing = ben.ask("cancel_message", json!({"chat_id": CHAT})).await;
    assert_snapshot!(nothing, @r#"{"ok":true,"chat_id":1,"message_id":null,"status":"not_running"}"#);
    ann.ask("send_message", json!({"chat_id": CHAT, "message": "Hello?"})).await;
    server.script.find(Vec::new());
    server.script.say(["so far"]);
    ann.event("message_token").await;
    assert_snapshot!(ben.ask("cancel_message", json!({"chat_id": CHAT})).await, @r#"{"ok":true,"chat_id":1,"message_id":102,"status":"cancelling"}"#);
    assert_snapshot!(outline(&ann.turn().await), @r#"
    message_received {"chat_id":1,"message_id":102,"status":"processing","user_message":{"id":101,"content":"Hello?","user":{"id":1,"username":"owner"}}}
    message_sources {"chat_id":1,"message_id":102,"sources":[]}
    message_cancelled {"chat_id":1,"message_id":102,"content":"so far"}
    "#);
    assert_snapshot!(outline(&ben.turn().await), @r#"message_cancelled {"chat_id":1,"message_id":102,"content":"so far"}"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_chat_refuses_and_a_failed_answer_says_so() {
    let server = Server::start().await;
    let mut client = server.javascript().await;
    client.ask("send_message", json!({"chat_id": CHAT, "message": "Hello?"})).await;
    client.event("message_received").await;
    assert_snapshot!(client.ask("send_message", json!({"chat_id": CHAT, "message": "And?"})).await, @r#"{"ok":false,"error":{"code":"chat_busy","message":"wait for the answer, or stop it with `cancel_message`"}}"#);
    assert_snapshot!(client.event("error").await, @r#"{"status":"error","message":"wait for the answer, or stop it with `cancel_message`","code":"chat_busy","error":"chat_busy","event":"send_message","chat_id":1}"#);
    server.script.fail(Code::LlmUnavailable);
    assert_snapshot!(client.event("error").await, @r#"{"status":"error","message":"The language model cannot be reached","code":"llm_unavailable","error":"llm_unavailable","event":"send_message","chat_id":1,"message_id":102}"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn options_reach_the_engine() {
    let server = Server::start().await;
    let mut client = server.javascript().await;
    let payload = json!({
        "chat_id": CHAT, "message": "Hello?", "model": "small", "temperature": 0.5, "include_history": false,
        "top_k": 7, "document_ids": [1, "2"], "client_message_id": "mine", "unknown": {"is": "ignored"},
    });
    client.ask("send_message", payload).await;
    let asked = &server.script.asked()[0];
    assert_eq!((asked.content.as_str(), asked.username.as_str()), ("Hello?", "owner"));
    assert_eq!(asked.client_message_id.as_deref(), Some("mine"));
    let options = Options {
        model: Some("small".into()),
        temperature: Some(0.5),
        include_history: false,
        top_k: Some(7),
        documents: Some(vec![1.into(), 2.into()]),
        ..Options::default()
    };
    assert_eq!(asked.options, options);
}
