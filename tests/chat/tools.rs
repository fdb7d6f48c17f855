//! Tools: rounds and their limit, what they find, clients that answer, and clients that do not.

use std::time::Duration;

use docent::chat::{ChatError, ClientTools, Declared, Manner, Settings, ToolClient, TurnStream};
use docent::domain::chat::{Accepted, MessageStatus, ToolCall, TurnEvent};
use docent::domain::{ChatId, DocumentId};
use docent::models::{Script, Step, Tool, ToolChoice};
use docent::store::{NewVersion, Store};
use serde_json::{Value, json};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::bench::{Bench, NOW, call, drain, quick, say, shape, slowly, source};
use crate::support::databases::both_databases;

/// What this test's client calls itself.
const HOLDER: &str = "socket-1";

fn weather() -> Tool {
    let parameters = json!({"type": "object", "properties": {"place": {"type": "string"}}});
    Tool { name: "get_weather".to_owned(), description: "Tells the weather.".to_owned(), parameters }
}

fn client(gone: &CancellationToken) -> ToolClient {
    ToolClient { holder: HOLDER.to_owned(), gone: gone.clone() }
}

fn declared(gone: &CancellationToken) -> ClientTools {
    ClientTools { declared: vec![Declared { tool: weather(), client: client(gone) }], decider: None }
}

async fn ask(bench: &Bench, chat: ChatId, content: &str, tools: ClientTools) -> (Accepted, TurnStream) {
    let manner = Manner { tools: Some(tools), ..Manner::default() };
    let question = bench.question(chat, content);
    let started = bench.engine.start_as(&bench.caller.scope, question, manner).await.unwrap();
    (started.accepted, started.stream)
}

/// Reads up to the next call.
async fn next_call(stream: &mut TurnStream) -> ToolCall {
    loop {
        match stream.next().await.expect("no call came") {
            TurnEvent::ToolCall(call) => return call,
            event => assert!(!event.is_terminal(), "{event:?}"),
        }
    }
}

async fn answer(bench: &Bench, chat: ChatId, call: &ToolCall, said: Result<Value, String>) {
    bench.engine.answer_call(&bench.caller.scope, chat, HOLDER, &call.id, said).await.unwrap();
}

both_databases!(what_a_tool_finds_is_numbered_on_and_can_be_cited);

async fn what_a_tool_finds_is_numbered_on_and_can_be_cited(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    let owls = vec![source("kestrel.md", "Kestrels eat voles."), source("owl.md", "Owls eat mice.")];
    bench.library.shelves.lock().unwrap().insert("owls".to_owned(), owls);
    bench.model.will([
        say(&["They eat voles [1] [2]."]),
        Step::Usage { prompt_tokens: 5, completion_tokens: 2 },
        call("search_documents", json!({"query": "owls", "top_k": 2})),
        say(&["Owls eat mice [2] [3]."]),
        Step::Usage { prompt_tokens: 7, completion_tokens: 3 },
    ]);
    let (accepted, stream) = bench.ask(chat, "What do birds eat?").await;
    let events = drain(stream).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!(shape(&events).replace(" | ", "\n"), @r#"
        accepted
        sources 1
        text "They eat voles [1]."
        call search_documents {"query":"owls","top_k":2}
        sources 2
        result {"passages":[{"number":1,"id":"1:1:kestrel.md","document_id":1,"filename":"kestrel.md","page":3},{"number":2,"id":"1:1:owl.md","document_id":1,"filename":"owl.md","page":3}]}
        text "\n\nOwls eat mice [2]."
        completed stop [1, 2]
        "#);
    }
    let Some(TurnEvent::Completed(done)) = events.last() else { panic!("{events:?}") };
    assert_eq!((done.prompt_tokens, done.completion_tokens, done.sources_count), (Some(12), Some(5), 2));

    let prompt = bench.model.asked().pop().unwrap();
    let [round] = prompt.rounds.as_slice() else { panic!("{:?}", prompt.rounds) };
    assert_eq!(round.said, "They eat voles [1].");
    let told = &round.uses[0].result;
    assert!(told.contains(r#"number="2" file="owl.md""#) && told.contains("Owls eat mice."), "{told}");
    let offered: Vec<&str> = prompt.tools.iter().map(|tool| tool.name.as_str()).collect();
    assert_eq!(offered, ["list_documents", "query_table", "read_document", "search_documents"]);

    // The same from the database, from any point on.
    let stored = drain(bench.follow(chat, accepted.answer, -1).await).await;
    assert_eq!(stored, events);
    let later = drain(bench.follow(chat, accepted.answer, done_frames(&events)).await).await;
    assert!(matches!(&later[1], TurnEvent::Sources(sources) if sources.len() == 2), "{later:?}");
    let mut tx = bench.store.read().await.unwrap();
    assert_eq!(tx.message(chat, accepted.answer).await.unwrap().unwrap().sources.len(), 2);
    drop(tx);
    bench.close().await;
}

/// The number of the last frame.
fn done_frames(events: &[TurnEvent]) -> i64 {
    let frames = events.iter().filter_map(|event| match event {
        TurnEvent::Token(frame) => Some(frame.seq),
        _ => None,
    });
    frames.max().unwrap()
}

both_databases!(rounds_have_a_limit);

async fn rounds_have_a_limit(store: Store) {
    let settings = Settings { tool_rounds: 2, ..quick() };
    let bench = Bench::with(store, "node-a", Script::default(), settings).await;
    let chat = bench.chat().await;
    let look = || call("search_documents", json!({"query": "more"}));
    bench.model.will([look(), say(&["a "]), look(), say(&["b "]), look(), say(&["never"])]);
    let events = bench.turn(chat, "What do kestrels eat?").await;
    assert!(shape(&events).ends_with(r#"| text "\n\nb " | completed stop []"#), "{}", shape(&events));
    let choices: Vec<ToolChoice> = bench.model.asked().iter().map(|prompt| prompt.tool_choice).collect();
    assert_eq!(choices, [ToolChoice::Auto, ToolChoice::Auto, ToolChoice::None]);

    // A model that will not speak has failed.
    bench.model.will([look(), Step::Pause { ms: 0 }, look(), Step::Pause { ms: 0 }, look()]);
    assert!(shape(&bench.turn(chat, "And owls?").await).ends_with("failed llm_unavailable"));
    bench.close().await;
}

both_databases!(without_rounds_there_are_no_tools);

async fn without_rounds_there_are_no_tools(store: Store) {
    let bench = Bench::with(store, "node-a", Script::default(), Settings { tool_rounds: 0, ..quick() }).await;
    let chat = bench.chat().await;
    bench.model.will([say(&["Voles."]), call("search_documents", json!({"query": "more"}))]);
    let events = bench.turn(chat, "What do kestrels eat?").await;
    assert_eq!(shape(&events), r#"accepted | sources 1 | text "Voles." | completed stop []"#);
    assert!(bench.model.asked()[0].tools.is_empty());
    bench.close().await;
}

both_databases!(what_goes_wrong_with_a_call_is_told_to_the_model);

async fn what_goes_wrong_with_a_call_is_told_to_the_model(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    *bench.library.shelves.lock().unwrap() = [("nothing".to_owned(), Vec::new())].into();
    bench.model.will([
        call("search_documents", json!({})),
        call("search_documents", json!({"query": "owls", "top_k": 900})),
        call("search_documents", json!(["owls"])),
        call("search_documents", json!({"query": "nothing"})),
        call("read_document", json!({"document_id": 999})),
        call("rm", json!({})),
        Step::Results,
    ]);
    let events = bench.turn(chat, "Why?").await;
    let outcomes: Vec<String> = events
        .iter()
        .filter_map(|event| match event {
            TurnEvent::ToolResult(result) => {
                Some(result.outcome.as_ref().map_or_else(Clone::clone, ToString::to_string))
            }
            _ => None,
        })
        .collect();
    insta::allow_duplicates! {
        insta::assert_snapshot!(sorted(outcomes).join("\n"), @r#"
        `query` is missing
        `top_k` must be an integer from 1 to 50
        the arguments are not a JSON object
        there is no such document in this project
        there is no such tool; use one of: list_documents, query_table, read_document, search_documents
        {"passages":[]}
        "#);
    }
    let Some(TurnEvent::Completed(done)) = events.last() else { panic!("{events:?}") };
    assert!(done.content.starts_with("Error: `query` is missing"), "{}", done.content);
    assert!(done.content.contains("Nothing relevant was found."), "{}", done.content);

    // An index that is away fails the call, not the answer.
    bench.model.will([
        Step::Pause { ms: 60 },
        call("search_documents", json!({"query": "x"})),
        Step::Results,
    ]);
    let (_, mut stream) = bench.ask(chat, "Why?").await;
    stream.next().await;
    stream.next().await;
    *bench.library.away.lock().unwrap() = true;
    let rest = drain(stream).await;
    let Some(TurnEvent::Completed(done)) = rest.last() else { panic!("{rest:?}") };
    assert_eq!(done.content, "Error: that does not work at the moment");
    bench.close().await;
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

both_databases!(what_tools_return_is_bounded);

async fn what_tools_return_is_bounded(store: Store) {
    let mut settings = quick();
    settings.budget.tools = 200;
    let bench = Bench::with(store, "node-a", Script::default(), settings).await;
    let chat = bench.chat().await;
    let long = (0..3).map(|n| source(&format!("{n}.md"), &format!("{n} {}", "owl ".repeat(100)))).collect();
    bench.library.shelves.lock().unwrap().insert("owls".to_owned(), long);
    let look = || call("search_documents", json!({"query": "owls"}));
    bench.model.will([look(), say(&["a"]), look(), Step::Results]);
    let events = bench.turn(chat, "Why?").await;
    let prompt = bench.model.asked().pop().unwrap();
    assert!(prompt.rounds[0].uses[0].result.contains("2 further passages are left out"), "{prompt:?}");
    let Some(TurnEvent::Completed(done)) = events.last() else { panic!("{events:?}") };
    assert!(done.content.contains("answer with what you have") && done.sources_count == 2, "{done:?}");
    bench.close().await;
}

both_databases!(tools_see_the_projects_documents_and_no_others);

async fn tools_see_the_projects_documents_and_no_others(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    let mut ids: Vec<DocumentId> = Vec::new();
    for name in ["kestrel.md", "owl.md"] {
        let version = NewVersion { blob: name, sha256: name, size: 10, format: "md", filename: name };
        let mut tx = bench.store.begin().await.unwrap();
        let user = bench.caller.principal.user;
        ids.push(tx.insert_document(bench.project, name, &version, user, NOW).await.unwrap());
        tx.commit().await.unwrap();
    }
    bench.model.will([
        call("list_documents", json!({})),
        Step::Pause { ms: 0 },
        call("list_documents", json!({"name": "OWL"})),
        say(&["Two."]),
    ]);
    let events = bench.turn(chat, "Which documents are there?").await;
    let lists: Vec<Value> = events
        .iter()
        .filter_map(|event| match event {
            TurnEvent::ToolResult(result) => result.outcome.clone().ok(),
            _ => None,
        })
        .collect();
    assert_eq!(lists[0]["total"], 2);
    assert_eq!(lists[1]["documents"][0]["filename"], "owl.md");
    assert_eq!(lists[1]["documents"][0]["readable"], false);

    // A question about one document keeps its tools to that.
    bench.model.will([
        call("list_documents", json!({})),
        call("read_document", json!({"document_id": ids[1].get()})),
        call("search_documents", json!({"query": "x", "document_ids": [ids[0].get(), ids[1].get()]})),
        say(&["Done."]),
    ]);
    let mut question = bench.question(chat, "And in this one?");
    question.options.documents = Some(vec![ids[0]]);
    let events = drain(bench.engine.start(&bench.caller.scope, question).await.unwrap().stream).await;
    let shape = shape(&events);
    assert!(shape.contains(r#""total":1"#) && shape.contains("error there is no such document"), "{shape}");
    assert_eq!(bench.library.asked.lock().unwrap().last().unwrap().documents, Some(vec![ids[0]]));
    bench.close().await;
}

both_databases!(a_client_answers_for_its_own_tools);

async fn a_client_answers_for_its_own_tools(store: Store) {
    let bench = Bench::new(store).await;
    let (chat, other) = (bench.chat().await, bench.chat().await);
    let gone = CancellationToken::new();
    // Nothing is found: a client's tools may still know.
    bench.library.sources.lock().unwrap().clear();
    bench.model.will([call("get_weather", json!({"place": "Bonn"})), Step::Results]);
    let (accepted, mut stream) = ask(&bench, chat, "What is the weather?", declared(&gone)).await;
    let asked = next_call(&mut stream).await;
    assert_eq!((asked.tool.as_str(), asked.holder.as_deref()), ("get_weather", Some(HOLDER)));
    for (chat, holder, id) in
        [(chat, "socket-2", &*asked.id), (other, HOLDER, &*asked.id), (chat, HOLDER, "x")]
    {
        let said = bench.engine.answer_call(&bench.caller.scope, chat, holder, id, Ok(json!("fog"))).await;
        assert!(matches!(said, Err(ChatError::NotFound("tool call"))), "{holder} {id}: {said:?}");
    }
    answer(&bench, chat, &asked, Ok(json!({"sky": "clear"}))).await;
    let again =
        bench.engine.answer_call(&bench.caller.scope, chat, HOLDER, &asked.id, Ok(json!("fog"))).await;
    assert!(matches!(again, Err(ChatError::NotFound(_))), "{again:?}");
    let events = drain(bench.follow(chat, accepted.answer, -1).await).await;
    assert_eq!(
        shape(&events),
        r#"accepted | sources 0 | call get_weather {"place":"Bonn"} | result {"sky":"clear"} | text "{\"sky\":\"clear\"}" | completed stop []"#
    );

    bench.model.will([call("get_weather", json!({})), Step::Results]);
    let (accepted, mut stream) = ask(&bench, chat, "And tomorrow?", declared(&gone)).await;
    let asked = next_call(&mut stream).await;
    answer(&bench, chat, &asked, Err("no forecast".to_owned())).await;
    let events = drain(bench.follow(chat, accepted.answer, -1).await).await;
    assert!(
        shape(&events).contains(r#"error no forecast | text "Error: no forecast""#),
        "{}",
        shape(&events)
    );
    bench.close().await;
}

both_databases!(a_client_may_decide_about_the_built_in_tools);

async fn a_client_may_decide_about_the_built_in_tools(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    let gone = CancellationToken::new();
    for (said, expected) in [
        (Ok(Value::Null), r#"result {"passages""#),
        (Ok(json!(true)), r#"result {"passages""#),
        (Ok(json!(false)), "error the user does not want that"),
        (Ok(json!({"mine": 1})), r#"result {"mine":1}"#),
        (Err("no".to_owned()), "error no"),
    ] {
        bench.model.will([call("search_documents", json!({"query": "owls"})), say(&["Fine."])]);
        let tools = ClientTools { declared: Vec::new(), decider: Some(client(&gone)) };
        let (accepted, mut stream) = ask(&bench, chat, "Why?", tools).await;
        let asked = next_call(&mut stream).await;
        answer(&bench, chat, &asked, said).await;
        let events = drain(bench.follow(chat, accepted.answer, -1).await).await;
        assert!(shape(&events).contains(expected), "{}", shape(&events));
    }
    bench.close().await;
}

both_databases!(a_client_that_does_not_answer_is_not_waited_for_long);

async fn a_client_that_does_not_answer_is_not_waited_for_long(store: Store) {
    let settings = Settings { tool_timeout: Duration::from_millis(300), ..quick() };
    let bench = Bench::with(store, "node-a", Script::default(), settings).await;
    let chat = bench.chat().await;
    let gone = CancellationToken::new();
    let steps = || [call("get_weather", json!({})), call("get_weather", json!({})), say(&["I do not know."])];
    bench.model.will(steps());
    let begun = Instant::now();
    let (_, stream) = ask(&bench, chat, "Weather?", declared(&gone)).await;
    let shape_of_late = shape(&drain(stream).await);
    assert_eq!(shape_of_late.matches("error it was not answered within 0.3 s").count(), 2, "{shape_of_late}");
    assert!(shape_of_late.ends_with("completed stop []"));
    assert!(begun.elapsed() < Duration::from_secs(3), "side by side: {:?}", begun.elapsed());

    bench.model.will(steps());
    let (accepted, mut stream) = ask(&bench, chat, "Weather?", declared(&gone)).await;
    next_call(&mut stream).await;
    gone.cancel();
    let events = drain(bench.follow(chat, accepted.answer, -1).await).await;
    assert!(shape(&events).contains("error the client that offers it has gone"), "{}", shape(&events));
    bench.close().await;
}

both_databases!(a_turn_that_waits_for_a_client_can_be_stopped);

async fn a_turn_that_waits_for_a_client_can_be_stopped(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    let gone = CancellationToken::new();
    bench.model.will([say(&["Let me ask. "]), call("get_weather", json!({})), say(&["never"])]);
    let (accepted, mut stream) = ask(&bench, chat, "Weather?", declared(&gone)).await;
    let asked = next_call(&mut stream).await;
    let begun = Instant::now();
    assert!(bench.engine.cancel(&bench.caller.scope, chat, None).await.unwrap().is_some());
    let events = drain(bench.follow(chat, accepted.answer, -1).await).await;
    assert!(begun.elapsed() < Duration::from_secs(1));
    assert_eq!(
        shape(&events),
        r#"accepted | sources 1 | text "Let me ask. " | call get_weather {} | text "" | cancelled"#
    );
    let late = bench.engine.answer_call(&bench.caller.scope, chat, HOLDER, &asked.id, Ok(json!("fog"))).await;
    assert!(matches!(late, Err(ChatError::NotFound("tool call"))), "{late:?}");
    assert_eq!(bench.last(chat).await.0, MessageStatus::Cancelled);
    bench.close().await;
}

both_databases!(tools_are_replayed_by_another_node_and_after_a_death);

async fn tools_are_replayed_by_another_node_and_after_a_death(store: Store) {
    let bench = Bench::with(store.clone(), "node-a", Script::default(), quick()).await;
    let chat = bench.chat().await;
    let gone = CancellationToken::new();
    bench.library.shelves.lock().unwrap().insert("owls".to_owned(), vec![source("owl.md", "Owls hoot.")]);
    bench.model.will([
        slowly(),
        say(&["One ", "two. "]),
        call("search_documents", json!({"query": "owls"})),
        say(&["Three ", "four. "]),
        call("get_weather", json!({})),
        say(&["Five [2]."]),
    ]);
    let (accepted, mut stream) = ask(&bench, chat, "Why?", declared(&gone)).await;
    // Another process follows from the database while this one still writes.
    let other = Bench::with(
        store.clone(),
        "node-b",
        Script::default(),
        Settings { ownership: docent::chat::Ownership::Shared, ..quick() },
    )
    .await;
    let mirrored = other.follow(chat, accepted.answer, -1).await;
    next_call(&mut stream).await;
    let asked = next_call(&mut stream).await;
    // What another process has seen is stored.
    let mut stored = other.follow(chat, accepted.answer, -1).await;
    next_call(&mut stored).await;
    assert_eq!(next_call(&mut stored).await.id, asked.id);

    // A process that takes this one for dead ends it with everything that is stored.
    let heir = Bench::with(store, "node-c", Script::default(), quick()).await;
    heir.take_over().await;
    let expected = concat!(
        r#"accepted | sources 1 | text "One two. " | call search_documents {"query":"owls"} | sources 2 | "#,
        r#"result {"passages":[{"number":2,"id":"1:1:owl.md","document_id":1,"filename":"owl.md","page":3}]} | "#,
        r#"text "\n\nThree four. " | call get_weather {} | text "" | interrupted"#
    );
    assert_eq!(shape(&drain(heir.follow(chat, accepted.answer, -1).await).await), expected);
    assert_eq!(shape(&drain(mirrored).await), expected);
    let mut rest = Vec::new();
    while let Some(event) = stream.next().await {
        rest.push(event);
    }
    assert!(matches!(rest.last(), Some(TurnEvent::Interrupted { .. })), "{rest:?}");
    let late = bench.engine.answer_call(&bench.caller.scope, chat, HOLDER, &asked.id, Ok(json!("fog"))).await;
    assert!(late.is_err());
    for bench in [bench, other, heir] {
        bench.close().await;
    }
}
