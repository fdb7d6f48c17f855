//! The program killed in the middle of an import: everything comes, and nothing comes twice.

use std::path::Path;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::archives::{Parts, form};
use crate::support::postgres::fresh_database;
use crate::support::process::Program;

const DOCUMENTS: u32 = 1;
const MESSAGES: usize = 120;

/// A document, a long chat and a short one.
fn archive() -> Vec<u8> {
    let mut parts = Parts::empty();
    for number in 1..=DOCUMENTS {
        let text = format!("Kestrel number {number} eats voles.");
        parts = parts.with_document(number, &format!("{number}.txt"), text.as_bytes());
    }
    for (number, messages) in [(1, MESSAGES), (2, 1)] {
        let chat = json!({"title": format!("Chat {number}"), "visibility": "project", "created_at": 1, "updated_at": 1});
        let mut lines = vec![chat.to_string()];
        for message in 1..=messages {
            let content = format!("Message {message}");
            let text =
                json!({"role": "user", "content": content, "status": "completed", "created_at": message});
            lines.push(text.to_string());
        }
        parts = parts.with(&format!("chats/{number}.jsonl"), lines.join("\n"));
    }
    parts.zip()
}

async fn get(program: &Program, path: &str) -> Value {
    let answer = reqwest::get(format!("{}{path}", program.url())).await.unwrap();
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

#[tokio::test]
async fn an_import_survives_deaths_at_every_step_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("docent.db").display());
    dies_at_every_step(&folder.path().join("data"), &address).await;
}

#[tokio::test]
async fn an_import_survives_deaths_at_every_step_on_postgres() {
    let folder = tempfile::tempdir().unwrap();
    dies_at_every_step(&folder.path().join("data"), &fresh_database().await).await;
}

/// Each start makes one thing and dies of it, as often as work may that is not given up.
async fn dies_at_every_step(data: &Path, address: &str) {
    let plan = |place| [("DATABASE_URL", address), ("INGEST_FAULTS", place)];
    let mut program = Program::start(data, &plan("import_opened=abort")).await;
    let request =
        reqwest::Client::new().request(Method::POST, format!("{}/api/projects/import", program.url()));
    // It may die before the answer is out.
    drop(request.multipart(form(archive())).send().await);
    program.dies().await;
    for _ in 0..3 {
        Program::doomed(data, &plan("imported=abort")).await;
    }
    let program = Program::start(data, &plan("")).await;
    let mut project = Value::Null;
    for _ in 0..600 {
        project = get(&program, "/api/projects/2").await;
        if project.get("import").is_none() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(project.get("import"), None, "{project}");
    let documents = get(&program, "/api/projects/2/documents").await;
    let documents = documents.as_array().unwrap();
    assert_eq!(documents.len(), DOCUMENTS as usize);
    for document in documents {
        let settled = program.settled(document["id"].as_i64().unwrap()).await;
        assert_eq!(settled["status"], "completed", "{settled}");
    }
    let chats = get(&program, "/api/projects/2/chats").await;
    let mut counts: Vec<i64> =
        chats.as_array().unwrap().iter().map(|chat| chat["message_count"].as_i64().unwrap()).collect();
    counts.sort_unstable();
    assert_eq!(counts, [1, i64::try_from(MESSAGES).unwrap()], "{chats}");
    let long = chats.as_array().unwrap().iter().find(|chat| chat["title"] == "Chat 1").unwrap();
    let messages = get(&program, &format!("/api/chats/{}/messages?limit=1000", long["id"])).await;
    let said: Vec<&str> =
        messages.as_array().unwrap().iter().map(|message| message["content"].as_str().unwrap()).collect();
    let expected: Vec<String> = (1..=MESSAGES).map(|number| format!("Message {number}")).collect();
    assert_eq!(said, expected);
    program.stop().await;
}
