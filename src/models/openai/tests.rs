//! Against a server that misbehaves on demand.

use std::sync::atomic::AtomicUsize;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use serde_json::json;

use super::*;
use crate::{Call, Delta, PromptMessage, Round, Tool, ToolChoice, ToolUse};
use docent_domain::chat::{FinishReason, Speaker};

/// What the stub answers to the n-th request, and what it saw.
#[derive(Clone)]
struct Stub {
    answer: Arc<dyn Fn(usize) -> Response + Send + Sync>,
    requests: Arc<AtomicUsize>,
    last: Arc<Mutex<(HeaderMap, Value)>>,
}

impl Stub {
    async fn start(answer: impl Fn(usize) -> Response + Send + Sync + 'static) -> (Self, OpenAiSettings) {
        let stub = Self { answer: Arc::new(answer), requests: Arc::default(), last: Arc::default() };
        let router = Router::new()
            .route("/v1/chat/completions", post(Self::complete))
            .route(
                "/v1/models",
                get(|| async { axum::Json(json!({"data": [{"id": "small"}, {"id": "large"}]})) }),
            )
            .with_state(stub.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}/v1/", listener.local_addr().unwrap());
        #[expect(clippy::disallowed_methods, reason = "a test's own server ends with its runtime")]
        tokio::spawn(async move { axum::serve(listener, router).await });
        let settings = OpenAiSettings {
            base_url,
            api_key: Some("sk-test".to_owned()),
            model: "small".to_owned(),
            first_byte_timeout: Duration::from_millis(500),
            content_timeout: Duration::from_millis(500),
            ..OpenAiSettings::default()
        };
        (stub, settings)
    }

    async fn complete(State(stub): State<Self>, request: Request) -> Response {
        let headers = request.headers().clone();
        let body = axum::body::to_bytes(request.into_body(), 1 << 20).await.unwrap();
        *stub.last.lock().unwrap() = (headers, serde_json::from_slice(&body).unwrap());
        (stub.answer)(stub.requests.fetch_add(1, Ordering::SeqCst))
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

fn sse(events: &str) -> Response {
    ([("content-type", "text/event-stream")], events.to_owned()).into_response()
}

fn text(content: &str) -> String {
    format!("data: {}\n\n", json!({"choices": [{"delta": {"content": content}}]}))
}

const STOP: &str = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

/// A stream that stays open after what it has to say, with a comment every 50 ms.
fn kept_alive(events: &str) -> Response {
    let first = Bytes::from(events.to_owned());
    let rest = stream::unfold((), |()| async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        Some((Bytes::from_static(b": still here\n\n"), ()))
    });
    let body = stream::iter([first]).chain(rest).map(Ok::<_, std::io::Error>);
    ([("content-type", "text/event-stream")], Body::from_stream(body)).into_response()
}

async fn ask(settings: OpenAiSettings) -> Result<Vec<Delta>, (Vec<Delta>, ModelError)> {
    let model = OpenAi::new(settings).unwrap();
    let mut deltas = model.stream(Prompt::default()).await.map_err(|error| (Vec::new(), error))?;
    let mut seen = Vec::new();
    while let Some(delta) = deltas.next().await {
        match delta {
            Ok(delta) => seen.push(delta),
            Err(error) => return Err((seen, error)),
        }
    }
    Ok(seen)
}

fn said(pieces: &[&str]) -> Vec<Delta> {
    pieces.iter().map(|piece| Delta::Text((*piece).to_owned())).collect()
}

fn whole(pieces: &[&str]) -> Vec<Delta> {
    let mut deltas = said(pieces);
    deltas.push(Delta::Finish(FinishReason::Stop));
    deltas
}

#[tokio::test]
async fn an_answer_streams_with_its_usage_and_the_key_goes_to_the_server() {
    let (stub, settings) = Stub::start(|_| {
        let usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2.0}}\n\n";
        let stop = "data: {\"choices\":[{\"delta\":{\"content\":null},\"finish_reason\":\"stop\"}]}\n\n";
        sse(&[&text("Hel"), ": a comment\n\n", &text("lo"), stop, usage, "data: [DONE]\n\n"].concat())
    })
    .await;
    let model = OpenAi::new(settings).unwrap();
    let prompt = Prompt {
        messages: vec![PromptMessage { speaker: Speaker::User, content: "Hi".to_owned() }],
        temperature: Some(0.7),
        ..Prompt::default()
    };
    let deltas: Vec<_> = model.stream(prompt).await.unwrap().map(Result::unwrap).collect().await;
    let mut expected = said(&["Hel", "lo"]);
    expected.push(Delta::Usage { prompt_tokens: 7, completion_tokens: 2 });
    expected.push(Delta::Finish(FinishReason::Stop));
    assert_eq!(deltas, expected);

    let (headers, body) = stub.last.lock().unwrap().clone();
    assert_eq!(headers["authorization"], "Bearer sk-test");
    assert_eq!(body["messages"], json!([{"role": "user", "content": "Hi"}]));
    assert_eq!(
        (&body["temperature"], &body["model"], &body["stream"]),
        (&json!(0.7), &json!("small"), &json!(true))
    );
}

#[tokio::test]
async fn odd_events_of_real_servers_are_understood() {
    let odd = [
        r#"{"choices":[{"delta":{"role":"assistant","content":""},"finish_reason":""}],"created":1.5}"#,
        r#"{"choices":[{"delta":{"reasoning_content":"hm"},"finish_reason":null}]}"#,
        r#"{"choices":[{"delta":{"content":"Yes"},"logprobs":null}],"error":null,"usage":null}"#,
        r#"{"choices":[{"finish_reason":"eos"}]}"#,
    ];
    let events: String = odd.iter().map(|event| format!("data:{event}\n\n")).collect();
    let (_, settings) = Stub::start(move |_| sse(&events)).await;
    let expected = [Delta::Thinking, Delta::Text("Yes".to_owned()), Delta::Finish(FinishReason::Stop)];
    assert_eq!(ask(settings).await.unwrap(), expected);
}

#[tokio::test]
async fn the_models_own_limit_is_told_apart() {
    let (_, settings) = Stub::start(|_| {
        sse(&(text("cut") + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n\n"))
    })
    .await;
    assert_eq!(ask(settings).await.unwrap()[1], Delta::Finish(FinishReason::Length));
}

#[tokio::test]
async fn the_servers_end_mark_alone_is_an_end() {
    let (_, settings) = Stub::start(|_| sse(&(text("Yes") + "data: [DONE]\n\n"))).await;
    assert_eq!(ask(settings).await.unwrap(), whole(&["Yes"]));
}

#[tokio::test]
async fn an_answer_without_any_end_is_truncated() {
    let (stub, settings) = Stub::start(|_| sse(&text("It is im"))).await;
    assert_eq!(ask(settings).await.unwrap_err(), (said(&["It is im"]), ModelError::Truncated));
    assert_eq!(stub.requests(), 1, "nothing is retried once something was said");
}

#[tokio::test]
async fn an_error_within_the_stream_is_an_error() {
    let (stub, settings) =
        Stub::start(|_| sse(&(text("It") + "data: {\"error\":{\"message\":\"out of memory\"}}\n\n" + STOP)))
            .await;
    let (seen, error) = ask(settings).await.unwrap_err();
    assert_eq!(seen, said(&["It"]));
    assert!(matches!(error, ModelError::Reported { .. }), "{error}");
    assert_eq!(stub.requests(), 1);
}

#[tokio::test]
async fn failures_before_the_first_word_are_retried_and_counted() {
    let (stub, settings) = Stub::start(|n| match n {
        0 => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        1 => sse("data: {\"error\":\"overloaded\"}\n\n"),
        _ => sse(&(text("Yes") + STOP)),
    })
    .await;
    assert_eq!(ask(settings).await.unwrap(), whole(&["Yes"]));
    assert_eq!(stub.requests(), 3);

    let (stub, settings) = Stub::start(|_| StatusCode::BAD_GATEWAY.into_response()).await;
    let (_, error) = ask(settings).await.unwrap_err();
    assert!(matches!(error, ModelError::Status { status: 502, .. }), "{error}");
    assert_eq!(stub.requests(), 3);
}

#[tokio::test]
async fn retry_after_is_honoured_within_bounds() {
    let limited = |seconds: &'static str| {
        move |n: usize| match n {
            0 => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", seconds)], "slow down").into_response(),
            _ => sse(&(text("Yes") + STOP)),
        }
    };
    let (_, settings) = Stub::start(limited("1")).await;
    let begun = Instant::now();
    ask(settings).await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(1));

    let (stub, settings) = Stub::start(limited("3600")).await;
    let (_, error) = ask(settings).await.unwrap_err();
    assert_eq!(docent_domain::Coded::retry_after_s(&error), Some(3600));
    assert_eq!(stub.requests(), 1);
}

#[tokio::test]
async fn the_status_survives_whatever_the_body_is() {
    for body in [r#"{"error":{"code":400}}"#, r#"{"error":"no such model"}"#, "plain", "", "<html>"] {
        let (stub, settings) = Stub::start(move |_| (StatusCode::BAD_REQUEST, body).into_response()).await;
        let (_, error) = ask(settings).await.unwrap_err();
        assert!(matches!(error, ModelError::Status { status: 400, .. }), "{body}: {error}");
        assert_eq!(stub.requests(), 1, "the same request would be refused again");
    }
}

#[tokio::test]
async fn an_empty_purse_is_not_asked_twice() {
    let (stub, settings) = Stub::start(|_| {
        (StatusCode::TOO_MANY_REQUESTS, r#"{"error":{"code":"insufficient_quota"}}"#).into_response()
    })
    .await;
    ask(settings).await.unwrap_err();
    assert_eq!(stub.requests(), 1);
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let (stub, settings) = Stub::start(|_| {
        (StatusCode::TEMPORARY_REDIRECT, [("location", "/v1/chat/completions")]).into_response()
    })
    .await;
    let (_, error) = ask(settings).await.unwrap_err();
    assert!(matches!(error, ModelError::Status { status: 307, .. }), "{error}");
    assert_eq!(stub.requests(), 1);
}

#[tokio::test]
async fn a_server_that_goes_before_its_first_word_is_asked_again() {
    let (stub, settings) =
        Stub::start(|n| if n == 0 { sse("") } else { sse(&[&text("Here"), STOP].concat()) }).await;
    assert_eq!(ask(settings).await.unwrap(), whole(&["Here"]));
    assert_eq!(stub.requests(), 2);
    let (_, settings) = Stub::start(|_| sse("")).await;
    assert_eq!(ask(settings).await.unwrap_err().1, ModelError::Truncated);
}

#[tokio::test]
async fn what_is_not_a_stream_is_refused() {
    let (_, settings) = Stub::start(|_| axum::Json(json!({"choices": []})).into_response()).await;
    assert!(matches!(ask(settings).await.unwrap_err().1, ModelError::NotAStream { .. }));
    let (_, settings) = Stub::start(|_| sse("data: {broken\n\n")).await;
    assert!(matches!(ask(settings).await.unwrap_err().1, ModelError::Reported { .. }));
}

/// A stream that stays open after these pieces, which come one by one.
fn in_pieces(pieces: Vec<Vec<u8>>) -> Response {
    let paced = stream::iter(pieces).then(|piece| async {
        tokio::time::sleep(Duration::from_millis(2)).await;
        Ok::<_, std::io::Error>(Bytes::from(piece))
    });
    let body = paced.chain(stream::pending());
    ([("content-type", "text/event-stream")], Body::from_stream(body)).into_response()
}

#[tokio::test]
async fn a_byte_order_mark_takes_no_event_along() {
    for begin in ["\u{feff}", "\u{feff}: ping\n\n", "\u{feff}\n\n"] {
        let (stub, settings) =
            Stub::start(move |_| sse(&[begin, &text("Zwölf"), &text(" Türme"), STOP].concat())).await;
        assert_eq!(ask(settings).await.unwrap(), whole(&["Zwölf", " Türme"]), "{begin:?}");
        assert_eq!(stub.requests(), 1);
    }
}

#[tokio::test]
async fn lines_end_as_the_standard_lets_them() {
    let pings =
        ":ping\n\n:\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\ndata:\n\ndata: \n\nid: 7\nretry: 9\n\n";
    let sent = [&text("Zwölf"), pings, &text(" Türme"), STOP].concat();
    for end in ["\n", "\r\n", "\r"] {
        let sent = sent.replace('\n', end);
        let (_, settings) = Stub::start(move |_| sse(&sent)).await;
        assert_eq!(ask(settings).await.unwrap(), whole(&["Zwölf", " Türme"]), "{end:?}");
    }
}

#[tokio::test]
async fn events_may_be_cut_anywhere() {
    let event = r#"data: {"choices":[{"delta":{"content":"Falke 🦅, grün"}}]}"#;
    for end in ["\n", "\r\n", "\r"] {
        let sent = format!("\u{feff}{event}{end}{end}{}", STOP.replace('\n', end));
        let pieces: Vec<Vec<u8>> = sent.bytes().map(|byte| vec![byte]).collect();
        let (_, settings) = Stub::start(move |_| in_pieces(pieces.clone())).await;
        assert_eq!(ask(settings).await.unwrap(), whole(&["Falke 🦅, grün"]), "{end:?}");
    }
}

#[tokio::test]
async fn an_event_is_given_on_at_once_whatever_its_lines_end_with() {
    for end in ["\n", "\r\n", "\r"] {
        let sent = text("Here").replace('\n', end).into_bytes();
        let (_, settings) = Stub::start(move |_| in_pieces(vec![sent.clone()])).await;
        let (seen, error) = ask(settings).await.unwrap_err();
        assert_eq!(seen, said(&["Here"]), "{end:?}");
        assert!(matches!(error, ModelError::Silent { .. }), "{end:?}: {error}");
    }
}

#[tokio::test]
async fn a_broken_byte_costs_one_character() {
    let mut sent = text("a~b").into_bytes();
    let at = sent.iter().position(|byte| *byte == b'~').unwrap();
    sent[at] = 0xff;
    sent.extend_from_slice([&text("c"), STOP].concat().as_bytes());
    let (_, settings) = Stub::start(move |_| in_pieces(vec![sent.clone()])).await;
    assert_eq!(ask(settings).await.unwrap(), whole(&["a\u{fffd}b", "c"]));
}

#[tokio::test]
async fn keep_alives_do_not_count_as_content() {
    let (_, settings) = Stub::start(|_| kept_alive(&text("And then"))).await;
    let begun = Instant::now();
    let (seen, error) = ask(settings).await.unwrap_err();
    assert_eq!(seen, said(&["And then"]));
    assert!(matches!(error, ModelError::Silent { .. }), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_server_that_never_begins_is_late() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
    let settings = OpenAiSettings {
        base_url,
        first_byte_timeout: Duration::from_millis(200),
        ..OpenAiSettings::default()
    };
    assert!(matches!(ask(settings).await.unwrap_err().1, ModelError::Late { .. }));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unreachable() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let settings =
        OpenAiSettings { base_url: format!("http://127.0.0.1:{port}"), retries: 0, ..Default::default() };
    let model = OpenAi::new(settings.clone()).unwrap();
    assert!(!model.status().await.connected);
    let error = ask(settings).await.unwrap_err().1;
    assert!(matches!(error, ModelError::Unreachable { .. }), "{error}");
    assert!(!error.to_string().contains(&format!("{port}/")), "{error}");
}

#[tokio::test]
async fn a_dropped_answer_is_dropped_at_the_server() {
    struct Gone(Arc<AtomicBool>);
    impl Drop for Gone {
        fn drop(&mut self) {
            self.0.store(true, Ordering::SeqCst);
        }
    }
    let gone = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&gone);
    let (_, settings) = Stub::start(move |_| {
        let guard = Gone(Arc::clone(&seen));
        let body = stream::unfold(guard, |guard| async {
            tokio::time::sleep(Duration::from_millis(10)).await;
            Some((Ok::<_, std::io::Error>(text("more ")), guard))
        });
        ([("content-type", "text/event-stream")], Body::from_stream(body)).into_response()
    })
    .await;
    let model = OpenAi::new(settings).unwrap();
    let mut deltas = model.stream(Prompt::default()).await.unwrap();
    deltas.next().await.unwrap().unwrap();
    drop(deltas);
    let begun = Instant::now();
    while !gone.load(Ordering::SeqCst) {
        assert!(begun.elapsed() < Duration::from_secs(1), "the server still writes");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn models_are_listed_and_unknown_ones_fall_back() {
    let (_, settings) = Stub::start(|_| sse("")).await;
    let model = OpenAi::new(settings).unwrap();
    assert_eq!(model.models().await.unwrap(), ["small", "large"]);
    assert_eq!(model.resolve(Some("large")).await, "large");
    assert_eq!(model.resolve(Some("huge")).await, "small");
    let status = model.status().await;
    assert!(status.connected && status.host.starts_with("http://127.0.0.1:"), "{status:?}");
}

fn look() -> Tool {
    Tool {
        name: "look".to_owned(),
        description: "Looks.".to_owned(),
        parameters: json!({"type": "object", "properties": {"at": {"type": "integer"}}}),
    }
}

fn called(id: &str, arguments: &str) -> Call {
    Call { id: id.to_owned(), tool: "look".to_owned(), arguments: arguments.to_owned() }
}

const CALLING: &str = concat!(
    "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,",
    "\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"\"}}]}}]}\n\n",
    "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"at\\\":\"}}]}}]}\n\n",
    "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}}]}\n\n",
    "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n",
);

#[tokio::test]
async fn calls_arrive_whole_and_go_back_with_their_results() {
    let (stub, settings) =
        Stub::start(|n| sse(&if n == 0 { CALLING.to_owned() } else { text("Yes") + STOP })).await;
    let model = OpenAi::new(settings).unwrap();
    let mut prompt = Prompt {
        messages: vec![PromptMessage { speaker: Speaker::User, content: "Where?".to_owned() }],
        tools: vec![look()],
        ..Prompt::default()
    };
    let deltas: Vec<_> = model.stream(prompt.clone()).await.unwrap().map(Result::unwrap).collect().await;
    assert_eq!(deltas[3..], [Delta::Call(called("a", "{\"at\":1}")), Delta::Finish(FinishReason::Stop)]);
    assert!(deltas[..3].iter().all(|delta| *delta == Delta::Thinking), "{deltas:?}");
    let body = stub.last.lock().unwrap().1.clone();
    assert_eq!(body["tools"][0]["function"]["name"], "look");
    assert_eq!((&body["tools"][0]["type"], &body["tool_choice"]), (&json!("function"), &json!("auto")));

    let uses = vec![ToolUse { call: called("a", "{\"at\":1}"), result: "there".to_owned() }];
    prompt.rounds.push(Round { said: String::new(), uses });
    prompt.tool_choice = ToolChoice::None;
    let deltas: Vec<_> = model.stream(prompt).await.unwrap().map(Result::unwrap).collect().await;
    assert_eq!(deltas, whole(&["Yes"]));
    let body = stub.last.lock().unwrap().1.clone();
    let call =
        json!({"id": "a", "type": "function", "function": {"name": "look", "arguments": "{\"at\":1}"}});
    assert_eq!(
        body["messages"],
        json!([
            {"role": "user", "content": "Where?"},
            {"role": "assistant", "content": null, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "a", "content": "there"},
        ])
    );
    assert_eq!(body["tool_choice"], "none");
}

#[tokio::test]
async fn a_model_without_tools_is_asked_without_them_from_then_on() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let last: Arc<Mutex<Option<Stub>>> = Arc::default();
    let (noted, stub_of) = (Arc::clone(&seen), Arc::clone(&last));
    let (stub, settings) = Stub::start(move |_| {
        let stub = stub_of.lock().unwrap().clone().unwrap();
        let tools = stub.last.lock().unwrap().1.get("tools").is_some();
        noted.lock().unwrap().push(tools);
        if tools {
            (StatusCode::BAD_REQUEST, r#"{"error":"small does not support tools"}"#).into_response()
        } else {
            sse(&(text("Yes") + STOP))
        }
    })
    .await;
    *last.lock().unwrap() = Some(stub);
    let model = OpenAi::new(settings).unwrap();
    for _ in 0..2 {
        let prompt = Prompt { tools: vec![look()], ..Prompt::default() };
        let deltas: Vec<_> = model.stream(prompt).await.unwrap().map(Result::unwrap).collect().await;
        assert_eq!(deltas, whole(&["Yes"]));
    }
    assert_eq!(*seen.lock().unwrap(), [true, false, false]);
}
