//! Single sentences judged by their meaning, by a real model and through the whole program.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::home;
use crate::support::process::Program;

const JUDGE: &str = "ms-marco-MiniLM-L-12-v2";
const HARBOUR: &str = "The lighthouse stands at the mouth of the harbour. Visitors may climb its stairs on \
    Sundays. The keeper wrote a letter to the harbour office about the lighthouse. Its lamp is fed by a cable \
    under the sea. The roof was painted red after the war. Storms have broken its windows twice. A school \
    class helps to clean the beach below it.";

async fn posted(program: &Program, path: &str, body: Value) -> Value {
    let answer = reqwest::Client::new().post(format!("{}{path}", program.url())).json(&body).send().await;
    answer.unwrap().error_for_status().unwrap().json().await.unwrap()
}

/// The answer to a question, and what its trace says of the sentences.
async fn asked(program: &Program, question: &str) -> (Value, Option<Value>) {
    let chat = posted(program, "/api/chats", json!({"project_id": 1})).await["id"].clone();
    let messages = format!("/api/chats/{chat}/messages");
    let answer = posted(program, &messages, json!({"message": question})).await;
    let url = format!("{}{messages}/{}/trace", program.url(), answer["message_id"]);
    let trace: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
    let stages = trace["search"]["stages"].as_array().unwrap();
    (answer, stages.iter().find(|stage| stage["stage"] == "sentences").cloned())
}

async fn with_harbour(model: &str, home: &str, waits_ms: &str, judge: &str) -> (tempfile::TempDir, Program) {
    let folder = tempfile::tempdir().unwrap();
    let settings = [
        ("EMBEDDING_PROVIDER", "local"),
        ("EMBEDDING_MODEL", model),
        ("DOCENT_HOME", home),
        ("RETRIEVAL_SENTENCES_MS", waits_ms),
        ("RETRIEVAL_JUDGE", judge),
    ];
    let program = Program::start(&folder.path().join("data"), &settings).await;
    let document = program.upload("harbour.txt", HARBOUR.into()).await;
    assert_eq!(program.settled(document).await["status"], "completed");
    (folder, program)
}

/// Passages that have the words of a question stand before one in another language that answers it, unless its meaning counts.
#[tokio::test]
async fn an_answer_in_another_language_is_found_beside_the_words_of_the_question() {
    let (model, home) = ("multilingual-e5-small", home().display().to_string());
    if !Path::new(&home).join("models").join(model).exists() {
        eprintln!("skipped: {model} is not here; `make setup` fetches it");
        return;
    }
    let (_folder, program) = with_harbour(model, &home, "10000", "").await;
    let german = "Hausordnung des Lagers Ahlbeck. Das Rauchen ist auf dem ganzen Hof verboten. Die Schranke an der \
        Einfahrt wird an Werktagen um 21 Uhr geschlossen. Wer später kommt, meldet sich beim Pförtner. Fahrräder \
        stehen hinter der Halle.";
    let places = ["kitchen", "roof", "gate", "office", "crane", "scales", "ramp", "yard"];
    for place in places {
        let text = format!(
            "The {place} of the Ahlbeck depot was painted in spring. The foreman of the Ahlbeck depot looks after \
             the {place}. He has the keys on weekdays."
        );
        let document = program.upload(&format!("{place}.txt"), text.into()).await;
        assert_eq!(program.settled(document).await["status"], "completed");
    }
    let document = program.upload("hausordnung.txt", german.into()).await;
    assert_eq!(program.settled(document).await["status"], "completed");
    let (answer, _) =
        asked(&program, "At what time is the barrier of the Ahlbeck depot closed on weekdays?").await;
    let text = answer["answer"].as_str().unwrap();
    assert!(text.contains("um 21 Uhr geschlossen"), "{text}");
    program.stop().await;
}

#[tokio::test]
async fn a_row_is_judged_under_the_header_that_an_earlier_passage_has() {
    let (model, home) = ("multilingual-e5-small", home().display().to_string());
    if !Path::new(&home).join("models").join(model).exists() {
        eprintln!("skipped: {model} is not here; `make setup` fetches it");
        return;
    }
    let (_folder, program) = with_harbour(model, &home, "10000", "").await;
    let things =
        ["Crane speed", "Lamp delay", "Horn pitch", "Gate force", "Pump limit", "Sluice angle", "Bell count"];
    let row = |n: usize| {
        format!("| H-{n:02} | {} of quay {n} | {n} – {} | {} | mm |", things[n % 7], n + 40, n + 7)
    };
    let rows: Vec<String> = (10..45).map(row).collect();
    let table = format!(
        "# Settings of the harbour\n\n| Number | Name | Range | Set at the works | Unit |\n|---|---|---|---|---|\n{}",
        rows.join("\n")
    );
    let document = program.upload("settings.md", table.into_bytes()).await;
    assert_eq!(program.settled(document).await["status"], "completed");
    let (answer, _) = asked(&program, "harbour: factory value for the sluice-angle at quay 40").await;
    let text = answer["answer"].as_str().unwrap();
    assert!(text.starts_with("Number: H-40; Name: Sluice angle of quay 40"), "{text}");
    program.stop().await;
}

#[tokio::test]
async fn the_sentence_that_means_the_answer_is_quoted_and_the_trace_says_so() {
    let (model, home) = ("multilingual-e5-small", home().display().to_string());
    if !Path::new(&home).join("models").join(model).exists() {
        eprintln!("skipped: {model} is not here; `make setup` fetches it");
        return;
    }
    let (_folder, program) = with_harbour(model, &home, "10000", "").await;
    let (answer, stage) = asked(&program, "How is the lamp of the lighthouse fed?").await;
    let text = answer["answer"].as_str().unwrap();
    assert!(text.contains("Its lamp is fed by a cable under the sea. [1]"), "{text}");
    let stage = stage.unwrap();
    assert_eq!((&stage["left"], &stage["note"]), (&json!(7), &json!("7 sentences by their meaning")));
    program.stop().await;

    // With the cross-encoder, which is loaded when it is first asked, the passage and its sentences are read, too.
    if Path::new(&home).join("models").join(JUDGE).exists() {
        let (_folder, program) = with_harbour(model, &home, "10000", JUDGE).await;
        let read = json!("7 sentences by their meaning, 8 texts read with the question");
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let (answer, stage) = asked(&program, "How is the lamp of the lighthouse fed?").await;
            assert!(answer["answer"].as_str().unwrap().contains("by a cable under the sea"), "{answer}");
            if stage.as_ref().is_some_and(|stage| stage["note"] == read) {
                break;
            }
            assert!(Instant::now() < deadline, "never read: {stage:?}");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        // Near, and not there.
        let (answer, _) = asked(&program, "How much does the keeper of the lighthouse earn in a year?").await;
        assert!(answer["answer"].as_str().unwrap().contains("do not contain an answer"), "{answer}");
        program.stop().await;
    } else {
        eprintln!("skipped: {JUDGE} is not here; `make setup` fetches it");
    }

    // When time is over, the answer comes as it would have without.
    let (_folder, program) = with_harbour(model, &home, "1", "").await;
    let (answer, stage) = asked(&program, "Where does the lighthouse stand?").await;
    let text = answer["answer"].as_str().unwrap();
    assert!(text.contains("The lighthouse stands at the mouth of the harbour. [1]"), "{text}");
    let stage = stage.unwrap();
    assert_eq!((&stage["left"], &stage["note"]), (&json!(0), &json!("left out: it took more than 1 ms")));
    program.stop().await;
}
