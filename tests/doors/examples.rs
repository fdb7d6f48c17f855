//! The examples of the page about doors, run as they stand there.

use std::path::Path;
use std::process::{Output, Stdio};

use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::chat;
use crate::support::app::TestApp;
use crate::support::databases::TestStore;

const BIRDS: &str = "# Storks\n\nThe nest of the storks weighs up to two tonnes.\n";

/// `(language, code)` of every block of a section.
fn blocks(section: &str) -> Vec<(String, String)> {
    let readme = fs_err::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/doors.md")).unwrap();
    let (_, text) = readme.split_once(&format!("\n## {section}\n")).unwrap();
    let text = text.split("\n## ").next().unwrap();
    let mut blocks = Vec::new();
    for block in text.split("```").skip(1).step_by(2) {
        let (language, code) = block.split_once('\n').unwrap();
        blocks.push((language.to_owned(), code.to_owned()));
    }
    blocks
}

async fn run(app: &TestApp, language: &str, code: &str) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = Path::new(env!("CARGO_BIN_EXE_docent")).parent().unwrap();
    let mut command = match language {
        "js" => Command::new("node"),
        "python" => Command::new("python3"),
        "sh" => Command::new("bash"),
        other => panic!("nothing runs {other}"),
    };
    match language {
        "js" => command.args(["--input-type=module", "-"]).current_dir(root.join("tests/clients/js")),
        _ => command.arg("-"),
    };
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    command
        .env("PATH", path)
        .env("PYTHONPATH", root.join(".docent/tests/python"))
        .env("NO_PROXY", "*")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let mut process = command.spawn().unwrap();
    let code = code.replace("127.0.0.1:8000", app.address.strip_prefix("http://").unwrap());
    process.stdin.take().unwrap().write_all(code.as_bytes()).await.unwrap();
    let patience = std::time::Duration::from_secs(60);
    let output = tokio::time::timeout(patience, process.wait_with_output()).await;
    output.unwrap_or_else(|_| panic!("it never ended:\n{code}")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_doors_example_gets_the_answer() {
    let app = TestApp::start(TestStore::sqlite().await).await;
    app.upload(app.bench.project.get(), "", "storks.md", BIRDS).await;
    app.run_jobs().await;
    assert_eq!(chat(&app).await, 1, "the examples talk in the first chat");
    let examples = blocks("Doors");
    assert!(examples.len() >= 4, "{examples:?}");
    for (language, code) in examples {
        assert!(code.lines().count() <= 8, "not short any more:\n{code}");
        app.model.will_say(["Up to two ", "tonnes [1]."]);
        let output = run(&app, &language, &code).await;
        let said = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{code}\n{said}\n{errors}");
        assert!(said.contains("tonnes"), "{code}\n{said}\n{errors}");
    }
}
