//! A search with a reranking server behind it: real servers' answers, over a real socket.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use docent::rerank::{self, HttpSettings, RerankSettings};
use docent::retrieve::{Found, Mode, Stage};
use serde_json::{Value, json};

use crate::retrieve::{Bench, ids};

/// How a server names what it sends and gets.
#[derive(Clone, Copy)]
enum Dialect {
    Jina,
    Cohere,
    Tei,
    LlamaCpp,
    /// Takes the question, and never answers.
    Silent,
    Broken,
}

/// Owls are what this server likes.
fn opinion(text: &str) -> f64 {
    if text.contains("Owls") { 0.95 } else { 0.05 }
}

fn answer(dialect: Dialect, asked: &Value) -> Response {
    let field = if matches!(dialect, Dialect::Tei) { "texts" } else { "documents" };
    let Some(texts) = asked[field].as_array() else {
        let missing = json!({"error": format!("missing field `{field}`"), "error_type": "validation"});
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(missing)).into_response();
    };
    let mut scored: Vec<(usize, f64)> =
        texts.iter().enumerate().map(|(n, text)| (n, opinion(text.as_str().unwrap()))).collect();
    scored.sort_by(|a, b| b.1.total_cmp(&a.1));
    let named = |name: &str, of: &dyn Fn(f64) -> f64| -> Vec<Value> {
        scored.iter().map(|(n, score)| json!({"index": n, name: of(*score)})).collect()
    };
    let body = match dialect {
        Dialect::Jina => json!({"model": "jina-reranker-v2", "object": "list", "usage": {"total_tokens": 9},
            "results": scored.iter().map(|(n, score)| json!({"index": n, "relevance_score": score,
                "document": {"text": texts[*n]}})).collect::<Vec<_>>()}),
        Dialect::Cohere => json!({"id": "07734bd2", "results": named("relevance_score", &|score| score),
            "meta": {"api_version": {"version": "2"}, "billed_units": {"search_units": 1}}}),
        Dialect::Tei => Value::Array(named("score", &|score| score)),
        // Logits, and in the order of the documents.
        Dialect::LlamaCpp => {
            let mut results = named("relevance_score", &|score| (score / (1.0 - score)).ln());
            results.sort_by_key(|result| result["index"].as_u64());
            json!({"model": "bge", "object": "list", "usage": {"prompt_tokens": 9, "total_tokens": 9},
                "results": results})
        }
        Dialect::Broken => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Dialect::Silent => return StatusCode::OK.into_response(),
    };
    Json(body).into_response()
}

type Seen = Arc<Mutex<Vec<(Option<String>, Value)>>>;

async fn server(dialect: Dialect) -> (String, Seen) {
    let seen = Seen::default();
    let kept = Arc::clone(&seen);
    let rerank = move |headers: HeaderMap, Json(asked): Json<Value>| async move {
        let key = headers.get("authorization").map(|value| value.to_str().unwrap().to_owned());
        kept.lock().unwrap().push((key, asked.clone()));
        if matches!(dialect, Dialect::Silent) {
            std::future::pending::<()>().await;
        }
        answer(dialect, &asked)
    };
    let paths = ["/rerank", "/v1/rerank", "/v2/rerank"];
    let routes =
        paths.iter().fold(axum::Router::new(), |routes, path| routes.route(path, post(rerank.clone())));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    #[expect(clippy::disallowed_methods, reason = "a test's own server ends with its runtime")]
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (address, seen)
}

async fn bench(url: String, budget: Duration) -> Bench {
    let settings = HttpSettings { url, api_key: Some("k-1".to_owned()), model: "m".to_owned() };
    let reranker = rerank::open(&RerankSettings::Http(settings), budget).await.unwrap();
    let mut bench = Bench::new().await;
    bench.birds().await;
    bench.retriever = bench.retriever.with_reranker(Arc::new(reranker), 24);
    bench
}

const QUESTION: &str = "The kestrel eats voles while owls hunt";

fn note(found: &Found) -> &str {
    let entry = found.trace.stages.iter().find(|entry| entry.stage == Stage::Rerank).unwrap();
    entry.note.as_deref().unwrap()
}

#[tokio::test]
async fn servers_of_all_four_dialects_are_understood() {
    for (dialect, path) in [
        (Dialect::Jina, "/v1"),
        (Dialect::Cohere, "/v2/rerank"),
        (Dialect::Tei, ""),
        (Dialect::LlamaCpp, "/v1/rerank"),
    ] {
        let (address, seen) = server(dialect).await;
        let bench = bench(format!("{address}{path}"), Duration::from_secs(30)).await;
        let found = bench.ask(QUESTION, 3, Mode::Hybrid).await;
        assert_eq!(ids(&found)[0], "1:1:1", "{found:?}");
        assert!(note(&found).contains(" passages, weight 0."), "{}", note(&found));
        assert!(ids(&found).contains(&"1:1:0"), "the first by meaning and words stays among the sources");
        let (key, asked) = seen.lock().unwrap().last().unwrap().clone();
        assert_eq!((key.as_deref(), asked["query"].as_str()), (Some("Bearer k-1"), Some(QUESTION)));
    }
}

#[tokio::test]
async fn without_the_server_the_answer_comes_without_it_and_says_so() {
    let (broken, _) = server(Dialect::Broken).await;
    let (silent, asked) = server(Dialect::Silent).await;
    let plain = Bench::new().await;
    plain.birds().await;
    let plain = plain.ask(QUESTION, 3, Mode::Hybrid).await;
    for (address, why) in [
        ("http://127.0.0.1:1".to_owned(), "left out: the reranking server cannot be reached"),
        (broken, "left out: the reranking server answered 500"),
        (silent, "left out: the reranker took too long"),
    ] {
        let bench = bench(address, Duration::from_millis(300)).await;
        let found = bench.ask(QUESTION, 3, Mode::Hybrid).await;
        assert!(note(&found).starts_with(why), "{}", note(&found));
        assert_eq!(found.sources, plain.sources, "as if there were none");
        let again = bench.ask(QUESTION, 3, Mode::Hybrid).await;
        assert!(note(&again).contains("left alone for now"), "{}", note(&again));
        assert_eq!(again.sources, plain.sources);
    }
    assert_eq!(asked.lock().unwrap().len(), 1, "a server that hangs costs one question");
}

#[tokio::test]
async fn what_a_passage_belongs_to_is_shown_to_the_model_and_not_to_people() {
    let (address, seen) = server(Dialect::Jina).await;
    let bench = bench(address, Duration::from_secs(30)).await;
    bench.put_titled("Field guide", 9, "It hovers and eats voles.").await;
    let found = bench.ask("hovers voles", 5, Mode::Hybrid).await;
    let (_, asked) = seen.lock().unwrap().last().unwrap().clone();
    let texts: Vec<&str> = asked["documents"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(texts.iter().any(|text| text.ends_with("Field guide\nIt hovers and eats voles.")), "{texts:?}");
    assert!(found.sources.iter().any(|source| source.content == "It hovers and eats voles."));
}
