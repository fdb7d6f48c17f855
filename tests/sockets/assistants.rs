//! Assistant rooms, with the official JavaScript client and the real engine.

use std::time::Duration;

use docent::models::Step;
use serde_json::{Value, json};

use super::client::{Client, Language, Transport};
use crate::support::app::TestApp;
use crate::support::databases::TestStore;

const KESTREL: &str = "# Kestrels\n\nKestrels eat voles, and now and then a beetle.\n";
const OWL: &str = "# Owls\n\nOwls hunt at night and swallow mice whole.\n";
const QUESTION: &str = "What do kestrels eat?";

struct Hall {
    app: TestApp,
    project: i64,
}

impl Hall {
    async fn open() -> Self {
        let app = TestApp::start(TestStore::sqlite().await).await;
        let project = app.project("Field guide").await;
        app.upload(project, "", "kestrel.md", KESTREL).await;
        app.upload(project, "", "owl.md", OWL).await;
        app.run_jobs().await;
        Self { app, project }
    }

    async fn client(&self, transport: Transport) -> Client {
        self.client_of(Language::JavaScript, transport).await
    }

    async fn client_of(&self, language: Language, transport: Transport) -> Client {
        let url = format!("{}/assistant/realtime", self.app.address);
        Client::connect(&url, language, transport).await
    }

    /// What `create_room` needs at least.
    fn room(&self, more: Value) -> Value {
        let mut payload =
            json!({"project_id": self.project, "model_api_source": "scripted", "model_id": "scripted"});
        payload.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        payload
    }

    /// Makes a room for a new chat; the chat's id, too.
    async fn made(&self, client: &mut Client, more: Value) -> (String, i64) {
        let ack = client.ask("create_room", self.room(more)).await;
        assert_eq!(ack["ok"], true, "{ack}");
        let created = client.event("room_created").await;
        (created["room_id"].as_str().unwrap().to_owned(), created["chat_id"].as_i64().unwrap())
    }
}

/// Everything of an answer up to its end, by the names of the events without the room.
async fn turn(client: &mut Client, room: &str) -> Vec<(String, Value)> {
    const TURN: [&str; 6] =
        ["stream_start", "stream_chunk", "stream_end", "stream_error", "message", "receive_message"];
    let names: Vec<String> = TURN.iter().map(|name| format!("{name} {room}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut heard = Vec::new();
    loop {
        let (name, body) = client.one_of(&names).await;
        let name = name.split(' ').next().unwrap().to_owned();
        let last = name == "stream_error"
            || body["cancelled"] == true
            || body["type"] == "sbaw.text_message.assistant";
        heard.push((name, body));
        if last {
            return heard;
        }
    }
}

/// Names and kinds, with the chunks of a stream as one.
fn outline(turn: &[(String, Value)]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (name, body) in turn {
        let line = match name.as_str() {
            "stream_chunk" if body["done"] == false => "…".to_owned(),
            "receive_message" => body["type"].as_str().unwrap().to_owned(),
            name => name.to_owned(),
        };
        if lines.last() != Some(&line) || line != "…" {
            lines.push(line);
        }
    }
    lines.join(" ")
}

fn text(turn: &[(String, Value)]) -> String {
    turn.iter()
        .filter(|(name, _)| name == "stream_chunk")
        .filter_map(|(_, body)| body["content"].as_str())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_talked_in_by_every_client_on_every_transport() {
    let hall = Hall::open().await;
    for (language, transport) in super::CLIENTS {
        let mut ann = hall.client_of(language, transport).await;
        let mut ben = hall.client_of(language, transport).await;
        let (room, chat) = hall.made(&mut ann, json!({})).await;
        assert_eq!(ben.ask("join_room", json!({"room_id": room})).await["ok"], true);
        assert_eq!(ben.event(&format!("room_joined {room}")).await, json!({"room_id": room}));

        hall.app.model.will_say(["They ", "eat ", "voles [1]."]);
        let item = json!({"content": [{"text": QUESTION}], "files": []});
        let message = json!({"id": "mine", "data": {"item": item}});
        let ack = ann.ask(&format!("send_message {room}"), json!({"message": message})).await;
        assert_eq!(ack["ok"], true, "{ack}");
        let sent = ann.event(&format!("message_sent {room}")).await;
        assert_eq!(sent, json!({"success": true, "message_id": ack["message_id"]}));
        assert_eq!(ann.event("message_sent mine").await, sent);

        let (anns, bens) = (turn(&mut ann, &room).await, turn(&mut ben, &room).await);
        assert_eq!(
            outline(&anns),
            "stream_start … stream_chunk stream_end message sbaw.text_message.assistant"
        );
        assert_eq!(outline(&bens), format!("sbaw.text_message.user {}", outline(&anns)));
        assert_eq!(bens[0].1["data"]["content"], QUESTION);
        assert_eq!(bens[0].1["data"]["id"], sent["message_id"]);
        assert_eq!(text(&anns), "They eat voles [1].");
        let (_, message) = anns.iter().find(|(name, _)| name == "message").unwrap();
        let message = &message["message"];
        assert_eq!(
            (&message["content"], &message["role"]),
            (&json!("They eat voles [1]."), &json!("assistant"))
        );
        assert_eq!(message["message_id"], anns[0].1["message_id"]);
        assert!(message["timestamp"].as_str().unwrap().ends_with('Z'), "{message}");
        assert_eq!(message["sources"][0]["metadata"]["filename"], "kestrel.md");

        // What was said here stands in the history that the other doors show.
        let history = hall.app.get(&format!("/api/chats/{chat}/messages")).await.json();
        let contents: Vec<&str> =
            history.as_array().unwrap().iter().map(|said| said["content"].as_str().unwrap()).collect();
        assert_eq!(contents, [QUESTION, "They eat voles [1]."], "{history}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_other_doors_ask_is_heard_in_the_room() {
    let hall = Hall::open().await;
    let mut ann = hall.client(Transport::Websocket).await;
    let (room, chat) = hall.made(&mut ann, json!({})).await;
    let mut ben = Client::connect(&hall.app.address, Language::JavaScript, Transport::Polling).await;
    ben.ask("join_chat", json!({"chat_id": chat})).await;

    hall.app.model.will_say(["Voles [1]."]);
    hall.app.post(&format!("/api/chats/{chat}/messages"), json!({"message": QUESTION})).await;
    let heard = turn(&mut ann, &room).await;
    assert!(outline(&heard).starts_with("sbaw.text_message.user stream_start …"), "{}", outline(&heard));
    let complete = ben.turn().await.pop().unwrap().1;
    assert_eq!(complete["content"], "Voles [1].");

    hall.app.model.will_say(["Mice [1]."]);
    ann.ask("send_message", json!({"room_id": room, "message": "And what do owls swallow?"})).await;
    let bens = ben.turn().await;
    assert_eq!(bens[0].1["user_message"]["content"], "And what do owls swallow?");
    assert_eq!(bens.last().unwrap().1["content"], "Mice [1].");
    assert_eq!(text(&turn(&mut ann, &room).await), "Mice [1].");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_connection_may_be_in_both_namespaces() {
    let hall = Hall::open().await;
    for transport in [Transport::Polling, Transport::Websocket] {
        // One manager, so that both namespaces share one transport.
        let mut both = Client::connect(&hall.app.address, Language::JavaScript, transport).await;
        both.also("/assistant/realtime").await;
        let ack = both.ask_in("/assistant/realtime", "create_room", hall.room(json!({}))).await;
        assert_eq!(ack["ok"], true, "{ack}");
        let room = ack["room_id"].as_str().unwrap().to_owned();
        both.ask("join_chat", json!({"chat_id": ack["chat_id"]})).await;
        hall.app.model.will([Step::Pace { delay_ms: 2 }, Step::Flood { words: 300 }]);
        both.ask_in("/assistant/realtime", "send_message", json!({"room_id": room, "message": QUESTION}))
            .await;
        let (complete, here) = (both.turn().await, turn(&mut both, &room).await);
        let content = complete.last().unwrap().1["content"].as_str().unwrap().to_owned();
        assert_eq!((text(&here), content.split(' ').count()), (content.clone(), 301), "{transport:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_are_found_left_closed_and_opened_again() {
    let hall = Hall::open().await;
    let (mut ann, mut ben) = (hall.client(Transport::Websocket).await, hall.client(Transport::Polling).await);
    let named = hall.room(json!({"chat_id": "my talk"}));
    let ack = ann.ask("create_room", named.clone()).await;
    let created = ann.event("room_created my talk").await;
    let room = created["room_id"].as_str().unwrap().to_owned();
    assert_eq!((&created["chat_id"], &created["model_id"]), (&json!("my talk"), &json!("scripted")), "{ack}");

    // The same user under the same name, on another connection: the same room.
    ben.ask("create_room", named).await;
    assert_eq!(ben.event("room_created my talk").await["room_id"], room);
    let chat: i64 = room.strip_prefix("room_").unwrap().parse().unwrap();
    for id in [json!("my talk"), json!(chat), json!(chat.to_string())] {
        let shown = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
        ben.ask("find_chat", json!({"chat_id": id})).await;
        assert_eq!(ben.event(&format!("room_found {shown}")).await, json!({"room_id": room, "chat_id": id}));
    }
    for id in ["no such talk", "999"] {
        ben.ask("find_chat", json!({"chat_id": id})).await;
        let missing = ben.event(&format!("room_not_found {id}")).await;
        assert_eq!(missing, json!({"room_id": null, "chat_id": id}));
    }

    ann.ask("leave_room", json!({"room_id": room})).await;
    assert_eq!(ann.event("room_left").await, json!({"room_id": room}));
    ben.ask("find_chat", json!({"chat_id": chat})).await;
    ben.event(&format!("room_found {chat}")).await;
    // The last one out, by going away, closes it.
    ben.close().await;
    for attempt in 0.. {
        ann.ask("find_chat", json!({"chat_id": chat})).await;
        let (name, _) = ann.one_of(&[&format!("room_found {chat}"), &format!("room_not_found {chat}")]).await;
        if name.starts_with("room_not_found") {
            break;
        }
        assert!(attempt < 100, "the room is still open");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    ann.ask("join_room", json!({"room_id": room})).await;
    ann.event(&format!("room_joined {room}")).await;
    hall.app.model.will_say(["Voles."]);
    ann.emit("send_message", json!({"room_id": room, "message": QUESTION})).await;
    assert_eq!(text(&turn(&mut ann, &room).await), "Voles.");
}

#[tokio::test(flavor = "multi_thread")]
async fn several_rooms_and_a_sender_who_is_in_none() {
    let hall = Hall::open().await;
    let (mut ann, mut ben) =
        (hall.client(Transport::Websocket).await, hall.client(Transport::Websocket).await);
    let (one, _) = hall.made(&mut ann, json!({})).await;
    let (two, _) = hall.made(&mut ann, json!({"chat_id": null})).await;
    assert_ne!(one, two);
    for (room, answer) in [(&one, "First."), (&two, "Second.")] {
        hall.app.model.will_say([answer]);
        // Ben has joined neither, and hears of what he asked himself.
        ben.ask("send_message", json!({"room_id": room, "message": QUESTION})).await;
        let (anns, bens) = (turn(&mut ann, room).await, turn(&mut ben, room).await);
        assert_eq!((text(&anns).as_str(), text(&bens).as_str()), (answer, answer));
        assert!(outline(&bens).starts_with("stream_start"), "{}", outline(&bens));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_stopped_for_everyone() {
    let hall = Hall::open().await;
    let (mut ann, mut ben) = (hall.client(Transport::Websocket).await, hall.client(Transport::Polling).await);
    let (room, chat) = hall.made(&mut ann, json!({})).await;
    ben.ask("join_room", json!({"room_id": room})).await;
    hall.app.model.will([Step::Pace { delay_ms: 5 }, Step::Flood { words: 2_000 }]);
    ann.ask("send_message", json!({"room_id": room, "message": QUESTION})).await;
    ben.event(&format!("stream_chunk {room}")).await;
    let busy = ben.ask("send_message", json!({"room_id": room, "message": "And?"})).await;
    assert_eq!(busy["error"]["code"], "chat_busy", "{busy}");
    let error = ben.event(&format!("error {room}")).await;
    assert_eq!(error["code"], "chat_busy", "{error}");

    let stop = json!({"id": "e1", "type": "sbaw.assistant.stop_processing"});
    let ack = ben.ask("event", json!({"room_id": room, "event": stop})).await;
    assert_eq!(ack["ok"], true, "{ack}");
    assert_eq!(ben.event("event_received e1").await["id"], "e1");
    let (anns, bens) = (turn(&mut ann, &room).await, turn(&mut ben, &room).await);
    assert_eq!(anns.last().unwrap().1["cancelled"], true);
    assert!(outline(&bens).ends_with("stream_chunk stream_end"), "{}", outline(&bens));
    let history = hall.app.get(&format!("/api/chats/{chat}/messages")).await.json();
    let kept = history[1]["content"].as_str().unwrap();
    assert!(kept.starts_with(text(&anns).trim_end()) && history[1]["status"] == "cancelled");

    let odd = json!({"room_id": room, "event": {"id": 7, "type": "dance"}});
    ben.ask("event", odd).await;
    let error = ben.event(&format!("error {room}")).await;
    assert_eq!(error["error"], "`event.type`: is not known; send `sbaw.assistant.stop_processing`");
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_are_told_to_the_room() {
    let hall = Hall::open().await;
    let mut ann = hall.client(Transport::Websocket).await;
    let (room, _) = hall.made(&mut ann, json!({})).await;
    for steps in [vec![Step::Fail { status: 500 }], vec![Step::Say(vec!["It ".to_owned()]), Step::Truncate]] {
        hall.app.model.will(steps);
        ann.emit("send_message", json!({"room_id": room, "message": QUESTION})).await;
        let heard = turn(&mut ann, &room).await;
        let (name, error) = heard.last().unwrap();
        assert_eq!((name.as_str(), &error["code"]), ("stream_error", &json!("llm_unavailable")), "{error}");
        assert_eq!(error["message_id"], heard[0].1["message_id"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tools_of_the_server_are_shown_to_the_room() {
    let hall = Hall::open().await;
    let (mut ann, mut ben) = (hall.client(Transport::Polling).await, hall.client(Transport::Websocket).await);
    let (room, _) = hall.made(&mut ann, json!({})).await;
    ben.ask("join_room", json!({"room_id": room})).await;
    hall.app.model.will([
        Step::Call { tool: "list_documents".to_owned(), arguments: json!({}) },
        Step::Call { tool: "search_documents".to_owned(), arguments: json!({"query": "owls swallow mice"}) },
        Step::Pause { ms: 0 },
        Step::Call { tool: "read_document".to_owned(), arguments: json!({"document_id": 1}) },
        Step::Say(vec!["Owls swallow mice [2].".to_owned()]),
    ]);
    ann.emit("send_message", json!({"room_id": room, "message": QUESTION})).await;
    let (anns, bens) = (turn(&mut ann, &room).await, turn(&mut ben, &room).await);
    assert_eq!(
        outline(&anns),
        "stream_start sbaw.function_call sbaw.function_call sbaw.function_result sbaw.function_result \
         sbaw.function_call sbaw.function_result … stream_chunk stream_end message sbaw.text_message.assistant"
    );
    assert_eq!(anns[1..], bens[2..]);
    let listed =
        anns.iter().map(|(_, body)| &body["data"]).find(|data| data["result"]["documents"].is_array());
    assert_eq!(listed.unwrap()["result"]["total"], 2, "{listed:?}");
    let sources = &anns.last().unwrap().1["data"]["sources"];
    let files: Vec<&str> =
        sources.as_array().unwrap().iter().map(|one| one["metadata"]["filename"].as_str().unwrap()).collect();
    assert_eq!(files, ["kestrel.md", "owl.md"], "each once, whatever finds it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clients_tool_is_called_where_it_was_declared() {
    let hall = Hall::open().await;
    for (language, transport) in [
        (Language::JavaScript, Transport::Websocket),
        (Language::JavaScript, Transport::Polling),
        (Language::Python, Transport::Websocket),
        (Language::Python, Transport::Polling),
    ] {
        let mut ann = hall.client_of(language, transport).await;
        let mut ben = hall.client_of(language, transport).await;
        let schema = json!({"type": "object", "properties": {"place": {"type": "string"}}});
        let tool = json!({"type": "function", "name": "get_weather", "parameters": schema});
        let (room, _) = hall.made(&mut ann, json!({"tools": [tool]})).await;
        ben.ask("join_room", json!({"room_id": room})).await;
        let asking = || {
            hall.app.model.will([
                Step::Call { tool: "get_weather".to_owned(), arguments: json!({"place": "Bonn"}) },
                Step::Results,
            ]);
        };

        asking();
        ben.emit("send_message", json!({"room_id": room, "message": "What is the weather?"})).await;
        let call = ann.event(&format!("function_call {room}")).await;
        assert_eq!(
            (&call["function_name"], &call["arguments"]),
            (&json!("get_weather"), &json!({"place": "Bonn"}))
        );
        let result = json!({"call_id": call["call_id"], "result": {"sky": "clear"}});
        let refused = ben.ask(&format!("function_result {room}"), result.clone()).await;
        assert_eq!(refused["error"]["code"], "not_found", "only who declared it may answer: {refused}");
        ben.event(&format!("error {room}")).await;
        assert_eq!(ann.ask(&format!("function_result {room}"), result).await["ok"], true);
        let (anns, bens) = (turn(&mut ann, &room).await, turn(&mut ben, &room).await);
        assert!(outline(&bens).contains("sbaw.function_call sbaw.function_result …"), "{}", outline(&bens));
        assert_eq!(text(&bens), r#"{"sky":"clear"}"#);
        assert_eq!(anns[0].1["type"], "sbaw.text_message.user");
        assert!(!ben.heard_names().iter().any(|name| name.starts_with("function_call")));

        asking();
        ann.emit("send_message", json!({"room_id": room, "message": "And tomorrow?"})).await;
        let call = ann.event(&format!("function_call {room}")).await;
        let error = json!({"room_id": room, "call_id": call["call_id"], "error": "no forecast"});
        ann.emit("function_error", error).await;
        let heard = turn(&mut ann, &room).await;
        assert!(outline(&heard).contains("sbaw.error …"), "{}", outline(&heard));
        assert_eq!(text(&heard), "Error: no forecast");

        // Gone, it is not waited for.
        asking();
        ben.ask("send_message", json!({"room_id": room, "message": "And on Sunday?"})).await;
        ann.event(&format!("function_call {room}")).await;
        ann.close().await;
        turn(&mut ben, &room).await;
        assert_eq!(text(&turn(&mut ben, &room).await), "Error: the client that offers it has gone");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_may_decide_about_the_servers_tools() {
    let hall = Hall::open().await;
    let mut ann = hall.client(Transport::Websocket).await;
    let (room, _) = hall.made(&mut ann, json!({"auto_execute_functions": false})).await;
    for (answer, kind) in
        [(json!({"result": true}), "sbaw.function_result"), (json!({"result": false}), "sbaw.error")]
    {
        hall.app.model.will([
            Step::Call { tool: "search_documents".to_owned(), arguments: json!({"query": "owls"}) },
            Step::Say(vec!["Mice.".to_owned()]),
        ]);
        ann.emit("send_message", json!({"room_id": room, "message": QUESTION})).await;
        let call = ann.event(&format!("function_call {room}")).await;
        let mut answer = answer;
        answer["call_id"] = call["call_id"].clone();
        ann.emit(&format!("function_result {room}"), answer).await;
        let heard = turn(&mut ann, &room).await;
        assert!(outline(&heard).contains(&format!("sbaw.function_call {kind}")), "{}", outline(&heard));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn providers_are_chosen_by_many_names() {
    let hall = Hall::open().await;
    let mut ann = hall.client(Transport::Websocket).await;
    let error = async |client: &mut Client, payload: Value| {
        let ack = client.ask("create_room", payload).await;
        assert_eq!(ack["ok"], false, "{ack}");
        client.event("room_error").await["error"].as_str().unwrap().to_owned()
    };
    let room = |source: &str, model: &str| json!({"project_id": hall.project, "model_api_source": source, "model_id": model});
    let unknown = error(&mut ann, room("anthropic", "claude")).await;
    assert!(unknown.contains("extractive, openai, aisuite, openai_realtime"), "{unknown}");
    let missing = error(&mut ann, room("AISuite", "aisuite.openai:gpt-4o")).await;
    assert_eq!(
        missing,
        "`model_api_source`: `openai` is not configured on this server; set OPENAI_BASE_URL or OPENAI_API_KEY"
    );
    // It needs nothing, and can always be had.
    let ack = ann.ask("create_room", room("EXTRACTIVE", "extractive")).await;
    let id = ack["room_id"].as_str().unwrap().to_owned();
    ann.emit("send_message", json!({"room_id": id, "message": QUESTION})).await;
    let heard = turn(&mut ann, &id).await;
    assert!(text(&heard).contains("Kestrels eat voles"), "{}", text(&heard));
    let message = heard.iter().find(|(name, _)| name == "message").unwrap();
    assert_eq!(message.1["message"]["model"], "extractive");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_sent_is_answered() {
    let hall = Hall::open().await;
    let mut ann = hall.client(Transport::Polling).await;
    let (room, _) = hall.made(&mut ann, json!({})).await;
    let error = format!("error {room}");
    for (event, payload, answer) in [
        ("create_room", json!({}), "room_error"),
        (
            "create_room",
            json!({"chat_id": 999, "model_api_source": "scripted", "model_id": "x"}),
            "room_error 999",
        ),
        ("create_room", hall.room(json!({"chat_id": "t", "tools": [{"name": "a b"}]})), "room_error t"),
        ("create_room", hall.room(json!({"chat_id": "t", "project_id": 999})), "room_error t"),
        ("join_room", json!({}), "room_error"),
        ("join_room", json!({"room_id": "room_999"}), "room_join_error room_999"),
        ("join_room", json!({"room_id": "attic"}), "room_join_error attic"),
        ("send_message", json!({"message": "Hi"}), "room_error"),
        ("send_message", json!({"room_id": "room_999", "message": "Hi"}), "error room_999"),
        ("send_message", json!({"room_id": room}), &error),
        ("send_message", json!({"room_id": room, "message": {"data": {}}}), &error),
        ("send_message", json!({"room_id": room, "message": {"data": {"item": {"content": [7]}}}}), &error),
        ("send_message room_999", json!({"room_id": room, "message": "Hi"}), &error),
        ("event", json!({"room_id": room}), &error),
        ("function_result", json!({"room_id": room, "result": 1}), &error),
        ("function_result", json!({"room_id": room, "call_id": "x"}), &error),
        ("function_error room_999", json!({"call_id": "x"}), "error room_999"),
        ("find_chat", json!({}), "room_error"),
        ("dance", json!({}), "room_error"),
    ] {
        let ack = ann.ask(event, payload.clone()).await;
        assert_eq!(ack["ok"], false, "{event} {payload}: {ack}");
        let said = ann.event(answer).await;
        assert_eq!(
            (&said["code"], &said["error"]),
            (&ack["error"]["code"], &ack["error"]["message"]),
            "{event}"
        );
    }
    for arguments in [json!([]), json!([7]), json!(["x"]), json!([null])] {
        let ack = ann.ask_with("send_message", arguments).await;
        assert_eq!(ack["error"]["code"], "invalid_payload", "{ack}");
        ann.event("room_error").await;
    }
    // And the connection lives.
    ann.ask("find_chat", json!({"chat_id": "nobody"})).await;
    ann.event("room_not_found nobody").await;
}
