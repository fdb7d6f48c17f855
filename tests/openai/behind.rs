//! A model server that speaks OpenAI's API behind a project, and the official package in front of it.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::play;
use crate::security::table::Who;
use crate::security::world::World;

/// A server with two models, and what it was asked.
struct Behind {
    address: String,
    asked: Arc<Mutex<Vec<Value>>>,
}

impl Behind {
    /// Answers with these events, or refuses where there are none.
    async fn start(events: &'static [&'static str]) -> Self {
        let asked: Arc<Mutex<Vec<Value>>> = Arc::default();
        let seen = Arc::clone(&asked);
        let complete = move |axum::Json(body): axum::Json<Value>| {
            seen.lock().unwrap().push(body);
            std::future::ready(told(events))
        };
        let models =
            async || axum::Json(json!({"object": "list", "data": [{"id": "small"}, {"id": "large"}]}));
        let routes =
            Router::new().route("/v1/chat/completions", post(complete)).route("/v1/models", get(models));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/v1", listener.local_addr().unwrap());
        #[expect(clippy::disallowed_methods, reason = "a test's own server ends with its runtime")]
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { address, asked }
    }

    /// A server of ours in front of it, and the project that is asked.
    async fn world(&self) -> (World, String) {
        let world = World::with(&[("OPENAI_BASE_URL", self.address.as_str()), ("CHAT_MODEL", "small")]).await;
        world.tell(world.project, "Kestrels eat voles.").await;
        let model = format!("project:{}", world.project);
        (world, model)
    }

    fn last(&self) -> Value {
        self.asked.lock().unwrap().last().unwrap().clone()
    }
}

/// With an address and a key, which are for the log alone.
const REFUSAL: &str = "no such thing at http://10.1.2.3:9000/v1 for sk-inner";

fn told(events: &[&str]) -> Response {
    if events.is_empty() {
        let error = json!({"error": {"message": REFUSAL, "type": "invalid_request_error"}});
        return (StatusCode::BAD_REQUEST, axum::Json(error)).into_response();
    }
    let lines: String = events.iter().map(|event| format!("data: {event}\n\n")).collect();
    ([("content-type", "text/event-stream")], lines + "data: [DONE]\n\n").into_response()
}

const ANSWER: &[&str] = &[
    r#"{"choices": [{"index": 0, "delta": {"role": "assistant", "content": "Fish "}}]}"#,
    r#"{"choices": [{"index": 0, "delta": {"content": "[1]."}}]}"#,
    r#"{"choices": [{"index": 0, "delta": {}, "finish_reason": "length"}]}"#,
    r#"{"choices": [], "usage": {"prompt_tokens": 40, "completion_tokens": 2, "total_tokens": 42}}"#,
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_model_that_is_named_writes_the_answer() {
    let behind = Behind::start(ANSWER).await;
    let (world, model) = behind.world().await;
    let key = world.api_key(Who::Viewer).await;
    for (model, writer) in [(model.clone(), "small"), (format!("{model}/large"), "large")] {
        let whole = play("whole", &world.base, &model, Some(&key)).await;
        assert_eq!((&whole["content"], &whole["model"]), (&json!("Fish [1]."), &json!(model)), "{whole}");
        assert_eq!((&whole["finish_reason"], &whole["cited"]), (&json!("length"), &json!([1])), "{whole}");
        assert_eq!(behind.last()["model"], writer);
        let streamed = play("stream", &world.base, &model, Some(&key)).await;
        assert_eq!(
            (&streamed["content"], &streamed["finish_reason"]),
            (&json!("Fish [1]."), &json!("length"))
        );
        assert_eq!(behind.last()["model"], writer);
    }
    // The passages of the project stand in what the model was told.
    assert!(behind.last()["messages"].to_string().contains("Kestrels eat voles."), "{}", behind.last());

    let bounded = play("bounded", &world.base, &model, Some(&key)).await;
    assert_eq!(bounded["finish_reason"], "length");
    let asked = behind.last();
    assert_eq!((&asked["max_tokens"], &asked["stop"]), (&json!(7), &json!(["\n", "END"])), "{asked}");

    let count = behind.asked.lock().unwrap().len();
    let unknown = format!("{model}/huge");
    let (status, refused) = ask(&world, Who::Viewer, &unknown).await;
    assert_eq!((status, &refused["error"]["code"]), (404, &json!("model_not_found")), "{refused}");
    // Somebody else's project does not tell which models there are.
    for model in [format!("{model}/large"), unknown] {
        let (status, refused) = ask(&world, Who::Stranger, &model).await;
        assert_eq!((status, &refused["error"]["code"]), (404, &json!("model_not_found")), "{refused}");
    }
    assert_eq!(behind.asked.lock().unwrap().len(), count, "nothing of that came to the model");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_model_that_refuses_is_an_outage_of_ours() {
    let behind = Behind::start(&[]).await;
    let (world, model) = behind.world().await;
    let (status, refused) = ask(&world, Who::Viewer, &model).await;
    assert_eq!((status, &refused["error"]["code"]), (503, &json!("llm_unavailable")), "{refused}");
    assert_eq!(refused["error"]["type"], "server_error");
    let (whole, message) = (refused.to_string(), refused["error"]["message"].as_str().unwrap());
    assert!(message.ends_with("(status 400): no such thing at … for …"), "{refused}");
    assert!(!whole.contains("10.1.2.3") && !whole.contains("sk-inner"), "{refused}");
    let key = world.api_key(Who::Viewer).await;
    let heard = play("broken", &world.base, &model, Some(&key)).await;
    assert_eq!((&heard["text"], &heard["code"]), (&json!(""), &json!("llm_unavailable")), "{heard}");
    world.stop().await;
}

async fn ask(world: &World, who: Who, model: &str) -> (u16, Value) {
    let question = json!([{"role": "user", "content": "What do kestrels eat?"}]);
    let body = Some(json!({"model": model, "messages": question}));
    let path = "/v1/chat/completions";
    let (status, answer) = world.send(world.token(who), reqwest::Method::POST, path, body).await;
    (status.as_u16(), answer)
}
