//! Lists and counts by a server that speaks OpenAI's API: read in parts, put together, and stopped.

use std::sync::atomic::Ordering;

use docent::domain::chat::TurnEvent;
use futures_util::StreamExt;
use serde_json::json;

use super::summaries::{Bench, Server, book, calls, content, sources, uploaded};
use crate::support::app::{TestApp, both_apps};

both_apps!(a_list_is_made_of_all_passages_in_parts);

async fn a_list_is_made_of_all_passages_in_parts(app: TestApp) {
    let project = app.project("Ringed").await;
    uploaded(&app, project, book(24, 1_990)).await;
    let (_server, settings) = Server::start().await;
    let bench = Bench::new(&app, project, settings).await;
    for question in ["List all herons that were ringed", "How many places were herons ringed at?"] {
        let events = bench.ask(question).await;
        let (text, cited, _) = content(&events);
        assert!(text.starts_with("**24 found**; "), "{text}");
        let sources = sources(&events);
        let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("- ")).collect();
        assert_eq!(lines.len(), 24, "{text}");
        for line in lines {
            let (said, number) = line.trim_start_matches("- ").rsplit_once(" [").unwrap();
            let number: usize = number.trim_end_matches(']').parse().unwrap();
            assert!(sources[number - 1].content.contains(said.trim_end_matches('.')), "{line}");
            assert!(cited.contains(&i64::try_from(number).unwrap()), "{line} in {cited:?}");
        }
        let parts = calls(&events);
        assert!(parts.len() >= 3, "each part is told: {parts:?}");
        let trace = bench.trace().await;
        assert_eq!((&trace["way"], &trace["examined"]["found"]), (&json!("list"), &json!(24)), "{trace}");
        assert_eq!(trace["examined"]["whole"], json!(true), "{trace}");
    }
}

both_apps!(a_list_can_be_cancelled_while_it_is_read);

async fn a_list_can_be_cancelled_while_it_is_read(app: TestApp) {
    let project = app.project("Stopped list").await;
    uploaded(&app, project, book(30, 1_990)).await;
    let (server, settings) = Server::start().await;
    server.holds.store(true, Ordering::SeqCst);
    let bench = Bench::new(&app, project, settings).await;
    let scope = &bench.caller.scope;
    let started =
        bench.engine.start(scope, bench.question("List all herons that were ringed")).await.unwrap();
    server.reached.notified().await;
    bench.engine.cancel(scope, bench.chat, None).await.unwrap();
    let events: Vec<TurnEvent> = started.stream.events().collect().await;
    assert!(matches!(events.last(), Some(TurnEvent::Cancelled { .. })), "{events:?}");
    assert!(!calls(&events).is_empty(), "the parts that were begun are told");
}
