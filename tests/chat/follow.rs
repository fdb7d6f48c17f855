//! Followers get exactly the rest, from memory, from the database, and from another node.

use std::time::Duration;

use docent::chat::{ChatError, Ownership, Settings};
use docent::domain::chat::TurnEvent;
use docent::domain::{Scope, UserId};
use docent::models::Script;
use docent::store::Store;
use futures_util::StreamExt;

use super::bench::{Bench, drain, quick, say, shape, slowly};
use crate::support::databases::both_databases;

fn text(events: &[TurnEvent]) -> String {
    let frames = events.iter().filter_map(|event| match event {
        TurnEvent::Token(frame) => Some(frame.text.as_str()),
        _ => None,
    });
    frames.collect()
}

both_databases!(a_resume_from_any_seq_gets_the_rest);

async fn a_resume_from_any_seq_gets_the_rest(store: Store) {
    let script = Script::of([slowly(), say(&["ä", "b", "红", "d", "e"])]);
    let bench = Bench::with(store.clone(), "node-a", script, quick()).await;
    let chat = bench.chat().await;
    let (accepted, stream) = bench.ask(chat, "Why?").await;
    let mut during = Vec::new();
    for after in -1..=5 {
        during.push(bench.follow(chat, accepted.answer, after).await);
    }
    let whole = drain(stream).await;
    assert_eq!(text(&whole), "äb红de");
    // A second engine has nothing in memory.
    let other = Bench::with(store, "node-b", Script::default(), quick()).await;
    for (after, stream) in (-1..=5).zip(during) {
        let rest: String = "äb红de".chars().skip(usize::try_from(after + 1).unwrap()).collect();
        let live = drain(stream).await;
        assert_eq!(text(&live), rest, "live, after {after}");
        let replayed = drain(other.follow(chat, accepted.answer, after).await).await;
        assert_eq!(replayed, live, "from the database, after {after}");
    }
    bench.close().await;
    other.close().await;
}

both_databases!(another_node_follows_live_and_cancels);

async fn another_node_follows_live_and_cancels(store: Store) {
    let settings =
        Settings { ownership: Ownership::Shared, content_timeout: Duration::from_secs(30), ..quick() };
    let script = Script::of([slowly(), say(&["a", "b", "c", "d", "e", "f"]), docent::models::Step::Hang]);
    let writer = Bench::with(store.clone(), "node-a", script, settings.clone()).await;
    let reader = Bench::with(store, "node-b", Script::default(), settings).await;
    let chat = writer.chat().await;
    let (accepted, mine) = writer.ask(chat, "Why?").await;
    let mut theirs = reader.follow(chat, accepted.answer, -1).await;
    let mut seen = Vec::new();
    while text(&seen) != "abcdef" {
        seen.push(theirs.next().await.unwrap());
    }
    let cancelled = reader.engine.cancel(&reader.caller.scope, chat, None).await.unwrap();
    assert_eq!(cancelled, Some(accepted.answer));
    seen.extend(drain(theirs).await);
    assert_eq!(shape(&seen), r#"accepted | sources 1 | text "abcdef" | cancelled"#);
    assert_eq!(drain(mine).await, seen);
    writer.close().await;
    reader.close().await;
}

both_databases!(a_slow_reader_loses_nothing_and_gets_longer_frames);

async fn a_slow_reader_loses_nothing_and_gets_longer_frames(store: Store) {
    let script = Script::of([slowly(), say(&["a", "b", "c", "d", "e", "f", "g", "h"])]);
    let bench = Bench::with(store, "node-a", script, quick()).await;
    let chat = bench.chat().await;
    let (accepted, stream) = bench.ask(chat, "Why?").await;
    let mut slow = bench.follow(chat, accepted.answer, -1).await;
    slow.next().await.unwrap();
    slow.next().await.unwrap();
    let last = drain(stream).await.iter().rev().find_map(|event| match event {
        TurnEvent::Token(frame) => Some(frame.seq),
        _ => None,
    });
    let Some(TurnEvent::Token(frame)) = slow.next_joined(1_024).await else { panic!("no frame") };
    // How many frames the words came in depends on how soon they followed one another.
    assert_eq!((frame.first_seq, Some(frame.seq), frame.text.as_str()), (0, last, "abcdefgh"));
    assert!(frame.seq > 0, "several frames were joined: {frame:?}");
    assert!(slow.next().await.unwrap().is_terminal());
    bench.close().await;
}

both_databases!(turns_of_others_do_not_exist);

async fn turns_of_others_do_not_exist(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    let (accepted, stream) = bench.ask(chat, "Why?").await;
    drain(stream).await;
    let stranger = Scope::made_by_auth(UserId::from(99), false);
    let engine = &bench.engine;
    let missing = |error: &ChatError| matches!(error, ChatError::NotFound(_));
    assert!(missing(&engine.follow(&stranger, chat, accepted.answer, -1).await.unwrap_err()));
    assert!(missing(&engine.cancel(&stranger, chat, None).await.unwrap_err()));
    assert!(missing(&engine.trace(&stranger, chat, accepted.answer).await.unwrap_err()));
    assert!(missing(&engine.summarise(&stranger, chat).await.unwrap_err()));
    assert!(missing(&engine.streaming(&stranger, chat).await.unwrap_err()));
    assert!(missing(&engine.start(&stranger, bench.question(chat, "Mine?")).await.unwrap_err()));
    let caller = &bench.caller.principal;
    assert!(missing(&engine.regenerate(&stranger, caller, chat, accepted.answer).await.unwrap_err()));

    // A child is looked up through its parent: the right answer in the wrong chat is no answer.
    let other = bench.chat().await;
    let scope = &bench.caller.scope;
    assert!(missing(&engine.follow(scope, other, accepted.answer, -1).await.unwrap_err()));
    assert!(missing(&engine.trace(scope, other, accepted.answer).await.unwrap_err()));
    assert!(missing(&engine.cancel(scope, other, Some(accepted.answer)).await.unwrap_err()));
    assert_eq!(engine.cancel(scope, chat, Some(accepted.answer)).await.unwrap(), None, "it is over");
    assert!(missing(&engine.regenerate(scope, caller, other, accepted.answer).await.unwrap_err()));
    bench.close().await;
}

both_databases!(what_runs_in_a_chat_is_told_to_its_readers_alone);

async fn what_runs_in_a_chat_is_told_to_its_readers_alone(store: Store) {
    let bench = Bench::with(
        store,
        "node-a",
        Script::of([slowly(), docent::models::Step::Flood { words: 400 }]),
        quick(),
    )
    .await;
    let (chat, other) = (bench.chat().await, bench.chat().await);
    let (engine, scope) = (&bench.engine, &bench.caller.scope);
    let missing = |error: &ChatError| matches!(error, ChatError::NotFound(_));
    let (accepted, stream) = bench.ask(chat, "Why?").await;
    while engine.trace(scope, chat, accepted.answer).await.is_err() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // By the way of another chat that the caller may read, it is not there.
    assert!(missing(&engine.trace(scope, other, accepted.answer).await.unwrap_err()));
    assert!(missing(&engine.follow(scope, other, accepted.answer, -1).await.unwrap_err()));
    assert!(missing(&engine.cancel(scope, other, Some(accepted.answer)).await.unwrap_err()));

    let mut line = Vec::new();
    while let Ok(place) = engine.line_up(scope, bench.question(chat, "And then?")).await {
        line.push(place);
        assert!(line.len() < 100);
    }
    let stranger = Scope::made_by_auth(UserId::from(99), false);
    let full = engine.line_up(&stranger, bench.question(chat, "Mine?")).await.err().unwrap();
    assert!(missing(&full), "that many people wait is told to a stranger: {full}");
    drop(line);
    assert_eq!(engine.cancel(scope, chat, None).await.unwrap(), Some(accepted.answer));
    drain(stream).await;
    bench.close().await;
}

both_databases!(a_chats_answers_are_heard_of_once_each);

async fn a_chats_answers_are_heard_of_once_each(store: Store) {
    // Long enough to be still running when it is asked about, on a machine that is busy, too.
    let script = Script::of([slowly(), docent::models::Step::Flood { words: 60 }]);
    let bench = Bench::with(store, "node-a", script, quick()).await;
    let (chat, other) = (bench.chat().await, bench.chat().await);
    let (first, stream) = bench.ask(chat, "One?").await;
    let mut answers = bench.engine.answers(&bench.caller.scope, chat).await.unwrap();
    assert_eq!(answers.next().await, Some(first.answer), "the running one");
    let events: Vec<TurnEvent> = stream.events().collect().await;
    assert!(shape(&events).ends_with("completed stop []"));
    bench.turn(other, "Elsewhere?").await;
    let (second, stream) = bench.ask(chat, "Two?").await;
    assert_eq!(answers.next().await, Some(second.answer));
    drain(stream).await;
    drop(answers);
    bench.close().await;
}
