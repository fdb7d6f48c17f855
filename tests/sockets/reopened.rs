//! Assistant rooms that close and open again, and rooms on several nodes, with the official JavaScript client and the real program.

use docent::models::Step;
use serde_json::{Value, json};

use super::client::{Client, Language, Transport};
use crate::support::app::TestApp;
use crate::support::databases::TestStore;
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
    let wanted = json!({"chat_id": chat, "project_id": 1, "model_api_source": source, "model_id": source});
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

#[tokio::test(flavor = "multi_thread")]
async fn a_tool_of_a_client_on_another_node_is_missed_at_once() {
    let app = TestApp::start(TestStore::sqlite().await).await;
    let other = app.another_node().await;
    let project = app.bench.project.get();
    app.upload(project, "", "kestrel.md", "# Kestrels\n\nKestrels eat voles.\n").await;
    app.run_jobs().await;
    let on = async |address: &str| {
        let url = format!("{address}/assistant/realtime");
        Client::connect(&url, Language::JavaScript, Transport::Websocket).await
    };
    let (mut ann, mut ben) = (on(&app.address).await, on(&other).await);
    let tool = json!({"name": "get_weather", "description": "Looks out of the window."});
    let wanted = json!({"project_id": project, "model_api_source": "scripted", "model_id": "scripted", "tools": [tool]});
    let room = ann.ask("create_room", wanted).await["room_id"].as_str().unwrap().to_owned();
    assert_eq!(ben.ask("join_room", json!({"room_id": room})).await["ok"], true);

    let asked = json!({"room_id": room, "message": "What do kestrels eat?"});
    app.model.will([Step::Call { tool: "get_weather".to_owned(), arguments: json!({}) }, Step::Results]);
    let begun = std::time::Instant::now();
    assert_eq!(ben.ask("send_message", asked.clone()).await["ok"], true);
    let answer = ben.event(&format!("message {room}")).await;
    let said = answer["message"]["content"].as_str().unwrap();
    assert!(said.starts_with("Error: there is no such tool; use one of: list_documents"), "{said}");
    assert!(
        begun.elapsed() < std::time::Duration::from_secs(10),
        "nobody waits for a client that is not here"
    );

    // Where it was declared, it is called.
    app.model.will([Step::Call { tool: "get_weather".to_owned(), arguments: json!({}) }, Step::Results]);
    assert_eq!(ann.ask("send_message", asked).await["ok"], true);
    let call = ann.event(&format!("function_call {room}")).await;
    let result = json!({"call_id": call["call_id"], "result": "fog"});
    assert_eq!(ann.ask(&format!("function_result {room}"), result).await["ok"], true);
    assert_eq!(ann.event(&format!("message {room}")).await["message"]["content"], "fog");
}
