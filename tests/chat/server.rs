//! The engine with a model server that speaks OpenAI's API: calls arrive in pieces, and results go back.

use std::sync::{Arc, Mutex};

use axum::response::IntoResponse;
use docent::chat::{Choice, Manner};
use docent::models::{OpenAi, OpenAiSettings, Script};
use docent::store::Store;
use serde_json::{Value, json};

use super::bench::{Bench, drain, quick, shape, source};
use crate::support::databases::both_databases;

/// A server that answers the n-th request with the n-th of these, and what it was asked.
async fn server(answers: Vec<Vec<Value>>) -> (OpenAiSettings, Arc<Mutex<Vec<Value>>>) {
    let asked: Arc<Mutex<Vec<Value>>> = Arc::default();
    let seen = Arc::clone(&asked);
    let complete = move |axum::Json(body): axum::Json<Value>| {
        let mut asked = seen.lock().unwrap();
        let events = &answers[asked.len()];
        asked.push(body);
        let lines: String = events.iter().map(|event| format!("data: {event}\n\n")).collect();
        let body = lines + "data: [DONE]\n\n";
        std::future::ready(([("content-type", "text/event-stream")], body).into_response())
    };
    let routes = axum::Router::new().route("/v1/chat/completions", axum::routing::post(complete));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
    #[expect(clippy::disallowed_methods, reason = "a test's own server ends with its runtime")]
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (OpenAiSettings { base_url, model: "small".to_owned(), ..OpenAiSettings::default() }, asked)
}

fn delta(delta: Value) -> Value {
    json!({"choices": [{"index": 0, "delta": delta}]})
}

fn finish(reason: &str) -> Value {
    json!({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
}

fn piece(index: u64, more: Value) -> Value {
    let mut call = json!({"index": index});
    call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    delta(json!({"tool_calls": [call]}))
}

both_databases!(a_model_server_uses_tools);

async fn a_model_server_uses_tools(store: Store) {
    let calling = vec![
        delta(json!({"role": "assistant", "content": "Let me look."})),
        piece(
            0,
            json!({"id": "a1", "type": "function", "function": {"name": "search_documents", "arguments": ""}}),
        ),
        piece(0, json!({"function": {"arguments": "{\"query\": "}})),
        piece(
            1,
            json!({"id": "b2", "type": "function", "function": {"name": "list_documents", "arguments": "{}"}}),
        ),
        piece(0, json!({"function": {"arguments": "\"owls\"}"}})),
        finish("tool_calls"),
    ];
    let answering = vec![delta(json!({"content": "Owls hoot [2]."})), finish("stop")];
    let (settings, asked) = server(vec![calling, answering]).await;
    let model = Arc::new(OpenAi::new(settings).unwrap());
    let bench = Bench::with_models(store, "node-a", Script::default(), quick(), vec![model]).await;
    let chat = bench.chat().await;
    bench.library.shelves.lock().unwrap().insert("owls".to_owned(), vec![source("owl.md", "Owls hoot.")]);

    let choice = bench.engine.choose("AISuite", Some("aisuite.openai:small")).unwrap();
    assert_eq!(choice, Choice { provider: "openai", model: Some("small".to_owned()) });
    let manner = Manner { provider: Some(choice.provider.to_owned()), tools: None };
    let question = bench.question(chat, "What do birds do?");
    let started = bench.engine.start_as(&bench.caller.scope, question, manner).await.unwrap();
    let shape = shape(&drain(started.stream).await);
    for part in [
        r#"text "Let me look." | call search_documents {"query":"owls"} | call list_documents {} | "#,
        r#"result {"documents":[],"total":0}"#,
        r#"text "\n\nOwls hoot [2]." | completed stop [2]"#,
    ] {
        assert!(shape.contains(part), "{part} is not in {shape}");
    }

    let asked = asked.lock().unwrap().clone();
    let offered: Vec<&Value> =
        asked[0]["tools"].as_array().unwrap().iter().map(|tool| &tool["function"]["name"]).collect();
    assert_eq!(offered, ["list_documents", "query_table", "read_document", "search_documents"]);
    let messages = asked[1]["messages"].as_array().unwrap();
    let [.., said, found, listed] = messages.as_slice() else { panic!("{messages:?}") };
    assert_eq!(said["content"], "Let me look.");
    let ids: Vec<&Value> = said["tool_calls"].as_array().unwrap().iter().map(|call| &call["id"]).collect();
    assert_eq!(ids, ["a1", "b2"]);
    assert_eq!((&found["role"], &found["tool_call_id"]), (&json!("tool"), &json!("a1")));
    assert!(found["content"].as_str().unwrap().contains(r#"number="2" file="owl.md""#), "{found}");
    assert_eq!(listed["tool_call_id"], "b2");
    bench.close().await;
}

/// Answers that say this.
fn said(text: &str) -> Vec<Value> {
    vec![delta(json!({ "content": text })), finish("stop")]
}

both_databases!(a_model_that_only_calls_is_asked_without_tools);

async fn a_model_that_only_calls_is_asked_without_tools(store: Store) {
    let broken = r#"{"name": "query_table", "arguments": {"document_id": 999}]}"#;
    let unreadable = r#"{"name": "list_documents", "arguments": {"name": "kes"#;
    let lost = || [said(broken), said(unreadable), said("Kestrels eat voles.")];
    let answers = lost().into_iter().chain(lost()).chain([said("Kestrels eat voles.")]).collect();
    let (settings, asked) = server(answers).await;
    let model = Arc::new(OpenAi::new(settings).unwrap());
    let bench = Bench::with_models(store, "node-a", Script::default(), quick(), vec![model]).await;
    for turn in 0..3 {
        let manner = Manner { provider: Some("openai".to_owned()), tools: None };
        let chat = bench.chat().await;
        let question = bench.question(chat, "What do kestrels eat?");
        let started = bench.engine.start_as(&bench.caller.scope, question, manner).await.unwrap();
        let shape = shape(&drain(started.stream).await);
        assert!(shape.ends_with(r#"text "Kestrels eat voles. [1]" | completed stop [1]"#), "{turn}: {shape}");
        assert!(!shape.contains("text \"{"), "{turn}: {shape}");
    }
    let asked = asked.lock().unwrap().clone();
    let tools: Vec<bool> = asked.iter().map(|request| request["tools"].is_array()).collect();
    assert_eq!(tools, [true, true, false, true, true, false, false], "twice is enough to know");
    let roles = |request: &Value| {
        let messages = request["messages"].as_array().unwrap();
        messages.iter().map(|message| message["role"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(roles(&asked[2]), ["system", "user"], "nothing of the calls is left");
    assert_eq!(asked[0]["messages"][0], asked[3]["messages"][0], "the beginning stays the same");
    bench.close().await;
}

both_databases!(citations_alone_are_no_answer);

async fn citations_alone_are_no_answer(store: Store) {
    let numbers: String = (1..400).map(|n| format!("[{n}] ")).collect();
    let answers = vec![said(&numbers), said(" [1]"), said("[1] Kestrels eat voles.")];
    let (settings, _) = server(answers).await;
    let model = Arc::new(OpenAi::new(settings).unwrap());
    let bench = Bench::with_models(store, "node-a", Script::default(), quick(), vec![model]).await;
    let mut shapes = Vec::new();
    for _ in 0..2 {
        let manner = Manner { provider: Some("openai".to_owned()), tools: None };
        let chat = bench.chat().await;
        let question = bench.question(chat, "What do kestrels eat?");
        let started = bench.engine.start_as(&bench.caller.scope, question, manner).await.unwrap();
        shapes.push(shape(&drain(started.stream).await));
    }
    assert_eq!(shapes[0], r#"accepted | sources 1 | text "" | failed llm_unavailable"#);
    assert_eq!(shapes[1], r#"accepted | sources 1 | text "[1] Kestrels eat voles." | completed stop [1]"#);
    bench.close().await;
}
