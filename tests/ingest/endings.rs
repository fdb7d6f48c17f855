//! Cancelled, replaced, deleted: a reading that is not wanted any more leaves nothing behind.

use std::sync::Arc;
use std::time::{Duration, Instant};

use docent::domain::document::{DocumentStatus, GenerationState, Stage};
use docent::domain::job::Job;
use docent::domain::{Code, DocumentId};
use docent::store::{Cancelled, NewVersion, Pools, Store};

use super::text;
use crate::support::bench::{Bench, Counted};
use crate::support::databases::both_databases;

both_databases!(a_waiting_document_is_cancelled_at_once);

async fn a_waiting_document_is_cancelled_at_once(store: Store) {
    let bench = Bench::new(store).await;
    let first = bench.upload("first.txt", text(5).as_bytes()).await;
    let second = bench.upload("second.txt", text(5).as_bytes()).await;
    let place = |n| async move { n };
    assert_eq!(bench.state(second).await.queue_position, place(Some(2)).await);

    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.cancel_document(first, bench.clock.now()).await.unwrap(), Cancelled::Done);
    tx.commit().await.unwrap();
    assert_eq!(bench.state(first).await.status, DocumentStatus::Cancelled);
    assert_eq!(bench.state(second).await.queue_position, Some(1));

    let workers = bench.work().await;
    assert_eq!(bench.settled(second).await.status, DocumentStatus::Completed);
    bench.idle().await;
    assert_eq!(bench.state(first).await.status, DocumentStatus::Cancelled);
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.cancel_document(second, bench.clock.now()).await.unwrap(), Cancelled::NothingToDo);
    drop(tx);
    workers.stop().await;
}

both_databases!(a_reading_under_way_is_cancelled_within_a_second);

async fn a_reading_under_way_is_cancelled_within_a_second(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.embedder = Counted::new(Arc::clone(&bench.embedder), Duration::from_millis(300));
    let workers = bench.work().await;
    let document = bench.upload("long.txt", text(4_000).as_bytes()).await;
    bench.reaches(document, |progress| progress.stage == Stage::Embedding).await;

    let asked = Instant::now();
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.cancel_document(document, bench.clock.now()).await.unwrap(), Cancelled::Asked);
    tx.commit().await.unwrap();
    let end = bench.settled(document).await;
    assert_eq!((end.status, end.error), (DocumentStatus::Cancelled, None));
    assert!(asked.elapsed() < Duration::from_millis(1500), "{:?}", asked.elapsed());

    bench.idle().await;
    assert_eq!(bench.points().await, 0);
    let refuse = bench.store.read().await.unwrap().refuse(document, 1).await.unwrap().unwrap();
    assert_eq!(refuse.state, GenerationState::Swept, "its original stays for another try");
    assert_eq!(bench.blobs.older_than(Duration::ZERO).await.unwrap().len(), 1);
    workers.stop().await;
}

both_databases!(a_document_deleted_while_it_is_read_leaves_nothing);

async fn a_document_deleted_while_it_is_read_leaves_nothing(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.embedder = Counted::new(Arc::clone(&bench.embedder), Duration::from_millis(200));
    let workers = bench.work().await;
    let document = bench.upload("long.txt", text(4_000).as_bytes()).await;
    bench.reaches(document, |progress| progress.chunks_done > Some(0)).await;

    let mut tx = bench.store.begin().await.unwrap();
    assert!(tx.delete_document(bench.project, document, bench.clock.now()).await.unwrap());
    tx.commit().await.unwrap();
    bench.idle().await;
    assert_eq!(bench.points().await, 0);
    assert_eq!(bench.store.read().await.unwrap().refuse(document, 1).await.unwrap(), None);
    assert!(bench.blobs.older_than(Duration::ZERO).await.unwrap().is_empty());
    workers.stop().await;
}

both_databases!(a_new_version_takes_over_only_when_it_is_whole);

async fn a_new_version_takes_over_only_when_it_is_whole(store: Store) {
    let mut bench = Bench::new(store).await;
    let counted = Counted::new(Arc::clone(&bench.embedder), Duration::ZERO);
    bench.embedder = counted.clone();
    let workers = bench.work().await;
    let old = (0..60).map(|n| format!("## Part {n}\n\n{}\n\n", text(20))).collect::<String>();
    let document = bench.upload("guide.md", old.as_bytes()).await;
    bench.settled(document).await;
    bench.idle().await;
    let (chunks, embedded) = (bench.points().await, counted.count());

    bench.faults.arm("before_publish=error").unwrap();
    let new = old.replace("## Part 59\n", "## The last part\n\nSomething new about owls.\n");
    assert_eq!(bench.upload_again(document, new.as_bytes()).await, 2);
    let state = |generation| {
        let store = bench.store.clone();
        async move { store.read().await.unwrap().refuse(document, generation).await.unwrap().map(|it| it.state) }
    };
    bench.reaches(document, |progress| progress.error.is_some()).await;
    assert_eq!((state(1).await, state(2).await), (Some(GenerationState::Live), Some(GenerationState::Open)));

    bench.reaches(document, |progress| progress.status == DocumentStatus::Completed).await;
    assert_eq!(state(2).await, Some(GenerationState::Live));
    bench.idle().await;
    assert_eq!(state(1).await, Some(GenerationState::Swept));
    let kept = bench.store.read().await.unwrap().count_chunks(document, 1).await.unwrap();
    assert_eq!(kept as u64, chunks, "of the old version the original and its passages are left");
    let now = bench.store.read().await.unwrap().count_chunks(document, 2).await.unwrap();
    assert_eq!(bench.points().await, now as u64);
    assert!(counted.count() - embedded < 5, "{} of {chunks} were embedded anew", counted.count() - embedded);
    assert_eq!(bench.blobs.older_than(Duration::ZERO).await.unwrap().len(), 2);
    workers.stop().await;
}

both_databases!(a_deleted_project_is_removed_with_everything_in_it);

async fn a_deleted_project_is_removed_with_everything_in_it(store: Store) {
    let bench = Bench::new(store).await;
    let workers = bench.work().await;
    let gone = bench.project("Gone").await;
    let stays = bench.upload("stays.txt", text(5).as_bytes()).await;
    let goes = bench.upload_to(gone, "goes.txt", text(5).as_bytes()).await;
    bench.settled(stays).await;
    bench.settled(goes).await;

    let mut tx = bench.store.begin().await.unwrap();
    tx.enqueue(bench.project, &Job::SweepProject { project: bench.project }, bench.clock.now())
        .await
        .unwrap();
    tx.purge_project(gone, bench.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    bench.idle().await;
    assert_eq!(bench.points().await, bench.state(stays).await.chunks_total.unwrap() as u64);
    assert_eq!(bench.store.read().await.unwrap().refuse(goes, 1).await.unwrap(), None);
    assert_eq!(bench.blobs.older_than(Duration::ZERO).await.unwrap().len(), 1);
    workers.stop().await;
}

both_databases!(work_that_this_version_does_not_know_comes_to_rest);

async fn work_that_this_version_does_not_know_comes_to_rest(store: Store) {
    let bench = Bench::new(store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let job = Job::SweepProject { project: bench.project };
    let mut strange = Vec::new();
    // More than there are slots.
    for _ in 0..3 {
        strange.push(tx.enqueue(bench.project, &job, bench.clock.now()).await.unwrap());
    }
    tx.commit().await.unwrap();
    let rename = "UPDATE runs SET kind = 'dream' WHERE kind = 'sweep_project'";
    match bench.store.pools() {
        Pools::Sqlite { write, .. } => sqlx::query(rename).execute(write).await.map(drop).unwrap(),
        Pools::Postgres(pool) => sqlx::query(rename).execute(pool).await.map(drop).unwrap(),
    }
    let workers = bench.work().await;
    bench.idle().await;
    let state = "SELECT state, error_code FROM runs WHERE id = $1";
    for run in strange {
        let (state, code): (String, Option<String>) = match bench.store.pools() {
            Pools::Sqlite { read, .. } => {
                sqlx::query_as(state).bind(run.get()).fetch_one(read).await.unwrap()
            }
            Pools::Postgres(pool) => sqlx::query_as(state).bind(run.get()).fetch_one(pool).await.unwrap(),
        };
        assert_eq!((state.as_str(), code.as_deref()), ("failed", Some("internal")));
    }
    // The one slot for cleaning up is free: what is known is done.
    let mut tx = bench.store.begin().await.unwrap();
    tx.enqueue(bench.project, &job, bench.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    bench.idle().await;
    workers.stop().await;
}

both_databases!(an_original_that_changed_is_not_read_and_the_live_version_stays);

async fn an_original_that_changed_is_not_read_and_the_live_version_stays(store: Store) {
    let bench = Bench::new(store).await;
    let workers = bench.work().await;
    let bytes = text(5);
    let id = bench.upload("notes.txt", bytes.as_bytes()).await;
    bench.settled(id).await;
    let points = bench.points().await;

    let file = stored_files(bench.folder.path()).pop().unwrap();
    let changed = bytes.to_uppercase();
    for (content, code) in [(&changed[..], Code::OriginalDamaged), (&bytes[..10], Code::OriginalDamaged)] {
        fs_err::write(&file, content).unwrap();
        read_again(&bench, id).await;
        let end = bench.settled(id).await;
        assert_eq!((end.status, end.error.unwrap().code), (DocumentStatus::Failed, code));
    }
    fs_err::remove_file(&file).unwrap();
    read_again(&bench, id).await;
    assert_eq!(bench.settled(id).await.error.unwrap().code, Code::OriginalMissing);
    bench.idle().await;
    assert_eq!(bench.points().await, points, "what was read before is still found");
    workers.stop().await;
}

fn stored_files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let shelves = fs_err::read_dir(folder.join("blobs/blobs")).unwrap();
    let files = shelves.flat_map(|shelf| fs_err::read_dir(shelf.unwrap().path()).unwrap());
    files.map(|file| file.unwrap().path()).collect()
}

/// As *Read again* does: a new generation of the same original.
async fn read_again(bench: &Bench, id: DocumentId) {
    let mut tx = bench.store.begin().await.unwrap();
    let known = tx.document(&bench.owner.scope, id).await.unwrap().unwrap().document;
    let version = NewVersion {
        filename: &known.filename,
        blob: &known.blob,
        sha256: &known.sha256,
        size: known.size,
        format: &known.format,
    };
    tx.insert_version(known.project, known.id, &version, bench.clock.now()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
}
