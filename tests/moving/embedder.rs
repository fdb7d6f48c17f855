//! An embedding server that counts what it is asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

pub const DIMENSION: usize = 32;

pub struct CountingEmbedder {
    /// Up to and with `/v1`.
    pub url: String,
    passages: Arc<AtomicUsize>,
    serving: tokio::task::JoinHandle<()>,
}

impl CountingEmbedder {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let passages = Arc::new(AtomicUsize::new(0));
        let router = Router::new().route("/v1/embeddings", post(answer)).with_state(Arc::clone(&passages));
        #[expect(clippy::disallowed_methods, reason = "ends with the test")]
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, passages, serving }
    }

    /// How many passages it was given; questions end with `?` or are short, and do not count.
    pub fn count(&self) -> usize {
        self.passages.load(Ordering::SeqCst)
    }
}

impl Drop for CountingEmbedder {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(State(passages): State<Arc<AtomicUsize>>, Json(asked): Json<Value>) -> Json<Value> {
    let texts = match &asked["input"] {
        Value::Array(texts) => texts.iter().map(|text| text.as_str().unwrap().to_owned()).collect(),
        text => vec![text.as_str().unwrap().to_owned()],
    };
    let documents = texts.iter().filter(|text| text.contains('.')).count();
    passages.fetch_add(documents, Ordering::SeqCst);
    let data: Vec<Value> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| json!({"object": "embedding", "index": index, "embedding": vector(text)}))
        .collect();
    Json(json!({"object": "list", "model": asked["model"], "data": data,
                "usage": {"prompt_tokens": 1, "total_tokens": 1}}))
}

/// Texts with the same words are alike.
fn vector(text: &str) -> Vec<f32> {
    let mut vector = vec![0.01; DIMENSION];
    for word in text.to_lowercase().split(|it: char| !it.is_alphanumeric()).filter(|word| word.len() > 2) {
        let place = word.bytes().fold(7_usize, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
        vector[place % DIMENSION] += 1.0;
    }
    vector
}
