//! What a chat is called, what it remembers, asking again, and summing up.

use docent::chat::{ChatError, NewQuestion, Options};
use docent::domain::chat::{Speaker, TurnEvent};
use docent::models::{Script, Step};
use docent::store::{Store, Window};

use super::bench::{Bench, drain, quick, say, shape};
use crate::support::databases::both_databases;

both_databases!(the_first_question_names_the_chat);

async fn the_first_question_names_the_chat(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    bench.turn(chat, "What do\nkestrels eat?").await;
    bench.turn(chat, "And owls?").await;
    let scope = &bench.caller.scope;
    let title = async || {
        let mut tx = bench.store.read().await.unwrap();
        tx.chat(scope, chat).await.unwrap().unwrap().title
    };
    assert_eq!(title().await, "What do kestrels eat?");
    let mut tx = bench.store.begin().await.unwrap();
    assert!(tx.rename_chat(scope, chat, "Birds", super::bench::NOW).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(title().await, "Birds");
    bench.close().await;
}

both_databases!(what_was_said_before_is_remembered);

async fn what_was_said_before_is_remembered(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    bench.turn(chat, "What do kestrels eat?").await;
    bench.model.will([Step::Fail { status: 500 }]);
    bench.turn(chat, "How many of them are there in the whole of Europe today?").await;
    bench.turn(chat, "And owls?").await;
    let asked = bench.library.asked.lock().unwrap().last().unwrap().text.clone();
    assert_eq!(asked, "How many of them are there in the whole of Europe today? And owls?");
    let prompt = bench.model.asked().pop().unwrap();
    let before: Vec<&str> = prompt.messages[1..prompt.messages.len() - 1]
        .iter()
        .map(|message| message.content.as_str())
        .collect();
    assert_eq!(
        before,
        [
            "What do kestrels eat?",
            "They eat voles [1].",
            "How many of them are there in the whole of Europe today?"
        ]
    );

    let mut question = bench.question(chat, "And storks?");
    question.options.include_history = false;
    drain(bench.engine.start(&bench.caller.scope, question).await.unwrap().stream).await;
    assert_eq!(bench.model.asked().pop().unwrap().messages.len(), 2);
    assert_eq!(bench.library.asked.lock().unwrap().last().unwrap().text, "And storks?");
    bench.close().await;
}

both_databases!(a_model_that_converses_rewords_the_question);

async fn a_model_that_converses_rewords_the_question(store: Store) {
    let script = Script { converses: true, ..Script::say(["They eat voles [1]."]) };
    let bench = Bench::with(store, "node-a", script, quick()).await;
    let chat = bench.chat().await;
    bench.turn(chat, "What do kestrels eat?").await;
    bench.model.will_say(["What do owls eat?"]);
    bench.turn(chat, "And owls?").await;
    assert_eq!(bench.library.asked.lock().unwrap().last().unwrap().text, "What do owls eat?");

    bench.model.will_say(["Owls eat 40 frogs a day."]);
    bench.turn(chat, "And herons?").await;
    let searched = bench.library.asked.lock().unwrap().last().unwrap().text.clone();
    assert!(
        searched.ends_with("And herons?") && !searched.contains("40"),
        "an answer is no question: {searched}"
    );

    bench.model.will([Step::Fail { status: 500 }]);
    let events = bench.turn(chat, "And storks?").await;
    assert!(
        shape(&events).ends_with("completed stop [1]"),
        "a question that is not reworded is still answered"
    );
    assert_eq!(
        bench.library.asked.lock().unwrap().last().unwrap().text,
        "What do kestrels eat? And owls? And herons? And storks?"
    );
    bench.close().await;
}

both_databases!(an_answer_can_be_had_again);

async fn an_answer_can_be_had_again(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    let options = Options { top_k: Some(3), ..Options::default() };
    let question = NewQuestion { options, ..bench.question(chat, "What do kestrels eat?") };
    let first = bench.engine.start(&bench.caller.scope, question).await.unwrap();
    drain(first.stream).await;
    bench.model.will([say(&["Mice [1]."])]);
    let caller = &bench.caller;
    let again =
        bench.engine.regenerate(&caller.scope, &caller.principal, chat, first.accepted.answer).await.unwrap();
    assert_eq!(again.accepted.question, first.accepted.question);
    assert_ne!(again.accepted.answer, first.accepted.answer);
    let events = drain(again.stream).await;
    assert_eq!(shape(&events), r#"accepted | sources 1 | text "Mice [1]." | completed stop [1]"#);
    assert_eq!(bench.library.asked.lock().unwrap().last().unwrap().top_k, 3, "with the same options");

    let mut tx = bench.store.read().await.unwrap();
    let said = tx.messages(chat, Window { skip: 0, limit: 10 }).await.unwrap();
    let contents: Vec<&str> = said.items.iter().map(|message| message.content.as_str()).collect();
    assert_eq!(contents, ["What do kestrels eat?", "Mice [1]."]);
    drop(tx);
    let missing =
        bench.engine.regenerate(&caller.scope, &caller.principal, chat, 999.into()).await.unwrap_err();
    assert!(matches!(missing, ChatError::NotFound(_)));
    bench.close().await;
}

both_databases!(a_talk_can_be_summed_up);

async fn a_talk_can_be_summed_up(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    let scope = &bench.caller.scope;
    assert!(matches!(bench.engine.summarise(scope, chat).await, Err(ChatError::NothingSaid)));
    bench.turn(chat, "What do kestrels eat?").await;
    let summary = bench.engine.summarise(scope, chat).await.unwrap();
    assert_eq!(summary.content, "- What do kestrels eat?\n\nThey eat voles.");
    assert!(summary.summary && summary.speaker == Speaker::Assistant);

    for n in 0..6 {
        bench.turn(chat, &format!("What else is there to know about bird number {n}?")).await;
    }
    let prompt = bench.model.asked().pop().unwrap();
    assert!(prompt.messages[1].content.starts_with("Summary of our talk so far: - What do kestrels eat?"));
    bench.close().await;
}

both_databases!(bad_questions_leave_nothing);

async fn bad_questions_leave_nothing(store: Store) {
    let bench = Bench::new(store).await;
    let chat = bench.chat().await;
    for content in ["", " \0\n", &"x".repeat(40_000)] {
        let refused = bench.engine.start(&bench.caller.scope, bench.question(chat, content)).await;
        assert!(matches!(refused, Err(ChatError::Invalid { field: "message", .. })), "{refused:?}");
    }
    bench.model.will([say(&["nul \0 here"])]);
    let events = bench.turn(chat, "Has it\0 NUL?").await;
    let Some(TurnEvent::Completed(done)) = events.last() else { panic!("{events:?}") };
    assert_eq!(done.content, "nul  here");
    bench.close().await;
}
