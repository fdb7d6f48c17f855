//! What fails is tried again, as often as it makes sense.

use std::sync::Arc;
use std::time::Duration;

use docent::domain::Code;
use docent::domain::document::DocumentStatus;
use docent::domain::job::RunState;
use docent::store::Store;

use super::text;
use crate::support::bench::{Bench, Counted};
use crate::support::databases::both_databases;

both_databases!(a_passing_failure_is_tried_again_and_goes_on_where_it_was);

async fn a_passing_failure_is_tried_again_and_goes_on_where_it_was(store: Store) {
    let mut bench = Bench::new(store).await;
    let counted = Counted::new(Arc::clone(&bench.embedder), Duration::ZERO);
    bench.embedder = counted.clone();
    // At places of which an attempt reaches one only after the other: each costs an attempt of its own.
    for plan in ["extracted=error", "after_settle=panic", "before_publish=error"] {
        bench.faults.arm(plan).unwrap();
    }
    let workers = bench.work().await;
    let document = bench.upload("kestrel.txt", text(300).as_bytes()).await;

    let end = bench.settled(document).await;
    assert_eq!((end.status, end.attempt, &end.error), (DocumentStatus::Completed, 4, &None));
    let run = bench.run(document).await;
    assert_eq!((run.state, run.failures, run.starts, run.outages), (RunState::Done, 3, 1, 0));
    let chunks = end.chunks_total.unwrap();
    assert_eq!(bench.points().await, chunks as u64, "written twice, there once");
    assert_eq!(counted.count(), chunks as usize, "nothing is embedded twice");
    workers.stop().await;
}

both_databases!(a_permanent_error_is_not_tried_again);

async fn a_permanent_error_is_not_tried_again(store: Store) {
    let bench = Bench::new(store).await;
    let workers = bench.work().await;
    let document = bench.upload("blank.txt", b" \n\n \t ").await;
    let end = bench.settled(document).await;
    assert_eq!((end.status, end.attempt), (DocumentStatus::Failed, 1));
    let error = end.error.unwrap();
    assert_eq!(error.code, Code::NoText);
    assert!(error.message.starts_with("no text was found"), "{}", error.message);
    workers.stop().await;
}

both_databases!(what_keeps_failing_rests_as_failed);

async fn what_keeps_failing_rests_as_failed(store: Store) {
    let bench = Bench::new(store).await;
    bench.faults.arm("indexed=error*99").unwrap();
    let workers = bench.work().await;
    let document = bench.upload("kestrel.txt", text(30).as_bytes()).await;
    let end = bench.settled(document).await;
    assert_eq!((end.status, end.attempt), (DocumentStatus::Failed, 5));
    assert_eq!(end.error.unwrap().code, Code::Internal);
    bench.idle().await;
    assert_eq!(bench.points().await, 0, "nothing of it stays in the index");
    workers.stop().await;
}

both_databases!(an_outage_uses_up_no_attempt);

async fn an_outage_uses_up_no_attempt(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.settings.retry.longest_pause = Duration::from_millis(40);
    bench.faults.arm("before_embed=outage*8").unwrap();
    let workers = bench.work().await;
    let document = bench.upload("kestrel.txt", text(5).as_bytes()).await;
    let waiting = bench.reaches(document, |progress| progress.error.is_some()).await;
    assert_eq!(waiting.error.unwrap().code, Code::EmbeddingUnavailable);
    let end = bench.settled(document).await;
    assert_eq!((end.status, end.attempt), (DocumentStatus::Completed, 1));
    assert_eq!(bench.run(document).await.outages, 8);
    workers.stop().await;
}

both_databases!(pauses_grow);

async fn pauses_grow(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.settings.retry.first_pause = Duration::from_secs(100);
    bench.settings.retry.longest_pause = Duration::from_secs(1000);
    bench.faults.arm("started=error").unwrap();
    let workers = bench.work().await;
    let document = bench.upload("kestrel.txt", text(5).as_bytes()).await;
    let waiting = bench.reaches(document, |progress| progress.error.is_some()).await;
    assert_eq!(waiting.status, DocumentStatus::Pending);
    let run = bench.run(document).await;
    let pause = run.run_after.since(run.started_at.unwrap()).as_secs();
    assert!((50..=101).contains(&pause), "{pause}");
    assert_eq!((run.state, run.failures), (RunState::Queued, 1));
    workers.stop().await;
}

both_databases!(a_document_that_kills_its_process_comes_to_rest);

async fn a_document_that_kills_its_process_comes_to_rest(store: Store) {
    let bench = Bench::new(store).await;
    let poison = bench.upload("poison.txt", text(5).as_bytes()).await;
    let innocent = bench.upload("innocent.txt", text(5).as_bytes()).await;
    for _ in 0..5 {
        // A process that starts it, and dies; the next one finds it so.
        let run = bench.run(poison).await;
        let mut tx = bench.store.begin().await.unwrap();
        let now = bench.clock.now();
        let run = tx.start_run(run.id, run.enqueued, "dies", now, now).await.unwrap().unwrap();
        tx.take_away_run(run.hold(), Some("dies"), now).await.unwrap().unwrap();
        tx.commit().await.unwrap();
    }
    let workers = bench.work().await;
    let end = bench.settled(poison).await;
    assert_eq!((end.status, end.attempt), (DocumentStatus::Failed, 5));
    assert_eq!(end.error.unwrap().code, Code::TooManyAttempts);
    assert_eq!(bench.settled(innocent).await.status, DocumentStatus::Completed);
    workers.stop().await;
}
