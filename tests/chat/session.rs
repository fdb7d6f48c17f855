//! Chats by the names of their clients, and what is remembered of a long session.

use docent::chat::{ChatError, Named, Opening, Settings};
use docent::domain::chat::{Speaker, TurnEvent, Visibility};
use docent::domain::{ChatId, ProjectId, Scope, UserId};
use docent::models::{Script, Step};
use docent::store::{NewProject, Store, Window};

use super::bench::{Bench, NOW, drain, quick, say};
use crate::support::databases::both_databases;

fn opening(name: &str, project: Option<ProjectId>) -> Opening {
    Opening {
        named: Some(Named::parse(name).unwrap()),
        project,
        project_field: "project",
        visibility: Visibility::Private,
    }
}

async fn project(bench: &Bench, name: &str) -> ProjectId {
    let mut tx = bench.store.begin().await.unwrap();
    let new = NewProject {
        name,
        description: "",
        settings: &serde_json::json!({}),
        owner: bench.caller.principal.user,
        personal_of: None,
        created_at: NOW,
    };
    let id = tx.insert_project(&new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

both_databases!(a_name_is_one_chat_of_its_caller);

async fn a_name_is_one_chat_of_its_caller(store: Store) {
    let bench = Bench::new(store).await;
    let (engine, scope) = (&bench.engine, &bench.caller.scope);
    let second = project(&bench, "Second").await;
    let first = engine.open(scope, opening("my talk", None)).await.unwrap();
    assert_eq!(first.project, bench.project);
    assert_eq!(engine.open(scope, opening("my talk", None)).await.unwrap(), first);
    assert_eq!(engine.open(scope, opening(&first.chat.to_string(), None)).await.unwrap(), first);
    assert_eq!(engine.find(scope, &Named::parse("my talk").unwrap()).await.unwrap(), first);

    // Nothing was said in it yet, so its name may still mean a chat of another project; by its id it does not.
    let by_id = engine.open(scope, opening(&first.chat.to_string(), Some(second))).await;
    assert!(matches!(by_id, Err(ChatError::Invalid { field: "project", .. })), "{by_id:?}");
    let moved = engine.open(scope, opening("my talk", Some(second))).await.unwrap();
    assert_eq!((moved.chat, moved.project), (first.chat, second));
    bench.turn(first.chat, "What do kestrels eat?").await;
    let too_late = engine.open(scope, opening("my talk", Some(bench.project))).await;
    assert!(matches!(too_late, Err(ChatError::Invalid { field: "project", .. })), "{too_late:?}");

    for (name, project) in [("new", Some(ProjectId::from(999))), ("999", None)] {
        let missing = engine.open(scope, opening(name, project)).await;
        assert!(matches!(missing, Err(ChatError::NotFound(_))), "{missing:?}");
    }
    let stranger = Scope::made_by_auth(UserId::from(77), false);
    for name in ["my talk", &first.chat.to_string()] {
        let missing = engine.find(&stranger, &Named::parse(name).unwrap()).await;
        assert!(matches!(missing, Err(ChatError::NotFound("chat"))), "{missing:?}");
    }
    bench.close().await;
}

both_databases!(one_chat_is_opened_however_many_want_it);

async fn one_chat_is_opened_however_many_want_it(store: Store) {
    let bench = Bench::new(store).await;
    let opened = (0..8).map(|_| bench.engine.open(&bench.caller.scope, opening("the same", None)));
    let opened: Vec<_> = futures_util::future::join_all(opened).await;
    let chats: std::collections::BTreeSet<ChatId> =
        opened.into_iter().map(|opened| opened.unwrap().chat).collect();
    assert_eq!(chats.len(), 1);
    bench.close().await;
}

both_databases!(a_question_in_line_can_leave_again);

async fn a_question_in_line_can_leave_again(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    let scope = &bench.caller.scope;
    bench.model.will([say(&["They "]), Step::Hang]);
    let (_, running) = bench.ask(chat, "First?").await;
    let second = bench.engine.line_up(scope, bench.question(chat, "Second?")).await.unwrap();
    let third = bench.engine.line_up(scope, bench.question(chat, "Third?")).await.unwrap();
    drop(second);
    let third = tokio::join!(third.start(), async {
        bench.engine.cancel(scope, chat, None).await.unwrap();
        drain(running).await;
    })
    .0
    .unwrap();
    drain(third.stream).await;
    let mut tx = bench.store.read().await.unwrap();
    let said = tx.messages(chat, Window { skip: 0, limit: 10 }).await.unwrap().items;
    let asked: Vec<&str> = said
        .iter()
        .filter(|message| message.speaker == Speaker::User)
        .map(|message| message.content.as_str())
        .collect();
    assert_eq!(asked, ["First?", "Third?"]);
    drop(tx);
    let nowhere = bench.engine.line_up(scope, bench.question(999.into(), "Where?")).await;
    assert!(matches!(nowhere.err(), Some(ChatError::NotFound("chat"))));
    bench.close().await;
}

both_databases!(a_long_session_is_summed_up_and_keeps_its_thread);

async fn a_long_session_is_summed_up_and_keeps_its_thread(store: Store) {
    let settings = Settings { summary_after: 2, ..quick() };
    let bench = Bench::with(store, "node-a", Script::say(["They ", "eat ", "voles [1]."]), settings).await;
    let chat = bench.chat().await;
    let scope = &bench.caller.scope;
    let ask = async |content: &str| {
        let mut question = bench.question(chat, content);
        question.options.sum_up = true;
        question.options.max_history = Some(2);
        drain(bench.engine.start_when_free(scope, question).await.unwrap().stream).await
    };
    let summaries = async || {
        let mut tx = bench.store.read().await.unwrap();
        let said = tx.messages(chat, Window { skip: 0, limit: 100 }).await.unwrap().items;
        said.iter().enumerate().filter(|(_, message)| message.summary).map(|(n, _)| n).collect::<Vec<_>>()
    };
    ask("What do kestrels eat?").await;
    ask("What do owls eat in the long nights of winter?").await;
    // The third waits for the summary, which thus stands before it.
    ask("What do storks eat on the meadows in spring?").await;
    assert_eq!(summaries().await, [4]);
    let prompt = bench.model.asked().pop().unwrap();
    let summary = &prompt.messages[1].content;
    assert!(summary.starts_with("Summary of our talk so far: - What do kestrels eat?"), "{summary}");

    // One that is due when the answer fails is made up for after the next.
    bench.model.will([Step::Fail { status: 500 }]);
    let failed = ask("What do cranes eat on their long way?").await;
    assert!(matches!(failed.last(), Some(TurnEvent::Failed { .. })));
    assert_eq!(summaries().await, [4]);
    ask("What do swifts eat high above the town?").await;
    ask("What do terns eat out on the open sea?").await;
    assert_eq!(summaries().await[..2], [4, 11]);
    ask("What do wrens eat down in the hedge?").await;
    assert_eq!(summaries().await, [4, 11, 14]);
    bench.close().await;
}

both_databases!(an_exchange_is_told_as_it_is_stored);

async fn an_exchange_is_told_as_it_is_stored(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    let scope = &bench.caller.scope;
    bench.turn(chat, "What do kestrels eat?").await;
    let mut question = bench.question(chat, "And owls?");
    question.options.metadata = serde_json::json!({"client": {"version": 7}}).as_object().cloned();
    let started = bench.engine.start(scope, question).await.unwrap();
    let (answer, task) = (started.accepted.answer, started.task.clone());
    drain(started.stream).await;
    let exchange = bench.engine.exchange(scope, chat, answer).await.unwrap();
    assert_eq!((exchange.task, exchange.questions), (task, 2));
    assert_eq!(exchange.question.content, "And owls?");
    assert_eq!((exchange.answer.id, exchange.answer.content.as_str()), (answer, "They eat voles [1]."));
    assert_eq!(exchange.metadata["client"]["version"], 7);
    assert_eq!(exchange.answer.sources.len(), 1);
    let missing = bench.engine.exchange(scope, chat, exchange.question.id).await;
    assert!(matches!(missing, Err(ChatError::NotFound("answer"))), "{missing:?}");
    bench.close().await;
}
