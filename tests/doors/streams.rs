//! AI chat as server-sent events, through curl and httpx.

use std::path::Path;
use std::time::Duration;

use docent::models::Step;
use insta::assert_snapshot;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use super::{app, endless, history, stop, writing};
use crate::support::app::TestApp;

/// What `curl -N` prints.
async fn curl(app: &TestApp, body: Value) -> String {
    let output = Command::new("curl")
        .args(["--silent", "--no-buffer", "--noproxy", "*", "-H", "content-type: application/json", "-d"])
        .arg(body.to_string())
        .arg(format!("{}/api/v2/ai/chat/stream", app.address))
        .output()
        .await
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The answer's pieces joined, and the frames after them.
fn read(stream: &str) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut rest = Vec::new();
    for frame in stream.split_terminator("\n\n") {
        assert!(frame.len() + 2 <= 1024 || frame.starts_with(r#"data: {"sources""#), "{}", frame.len());
        let Some(json) = frame.strip_prefix("data: ") else { continue };
        let value: Value = serde_json::from_str(json).unwrap();
        match value["content"].as_str() {
            Some(piece) => text.push_str(piece),
            None => rest.push(json.to_owned()),
        }
    }
    (text, rest)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_frames_are_those_that_clients_know() {
    let app = app().await;
    let stream = curl(&app, json!({"message": "What do kestrels eat?", "sessionId": "s-1"})).await;
    assert!(stream.starts_with("data: {\"content\":\"") && stream.ends_with("\n\n"), "{stream}");
    let (text, rest) = read(&stream);
    assert_eq!(text, "They eat voles [1].");
    assert_eq!(rest, [r#"{"done":true,"sessionId":"s-1"}"#]);

    let with_sources = json!({"message": "And owls?", "sessionId": "s-1", "sources": true});
    let (_, rest) = read(&curl(&app, with_sources).await);
    assert_eq!(rest.len(), 2, "{rest:?}");
    let sources: Value = serde_json::from_str(&rest[0]).unwrap();
    assert_eq!(sources["sources"][0]["metadata"]["filename"], "kestrel.md");
    assert_eq!(
        (&sources["sessionId"], rest[1].as_str()),
        (&json!("s-1"), r#"{"done":true,"sessionId":"s-1"}"#)
    );

    let unnamed = curl(&app, json!({"message": "What do kestrels eat?"})).await;
    let done: Value = serde_json::from_str(read(&unnamed).1.last().unwrap()).unwrap();
    assert!(uuid::Uuid::parse_str(done["sessionId"].as_str().unwrap()).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_httpx_reads_are_whole_frames_and_nothing_is_held_back() {
    let app = app().await;
    let long: String = (0..40).map(|n| format!("Kestrel {n} \"hovers\"\nand 🦅 dive. ")).collect();
    app.model.will([
        Step::Say(vec!["First".to_owned()]),
        Step::Pause { ms: 1_500 },
        Step::Say(vec![long.clone(), long.clone()]),
    ]);
    let tools = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut client = Command::new("python3")
        .arg(tools.join("tests/clients/python/stream.py"))
        .arg(format!("{}/api/v2/ai/chat/stream", app.address))
        .arg(json!({"message": "What do kestrels eat?", "sessionId": "s"}).to_string())
        .env("PYTHONPATH", tools.join(".docent/tests/python"))
        .stdout(std::process::Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(client.stdout.take().unwrap()).lines();
    let head: Value = serde_json::from_str(&lines.next_line().await.unwrap().unwrap()).unwrap();
    assert_eq!(head, json!({"status": 200, "type": "text/event-stream"}));
    let first = lines.next_line().await.unwrap().unwrap();
    let arrived = tokio::time::Instant::now();
    assert!(first.contains("First"), "{first}");
    let (mut all, mut waited) = (String::new(), None);
    while let Some(line) = lines.next_line().await.unwrap() {
        waited.get_or_insert_with(|| arrived.elapsed());
        let part: String = serde_json::from_str(&line).unwrap();
        assert!(part.ends_with("\n\n") && part.starts_with("data: "), "a frame in two parts: {part:?}");
        all.push_str(&part);
    }
    assert!(waited.unwrap() > Duration::from_secs(1), "the first piece came with the others");
    assert_eq!(read(&all).0, long.repeat(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_before_the_answer_begins_is_a_problem_with_its_status() {
    let app = app().await;
    let path = "/api/v2/ai/chat/stream";
    let mut said = String::new();
    for body in [
        json!({}),
        json!({"message": " "}),
        json!({"message": 7}),
        json!({"message": "x".repeat(32 * 1024 + 1)}),
        json!({"message": "x", "sources": "yes"}),
        json!({"message": "x", "sessionId": 99}),
        json!({"message": "x", "projectId": 99}),
        json!([]),
    ] {
        let problem = app.post(path, body).await.problem();
        said.push_str(&problem);
        said.push('\n');
    }
    assert_snapshot!(said, @r"
    422 invalid_payload: `message`: is missing; send some text
    422 invalid_payload: `message`: is missing; send some text
    422 invalid_payload: `message`: is a number; send a string
    422 invalid_payload: `message`: has 32769 bytes; at most 32768 are allowed
    422 invalid_payload: `sources`: is a string; send true or false
    404 not_found: There is no such chat, or you have no access to it
    404 not_found: There is no such project, or you have no access to it
    422 invalid_payload: `payload`: the body is a list; send one JSON object
    ");
    let request = app.request(reqwest::Method::POST, path);
    let text =
        crate::support::app::Answer::of(request.header("content-type", "application/json").body("{")).await;
    assert_eq!(text.status, 400, "{text:?}");
    let large = app.post(path, json!({"message": "x", "more": "x".repeat(300_000)})).await;
    assert_eq!(large.status, 413, "{large:?}");
    assert_eq!(app.get(path).await.status, 405);
    let foreign = app.request(reqwest::Method::POST, path).header("origin", "https://evil.example");
    let foreign = crate::support::app::Answer::of(foreign.json(&json!({"message": "x"}))).await;
    assert_eq!(foreign.status, 403, "{foreign:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_goes_away_does_not_lose_the_answer() {
    let app = app().await;
    app.model.will([Step::Pause { ms: 500 }, Step::Say(vec!["They eat voles [1].".to_owned()])]);
    let request = app.request(reqwest::Method::POST, "/api/v2/ai/chat/stream");
    let body = json!({"message": "What do kestrels eat?", "sessionId": "gone"});
    let response = request.json(&body).send().await.unwrap();
    assert_eq!(response.status(), 200);
    drop(response);
    // Who asks in the same session waits for that answer, and comes after it.
    let (text, _) = read(&curl(&app, json!({"message": "And owls?", "sessionId": "gone"})).await);
    assert_eq!(text, "They eat voles [1].");
    let chats = app.get(&format!("/api/projects/{}/chats", app.bench.project.get())).await.json();
    let said = history(&app, chats[0]["id"].as_i64().unwrap()).await;
    assert_eq!(said[1], "assistant completed: They eat voles [1].", "{said:?}");
    assert_eq!(said.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_filled_with_comments() {
    let app = TestApp::with_doors(
        crate::support::databases::TestStore::sqlite().await,
        docent::doors::Limits { keep_alive: Duration::from_millis(200), ..docent::doors::Limits::default() },
    )
    .await;
    app.upload(app.bench.project.get(), "", "kestrel.md", super::KESTREL).await;
    app.run_jobs().await;
    let chat = super::chat(&app).await;
    endless(&app, "They");
    let first = app.request(reqwest::Method::POST, "/api/v2/ai/chat/stream");
    let body = json!({"message": "What do kestrels eat?", "sessionId": chat.to_string()});
    let mut first = first.json(&body).send().await.unwrap();
    assert_eq!(first.headers()["x-accel-buffering"], "no");
    assert_eq!(first.headers()["cache-control"], "no-store");
    writing(&app).await;
    // Another one in the same session hears that it waits.
    let waiting = curl(&app, json!({"message": "And owls?", "sessionId": chat.to_string()}));
    let stopping = async {
        tokio::time::sleep(Duration::from_millis(2_000)).await;
        stop(&app, chat).await;
    };
    let (waited, ()) = tokio::join!(waiting, stopping);
    assert!(waited.starts_with(": keep-alive\n\n"), "{waited}");
    assert_eq!(read(&waited).0, "They eat voles [1].");

    let mut all = Vec::new();
    while let Some(part) = first.chunk().await.unwrap() {
        all.extend_from_slice(&part);
    }
    let all = String::from_utf8(all).unwrap();
    assert!(all.matches(": keep-alive\n\n").count() >= 3, "{all}");
    let cancelled = format!(r#"data: {{"done":true,"sessionId":"{chat}","cancelled":true}}"#);
    assert!(all.trim_end().ends_with(&cancelled), "{all}");
}
