//! The Model Context Protocol, with the official Python package: over HTTP, and over standard input and output.

use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::support::process::Program;

/// What the client heard: the greeting, then an answer for each call.
async fn session(how: &[&str], calls: &[Value]) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let packages = folder.join(".docent/tests/python");
    assert!(packages.join("mcp").exists(), "the package is not installed: run `make test-tools`");
    let mut client = Command::new("python3")
        .arg(folder.join("tests/clients/python/mcp_tools.py"))
        .args(how)
        .env("PYTHONPATH", packages)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let lines: String = calls.iter().map(|call| format!("{call}\n")).collect();
    client.stdin.take().unwrap().write_all(lines.as_bytes()).await.unwrap();
    let done = tokio::time::timeout(std::time::Duration::from_secs(60), client.wait_with_output()).await;
    let done = done.unwrap().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let out = String::from_utf8(done.stdout).unwrap();
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn the_tools_work_over_both_transports() {
    let folder = tempfile::tempdir().unwrap();
    let script = r#"{"steps": [{"say": ["They eat voles [1]."]}]}"#;
    let settings = [("CHAT_PROVIDER", "scripted"), ("CHAT_SCRIPT", script)];
    let server = Program::start(&folder.path().join("data"), &settings).await;
    let document = server.upload("kestrel.txt", b"Kestrels eat voles.".to_vec()).await;
    server.settled(document).await;

    let calls = [
        json!(["search", {"query": "kestrels voles"}]),
        json!(["ask", {"question": "What do kestrels eat?", "project": "Default"}]),
        json!(["list_documents", {}]),
        json!(["read_document", {"document_id": document}]),
        json!(["search", {"query": "x", "project": 999}]),
        json!(["search", {}]),
        json!(["ask", {"question": "x", "project": "Nobody's"}]),
        json!(["read_document", {"document_id": "first"}]),
        json!(["fly", {}]),
    ];
    let url = format!("{}/mcp", server.base);
    let program = env!("CARGO_BIN_EXE_docent");
    for how in [vec!["http", &url], vec!["stdio", program, "mcp", "--url", &server.base]] {
        let heard = session(&how, &calls).await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(heard[0], @r#"{"server":"docent","tools":{"ask":["chat_id","document_ids","project","question"],"list_documents":["limit","name","project","skip"],"read_document":["after","document_id","pages"],"search":["document_ids","project","query","top_k"]}}"#);
            let told: Vec<String> = heard[1..].iter().map(|said| format!("{} {}", said["failed"], said["text"].as_str().unwrap())).collect();
            insta::assert_snapshot!(told.join("\n"), @r"
            false [1] kestrel.txt (document 1):
            Kestrels eat voles.
            false They eat voles [1].

            [1] kestrel.txt (document 1):
            Kestrels eat voles.
            false 1: kestrel.txt (completed, 1 pages)
            false Kestrels eat voles.
            true There is no such project, or you have no access to it
            true `query` is required
            true `project`: none or several are called `Nobody's`; give a number of: 1: Default
            true `document_id` must be a whole number
            true There is no tool `fly`; there are ask, list_documents, read_document, search
            ");
        }
        assert_eq!(heard[1]["data"]["results"][0]["metadata"]["document_id"], document);
        assert_eq!(heard[2]["data"]["cited"], json!([1]));
    }
    server.kill().await;
}
