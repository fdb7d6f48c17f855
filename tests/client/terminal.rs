//! The commands as a person sees them: on a terminal.

use std::path::Path;

use serde_json::Value;
use tokio::process::Command;

use super::commands::{server, write};
use super::run;
use crate::support::process::Program;

/// What a person saw: each picture of the screen, and what stands there in the end.
struct Seen {
    code: i64,
    frames: Vec<String>,
    left: String,
}

async fn on_a_terminal(server: &Program, arguments: &[&str]) -> Seen {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/python/terminal.py");
    let mut command = Command::new("python3");
    command.arg(script).arg(env!("CARGO_BIN_EXE_docent")).args(arguments);
    let told = run(command.env("DOCENT_URL", &server.base).env("TERM", "xterm")).await;
    assert_eq!(told.code, 0, "{told:?}");
    let seen: Value = told.json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    Seen {
        code: seen["code"].as_i64().unwrap(),
        frames: seen["frames"].as_array().unwrap().iter().map(text).collect(),
        left: text(&seen["left"]),
    }
}

#[tokio::test]
async fn bars_show_how_far_an_upload_is_and_leave_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder).await;
    let files = folder.path().join("files");
    for n in 0..3 {
        let text = format!("Ring {n} was read in the reeds at dawn. ").repeat(16_000);
        write(&files, &format!("rings/{n}.txt"), text.as_bytes());
    }
    // The screen is looked at a few times a second, so how many are read when it is differs.
    let seen = on_a_terminal(&server, &["upload", files.to_str().unwrap(), "--project", "1"]).await;
    assert_eq!((seen.code, seen.left.as_str()), (0, "3 documents; 0 skipped, 0 failed"));
    let all = seen.frames.join("\n");
    assert!(all.contains("uploading "), "{all}");
    assert!(all.contains("/3 documents"), "{all}");
    let stages = ["extracting", "chunking", "embedding", "indexing"];
    let named = stages.iter().any(|stage| all.contains(&format!(".txt: {stage} ")));
    assert!(named, "which one, and its stage: {all}");
    assert!(seen.frames.iter().all(|frame| frame.lines().all(|line| line.chars().count() <= 110)), "{all}");
    server.kill().await;
}

#[tokio::test]
async fn a_watcher_sees_a_bar_for_each_document_and_how_it_ended() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder).await;
    let text = "Kestrels eat voles, and much else that is small. ".repeat(20_000);
    server.upload("long.txt", text.into_bytes()).await;
    let seen = on_a_terminal(&server, &["watch", "--until-idle"]).await;
    assert_eq!((seen.code, seen.left.as_str()), (0, "long.txt completed"));
    let bars = seen.frames.iter().filter(|frame| frame.starts_with("long.txt ") && frame.contains('%'));
    assert!(bars.count() > 1, "{:?}", seen.frames);
    server.kill().await;
}

#[tokio::test]
async fn an_answer_is_seen_as_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder).await;
    let document = server.upload("kestrel.txt", b"Kestrels eat voles.".to_vec()).await;
    server.settled(document).await;
    let seen = on_a_terminal(&server, &["ask", "What do kestrels eat?"]).await;
    let lines: Vec<&str> = seen.left.lines().collect();
    assert_eq!(
        (seen.code, &lines[..2]),
        (0, &["They eat voles [1].", "[1] kestrel.txt"][..]),
        "{}",
        seen.left
    );
    assert!(lines.last().unwrap().starts_with("Go on in this chat with --chat "), "{}", seen.left);
    server.kill().await;
}

/// As bash asks for it when somebody presses the tabulator.
#[tokio::test]
async fn bash_completes_commands_and_options() {
    let complete = async |words: &str| {
        let script = format!(
            "source <({} completions bash); COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _docent docent \"${{COMP_WORDS[-1]}}\" \"${{COMP_WORDS[-2]}}\"; echo \"${{COMPREPLY[*]}}\"",
            env!("CARGO_BIN_EXE_docent")
        );
        run(Command::new("bash").args(["--norc", "-c", &script])).await.out
    };
    assert_eq!(complete("docent up").await.trim(), "upload");
    assert_eq!(complete("docent watch --unt").await.trim(), "--until-idle");
    assert_eq!(complete("docent project add").await.trim(), "add-member");
}
