//! Traces as a collector gets them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::routing::post;
use serde_json::{Value, json};

use crate::support::process::Program;

/// A span, as far as it matters here.
#[derive(Debug, Clone)]
struct Span {
    name: String,
    trace: String,
    id: String,
    parent: String,
    attributes: BTreeMap<String, String>,
}

/// A collector and a language model, each on a port of its own, and what came in there.
#[derive(Default)]
struct Outside {
    spans: Mutex<Vec<Span>>,
    resources: Mutex<BTreeMap<String, String>>,
    /// The `traceparent`s that came with questions.
    asked: Mutex<Vec<String>>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_trace_from_the_upload_to_searches_and_one_from_the_question_to_the_model() {
    let outside = Arc::new(Outside::default());
    let (collector, model) = (collector(&outside).await, model(&outside).await);
    let model = format!("{model}/v1");
    let folder = tempfile::tempdir().unwrap();
    let settings = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.as_str()),
        ("OTEL_SERVICE_NAME", "docent-of-ours"),
        ("OPENAI_BASE_URL", model.as_str()),
        ("CHAT_MODEL", "any"),
        ("CHAT_TOOL_ROUNDS", "0"),
    ];
    let program = Program::start(&folder.path().join("data"), &settings).await;
    program.settled(program.upload("annsreport.md", b"Kestrels eat voles.".to_vec()).await).await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let chat: Value =
        told(http.post(format!("{}/api/chats", program.base)).json(&json!({"project_id": 1}))).await;
    let url = format!("{}/api/chats/{}/messages", program.base, chat["id"]);
    // A place of somebody outside is noted, not gone on with.
    let foreign = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let question =
        http.post(url).header("traceparent", foreign).json(&json!({"message": "Kestrels eat voles?"}));
    assert_eq!(told(question).await["status"], "completed");
    // It sends what is left before it ends.
    program.stop().await;

    let spans = outside.spans.lock().unwrap().clone();
    let named = |name: &str| {
        let found: Vec<&Span> = spans.iter().filter(|span| span.name == name).collect();
        assert_eq!(found.len(), 1, "{name}: {:#?}", spans.iter().map(|span| &span.name).collect::<Vec<_>>());
        found[0]
    };
    let upload = named("POST /api/projects/{id}/documents");
    let steps = ["ingest.extract", "ingest.chunk", "ingest.embed", "ingest.index", "ingest.publish"];
    for name in ["http.documents.upload", "job.attempt", "job.ingest_document"].iter().chain(&steps) {
        assert_eq!(named(name).trace, upload.trace, "{name}");
    }
    assert_eq!(named("job.attempt").parent, named("http.documents.upload").id);
    assert_eq!(named("ingest.extract").parent, named("job.ingest_document").id);

    let question = named("POST /api/chats/{id}/messages");
    assert_ne!(question.trace, upload.trace);
    assert!(!foreign.contains(&question.trace));
    for name in ["chat.turn", "retrieve.search", "chat.model"] {
        assert_eq!(named(name).trace, question.trace, "{name}");
    }
    assert_eq!(named("chat.model").parent, named("chat.turn").id);
    let asked = outside.asked.lock().unwrap().clone();
    let place = format!("00-{}-{}-01", question.trace, named("chat.model").id);
    assert_eq!(asked, [place], "the model is told where it is in the trace");

    let resources = outside.resources.lock().unwrap();
    assert_eq!(resources["service.name"], "docent-of-ours");
    assert_eq!(resources["service.version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(resources["service.instance.id"].len(), 36);
    nothing_of_people_is_told(&spans);
}

fn nothing_of_people_is_told(spans: &[Span]) {
    let keys: BTreeSet<&str> =
        spans.iter().flat_map(|span| span.attributes.keys().map(String::as_str)).collect();
    assert!(keys.contains("document.id") && keys.contains("http.status_code"), "{keys:?}");
    for key in ["http.path", "user.id", "error"] {
        assert!(!keys.contains(key), "{keys:?}");
    }
    for span in spans {
        assert!(!["/healthz", "/metrics"].iter().any(|route| span.name.contains(route)), "{span:?}");
        for value in span.attributes.values().chain([&span.name]) {
            assert!(!value.contains("voles") && !value.contains("annsreport"), "{span:?}");
        }
    }
}

async fn told(request: reqwest::RequestBuilder) -> Value {
    let answer = request.send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
    answer.json().await.unwrap()
}

async fn collector(outside: &Arc<Outside>) -> String {
    let into = Arc::clone(outside);
    let take = async move |headers: HeaderMap, body: Bytes| {
        assert_eq!(headers["content-type"], "application/x-protobuf");
        into.take(&body);
        ([("content-type", "application/x-protobuf")], "")
    };
    serve(Router::new().route("/v1/traces", post(take))).await
}

/// Answers whatever it is asked with one sentence.
async fn model(outside: &Arc<Outside>) -> String {
    let into = Arc::clone(outside);
    let answer = async move |headers: HeaderMap| {
        let place = headers.get("traceparent").map_or("none", |value| value.to_str().unwrap());
        into.asked.lock().unwrap().push(place.to_owned());
        let chunk = |delta: Value, finish: Value| {
            let choice = json!({"index": 0, "delta": delta, "finish_reason": finish});
            format!(
                "data: {}\n\n",
                json!({"id": "1", "object": "chat.completion.chunk", "choices": [choice]})
            )
        };
        let text = chunk(json!({"content": "They do [1]."}), Value::Null) + &chunk(json!({}), json!("stop"));
        ([("content-type", "text/event-stream")], text + "data: [DONE]\n\n")
    };
    serve(Router::new().route("/v1/chat/completions", post(answer))).await
}

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    #[expect(clippy::disallowed_methods, reason = "ends with the test")]
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    // Given to others that are about to start.
    tokio::time::sleep(Duration::from_millis(1)).await;
    format!("http://{address}")
}

impl Outside {
    /// `ExportTraceServiceRequest`.
    fn take(&self, body: &[u8]) {
        for resource_spans in within(body, 1) {
            for resource in within(resource_spans, 1) {
                self.resources.lock().unwrap().extend(within(resource, 1).map(attribute));
            }
            for scope_spans in within(resource_spans, 2) {
                self.spans.lock().unwrap().extend(within(scope_spans, 2).map(span));
            }
        }
    }
}

fn span(bytes: &[u8]) -> Span {
    let one = |number| within(bytes, number).next().unwrap_or_default();
    Span {
        trace: hex::encode(one(1)),
        id: hex::encode(one(2)),
        parent: hex::encode(one(4)),
        name: String::from_utf8(one(5).to_vec()).unwrap(),
        attributes: within(bytes, 9).map(attribute).collect(),
    }
}

fn attribute(bytes: &[u8]) -> (String, String) {
    let key = within(bytes, 1).next().unwrap_or_default();
    let value = within(bytes, 2).next().unwrap_or_default();
    let text = within(value, 1).next().map(|text| String::from_utf8_lossy(text).into_owned());
    (String::from_utf8_lossy(key).into_owned(), text.unwrap_or_else(|| format!("{value:?}")))
}

/// The fields of that number in a protobuf message, where they hold bytes.
fn within(mut message: &[u8], number: u64) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        while !message.is_empty() {
            let tag = varint(&mut message);
            let length = match tag & 7 {
                0 => {
                    varint(&mut message);
                    continue;
                }
                1 => 8,
                2 => usize::try_from(varint(&mut message)).unwrap(),
                5 => 4,
                kind => panic!("no protobuf: {kind}"),
            };
            let (field, rest) = message.split_at(length);
            message = rest;
            if tag >> 3 == number && tag & 7 == 2 {
                return Some(field);
            }
        }
        None
    })
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first().expect("a whole message");
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            break;
        }
    }
    value
}
