//! Workers come and go; the work stays.

use std::time::{Duration, Instant};

use docent::domain::document::DocumentStatus;
use docent::domain::job::RunState;
use docent::jobs::Company;
use docent::store::{End, Pools, Store};

use super::text;
use crate::support::bench::Bench;
use crate::support::databases::both_databases;

both_databases!(a_silent_worker_loses_its_work);

async fn a_silent_worker_loses_its_work(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.settings.company = Company::Others;
    bench.settings.lease = Duration::from_millis(800);
    let document = bench.upload("kestrel.txt", text(5).as_bytes()).await;
    let (queued, now) = (bench.run(document).await, bench.clock.now());
    let mut tx = bench.store.begin().await.unwrap();
    // Its lease ends in a year, by its own clock: that must not matter.
    let year = now.plus(Duration::from_secs(365 * 24 * 3600));
    let lost = tx.start_run(queued.id, queued.enqueued, "ghost", year, now).await.unwrap().unwrap();
    tx.commit().await.unwrap();

    let workers = bench.work().await;
    let end = bench.settled(document).await;
    assert_eq!((end.status, end.attempt), (DocumentStatus::Completed, 1), "silence uses up no attempt");
    let mut tx = bench.store.begin().await.unwrap();
    let late = End::Failed { code: "internal", message: "late" };
    assert!(!tx.end_run(lost.hold(), late, now).await.unwrap(), "a late writer is refused");
    assert!(!tx.insert_chunks(lost.hold(), (document, 1), &[]).await.unwrap());
    drop(tx);
    workers.stop().await;
}

both_databases!(the_only_worker_takes_up_at_once_what_a_dead_one_left);

async fn the_only_worker_takes_up_at_once_what_a_dead_one_left(store: Store) {
    let bench = Bench::new(store).await;
    let document = bench.upload("kestrel.txt", text(5).as_bytes()).await;
    let (queued, now) = (bench.run(document).await, bench.clock.now());
    let mut tx = bench.store.begin().await.unwrap();
    tx.start_run(queued.id, queued.enqueued, "dead", now.plus(Duration::from_secs(60)), now).await.unwrap();
    tx.commit().await.unwrap();

    let start = Instant::now();
    let workers = bench.work().await;
    bench.settled(document).await;
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    workers.stop().await;
}

both_databases!(work_that_fell_out_of_the_queue_is_found);

async fn work_that_fell_out_of_the_queue_is_found(store: Store) {
    let bench = Bench::new(store).await;
    let document = bench.upload("kestrel.txt", text(5).as_bytes()).await;
    match bench.store.pools() {
        Pools::Sqlite { write, .. } => drop(sqlx::query("DELETE FROM Jobs").execute(write).await.unwrap()),
        Pools::Postgres(pool) => drop(sqlx::query("DELETE FROM apalis.jobs").execute(pool).await.unwrap()),
    }
    let workers = bench.work().await;
    assert_eq!(bench.settled(document).await.status, DocumentStatus::Completed);
    workers.stop().await;
}

both_databases!(stopping_lets_go_of_work_without_counting_it);

async fn stopping_lets_go_of_work_without_counting_it(store: Store) {
    let bench = Bench::new(store).await;
    bench.faults.arm("before_embed=hang").unwrap();
    let workers = bench.work().await;
    let document = bench.upload("kestrel.txt", text(5).as_bytes()).await;
    bench.reaches(document, |progress| progress.chunks_total.is_some()).await;

    let start = Instant::now();
    workers.stop().await;
    println!("stopped after {:?}", start.elapsed());
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    let run = bench.run(document).await;
    assert_eq!((run.state, run.starts, run.failures), (RunState::Queued, 0, 0));
    assert_eq!(bench.state(document).await.status, DocumentStatus::Pending);

    let workers = bench.work().await;
    let end = bench.settled(document).await;
    assert_eq!((end.status, end.attempt), (DocumentStatus::Completed, 1));
    workers.stop().await;
}

both_databases!(two_workers_share_the_work);

async fn two_workers_share_the_work(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.settings.company = Company::Others;
    let (one, two) = (bench.work().await, bench.work().await);
    let mut documents = Vec::new();
    for n in 0..12 {
        documents.push(bench.upload(&format!("{n}.txt"), text(20).as_bytes()).await);
    }
    let mut chunks = 0;
    for document in documents {
        let end = bench.settled(document).await;
        assert_eq!((end.status, end.attempt), (DocumentStatus::Completed, 1));
        assert_eq!(bench.run(document).await.fence, 1, "started once");
        chunks += end.chunks_total.unwrap();
    }
    assert_eq!(bench.points().await, chunks as u64);
    one.stop().await;
    two.stop().await;
}

both_databases!(a_project_with_much_does_not_starve_one_with_little);

async fn a_project_with_much_does_not_starve_one_with_little(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.settings.quick = 1;
    for n in 0..30 {
        bench.upload(&format!("{n}.txt"), text(2).as_bytes()).await;
    }
    let other = bench.project("Little").await;
    let little = bench.upload_to(other, "little.txt", text(2).as_bytes()).await;
    let workers = bench.work().await;
    bench.settled(little).await;
    let waiting = bench.store.read().await.unwrap().documents_in_progress(bench.project, 100).await.unwrap();
    assert!(waiting.len() >= 26, "only {} were still waiting", waiting.len());
    bench.idle().await;
    workers.stop().await;
}

both_databases!(work_starts_as_soon_as_it_is_committed);

async fn work_starts_as_soon_as_it_is_committed(store: Store) {
    let bench = Bench::new(store).await;
    let workers = bench.work().await;
    let mut waits = Vec::new();
    for n in 0..10 {
        tokio::time::sleep(Duration::from_millis(70 * (n % 3))).await;
        let document = bench.upload(&format!("{n}.txt"), b"A word or two.").await;
        bench.settled(document).await;
        let run = bench.run(document).await;
        waits.push(run.started_at.unwrap().since(run.created_at));
    }
    waits.sort();
    println!("from commit to start: {waits:?}");
    assert!(waits[5] < Duration::from_millis(300), "{waits:?}");
    workers.stop().await;
}

#[tokio::test]
async fn workers_survive_a_database_that_drops_its_connections() {
    let test = crate::support::databases::TestStore::postgres().await;
    let bench = Bench::new(test.store.clone()).await;
    let workers = bench.work().await;
    let before = bench.upload("before.txt", text(5).as_bytes()).await;
    bench.settled(before).await;
    let Pools::Postgres(pool) = bench.store.pools() else { unreachable!() };
    for _ in 0..3 {
        let mut connection = pool.acquire().await.unwrap();
        sqlx::query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .execute(&mut *connection)
        .await
        .unwrap();
        drop(connection);
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
    let after = bench.upload("after.txt", text(5).as_bytes()).await;
    assert_eq!(bench.settled(after).await.status, DocumentStatus::Completed);
    workers.stop().await;
}

both_databases!(what_may_have_killed_its_process_twice_goes_on_one_after_the_other);

async fn what_may_have_killed_its_process_twice_goes_on_one_after_the_other(store: Store) {
    let mut bench = Bench::new(store).await;
    let mut documents = Vec::new();
    for n in 0..4 {
        documents.push(bench.upload(&format!("{n}.txt"), text(3).as_bytes()).await);
    }
    let now = bench.clock.now();
    for start in 0..2 {
        for document in &documents {
            let run = bench.run(*document).await;
            let mut tx = bench.store.begin().await.unwrap();
            let run = tx.start_run(run.id, run.enqueued, "dies", now, now).await.unwrap().unwrap();
            if start == 0 {
                tx.take_away_run(run.hold(), Some("dies"), now).await.unwrap().unwrap();
            }
            tx.commit().await.unwrap();
        }
    }
    bench.settings.crashed = Some("dies".to_owned());
    bench.faults.arm("before_settle=hang").unwrap();
    let workers = bench.work().await;
    let (mut running, mut waited) = (0, 0);
    while running == 0 || waited < 20 {
        tokio::time::sleep(Duration::from_millis(10)).await;
        running = 0;
        for document in &documents {
            running += usize::from(bench.run(*document).await.state == RunState::Running);
        }
        assert!(running <= 1, "{running} at one time");
        waited += usize::from(running == 1);
    }
    workers.stop().await;
    let workers = bench.work().await;
    for document in documents {
        let end = bench.settled(document).await;
        assert_eq!(
            (end.status, end.attempt),
            (DocumentStatus::Completed, 3),
            "no start was used up by another"
        );
    }
    workers.stop().await;
}
