//! However a turn goes, its events come in one order and end once, and the database says the same afterwards.

use std::time::Duration;

use docent::chat::{ChatError, Settings};
use docent::domain::chat::{MessageStatus, TurnEvent};
use docent::models::{Script, Step};
use docent::store::Store;
use tokio::time::Instant;

use super::bench::{Bench, drain, quick, say, shape, slowly};
use crate::support::databases::both_databases;

both_databases!(a_turn_goes_from_question_to_answer);

async fn a_turn_goes_from_question_to_answer(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    bench.model.will([
        say(&["They ", "eat ", "voles [1", "] and [2] mice."]),
        Step::Usage { prompt_tokens: 9, completion_tokens: 4 },
    ]);
    let events = bench.turn(chat, "What do kestrels eat?").await;
    assert_eq!(
        shape(&events),
        r#"accepted | sources 1 | text "They eat voles [1] and mice." | completed stop [1]"#
    );
    let Some(TurnEvent::Completed(done)) = events.last() else { panic!("{events:?}") };
    assert_eq!((done.prompt_tokens, done.completion_tokens, done.sources_count), (Some(9), Some(4), 1));
    assert_eq!(done.model, "scripted");
    assert_eq!(bench.last(chat).await, (MessageStatus::Completed, done.content.clone()));

    let TurnEvent::Accepted(accepted) = &events[0] else { panic!("{events:?}") };
    let mut tx = bench.store.read().await.unwrap();
    let stored = tx.message(chat, accepted.answer).await.unwrap().unwrap();
    assert_eq!(TurnEvent::Sources(stored.sources), events[1]);
    assert_eq!(stored.facts.cited, [1]);
    assert_eq!(stored.question, Some(accepted.question));
    drop(tx);
    let trace = bench.engine.trace(&bench.caller.scope, chat, accepted.answer).await.unwrap();
    assert_eq!(trace["search"]["found"], 1);
    bench.close().await;
}

both_databases!(failures_end_the_turn_and_free_the_chat);

async fn failures_end_the_turn_and_free_the_chat(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    let mut seen = Vec::new();
    for steps in [
        vec![Step::Fail { status: 500 }],
        vec![say(&["It is "]), Step::Fail { status: 500 }],
        vec![say(&["It is "]), Step::Truncate],
        vec![say(&["It is "]), Step::Panic],
        vec![Step::Panic],
        vec![say(&["It is "]), Step::Hang],
        vec![Step::Hang],
        vec![say(&[" "])],
        vec![say(&["Cut"]), Step::RunOut],
    ] {
        // A model that says nothing is asked once more, without tools.
        if steps == [say(&[" "])] {
            bench.model.will(steps.clone());
        }
        bench.model.will(steps);
        let events = bench.turn(chat, "Why?").await;
        let shape = shape(&events);
        let (status, content) = bench.last(chat).await;
        let stored = shape.contains(&format!("{content:?} | {}", status.name()));
        assert!(stored, "{shape} is stored as {status:?} {content:?}");
        seen.push(shape.replace("accepted | sources 1 | ", ""));
    }
    assert_eq!(
        seen,
        [
            r#"text "" | failed llm_unavailable"#,
            r#"text "It is " | failed llm_unavailable"#,
            r#"text "It is " | failed llm_unavailable"#,
            r#"text "It is" | failed internal"#,
            r#"text "" | failed internal"#,
            r#"text "It is " | failed llm_unavailable"#,
            r#"text "" | failed llm_unavailable"#,
            r#"text "" | failed llm_unavailable"#,
            r#"text "Cut" | completed length []"#,
        ]
    );
    bench.close().await;
}

both_databases!(without_retrieval_there_is_no_answer);

async fn without_retrieval_there_is_no_answer(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    *bench.library.away.lock().unwrap() = true;
    let events = bench.turn(chat, "Why?").await;
    assert_eq!(shape(&events), r#"accepted | text "" | failed retrieval_unavailable"#);
    let Some(TurnEvent::Failed { message, .. }) = events.last() else { panic!("{events:?}") };
    assert!(!message.contains("secret"), "{message}");
    assert_eq!(bench.model.asked().len(), 0);
    bench.close().await;
}

both_databases!(nothing_relevant_is_said_in_the_questions_language);

async fn nothing_relevant_is_said_in_the_questions_language(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    bench.library.sources.lock().unwrap().clear();
    let events = bench.turn(chat, "Was fressen Turmfalken?").await;
    assert_eq!(
        shape(&events),
        r#"accepted | sources 0 | text "Die Dokumente dieses Projekts enthalten keine Antwort auf diese Frage." | completed no_answer []"#
    );
    assert_eq!(bench.model.asked().len(), 0, "there is nothing to answer from");
    bench.close().await;
}

both_databases!(cancelling_works_at_every_point);

async fn cancelling_works_at_every_point(store: Store) {
    let settings = Settings { content_timeout: Duration::from_secs(30), ..quick() };
    let script = Script::of([slowly(), say(&["a", "b", "c", "d"]), Step::Hang]);
    let bench = Bench::with(store, "node-a", script, settings).await;
    let chat = bench.chat().await;
    for events_first in 0..6 {
        let (accepted, mut stream) = bench.ask(chat, "Why?").await;
        for _ in 0..events_first {
            stream.next().await.unwrap();
        }
        let begun = Instant::now();
        let cancelled = bench.engine.cancel(&bench.caller.scope, chat, Some(accepted.answer)).await.unwrap();
        assert_eq!(cancelled, Some(accepted.answer));
        let events = drain(bench.follow(chat, accepted.answer, -1).await).await;
        assert!(begun.elapsed() < Duration::from_secs(1), "after {events_first} events");
        let shape = shape(&events);
        assert!(shape.ends_with("| cancelled"), "{shape}");
        assert_eq!(bench.model.open(), 0, "the provider still writes");
        let (status, content) = bench.last(chat).await;
        assert_eq!(status, MessageStatus::Cancelled);
        assert!(
            "abcd".starts_with(&content) && content.len() >= usize::saturating_sub(events_first, 2),
            "{content}"
        );
    }
    assert_eq!(bench.engine.cancel(&bench.caller.scope, chat, None).await.unwrap(), None);
    bench.close().await;
}

both_databases!(a_chat_writes_one_answer_at_a_time);

async fn a_chat_writes_one_answer_at_a_time(store: Store) {
    let bench = Bench::with(store, "node-a", Script::of([slowly(), say(&["a", "b"])]), quick()).await;
    let chat = bench.chat().await;
    let scope = &bench.caller.scope;
    let (one, other) = tokio::join!(
        bench.engine.start(scope, bench.question(chat, "One?")),
        bench.engine.start(scope, bench.question(chat, "Other?")),
    );
    let (winner, loser) = if one.is_ok() { (one, other) } else { (other, one) };
    assert!(matches!(loser, Err(ChatError::Busy)), "{loser:?}");
    drain(winner.unwrap().stream).await;
    let again = bench.turn(chat, "Again?").await;
    assert!(shape(&again).ends_with("completed stop []"));
    assert_eq!(bench.last(chat).await.1, "ab");
    let mut tx = bench.store.read().await.unwrap();
    assert_eq!(tx.count_questions(chat).await.unwrap(), 2, "the refused question is not stored");
    drop(tx);
    bench.close().await;
}

both_databases!(a_question_sent_twice_is_answered_once);

async fn a_question_sent_twice_is_answered_once(store: Store) {
    let bench = Bench::with(store, "node-a", Script::of([slowly(), say(&["a", "b"])]), quick()).await;
    let chat = bench.chat().await;
    let scope = &bench.caller.scope;
    let mut question = bench.question(chat, "Why?");
    question.client_message_id = Some("k1".to_owned());

    let first = bench.engine.start(scope, question.clone()).await.unwrap();
    let during = bench.engine.start(scope, question.clone()).await.unwrap();
    assert!(!first.repeated && during.repeated);
    assert_eq!((&first.accepted, &first.task), (&during.accepted, &during.task));
    let events = drain(first.stream).await;
    assert_eq!(drain(during.stream).await, events);
    let after = bench.engine.start(scope, question.clone()).await.unwrap();
    assert!(after.repeated);
    assert_eq!(drain(after.stream).await, events, "also out of the database");

    let elsewhere = bench.chat().await;
    question.chat = elsewhere;
    let other = bench.engine.start(scope, question).await.unwrap();
    assert!(!other.repeated, "keys belong to a chat");
    drain(other.stream).await;
    assert_eq!(bench.model.asked().len(), 2);
    bench.close().await;
}

both_databases!(questions_can_wait_for_their_chat);

async fn questions_can_wait_for_their_chat(store: Store) {
    let bench = Bench::with(store, "node-a", Script::of([slowly(), Step::Echo]), quick()).await;
    let chat = bench.chat().await;
    let scope = &bench.caller.scope;
    let engine = &bench.engine;
    let asked = (0..20).map(|n| {
        let question = bench.question(chat, &format!("question {n}?"));
        async move { engine.start_when_free(scope, question).await }
    });
    let begun: Vec<_> = futures_util::future::join_all(asked).await;
    let (waited, refused): (Vec<_>, Vec<_>) = begun.into_iter().partition(Result::is_ok);
    assert_eq!((waited.len(), refused.len()), (16, 4));
    assert!(refused.iter().all(|refused| matches!(refused, Err(ChatError::Busy))));
    drain(waited.into_iter().last().unwrap().unwrap().stream).await;
    let questions: Vec<String> = bench.model.asked().into_iter().map(|prompt| prompt.question).collect();
    let in_order: Vec<String> = (0..16).map(|n| format!("question {n}?")).collect();
    assert_eq!(questions, in_order);
    bench.close().await;
}

both_databases!(the_model_can_be_chosen_by_its_provider);

async fn the_model_can_be_chosen_by_its_provider(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    let scope = &bench.caller.scope;
    let question = bench.question(chat, "What do kestrels eat?");
    let started = bench.engine.start_by("extractive", scope, question.clone()).await.unwrap();
    let events = drain(started.stream).await;
    assert_eq!(
        shape(&events),
        r#"accepted | sources 1 | text "Kestrels eat voles. [1]" | completed stop [1]"#
    );
    let unknown = bench.engine.start_by("oracle", scope, question).await;
    assert!(matches!(unknown, Err(ChatError::Invalid { field: "provider", .. })), "{unknown:?}");
    bench.close().await;
}

both_databases!(an_endless_answer_is_cut);

async fn an_endless_answer_is_cut(store: Store) {
    let settings = Settings { longest_answer: 1_000, ..quick() };
    let bench = Bench::with(store, "node-a", Script::of([Step::Flood { words: 100_000 }]), settings).await;
    let chat = bench.chat().await;
    let events = bench.turn(chat, "Why?").await;
    let Some(TurnEvent::Completed(done)) = events.last() else { panic!("{events:?}") };
    assert_eq!(done.finish_reason.name(), "length");
    assert!((990..=1_000).contains(&done.content.len()));
    shape(&events);
    bench.close().await;
}

both_databases!(a_turn_goes_on_without_whoever_asked);

async fn a_turn_goes_on_without_whoever_asked(store: Store) {
    let bench = Bench::with(store, "node-a", Script::of([slowly(), say(&["a", "b", "c"])]), quick()).await;
    let chat = bench.chat().await;
    let mut watch = bench.engine.watch();
    {
        // Given up at once, as by a client that disconnects.
        let mut starting = Box::pin(bench.engine.start(&bench.caller.scope, bench.question(chat, "Why?")));
        let _ = futures_util::poll!(starting.as_mut());
    }
    let Some(docent::chat::Heard::Started(news)) = watch.next().await else { panic!("missed") };
    assert_eq!(news.chat, chat);
    let events = drain(bench.follow(chat, news.answer, -1).await).await;
    assert_eq!(shape(&events), r#"accepted | sources 1 | text "abc" | completed stop []"#);
    bench.close().await;
}

/// Random scripts, cancelled at random moments: the promises hold for each.
#[tokio::test]
async fn any_turn_keeps_the_order() {
    let seed: u64 = rand::random();
    println!("seed {seed}");
    let mut random: rand::rngs::StdRng = rand::SeedableRng::seed_from_u64(seed);
    let test = crate::support::databases::TestStore::sqlite().await;
    let settings = Settings { content_timeout: Duration::from_millis(60), ..quick() };
    let bench = Bench::with(test.store.clone(), "node-a", Script::default(), settings).await;
    for round in 0..60 {
        let chat = bench.chat().await;
        bench.model.will(random_steps(&mut random));
        let (accepted, stream) = bench.ask(chat, "Why?").await;
        let reading = drain(stream);
        let cancel_after = rand::Rng::random_range(&mut random, 0..80_u64);
        let cancelling = async {
            tokio::time::sleep(Duration::from_millis(cancel_after)).await;
            if cancel_after < 50 {
                bench.engine.cancel(&bench.caller.scope, chat, None).await.unwrap();
            }
        };
        let (events, ()) = tokio::join!(reading, cancelling);
        shape(&events);
        let stored = drain(bench.follow(chat, accepted.answer, -1).await).await;
        let with_sources = |events: &[TurnEvent]| {
            events.iter().filter(|e| !matches!(e, TurnEvent::Sources(_))).cloned().collect::<Vec<_>>()
        };
        assert_eq!(with_sources(&stored), with_sources(&events), "round {round}, seed {seed}");
    }
    bench.close().await;
}

fn random_steps(random: &mut rand::rngs::StdRng) -> Vec<Step> {
    let mut pick = |most: u32| rand::Rng::random_range(random, 0..most);
    let mut steps = Vec::new();
    for _ in 0..pick(6) {
        steps.push(match pick(12) {
            0 => Step::Fail { status: 503 },
            1 => Step::Panic,
            2 => Step::Truncate,
            3 => Step::Hang,
            4 => Step::RunOut,
            5 => Step::Flood { words: 300 },
            6 => Step::Pause { ms: u64::from(pick(30)) },
            7 => Step::Pace { delay_ms: u64::from(pick(30)) },
            _ => say(&["some ", "words [1]", " and [7]", " more `co", "de[9]` "]),
        });
    }
    steps
}
