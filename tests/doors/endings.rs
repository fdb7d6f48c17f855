//! The ways in which a turn can go, recorded on every wire: what a client sees of each, in the words of its door.

use std::fmt::Write;

use docent::models::Step;
use insta::assert_snapshot;
use serde_json::{Value, json};
use tokio::process::Command;

use super::{app, chat, javascript, native, redacted, stop, writing};
use crate::sockets::client::{Client, Language, Transport};
use crate::support::app::TestApp;

/// A turn to play.
struct Turn {
    name: &'static str,
    question: &'static str,
    steps: Vec<Step>,
    /// Whether somebody stops it while it is being written.
    stopped: bool,
}

fn turns() -> Vec<Turn> {
    let say = |text: &str| Step::Say(vec![text.to_owned()]);
    let turn = |name, steps| Turn { name, question: "What do kestrels eat?", steps, stopped: false };
    vec![
        turn("normal", vec![say("They "), say("eat "), say("voles [1].")]),
        turn("failed before the first token", vec![Step::Fail { status: 500 }]),
        turn("failed after the first token", vec![say("They "), Step::Pause { ms: 100 }, Step::Truncate]),
        Turn { stopped: true, ..turn("cancelled", vec![say("They "), Step::Hang]) },
        Turn { question: "Which parliament founded a pyramid of concrete?", ..turn("no answer", Vec::new()) },
        turn(
            "tool calls",
            vec![
                Step::Call { tool: "list_documents".to_owned(), arguments: json!({}) },
                say("They "),
                say("eat "),
                say("voles [1]."),
            ],
        ),
    ]
}

/// What was heard, with pieces of text that follow each other joined.
#[derive(Default)]
struct Transcript {
    lines: String,
    pieces: Option<(String, String)>,
}

impl Transcript {
    fn begin(&mut self, turn: &str) {
        self.flush();
        writeln!(self.lines, "# {turn}").unwrap();
    }

    /// `piece` is the field that holds a piece of the answer, if this event is one.
    fn hear(&mut self, name: &str, body: &Value, piece: Option<&str>) {
        if let Some(text) = piece.and_then(|field| body[field].as_str()) {
            match &mut self.pieces {
                Some((_, joined)) => joined.push_str(text),
                None => self.pieces = Some((name.to_owned(), text.to_owned())),
            }
            return;
        }
        self.flush();
        writeln!(self.lines, "{name} {}", redacted(body)).unwrap();
    }

    fn flush(&mut self) {
        if let Some((name, text)) = self.pieces.take() {
            writeln!(self.lines, "{name}… {text:?}").unwrap();
        }
    }

    fn finish(mut self) -> String {
        self.flush();
        self.lines
    }
}

/// Plays every turn in one chat, and writes down what a client hears until one of `last`.
async fn play(
    app: &TestApp,
    client: &mut Client,
    chat: i64,
    ask: (&str, fn(i64, &str) -> Value),
    heard: &[&str],
    (last, piece): (&[&str], Option<(&str, &str)>),
) -> String {
    play_until(app, client, chat, ask, heard, piece, |name, _| last.contains(&name)).await
}

/// Like [`play`], where the name alone does not tell the last event.
async fn play_until(
    app: &TestApp,
    client: &mut Client,
    chat: i64,
    ask: (&str, fn(i64, &str) -> Value),
    heard: &[&str],
    piece: Option<(&str, &str)>,
    is_last: impl Fn(&str, &Value) -> bool,
) -> String {
    let mut transcript = Transcript::default();
    for turn in turns() {
        transcript.begin(turn.name);
        if !turn.steps.is_empty() {
            app.model.will(turn.steps);
        }
        client.emit(ask.0, ask.1(chat, turn.question)).await;
        if turn.stopped {
            writing(app).await;
            stop(app, chat).await;
        }
        loop {
            let (name, body) = client.one_of(heard).await;
            let of_piece = piece.filter(|(event, _)| *event == name).map(|(_, field)| field);
            transcript.hear(&name, &body, of_piece);
            if is_last(&name, &body) {
                break;
            }
        }
    }
    transcript.finish()
}

#[tokio::test(flavor = "multi_thread")]
async fn project_rooms() {
    let app = app().await;
    let chat = chat(&app).await;
    let mut client = javascript(&app, json!({})).await;
    let ask = (
        "send_message",
        (|chat, message| json!({"chat_id": chat, "message": message})) as fn(i64, &str) -> Value,
    );
    let last = ["message_complete", "message_cancelled", "error"];
    let heard = [&last[..], &["message_received", "message_sources", "message_token"]].concat();
    let transcript =
        play(&app, &mut client, chat, ask, &heard, (&last, Some(("message_token", "token")))).await;
    assert_snapshot!(transcript, @r##"
    # normal
    message_received {"chat_id":"[chat_id]","message_id":"[message_id]","status":"processing","user_message":{"id":"[id]","content":"What do kestrels eat?","user":{"id":"[id]","username":"owner"}}}
    message_sources {"chat_id":"[chat_id]","message_id":"[message_id]","sources":["kestrel.md#0"]}
    message_token… "They eat voles [1]."
    message_complete {"chat_id":"[chat_id]","message_id":"[message_id]","content":"They eat voles [1].","metadata":{"model":"scripted","sources_count":1,"cited":[1],"latency_ms":"[latency_ms]","finish_reason":"stop"}}
    # failed before the first token
    message_received {"chat_id":"[chat_id]","message_id":"[message_id]","status":"processing","user_message":{"id":"[id]","content":"What do kestrels eat?","user":{"id":"[id]","username":"owner"}}}
    message_sources {"chat_id":"[chat_id]","message_id":"[message_id]","sources":["kestrel.md#0"]}
    error {"status":"error","message":"The language model refused the request (status 500): the script says so","code":"llm_unavailable","error":"llm_unavailable","event":"send_message","chat_id":"[chat_id]","message_id":"[message_id]"}
    # failed after the first token
    message_received {"chat_id":"[chat_id]","message_id":"[message_id]","status":"processing","user_message":{"id":"[id]","content":"What do kestrels eat?","user":{"id":"[id]","username":"owner"}}}
    message_sources {"chat_id":"[chat_id]","message_id":"[message_id]","sources":["kestrel.md#0"]}
    message_token… "They "
    error {"status":"error","message":"The answer broke off before it was complete; ask again","code":"llm_unavailable","error":"llm_unavailable","event":"send_message","chat_id":"[chat_id]","message_id":"[message_id]"}
    # cancelled
    message_received {"chat_id":"[chat_id]","message_id":"[message_id]","status":"processing","user_message":{"id":"[id]","content":"What do kestrels eat?","user":{"id":"[id]","username":"owner"}}}
    message_sources {"chat_id":"[chat_id]","message_id":"[message_id]","sources":["kestrel.md#0"]}
    message_token… "They"
    message_cancelled {"chat_id":"[chat_id]","message_id":"[message_id]","content":"They"}
    # no answer
    message_received {"chat_id":"[chat_id]","message_id":"[message_id]","status":"processing","user_message":{"id":"[id]","content":"Which parliament founded a pyramid of concrete?","user":{"id":"[id]","username":"owner"}}}
    message_sources {"chat_id":"[chat_id]","message_id":"[message_id]","sources":[]}
    message_token… "The documents of this project do not contain an answer to this question."
    message_complete {"chat_id":"[chat_id]","message_id":"[message_id]","content":"The documents of this project do not contain an answer to this question.","metadata":{"model":"scripted","sources_count":0,"cited":[],"latency_ms":"[latency_ms]","finish_reason":"no_answer"}}
    # tool calls
    message_received {"chat_id":"[chat_id]","message_id":"[message_id]","status":"processing","user_message":{"id":"[id]","content":"What do kestrels eat?","user":{"id":"[id]","username":"owner"}}}
    message_sources {"chat_id":"[chat_id]","message_id":"[message_id]","sources":["kestrel.md#0"]}
    message_token… "They eat voles [1]."
    message_complete {"chat_id":"[chat_id]","message_id":"[message_id]","content":"They eat voles [1].","metadata":{"model":"scripted","sources_count":1,"cited":[1],"latency_ms":"[latency_ms]","finish_reason":"stop"}}
    "##);
}

#[tokio::test(flavor = "multi_thread")]
async fn conversations() {
    let app = app().await;
    let chat = chat(&app).await;
    let mut client = javascript(&app, json!({})).await;
    let ask = (
        "chat",
        (|chat, message| json!({"conversation_id": chat, "message": message})) as fn(i64, &str) -> Value,
    );
    let last = ["conversation", "error"];
    let transcript = play(&app, &mut client, chat, ask, &last, (&last, None)).await;
    assert_snapshot!(transcript, @r##"
    # normal
    conversation {"task_id":"[task_id]","conversation_id":"[conversation_id]","chat_id":"[chat_id]","user_message":{"id":"[id]","role":"user","content":"What do kestrels eat?","created_at":"[created_at]","metadata":{}},"assistant_responses":[{"id":"[id]","role":"assistant","content":"They eat voles [1].","created_at":"[created_at]","status":"completed","sources":["kestrel.md#0"]}]}
    # failed before the first token
    error {"status":"error","message":"The language model refused the request (status 500): the script says so","code":"llm_unavailable","error":"llm_unavailable","event":"chat","chat_id":"[chat_id]","message_id":"[message_id]","conversation_id":"[conversation_id]"}
    # failed after the first token
    error {"status":"error","message":"The answer broke off before it was complete; ask again","code":"llm_unavailable","error":"llm_unavailable","event":"chat","chat_id":"[chat_id]","message_id":"[message_id]","conversation_id":"[conversation_id]"}
    # cancelled
    conversation {"task_id":"[task_id]","conversation_id":"[conversation_id]","chat_id":"[chat_id]","user_message":{"id":"[id]","role":"user","content":"What do kestrels eat?","created_at":"[created_at]","metadata":{}},"assistant_responses":[{"id":"[id]","role":"assistant","content":"They","created_at":"[created_at]","status":"cancelled","sources":["kestrel.md#0"]}]}
    # no answer
    conversation {"task_id":"[task_id]","conversation_id":"[conversation_id]","chat_id":"[chat_id]","user_message":{"id":"[id]","role":"user","content":"Which parliament founded a pyramid of concrete?","created_at":"[created_at]","metadata":{}},"assistant_responses":[{"id":"[id]","role":"assistant","content":"The documents of this project do not contain an answer to this question.","created_at":"[created_at]","status":"completed","sources":[]}]}
    # tool calls
    conversation {"task_id":"[task_id]","conversation_id":"[conversation_id]","chat_id":"[chat_id]","user_message":{"id":"[id]","role":"user","content":"What do kestrels eat?","created_at":"[created_at]","metadata":{}},"assistant_responses":[{"id":"[id]","role":"assistant","content":"They eat voles [1].","created_at":"[created_at]","status":"completed","sources":["kestrel.md#0"]}]}
    "##);
}

#[tokio::test(flavor = "multi_thread")]
async fn ai_chat() {
    let app = app().await;
    let chat = chat(&app).await;
    let mut client = javascript(&app, json!({})).await;
    let ask = (
        "ai:chat",
        (|chat, message| json!({"sessionId": chat, "message": message})) as fn(i64, &str) -> Value,
    );
    let last = ["ai:complete", "ai:error"];
    let heard = ["ai:stream", "ai:complete", "ai:error"];
    let transcript =
        play(&app, &mut client, chat, ask, &heard, (&last, Some(("ai:stream", "content")))).await;
    assert_snapshot!(transcript, @r##"
    # normal
    ai:stream… "They eat voles [1]."
    ai:complete {"response":"They eat voles [1].","sessionId":"[sessionId]","sources":["kestrel.md#0"],"chat_id":"[chat_id]","message_id":"[message_id]"}
    # failed before the first token
    ai:error {"error":"The language model refused the request (status 500): the script says so","code":"llm_unavailable","sessionId":"[sessionId]"}
    # failed after the first token
    ai:stream… "They "
    ai:error {"error":"The answer broke off before it was complete; ask again","code":"llm_unavailable","sessionId":"[sessionId]"}
    # cancelled
    ai:stream… "They"
    ai:complete {"response":"They","sessionId":"[sessionId]","sources":["kestrel.md#0"],"chat_id":"[chat_id]","message_id":"[message_id]","cancelled":true}
    # no answer
    ai:stream… "The documents of this project do not contain an answer to this question."
    ai:complete {"response":"The documents of this project do not contain an answer to this question.","sessionId":"[sessionId]","sources":[],"chat_id":"[chat_id]","message_id":"[message_id]"}
    # tool calls
    ai:stream… "They eat voles [1]."
    ai:complete {"response":"They eat voles [1].","sessionId":"[sessionId]","sources":["kestrel.md#0"],"chat_id":"[chat_id]","message_id":"[message_id]"}
    "##);
}

#[tokio::test(flavor = "multi_thread")]
async fn ai_session() {
    let app = app().await;
    let chat = chat(&app).await;
    let mut client = javascript(&app, json!({"session_id": chat})).await;
    client.event("ai_message").await;
    let ask = ("ai_message", (|_, message| json!({"message": message})) as fn(i64, &str) -> Value);
    let heard = ["ai_status", "ai_response", "error"];
    let transcript = play(&app, &mut client, chat, ask, &heard, (&["ai_response", "error"], None)).await;
    assert_snapshot!(transcript, @r##"
    # normal
    ai_status {"type":"status","content":"Processing your message..."}
    ai_response {"type":"ai_response","message_id":"[message_id]","content":{"message":"They eat voles [1].","isSummary":false},"question_count":1,"sources":["kestrel.md#0"]}
    # failed before the first token
    ai_status {"type":"status","content":"Processing your message..."}
    error {"type":"error","content":"The language model refused the request (status 500): the script says so","status":"error","message":"The language model refused the request (status 500): the script says so","code":"llm_unavailable","error":"llm_unavailable","event":"ai_message","chat_id":"[chat_id]","message_id":"[message_id]"}
    # failed after the first token
    ai_status {"type":"status","content":"Processing your message..."}
    error {"type":"error","content":"The answer broke off before it was complete; ask again","status":"error","message":"The answer broke off before it was complete; ask again","code":"llm_unavailable","error":"llm_unavailable","event":"ai_message","chat_id":"[chat_id]","message_id":"[message_id]"}
    # cancelled
    ai_status {"type":"status","content":"Processing your message..."}
    ai_response {"type":"ai_response","message_id":"[message_id]","content":{"message":"They","isSummary":false},"question_count":4,"sources":["kestrel.md#0"],"cancelled":true}
    # no answer
    ai_status {"type":"status","content":"Processing your message..."}
    ai_response {"type":"ai_response","message_id":"[message_id]","content":{"message":"The documents of this project do not contain an answer to this question.","isSummary":false},"question_count":5,"sources":[]}
    # tool calls
    ai_status {"type":"status","content":"Processing your message..."}
    ai_response {"type":"ai_response","message_id":"[message_id]","content":{"message":"They eat voles [1].","isSummary":false},"question_count":6,"sources":["kestrel.md#0"]}
    "##);
    // The same again under the one name that some clients listen to.
    let mut kinds = Vec::new();
    for _ in 0..12 {
        kinds.push(client.event("ai_message").await["type"].as_str().unwrap().to_owned());
    }
    let pairs: Vec<String> = kinds.chunks(2).map(|pair| pair.join(" ")).collect();
    assert_eq!(
        pairs,
        [
            "status ai_response",
            "status error",
            "status error",
            "status ai_response",
            "status ai_response",
            "status ai_response"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn ai_session_over_a_native_websocket() {
    let app = app().await;
    let chat = chat(&app).await;
    let mut client = native(&app, chat, "?stream=true").await;
    client.event("system").await;
    let ask = ("", (|_, message| json!({"message": message})) as fn(i64, &str) -> Value);
    let heard = ["status", "stream", "ai_response", "error"];
    let last = ["ai_response", "error"];
    let transcript = play(&app, &mut client, chat, ask, &heard, (&last, Some(("stream", "content")))).await;
    assert_snapshot!(transcript, @r##"
    # normal
    status {"type":"status","content":"Processing your message..."}
    stream… "They eat voles [1]."
    ai_response {"type":"ai_response","message_id":"[message_id]","content":{"message":"They eat voles [1].","isSummary":false},"question_count":1,"sources":["kestrel.md#0"]}
    # failed before the first token
    status {"type":"status","content":"Processing your message..."}
    error {"type":"error","content":"The language model refused the request (status 500): the script says so","code":"llm_unavailable","message_id":"[message_id]"}
    # failed after the first token
    status {"type":"status","content":"Processing your message..."}
    stream… "They "
    error {"type":"error","content":"The answer broke off before it was complete; ask again","code":"llm_unavailable","message_id":"[message_id]"}
    # cancelled
    status {"type":"status","content":"Processing your message..."}
    stream… "They"
    ai_response {"type":"ai_response","message_id":"[message_id]","content":{"message":"They","isSummary":false},"question_count":4,"sources":["kestrel.md#0"],"cancelled":true}
    # no answer
    status {"type":"status","content":"Processing your message..."}
    stream… "The documents of this project do not contain an answer to this question."
    ai_response {"type":"ai_response","message_id":"[message_id]","content":{"message":"The documents of this project do not contain an answer to this question.","isSummary":false},"question_count":5,"sources":[]}
    # tool calls
    status {"type":"status","content":"Processing your message..."}
    stream… "They eat voles [1]."
    ai_response {"type":"ai_response","message_id":"[message_id]","content":{"message":"They eat voles [1].","isSummary":false},"question_count":6,"sources":["kestrel.md#0"]}
    "##);
}

#[tokio::test(flavor = "multi_thread")]
async fn server_sent_events() {
    let app = app().await;
    let chat = chat(&app).await;
    let mut transcript = Transcript::default();
    for turn in turns() {
        transcript.begin(turn.name);
        if !turn.steps.is_empty() {
            app.model.will(turn.steps);
        }
        let body = json!({"message": turn.question, "sessionId": chat, "sources": true}).to_string();
        let url = format!("{}/api/v2/ai/chat/stream", app.address);
        let streaming = Command::new("curl")
            .args(["-sN", "--noproxy", "*", "-H", "content-type: application/json", "-d", &body, &url])
            .output();
        let stopping = async {
            if turn.stopped {
                writing(&app).await;
                stop(&app, chat).await;
            }
        };
        let (output, ()) = tokio::join!(streaming, stopping);
        let stream = String::from_utf8(output.unwrap().stdout).unwrap();
        for frame in stream.split_terminator("\n\n") {
            let body: Value = serde_json::from_str(frame.strip_prefix("data: ").unwrap()).unwrap();
            let piece = body.get("content").map(|_| "content");
            transcript.hear("data:", &body, piece);
        }
    }
    assert_snapshot!(transcript.finish(), @r##"
    # normal
    data:… "They eat voles [1]."
    data: {"sources":["kestrel.md#0"],"sessionId":"[sessionId]"}
    data: {"done":true,"sessionId":"[sessionId]"}
    # failed before the first token
    data: {"error":"Failed to process message","code":"llm_unavailable"}
    # failed after the first token
    data:… "They "
    data: {"error":"Failed to process message","code":"llm_unavailable"}
    # cancelled
    data:… "They"
    data: {"sources":["kestrel.md#0"],"sessionId":"[sessionId]"}
    data: {"done":true,"sessionId":"[sessionId]","cancelled":true}
    # no answer
    data:… "The documents of this project do not contain an answer to this question."
    data: {"sources":[],"sessionId":"[sessionId]"}
    data: {"done":true,"sessionId":"[sessionId]"}
    # tool calls
    data:… "They eat voles [1]."
    data: {"sources":["kestrel.md#0"],"sessionId":"[sessionId]"}
    data: {"done":true,"sessionId":"[sessionId]"}
    "##);
}

#[tokio::test(flavor = "multi_thread")]
async fn assistant_rooms() {
    let app = app().await;
    let chat = chat(&app).await;
    let room = format!("room_{chat}");
    let url = format!("{}/assistant/realtime", app.address);
    let mut client = Client::connect(&url, Language::JavaScript, Transport::Websocket).await;
    let made = json!({"chat_id": chat, "model_api_source": "scripted", "model_id": "scripted"});
    assert_eq!(client.ask("create_room", made).await["room_id"], room);
    let ask = (
        "send_message",
        (|chat, message| json!({"room_id": format!("room_{chat}"), "message": message}))
            as fn(i64, &str) -> Value,
    );
    let heard = ["stream_start", "stream_chunk", "stream_end", "stream_error", "message", "receive_message"];
    let heard = heard.map(|name| format!("{name} {room}"));
    let heard: Vec<&str> = heard.iter().map(String::as_str).collect();
    let piece = Some((heard[1], "content"));
    let is_last = |name: &str, body: &Value| {
        name.starts_with("stream_error")
            || body["cancelled"] == true
            || body["type"] == "sbaw.text_message.assistant"
    };
    let transcript = play_until(&app, &mut client, chat, ask, &heard, piece, is_last).await;
    assert_snapshot!(transcript, @r##"
    # normal
    stream_start room_1 {"message_id":"[message_id]"}
    stream_chunk room_1… "They eat voles [1]."
    stream_end room_1 {"message_id":"[message_id]"}
    message room_1 {"message":{"message_id":"[message_id]","content":"They eat voles [1].","role":"assistant","timestamp":"[timestamp]","sources":["kestrel.md#0"],"model":"scripted","finish_reason":"stop"}}
    receive_message room_1 {"type":"sbaw.text_message.assistant","data":{"id":"[id]","content":"They eat voles [1].","role":"assistant","created_timestamp":"[created_timestamp]","sources":["kestrel.md#0"]}}
    # failed before the first token
    stream_start room_1 {"message_id":"[message_id]"}
    stream_error room_1 {"message_id":"[message_id]","error":"The language model refused the request (status 500): the script says so","code":"llm_unavailable"}
    # failed after the first token
    stream_start room_1 {"message_id":"[message_id]"}
    stream_chunk room_1… "They "
    stream_error room_1 {"message_id":"[message_id]","error":"The answer broke off before it was complete; ask again","code":"llm_unavailable"}
    # cancelled
    stream_start room_1 {"message_id":"[message_id]"}
    stream_chunk room_1… "They"
    stream_end room_1 {"message_id":"[message_id]","cancelled":true}
    # no answer
    stream_start room_1 {"message_id":"[message_id]"}
    stream_chunk room_1… "The documents of this project do not contain an answer to this question."
    stream_end room_1 {"message_id":"[message_id]"}
    message room_1 {"message":{"message_id":"[message_id]","content":"The documents of this project do not contain an answer to this question.","role":"assistant","timestamp":"[timestamp]","sources":[],"model":"scripted","finish_reason":"no_answer"}}
    receive_message room_1 {"type":"sbaw.text_message.assistant","data":{"id":"[id]","content":"The documents of this project do not contain an answer to this question.","role":"assistant","created_timestamp":"[created_timestamp]","sources":[]}}
    # tool calls
    stream_start room_1 {"message_id":"[message_id]"}
    receive_message room_1 {"type":"sbaw.function_call","data":{"function_name":"list_documents","arguments":{},"call_id":"[call_id]"}}
    receive_message room_1 {"type":"sbaw.function_result","data":{"call_id":"[call_id]","function_name":"list_documents","result":{"documents":[{"id":"[id]","filename":"kestrel.md","pages":1,"readable":true,"updated_at":"[updated_at]"}],"total":1}}}
    stream_chunk room_1… "They eat voles [1]."
    stream_end room_1 {"message_id":"[message_id]"}
    message room_1 {"message":{"message_id":"[message_id]","content":"They eat voles [1].","role":"assistant","timestamp":"[timestamp]","sources":["kestrel.md#0"],"model":"scripted","finish_reason":"stop"}}
    receive_message room_1 {"type":"sbaw.text_message.assistant","data":{"id":"[id]","content":"They eat voles [1].","role":"assistant","created_timestamp":"[created_timestamp]","sources":["kestrel.md#0"]}}
    "##);
}

#[tokio::test(flavor = "multi_thread")]
async fn openai() {
    let app = app().await;
    let project = app.bench.project.get();
    let mut transcript = Transcript::default();
    for turn in turns() {
        transcript.begin(turn.name);
        if !turn.steps.is_empty() {
            app.model.will(turn.steps);
        }
        let said = json!([{"role": "user", "content": turn.question}]);
        let body =
            json!({"model": format!("project:{project}"), "messages": said, "stream": true}).to_string();
        let url = format!("{}/v1/chat/completions", app.address);
        let streaming = Command::new("curl")
            .args(["-sN", "--noproxy", "*", "-H", "content-type: application/json", "-d", &body, &url])
            .output();
        let stopping = async {
            if turn.stopped {
                writing(&app).await;
                // Each question has a chat of its own; the youngest comes first.
                let chats = app.get(&format!("/api/projects/{project}/chats")).await.json();
                stop(&app, chats[0]["id"].as_i64().unwrap()).await;
            }
        };
        let (output, ()) = tokio::join!(streaming, stopping);
        let stream = String::from_utf8(output.unwrap().stdout).unwrap();
        for frame in stream.split_terminator("\n\n") {
            let data = frame.strip_prefix("data: ").unwrap();
            let mut chunk: Value = serde_json::from_str(data).unwrap_or_else(|_| json!(data));
            if let Some(text) =
                chunk["choices"][0]["delta"]["content"].as_str().filter(|text| !text.is_empty())
            {
                transcript.hear("data:", &json!({"content": text}), Some("content"));
                continue;
            }
            if let Some(fields) = chunk.as_object_mut() {
                fields.retain(|name, _| !matches!(name.as_str(), "id" | "created" | "model" | "object"));
            }
            transcript.hear("data:", &chunk, None);
        }
    }
    assert_snapshot!(transcript.finish(), @r##"
    # normal
    data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"sources":["kestrel.md#0"]}
    data:… "They eat voles [1]."
    data: {"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"docent":{"chat_id":"[chat_id]","message_id":"[message_id]","model":"scripted","status":"completed","finish_reason":"stop","cited":[1]}}
    data: "[DONE]"
    # failed before the first token
    data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"sources":["kestrel.md#0"]}
    data: {"error":{"message":"The language model refused the request (status 500): the script says so","type":"server_error","param":null,"code":"llm_unavailable"}}
    # failed after the first token
    data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"sources":["kestrel.md#0"]}
    data:… "They "
    data: {"error":{"message":"The answer broke off before it was complete; ask again","type":"server_error","param":null,"code":"llm_unavailable"}}
    # cancelled
    data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"sources":["kestrel.md#0"]}
    data:… "They"
    data: {"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"docent":{"chat_id":"[chat_id]","message_id":"[message_id]","status":"cancelled","cited":[]}}
    data: "[DONE]"
    # no answer
    data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"sources":[]}
    data:… "The documents of this project do not contain an answer to this question."
    data: {"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"docent":{"chat_id":"[chat_id]","message_id":"[message_id]","model":"scripted","status":"completed","finish_reason":"no_answer","cited":[]}}
    data: "[DONE]"
    # tool calls
    data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"sources":["kestrel.md#0"]}
    data:… "They eat voles [1]."
    data: {"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"docent":{"chat_id":"[chat_id]","message_id":"[message_id]","model":"scripted","status":"completed","finish_reason":"stop","cited":[1]}}
    data: "[DONE]"
    "##);
}
