//! Assistant rooms that close and open again, with the official JavaScript client and the real program.

use serde_json::{Value, json};

use super::client::{Client, Language, Transport};
use crate::support::process::Program;

const SETTINGS: [(&str, &str); 2] =
    [("CHAT_PROVIDER", "scripted"), ("CHAT_SCRIPT", r#"{"steps": [{"say": ["Voles [1]."]}]}"#)];

async fn connected(server: &Program) -> Client {
    let url = format!("{}/assistant/realtime", server.base);
    Client::connect(&url, Language::JavaScript, Transport::Websocket).await
}

/// Who answers in the room.
async fn answers(client: &mut Client, room: &str) -> Value {
    let ack = client.ask("send_message", json!({"room_id": room, "message": "What do kestrels eat?"})).await;
    assert_eq!(ack["ok"], true, "{ack}");
    client.event(&format!("message {room}")).await["message"]["model"].take()
}

async fn create(client: &mut Client, source: &str, chat: Value) -> String {
    let wanted =
        json!({"chat_id": chat, "project_id": 1, "model_api_source": source, "model_id": source});
    let ack = client.ask("create_room", wanted).await;
    assert_eq!(ack["ok"], true, "{ack}");
    ack["room_id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_opens_again_as_it_was_even_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Program::start(&data, &SETTINGS).await;
    let document = server.upload("kestrel.txt", b"Kestrels eat voles.".to_vec()).await;
    server.settled(document).await;
    let mut ann = connected(&server).await;
    let room = create(&mut ann, "extractive", json!("talk")).await;
    assert_eq!(answers(&mut ann, &room).await, "extractive", "not the default one");
    ann.ask("leave_room", json!({"room_id": room})).await;
    ann.ask("join_room", json!({"room_id": room})).await;
    assert_eq!(answers(&mut ann, &room).await, "extractive", "closed and opened");
    server.stop().await;

    let server = Program::start(&data, &SETTINGS).await;
    let mut ann = connected(&server).await;
    ann.ask("find_chat", json!({"chat_id": "talk"})).await;
    ann.event("room_not_found talk").await;
    // Nobody has to be in it for that.
    assert_eq!(answers(&mut ann, &room).await, "extractive", "after a restart");
    ann.ask("join_room", json!({"room_id": room})).await;
    assert_eq!(answers(&mut ann, &room).await, "extractive", "after a restart, inside");

    // One that is open is handed back as it is; one that is closed is whatever is wanted now.
    let mut ben = connected(&server).await;
    assert_eq!(create(&mut ben, "scripted", json!("talk")).await, room);
    assert_eq!(answers(&mut ben, &room).await, "extractive");
    for client in [&mut ann, &mut ben] {
        client.ask("leave_room", json!({"room_id": room})).await;
    }
    assert_eq!(create(&mut ben, "scripted", json!("talk")).await, room);
    assert_eq!(answers(&mut ben, &room).await, "scripted");
    server.stop().await;
}
