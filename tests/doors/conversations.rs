//! Conversations, with both official clients.

use insta::{allow_duplicates, assert_snapshot};
use serde_json::json;

use super::{CLIENTS, app, chat, connected, endless, history, javascript, redacted, stop, writing};

#[tokio::test(flavor = "multi_thread")]
async fn a_question_comes_back_with_its_answer_on_every_client() {
    for (language, transport) in CLIENTS {
        let app = app().await;
        let mut client = connected(&app, language, transport, json!({"token": "of no importance"})).await;
        let greeting = client.event("connected").await;
        assert_eq!((&greeting["type"], &greeting["user_id"]), (&json!("system"), &json!(1)));
        let metadata = json!({"client": "test", "project_id": app.bench.project.get()});
        let payload = json!({"message": "What do kestrels eat?", "metadata": metadata});
        let ack = client.ask("chat", payload).await;
        let conversation = client.event("conversation").await;
        allow_duplicates! {
            assert_snapshot!(redacted(&ack), @r#"{"ok":true,"chat_id":"[chat_id]","conversation_id":"[conversation_id]","status":"processing"}"#);
            assert_snapshot!(redacted(&conversation), @r#"{"task_id":"[task_id]","conversation_id":"[conversation_id]","chat_id":"[chat_id]","user_message":{"id":"[id]","role":"user","content":"What do kestrels eat?","created_at":"[created_at]","metadata":{"client":"test","project_id":1}},"assistant_responses":[{"id":"[id]","role":"assistant","content":"They eat voles [1].","created_at":"[created_at]","status":"completed","sources":["kestrel.md#0"]}]}"#);
        }
        // An id of ours, as digits; the turn's name is a UUID.
        assert_eq!(conversation["conversation_id"], conversation["chat_id"].to_string());
        assert_eq!(conversation["task_id"].as_str().unwrap().len(), 36);
        // It is the first thing that the sender hears of it, and the only one.
        assert_eq!(client.heard_so_far().await, ["connection_status"]);

        let chat = conversation["chat_id"].as_i64().unwrap();
        assert_eq!(app.get(&format!("/api/chats/{chat}")).await.json()["visibility"], "private");
        assert_eq!(
            history(&app, chat).await,
            ["user completed: What do kestrels eat?", "assistant completed: They eat voles [1]."]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_joined_sees_what_others_ask_and_the_answer_as_it_grows() {
    for (language, transport) in CLIENTS {
        let app = app().await;
        let mut ann = connected(&app, language, transport, json!({})).await;
        let mut ben = connected(&app, language, transport, json!({})).await;
        let ack = ben.ask("join_conversation", json!({"conversation_id": "field notes"})).await;
        let joined = ben.event("joined_conversation").await;
        allow_duplicates! {
            assert_snapshot!(ack, @r#"{"ok":true,"conversation_id":"field notes","message":"Joined conversation field notes"}"#);
            assert_snapshot!(joined, @r#"{"conversation_id":"field notes","message":"Joined conversation field notes"}"#);
        }
        ann.ask("chat", json!({"message": "What do kestrels eat?", "conversation_id": "field notes"})).await;
        let conversation = ann.event("conversation").await;
        assert_eq!(conversation["conversation_id"], "field notes");
        let turn = ben.turn().await;
        assert_eq!(turn.last().unwrap().0, "message_complete");
        assert_eq!(ben.event("conversation").await, conversation);

        ben.ask("leave_conversation", json!({"conversation_id": "field notes"})).await;
        assert_eq!(ben.event("left_conversation").await["conversation_id"], "field notes");
        ann.ask("chat", json!({"message": "And in winter?", "conversation_id": "field notes"})).await;
        ann.event("conversation").await;
        assert!(!ben.heard_so_far().await.contains(&"conversation".to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_who_has_joined_hears_everything_once() {
    let app = app().await;
    let mut client = javascript(&app, json!({})).await;
    client.ask("join_conversation", json!({"conversation_id": "mine"})).await;
    for _ in 0..3 {
        client.ask("chat", json!({"message": "What do kestrels eat?", "conversation_id": "mine"})).await;
        client.event("conversation").await;
        client.event("message_complete").await;
    }
    let mut rest = client.heard_so_far().await;
    rest.retain(|name| name == "conversation" || name == "message_complete" || name == "error");
    assert!(rest.is_empty(), "{rest:?}");

    // A failure is told once, too.
    app.model.will([docent::models::Step::Fail { status: 500 }]);
    client.ask("chat", json!({"message": "What do kestrels eat?", "conversation_id": "mine"})).await;
    assert_eq!(client.event("error").await["code"], "llm_unavailable");
    assert!(!client.heard_so_far().await.contains(&"error".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_wait_for_their_turn_and_keep_their_order() {
    let app = app().await;
    let mut client = javascript(&app, json!({})).await;
    endless(&app, "They");
    let first =
        client.ask("chat", json!({"message": "What do kestrels eat, 1?", "conversation_id": "queue"})).await;
    let chat = first["chat_id"].as_i64().unwrap();
    writing(&app).await;
    for n in 2..=17 {
        let ack = client
            .ask(
                "chat",
                json!({"message": format!("What do kestrels eat, {n}?"), "conversation_id": "queue"}),
            )
            .await;
        assert_eq!(ack["ok"], true, "{n}: {ack}");
    }
    let refused =
        client.ask("chat", json!({"message": "What do kestrels eat, 18?", "conversation_id": "queue"})).await;
    assert_eq!(refused["error"]["code"], "chat_busy", "{refused}");
    let error = client.event("error").await;
    assert_eq!((&error["event"], &error["conversation_id"]), (&json!("chat"), &json!("queue")), "{error}");

    // Waiting for an answer holds up nothing else.
    assert_eq!(client.ask("ping", json!({})).await["ok"], true);
    stop(&app, chat).await;
    let first = client.event("conversation").await;
    assert_eq!(first["assistant_responses"][0]["status"], "cancelled");
    assert_eq!(first["assistant_responses"][0]["content"], "They");
    for n in 2..=17 {
        assert_eq!(
            client.event("conversation").await["user_message"]["content"],
            format!("What do kestrels eat, {n}?")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_means_one_chat_and_a_second_id_is_checked_as_well() {
    let app = app().await;
    let second = app.project("Second").await;
    let mut client = javascript(&app, json!({})).await;
    // Joined before its project was known, it goes where the first question puts it.
    let joined = client.ask("join_conversation", json!({"conversation_id": "notes"})).await;
    assert_eq!(joined["ok"], true);
    let asked =
        json!({"message": "Anything?", "conversation_id": "notes", "metadata": {"project_id": second}});
    let ack = client.ask("chat", asked.clone()).await;
    let chat = ack["chat_id"].as_i64().unwrap();
    client.event("conversation").await;
    assert_eq!(app.get(&format!("/api/chats/{chat}")).await.json()["project_id"], second);
    assert_eq!(client.ask("chat", asked).await["chat_id"], chat);
    client.event("conversation").await;

    let mut refused = async |payload| {
        let ack = client.ask("chat", payload).await;
        let error = client.event("error").await;
        assert_eq!(error["message"], ack["error"]["message"]);
        format!("{} {}", ack["error"]["code"].as_str().unwrap(), ack["error"]["message"].as_str().unwrap())
    };
    let first = app.bench.project.get();
    assert_snapshot!(refused(json!({"message": "x", "conversation_id": "notes", "metadata": {"project_id": first}})).await, @"invalid_payload `metadata.project_id`: this chat belongs to project 2; leave it out, or open another chat");
    assert_snapshot!(refused(json!({"message": "x", "conversation_id": "new", "metadata": {"project_id": 99}})).await, @"not_found There is no such project, or you have no access to it");
    assert_snapshot!(refused(json!({"message": "x", "conversation_id": 99})).await, @"not_found There is no such chat, or you have no access to it");
    assert_snapshot!(refused(json!({"message": "x", "conversation_id": "x".repeat(129)})).await, @"invalid_payload `conversation_id`: is no id and no name; send at most 128 characters, without NUL");
    assert_snapshot!(refused(json!({"message": "x", "metadata": {"project_id": "two"}})).await, @"invalid_payload `metadata.project_id`: is a string; send a positive integer id");
    assert_snapshot!(refused(json!({"message": "x", "metadata": {"document_ids": [1, {}]}})).await, @"invalid_payload `metadata.document_ids[1]`: is an object; send a positive integer id");
    assert_snapshot!(refused(json!({"message": "x", "metadata": [1]})).await, @"invalid_payload `metadata`: is a list; send an object");
    assert_snapshot!(refused(json!({"message": "x", "metadata": {"long": "x".repeat(20_000)}})).await, @"invalid_payload `metadata`: has 20011 bytes; at most 16384 are allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_of_the_metadata_narrow_the_search() {
    let app = app().await;
    let mut client = javascript(&app, json!({})).await;
    let asked = json!({"message": "What do kestrels eat?", "metadata": {"document_ids": []}});
    client.ask("chat", asked).await;
    let answer = &client.event("conversation").await["assistant_responses"][0];
    assert_eq!(answer["sources"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_in_by_one_door_is_seen_by_the_others() {
    let app = app().await;
    let chat = chat(&app).await;
    let mut talker = javascript(&app, json!({})).await;
    let mut session = javascript(&app, json!({"session_id": chat})).await;
    let mut room = javascript(&app, json!({})).await;
    room.ask("join_chat", json!({"chat_id": chat})).await;
    talker.ask("join_conversation", json!({"conversation_id": chat.to_string()})).await;

    talker.ask("chat", json!({"message": "By conversation?", "conversation_id": chat})).await;
    assert_eq!(talker.event("conversation").await["user_message"]["content"], "By conversation?");
    room.ask("send_message", json!({"chat_id": chat, "message": "By room?"})).await;
    assert_eq!(talker.event("conversation").await["user_message"]["content"], "By room?");
    session.ask("ai_message", json!({"message": "By session?"})).await;
    assert_eq!(talker.event("conversation").await["user_message"]["content"], "By session?");
    let by_chat = json!({"message": "By AI chat?", "sessionId": chat.to_string()});
    assert_eq!(talker.ask("ai:chat", by_chat.clone()).await["sessionId"], chat.to_string());
    assert_eq!(talker.event("conversation").await["user_message"]["content"], "By AI chat?");
    app.post("/api/v2/ai/chat/stream", json!({"message": "By stream?", "sessionId": chat.to_string()})).await;
    assert_eq!(talker.event("conversation").await["user_message"]["content"], "By stream?");
    app.post(&format!("/api/chats/{chat}/messages"), json!({"message": "By REST?"})).await;
    assert_eq!(talker.event("conversation").await["user_message"]["content"], "By REST?");

    let everything = ["By conversation?", "By room?", "By session?", "By AI chat?", "By stream?", "By REST?"];
    for question in everything {
        assert_eq!(room.event("message_received").await["user_message"]["content"], question);
    }
    let counts = async |client: &mut crate::sockets::client::Client| {
        client.event("ai_response").await["question_count"].as_i64().unwrap()
    };
    for n in 1..=6 {
        assert_eq!(counts(&mut session).await, n);
    }
    let asked: Vec<String> = history(&app, chat)
        .await
        .iter()
        .filter_map(|line| line.strip_prefix("user completed: ").map(str::to_owned))
        .collect();
    assert_eq!(asked, everything);
}
