//! The round trip of a person, in Chromium, against the real program: `web/e2e/round-trip.mjs` says what it does.

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::trip;
use crate::support::process::Program;

/// Quick answers that cite, and long ones that leave time to stop, to reload and to lose the line.
const SCRIPT: &str = r#"{
    "steps": [
        {"pace": {"delay_ms": 10}},
        {"say": ["The nest ", "weighs ", "**about 800 ", "kilograms** ", "[1], ", "and kestrels ", "lay eggs ",
                 "in old ", "crows' nests ", "[2].\n\n", "![a picture]", "(https://pictures.example/p.png)\n\n",
                 "<script>alert(1)</script>\n"]},
        {"usage": {"prompt_tokens": 120, "completion_tokens": 44}}
    ],
    "rules": [{"when": "long", "steps": [{"pace": {"delay_ms": 40}}, {"flood": {"words": 150}}]}]
}"#;

#[tokio::test]
async fn a_person_goes_all_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let settings = [
        ("DOCENT_AUTH", "on"),
        ("CHAT_PROVIDER", "scripted"),
        ("CHAT_SCRIPT", SCRIPT),
        // The first document fails, and rests until somebody retries it.
        ("INGEST_FAULTS", "before_publish=error"),
        ("INGEST_MAX_ATTEMPTS", "1"),
        ("RETRIEVAL_MIN_COSINE", "0.05"),
    ];
    let program = Program::start(&data, &settings).await;
    let code = setup_code(&data).await;
    trip("round-trip", program.url(), json!({ "code": code })).await;
    program.stop().await;
}

/// What the server prints for whoever started it.
async fn setup_code(data: &Path) -> String {
    for _ in 0..100 {
        let printed = fs_err::read_to_string(data.with_extension("out")).unwrap();
        if let Some((_, rest)) = printed.split_once("one-time code: ") {
            return rest.split_whitespace().next().unwrap().to_owned();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no setup code was printed");
}
