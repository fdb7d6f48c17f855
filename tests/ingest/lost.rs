//! What an embedded index has lost without a word is noticed at the next start, and is built again; what is merely
//! under way is no loss.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use docent::domain::DocumentId;
use docent::domain::document::DocumentStatus;
use docent::ingest;
use docent::store::Store;
use docent::vectors::{
    self, EdgeIndex, EdgeSettings, IndexModel, IndexSettings, MemoryIndex, Point, SearchQuery,
};

use super::text;
use crate::support::bench::{Bench, Counted};
use crate::support::databases::both_databases;

fn settings(bench: &Bench) -> EdgeSettings {
    let model = IndexModel { name: "test".into(), dimension: 64 };
    EdgeSettings::new(bench.folder.path().join("index"), model)
}

/// An index on disk with two documents, one of which has passages without a word in them, closed again.
async fn filled(bench: &mut Bench) -> DocumentId {
    bench.caches = true;
    bench.index = Arc::new(EdgeIndex::open(settings(bench)).unwrap());
    let workers = bench.work().await;
    let one = bench.upload("one.txt", text(300).as_bytes()).await;
    let dots = bench.upload("1.txt", ". . . . . . . .\n\n".repeat(300).as_bytes()).await;
    for document in [one, dots] {
        assert_eq!(bench.settled(document).await.status, DocumentStatus::Completed);
    }
    bench.idle().await;
    workers.stop().await;
    one
}

/// Lets go of the index and opens it again.
async fn again(bench: &mut Bench) {
    bench.index = Arc::new(MemoryIndex::new(64));
    for _ in 0..600 {
        if let Ok(index) = vectors::open(IndexSettings::Edge(settings(bench))).await {
            bench.index = index;
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("somebody still has it after a minute");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Changes every file of the index whose path ends like that.
fn damage(bench: &Bench, name: &str, damage: impl Fn(&Path)) {
    let files = files(&settings(bench).folder);
    let damaged: Vec<_> = files.iter().filter(|path| path.ends_with(name)).collect();
    assert!(!damaged.is_empty(), "there is no {name}");
    damaged.into_iter().for_each(|path| damage(path));
}

async fn found(bench: &Bench) -> (usize, usize) {
    let query = SearchQuery {
        project: bench.project,
        dense: Some(&[0.5; 64]),
        words: None,
        limit: 10_000,
        documents: None,
        hidden: &[],
    };
    let found = bench.index.search(query).await.unwrap();
    (found.dense.len(), usize::try_from(bench.points().await).unwrap())
}

/// The end of a file's path, and what is done to it.
type Way<'a> = (&'a str, &'a dyn Fn(&Path));

both_databases!(vectors_that_are_lost_are_noticed_and_come_back);

async fn vectors_that_are_lost_are_noticed_and_come_back(store: Store) {
    let mut bench = Bench::new(store).await;
    filled(&mut bench).await;
    let whole = found(&bench).await;
    let zeroed = |path: &Path| fs_err::write(path, vec![0; path.metadata().unwrap().len() as usize]).unwrap();
    let removed = |path: &Path| fs_err::remove_file(path).unwrap();
    let garbled = |path: &Path| {
        let size = path.metadata().unwrap().len();
        fs_err::write(path, (0..size).map(|n| (n * 37) as u8 ^ 0x5a).collect::<Vec<u8>>()).unwrap();
    };
    let ways: [Way<'_>; 4] = [
        ("vector_storage-dense/vectors/status.dat", &zeroed),
        ("vector_storage-dense/vectors/status.dat", &removed),
        ("vector_storage-dense/deleted/flags_a.dat", &garbled),
        ("vector_storage-bm25/store/tracker.dat", &zeroed),
    ];
    for (name, way) in ways {
        again(&mut bench).await;
        assert_eq!(ingest::flaw(&bench.store, &*bench.index).await.unwrap(), None, "before {name}");
        bench.index = Arc::new(MemoryIndex::new(64));
        damage(&bench, name, way);
        again(&mut bench).await;
        if !bench.index.state().await.incomplete {
            let held = bench.index.holdings().await.unwrap();
            let flaw = ingest::flaw(&bench.store, &*bench.index).await.unwrap();
            assert!(flaw.is_some(), "{name}: {held:?}");
            bench.index = Arc::new(MemoryIndex::new(64));
            let place = vectors::give_up(&IndexSettings::Edge(settings(&bench))).await.unwrap().unwrap();
            assert!(place.exists());
            again(&mut bench).await;
        }
        assert!(bench.index.state().await.incomplete, "{name}");
        ingest::catch_up(&bench.parts()).await.unwrap();
        assert!(!bench.index.state().await.incomplete, "{name}");
        assert_eq!(found(&bench).await, whole, "{name}");
    }
}

both_databases!(words_that_are_lost_are_noticed);

async fn words_that_are_lost_are_noticed(store: Store) {
    let mut bench = Bench::new(store).await;
    let one = filled(&mut bench).await;
    assert_eq!(ingest::flaw(&bench.store, &*bench.index).await.unwrap(), None);
    let mute = Point {
        project: bench.project,
        document: one,
        generation: 1,
        position: 0,
        dense: Some(vec![0.5; 64]),
        words: Vec::new(),
    };
    bench.index.upsert(vec![mute]).await.unwrap();
    let flaw = ingest::flaw(&bench.store, &*bench.index).await.unwrap();
    assert_eq!(flaw, Some(format!("document {one} has lost words")));
}

both_databases!(vectors_that_are_still_to_come_are_not_lost);

async fn vectors_that_are_still_to_come_are_not_lost(store: Store) {
    let mut bench = Bench::new(store).await;
    filled(&mut bench).await;
    let embedder = Counted::held(Arc::clone(&bench.embedder), Duration::ZERO);
    bench.embedder = embedder.clone();
    let workers = bench.work().await;
    let before = bench.points().await;
    let late = bench.upload("late.txt", format!("Late. {}", text(200)).as_bytes()).await;
    while bench.points().await == before {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    bench.index.settle().await.unwrap();
    assert_eq!(ingest::flaw(&bench.store, &*bench.index).await.unwrap(), None, "its words are in the index");
    embedder.release();
    assert_eq!(bench.settled(late).await.status, DocumentStatus::Completed);
    assert_eq!(ingest::flaw(&bench.store, &*bench.index).await.unwrap(), None);
    workers.stop().await;
}

both_databases!(points_of_a_reading_under_way_do_not_make_up_for_lost_ones);

async fn points_of_a_reading_under_way_do_not_make_up_for_lost_ones(store: Store) {
    let mut bench = Bench::new(store).await;
    let one = filled(&mut bench).await;
    let embedder = Counted::held(Arc::clone(&bench.embedder), Duration::ZERO);
    bench.embedder = embedder.clone();
    let before = bench.points().await;
    let workers = bench.work().await;
    let late = bench.upload("late.txt", format!("Late. {}", text(600)).as_bytes()).await;
    while bench.points().await < before * 2 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    bench.index.remove_generation(bench.project, one, 1).await.unwrap();
    ingest::catch_up(&bench.parts()).await.unwrap();
    embedder.release();
    assert_eq!(bench.settled(late).await.status, DocumentStatus::Completed);
    let findings = ingest::check(&bench.parts(), ingest::Repair::No).await.unwrap();
    assert_eq!(findings.list, [], "{findings:?}");
    workers.stop().await;
}
