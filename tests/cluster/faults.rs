//! Everything may die or go away in the middle of things: nothing is lost, nothing is doubled, and every answer comes
//! to its one end.

use std::time::Duration;

use serde_json::{Value, json};

use super::{SETTINGS, TEXT, client, end_of, follower, new_chat, text_of};
use crate::sockets::assert_gapless;
use crate::support::cluster::Cluster;
use crate::support::process::Program;

/// Long enough to be killed in: some hundred chunks, each embedded after a pause.
fn long_text() -> Vec<u8> {
    (0..3_000)
        .map(|n| format!("Sentence number {n} speaks of bird {}.\n\n", n % 97))
        .collect::<String>()
        .into()
}

async fn chunks(node: &Program, document: i64) -> Vec<Value> {
    let path = format!("{}/api/documents/{document}/chunks?limit=1000", node.url());
    reqwest::get(path).await.unwrap().json().await.unwrap()
}

async fn processing(node: &Program, document: i64) {
    for _ in 0..600 {
        if node.document(document).await["chunk_count"].as_i64().unwrap_or(0) > 0
            || node.document(document).await["stage"] == "embedding"
        {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("nobody works on it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_is_killed_is_replaced_by_another() {
    let mut cluster = Cluster::new(SETTINGS).await;
    let a = cluster.api().await;
    // The first one stops for good in the middle of embedding; so it is that one that has the work.
    let first = cluster.worker_with(&[("INGEST_LEASE_S", "4"), ("INGEST_FAULTS", "before_embed=hang")]).await;
    let document = a.upload("long.md", long_text()).await;
    processing(&a, document).await;
    let _second = cluster.worker_with(&[("INGEST_LEASE_S", "4")]).await;
    first.kill().await;
    let begun = std::time::Instant::now();
    let settled = a.settled(document).await;
    assert_eq!(settled["status"], "completed", "{settled}");
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    let found = chunks(&a, document).await;
    assert_eq!(
        i64::try_from(found.len()).unwrap().min(1_000),
        settled["chunk_count"].as_i64().unwrap().min(1_000)
    );
    // Nothing is in the index twice: what is checked is counted there.
    let check: Value =
        reqwest::get(format!("{}/api/maintenance/check", a.url())).await.unwrap().json().await.unwrap();
    assert_eq!(check["mismatches"], json!([]), "{check}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_is_killed_leaves_its_answer_with_one_end() {
    let mut cluster = Cluster::new(SETTINGS).await;
    let (a, b) = (cluster.api().await, cluster.api().await);
    let _worker = cluster.worker().await;
    let document = a.upload("storks.md", TEXT.into()).await;
    assert_eq!(a.settled(document).await["status"], "completed");
    let chat = new_chat(&a).await;
    let (mut asking, mut following) = (client(&a).await, follower(&b, &chat).await);
    asking.emit("send_message", json!({"chat_id": chat, "message": "What does the nest weigh?"})).await;
    // The beginning has been stored by then, which happens a few times a second.
    for _ in 0..9 {
        following.event("message_token").await;
    }
    a.kill().await;
    let begun = std::time::Instant::now();
    let rest = following.turn().await;
    assert_eq!(end_of(&rest).0, "error", "{rest:?}");
    assert!(begun.elapsed() < Duration::from_secs(25), "{:?}", begun.elapsed());
    // Who comes later reads the same end, and what was stored.
    let mut later = client(&b).await;
    let message = end_of(&rest).1["message_id"].clone();
    later.emit("resume_message", json!({"chat_id": chat, "message_id": message, "after_seq": -1})).await;
    let all = later.turn().await;
    assert_eq!(end_of(&all).0, "error");
    assert!(text_of(&all).starts_with("one two"), "{all:?}");
    // The chat is free again.
    following.emit("send_message", json!({"chat_id": chat, "message": "Once more?"})).await;
    assert_eq!(end_of(&following.turn().await).0, "message_complete");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_redis_everything_goes_on() {
    let mut cluster = Cluster::new(SETTINGS).await;
    let (a, b) = (cluster.api().await, cluster.api().await);
    let _worker = cluster.worker().await;
    let document = a.upload("storks.md", TEXT.into()).await;
    assert_eq!(a.settled(document).await["status"], "completed");
    let chat = new_chat(&a).await;
    let (mut asking, mut following) = (client(&a).await, follower(&b, &chat).await);
    let mut watcher = client(&b).await;
    assert_eq!(watcher.ask("join_project", json!({"project_id": 1})).await["ok"], true);

    // Gone in the middle of an answer: the database carries it to the other node.
    asking.emit("send_message", json!({"chat_id": chat, "message": "What does the nest weigh?"})).await;
    following.event("message_token").await;
    cluster.redis.stop().await;
    let (own, other) = tokio::join!(asking.turn(), following.turn());
    assert_eq!((end_of(&own).0, end_of(&own)), ("message_complete", end_of(&other)));

    // While it is away, whoever is at the same node notices nothing, and documents are read.
    asking.emit("send_message", json!({"chat_id": chat, "message": "And now?"})).await;
    let own = asking.turn().await;
    assert_gapless(&own, 0, 20);
    let second = a.upload("cranes.md", b"Cranes dance.".to_vec()).await;
    assert_eq!(a.settled(second).await["status"], "completed");

    // When it is back, the others catch up, and hear again.
    cluster.redis.start_again().await;
    let third = a.upload("owls.md", b"Owls fly at night.".to_vec()).await;
    loop {
        let status = watcher.event("document_status").await;
        if status["document_id"] == third && status["status"] == "completed" {
            break;
        }
    }
    asking.emit("send_message", json!({"chat_id": chat, "message": "And at last?"})).await;
    let own = asking.turn().await;
    loop {
        let other = following.turn().await;
        if end_of(&other) == end_of(&own) {
            break;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_seconds_without_postgres_lose_nothing() {
    let mut cluster = Cluster::new(SETTINGS).await;
    let a = cluster.api().await;
    let worker = cluster.worker_with(&[("INGEST_FAULTS", "before_embed=slow*100000")]).await;
    let document = a.upload("storks.md", TEXT.into()).await;
    assert_eq!(a.settled(document).await["status"], "completed");
    let chat = new_chat(&a).await;
    let mut asking = client(&a).await;
    let long = a.upload("long.md", long_text()).await;
    processing(&a, long).await;
    asking.emit("send_message", json!({"chat_id": chat, "message": "What does the nest weigh?"})).await;
    asking.event("message_token").await;
    cluster.postgres.stop();
    tokio::time::sleep(Duration::from_secs(10)).await;
    let alive = reqwest::get(format!("{}/healthz", a.url())).await.unwrap();
    assert!(alive.status().is_success());
    cluster.postgres.start_again();
    let turn = asking.turn().await;
    assert_eq!(end_of(&turn).0, "message_complete", "{turn:?}");
    let settled = a.settled(long).await;
    assert_eq!(
        (settled["status"].as_str(), &settled["attempts"]),
        (Some("completed"), &json!(1)),
        "{settled}"
    );
    drop(worker);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_cut_off_by_the_death_of_its_node_is_nothing_at_all() {
    let mut cluster = Cluster::new(SETTINGS).await;
    let (a, b) = (cluster.api().await, cluster.api().await);
    let _worker = cluster.worker().await;
    let text = String::from_utf8(long_text()).unwrap();
    let (pieces, body) = tokio::sync::mpsc::channel::<Result<String, std::io::Error>>(1);
    let part = reqwest::multipart::Part::stream(reqwest::Body::wrap_stream(
        tokio_stream::wrappers::ReceiverStream::new(body),
    ));
    let form = reqwest::multipart::Form::new().part("file", part.file_name("long.md"));
    let url = format!("{}/api/projects/1/documents", a.url());
    let mut sending = tokio::task::JoinSet::new();
    sending.spawn(reqwest::Client::new().post(url).multipart(form).send());
    // All but the end of it is with the node, and on its way into storage.
    pieces.send(Ok(text[..text.len() - 10].to_owned())).await.unwrap();
    let originals = cluster.folder().join("originals");
    for _ in 0..500 {
        if bytes_in(&originals) > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(bytes_in(&originals) > 0, "nothing reached storage");
    a.kill().await;
    assert!(sending.join_next().await.unwrap().unwrap().is_err(), "an answer of a dead node");

    let list = async || {
        let path = format!("{}/api/projects/1/documents", b.url());
        reqwest::get(path).await.unwrap().json::<Value>().await.unwrap()
    };
    assert_eq!(list().await, json!([]));
    let document = b.upload("long.md", text.into_bytes()).await;
    assert_eq!(b.settled(document).await["status"], "completed");
    assert_eq!(list().await.as_array().unwrap().len(), 1);
    let check: Value =
        reqwest::get(format!("{}/api/maintenance/check", b.url())).await.unwrap().json().await.unwrap();
    assert_eq!(check["mismatches"], json!([]), "{check}");
}

/// Of all files below a folder, as far as they are written.
fn bytes_in(folder: &std::path::Path) -> u64 {
    let entries = fs_err::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap());
    let size = |entry: fs_err::DirEntry| match entry.metadata() {
        Ok(metadata) if metadata.is_dir() => bytes_in(&entry.path()),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    };
    entries.map(size).sum()
}
