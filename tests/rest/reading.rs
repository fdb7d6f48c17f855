//! What becomes of documents, and what clients can do about it.

use docent::bus::Heard;
use docent::domain::document::DocumentStatus;
use docent::domain::event::News;
use reqwest::Method;
use serde_json::json;

use crate::support::app::{Answer, TestApp, both_apps};

const KESTRELS: &str = "# Kestrels\n\nKestrels eat voles.\n\n# Falcons\n\nFalcons eat doves.\n";

fn id(answer: &Answer) -> i64 {
    answer.json()["document"]["id"].as_i64().unwrap_or_else(|| panic!("{answer:?}"))
}

both_apps!(a_document_is_read_and_its_text_and_chunks_can_be_seen);

async fn a_document_is_read_and_its_text_and_chunks_can_be_seen(app: TestApp) {
    let project = app.project("Read").await;
    let document = id(&app.upload(project, "", "birds.md", KESTRELS).await);
    let path = format!("/api/documents/{document}");
    assert_eq!(app.get(&format!("{path}/content")).await.json()["content"], "", "nothing is read yet");

    app.run_jobs().await;
    let read = app.get(&path).await.json();
    assert_eq!(
        (&read["status"], &read["stage"], &read["progress"]),
        (&json!("completed"), &json!("done"), &json!(100))
    );
    assert_eq!((&read["chunk_count"], &read["attempts"]), (&json!(1), &json!(1)), "{read}");

    let content = app.get(&format!("{path}/content")).await.json();
    assert!(content["content"].as_str().unwrap().contains("Kestrels eat voles."), "{content}");
    assert_eq!((&content["pages"][0]["verdict"], &content["next_after"]), (&json!("text"), &json!(null)));

    let chunks = app.get(&format!("{path}/chunks")).await;
    assert_eq!(chunks.header("x-total-count"), "1");
    let chunk = &chunks.json()[0];
    assert_eq!(chunk["id"], format!("{document}:1:0"));
    let text: Vec<char> = content["content"].as_str().unwrap().chars().collect();
    let part = |name: &str| usize::try_from(chunk[name].as_i64().unwrap()).unwrap();
    assert_eq!(
        text[part("start")..part("end")].iter().collect::<String>(),
        chunk["content"].as_str().unwrap()
    );
    assert_eq!(app.get(&format!("{path}/chunks?skip=1")).await.json(), json!([]));
    insta::assert_snapshot!(app.get(&format!("{path}/content?limit=0")).await.problem(), @"422 invalid_payload: `limit`: must be 1 to 1000");
}

both_apps!(a_client_that_waits_gets_the_finished_document);

async fn a_client_that_waits_gets_the_finished_document(app: TestApp) {
    app.run_jobs().await;
    let project = app.project("Wait").await;
    let answer = app.upload(project, "?wait=30", "birds.md", KESTRELS).await;
    assert_eq!(answer.json()["document"]["status"], "completed", "{answer:?}");
}

both_apps!(until_a_new_version_is_read_the_old_one_is_found);

async fn until_a_new_version_is_read_the_old_one_is_found(app: TestApp) {
    let project = app.project("Versions").await;
    let document = id(&app.upload(project, "", "birds.md", KESTRELS).await);
    app.run_jobs().await;
    // Refused by nobody and read by nobody yet: the workers are at work, so the version itself must be broken.
    let broken = app.upload(project, "", "birds.md", "   \n\n  ").await;
    assert_eq!((broken.status, id(&broken)), (201, document));
    app.run_jobs().await;
    let failed = app.get(&format!("/api/documents/{document}")).await.json();
    assert_eq!(
        (&failed["status"], &failed["error_code"], &failed["generation"]),
        (&json!("failed"), &json!("no_text"), &json!(2))
    );
    let found =
        app.post(&format!("/api/projects/{project}/search"), json!({"query": "What do kestrels eat?"})).await;
    assert_eq!(found.json()["results"][0]["metadata"]["generation"], 1, "{found:?}");
}

both_apps!(reading_again_makes_a_new_generation);

async fn reading_again_makes_a_new_generation(app: TestApp) {
    let project = app.project("Again").await;
    let document = id(&app.upload(project, "", "birds.md", KESTRELS).await);
    app.run_jobs().await;
    let path = format!("/api/documents/{document}");
    let queued = app.post(&format!("{path}/reprocess"), json!({})).await;
    assert_eq!((queued.status, &queued.json()["generation"]), (200, &json!(2)), "{queued:?}");
    app.run_jobs().await;
    let read = app.get(&path).await.json();
    assert_eq!((&read["status"], &read["chunk_count"]), (&json!("completed"), &json!(1)));
    assert_eq!(
        app.get(&format!("{path}/download")).await.text,
        KESTRELS,
        "the original outlives the first reading"
    );
    assert_eq!(app.bench.points().await, 1, "the first reading is swept");
    assert_eq!(app.post("/api/documents/999/reprocess", json!({})).await.status, 404);

    let many = app.post("/api/documents/process", json!({"document_ids": [document, 999]})).await.json();
    assert_eq!((&many["queued"][0]["generation"], &many["failed"][0]["id"]), (&json!(3), &json!(999)));
    app.run_jobs().await;
}

both_apps!(what_waits_is_cancelled_at_once);

async fn what_waits_is_cancelled_at_once(app: TestApp) {
    let project = app.project("Cancel").await;
    let document = id(&app.upload(project, "", "birds.md", KESTRELS).await);
    let path = format!("/api/documents/{document}");
    let mut news = app.bench.bus.subscribe();
    let cancelled = app.post(&format!("{path}/cancel"), json!({})).await;
    let Some(Heard::Event(event)) = news.next().await else { panic!("the room heard nothing") };
    let News::DocumentStatus(told) = &event.news else { panic!("{event:?}") };
    assert_eq!((told.document.get(), told.status), (document, DocumentStatus::Cancelled));
    assert_eq!((cancelled.status, &cancelled.json()["status"]), (200, &json!("cancelled")), "{cancelled:?}");
    assert_eq!(app.post(&format!("{path}/cancel"), json!({})).await.status, 200, "safe to repeat");
    app.run_jobs().await;
    assert_eq!(app.get(&path).await.json()["status"], "cancelled");

    app.post(&format!("{path}/reprocess"), json!({})).await;
    app.run_jobs().await;
    assert_eq!(app.get(&path).await.json()["status"], "completed");
    insta::assert_snapshot!(app.post(&format!("{path}/cancel"), json!({})).await.problem(), @"409 conflict: The document is completed already; there is nothing to cancel");
}

both_apps!(nothing_of_a_deleted_document_is_left);

async fn nothing_of_a_deleted_document_is_left(app: TestApp) {
    let project = app.project("Gone").await;
    let document = id(&app.upload(project, "", "birds.md", KESTRELS).await);
    app.run_jobs().await;
    assert_eq!((app.bench.points().await, app.stored_files()), (1, 1));
    assert_eq!(app.delete(&format!("/api/documents/{document}")).await.status, 204);
    let search = format!("/api/projects/{project}/search");
    let found = app.post(&search, json!({"query": "kestrels voles"})).await.json();
    assert_eq!(found["results"], json!([]), "from the answer on");
    app.run_jobs().await;
    assert_eq!((app.bench.points().await, app.stored_files()), (0, 0));
}

both_apps!(answers_keep_the_places_of_a_deleted_document_and_none_of_its_text);

async fn answers_keep_the_places_of_a_deleted_document_and_none_of_its_text(app: TestApp) {
    let project = app.project("Cited").await;
    let document = id(&app.upload(project, "", "secret_birds.md", "Kestrels hover above meadows.").await);
    app.run_jobs().await;
    let chat = app.post("/api/chats", json!({"project_id": project})).await.json()["id"].clone();
    let question = json!({"message": "What do kestrels hover above?"});
    let ask = || {
        app.request(Method::POST, &format!("/api/chats/{chat}/messages"))
            .header("idempotency-key", "again")
            .json(&question)
    };
    let answer = Answer::of(ask()).await.json();
    assert_eq!(answer["sources"][0]["content"], "Kestrels hover above meadows.", "{answer}");
    let reads = [
        format!("/api/chats/{chat}"),
        format!("/api/chats/{chat}/messages"),
        format!("/api/chats/{chat}/messages/{}/trace", answer["message_id"]),
        format!("/api/chats/{chat}/export/json"),
        format!("/api/chats/{chat}/export/markdown"),
    ];
    assert_eq!(app.delete(&format!("/api/documents/{document}")).await.status, 204);
    for jobs_have_run in [false, true] {
        for path in &reads {
            let read = app.get(path).await;
            assert_eq!(read.status, 200, "{path}: {read:?}");
            let told = read.text.contains("meadows") || read.text.contains("secret_birds");
            assert!(!told, "{path} {jobs_have_run}: {}", read.text);
        }
        let again = Answer::of(ask()).await.json();
        assert_eq!((&again["answer"], &again["message_id"]), (&answer["answer"], &answer["message_id"]));
        let source = &again["sources"][0];
        assert_eq!((&source["content"], &source["metadata"]["deleted"]), (&json!(""), &json!(true)));
        assert_eq!(source["metadata"]["filename"], "deleted document");
        app.run_jobs().await;
    }
}

both_apps!(a_deleted_project_takes_everything_along);

async fn a_deleted_project_takes_everything_along(app: TestApp) {
    let project = app.project("Gone").await;
    app.upload(project, "", "birds.md", KESTRELS).await;
    app.upload(project, "", "more.txt", "Owls eat mice.").await;
    app.run_jobs().await;
    assert_eq!(app.stored_files(), 2);
    assert_eq!(app.delete(&format!("/api/projects/{project}")).await.status, 204);
    app.run_jobs().await;
    assert_eq!((app.bench.points().await, app.stored_files()), (0, 0));
}
