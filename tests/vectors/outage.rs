//! The program on a Qdrant server that is away when it starts, and again later.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::process::Program;
use crate::support::qdrant::StubQdrant;

async fn search(program: &Program) -> (u16, Value) {
    let url = format!("{}/api/projects/1/search", program.url());
    let request = reqwest::Client::new().post(url).json(&json!({"query": "What do kestrels eat?"}));
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn index_is_ready(program: &Program) -> bool {
    let answer = reqwest::get(format!("{}/readyz", program.url())).await.unwrap();
    assert_eq!(answer.status(), 200, "there is much that works without the index");
    let readiness: Value = answer.json().await.unwrap();
    let dependencies = readiness["dependencies"].as_array().unwrap();
    dependencies.iter().find(|one| one["name"] == "index").unwrap()["ok"].as_bool().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn searches_say_so_and_documents_wait() {
    let mut stub = StubQdrant::start().await;
    stub.go_away().await;
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(&folder.path().join("data"), &[("QDRANT_URL", &stub.url)]).await;
    assert!(!index_is_ready(&program).await);
    let (status, problem) = search(&program).await;
    assert_eq!((status, problem["code"].as_str()), (503, Some("retrieval_unavailable")), "{problem}");
    let id = program.upload("kestrel.md", b"Kestrels eat voles and beetles.".to_vec()).await;
    // Longer than all tries of one request.
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert!(!["completed", "failed"].contains(&program.document(id).await["status"].as_str().unwrap()));

    stub.come_back().await;
    assert_eq!(program.settled(id).await["status"], "completed");
    assert!(index_is_ready(&program).await);
    let (status, found) = search(&program).await;
    assert_eq!((status, found["results"].as_array().map(Vec::len)), (200, Some(1)), "{found}");

    stub.go_away().await;
    assert_eq!(search(&program).await.0, 503);
    stub.come_back().await;
    assert_eq!(search(&program).await.0, 200);
    program.stop().await;
}
