//! The versions of a document: what is kept of them, and going back.

use serde_json::{Value, json};

use crate::support::app::{TestApp, both_apps};

/// A document with these versions, each read to its end before the next one comes.
async fn versions(app: &TestApp, project: i64, texts: &[&str]) -> String {
    let mut id = 0;
    for text in texts {
        let uploaded = app.upload(project, "", "birds.txt", *text).await;
        assert_eq!(uploaded.status, 201, "{uploaded:?}");
        id = uploaded.json()["document"]["id"].as_i64().unwrap();
        app.run_jobs().await;
    }
    format!("/api/documents/{id}")
}

/// Number and state of each, newest first.
async fn listed(app: &TestApp, path: &str) -> Vec<String> {
    let answer = app.get(&format!("{path}/versions")).await.json();
    let line = |one: &Value| format!("{} {}", one["version"], one["state"].as_str().unwrap());
    answer.as_array().unwrap().iter().map(line).collect()
}

both_apps!(older_versions_are_listed_downloaded_and_in_the_end_let_go);

async fn older_versions_are_listed_downloaded_and_in_the_end_let_go(app: TestApp) {
    let project = app.project("Versions").await;
    let path = versions(&app, project, &["Owls eat mice.", "Owls eat voles, too."]).await;
    let list = app.get(&format!("{path}/versions")).await;
    assert_eq!(list.header("x-total-count"), "2");
    insta::assert_snapshot!(list.shown(), @r#"
    200 [
      {
        "version": 2,
        "filename": "birds.txt",
        "file_type": "txt",
        "mime_type": "text/plain",
        "file_size": 20,
        "sha256": "769b44aebff737cb71f296e9db0f0bc156c74145cde0e272f8df8389c505e7b5",
        "state": "live",
        "page_count": 1,
        "word_count": 4,
        "chunk_count": 1,
        "created_at": "[time]",
        "processed_at": "[time]"
      },
      {
        "version": 1,
        "filename": "birds.txt",
        "file_type": "txt",
        "mime_type": "text/plain",
        "file_size": 14,
        "sha256": "45a35ba454548e1b53e7b69c71865b450f0e64635a9f0cca1fc37934ffdb102d",
        "state": "replaced",
        "page_count": 1,
        "word_count": 3,
        "chunk_count": 1,
        "created_at": "[time]",
        "processed_at": "[time]"
      }
    ]
    "#);
    let old = app.get(&format!("{path}/versions/1/download")).await;
    assert_eq!((old.status, old.text.as_str(), old.header("etag")), (200, "Owls eat mice.", "\"1-1\""));
    assert!(old.header("content-disposition").starts_with("attachment"), "{old:?}");
    assert_eq!(app.get(&format!("{path}/download")).await.text, "Owls eat voles, too.");
    let gone = "404 not_found: There is no such version, or you have no access to it";
    for number in ["3", "0", "x", "-1"] {
        assert_eq!(app.get(&format!("{path}/versions/{number}/download")).await.problem(), gone, "{number}");
    }

    let path = versions(&app, project, &["Third.", "Fourth.", "Fifth."]).await;
    let kept = ["5 live", "4 replaced", "3 replaced", "2 replaced"];
    assert_eq!(listed(&app, &path).await, kept, "three older ones are kept");
    assert_eq!((app.stored_files(), app.bench.points().await), (4, 1));
    assert_eq!(app.delete(&path).await.status, 204);
    let there = app.get(&format!("{path}/versions")).await;
    assert_eq!((there.status, app.get(&format!("{path}/versions/4/download")).await.status), (404, 404));
    app.run_jobs().await;
    assert_eq!((app.stored_files(), app.bench.points().await), (0, 0));
}

both_apps!(readings_of_the_same_bytes_are_one_version);

async fn readings_of_the_same_bytes_are_one_version(app: TestApp) {
    let project = app.project("Again").await;
    let path = versions(&app, project, &["Owls eat mice.", "   \n\n ", "Owls eat voles."]).await;
    assert_eq!(listed(&app, &path).await, ["3 live", "2 unread", "1 replaced"]);
    assert_eq!(app.post(&format!("{path}/reprocess"), json!({})).await.status, 200);
    app.run_jobs().await;
    assert_eq!(listed(&app, &path).await, ["4 live", "2 unread", "1 replaced"]);
    assert_eq!(app.stored_files(), 3);
}

both_apps!(an_older_version_becomes_the_newest_again);

async fn an_older_version_becomes_the_newest_again(app: TestApp) {
    let project = app.project("Back").await;
    let path = versions(&app, project, &["Owls eat mice.", "Owls eat cheese."]).await;
    app.stop_jobs().await;
    let newest = app.post(&format!("{path}/versions/2/restore"), json!({})).await;
    insta::assert_snapshot!(newest.problem(), @"409 conflict: This is the newest version already; it can be read again");
    let back = app.post(&format!("{path}/versions/1/restore"), json!({})).await;
    assert_eq!((back.status, &back.json()["generation"]), (200, &json!(3)), "{back:?}");
    assert_eq!(listed(&app, &path).await, ["3 reading", "2 live", "1 replaced"]);
    let search = format!("/api/projects/{project}/search");
    let found = async || app.post(&search, json!({"query": "what owls eat"})).await.json();
    assert_eq!(found().await["results"][0]["content"], "Owls eat cheese.", "until the other one is read");
    app.run_jobs().await;
    assert_eq!(found().await["results"][0]["content"], "Owls eat mice.");
    assert_eq!(listed(&app, &path).await, ["3 live", "2 replaced"]);
    assert_eq!(app.get(&format!("{path}/download")).await.text, "Owls eat mice.");
    assert_eq!(app.post(&format!("{path}/versions/9/restore"), json!({})).await.status, 404);
}
