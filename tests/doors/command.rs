//! `docent session`, against a running server.

use std::process::Stdio;

use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::{app, chat, history};
use crate::support::app::TestApp;

fn session(app: &TestApp, id: &str, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docent"));
    command.args(["session", "--url", &app.address, "--token", "t", "--session-id", id]).args(more);
    command.env("NO_PROXY", "*").kill_on_drop(true);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn one_message_prints_one_answer() {
    let app = app().await;
    let chat = chat(&app).await.to_string();
    let output = session(&app, &chat, &["--message", "What do kestrels eat?"]).output().await.unwrap();
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{errors}");
    assert_eq!(said, "They eat voles [1].\n[1] kestrel.md\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_message_it_asks_line_by_line() {
    let app = app().await;
    let chat = chat(&app).await;
    let mut process =
        session(&app, &chat.to_string(), &[]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = process.stdin.take().unwrap();
    input.write_all(b"What do kestrels eat?\n\nAnd owls?\n").await.unwrap();
    drop(input);
    let output = process.wait_with_output().await.unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stdout).matches("They eat voles [1].").count(), 2);
    assert_eq!(history(&app, chat).await.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_is_said_and_is_the_exit_code() {
    let app = app().await;
    let chat = chat(&app).await.to_string();
    let failed = async |id: &str, more: &[&str]| {
        let output = session(&app, id, more).output().await.unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap().trim().to_owned()
    };
    assert_eq!(
        failed("99", &["--message", "x"]).await,
        "docent: There is no such session, or you have no access to it (404 Not Found)"
    );
    app.model.will([docent::models::Step::Fail { status: 500 }]);
    let unavailable = failed(&chat, &["--message", "What do kestrels eat?"]).await;
    assert!(unavailable.ends_with("(llm_unavailable)"), "{unavailable}");
    let nobody = json!("http://127.0.0.1:1");
    let unreachable = failed(&chat, &["--url", nobody.as_str().unwrap(), "--message", "x"]).await;
    assert!(unreachable.contains("used multiple times") || unreachable.contains("error"), "{unreachable}");
}
