//! What changed between the versions of a document: over REST, and asked for in a chat.

use docent::auth::{Auth, Caller};
use docent::chat::{NewQuestion, Options};
use docent::domain::chat::TurnEvent;
use docent::domain::source::Source;
use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::support::app::{TestApp, both_apps};

const FIRST: &str = "# Office\n\n## Hours\n\nThe office opens at eight. Dogs are welcome. It closes at six.\n\n## Keys\n\n\
    Keys lie at the desk.\n";
const SECOND: &str = "# Office\n\n## Hours\n\nThe office opens at nine. It closes at six. On Sundays it stays closed.\n\n\
    ## Keys\n\nKeys lie at the desk.\n\n## Parking\n\nCars stand behind the house.\n";
const THIRD: &str = "# Office\n\n## Hours\n\nThe office opens at ten. It closes at six. On Sundays it stays closed.\n\n\
    ## Keys\n\nKeys lie at the desk.\n\n## Parking\n\nCars stand behind the house.\n";

async fn versions(app: &TestApp, project: i64, name: &str, texts: &[&str]) -> i64 {
    let mut id = 0;
    for text in texts {
        let uploaded = app.upload(project, "", name, *text).await;
        assert_eq!(uploaded.status, 201, "{uploaded:?}");
        id = uploaded.json()["document"]["id"].as_i64().unwrap();
        app.run_jobs().await;
    }
    id
}

/// Each change on a line, with the versions that its sides are cited from.
fn lines(found: &Value) -> Vec<String> {
    let side = |side: &Value| {
        let (text, metadata) = (side["text"].as_str()?, &side["source"]["metadata"]);
        let content = side["source"]["content"].as_str().unwrap();
        assert!(content.contains(text), "{text} is cited from {content}");
        Some(format!("{text} [{}]", metadata["generation"]))
    };
    let line = |change: &Value| {
        let sides = [side(&change["before"]), side(&change["after"])];
        let [before, after] = sides.map(|side| side.unwrap_or_else(|| "-".to_owned()));
        format!("{}: {before} -> {after}", change["heading"].as_str().unwrap())
    };
    found["changes"].as_array().unwrap().iter().map(line).collect()
}

async fn caller(app: &TestApp) -> Caller {
    let auth = Auth::off(&app.bench.store, app.bench.clock.now()).await.unwrap();
    auth.local_owner().unwrap()
}

pub(super) struct Answer {
    pub(super) text: String,
    pub(super) finish: String,
    pub(super) sources: Vec<Source>,
}

/// Asks the built-in model in a chat of its own, or in that one.
pub(super) async fn ask(app: &TestApp, project: i64, chat: Option<i64>, question: &str) -> (i64, Answer) {
    ask_of(app, project, chat, question, Options::default()).await
}

pub(super) async fn ask_of(
    app: &TestApp,
    project: i64,
    chat: Option<i64>,
    question: &str,
    options: Options,
) -> (i64, Answer) {
    let chat = match chat {
        Some(chat) => chat,
        None => app.post("/api/chats", json!({"project_id": project})).await.json()["id"].as_i64().unwrap(),
    };
    let caller = caller(app).await;
    let question = NewQuestion {
        chat: chat.into(),
        content: question.to_owned(),
        user: caller.principal.user,
        username: caller.principal.username.clone(),
        options,
        client_message_id: None,
        keyed: None,
    };
    let started = app.engine.start_by("extractive", &caller.scope, question).await.unwrap();
    let events: Vec<TurnEvent> = started.stream.events().collect().await;
    let sources = events.iter().find_map(|event| match event {
        TurnEvent::Sources(sources) => Some(sources.to_vec()),
        _ => None,
    });
    let Some(TurnEvent::Completed(done)) = events.last() else { panic!("{events:?}") };
    let finish = done.finish_reason.name().to_owned();
    (chat, Answer { text: done.content.clone(), finish, sources: sources.unwrap_or_default() })
}

both_apps!(two_versions_are_compared_statement_by_statement);

async fn two_versions_are_compared_statement_by_statement(app: TestApp) {
    let project = app.project("Changes").await;
    let id = versions(&app, project, "office-rules.md", &[FIRST, SECOND, THIRD]).await;
    let path = |version: i64, rest: &str| format!("/api/documents/{id}/versions/{version}/changes{rest}");
    let found = app.get(&path(2, "")).await.json();
    assert_eq!((&found["since"], &found["version"]), (&json!(1), &json!(2)));
    let counts = ["changed", "added", "removed"].map(|name| found[name].as_i64().unwrap());
    assert_eq!(counts, [1, 2, 1]);
    assert_eq!(found["sections_added"], json!(["Office > Parking"]));
    insta::assert_snapshot!(lines(&found).join("\n"), @r"
    Office > Hours: The office opens at eight. [1] -> The office opens at nine. [2]
    Office > Hours: Dogs are welcome. [1] -> -
    Office > Hours: - -> On Sundays it stays closed. [2]
    Office > Parking: - -> Cars stand behind the house. [2]
    ");
    let part = app.get(&path(2, "?skip=1&limit=1")).await.json();
    assert_eq!(lines(&part), ["Office > Hours: Dogs are welcome. [1] -> -"]);
    let newest = app.get(&path(3, "?since=2")).await.json();
    assert_eq!(lines(&newest).len(), 1);
    let back = app.get(&path(1, "?since=3")).await.json();
    assert_eq!(
        lines(&back)[0],
        "Office > Hours: The office opens at ten. [3] -> The office opens at eight. [1]",
        "the other way round"
    );
    insta::assert_snapshot!(app.get(&path(1, "")).await.problem(), @"409 conflict: There is no version before 1 that is kept");
    for (version, rest) in [(9, ""), (0, ""), (2, "?since=7")] {
        assert_eq!(app.get(&path(version, rest)).await.status, 404, "{version} {rest}");
    }
    for rest in ["?since=x", "?skip=-1", "?limit=0", "?limit=501"] {
        assert_eq!(app.get(&path(2, rest)).await.status, 422, "{rest}");
    }
    // Nothing of a deleted document can be compared, from that moment on.
    assert_eq!(app.delete(&format!("/api/documents/{id}")).await.status, 204);
    assert_eq!(app.get(&path(2, "")).await.status, 404);
    app.run_jobs().await;
    let mut tx = app.bench.store.read().await.unwrap();
    let scope = caller(&app).await.scope;
    assert!(tx.version_passages(&scope, id.into(), 1, 10).await.unwrap().is_empty());
}

both_apps!(the_text_of_a_version_goes_with_its_original);

async fn the_text_of_a_version_goes_with_its_original(app: TestApp) {
    let project = app.project("Kept").await;
    let texts = ["Owls eat 1.", "Owls eat 2.", "Owls eat 3.", "   \n", "Owls eat 5.", "Owls eat 6."];
    let id = versions(&app, project, "owls.txt", &texts).await;
    let scope = caller(&app).await.scope;
    let mut tx = app.bench.store.read().await.unwrap();
    let mut kept = Vec::new();
    for version in 1..=6 {
        kept.push(tx.version_passages(&scope, id.into(), version, 10).await.unwrap().len());
    }
    drop(tx);
    assert_eq!(kept, [0, 0, 1, 0, 1, 1], "three older ones, one of which was never read");
    let found = app.get(&format!("/api/documents/{id}/versions/5/changes")).await.json();
    assert_eq!(found["since"], 3, "{found}");
    // They are in no search, and the check of what there is finds nothing wrong with them.
    assert_eq!(app.bench.points().await, 1);
    let found =
        app.post(&format!("/api/projects/{project}/search"), json!({"query": "owls eat", "top_k": 20})).await;
    assert_eq!(found.json()["results"].as_array().unwrap().len(), 1);
}

both_apps!(a_chat_tells_what_changed);

async fn a_chat_tells_what_changed(app: TestApp) {
    let project = app.project("Asked").await;
    versions(&app, project, "office-rules.md", &[FIRST, SECOND, THIRD]).await;
    versions(&app, project, "kestrel.md", &["Kestrels eat voles."]).await;
    let (_, answer) =
        ask(&app, project, None, "What changed between versions 1 and 2 of office-rules.md?").await;
    insta::assert_snapshot!(answer.text, @r"
    **office-rules.md**, version 2 against version 1: 1 changed, 2 new, 1 removed.

    New sections: Office > Parking.

    **Office > Hours**

    - changed: “The office opens at eight.” [1] → “The office opens at nine.” [2]
    - removed: “Dogs are welcome.” [1]
    - new: “On Sundays it stays closed.” [2]

    **Office > Parking**

    - new: “Cars stand behind the house.” [2]
    ");
    let cited: Vec<_> = answer.sources.iter().map(|it| (it.generation, it.filename.as_str())).collect();
    assert_eq!(cited, [(1, "office-rules.md"), (2, "office-rules.md")]);
    let (_, latest) = ask(&app, project, None, "Was hat sich geändert?").await;
    assert!(
        latest.text.starts_with("**office-rules.md**, Version 3 gegenüber Version 2: 1 geändert"),
        "{}",
        latest.text
    );
    let (_, unknown) = ask(&app, project, None, "What changed in office-rules.md since version 8?").await;
    assert_eq!(
        (unknown.text.as_str(), unknown.finish.as_str()),
        ("There is no version 8 of office-rules.md that is kept; there are: 1, 2, 3.", "no_answer")
    );
    let (_, only) = ask(&app, project, None, "What changed in the latest version of kestrel.md?").await;
    assert_eq!(only.text, "There is no version of kestrel.md before version 1 that is kept.");
    // What the documents themselves tell of changes is looked up in them.
    let (_, other) = ask(&app, project, None, "What changed in what kestrels eat?").await;
    assert!(!other.text.contains("version"), "{}", other.text);
}

both_apps!(many_changes_are_told_in_turn);

async fn many_changes_are_told_in_turn(app: TestApp) {
    let project = app.project("Many").await;
    let text = |word: &str| {
        let kinds = ["owl", "kite", "heron", "swift", "crane"];
        let lines = (0..30).map(|n| format!("Ring {n} of the {} is {word}.", kinds[n % 5]));
        lines.collect::<Vec<_>>().join(" ")
    };
    versions(&app, project, "rings.txt", &[&text("red"), &text("blue")]).await;
    let (chat, first) = ask(&app, project, None, "What changed in rings.txt?").await;
    assert!(first.text.ends_with("10 more: ask “show more”."), "{}", first.text);
    let (_, rest) = ask(&app, project, Some(chat), "show more").await;
    assert_eq!(rest.text.lines().filter(|line| line.starts_with("- changed")).count(), 10, "{}", rest.text);
    assert!(rest.text.contains("Ring 29") && !rest.text.contains("Ring 19 "), "{}", rest.text);
}
