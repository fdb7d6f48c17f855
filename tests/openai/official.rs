//! The official Python package, which decides what this API is.

use std::time::Duration;

use docent::models::Step;
use serde_json::{Value, json};

use super::{model, play, quiet};
use crate::support::app::{TestApp, both_apps};

/// Plays a scene on a server without authentication.
async fn scene(app: &TestApp, name: &str, model: &str) -> Value {
    play(name, &app.address, model, None).await
}

both_apps!(projects_are_models);

async fn projects_are_models(app: TestApp) {
    let model = model(&app).await;
    let seen = scene(&app, "models", &model).await;
    let listed: Vec<&str> =
        seen["listed"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert!(listed.contains(&model.as_str()) && listed.last().unwrap().contains("hash"), "{seen}");
    assert_eq!(
        (&seen["one"], &seen["name"], &seen["created"]),
        (&json!(model), &json!("Birds"), &json!(true))
    );
}

both_apps!(an_answer_comes_whole_and_is_found_in_the_history);

async fn an_answer_comes_whole_and_is_found_in_the_history(app: TestApp) {
    let model = model(&app).await;
    let mut answer = scene(&app, "whole", &model).await;
    let chat = app.get(&format!("/api/chats/{}", answer["chat"])).await.json();
    assert_eq!((&chat["title"], &chat["visibility"]), (&json!("What do kestrels eat?"), &json!("private")));
    assert_eq!(chat["messages"][1]["content"], answer["content"]);
    answer["chat"] = json!("[chat]");
    answer["model"] = json!(answer["model"] == json!(model));
    insta::assert_snapshot!(answer, @r#"{"object":"chat.completion","model":true,"content":"They eat voles [1].","finish_reason":"stop","usage":true,"sources":["kestrel.txt"],"cited":[1],"chat":"[chat]"}"#);
}

both_apps!(an_answer_comes_in_chunks_with_its_sources_first);

async fn an_answer_comes_in_chunks_with_its_sources_first(app: TestApp) {
    let model = model(&app).await;
    let heard = scene(&app, "stream", &model).await;
    assert_eq!(heard["content"], "They eat voles [1].", "{heard}");
    assert_eq!((&heard["role"], &heard["sources"]), (&json!("assistant"), &json!(["kestrel.txt"])));
    assert_eq!((&heard["finish_reason"], &heard["ids"]), (&json!("stop"), &json!(1)));
    let usage: Vec<bool> = heard["usage"].as_array().unwrap().iter().map(|has| has == &json!(true)).collect();
    assert_eq!(usage.iter().filter(|has| **has).count(), 1, "{heard}");
    assert_eq!(usage.last(), Some(&true));
}

both_apps!(what_the_client_says_was_said_is_the_history);

async fn what_the_client_says_was_said_is_the_history(app: TestApp) {
    let model = model(&app).await;
    let answer = scene(&app, "talk", &model).await;
    let prompt = app.model.asked().pop().unwrap();
    let told: Vec<String> = prompt.messages.iter().map(|said| said.speaker.name().to_owned()).collect();
    assert_eq!(told, ["system", "user", "user", "assistant", "user"], "one system message, and it is ours");
    let said: Vec<&str> = prompt.messages[1..4].iter().map(|said| said.content.as_str()).collect();
    assert_eq!(said, ["Answer like a pirate.", "What do kestrels eat?", "Voles."]);
    assert_eq!((prompt.question.as_str(), prompt.temperature), ("Where do they find them?", Some(0.3)));

    let messages = app.get(&format!("/api/chats/{}/messages", answer["chat"])).await.json();
    let roles: Vec<&str> =
        messages.as_array().unwrap().iter().map(|said| said["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["system", "user", "assistant", "user", "assistant"]);
}

both_apps!(responses_are_given_whole_in_events_and_after_each_other);

async fn responses_are_given_whole_in_events_and_after_each_other(app: TestApp) {
    let model = model(&app).await;
    let heard = scene(&app, "responses", &model).await;
    for text in heard["text"].as_array().unwrap() {
        assert_eq!(text, "They eat voles [1].", "{heard}");
    }
    assert_eq!((&heard["pieces"], &heard["end"]), (&heard["text"][0], &heard["text"][0]), "{heard}");
    for holds in ["usage", "previous", "numbers"] {
        assert_eq!(heard[holds], true, "{holds}: {heard}");
    }
    assert_eq!((&heard["status"], &heard["cited"]), (&json!("completed"), &json!(["kestrel.txt"])));
    assert_eq!(heard["missing"], "previous_response_not_found previous_response_id");
    let events: Vec<&str> =
        heard["events"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    insta::assert_snapshot!(events.join(" "), @"response.created response.in_progress response.output_item.added response.content_part.added response.output_text.done response.content_part.done response.output_item.done response.completed");

    let asked = app.model.asked();
    let second = asked.iter().rfind(|prompt| prompt.question == "Where?").unwrap();
    let told: Vec<String> = second.messages[1..]
        .iter()
        .map(|said| format!("{}: {}", said.speaker.name(), said.content))
        .collect();
    assert_eq!(told[..2], ["user: What do kestrels eat?", "assistant: They eat voles [1]."], "{told:?}");
}

both_apps!(errors_are_raised_as_the_package_names_them);

async fn errors_are_raised_as_the_package_names_them(app: TestApp) {
    let model = model(&app).await;
    let heard = scene(&app, "failing", &model).await;
    let heard: Vec<&str> = heard.as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    insta::assert_snapshot!(heard.join("\n"), @r"
    NotFoundError 404 model_not_found model
    NotFoundError 404 model_not_found model
    BadRequestError 400 invalid_payload messages
    BadRequestError 400 invalid_payload temperature
    NotFoundError 404 model_not_found model
    NotFoundError 404 model_not_found model
    ");
    assert_eq!(app.get("/api/projects/1/chats").await.json(), json!([]), "refused questions leave no chat");
}

both_apps!(a_failure_in_the_middle_is_raised_after_what_came_before);

async fn a_failure_in_the_middle_is_raised_after_what_came_before(app: TestApp) {
    let model = model(&app).await;
    app.model.will([
        Step::Say(vec!["They ".into(), "eat ".into()]),
        Step::Pause { ms: 100 },
        Step::Fail { status: 500 },
    ]);
    let heard = scene(&app, "broken", &model).await;
    assert_eq!(
        (&heard["text"], &heard["raised"], &heard["code"]),
        (&json!("They eat "), &json!("APIError"), &json!("llm_unavailable")),
        "{heard}"
    );
    app.model.will([Step::Fail { status: 500 }]);
    let heard = scene(&app, "broken", &model).await;
    assert_eq!((&heard["text"], &heard["code"]), (&json!(""), &json!("llm_unavailable")), "{heard}");
}

both_apps!(who_leaves_stops_the_answer_and_what_there_is_of_it_is_kept);

async fn who_leaves_stops_the_answer_and_what_there_is_of_it_is_kept(app: TestApp) {
    let model = model(&app).await;
    app.model.will([Step::Say(vec!["They ".into()]), Step::Hang]);
    scene(&app, "leave", &model).await;
    quiet(&app).await;
    let project = model.trim_start_matches("project:");
    let mut status = Value::Null;
    for _ in 0..100 {
        let chats = app.get(&format!("/api/projects/{project}/chats")).await.json();
        let said = app.get(&format!("/api/chats/{}/messages", chats[0]["id"])).await.json();
        status = said[1]["status"].clone();
        if status == "cancelled" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("it is {status}");
}

both_apps!(texts_become_vectors);

async fn texts_become_vectors(app: TestApp) {
    let seen = scene(&app, "embeddings", "").await;
    insta::assert_snapshot!(seen, @r#"{"same":true,"order":[0,1,2],"length":[1.0,1.0,1.0],"repeats":true,"usage":true}"#);
}
