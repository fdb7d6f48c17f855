//! Summaries of documents that are longer than a model's window, by a server that speaks OpenAI's API.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use docent::auth::{Auth, Caller};
use docent::chat::{Engine, NewQuestion, Options, Parts, Settings};
use docent::domain::chat::TurnEvent;
use docent::domain::source::Source;
use docent::domain::{ChatId, Code};
use docent::models::{ChatModel, OpenAi, OpenAiSettings};
use docent::retrieve::{Fusion, RetrievalSettings, Retriever};
use docent::store::DigestKey;
use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;

use crate::support::app::{TestApp, both_apps};

/// Tokens of prompts that the server takes, four characters each.
const WINDOW: usize = 1_500;

/// A model that takes down the first sentence of each passage, and puts statements together by repeating them.
#[derive(Default)]
pub(super) struct Server {
    prompts: Mutex<Vec<String>>,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
    /// Parts are not answered while it is set.
    pub(super) holds: std::sync::atomic::AtomicBool,
    /// Nor is what has these words.
    held: Mutex<Option<&'static str>>,
    pub(super) reached: Notify,
}

impl Server {
    pub(super) async fn start() -> (Arc<Self>, OpenAiSettings) {
        let server = Arc::new(Self::default());
        let routes = axum::Router::new()
            .route("/v1/chat/completions", axum::routing::post(complete))
            .with_state(Arc::clone(&server));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
        #[expect(clippy::disallowed_methods, reason = "a test's own server ends with its runtime")]
        tokio::spawn(async move { axum::serve(listener, routes).await });
        (server, OpenAiSettings { base_url, model: "small".to_owned(), ..OpenAiSettings::default() })
    }

    fn prompts(&self) -> Vec<String> {
        std::mem::take(&mut self.prompts.lock().unwrap())
    }
}

async fn complete(
    State(server): State<Arc<Server>>,
    axum::Json(body): axum::Json<Value>,
) -> impl IntoResponse {
    let messages = body["messages"].as_array().unwrap();
    let prompt: Vec<&str> = messages.iter().map(|message| message["content"].as_str().unwrap()).collect();
    let length: usize = prompt.iter().map(|text| text.len()).sum();
    let user = prompt.last().copied().unwrap().to_owned();
    server.prompts.lock().unwrap().push(user.clone());
    if length / 4 > WINDOW {
        let message = format!(
            "This model's maximum context length is {WINDOW} tokens. However, your messages resulted in {} tokens.",
            length / 4
        );
        let error = json!({"error": {"message": message, "code": "context_length_exceeded"}});
        return (axum::http::StatusCode::BAD_REQUEST, axum::Json(error)).into_response();
    }
    let now = server.at_once.fetch_add(1, Ordering::SeqCst) + 1;
    server.most_at_once.fetch_max(now, Ordering::SeqCst);
    server.reached.notify_one();
    let is_held = || {
        let words = *server.held.lock().unwrap();
        server.holds.load(Ordering::SeqCst) || words.is_some_and(|words| user.contains(words))
    };
    while is_held() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::task::yield_now().await;
    server.at_once.fetch_sub(1, Ordering::SeqCst);
    // Passages themselves are put together by what was taken from them.
    let said = Some(together(&user)).filter(|said| !said.is_empty()).unwrap_or_else(|| taken(&user));
    let delta = json!({"choices": [{"index": 0, "delta": {"content": said}}]});
    let end = json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]});
    let events = format!("data: {delta}\n\ndata: {end}\n\ndata: [DONE]\n\n");
    ([("content-type", "text/event-stream")], events).into_response()
}

/// A statement for each passage: its sentence with a ring in it.
fn taken(user: &str) -> String {
    let mut number = 0;
    let mut lines = Vec::new();
    for line in user.lines() {
        if line.contains(" number=\"") {
            number += 1;
        }
        if let Some(sentence) = line.split(". ").find(|sentence| sentence.contains("ringed")) {
            let sentence = sentence.trim_start_matches("## ").trim_end_matches('.');
            lines.push(format!("- {sentence} [{number}]."));
        }
    }
    lines.join("\n")
}

fn together(user: &str) -> String {
    let lines = user.lines().filter(|line| line.starts_with("- "));
    lines.map(|line| line.trim_start_matches("- ").to_owned()).collect::<Vec<_>>().join("\n")
}

/// Sections of about 250 words, in each of them one that counts.
pub(super) fn book(sections: usize, year: usize) -> String {
    let mut text = "# Birds of the marsh\n\n".to_owned();
    for n in 0..sections {
        let filler = "The water stood high and the reeds were cut late in that season. ".repeat(18);
        text.push_str(&format!(
            "## Section {n}\n\nIn {year} exactly {} herons were ringed at place {n}. {filler}\n\n",
            100 + n
        ));
    }
    text
}

pub(super) struct Bench<'a> {
    app: &'a TestApp,
    pub(super) engine: Engine,
    pub(super) caller: Caller,
    pub(super) chat: ChatId,
}

impl<'a> Bench<'a> {
    pub(super) async fn new(app: &'a TestApp, project: i64, settings: OpenAiSettings) -> Self {
        let bench = &app.bench;
        let retriever = Retriever::new(
            Arc::clone(&bench.index),
            Arc::clone(&bench.embedder),
            Arc::new(bench.store.clone()),
            RetrievalSettings { fusion: Fusion::RANKS, min_cosine: 0.1 },
        );
        let model: Arc<dyn ChatModel> = Arc::new(OpenAi::new(settings).unwrap());
        let engine = Engine::new(Parts {
            store: bench.store.clone(),
            search: Arc::new(retriever),
            model,
            bus: bench.bus.clone(),
            clock: Arc::clone(&bench.clock),
            random: Arc::new(|| 9),
            node: "summaries".to_owned(),
            tasks: TaskTracker::new(),
            settings: Settings::default(),
        });
        let auth = Auth::off(&bench.store, bench.clock.now()).await.unwrap();
        let caller = auth.local_owner().unwrap();
        let chat =
            app.post("/api/chats", json!({"project_id": project})).await.json()["id"].as_i64().unwrap();
        Self { app, engine, caller, chat: chat.into() }
    }

    pub(super) fn question(&self, content: &str) -> NewQuestion {
        NewQuestion {
            chat: self.chat,
            content: content.to_owned(),
            user: self.caller.principal.user,
            username: self.caller.principal.username.clone(),
            options: Options::default(),
            client_message_id: None,
            keyed: None,
        }
    }

    /// In another chat.
    async fn beside(&self, project: i64) -> Self {
        let chat = self.app.post("/api/chats", json!({"project_id": project})).await;
        let chat = chat.json()["id"].as_i64().unwrap().into();
        Self { app: self.app, engine: self.engine.clone(), caller: self.caller.clone(), chat }
    }

    /// Waits until what was taken from a document is kept.
    async fn keeps(&self, project: i64, document: i64) {
        let key = DigestKey { document: document.into(), generation: 1, model: "small", language: "en" };
        for _ in 0..500 {
            let mut tx = self.app.bench.store.read().await.unwrap();
            if tx.digest(&self.caller.scope, project.into(), key).await.unwrap().is_some() {
                return;
            }
            drop(tx);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("nothing is kept of document {document}");
    }

    pub(super) async fn ask(&self, content: &str) -> Vec<TurnEvent> {
        let started = self.engine.start(&self.caller.scope, self.question(content)).await.unwrap();
        started.stream.events().collect().await
    }

    pub(super) async fn trace(&self) -> Value {
        let messages = self.app.get(&format!("/api/chats/{}/messages", self.chat)).await.json();
        let last = messages.as_array().unwrap().last().unwrap()["id"].clone();
        self.app.get(&format!("/api/chats/{}/messages/{last}/trace", self.chat)).await.json()
    }
}

pub(super) fn sources(events: &[TurnEvent]) -> Vec<Source> {
    let found = events.iter().rev().find_map(|event| match event {
        TurnEvent::Sources(sources) => Some(sources.clone()),
        _ => None,
    });
    found.unwrap()
}

pub(super) fn calls(events: &[TurnEvent]) -> Vec<Value> {
    let call = |event: &TurnEvent| match event {
        TurnEvent::ToolCall(call) if call.tool == "read_part" => Some(call.arguments.clone()),
        _ => None,
    };
    events.iter().filter_map(call).collect()
}

pub(super) fn content(events: &[TurnEvent]) -> (String, Vec<i64>, usize) {
    let Some(TurnEvent::Completed(done)) = events.last() else { panic!("{events:?}") };
    (done.content.clone(), done.cited.clone(), done.doubts.len())
}

pub(super) async fn uploaded(app: &TestApp, project: i64, text: String) -> i64 {
    uploaded_as(app, project, "marsh.md", text).await
}

async fn uploaded_as(app: &TestApp, project: i64, name: &str, text: String) -> i64 {
    let answer = app.upload(project, "", name, text).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    app.run_jobs().await;
    answer.json()["document"]["id"].as_i64().unwrap()
}

both_apps!(a_document_beyond_the_window_is_read_in_parts);

async fn a_document_beyond_the_window_is_read_in_parts(app: TestApp) {
    let project = app.project("Marsh").await;
    let id = uploaded(&app, project, book(30, 1_990)).await;
    let (server, settings) = Server::start().await;
    let bench = Bench::new(&app, project, settings).await;
    let events = bench.ask("Summarise marsh.md").await;
    let prompts = server.prompts();
    let (text, cited, doubts) = content(&events);
    // Every section is told of, once, with the passage that it stands in.
    let told: Vec<usize> = (0..30).filter(|n| text.contains(&format!("at place {n}. ["))).collect();
    assert_eq!(told.len(), 30, "{text}");
    assert_eq!(doubts, 0, "{text}");
    let sources = sources(&events);
    assert!(cited.len() >= 15 && cited.len() <= sources.len(), "{cited:?}");
    for line in text.lines() {
        let (said, number) = line.trim_end_matches('.').rsplit_once(" [").unwrap();
        let number: usize = number.trim_end_matches(']').parse().unwrap();
        assert!(sources[number - 1].content.contains(said), "{line} is cited from another passage");
    }
    // Few prompts were beyond the window: those that taught what it is. Not all ran at once.
    let beyond = prompts.iter().filter(|prompt| prompt.len() / 4 > WINDOW).count();
    assert!(beyond <= 3, "{beyond} of {}", prompts.len());
    let parts = calls(&events);
    assert!(parts.len() >= 3, "{parts:?}");
    assert_eq!((&parts[0]["part"], &parts[0]["document_id"]), (&json!(1), &json!(id)));
    assert!(server.most_at_once.load(Ordering::SeqCst) <= 3);
    assert!(prompts.last().unwrap().contains("Question: Summarise marsh.md"));
    let trace = bench.trace().await;
    assert_eq!((&trace["way"], &trace["summary"]["kept"]), (&json!("summary"), &json!(false)));
    assert_eq!(trace["summary"]["passages_read"], trace["examined"]["passages"], "{trace}");

    // What was taken from the parts is kept, also for who asks in other words.
    let again = bench.ask("Give me a summary of marsh.md in a few words").await;
    assert_eq!(server.prompts().len(), 1, "the parts are not read again");
    assert!(calls(&again).is_empty());
    assert_eq!(content(&again).0, text);

    // Another version has to be read anew.
    uploaded(&app, project, book(30, 1_991)).await;
    let renewed = bench.ask("Summarise marsh.md").await;
    assert!(server.prompts().len() > 3);
    assert!(content(&renewed).0.contains("In 1991") && !content(&renewed).0.contains("In 1990"));
}

both_apps!(a_short_document_is_read_at_once);

async fn a_short_document_is_read_at_once(app: TestApp) {
    let project = app.project("Short").await;
    uploaded(&app, project, book(2, 1_990)).await;
    let (server, settings) = Server::start().await;
    let bench = Bench::new(&app, project, settings).await;
    let events = bench.ask("Summarise marsh.md").await;
    assert_eq!(server.prompts().len(), 1);
    assert!(calls(&events).is_empty() && !sources(&events).is_empty());
}

both_apps!(reading_in_parts_can_be_cancelled);

async fn reading_in_parts_can_be_cancelled(app: TestApp) {
    let project = app.project("Stopped").await;
    uploaded(&app, project, book(30, 1_990)).await;
    let (server, settings) = Server::start().await;
    server.holds.store(true, Ordering::SeqCst);
    let bench = Bench::new(&app, project, settings).await;
    let scope = &bench.caller.scope;
    let started = bench.engine.start(scope, bench.question("Summarise marsh.md")).await.unwrap();
    server.reached.notified().await;
    bench.engine.cancel(scope, bench.chat, None).await.unwrap();
    let events: Vec<TurnEvent> = started.stream.events().collect().await;
    assert!(matches!(events.last(), Some(TurnEvent::Cancelled { .. })), "{events:?}");
    server.holds.store(false, Ordering::SeqCst);
    let events = bench.ask("Summarise marsh.md").await;
    assert_eq!(
        calls(&events).first().map(|call| call["part"].clone()),
        Some(json!(1)),
        "nothing half was kept"
    );
}

both_apps!(a_document_deleted_while_it_is_read_is_not_cited);

async fn a_document_deleted_while_it_is_read_is_not_cited(app: TestApp) {
    let project = app.project("Deleted").await;
    let id = uploaded(&app, project, book(30, 1_990)).await;
    let (server, settings) = Server::start().await;
    server.holds.store(true, Ordering::SeqCst);
    let bench = Bench::new(&app, project, settings).await;
    let question = bench.question("Summarise marsh.md");
    let started = bench.engine.start(&bench.caller.scope, question).await.unwrap();
    server.reached.notified().await;
    assert_eq!(app.delete(&format!("/api/documents/{id}")).await.status, 204);
    server.prompts();
    server.holds.store(false, Ordering::SeqCst);
    let events: Vec<TurnEvent> = started.stream.events().collect().await;
    assert!(
        matches!(events.last(), Some(TurnEvent::Failed { code: Code::NotFound, .. })),
        "{:?}",
        events.last()
    );
    assert!(sources(&events).is_empty());
    // What was under way may end.
    assert!(!server.prompts().iter().any(|prompt| prompt.contains("Question:")), "nothing is put together");
    app.run_jobs().await;
}

both_apps!(a_server_that_fails_ends_the_turn);

async fn a_server_that_fails_ends_the_turn(app: TestApp) {
    let project = app.project("Failing").await;
    uploaded(&app, project, book(30, 1_990)).await;
    let settings = OpenAiSettings {
        base_url: "http://127.0.0.1:9/v1".to_owned(),
        model: "small".to_owned(),
        ..OpenAiSettings::default()
    };
    let bench = Bench::new(&app, project, settings).await;
    let events = bench.ask("Summarise marsh.md").await;
    assert!(
        matches!(events.last(), Some(TurnEvent::Failed { code: Code::LlmUnavailable, .. })),
        "{events:?}"
    );
}

/// Every line says what stands in a passage that it cites, in the document that it is about; the years of these.
fn years(events: &[TurnEvent]) -> Vec<(String, usize)> {
    let (text, _, doubts) = content(events);
    assert_eq!(doubts, 0, "{text}");
    let sources = sources(events);
    let mut years: Vec<(String, usize)> = Vec::new();
    for line in text.lines() {
        let (said, number) = line.trim_end_matches('.').rsplit_once(" [").unwrap();
        let source = &sources[number.trim_end_matches(']').parse::<usize>().unwrap() - 1];
        assert!(source.content.contains(said), "{line} is cited from {}", source.filename);
        let year = said.split(' ').nth(1).unwrap();
        assert!(source.filename.contains(year), "{line} is cited from {}", source.filename);
        match years.iter_mut().find(|(known, _)| known == year) {
            Some((_, lines)) => *lines += 1,
            None => years.push((year.to_owned(), 1)),
        }
    }
    years
}

both_apps!(several_documents_are_read_and_kept_one_by_one);

async fn several_documents_are_read_and_kept_one_by_one(app: TestApp) {
    let project = app.project("Marshes").await;
    let mut ids = Vec::new();
    for year in 1_990..1_993 {
        ids.push(uploaded_as(&app, project, &format!("marsh-{year}.md"), book(9, year)).await);
    }
    uploaded_as(&app, project, "rules.md", "Nobody smokes.".to_owned()).await;
    let (server, settings) = Server::start().await;
    let bench = Bench::new(&app, project, settings).await;
    let events = bench.ask("Summarise the three marshes").await;
    // The youngest comes first.
    let found = years(&events);
    let order: Vec<&str> = found.iter().map(|(year, _)| year.as_str()).collect();
    assert_eq!(order, ["1992", "1991", "1990"]);
    assert!(found.iter().all(|(_, lines)| *lines >= 4), "{found:?}");
    let told = calls(&events);
    let of = |field: &str| told.iter().map(|call| call[field].as_i64().unwrap()).collect::<Vec<_>>();
    assert!(of("documents").iter().all(|all| *all == 3), "{told:?}");
    assert!((1..=3).all(|nth| of("nth").contains(&nth)) && told.len() >= 6, "{told:?}");
    assert!(server.most_at_once.load(Ordering::SeqCst) <= 3);
    let prompts = server.prompts();
    let last = prompts.last().unwrap();
    assert!(last.contains("Question: Summarise the three marshes") && last.len() / 4 <= WINDOW, "{last}");
    assert!(last.contains("file=\"marsh-1990.md\"") && !last.contains("rules.md"), "{last}");
    let trace = bench.trace().await;
    assert_eq!((&trace["way"], &trace["examined"]["of"]), (&json!("summary"), &json!(3)));

    // A second time one prompt is enough, also where one is asked for alone.
    let again = bench.ask("Give me an overview of all marshes").await;
    assert_eq!(server.prompts().len(), 1, "nothing is read again");
    assert_eq!(years(&again), found);
    let one = bench.ask("Summarise marsh-1991.md").await;
    assert_eq!((server.prompts().len(), calls(&one).len()), (1, 0));

    // Of a new version alone the parts are read anew; what is deleted is gone.
    uploaded_as(&app, project, "marsh-1990.md", book(9, 1_990) + "\n\nThe end.").await;
    app.delete(&format!("/api/documents/{}", ids[2])).await;
    let renewed = bench.ask("Summarise all marshes").await;
    let read: Vec<Value> = calls(&renewed).into_iter().map(|call| call["document_id"].clone()).collect();
    assert!(!read.is_empty() && read.iter().all(|id| *id == json!(ids[0])), "{read:?}");
    assert_eq!(years(&renewed).len(), 2);
    app.run_jobs().await;
}

both_apps!(what_was_read_before_a_summary_was_stopped_is_kept);

async fn what_was_read_before_a_summary_was_stopped_is_kept(app: TestApp) {
    let project = app.project("Stopped").await;
    let mut ids = Vec::new();
    for year in 1_990..1_992 {
        ids.push(uploaded_as(&app, project, &format!("marsh-{year}.md"), book(9, year)).await);
    }
    let (server, settings) = Server::start().await;
    *server.held.lock().unwrap() = Some("In 1990");
    let bench = Bench::new(&app, project, settings).await;
    let scope = &bench.caller.scope;
    let started = bench.engine.start(scope, bench.question("Summarise all marshes")).await.unwrap();
    bench.keeps(project, ids[1]).await;
    bench.engine.cancel(scope, bench.chat, None).await.unwrap();
    let events: Vec<TurnEvent> = started.stream.events().collect().await;
    assert!(matches!(events.last(), Some(TurnEvent::Cancelled { .. })), "{events:?}");
    *server.held.lock().unwrap() = None;
    let events = bench.ask("Summarise all marshes").await;
    let read: Vec<Value> = calls(&events).into_iter().map(|call| call["document_id"].clone()).collect();
    assert!(!read.is_empty() && read.iter().all(|id| *id == json!(ids[0])), "{read:?}");
    assert_eq!(years(&events).len(), 2);
}

both_apps!(two_summaries_at_once_say_the_same);

async fn two_summaries_at_once_say_the_same(app: TestApp) {
    let project = app.project("Two").await;
    for year in 1_990..1_993 {
        uploaded_as(&app, project, &format!("marsh-{year}.md"), book(9, year)).await;
    }
    let (server, settings) = Server::start().await;
    let bench = Bench::new(&app, project, settings).await;
    let other = bench.beside(project).await;
    let (one, two) = tokio::join!(bench.ask("Summarise all marshes"), other.ask("Summarise all marshes"));
    assert_eq!((years(&one), content(&one).0), (years(&two), content(&two).0));
    assert_eq!(years(&one).len(), 3);
    assert!(server.most_at_once.load(Ordering::SeqCst) <= 6);
}

both_apps!(short_documents_are_read_at_once_and_the_rest_is_asked_for);

async fn short_documents_are_read_at_once_and_the_rest_is_asked_for(app: TestApp) {
    let project = app.project("Minutes").await;
    for n in 0..15 {
        let text = format!("In 19{:02} exactly {n} herons were ringed at place {n}.", 60 + n);
        uploaded_as(&app, project, &format!("minutes-19{:02}.md", 60 + n), text).await;
    }
    let (server, settings) = Server::start().await;
    let bench = Bench::new(&app, project, settings).await;
    let events = bench.ask("Summarise all minutes").await;
    let (text, ..) = content(&events);
    assert!(text.ends_with("3 more documents: ask “show more”."), "{text}");
    assert_eq!((server.prompts().len(), sources(&events).len(), calls(&events).len()), (1, 12, 0));
    let rest = bench.ask("show more").await;
    let (text, ..) = content(&rest);
    assert!(text.ends_with("These were the last of 15 documents."), "{text}");
    assert!(text.contains("In 1960") && !text.contains("In 1963"), "{text}");
    assert_eq!((server.prompts().len(), sources(&rest).len()), (4, 3));
    let nothing = bench.ask("show more").await;
    assert_eq!(content(&nothing).0, "These were the last of 15 documents.");
    assert!(server.prompts().is_empty());
}
