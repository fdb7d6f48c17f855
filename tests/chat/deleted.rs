//! Answers under way while a document that they stand on is deleted.

use docent::domain::chat::TurnEvent;
use docent::domain::source::Source;
use docent::models::{Script, Step};
use docent::store::Store;

use super::bench::{Bench, NOW, drain, quick, say};
use crate::support::databases::both_databases;

both_databases!(who_joins_after_the_deletion_is_told_nothing_of_the_document);

async fn who_joins_after_the_deletion_is_told_nothing_of_the_document(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    bench.model.will([say(&["They "]), Step::Pause { ms: 300 }, say(&["eat [1]."])]);
    let (accepted, mut stream) = bench.ask(chat, "What do birds eat?").await;
    let found = loop {
        if let TurnEvent::Sources(sources) = stream.next().await.unwrap() {
            break sources;
        }
    };
    assert_eq!(found[0].content, "Kestrels eat voles.");
    bench.delete_shelved().await;
    let late = drain(bench.follow(chat, accepted.answer, -1).await).await;
    drain(stream).await;
    let stored = drain(bench.follow(chat, accepted.answer, -1).await).await;
    for events in [late, stored] {
        let [blank]: [Source; 1] = sources(&events).try_into().unwrap();
        assert!(blank.deleted && blank.content.is_empty(), "{blank:?}");
        assert_eq!(blank.filename, "deleted document");
        assert!(matches!(events.last(), Some(TurnEvent::Completed(done)) if done.cited == [1]), "{events:?}");
    }
    bench.close().await;
}

both_databases!(an_answer_ends_with_its_chat_and_says_so);

async fn an_answer_ends_with_its_chat_and_says_so(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    bench.model.will([say(&["They "]), Step::Pause { ms: 60_000 }]);
    let (_, mut stream) = bench.ask(chat, "What do birds eat?").await;
    while !matches!(stream.next().await.unwrap(), TurnEvent::Token(_)) {}
    let mut tx = bench.store.begin().await.unwrap();
    assert!(tx.delete_chat(&bench.caller.scope, chat, NOW).await.unwrap());
    tx.commit().await.unwrap();
    let events = drain(stream).await;
    assert_eq!(events.last(), Some(&TurnEvent::lost()), "{events:?}");
    bench.close().await;
}

both_databases!(an_answer_that_another_node_writes_ends_with_its_chat_and_says_so);

async fn an_answer_that_another_node_writes_ends_with_its_chat_and_says_so(store: Store) {
    let bench = Bench::new(store.clone()).await;
    let elsewhere = Bench::with(store, "node-b", Script::say(["They "]), quick()).await;
    let chat = bench.chat().await;
    bench.model.will([say(&["They "]), Step::Pause { ms: 60_000 }]);
    let (accepted, mut stream) = bench.ask(chat, "What do birds eat?").await;
    while !matches!(stream.next().await.unwrap(), TurnEvent::Token(_)) {}
    let there = elsewhere.follow(chat, accepted.answer, -1).await;
    let mut tx = bench.store.begin().await.unwrap();
    assert!(tx.delete_chat(&bench.caller.scope, chat, NOW).await.unwrap());
    tx.commit().await.unwrap();
    let events = drain(there).await;
    assert_eq!(events.last(), Some(&TurnEvent::lost()), "{events:?}");
    drain(stream).await;
    elsewhere.close().await;
    bench.close().await;
}

fn sources(events: &[TurnEvent]) -> Vec<Source> {
    let found = events.iter().find_map(|event| match event {
        TurnEvent::Sources(sources) => Some(sources.clone()),
        _ => None,
    });
    found.unwrap()
}
