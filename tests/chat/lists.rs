//! Lists and counts over a collection with planted facts, half of them said in other words.

use std::path::Path;

use serde_json::{Value, json};

use super::planted::TOPICS;
use crate::support::home;
use crate::support::process::Program;

/// How much of what is wanted is listed, and how much of what is listed is wanted.
#[derive(Debug, Default)]
struct Score {
    listed: usize,
    wanted: usize,
    right: usize,
}

impl Score {
    fn recall(&self) -> f64 {
        self.right as f64 / self.wanted as f64
    }

    fn precision(&self) -> f64 {
        self.right as f64 / self.listed as f64
    }
}

async fn posted(program: &Program, path: &str, body: Value) -> Value {
    let answer =
        reqwest::Client::new().post(format!("{}{path}", program.url())).json(&body).send().await.unwrap();
    let answer = answer.error_for_status().unwrap();
    answer.json().await.unwrap()
}

async fn measured(settings: &[(&str, &str)]) -> Score {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(&folder.path().join("data"), settings).await;
    let mut score = Score::default();
    for topic in TOPICS {
        let planted = topic.planted(4);
        let mut documents = Vec::new();
        for (name, text) in &planted.documents {
            documents.push(program.upload(name, text.clone().into_bytes()).await);
        }
        for document in &documents {
            program.settled(*document).await;
        }
        let chat = posted(&program, "/api/chats", json!({"project_id": 1})).await;
        let path = format!("/api/chats/{}/messages", chat["id"]);
        let body = json!({"message": topic.question, "document_ids": documents});
        let answer = posted(&program, &path, body).await;
        let text = answer["answer"].as_str().unwrap();
        let said = |names: &[String]| names.iter().filter(|name| text.contains(*name)).count();
        let (right, wrong) = (said(&planted.wanted), said(&planted.misses));
        eprintln!("{}: {right} of {} right, {wrong} wrong\n{text}", topic.question, planted.wanted.len());
        // Every item is cited, and the answer says what was looked at.
        assert!(text.contains("passages of 4 documents examined"), "{text}");
        assert!(text.lines().filter(|line| line.starts_with("- ")).all(|line| line.ends_with(']')), "{text}");
        score.right += right;
        score.listed += right + wrong;
        score.wanted += planted.wanted.len();
        for document in documents {
            let url = format!("{}/api/documents/{document}", program.url());
            reqwest::Client::new().delete(url).send().await.unwrap().error_for_status().unwrap();
        }
    }
    program.stop().await;
    eprintln!("recall {:.2}, precision {:.2}", score.recall(), score.precision());
    score
}

async fn with_model(model: &str) -> Option<Score> {
    let home = home();
    if !Path::new(&home).join("models").join(model).exists() {
        eprintln!("skipped: {model} is not here; `make setup` fetches it");
        return None;
    }
    let home = home.display().to_string();
    let settings =
        [("EMBEDDING_PROVIDER", "local"), ("EMBEDDING_MODEL", model), ("DOCENT_HOME", home.as_str())];
    Some(measured(&settings).await)
}

#[tokio::test]
async fn what_is_said_in_other_words_is_listed_too() {
    let words = measured(&[("EMBEDDING_PROVIDER", "hash")]).await;
    assert!(words.precision() >= 0.9, "{words:?}");
    for model in ["all-MiniLM-L6-v2", "multilingual-e5-small"] {
        let Some(score) = with_model(model).await else { continue };
        assert!(score.recall() > words.recall() && score.precision() >= 0.9, "{model}: {score:?}");
    }
}
