//! Documents of the program's first project, by its own interface.

use std::time::Duration;

use serde_json::Value;

use super::program::Program;

/// Uploads a file and gives the document's id.
pub async fn upload(program: &Program, name: impl Into<String>, bytes: Vec<u8>) -> i64 {
    let part = reqwest::multipart::Part::bytes(bytes).file_name(name.into());
    let form = reqwest::multipart::Form::new().part("file", part);
    let url = format!("{}/api/projects/1/documents", program.base);
    let answer = program.http.post(url).multipart(form).send().await.expect("an answer");
    let text = answer.text().await.expect("a body");
    let body: Value = serde_json::from_str(&text).expect("JSON");
    body["document"]["id"].as_i64().unwrap_or_else(|| panic!("it was not taken: {text}"))
}

/// Waits until a document has a status, or is in a stage.
pub async fn until(program: &Program, document: i64, reached: &str) {
    loop {
        let now = get(program, &format!("/api/documents/{document}")).await;
        if now["status"] == reached || now["stage"] == reached {
            return;
        }
        assert!(matches!(now["status"].as_str(), Some("pending" | "processing")), "it was not read: {now}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

pub async fn get(program: &Program, path: &str) -> Value {
    let answer = program.http.get(format!("{}{path}", program.base)).send().await.expect("an answer");
    serde_json::from_str(&answer.text().await.expect("a body")).expect("JSON")
}

/// A new chat of the first project.
#[allow(dead_code, reason = "each bench has of it what it needs")]
pub async fn chat(program: &Program) -> i64 {
    let made = post(program, "/api/chats", &serde_json::json!({ "project_id": 1 })).await;
    made["id"].as_i64().unwrap_or_else(|| panic!("no chat: {made}"))
}

/// The answer to a question, once it is whole.
#[allow(dead_code, reason = "each bench has of it what it needs")]
pub async fn ask(program: &Program, chat: i64, question: &str) -> Value {
    post(program, &format!("/api/chats/{chat}/messages"), &serde_json::json!({ "message": question })).await
}

#[allow(dead_code, reason = "each bench has of it what it needs")]
async fn post(program: &Program, path: &str, body: &Value) -> Value {
    let url = format!("{}{path}", program.base);
    let request = program.http.post(url).header("content-type", "application/json").body(body.to_string());
    let answer = request.send().await.expect("an answer");
    serde_json::from_str(&answer.text().await.expect("a body")).expect("JSON")
}
