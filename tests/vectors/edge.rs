//! What the engine does not promise by itself: that what was settled outlives a kill, also beside an optimisation,
//! and that cutting its log loses nothing.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use docent::domain::{DocumentId, ProjectId};
use docent::vectors::{
    EdgeIndex, EdgeSettings, IndexModel, Point, SearchQuery, Selection, VectorError, VectorIndex,
};

const DIMENSION: usize = 16;
/// Points per document in these tests.
const CHUNKS: i64 = 50;

fn settings(folder: &Path) -> EdgeSettings {
    let model = IndexModel { name: "test".into(), dimension: DIMENSION };
    EdgeSettings::new(folder.join("index"), model)
}

/// Graphs from the first few hundred points on, so that an optimisation has work to do.
fn eager(folder: &Path) -> EdgeSettings {
    EdgeSettings {
        graph_from_kb: 16,
        optimize_after: 200,
        flush_every: Duration::from_millis(5),
        ..settings(folder)
    }
}

fn document(id: i64) -> Vec<Point> {
    let point = |position| Point {
        project: ProjectId::from(1),
        document: DocumentId::from(id),
        generation: 1,
        position,
        dense: Some(
            (0..DIMENSION as i64).map(|n| ((id * 31 + position * 7 + n * n) % 97) as f32 - 48.0).collect(),
        ),
        words: vec![(word_of(id), 1.0)],
    };
    (0..CHUNKS).map(point).collect()
}

/// A term that every chunk of the document has, and no other.
fn word_of(document: i64) -> u32 {
    u32::try_from(document).unwrap() + 1_000
}

/// Opens the index once whoever had it before has let go of it.
fn patiently(settings: EdgeSettings) -> EdgeIndex {
    for _ in 0..600 {
        match EdgeIndex::open(settings.clone()) {
            Err(VectorError::InUse { .. }) => std::thread::sleep(Duration::from_millis(100)),
            opened => return opened.unwrap(),
        }
    }
    panic!("somebody still has it after a minute");
}

async fn count(index: &EdgeIndex, document: i64) -> u64 {
    index.count(Selection::generation(ProjectId::from(1), DocumentId::from(document), 1)).await.unwrap()
}

async fn finds(index: &EdgeIndex, document: i64) -> usize {
    let words = [(word_of(document), 1.0)];
    let query = SearchQuery {
        project: ProjectId::from(1),
        dense: None,
        words: Some(&words),
        limit: 1_000,
        documents: None,
        hidden: &[],
    };
    index.search(query).await.unwrap().sparse.len()
}

/// Runs one of the ignored tests below in a process of its own; killed with it.
struct Victim(Child);

impl Victim {
    fn start(test: &str, folder: &Path) -> (Self, impl Iterator<Item = String>) {
        let mut child = Process::new(std::env::current_exe().unwrap())
            .args(["--exact", &format!("vectors::edge::{test}"), "--ignored", "--nocapture"])
            .env("DOCENT_TEST_FOLDER", folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        (Self(child), lines.filter_map(|line| Some(line.split_once("victim: ")?.1.to_owned())))
    }

    /// SIGKILL: nothing is flushed, nothing is dropped.
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn victims_folder() -> PathBuf {
    std::env::var_os("DOCENT_TEST_FOLDER").expect("only run as a child of another test").into()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the victim of the next test"]
async fn settles_removes_and_waits() {
    let index = EdgeIndex::open(settings(&victims_folder())).unwrap();
    index.upsert(document(1)).await.unwrap();
    index.upsert(document(2)).await.unwrap();
    index.settle().await.unwrap();
    index.remove_generation(ProjectId::from(1), DocumentId::from(2), 1).await.unwrap();
    index.settle().await.unwrap();
    index.upsert(document(3)).await.unwrap();
    println!("victim: ready");
    std::future::pending::<()>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_settled_outlives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let (victim, mut lines) = Victim::start("settles_removes_and_waits", folder.path());
    assert_eq!(lines.next().as_deref(), Some("ready"));
    victim.kill();

    let index = EdgeIndex::open(settings(folder.path())).unwrap();
    assert_eq!((count(&index, 1).await, finds(&index, 1).await), (50, 50), "settled");
    assert_eq!((count(&index, 2).await, finds(&index, 2).await), (0, 0), "removed and settled");

    // The rest was never promised; whoever lost it puts it there again, over whatever there is.
    for id in [1, 2, 3] {
        index.upsert(document(id)).await.unwrap();
        assert_eq!((count(&index, id).await, finds(&index, id).await), (50, 50));
    }
    index.remove_generation(ProjectId::from(1), DocumentId::from(1), 1).await.unwrap();
    assert_eq!((count(&index, 1).await, finds(&index, 1).await), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the victim of the next test"]
async fn settles_beside_optimisations() {
    let index = patiently(eager(&victims_folder()));
    for id in 1.. {
        index.upsert(document(id)).await.unwrap();
        index.settle().await.unwrap();
        println!("victim: {id} {}", index.state().await.optimizing);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_in_the_middle_of_an_optimisation_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut settled = 0;
    for round in 1..=3 {
        let (victim, lines) = Victim::start("settles_beside_optimisations", folder.path());
        for line in lines {
            let (id, optimizing) = line.split_once(' ').unwrap();
            let id: i64 = id.parse().unwrap();
            settled = settled.max(id);
            if id >= round * 8 && optimizing == "true" {
                break;
            }
            assert!(id < 400, "it never optimised");
        }
        victim.kill();

        let index = patiently(eager(folder.path()));
        for id in 1..=settled {
            // From the second round on the victim puts everything there again, over what is there.
            assert_eq!(count(&index, id).await, 50, "document {id} of {settled}, round {round}");
            assert_eq!(finds(&index, id).await, 50, "document {id} of {settled}, round {round}");
        }
        index.remove_generation(ProjectId::from(1), DocumentId::from(1), 1).await.unwrap();
        assert_eq!((count(&index, 1).await, finds(&index, 1).await), (0, 0), "all of it is gone");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn searches_writes_and_removals_go_on_beside_optimisations() {
    let folder = tempfile::tempdir().unwrap();
    let index = Arc::new(EdgeIndex::open(eager(folder.path())).unwrap());
    let mut tasks = tokio::task::JoinSet::new();
    for lane in 0..4_i64 {
        let index = Arc::clone(&index);
        tasks.spawn(async move {
            for n in 0..12 {
                let id = lane * 100 + n;
                index.upsert(document(id)).await.unwrap();
                index.settle().await.unwrap();
                assert_eq!(finds(&index, id).await, 50);
                if n % 3 == 2 {
                    index.remove_generation(ProjectId::from(1), DocumentId::from(id), 1).await.unwrap();
                    assert_eq!((count(&index, id).await, finds(&index, id).await), (0, 0));
                }
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    index.optimize().await.unwrap();
    assert_eq!(index.count(Selection::everything()).await.unwrap(), 4 * 8 * 50);
    assert_eq!(index.state().await.trouble, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cutting_the_log_loses_nothing_and_later_writes_still_count() {
    let folder = tempfile::tempdir().unwrap();
    let settings = EdgeSettings {
        longest_log_bytes: 1,
        log_piece_bytes: 16 * 1024,
        optimize_after: usize::MAX,
        ..settings(folder.path())
    };
    let closed = || {
        let log = fs_err::read_dir(folder.path().join("index/points/wal")).unwrap();
        let names = log.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with("closed-")).collect::<Vec<_>>()
    };
    let index = EdgeIndex::open(settings).unwrap();
    for id in 0..20 {
        index.upsert(document(id)).await.unwrap();
    }
    let before = closed();
    assert!(before.len() > 3, "{before:?}");
    index.optimize().await.unwrap();
    assert_eq!(index.count(Selection::everything()).await.unwrap(), 20 * 50);
    assert!(closed().len() <= 1, "of {before:?} {:?} are left", closed());

    index.upsert(vec![Point { words: vec![(word_of(999), 1.0)], ..document(3).remove(0) }]).await.unwrap();
    assert_eq!(finds(&index, 3).await, 49, "an existing point is replaced, and not ignored");
    index.remove_generation(ProjectId::from(1), DocumentId::from(4), 1).await.unwrap();
    assert_eq!((count(&index, 4).await, finds(&index, 4).await), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_index_has_one_owner_and_opens_again_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let index = EdgeIndex::open(settings(folder.path())).unwrap();
    index.upsert(document(1)).await.unwrap();
    let second = EdgeIndex::open(settings(folder.path())).err().expect("one owner");
    assert!(matches!(second, VectorError::InUse { .. }), "{second:?}");
    assert!(matches!(EdgeIndex::discard(&settings(folder.path())), Err(VectorError::InUse { .. })));
    index.upsert(document(2)).await.expect("whoever was refused has touched nothing");
    index.settle().await.unwrap();
    drop(index);

    let index = EdgeIndex::open(settings(folder.path())).unwrap();
    assert_eq!(count(&index, 1).await, 50);
    drop(index);

    let other = IndexModel { name: "another".into(), dimension: DIMENSION };
    let refused = EdgeIndex::open(EdgeSettings { model: other, ..settings(folder.path()) }).err().unwrap();
    assert!(refused.to_string().contains("docent reindex"), "{refused}");
    EdgeIndex::discard(&settings(folder.path())).unwrap();
    let index = EdgeIndex::open(settings(folder.path())).unwrap();
    assert_eq!(index.count(Selection::everything()).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_flush_serves_everybody_who_waits() {
    let folder = tempfile::tempdir().unwrap();
    let index = EdgeIndex::open(settings(folder.path())).unwrap();
    index.upsert(document(1)).await.unwrap();
    index.settle().await.unwrap();

    let begun = std::time::Instant::now();
    let all = futures_util::future::join_all((0..50).map(|_| index.settle()));
    assert!(all.await.into_iter().all(|settled| settled.is_ok()));
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(5), "fifty flushes 250 ms apart would take 12 s: {took:?}");
}
