use reqwest::Client;
use serde_json::{Value, json};

use crate::support::process::Program;

const TOKEN: &str = "metrics-token-never-logged";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lines_of_json_name_their_request_and_hold_no_secret_and_no_control_character() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    // Nobody takes the traces: they are still numbered.
    let settings = [
        ("DOCENT_LOG_FORMAT", "json"),
        ("RUST_LOG", "debug"),
        ("METRICS_TOKEN", TOKEN),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"),
    ];
    let program = Program::start(&data, &settings).await;
    let (http, base) = (Client::builder().no_proxy().build().unwrap(), program.base.clone());
    program.settled(program.upload("red.md", b"Kestrels eat voles.".to_vec()).await).await;
    let chat: Value = http
        .post(format!("{base}/api/chats"))
        .json(&json!({"project_id": 1}))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let asked = http
        .post(format!("{base}/api/chats/{}/messages", chat["id"]))
        .json(&json!({"message": "Kestrels eat voles? \u{1b}[2J"}));
    let asked = asked.header("x-request-id", "the-question").send().await.unwrap();
    assert_eq!(asked.headers()["x-request-id"], "the-question");
    let odd = http.get(format!("{base}/%1b%5b31m?token={TOKEN}")).bearer_auth(TOKEN).send().await.unwrap();
    assert_eq!(odd.status(), 404);
    program.stop().await;

    let log = fs_err::read_to_string(data.with_extension("log")).unwrap();
    assert!(!log.contains('\u{1b}') && !log.contains(TOKEN), "{log}");
    assert!(!log.contains("voles"), "what people write is not logged");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let ended = lines.iter().find(|line| line["fields"]["message"] == "Turn ended").expect("a turn");
    let spans = ended["spans"].as_array().unwrap();
    let of = |name: &str| spans.iter().find(|span| span["name"] == name).unwrap_or_else(|| panic!("{ended}"));
    let (request, turn) = (of("http.request"), of("chat.turn"));
    assert_eq!(request["request.id"], "the-question");
    assert_eq!(request["http.route"], "/api/chats/{id}/messages");
    let trace = request["trace.id"].as_str().unwrap();
    assert_eq!(trace.len(), 32);
    assert_eq!(turn["trace.id"], trace, "{ended}");
    let read = lines.iter().find(|line| line["fields"]["message"] == "Document read").expect("a reading");
    assert!(read["spans"].as_array().unwrap().iter().any(|span| span["trace.id"].is_string()), "{read}");
}
