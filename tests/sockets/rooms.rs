//! Projects' rooms, presence, and the small signs of life.

use docent::domain::document::{DocumentProgress, DocumentStatus, Stage};
use docent::domain::event::News;
use docent::domain::{DocumentId, ProjectId, Timestamp};
use docent::doors::Limits;
use insta::{allow_duplicates, assert_snapshot};
use serde_json::json;

use super::CLIENTS;
use super::client::{Client, Language, Transport};
use super::scripted::CHAT;
use super::server::Server;

fn progress(project: ProjectId, document: i64, seq: i64, status: DocumentStatus) -> News {
    News::DocumentStatus(Box::new(DocumentProgress {
        document: DocumentId::from(document),
        project,
        filename: "kestrel.pdf".into(),
        status,
        stage: Stage::Extracting,
        percent: u8::try_from(seq.min(100)).unwrap(),
        seq,
        attempt: 1,
        max_attempts: 5,
        pages_done: Some(seq),
        pages_total: Some(400),
        chunks_done: None,
        chunks_total: None,
        searchable_pages: None,
        embedded_pages: None,
        warnings: Vec::new(),
        error: None,
        recognising: None,
        queue_position: None,
        waiting_since: None,
    }))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_in_the_room_hears_of_the_project() {
    let server = Server::start().await;
    let project = server.project().await;
    let mut client = server.javascript().await;
    assert_snapshot!(client.event("connected").await, @r#"{"type":"system","content":"Connected as owner","message":"Connected as owner","user":{"id":1,"username":"owner","email":null,"role":"admin"},"user_id":1}"#);
    assert_snapshot!(client.ask("join_project", json!({"project_id": project.get()})).await, @r#"{"ok":true,"project_id":1,"status":"success"}"#);
    assert_snapshot!(client.event("project_joined").await, @r#"{"project_id":1,"status":"success"}"#);
    assert_snapshot!(client.event("presence").await, @r#"{"project_id":1,"users":[{"id":1,"username":"owner"}]}"#);
    server.publish(project, News::DocumentAdded { document: 9.into(), filename: "kestrel.pdf".into() });
    assert_snapshot!(client.event("project_update").await, @r#"{"type":"document_added","data":{"document_id":9,"filename":"kestrel.pdf"}}"#);
    server.publish(project, progress(project, 9, 1, DocumentStatus::Processing));
    assert_snapshot!(client.event("document_status").await, @r#"{"document_id":9,"project_id":1,"filename":"kestrel.pdf","status":"processing","stage":"extracting","progress":1,"seq":1,"attempt":1,"max_attempts":5,"pages_done":1,"pages_total":400}"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_statuses_is_thinned_out_and_the_last_one_comes() {
    let server = Server::start().await;
    let project = server.project().await;
    let mut client = server.javascript().await;
    client.ask("join_project", json!({"project_id": project.get()})).await;
    for seq in 1..=2_000 {
        server.publish(project, progress(project, 9, seq, DocumentStatus::Processing));
    }
    server.publish(project, progress(project, 9, 2_001, DocumentStatus::Completed));
    let mut seen = Vec::new();
    while seen.last() != Some(&2_001) {
        seen.push(client.event("document_status").await["seq"].as_i64().unwrap());
    }
    assert!(seen.is_sorted() && seen.len() < 50, "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn how_far_somebody_has_read_is_told_to_the_others() {
    for (language, transport) in CLIENTS {
        let server = Server::start().await;
        let (here, there) = (server.message(CHAT).await, server.message_elsewhere().await);
        let mut ann = server.client(language, transport).await;
        let mut ben = server.client(language, transport).await;
        ann.ask("join_chat", json!({"chat_id": CHAT})).await;
        ben.ask("join_chat", json!({"chat_id": CHAT})).await;
        for message in [json!(here), json!(here.to_string())] {
            let payload = json!({"chat_id": CHAT.to_string(), "message_id": message});
            let (ack, read) = (ann.ask("mark_read", payload).await, ben.event("read").await);
            allow_duplicates! {
                assert_snapshot!(ack, @r#"{"ok":true,"chat_id":1,"user":{"id":1,"username":"owner"},"message_id":1}"#);
                assert_snapshot!(read, @r#"{"chat_id":1,"user":{"id":1,"username":"owner"},"message_id":1}"#);
            }
        }
        // Of another chat, or of none: the two are not told apart.
        for message in [there, 999] {
            let ack = ann.ask("mark_read", json!({"chat_id": CHAT, "message_id": message})).await;
            assert_eq!(ack["error"]["code"], "not_found", "{ack}");
            assert_eq!(ann.event("error").await["message_id"], message);
        }
        let elsewhere = ann.ask("mark_read", json!({"chat_id": 999, "message_id": here})).await;
        assert_eq!(elsewhere["error"]["code"], "not_found", "{elsewhere}");
        ann.event("error").await;
        assert_eq!(ann.heard_so_far().await, ["connection_status", "connected", "chat_joined"]);
        ben.ask("leave_chat", json!({"chat_id": CHAT})).await;
        ann.ask("mark_read", json!({"chat_id": CHAT, "message_id": here})).await;
        let heard = ben.heard_so_far().await;
        assert_eq!(heard, ["connection_status", "connected", "chat_joined", "chat_left"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_was_left_is_silent() {
    let server = Server::start().await;
    let (first, second) = (server.project().await, server.another_project("Second").await);
    let mut client = server.javascript().await;
    client.ask("join_project", json!({"project_id": first.get()})).await;
    client.ask("join_project", json!({"project_id": second.get()})).await;
    server.publish(first, News::ProjectRenamed { name: "not for you".into() });
    server.publish(second, News::ProjectRenamed { name: "for you".into() });
    assert_snapshot!(client.event("project_update").await, @r#"{"type":"project_renamed","data":{"name":"for you"}}"#);
    // Not being in it is no mistake.
    assert_snapshot!(client.ask("leave_project", json!({"project_id": first.get()})).await, @r#"{"ok":true,"project_id":1,"status":"success"}"#);
    client.ask("leave_project", json!({"project_id": second.get()})).await;
    server.publish(second, News::ProjectRenamed { name: "too late".into() });
    let heard = client.heard_so_far().await;
    assert!(!heard.contains(&"project_update".to_owned()), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_project_ends_the_stay() {
    let server = Server::start().await;
    let project = server.another_project("Doomed").await;
    let mut client = server.javascript().await;
    client.ask("join_project", json!({"project_id": project.get()})).await;
    server.publish(project, News::ProjectDeleted);
    server.publish(project, News::ProjectRenamed { name: "ghost".into() });
    assert_snapshot!(client.event("project_update").await, @r#"{"type":"project_deleted","data":{}}"#);
    let heard = client.heard_so_far().await;
    assert!(!heard.contains(&"project_update".to_owned()), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_chat_ends_for_who_followed_it_and_is_silent() {
    let server = Server::start().await;
    let (mut ann, mut ben) = (server.javascript().await, server.javascript().await);
    ben.ask("join_chat", json!({"chat_id": CHAT})).await;
    ann.ask("send_message", json!({"chat_id": CHAT, "message": "Hello?"})).await;
    ben.event("message_received").await;

    let owner = server.auth.local_owner().unwrap();
    let mut tx = server.store.begin().await.unwrap();
    assert!(tx.delete_chat(&owner.scope, CHAT.into(), Timestamp::from_micros(0)).await.unwrap());
    tx.commit().await.unwrap();
    let project = server.project().await;
    ann.ask("join_project", json!({"project_id": project.get()})).await;
    server.publish(project, News::ChatDeleted { chat: CHAT.into() });
    server.publish(project, News::ProjectRenamed { name: "after".into() });
    // Events are taken one after the other, so the second update comes when the first is dealt with.
    while ann.event("project_update").await["type"] != "project_renamed" {}

    server.script.find(Vec::new());
    server.script.complete();
    for client in [&mut ann, &mut ben] {
        let told = client.event("error").await;
        allow_duplicates! {
            assert_snapshot!(told, @r#"{"status":"error","message":"This chat is not open to you any more","code":"not_found","error":"not_found","event":"send_message","chat_id":1,"message_id":102}"#);
        }
    }
    assert_eq!(
        ann.heard_so_far().await,
        ["connection_status", "connected", "message_received", "project_joined", "presence"]
    );
    assert_eq!(ben.heard_so_far().await, ["connection_status", "connected", "chat_joined"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_exist_is_not_found() {
    let server = Server::start().await;
    let mut client = server.javascript().await;
    assert_snapshot!(client.ask("join_project", json!({"project_id": 999})).await, @r#"{"ok":false,"error":{"code":"not_found","message":"There is no such project, or you have no access to it"}}"#);
    assert_snapshot!(client.event("error").await, @r#"{"status":"error","message":"There is no such project, or you have no access to it","code":"not_found","error":"not_found","event":"join_project","project_id":999}"#);
    assert_snapshot!(client.ask("join_chat", json!({"chat_id": 999})).await, @r#"{"ok":false,"error":{"code":"not_found","message":"There is no such chat, or you have no access to it"}}"#);
    assert_snapshot!(client.ask("resume_message", json!({"chat_id": CHAT, "message_id": 5, "after_seq": -1})).await, @r#"{"ok":false,"error":{"code":"not_found","message":"There is no such message, or you have no access to it"}}"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn typing_and_reading_reach_the_others_in_the_chat_alone() {
    let server = Server::start().await;
    let (mut ann, mut ben) = (server.javascript().await, server.javascript().await);
    for client in [&mut ann, &mut ben] {
        client.ask("join_chat", json!({"chat_id": CHAT})).await;
    }
    ann.ask("typing", json!({"chat_id": CHAT, "typing": true})).await;
    assert_snapshot!(ben.event("typing").await, @r#"{"chat_id":1,"user":{"id":1,"username":"owner"},"typing":true}"#);
    assert_eq!(ann.heard_so_far().await, ["connection_status", "connected", "chat_joined"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ping_gets_its_own_time_back() {
    let server = Server::start().await;
    let mut client = server.javascript().await;
    assert_snapshot!(client.ask("ping", json!({"timestamp": 17})).await, @r#"{"ok":true,"timestamp":17}"#);
    assert_snapshot!(client.event("pong").await, @r#"{"timestamp":17}"#);
    client.ask_with("ping", json!([])).await;
    assert!(client.event("pong").await["timestamp"].as_i64().unwrap() > 1_600_000_000_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_vanishes_leaves_nothing_behind() {
    let limits = Limits {
        ping_interval: std::time::Duration::from_secs(1),
        ping_timeout: std::time::Duration::from_secs(3),
        ..Limits::default()
    };
    let server = Server::start_with(limits).await;
    let project = server.project().await;
    for transport in [Transport::Websocket, Transport::Polling] {
        let mut client = server.client(Language::JavaScript, transport).await;
        client.ask("join_project", json!({"project_id": project.get()})).await;
        client.ask("join_chat", json!({"chat_id": CHAT})).await;
        assert_eq!(server.doors.connections(), 1);
        client.vanish().await;
        for _ in 0..400 {
            if server.doors.connections() == 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(server.doors.connections(), 0, "{transport:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_peoples_pages_cannot_open_sockets() {
    let server = Server::start().await;
    let url = server.url.replace("127.0.0.1", "localhost");
    for transport in [Transport::Websocket, Transport::Polling] {
        for (origin, outcome) in [
            ("https://evil.example", "refused"),
            ("https://docs.example.org", "connected"),
            (url.as_str(), "connected"),
        ] {
            let mut client = Client::start(Language::JavaScript);
            let more = json!({"headers": {"Origin": origin}});
            let answer = client.try_connect(&url, transport, more).await;
            assert_eq!(answer["is"], outcome, "{origin} {transport:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_socket_too_many_is_refused_with_a_reason() {
    let server = Server::start_with(Limits { sockets_per_user: Some(1), ..Limits::default() }).await;
    let _first = server.javascript().await;
    let mut second = Client::start(Language::JavaScript);
    let answer = second.try_connect(&server.url, Transport::Websocket, json!({})).await;
    assert_snapshot!(answer, @r#"{"is":"refused","reason":"rate_limited: 1 connections are open already; close one of them first"}"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn shutting_down_ends_the_connections_and_every_task() {
    let server = Server::start().await;
    let mut client = server.javascript().await;
    client.ask("join_chat", json!({"chat_id": CHAT})).await;
    tokio::time::timeout(std::time::Duration::from_secs(5), server.doors.shutdown()).await.unwrap();
    assert_snapshot!(client.disconnected().await, @"transport close");
}
