//! The bytes of this API, and what it refuses.

use docent::models::Step;
use reqwest::Method;
use serde_json::{Value, json};

use super::{model, quiet};
use crate::support::app::{Answer, TestApp, both_apps};

const COMPLETIONS: &str = "/v1/chat/completions";

fn question(model: &str) -> Value {
    json!({"model": model, "messages": [{"role": "user", "content": "What do kestrels eat?"}]})
}

fn with(model: &str, name: &str, value: Value) -> Value {
    let mut body = question(model);
    body[name] = value;
    body
}

/// Status, code, field and message of a refusal, which must have OpenAI's shape.
fn refused(answer: &Answer) -> String {
    assert_eq!(answer.header("content-type"), "application/json", "{answer:?}");
    let body = answer.json();
    assert_eq!(body.as_object().unwrap().len(), 1, "{body}");
    let error = &body["error"];
    assert!(error["type"].is_string(), "{body}");
    let param = error["param"].as_str().unwrap_or("-");
    format!(
        "{} {} {param}: {}",
        answer.status,
        error["code"].as_str().unwrap(),
        error["message"].as_str().unwrap()
    )
}

both_apps!(the_frames_of_a_stream);

async fn the_frames_of_a_stream(app: TestApp) {
    let model = model(&app).await;
    app.model
        .will([Step::Say(vec!["Voles [1].".into()]), Step::Usage { prompt_tokens: 7, completion_tokens: 3 }]);
    let mut body = with(&model, "stream", json!(true));
    body["stream_options"] = json!({"include_usage": true});
    let answer = app.post(COMPLETIONS, body).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/event-stream"));
    let frames: Vec<&str> = answer.text.split_terminator("\n\n").collect();
    let shown = frames.iter().map(|frame| {
        let data = frame.strip_prefix("data: ").unwrap();
        let Ok(mut chunk) = serde_json::from_str::<Value>(data) else { return data.to_owned() };
        for (name, value) in [("id", "chatcmpl-"), ("created", ""), ("model", "project:")] {
            let text = chunk[name].as_str().unwrap_or_default();
            assert!(text.starts_with(value), "{chunk}");
            chunk.as_object_mut().unwrap().remove(name);
        }
        if let Some(sources) = chunk["sources"].as_array() {
            chunk["sources"] =
                json!(sources.iter().map(|source| source["content"].clone()).collect::<Vec<_>>());
        }
        if chunk["docent"].is_object() {
            chunk["docent"]["chat_id"] = json!("[id]");
            chunk["docent"]["message_id"] = json!("[id]");
        }
        let empty = chunk.as_object_mut().unwrap();
        empty.retain(|name, value| name == "usage" || !value.is_null());
        chunk.to_string()
    });
    insta::assert_snapshot!(shown.collect::<Vec<_>>().join("\n"), @r#"
    {"sources":["Kestrels eat voles."],"object":"chat.completion.chunk","usage":null,"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}
    {"usage":null,"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Voles [1]."},"logprobs":null,"finish_reason":null}]}
    {"docent":{"chat_id":"[id]","message_id":"[id]","model":"scripted","status":"completed","finish_reason":"stop","cited":[1]},"object":"chat.completion.chunk","usage":null,"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}
    {"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10},"object":"chat.completion.chunk","choices":[]}
    [DONE]
    "#);
}

both_apps!(nothing_relevant_is_said_so);

async fn nothing_relevant_is_said_so(app: TestApp) {
    let project = app.project("Empty").await;
    let answer = app.post(COMPLETIONS, question(&format!("project:{project}"))).await.json();
    assert_eq!(
        (&answer["sources"], &answer["docent"]["finish_reason"]),
        (&json!([]), &json!("no_answer")),
        "{answer}"
    );
    assert_eq!(answer["choices"][0]["finish_reason"], "stop");
    assert!(answer["usage"]["total_tokens"].as_i64().unwrap() > 0);
}

both_apps!(another_model_can_write_the_answer);

async fn another_model_can_write_the_answer(app: TestApp) {
    let model = model(&app).await;
    let answer = app.post(COMPLETIONS, question(&format!("{model}/scripted-two"))).await.json();
    assert_eq!(
        (&answer["docent"]["model"], &answer["model"]),
        (&json!("scripted-two"), &json!(format!("{model}/scripted-two")))
    );
    let unknown = app.post(COMPLETIONS, question(&format!("{model}/gpt-99"))).await;
    assert!(refused(&unknown).starts_with("404 model_not_found model:"), "{unknown:?}");
    assert_eq!(app.get(&format!("/v1/models/{model}/scripted-two")).await.status, 200);
    assert_eq!(app.get(&format!("/v1/models/{model}/gpt-99")).await.status, 404);
}

both_apps!(questions_that_cannot_be_asked_are_refused_by_field);

async fn questions_that_cannot_be_asked_are_refused_by_field(app: TestApp) {
    let model = model(&app).await;
    let long = "x".repeat(33_000);
    let deep = json!({"a": (0..40).fold(json!(1), |inner, _| json!([inner]))});
    let said = |content: Value| json!([{"role": "user", "content": content}]);
    let mut lines = Vec::new();
    for body in [
        json!([]),
        json!({}),
        json!({"model": 7}),
        json!({"model": ""}),
        json!({"model": model}),
        with(&model, "messages", json!("Hi")),
        with(&model, "messages", json!([7])),
        with(&model, "messages", json!([{"content": "x"}])),
        with(&model, "messages", said(json!({"text": "x"}))),
        with(&model, "messages", said(json!(long))),
        with(
            &model,
            "messages",
            json!([{"role": "user", "content": "x"}, {"role": "assistant", "content": "y"}]),
        ),
        with(&model, "stream", json!("yes")),
        with(&model, "stream_options", json!({"include_usage": true})),
        with(&model, "stream_options", json!(true)),
        with(&model, "temperature", json!("hot")),
        with(&model, "temperature", json!(2.5)),
        with(&model, "n", json!(2)),
        with(&model, "logprobs", json!(true)),
        with(&model, "response_format", json!({"type": "json_object"})),
        with(&model, "tool_choice", json!("required")),
        with(&model, "tools", json!([{"type": "function", "function": {"name": "look"}}])),
        with(&model, "top_k", json!(-2)),
        with(&model, "top_k", json!(51)),
        with(&model, "document_ids", json!([1, "x"])),
        with(&model, "document_ids", json!("all")),
        with(&model, "metadata", deep),
    ] {
        lines.push(refused(&app.post(COMPLETIONS, body).await));
    }
    insta::assert_snapshot!(lines.join("\n"), @r#"
    400 invalid_payload -: The body must be a JSON object
    400 invalid_payload model: `model`: is required
    400 invalid_payload model: `model`: invalid type: integer `7`, expected a string
    400 invalid_payload messages: `messages`: is required
    400 invalid_payload messages: `messages`: is required
    400 invalid_payload messages: `messages`: invalid type: string "Hi", expected a sequence
    400 invalid_payload messages[0]: `messages[0]`: invalid type: integer `7`, expected a message with `role` and `content`
    400 invalid_payload messages[0].role: `messages[0].role`: is required
    400 invalid_payload messages[0].content: `messages[0].content`: must be a string or a list of parts
    400 invalid_payload messages[0].content: `messages[0].content`: is longer than 32768 bytes
    400 invalid_payload messages: `messages`: must end with a message of the user: the question
    400 invalid_payload stream: `stream`: invalid type: string "yes", expected a boolean
    400 invalid_payload stream_options: `stream_options`: is only allowed when `stream` is true
    400 invalid_payload stream_options: `stream_options`: invalid type: boolean `true`, expected an object
    400 invalid_payload temperature: `temperature`: invalid type: string "hot", expected f32
    400 invalid_payload temperature: `temperature`: must be between 0 and 2
    400 invalid_payload n: `n`: must be 1: there is one answer to a question
    400 invalid_payload logprobs: `logprobs`: is not offered; leave it out
    400 invalid_payload response_format: `response_format`: must be `text`: answers are text with citations
    400 invalid_payload tool_choice: `tool_choice`: must be `auto` or `none`: tools of clients are not called here
    400 invalid_payload tools: `tools`: are not called here: the answer comes from the project's documents. Leave them out, or send `tool_choice: "none"`; clients whose tools shall be called find them in assistant rooms
    400 invalid_payload top_k: `top_k`: must be between 1 and 50
    400 invalid_payload top_k: `top_k`: must be between 1 and 50
    400 invalid_payload document_ids[1]: `document_ids[1]`: must be the id of a document
    400 invalid_payload document_ids: `document_ids`: invalid type: string "all", expected a sequence
    400 bad_request -: Arrays and objects may be nested at most 32 deep
    "#);
    let project = model.trim_start_matches("project:");
    assert_eq!(app.get(&format!("/api/projects/{project}/chats")).await.json(), json!([]));
    assert!(app.model.asked().is_empty());
}

both_apps!(texts_that_cannot_be_embedded_are_refused_by_field);

async fn texts_that_cannot_be_embedded_are_refused_by_field(app: TestApp) {
    let model = app.get("/v1/models").await.json()["data"].as_array().unwrap().last().unwrap()["id"].clone();
    let mut lines = Vec::new();
    for (input, more) in [
        (json!(null), json!({})),
        (json!([]), json!({})),
        (json!(["a", " "]), json!({})),
        (json!([1, 2]), json!({})),
        (json!([[1, 2]]), json!({})),
        (json!(vec!["a"; 257]), json!({})),
        (json!(["a", "word ".repeat(1_000)]), json!({})),
        (json!("a"), json!({"encoding_format": "hex"})),
        (json!("a"), json!({"dimensions": 7})),
        (json!("a"), json!({"model": "ada"})),
    ] {
        let mut body = json!({"model": model, "input": input});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        lines.push(refused(&app.post("/v1/embeddings", body).await));
    }
    insta::assert_snapshot!(lines.join("\n"), @r#"
    400 invalid_payload input: `input`: must be a text or a list of texts
    400 invalid_payload input: `input`: must have 1 to 256 texts
    400 invalid_payload input[1]: `input[1]`: must not be empty
    400 invalid_payload input[0]: `input[0]`: must be a text: these are numbers of another model's tokens; let the client send texts (LangChain: `OpenAIEmbeddings(check_embedding_ctx_length=False)`)
    400 invalid_payload input[0]: `input[0]`: must be a text: these are numbers of another model's tokens; let the client send texts (LangChain: `OpenAIEmbeddings(check_embedding_ctx_length=False)`)
    400 invalid_payload input: `input`: must have 1 to 256 texts
    400 invalid_payload input[1]: `input[1]`: has 1000 tokens; the model reads at most 254: cut it into parts
    400 invalid_payload encoding_format: `encoding_format`: must be `float` or `base64`
    400 invalid_payload dimensions: `dimensions`: must be 64, which is what this model gives
    404 model_not_found model: The model `ada` does not exist or you have no access to it; see /v1/models
    "#);
    let fine = app.post("/v1/embeddings", json!({"model": model, "input": "a", "dimensions": 64})).await;
    assert_eq!((fine.status, fine.json()["data"][0]["embedding"].as_array().unwrap().len()), (200, 64));
}

both_apps!(what_is_not_there_is_refused_in_the_same_shape);

async fn what_is_not_there_is_refused_in_the_same_shape(app: TestApp) {
    insta::assert_snapshot!(refused(&app.get("/v1/files").await), @"404 not_found -: Of OpenAI's API there are /v1/models, /v1/chat/completions, /v1/completions, /v1/responses and /v1/embeddings");
    insta::assert_snapshot!(refused(&app.get(COMPLETIONS).await), @"405 method_not_allowed -: This address does not take that method");
    let broken = app.request(Method::POST, COMPLETIONS).body("{\"model\": ");
    insta::assert_snapshot!(refused(&Answer::of(broken).await), @"400 bad_request -: The body is not valid JSON (line 1, column 10)");
    let huge = app.request(Method::POST, COMPLETIONS).body(vec![b' '; 3 << 20]);
    insta::assert_snapshot!(refused(&Answer::of(huge).await), @"413 payload_too_large -: The body of this request may have at most 2097152 bytes");
}

both_apps!(who_hangs_up_before_a_whole_answer_stops_it);

async fn who_hangs_up_before_a_whole_answer_stops_it(app: TestApp) {
    let model = model(&app).await;
    app.model.will([Step::Say(vec!["They ".into()]), Step::Hang]);
    let impatient = std::time::Duration::from_millis(700);
    let request = app.request(Method::POST, COMPLETIONS).json(&question(&model)).timeout(impatient);
    assert!(request.send().await.unwrap_err().is_timeout());
    assert_eq!(app.model.asked().len(), 1);
    quiet(&app).await;
}

both_apps!(one_that_somebody_else_stops_ends_well);

async fn one_that_somebody_else_stops_ends_well(app: TestApp) {
    let model = model(&app).await;
    app.model.will([Step::Say(vec!["They ".into()]), Step::Hang]);
    let asking = app.post(COMPLETIONS, with(&model, "stream", json!(true)));
    let stopping = async {
        while app.model.open() == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        let project = model.trim_start_matches("project:");
        let chat = app.get(&format!("/api/projects/{project}/chats")).await.json()[0]["id"].as_i64().unwrap();
        let cancelled = app.engine.cancel(&app.bench.owner.scope, chat.into(), None).await.unwrap();
        assert!(cancelled.is_some());
    };
    let (answer, ()) = tokio::join!(asking, stopping);
    let frames: Vec<&str> = answer.text.split_terminator("\n\n").collect();
    let [.., end, done] = frames.as_slice() else { panic!("{frames:?}") };
    assert!(end.contains("\"finish_reason\":\"stop\"") && end.contains("\"status\":\"cancelled\""), "{end}");
    assert_eq!(*done, "data: [DONE]");
    quiet(&app).await;
}
