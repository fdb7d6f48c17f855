//! A document goes through, whole.

use std::sync::Arc;
use std::time::Duration;

use docent::domain::document::{DocumentStatus, Stage};
use docent::store::Store;

use crate::support::bench::{Bench, Counted, Ear};
use crate::support::databases::both_databases;

both_databases!(a_document_goes_through);

async fn a_document_goes_through(store: Store) {
    let bench = Bench::new(store).await;
    let ear = Ear::on(&bench.bus);
    let workers = bench.work().await;
    let text = "# Kestrels\n\nKestrels hover in the wind and eat voles.\n\n".repeat(40);
    let document = bench.upload("kestrel.md", text.as_bytes()).await;

    let heard = ear.until_settled(&[document]).await.remove(&document).unwrap();
    let last = heard.last().unwrap();
    assert_eq!((last.status, last.stage, last.percent), (DocumentStatus::Completed, Stage::Done, 100));
    assert_eq!((last.attempt, last.error.clone(), &last.warnings[..]), (1, None, &[][..]));
    assert!(heard.windows(2).all(|pair| pair[0].seq < pair[1].seq && pair[0].percent <= pair[1].percent));
    assert_eq!(bench.state(document).await, *last, "the room heard what the database has");

    let mut tx = bench.store.read().await.unwrap();
    let chunks = tx.chunks_from(document, 1, 0, 1000).await.unwrap();
    assert_eq!(bench.points().await, chunks.len() as u64);
    assert_eq!(last.chunks_total, Some(chunks.len() as i64));
    let pages = tx.pages(document, 1, 0, 10).await.unwrap();
    let whole: Vec<char> = pages[0].text.chars().collect();
    for chunk in &chunks {
        let range = usize::try_from(chunk.start_offset).unwrap()..usize::try_from(chunk.end_offset).unwrap();
        assert_eq!(whole[range].iter().collect::<String>(), chunk.text);
        assert_eq!(chunk.heading.as_deref(), Some("Kestrels"));
    }
    drop(tx);
    workers.stop().await;
}

both_databases!(those_who_wait_hear_that_the_queue_moves);

async fn those_who_wait_hear_that_the_queue_moves(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.settings.quick = 1;
    bench.embedder = Counted::new(Arc::clone(&bench.embedder), Duration::from_millis(500));
    let ear = Ear::on(&bench.bus);
    let mut documents = Vec::new();
    for n in 0..5 {
        documents.push(bench.upload(&format!("{n}.txt"), format!("Kestrel number {n}.").as_bytes()).await);
    }
    let last = documents[4];
    assert_eq!(bench.state(last).await.queue_position, Some(5));
    let workers = bench.work().await;
    let heard = ear.until_settled(&documents).await.remove(&last).unwrap();
    let places: Vec<i64> = heard.iter().filter_map(|progress| progress.queue_position).collect();
    assert!(places.len() >= 2 && places.windows(2).all(|pair| pair[0] > pair[1]), "{places:?}");
    assert!(heard.windows(2).all(|pair| pair[0].seq < pair[1].seq), "{heard:#?}");
    assert!(
        heard.iter().all(|progress| progress.queue_position.is_some() == progress.waiting_since.is_some())
    );
    workers.stop().await;
}
