use docent::models::{Script, Step};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::app::{Answer, TestApp, both_apps};

/// A project with one document that is read, and a chat in it.
async fn chat(app: &TestApp) -> (i64, String) {
    let project = app.project("Birds").await;
    app.upload(project, "", "kestrel.txt", "Kestrels eat voles.").await;
    app.run_jobs().await;
    let chat = app.post("/api/chats", json!({"project_id": project})).await;
    assert_eq!(chat.status, 201, "{chat:?}");
    (project, format!("/api/chats/{}", chat.json()["id"]))
}

both_apps!(a_question_is_answered_with_its_sources);

async fn a_question_is_answered_with_its_sources(app: TestApp) {
    let (project, chat) = chat(&app).await;
    let answer = app.post(&format!("{chat}/messages"), json!({"message": "What do kestrels eat?"})).await;
    assert_eq!((answer.status, &answer.json()["answer"]), (200, &json!("They eat voles [1].")), "{answer:?}");
    let body = answer.json();
    assert_eq!(body["sources"][0]["metadata"]["filename"], "kestrel.txt");
    assert_eq!((&body["cited"], &body["finish_reason"]), (&json!([1]), &json!("stop")));

    let listed = app.get(&format!("{chat}/messages")).await;
    assert_eq!(listed.header("x-total-count"), "2");
    assert_eq!(listed.json()[1]["sources"], body["sources"], "read the same afterwards");
    let whole = app.get(&chat).await.json();
    assert_eq!((&whole["title"], &whole["messages"]), (&json!("What do kestrels eat?"), &listed.json()));

    let trace = app.get(&format!("{chat}/messages/{}/trace", body["message_id"])).await;
    assert_eq!(trace.status, 200, "{trace:?}");
    assert!(
        trace.json()["timings"].is_object() || trace.json()["search"]["timings"].is_object(),
        "{}",
        trace.text
    );
    assert_eq!(app.get(&format!("{chat}/messages/999/trace")).await.status, 404);

    let list = app.get(&format!("/api/projects/{project}/chats")).await;
    assert_eq!((list.header("x-total-count"), &list.json()[0]["message_count"]), ("1", &json!(2)));
    for (q, count) in [("KESTRELS", "1"), ("voles", "1"), ("owls", "0"), ("%", "0")] {
        let request =
            app.request(Method::GET, &format!("/api/projects/{project}/chats/search")).query(&[("q", q)]);
        assert_eq!(Answer::of(request).await.header("x-total-count"), count, "{q}");
    }
}

both_apps!(an_answer_comes_as_events_while_it_is_written);

async fn an_answer_comes_as_events_while_it_is_written(app: TestApp) {
    let (_, chat) = chat(&app).await;
    let body = json!({"message": "What do kestrels eat?", "stream": true});
    let answer = app.post(&format!("{chat}/messages"), body).await;
    assert!(answer.header("content-type").starts_with("text/event-stream"));
    let events = events(&answer.text);
    let names: Vec<&str> = events.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        (&names[..2], names[names.len() - 1]),
        (&["message_received", "message_sources"][..], "message_complete")
    );
    let tokens = events.iter().filter(|(name, _)| name == "message_token");
    let text: String = tokens.map(|(_, data)| data["token"].as_str().unwrap()).collect();
    assert_eq!(text, "They eat voles [1].");
    let (_, end) = events.last().unwrap();
    assert_eq!((&end["content"], &end["metadata"]["sources_count"]), (&json!(text), &json!(1)));
}

fn events(text: &str) -> Vec<(String, Value)> {
    let blocks = text.split("\n\n").filter(|block| block.contains("data:"));
    let field = |block: &str, name: &str| {
        block.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned()
    };
    blocks
        .map(|block| (field(block, "event:"), serde_json::from_str(&field(block, "data:")).unwrap()))
        .collect()
}

both_apps!(a_failing_model_is_a_problem_and_the_chat_goes_on);

async fn a_failing_model_is_a_problem_and_the_chat_goes_on(app: TestApp) {
    let (_, chat) = chat(&app).await;
    app.model.will([Step::Fail { status: 401 }]);
    let path = format!("{chat}/messages");
    let failed = app.post(&path, json!({"message": "What do kestrels eat?"})).await;
    insta::assert_snapshot!(failed.problem(), @"503 llm_unavailable: The language model refused the server's key; the operator must check it");
    assert_eq!(app.get(&path).await.json()[1]["status"], "failed");
    assert_eq!(app.post(&path, json!({"message": "And now?"})).await.status, 200);
}

both_apps!(a_chat_writes_one_answer_at_a_time);

async fn a_chat_writes_one_answer_at_a_time(app: TestApp) {
    let (_, chat) = chat(&app).await;
    let path = format!("{chat}/messages");
    app.model.will(Script::of([Step::Pause { ms: 700 }, Step::Say(vec!["Voles.".into()])]).steps);
    let asking = app.post(&path, json!({"message": "What do kestrels eat?"}));
    let meanwhile = async {
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        app.post(&path, json!({"message": "Me too!"})).await
    };
    let (first, second) = tokio::join!(asking, meanwhile);
    assert_eq!((first.status, &first.json()["answer"]), (200, &json!("Voles.")), "{first:?}");
    insta::assert_snapshot!(second.problem(), @"409 chat_busy: An answer is still being written in this chat; wait for its end, or cancel it");
}

both_apps!(a_key_makes_a_question_safe_to_repeat);

async fn a_key_makes_a_question_safe_to_repeat(app: TestApp) {
    let (_, chat) = chat(&app).await;
    let path = format!("{chat}/messages");
    let ask = || {
        let body = json!({"message": "What do kestrels eat?"});
        app.request(Method::POST, &path).header("idempotency-key", "q-1").json(&body)
    };
    let first = Answer::of(ask()).await.json();
    let again = Answer::of(ask()).await.json();
    assert_eq!(first["message_id"], again["message_id"]);
    assert_eq!(again["answer"], first["answer"]);
    assert_eq!(app.get(&path).await.header("x-total-count"), "2");

    let project = app.get(&chat).await.json()["project_id"].clone();
    let other = app.post("/api/chats", json!({"project_id": project})).await.json()["id"].clone();
    let question = json!({"message": "What do kestrels eat?"});
    let reusing = [
        (path.clone(), json!({"message": "Where do kestrels nest?"})),
        (path.clone(), json!({"message": "What do kestrels eat?", "top_k": 1})),
        (format!("/api/chats/{other}/messages"), question.clone()),
    ];
    for (path, body) in reusing {
        let reused = app.request(Method::POST, &path).header("idempotency-key", "q-1").json(&body);
        let refused = Answer::of(reused).await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(refused.problem(), @"422 idempotency_key_reused: Another request was sent with this Idempotency-Key; choose a new key for each request");
        }
    }
    let streamed = json!({"message": "What do kestrels eat?", "stream": true});
    let streamed = app.request(Method::POST, &path).header("idempotency-key", "q-1").json(&streamed);
    assert!(Answer::of(streamed).await.text.contains("They eat voles [1]."), "wanted in another form");
    assert_eq!(app.get(&path).await.header("x-total-count"), "2");
}

both_apps!(answers_are_rated_and_the_last_word_counts);

async fn answers_are_rated_and_the_last_word_counts(app: TestApp) {
    let (project, chat) = chat(&app).await;
    let answer =
        app.post(&format!("{chat}/messages"), json!({"message": "What do kestrels eat?"})).await.json();
    let path = format!("{chat}/messages/{}/feedback", answer["message_id"]);
    assert!(app.get(&chat).await.json()["messages"][1].get("feedback").is_none());
    let given = app.post(&path, json!({"rating": "down", "comment": " Which voles? "})).await;
    assert_eq!((given.status, &given.json()["comment"]), (200, &json!("Which voles?")), "{given:?}");
    app.post(&path, json!({"rating": "up"})).await;
    let said = app.get(&format!("{chat}/messages")).await.json();
    assert_eq!((&said[1]["feedback"]["rating"], &said[1]["feedback"]["comment"]), (&json!("up"), &json!("")));
    assert_eq!(app.get(&chat).await.json()["messages"], said);
    let statistics = app.get(&format!("/api/projects/{project}/statistics")).await.json();
    assert_eq!(statistics["feedback"], json!({"up": 1, "down": 0}));

    let question = format!("{chat}/messages/{}/feedback", answer["question_id"]);
    let up = || json!({"rating": "up"});
    insta::assert_snapshot!(app.post(&question, up()).await.problem(), @"409 conflict: Only answers can be rated");
    insta::assert_snapshot!(app.post(&path, json!({})).await.problem(), @"422 invalid_payload: `rating`: is required");
    insta::assert_snapshot!(app.post(&path, json!({"rating": "so-so"})).await.problem(), @"422 invalid_payload: `rating`: must be up or down");
    insta::assert_snapshot!(app.post(&path, json!({"rating": "up", "comment": "x".repeat(2001)})).await.problem(), @"422 invalid_payload: `comment`: may have at most 2000 characters");
    assert_eq!(app.post(&format!("{chat}/messages/999/feedback"), up()).await.status, 404);
}

both_apps!(an_answer_is_given_again);

async fn an_answer_is_given_again(app: TestApp) {
    let (_, chat) = chat(&app).await;
    let path = format!("{chat}/messages");
    let first = app.post(&path, json!({"message": "What do kestrels eat?"})).await.json();
    app.model.will([Step::Say(vec!["Voles, mostly [1].".into()])]);
    let again = app.request(Method::POST, &format!("{path}/{}/regenerate", first["message_id"]));
    let again = Answer::of(again).await;
    assert_eq!((again.status, &again.json()["answer"]), (200, &json!("Voles, mostly [1].")), "{again:?}");
    assert_ne!(again.json()["message_id"], first["message_id"]);
    let said = app.get(&path).await.json();
    assert_eq!((said.as_array().unwrap().len(), &said[1]["content"]), (2, &json!("Voles, mostly [1].")));
    assert_eq!(app.post(&format!("{path}/999/regenerate"), json!({})).await.status, 404);
}

both_apps!(chats_are_renamed_exported_summed_up_and_deleted);

async fn chats_are_renamed_exported_summed_up_and_deleted(app: TestApp) {
    let (_, chat) = chat(&app).await;
    insta::assert_snapshot!(app.post(&format!("{chat}/summary"), json!({})).await.problem(), @"409 conflict: There is nothing to sum up yet");
    app.post(&format!("{chat}/messages"), json!({"message": "What do kestrels eat?"})).await;
    let renamed = app.put(&chat, json!({"title": "Diet/of \"kestrels\""})).await;
    assert_eq!(renamed.json()["title"], "Diet/of \"kestrels\"");
    insta::assert_snapshot!(app.put(&chat, json!({"title": ""})).await.problem(), @"422 invalid_payload: `title`: is required");

    let markdown = app.get(&format!("{chat}/export/markdown")).await;
    assert!(markdown.text.starts_with("# Diet/of \"kestrels\"\n\n## Question ("), "{}", markdown.text);
    assert!(markdown.text.contains("1. kestrel.txt"), "{}", markdown.text);
    insta::assert_snapshot!(markdown.header("content-disposition"), @"attachment; filename=\"Diet_of _kestrels_.md\"; filename*=UTF-8''Diet%2Fof%20%22kestrels%22.md");
    let exported = app.get(&format!("{chat}/export/json")).await.json();
    assert_eq!(exported["messages"].as_array().unwrap().len(), 2);

    let summary = app.post(&format!("{chat}/summary"), json!({})).await;
    assert_eq!((summary.status, &summary.json()["summary"]), (200, &json!(true)), "{summary:?}");

    assert_eq!(app.delete(&chat).await.status, 204);
    for path in [chat.clone(), format!("{chat}/messages"), format!("{chat}/export/json")] {
        assert_eq!(
            app.get(&path).await.problem(),
            "404 not_found: There is no such chat, or you have no access to it"
        );
    }
    assert_eq!(app.post(&format!("{chat}/messages"), json!({"message": "?"})).await.status, 404);
    assert_eq!(app.delete(&chat).await.status, 404);
}

both_apps!(questions_that_cannot_be_asked_are_refused_by_field);

async fn questions_that_cannot_be_asked_are_refused_by_field(app: TestApp) {
    let (_, chat) = chat(&app).await;
    let path = format!("{chat}/messages");
    let mut refused = Vec::new();
    for body in [
        json!({}),
        json!({"message": "  "}),
        json!({"message": "x".repeat(33_000)}),
        json!({"message": "x", "temperature": 3}),
        json!({"message": "x", "top_k": 99}),
        json!({"message": "x", "document_ids": "all"}),
        json!({"message": ["x"]}),
    ] {
        refused.push(app.post(&path, body).await.problem());
    }
    insta::assert_snapshot!(refused.join("\n"), @r#"
    422 invalid_payload: `message`: is required
    422 invalid_payload: `message`: must not be empty
    422 invalid_payload: `message`: longer than 32768 bytes
    422 invalid_payload: `temperature`: must be between 0 and 2
    422 invalid_payload: `top_k`: must be between 1 and 50
    422 invalid_payload: `document_ids`: invalid type: string "all", expected a sequence
    422 invalid_payload: `message`: invalid type: sequence, expected a string
    "#);
    assert_eq!(app.get(&path).await.json(), json!([]));
    let new = |body| app.post("/api/chats", body);
    assert_eq!(new(json!({"project_id": 999})).await.status, 404);
    insta::assert_snapshot!(new(json!({})).await.problem(), @"422 invalid_payload: `project_id`: is required");
    insta::assert_snapshot!(new(json!({"project_id": 1, "visibility": "secret"})).await.problem(), @"422 invalid_payload: `visibility`: must be project or private");
}
