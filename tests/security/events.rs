//! Every socket event, sent by everybody, on both transports.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use super::table::{self, Row, Who};
use super::world::World;
use crate::sockets::client::{Client, Language, Transport};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_may_send_what_the_matrix_says_and_nothing_else() {
    let world = World::start().await;
    let matrix = table::read(include_str!("events.tsv"));
    let known: BTreeSet<&str> = docent::doors::events("/").collect();
    let listed: BTreeSet<&str> = matrix.keys().map(|name| name.split('@').next().unwrap()).collect();
    assert_eq!(known, listed, "every event has an entry in tests/security/events.tsv, and none is left over");

    let chat = world.new_chat(world.project).await;
    let answer = world.new_answer(chat, Who::Owner).await;
    let private = world.new_private_chat(world.project).await;
    let hidden = world.new_answer(private, Who::Viewer).await;
    let payload = |entry: &str| {
        let (chat, answer) = if entry.ends_with("@private") { (private, hidden) } else { (chat, answer) };
        let name = entry.split('@').next().unwrap();
        // Another chat each time would be another question; this one is free again once its answer is there.
        (
            name.to_owned(),
            json!({
                "project_id": world.project, "chat_id": chat, "message_id": answer, "after_seq": -1,
                "conversation_id": chat, "sessionId": chat,
                "typing": true, "message": "What do herons eat?",
            }),
        )
    };
    let mut wrong = Vec::new();
    for transport in [Transport::Websocket, Transport::Polling] {
        for who in Who::ALL {
            let mut client = Client::start(Language::JavaScript);
            let auth = world.token(who).map_or(json!({}), |token| json!({"auth": {"token": token}}));
            let connected = client.try_connect(&world.base, transport, auth).await;
            for (entry, row) in &matrix {
                let seen = match connected["is"].as_str() {
                    Some("connected") => sent(&mut client, payload(entry)).await,
                    _ => "refused".to_owned(),
                };
                note(&mut wrong, entry, row, who, &seen);
            }
            if connected["is"] == "refused" {
                let expected = if who == Who::ExpiredToken { "token expired" } else { "invalid token" };
                assert_eq!(connected["reason"], expected, "{who:?}");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_may_send_to_assistants_what_the_matrix_says() {
    let world = World::start().await;
    let matrix = table::read(include_str!("assistants.tsv"));
    let known: BTreeSet<&str> = docent::doors::events("/assistant/realtime").collect();
    let listed: BTreeSet<&str> = matrix.keys().map(|name| name.split('@').next().unwrap()).collect();
    assert_eq!(
        known, listed,
        "every event has an entry in tests/security/assistants.tsv, and none is left over"
    );

    let chat = world.new_chat(world.project).await;
    let private = world.new_private_chat(world.project).await;
    let mut wrong = Vec::new();
    for transport in [Transport::Websocket, Transport::Polling] {
        for who in Who::ALL {
            let mut client = Client::start(Language::JavaScript);
            let auth = world.token(who).map_or(json!({}), |token| json!({"auth": {"token": token}}));
            let url = format!("{}/assistant/realtime", world.base);
            let connected = client.try_connect(&url, transport, auth).await;
            for (entry, row) in &matrix {
                let chat = if entry.ends_with("@private") { private } else { chat };
                let seen = match connected["is"].as_str() {
                    Some("connected") => sent_to_assistants(&mut client, entry, chat, world.project).await,
                    _ => "refused".to_owned(),
                };
                note(&mut wrong, entry, row, who, &seen);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    world.stop().await;
}

async fn sent_to_assistants(client: &mut Client, entry: &str, chat: i64, project: i64) -> String {
    let name = entry.split('@').next().unwrap();
    let room = format!("room_{chat}");
    let payload = json!({
        "project_id": project, "chat_id": chat, "room_id": room, "message": "What do herons eat?",
        "model_api_source": "extractive", "model_id": "extractive", "call_id": "x", "result": 1, "error": "x",
        "event": {"id": "x", "type": "sbaw.assistant.stop_processing"},
    });
    let answer = client.ask(name, payload).await;
    if answer["ok"] != true {
        return answer["error"]["code"].as_str().unwrap_or("no code").to_owned();
    }
    if name == "send_message" {
        client.event(&format!("message {room}")).await;
    }
    "ok".to_owned()
}

fn note(wrong: &mut Vec<String>, entry: &str, row: &Row, who: Who, seen: &str) {
    let expected = &row[&who];
    if seen != expected {
        wrong.push(format!("{entry} as {}: {seen}, not {expected}", who.name()));
    }
}

async fn sent(client: &mut Client, (name, payload): (String, Value)) -> String {
    let answer = client.ask(&name, payload).await;
    if answer["ok"] == true {
        match name.as_str() {
            "ai:chat" => drop(client.event("ai:complete").await),
            "chat" => drop(client.event("conversation").await),
            "send_message" => drop(client.event("message_complete").await),
            _ => {}
        }
        return "ok".to_owned();
    }
    answer["error"]["code"].as_str().unwrap_or("no code").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rights_that_are_taken_away_end_on_open_sockets() {
    let world = World::start().await;
    let chat = world.new_chat(world.project).await;
    let mut client = Client::start(Language::JavaScript);
    let auth = json!({"auth": {"token": world.token(Who::Viewer)}});
    assert_eq!(client.try_connect(&world.base, Transport::Websocket, auth).await["is"], "connected");
    assert_eq!(client.ask("join_project", json!({"project_id": world.project})).await["ok"], true);
    assert_eq!(client.ask("join_chat", json!({"chat_id": chat})).await["ok"], true);

    let path = format!("/api/projects/{}/members/{}", world.project, world.id(Who::Viewer));
    world.admin(Method::DELETE, &path, json!({})).await;
    let refused = client.ask("join_chat", json!({"chat_id": chat})).await;
    assert_eq!(refused["error"]["code"], "not_found", "{refused}");
    world.new_answer(chat, Who::Owner).await;
    let heard = client.heard_so_far().await;
    assert!(heard.iter().all(|event| event != "message_sources"), "somebody put out still hears: {heard:?}");

    let path = format!("/api/users/{}", world.id(Who::Viewer));
    world.admin(Method::PATCH, &path, json!({"disabled": true})).await;
    client.disconnected().await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_is_given_a_value_and_known_by_it() {
    let world = World::start().await;
    let (cookie, visitor) = greeted(&world, None).await;
    let cookie = cookie.unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let value = cookie.split(';').next().unwrap();
    assert_eq!(value, format!("visitor={visitor}"));
    let (again, same) = greeted(&world, Some(value)).await;
    assert_eq!((again, same), (None, visitor.clone()), "who is known is given no new value");
    let (other, made_up) = greeted(&world, Some("visitor=somebody")).await;
    assert!(other.is_some() && made_up != "somebody" && made_up != visitor, "{made_up}");
    world.stop().await;
}

/// The cookie of a handshake's answer, and the value that the connection is told.
async fn greeted(world: &World, cookie: Option<&str>) -> (Option<String>, String) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/socket.io/?EIO=4&transport=polling", world.base);
    let mut handshake = http.get(&url);
    if let Some(cookie) = cookie {
        handshake = handshake.header("cookie", cookie);
    }
    let answer = handshake.send().await.unwrap();
    let given = answer.headers().get("set-cookie").map(|value| value.to_str().unwrap().to_owned());
    let opened = answer.text().await.unwrap();
    let opened: Value = serde_json::from_str(&opened[1..]).unwrap();
    let url = format!("{url}&sid={}", opened["sid"].as_str().unwrap());
    http.post(&url).body("40").send().await.unwrap().error_for_status().unwrap();
    let mut heard = String::new();
    while !heard.contains("connection_status") {
        heard.push_str(&http.get(&url).send().await.unwrap().text().await.unwrap());
        heard.push('\u{1e}');
    }
    let status = heard.split('\u{1e}').find(|packet| packet.contains("connection_status")).unwrap();
    let status: Value = serde_json::from_str(&status[2..]).unwrap();
    (given, status[1]["visitor"].as_str().unwrap().to_owned())
}
