//! A summary of chosen documents as the page shows it, by a model that reads as slowly as the trip lets it:
//! `web/e2e/summary.mjs` says what a person does.

use std::sync::Arc;

use axum::extract::State;
use axum::response::IntoResponse;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use super::trip;
use crate::support::process::Program;

/// Parts are answered only as far as they were let through; the summary is written at once.
async fn complete(
    State(parts): State<Arc<Semaphore>>,
    axum::Json(body): axum::Json<Value>,
) -> impl IntoResponse {
    let user = body["messages"].as_array().unwrap().last().unwrap()["content"].as_str().unwrap().to_owned();
    let said = if let Some((statements, _)) = user.split_once("\nQuestion:") {
        let told = statements.lines().filter_map(|line| line.strip_prefix("- "));
        told.collect::<Vec<_>>().join("\n\n")
    } else {
        parts.acquire().await.unwrap().forget();
        let ringed = user.split(". ").find(|sentence| sentence.contains("ringed")).unwrap_or_default();
        ringed.lines().last().unwrap_or_default().to_owned() + " [1]."
    };
    let delta = json!({"choices": [{"index": 0, "delta": {"content": said}}]});
    let end = json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]});
    let events = format!("data: {delta}\n\ndata: {end}\n\ndata: [DONE]\n\n");
    ([("content-type", "text/event-stream")], events)
}

async fn let_through(State(parts): State<Arc<Semaphore>>, many: String) {
    parts.add_permits(many.parse().unwrap());
}

/// The model server's address.
async fn model() -> String {
    let routes = axum::Router::new()
        .route("/v1/chat/completions", axum::routing::post(complete))
        .route("/let-through", axum::routing::post(let_through))
        .with_state(Arc::new(Semaphore::new(0)));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    #[expect(clippy::disallowed_methods, reason = "a test's own server ends with its runtime")]
    tokio::spawn(async move { axum::serve(listener, routes).await });
    address
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_has_chosen_documents_summed_up() {
    let folder = tempfile::tempdir().unwrap();
    let model = model().await;
    let base_url = format!("{model}/v1");
    let settings =
        [("OPENAI_BASE_URL", base_url.as_str()), ("CHAT_MODEL", "small"), ("CHAT_CONTEXT_TOKENS", "1500")];
    let program = Program::start(&folder.path().join("data"), &settings).await;
    trip("summary", program.url(), json!({ "model": model })).await;
    program.stop().await;
}
