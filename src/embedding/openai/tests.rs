//! The client against a server that misbehaves in the ways servers do.

use std::net::SocketAddr;
use std::sync::Mutex;

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use axum::routing::post;
use serde_json::{Value, json};

use super::*;
use docent_domain::{Code, Coded};

/// Answers what it is told to, in turn, and proper vectors afterwards; keeps what it was asked.
#[derive(Clone, Default)]
struct Stub(Arc<Mutex<State_>>);

#[derive(Default)]
struct State_ {
    answers: Vec<axum::response::Response>,
    requests: Vec<(HeaderMap, Value)>,
}

impl Stub {
    async fn serving(answers: Vec<axum::response::Response>) -> (Self, SocketAddr) {
        let stub = Self::default();
        stub.0.lock().unwrap().answers = answers.into_iter().rev().collect();
        let router = Router::new().route("/v1/embeddings", post(answer)).with_state(stub.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        #[expect(clippy::disallowed_methods, reason = "a test's own server")]
        tokio::spawn(async { axum::serve(listener, router).await });
        (stub, address)
    }

    fn requests(&self) -> usize {
        self.0.lock().unwrap().requests.len()
    }
}

async fn answer(
    State(stub): State<Stub>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> axum::response::Response {
    let mut state = stub.0.lock().unwrap();
    let texts: Vec<String> = serde_json::from_value(body["input"].clone()).unwrap();
    state.requests.push((headers, body));
    state.answers.pop().unwrap_or_else(|| vectors(&texts).into_response())
}

/// [bytes, 1, 1], last text first: the order is in the index.
fn vectors(texts: &[String]) -> Json<Value> {
    let item = |(index, text): (usize, &String)| json!({"index": index, "embedding": [text.len(), 1, 1]});
    Json(json!({"object": "list", "data": texts.iter().enumerate().rev().map(item).collect::<Vec<_>>()}))
}

fn settings(address: SocketAddr) -> OpenAiSettings {
    OpenAiSettings {
        api_key: Some("sk-test".to_owned()),
        dimension: Some(3),
        batch: 4,
        timeout: Duration::from_millis(500),
        backoff: Duration::from_millis(5),
        ..OpenAiSettings::new(format!("http://{address}/v1/"), "embed-small")
    }
}

async fn with(answers: Vec<axum::response::Response>) -> (Arc<dyn Embedder>, Stub) {
    let (stub, address) = Stub::serving(answers).await;
    (open(&settings(address)).await.unwrap(), stub)
}

fn status(status: u16) -> axum::response::Response {
    (axum::http::StatusCode::from_u16(status).unwrap(), "try later, sk-test").into_response()
}

async fn error_of(answers: Vec<axum::response::Response>) -> (EmbeddingError, usize) {
    let (embedder, stub) = with(answers).await;
    (embedder.query("hello").await.unwrap_err(), stub.requests())
}

#[tokio::test]
async fn texts_are_sent_in_batches_and_come_back_in_order() {
    let (embedder, stub) = with(vec![]).await;
    let texts: Vec<String> = (1..=10).map(|length| "x".repeat(length)).collect();
    let vectors = embedder.passages(&texts).await.unwrap();
    for (text, vector) in texts.iter().zip(&vectors) {
        let length = text.len() as f32;
        assert!((vector[0] / vector[1] - length).abs() < 0.01, "{vector:?}");
    }
    let state = stub.0.lock().unwrap();
    let mut sizes: Vec<_> =
        state.requests.iter().map(|(_, b)| b["input"].as_array().unwrap().len()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [2, 4, 4]);
    let (headers, body) = &state.requests[0];
    assert_eq!(headers[AUTHORIZATION], "Bearer sk-test");
    assert_eq!((&body["model"], &body["encoding_format"]), (&json!("embed-small"), &json!("float")));
}

#[tokio::test]
async fn what_may_pass_is_tried_again_within_bounds() {
    let (embedder, stub) = with(vec![status(429), status(503)]).await;
    embedder.query("hello").await.unwrap();
    assert_eq!(stub.requests(), 3);

    let (error, requests) = error_of((0..9).map(|_| status(500)).collect()).await;
    assert_eq!(requests, 3, "no more than the attempts");
    insta::assert_snapshot!(error, @"the embedding server cannot be reached or is overloaded: it answered 500");
    assert_eq!(error.code(), Code::EmbeddingUnavailable);
}

#[tokio::test]
async fn a_long_retry_after_is_left_to_the_caller() {
    let (error, requests) = error_of(vec![([(RETRY_AFTER, "3600")], status(429)).into_response()]).await;
    assert!(matches!(error, EmbeddingError::Unreachable(_)), "{error}");
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn a_refusal_is_not_repeated_and_quotes_nothing() {
    for code in [400, 401, 404] {
        let (error, requests) = error_of(vec![status(code)]).await;
        assert_eq!(requests, 1);
        assert_eq!(
            error.to_string(),
            format!("the embedding server answered {code}; check its address, key and model name")
        );
        // It is a failure with a reason, and no outage to wait for.
        assert_eq!(error.code(), Code::EmbeddingFailed);
    }
}

/// As servers say it that take no more than so much.
fn too_long() -> axum::response::Response {
    let said = json!({"error": {"message": "This model's maximum context length is 512 tokens, sk-test"}});
    (axum::http::StatusCode::BAD_REQUEST, Json(said)).into_response()
}

#[tokio::test]
async fn what_is_too_much_at_once_is_sent_in_smaller_parts() {
    let (embedder, stub) = with(vec![too_long(), status(413)]).await;
    let texts: Vec<String> = (1..=4).map(|length| "x".repeat(length)).collect();
    let vectors = embedder.passages(&texts).await.unwrap();
    for (text, vector) in texts.iter().zip(&vectors) {
        assert!((vector[0] / vector[1] - text.len() as f32).abs() < 0.01, "{vector:?}");
    }
    assert_eq!(stub.requests(), 5, "four, two, one, one, two");
}

#[tokio::test]
async fn a_text_that_is_too_long_by_itself_is_cut() {
    let (embedder, stub) = with(vec![too_long(), too_long()]).await;
    embedder.query(&"x".repeat(1000)).await.unwrap();
    let lengths: Vec<usize> = {
        let state = stub.0.lock().unwrap();
        state.requests.iter().map(|(_, body)| body["input"][0].as_str().unwrap().len()).collect()
    };
    assert_eq!(lengths, [1000, 500, 250]);
    let (error, _) = error_of((0..9).map(|_| too_long()).collect()).await;
    assert_eq!(error.code(), Code::EmbeddingFailed);
    assert!(!error.to_string().contains("sk-test"), "{error}");
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let elsewhere =
        (axum::http::StatusCode::TEMPORARY_REDIRECT, [(LOCATION, "/v1/embeddings")]).into_response();
    let (error, requests) = error_of(vec![elsewhere]).await;
    assert!(matches!(error, EmbeddingError::Refused { status: 307 }), "{error}");
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn answers_that_are_no_vectors_are_refused() {
    let answers = [
        (json!({"data": [{"embedding": [1.0, 2.0]}]}), "the vectors have 2 dimensions where 3 were expected"),
        (json!({"data": []}), "something else than vectors: 0 vectors for 1 texts"),
        (
            json!({"data": [{"index": 5, "embedding": [1, 1, 1]}]}),
            "something else than vectors: 1 vectors for 1",
        ),
        (json!({"data": [{"embedding": [0, 0, 0]}]}), "without direction"),
        (json!({"data": [{"embedding": [1e39, 0, 0]}]}), "without direction"),
        (json!({"error": {"message": "no such model"}}), "something else than vectors: missing field `data`"),
        (json!("hello"), "something else than vectors: invalid type"),
    ];
    for (answer, expected) in answers {
        let (error, requests) = error_of(vec![Json(answer).into_response()]).await;
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!((error.code(), requests), (Code::EmbeddingFailed, 1));
        assert!(error.public_detail().is_some());
    }
}

#[tokio::test]
async fn the_dimension_is_asked_for_when_it_is_not_known() {
    let (stub, address) = Stub::serving(vec![]).await;
    let unknown = OpenAiSettings { dimension: None, ..settings(address) };
    assert_eq!(open(&unknown).await.unwrap().info().dimension, 3);
    assert_eq!(stub.requests(), 1);
}

#[tokio::test]
async fn a_server_that_is_away_stops_questions_but_not_the_start() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    // Accepts into the backlog and never answers.
    let embedder = open(&OpenAiSettings { attempts: 1, ..settings(address) }).await.unwrap();
    let error = embedder.query("hello").await.unwrap_err();
    assert!(error.to_string().ends_with("it took too long"), "{error}");

    drop(listener);
    let error = embedder.query("hello").await.unwrap_err();
    assert!(error.to_string().contains("refused"), "{error}");
    assert!(open(&OpenAiSettings { attempts: 1, dimension: None, ..settings(address) }).await.is_err());
}

#[test]
fn the_key_is_not_printed() {
    let text = format!("{:?}", settings(([127, 0, 0, 1], 1).into()));
    assert!(text.contains("***") && !text.contains("sk-test"), "{text}");
}
