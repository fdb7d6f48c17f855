//! From a file to an answer, with the real engine and a scripted model.

use docent::domain::chat::Visibility;
use docent::domain::document::Stage;
use docent::domain::event::{News, ProjectEvent};
use docent::domain::{ChatId, ProjectId, UserId};
use docent::models::Step;
use docent::store::{NewChat, Reached};
use serde_json::{Value, json};

use super::client::{Client, Language, Transport};
use super::{CLIENTS, assert_gapless};
use crate::support::app::TestApp;
use crate::support::databases::TestStore;

const KESTREL: &str = "# Kestrels\n\nKestrels eat voles, and now and then a beetle.\n";

async fn open_chat(app: &TestApp, project: i64) -> ChatId {
    let mut tx = app.bench.store.begin().await.unwrap();
    let new = NewChat {
        project: ProjectId::from(project),
        title: None,
        visibility: Visibility::Project,
        author: UserId::from(1),
        name: None,
        created_at: app.bench.clock.now(),
    };
    let chat = tx.insert_chat(&new).await.unwrap();
    tx.commit().await.unwrap();
    chat
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_read_asked_about_and_cited_with_every_client() {
    let app = TestApp::start(TestStore::sqlite().await).await;
    for (n, (language, transport)) in CLIENTS.into_iter().enumerate() {
        let project = app.project(&format!("Field guide {n}")).await;
        let mut client = Client::connect(&app.address, language, transport).await;
        client.ask("join_project", json!({"project_id": project})).await;
        let uploaded = app.upload(project, "", "kestrel.md", KESTREL).await.json()["document"].take();
        app.run_jobs().await;
        let added = client.event("project_update").await;
        assert_eq!(added["type"], "document_added", "{added}");
        let done = status_of(&mut client, "completed").await;
        assert_eq!(
            (&done["document_id"], &done["progress"], &done["stage"]),
            (&uploaded["id"], &json!(100), &json!("done")),
            "{done}"
        );

        app.model.will_say(["They ", "eat ", "voles [1]."]);
        let chat = open_chat(&app, project).await;
        let question =
            json!({"chat_id": chat.get(), "message": "What do kestrels eat?", "client_message_id": "mine"});
        let ack = client.ask("send_message", question.clone()).await;
        assert_eq!(ack["ok"], true, "{ack}");
        let turn = client.turn().await;
        let names: Vec<&str> = turn.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names[..2], ["message_received", "message_sources"]);
        assert_eq!(turn[1].1["sources"][0]["metadata"]["document_id"], uploaded["id"]);
        let (last, complete) = turn.last().unwrap();
        assert_eq!(last, "message_complete", "{complete}");
        assert_eq!(complete["content"], "They eat voles [1].");
        assert_eq!(complete["metadata"]["cited"], json!([1]));
        let frames = turn.iter().filter_map(|(_, body)| body["token"].as_str()).collect::<String>();
        assert_eq!(frames, complete["content"].as_str().unwrap());
        let count = turn.iter().filter_map(|(_, body)| body["seq"].as_i64()).max().unwrap();
        assert_gapless(&turn, 0, count);

        // Sent again under its own name, the same turn is found.
        let again = client.ask("send_message", question).await;
        assert_eq!(again["message_id"], ack["message_id"]);
        assert_eq!(client.turn().await.last().unwrap().1, *complete);
    }
}

async fn status_of(client: &mut Client, status: &str) -> Value {
    let mut seq = 0;
    loop {
        let heard = client.event("document_status").await;
        assert!(heard["seq"].as_i64().unwrap() > seq, "{heard}");
        seq = heard["seq"].as_i64().unwrap();
        if heard["status"] == status {
            return heard;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_joins_late_gets_what_is_under_way_on_sqlite() {
    late_joiner(TestStore::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_joins_late_gets_what_is_under_way_on_postgres() {
    late_joiner(TestStore::postgres().await).await;
}

async fn late_joiner(database: TestStore) {
    let app = TestApp::start(database).await;
    let project = app.project("Field guide").await;
    for n in 0..3 {
        app.upload(project, "", &format!("{n}.md"), format!("# {n}\n\n{KESTREL}")).await;
    }
    let mut client = Client::connect(&app.address, Language::JavaScript, Transport::Websocket).await;
    client.ask("join_project", json!({"project_id": project})).await;
    for place in 1..=3 {
        let status = client.event("document_status").await;
        assert_eq!(
            (&status["status"], &status["queue_position"]),
            (&json!("queued"), &json!(place)),
            "{status}"
        );
        assert!(status["waiting_since"].is_string(), "{status}");
    }
}

/// On one thread, so that the bus runs over while nobody can listen.
#[tokio::test]
async fn what_happened_while_news_were_lost_is_read_from_the_database() {
    let app = TestApp::start(TestStore::sqlite().await).await;
    let project = app.project("Field guide").await;
    app.upload(project, "", "kestrel.md", KESTREL).await;
    let mut client = Client::connect(&app.address, Language::JavaScript, Transport::Websocket).await;
    client.ask("join_project", json!({"project_id": project})).await;
    let queued = client.event("document_status").await;
    assert_eq!(queued["status"], "queued");

    let document = queued["document_id"].as_i64().unwrap().into();
    let reached = Reached {
        stage: Stage::Embedding,
        percent: 70,
        pages_done: None,
        pages_total: None,
        chunks_done: Some(7),
        chunks_total: Some(10),
        searchable_pages: None,
        embedded_pages: None,
    };
    let mut tx = app.bench.store.begin().await.unwrap();
    tx.set_progress(document, 1, &reached, app.bench.clock.now()).await.unwrap().expect("it is open");
    tx.commit().await.unwrap();
    for n in 0..40_000 {
        let news = News::ProjectRenamed { name: n.to_string() };
        app.bench.bus.publish(ProjectEvent { project: ProjectId::from(999), news });
    }
    let status = client.event("document_status").await;
    assert_eq!((&status["stage"], &status["progress"]), (&json!("embedding"), &json!(70)), "{status}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_answer_ends_for_everyone_and_can_be_had_again() {
    let app = TestApp::start(TestStore::sqlite().await).await;
    let project = app.project("Field guide").await;
    app.upload(project, "", "kestrel.md", KESTREL).await;
    app.run_jobs().await;
    let chat = open_chat(&app, project).await.get();
    app.model.will([Step::Pace { delay_ms: 5 }, Step::Flood { words: 2_000 }]);
    let mut ann = Client::connect(&app.address, Language::JavaScript, Transport::Websocket).await;
    let mut ben = Client::connect(&app.address, Language::Python, Transport::Polling).await;
    ben.ask("join_chat", json!({"chat_id": chat})).await;
    let ack = ann.ask("send_message", json!({"chat_id": chat, "message": "What do kestrels eat?"})).await;
    ben.event("message_token").await;
    let cancelled =
        ben.ask("cancel_message", json!({"chat_id": chat, "message_id": ack["message_id"]})).await;
    assert_eq!(cancelled["status"], "cancelling", "{cancelled}");
    let (anns, bens) = (ann.turn().await, ben.turn().await);
    let (name, end) = anns.last().unwrap();
    assert_eq!((name.as_str(), Some(end)), ("message_cancelled", bens.last().map(|(_, body)| body)));

    let resume = json!({"chat_id": chat, "message_id": ack["message_id"], "after_seq": -1});
    ann.ask("resume_message", resume).await;
    let again = ann.turn().await;
    let text: String = again.iter().filter_map(|(_, body)| body["token"].as_str()).collect();
    assert_eq!(end["content"].as_str().unwrap().trim_end(), text.trim_end());
}
