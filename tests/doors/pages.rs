//! The test pages, in a real browser.

use std::path::Path;

use serde_json::Value;
use tokio::process::Command;

use super::{app, chat};

#[tokio::test(flavor = "multi_thread")]
async fn both_pages_work_and_run_nothing_but_their_own() {
    let app = app().await;
    let chat = chat(&app).await.to_string();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/js");
    let needed = folder.join("node_modules/playwright-core");
    assert!(needed.exists(), "{} is missing: run `make test-tools`", needed.display());
    let driver = Command::new("node").arg(folder.join("pages.mjs")).args([&app.address, &chat]).output();
    let output = driver.await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tried: Value = serde_json::from_slice(&output.stdout).unwrap();

    for page in ["conversations", "sessions"] {
        let page = &tried[page];
        assert_eq!(page["markup"], 0, "what came from outside became markup: {page}");
        assert_eq!(page["inlineRuns"], false, "an inline script ran");
        assert!(page["title"].as_str().unwrap().starts_with("Docent: "), "{}", page["title"]);
        assert_eq!(page["foreign"].as_array().unwrap().len(), 0, "{}", page["foreign"]);
        assert_eq!(page["complaints"].as_array().unwrap().len(), 0, "{}", page["complaints"]);
    }
    let said = |page: &str| {
        let lines = tried[page]["log"].as_array().unwrap().iter();
        lines.map(|line| line["head"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let log = said("conversations");
    for head in [
        "heard (connect)",
        "heard connection_status",
        "heard connected",
        "sent join_conversation",
        "heard joined_conversation",
        "acknowledged join_conversation",
        "sent chat",
        "heard message_token",
        "heard conversation",
        "heard left_conversation",
        "heard pong",
        "heard (disconnect)",
    ] {
        assert!(log.contains(&head.to_owned()), "{head}: {log:?}");
    }
    // Shown as it was sent, letter by letter.
    let lines = tried["conversations"]["log"].as_array().unwrap();
    let conversation = lines.iter().find(|line| line["head"] == "heard conversation").unwrap();
    let shown: Value = serde_json::from_str(conversation["text"].as_str().unwrap()).unwrap();
    assert!(shown["user_message"]["content"].as_str().unwrap().contains("<img src=x onerror="), "{shown}");
    let log = said("sessions");
    assert!(
        log.contains(&"heard stream".to_owned()) && log.contains(&"heard ai_response".to_owned()),
        "{log:?}"
    );
}
