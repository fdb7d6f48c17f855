//! Database, files and index held against each other, and made to agree again.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use docent::blobs::BlobKey;
use docent::domain::document::DocumentStatus;
use docent::ingest::{self, Ingest, Mismatch, Repair};
use docent::store::Store;
use docent::vectors::{MemoryIndex, Point};

use super::text;
use crate::support::bench::{Bench, Counted};
use crate::support::databases::both_databases;

both_databases!(what_differs_is_found_and_repaired);

async fn what_differs_is_found_and_repaired(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.caches = true;
    let counted = Counted::new(Arc::clone(&bench.embedder), Duration::ZERO);
    bench.embedder = counted.clone();
    let workers = bench.work().await;
    let (one, two) = (
        bench.upload("one.txt", text(300).as_bytes()).await,
        bench.upload("two.txt", text(200).as_bytes()).await,
    );
    bench.settled(one).await;
    bench.settled(two).await;
    bench.idle().await;
    let (parts, points) = (bench.parts(), bench.points().await);
    assert_eq!(ingest::check(&parts, Repair::No).await.unwrap().list, []);

    // A crash of the index: some points are lost, and some that nobody knows come back.
    bench.index.remove_generation(bench.project, one, 1).await.unwrap();
    let stray = Point {
        project: bench.project,
        document: two,
        generation: 7,
        position: 0,
        dense: Some(vec![1.0; 64]),
        words: vec![(7, 1.0)],
    };
    bench.index.upsert(vec![stray]).await.unwrap();
    let state = bench.store.read().await.unwrap().refuse(two, 1).await.unwrap().unwrap();
    bench.blobs.remove(&BlobKey::parse(&state.blob).unwrap()).await.unwrap();

    let before = counted.count();
    for (repair, repaired) in [(Repair::No, false), (Repair::Yes, true)] {
        let mut list = ingest::check(&parts, repair).await.unwrap().list;
        list.sort_by_key(|finding| finding.what);
        let found: Vec<_> =
            list.iter().map(|finding| (finding.what, finding.document, finding.repaired)).collect();
        assert_eq!(
            found,
            [
                (Mismatch::Points, Some(one), repaired),
                (Mismatch::StrayPoints, None, repaired),
                (Mismatch::OriginalMissing, Some(two), false),
            ],
            "{list:#?}"
        );
    }
    assert_eq!(bench.points().await, points);
    assert_eq!(counted.count(), before, "known vectors are used again");
    let left = ingest::check(&parts, Repair::No).await.unwrap().list;
    assert_eq!(left.len(), 1, "what cannot be repaired is still told: {left:#?}");
    workers.stop().await;
}

both_databases!(the_index_is_made_anew_with_the_vectors_that_are_known);

async fn the_index_is_made_anew_with_the_vectors_that_are_known(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.caches = true;
    let counted = Counted::new(Arc::clone(&bench.embedder), Duration::ZERO);
    bench.embedder = counted.clone();
    let workers = bench.work().await;
    for n in 0..3 {
        let document = bench.upload(&format!("{n}.txt"), text(100 + n).as_bytes()).await;
        assert_eq!(bench.settled(document).await.status, DocumentStatus::Completed);
    }
    workers.stop().await;
    let (points, embedded) = (bench.points().await, counted.count());

    bench.index = Arc::new(MemoryIndex::new(64));
    let last = AtomicI64::new(0);
    let tell = |reindexed: ingest::Reindexed| last.store(reindexed.done, Ordering::SeqCst);
    let ingest = Ingest::new(bench.parts());
    let end = ingest::reindex(ingest.parts(), tell).await.unwrap();
    assert_eq!((end.done, end.total, last.into_inner()), (points as i64, points as i64, points as i64));
    assert_eq!(bench.points().await, points);
    assert_eq!(counted.count(), embedded);
}

both_databases!(a_lost_index_is_made_again_without_embedding);

async fn a_lost_index_is_made_again_without_embedding(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.caches = true;
    let counted = Counted::new(Arc::clone(&bench.embedder), Duration::ZERO);
    bench.embedder = counted.clone();
    let _workers = bench.work().await;
    let document = bench.upload("one.txt", text(300).as_bytes()).await;
    bench.settled(document).await;
    bench.idle().await;
    let (points, embedded) = (bench.points().await, counted.count());
    assert!(points > 0);

    bench.index = Arc::new(MemoryIndex::new(64));
    assert_eq!(bench.points().await, 0);
    ingest::catch_up(&bench.parts()).await.unwrap();
    assert_eq!((bench.points().await, counted.count()), (points, embedded));
}
