//! A whole installation from one machine to many, and back: nothing is lost, nothing is embedded again.

mod embedder;
mod installation;

use std::time::Duration;

use serde_json::{Value, json};

use embedder::CountingEmbedder;
use installation::{Client, Installation};

use crate::support::postgres::fresh_database;
use crate::support::qdrant::StubQdrant;

/// What clients see of an installation, without what changes by looking.
async fn seen(client: &Client) -> Value {
    let mut all = json!({});
    for path in ["/api/projects", "/api/users", "/api/entities", "/api/auth/api-keys"] {
        all[path] = client.get(path).await;
        for item in all[path].as_array_mut().unwrap() {
            item.as_object_mut().unwrap().remove("used_at");
            item.as_object_mut().unwrap().remove("last_used_at");
        }
    }
    let project = client.project;
    let documents = client.get(&format!("/api/projects/{project}/documents")).await;
    for document in documents.as_array().unwrap() {
        let id = document["id"].as_i64().unwrap();
        all[format!("download {id}")] = json!(client.download(id).await);
        all[format!("chunks {id}")] = client.get(&format!("/api/documents/{id}/chunks")).await;
    }
    all["documents"] = documents;
    let chats = client.get(&format!("/api/projects/{project}/chats")).await;
    for chat in chats.as_array().unwrap() {
        let path = format!("/api/chats/{}/messages", chat["id"]);
        all[&path] = client.get(&path).await;
    }
    all["chats"] = chats;
    all["members"] = client.get(&format!("/api/projects/{project}/members")).await;
    for query in ["What do kestrels eat?", "owls sleep", "wing"] {
        all[query] = client.found(query).await;
    }
    all
}

/// An installation with something of everything, stopped, and what clients saw of it.
async fn filled(folder: &tempfile::TempDir, embedder: &CountingEmbedder) -> (Installation, Value) {
    let here = Installation::new(folder.path().join("here"), embedder);
    here.make_admin().await;
    let (server, mut client) = here.start().await;
    client.fill().await;
    let before = seen(&client).await;
    server.stop().await;
    (here, before)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_installation_moves_to_servers_and_back() {
    let (embedder, qdrant) = (CountingEmbedder::start().await, StubQdrant::start().await);
    let folder = tempfile::tempdir().unwrap();
    let here = Installation::new(folder.path().join("here"), &embedder);
    here.make_admin().await;
    let (before, key, highest) = {
        let (server, mut client) = here.start().await;
        let key = client.fill().await;
        let highest = client.make_gap().await;
        let before = seen(&client).await;
        let refused = here.moved_to(&Installation::new(folder.path().join("nowhere"), &embedder)).await;
        assert!(refused.unwrap_err().contains("is running"), "a running server is not moved");
        server.stop().await;
        (before, key, highest)
    };
    assert!(before["What do kestrels eat?"].as_array().unwrap().len() > 1, "{before}");

    let embedded = embedder.count();
    assert!(embedded > 0);
    let mut there = Installation::new(folder.path().join("there"), &embedder);
    there.set("DATABASE_URL", &fresh_database().await);
    there.set("QDRANT_URL", &qdrant.url);
    println!("{}", here.moved_to(&there).await.unwrap());
    let back = Installation::new(folder.path().join("back"), &embedder);
    println!("{}", there.moved_to(&back).await.unwrap());
    assert_eq!(embedder.count(), embedded, "nothing is embedded again");
    let again = here.moved_to(&back).await.unwrap_err();
    assert!(again.contains("is not empty"), "{again}");
    installation::assert_same_rows(&here, &back).await;

    for other in [&there, &back] {
        let embedded = embedder.count();
        let (server, client) = other.start().await;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        assert_eq!(embedder.count(), embedded, "the index is whole: {}", other.log());
        let after = seen(&client).await;
        for (what, value) in before.as_object().unwrap() {
            assert_eq!(value, &after[what], "{what}");
        }
        let by_key = client.get_with(&key, "/api/auth/me").await;
        assert_eq!(by_key["username"], "ada");
        let made = client.post("/api/projects", json!({"name": "New"})).await;
        assert!(made["id"].as_i64().unwrap() > highest, "{made}: the number of one that is gone");
        let document = client.upload("new.txt", b"Herons wait.").await;
        assert_eq!(document["status"], "completed");
        assert!(document["id"].as_i64().unwrap() > client.highest_document, "{document}");
        let check = client.get("/api/maintenance/check").await;
        assert_eq!(check["mismatches"], json!([]), "{check}");
        server.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_that_broke_off_is_begun_again() {
    let embedder = CountingEmbedder::start().await;
    let folder = tempfile::tempdir().unwrap();
    let (here, before) = filled(&folder, &embedder).await;

    let there = Installation::new(folder.path().join("there"), &embedder);
    let store = there.store().await;
    let mut tx = store.begin().await.unwrap();
    assert!(!tx.begin_move().await.unwrap());
    tx.commit().await.unwrap();
    store.close().await;
    let refused = there.refuses_to_start().await;
    assert!(refused.contains("run the same `docent move` again"), "{refused}");
    let told = here.moved_to(&there).await.unwrap();
    assert!(told.contains("begun again"), "{told}");
    let (server, client) = there.start().await;
    assert_eq!(seen(&client).await["documents"], before["documents"]);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_may_be_killed_at_any_time() {
    let embedder = CountingEmbedder::start().await;
    let folder = tempfile::tempdir().unwrap();
    let (here, before) = filled(&folder, &embedder).await;

    let there = Installation::new(folder.path().join("there"), &embedder);
    // Each time it comes a little further.
    let (mut patience, mut kills) = (Duration::from_millis(40), 0);
    let end = loop {
        match here.moved_to_until(&there, patience).await {
            Some(end) => break end,
            None => kills += 1,
        }
        patience = patience.mul_f64(1.3);
    };
    // Killed between its last write and its end, it was done.
    assert!(end.as_ref().err().is_none_or(|told| told.contains("is not empty")), "{end:?}");
    assert!(kills > 3, "killed {kills} times");
    installation::assert_same_rows(&here, &there).await;
    let (server, client) = there.start().await;
    let after = seen(&client).await;
    for (what, value) in before.as_object().unwrap() {
        assert_eq!(value, &after[what], "{what}");
    }
    let check = client.get("/api/maintenance/check").await;
    assert_eq!(check["mismatches"], json!([]), "{check}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_moved_is_refused_with_the_reason() {
    let embedder = CountingEmbedder::start().await;
    let folder = tempfile::tempdir().unwrap();
    let here = Installation::new(folder.path().join("here"), &embedder);
    let mut there = Installation::new(folder.path().join("there"), &embedder);
    let missing = here.moved_to(&there).await.unwrap_err();
    assert!(missing.contains("there is no installation"), "{missing}");
    here.make_admin().await;
    let same = here.moved_to(&here).await.unwrap_err();
    assert!(same.contains("the same database"), "{same}");
    let files = format!("file://{}", here.data.join("files").display());
    there.set("BLOB_URL", &files);
    let shared = here.moved_to(&there).await.unwrap_err();
    assert!(shared.contains("keep originals in the same place"), "{shared}");
    there.unset("BLOB_URL");
    there.set("EMBEDDING_MODEL", "another");
    let models = here.moved_to(&there).await.unwrap_err();
    assert!(models.contains("the embedding models differ"), "{models}");
}
