//! What a process leaves behind when it dies or stops, and who ends it.

use std::time::Duration;

use docent::chat::{ChatError, Ownership, Settings};
use docent::domain::MessageId;
use docent::domain::chat::{MessageStatus, TurnEvent};
use docent::domain::{ChatId, Timestamp};
use docent::models::{Script, Step};
use docent::store::{Backend, Store, StoreSettings, Window};

use super::bench::{Bench, NOW, drain, quick, say, shape, slowly};
use crate::support::databases::both_databases;

fn patient() -> Settings {
    Settings { content_timeout: Duration::from_secs(30), ..quick() }
}

/// Begins a turn in a runtime of its own and kills that once some of the answer is stored.
async fn killed_in_the_middle(address: Backend, ownership: Ownership) -> (ChatId, MessageId) {
    let (tell, told) = tokio::sync::oneshot::channel();
    let thread = std::thread::spawn(move || {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let started = runtime.block_on(async {
            let store = Store::open(&StoreSettings::new(address)).await.unwrap();
            let script = Script::of([slowly(), say(&["They ", "eat ", "voles"]), Step::Hang]);
            let settings = Settings { ownership, ..patient() };
            let bench = Bench::with(store, "node-dead", script, settings).await;
            let chat = bench.chat().await;
            let (accepted, _stream) = bench.ask(chat, "What do kestrels eat?").await;
            loop {
                tokio::time::sleep(Duration::from_millis(10)).await;
                let mut tx = bench.store.read().await.unwrap();
                let stored = tx.segments(accepted.answer, 0).await.unwrap();
                if stored.iter().map(|segment| segment.text.len()).sum::<usize>() >= "They eat voles".len() {
                    break;
                }
            }
            std::mem::forget(bench);
            (chat, accepted.answer)
        });
        runtime.shutdown_background();
        tell.send(started).unwrap();
    });
    let started = told.await.unwrap();
    thread.join().unwrap();
    started
}

async fn dead_turn_is_ended(address: Backend) {
    let (chat, answer) = killed_in_the_middle(address.clone(), Ownership::Sole).await;
    let store = Store::open(&StoreSettings::new(address)).await.unwrap();
    let bench = Bench::with(store, "node-new", Script::say(["Again."]), quick()).await;
    let busy = bench.engine.start(&bench.caller.scope, bench.question(chat, "And now?")).await;
    assert!(matches!(busy, Err(ChatError::Busy)), "{busy:?}");

    let waiting = bench.follow(chat, answer, -1).await;
    assert_eq!(bench.engine.recover().await.unwrap(), 1);
    assert_eq!(bench.engine.recover().await.unwrap(), 0);
    let events = drain(waiting).await;
    assert_eq!(shape(&events), r#"accepted | sources 1 | text "They eat voles" | interrupted"#);
    assert_eq!(bench.last(chat).await, (MessageStatus::Interrupted, "They eat voles".to_owned()));
    assert!(shape(&bench.turn(chat, "And now?").await).ends_with("completed stop []"));
    bench.close().await;
}

#[tokio::test]
async fn a_killed_process_leaves_an_interrupted_answer_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    dead_turn_is_ended(Backend::Sqlite(folder.path().join("docent.db"))).await;
}

#[tokio::test]
async fn a_killed_process_leaves_an_interrupted_answer_postgres() {
    let address = crate::support::postgres::fresh_database().await;
    dead_turn_is_ended(Backend::parse(&address).unwrap()).await;
}

#[tokio::test]
async fn among_several_nodes_a_turn_is_ended_when_its_lease_stands_still() {
    let address = Backend::parse(&crate::support::postgres::fresh_database().await).unwrap();
    let (chat, _) = killed_in_the_middle(address.clone(), Ownership::Shared).await;
    let store = Store::open(&StoreSettings::new(address)).await.unwrap();
    let settings = Settings { ownership: Ownership::Shared, ..patient() };
    let hang = Script::of([say(&["alive"]), Step::Hang]);
    let alive = Bench::with(store.clone(), "node-alive", hang, settings.clone()).await;
    let sweeper = Bench::with(store, "node-sweeper", Script::default(), settings).await;
    let other = alive.chat().await;
    let (_, stream) = alive.ask(other, "Why?").await;

    assert_eq!(sweeper.engine.recover().await.unwrap(), 0, "seen for the first time");
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(sweeper.engine.recover().await.unwrap(), 1, "the living one has renewed its lease");
    assert_eq!(sweeper.last(chat).await.0, MessageStatus::Interrupted);
    assert_eq!(sweeper.last(other).await.0, MessageStatus::Streaming);
    alive.engine.cancel(&alive.caller.scope, other, None).await.unwrap();
    assert!(shape(&drain(stream).await).ends_with("\"alive\" | cancelled"));
    alive.close().await;
    sweeper.close().await;
}

both_databases!(a_writer_that_was_thought_dead_writes_no_more);

async fn a_writer_that_was_thought_dead_writes_no_more(store: Store) {
    let script = Script::of([slowly(), say(&["a", "b", "c"]), Step::Hang]);
    let slow = Settings { renew_every: Duration::from_millis(150), ..patient() };
    let bench = Bench::with(store.clone(), "node-a", script, slow).await;
    let chat = bench.chat().await;
    let (_, mut stream) = bench.ask(chat, "Why?").await;
    for _ in 0..4 {
        stream.next().await.unwrap();
    }
    // As the only owner, this engine holds every other process for dead.
    let usurper = Bench::with(store, "node-b", Script::default(), quick()).await;
    usurper.take_over().await;
    let mut events = Vec::new();
    while let Some(event) = stream.next().await {
        events.push(event);
    }
    assert!(matches!(events.last(), Some(TurnEvent::Interrupted { .. })), "{events:?}");
    assert_eq!(bench.last(chat).await.0, MessageStatus::Interrupted);
    assert_eq!(bench.model.open(), 0);
    bench.close().await;
    usurper.close().await;
}

both_databases!(shutdown_waits_a_while_and_then_interrupts);

async fn shutdown_waits_a_while_and_then_interrupts(store: Store) {
    let bench = Bench::with(store, "node-a", Script::default(), patient()).await;
    let (quick, endless) = (bench.chat().await, bench.chat().await);
    bench.model.will([slowly(), say(&["a", "b"])]);
    let (_, first) = bench.ask(quick, "Quick?").await;
    // The scripts are dealt out in the order in which the model is asked.
    while bench.model.asked().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    bench.model.will([say(&["x"]), Step::Hang]);
    let (_, second) = bench.ask(endless, "Endless?").await;
    bench.engine.shutdown(Duration::from_secs(3)).await;
    assert_eq!(shape(&drain(first).await), r#"accepted | sources 1 | text "ab" | completed stop []"#);
    assert_eq!(shape(&drain(second).await), r#"accepted | sources 1 | text "x" | interrupted"#);
    assert_eq!(bench.last(endless).await, (MessageStatus::Interrupted, "x".to_owned()));
    let refused = bench.engine.start(&bench.caller.scope, bench.question(quick, "More?")).await;
    assert!(matches!(refused, Err(ChatError::Stopping)), "{refused:?}");
    bench.close().await;
}

both_databases!(the_turn_of_a_deleted_chat_stops);

async fn the_turn_of_a_deleted_chat_stops(store: Store) {
    let bench = Bench::with(store, "node-a", Script::of([say(&["x"]), Step::Hang]), patient()).await;
    let chat = bench.chat().await;
    let (accepted, stream) = bench.ask(chat, "Why?").await;
    let mut tx = bench.store.begin().await.unwrap();
    assert!(tx.delete_chat(&bench.caller.scope, chat, NOW).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(drain(stream).await.last(), Some(&TurnEvent::lost()));
    assert_eq!(bench.model.open(), 0);
    let gone = bench.engine.follow(&bench.caller.scope, chat, accepted.answer, -1).await;
    assert!(matches!(gone, Err(ChatError::NotFound(_))), "{gone:?}");
    bench.close().await;
}

both_databases!(frames_are_forgotten_a_day_after_the_end);

async fn frames_are_forgotten_a_day_after_the_end(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    let (accepted, stream) = bench.ask(chat, "Why?").await;
    drain(stream).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.forget_turns(Timestamp::from_micros(i64::MAX)).await.unwrap();
    tx.commit().await.unwrap();
    let mut stream = bench.follow(chat, accepted.answer, -1).await;
    let mut last = None;
    while let Some(event) = stream.next().await {
        last = Some(event);
    }
    let Some(TurnEvent::Completed(done)) = last else { panic!("{last:?}") };
    assert_eq!(done.content, "They eat voles [1].", "the end still has the whole answer");
    let mut tx = bench.store.read().await.unwrap();
    assert_eq!(tx.messages(chat, Window { skip: 0, limit: 10 }).await.unwrap().total, 2);
    drop(tx);
    bench.close().await;
}
