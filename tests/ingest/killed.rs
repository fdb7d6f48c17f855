//! The program killed at every stage of a reading: nothing is lost, nothing is there twice.

use std::path::Path;
use std::time::{Duration, Instant};

use docent::domain::DocumentId;
use docent::ingest::Place;
use docent::store::{Backend, Chunk, Store, StoreSettings};
use docent::vectors::{EdgeIndex, EdgeSettings, IndexModel, Selection, VectorIndex};
use futures_util::StreamExt;

use super::text;
use crate::support::postgres::fresh_database;
use crate::support::process::Program;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Database {
    Sqlite,
    Postgres,
}

/// A text that makes several batches of chunks.
fn long() -> Vec<u8> {
    (0..40).map(|part| format!("# Part {part}\n\n{}\n\n", text(80))).collect::<String>().into_bytes()
}

#[tokio::test]
async fn a_kill_at_any_stage_loses_and_doubles_nothing_on_sqlite() {
    at_every_stage(Database::Sqlite).await;
}

#[tokio::test]
async fn a_kill_at_any_stage_loses_and_doubles_nothing_on_postgres() {
    at_every_stage(Database::Postgres).await;
}

async fn at_every_stage(database: Database) {
    let undisturbed = read(database, None).await;
    assert!(undisturbed.len() > 100, "{} chunks", undisturbed.len());
    let mut runs = futures_util::stream::iter(Place::ALL.into_iter().filter(|place| !of_imports(*place)))
        .map(|place| async move { (place, read(database, Some(place)).await) })
        .buffer_unordered(2);
    while let Some((place, chunks)) = runs.next().await {
        assert!(chunks == undisturbed, "killed at {}, the result is another", place.name());
    }
}

/// Archives have deaths of their own.
fn of_imports(place: Place) -> bool {
    matches!(place, Place::ImportOpened | Place::Imported)
}

/// Reads one document, with a death at that place if any, and gives what searches could find of it.
async fn read(database: Database, death: Option<Place>) -> Vec<Chunk> {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let address = match database {
        Database::Sqlite => format!("sqlite:{}", data.join("docent.db").display()),
        Database::Postgres => fresh_database().await,
    };
    let plain = [("DATABASE_URL", address.as_str())];
    let mut id = 1;
    if let Some(place) = death {
        let plan = format!("{}=abort", place.name());
        let mut program = Program::start(&data, &[plain[0], ("INGEST_FAULTS", &plan)]).await;
        // An early death may come before the answer: then it is the first document all the same.
        id = program.upload_to_a_doomed("long.md", long()).await.unwrap_or(1);
        program.dies().await;
    }
    let start = Instant::now();
    let program = Program::start(&data, &plain).await;
    if death.is_none() {
        id = program.upload("long.md", long()).await;
    }
    let document = program.settled(id).await;
    assert_eq!(document["status"], "completed", "{document}");
    assert_eq!(document["attempts"], if death.is_some_and(|at| at != Place::AfterPublish) { 2 } else { 1 });
    assert!(start.elapsed() < Duration::from_secs(30), "resumed after {:?}", start.elapsed());
    program.stop().await;
    found(&data, &address, id.into()).await
}

/// Holds database, index and files against each other.
async fn found(data: &Path, address: &str, id: DocumentId) -> Vec<Chunk> {
    let store = Store::open(&StoreSettings::new(Backend::parse(address).unwrap())).await.unwrap();
    let mut tx = store.read().await.unwrap();
    let chunks = tx.chunks_from(id, 1, 0, 100_000).await.unwrap();
    assert_eq!(tx.queue_depths().await.unwrap(), [], "nothing is left to do");
    drop(tx);
    let model = IndexModel { name: recorded_model(data), dimension: 384 };
    let settings = EdgeSettings::new(data.join("index"), model);
    let index = tokio::task::spawn_blocking(move || EdgeIndex::open(settings).unwrap()).await.unwrap();
    assert_eq!(index.count(Selection::everything()).await.unwrap(), chunks.len() as u64);
    store.close().await;
    chunks
}

fn recorded_model(data: &Path) -> String {
    let text = fs_err::read_to_string(data.join("index/model.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    json["name"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_kills_every_process_that_reads_it_comes_to_rest() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let poisoned = [("INGEST_FAULTS", "started=abort")];
    let mut program = Program::start(&data, &poisoned).await;
    let id = program.upload_to_a_doomed("poison.md", b"# Poison".to_vec()).await.unwrap_or(1);
    program.dies().await;
    for _ in 1..5 {
        Program::doomed(&data, &poisoned).await;
    }
    program = Program::start(&data, &poisoned).await;
    let document = program.settled(id).await;
    assert_eq!((&document["status"], &document["attempts"]), (&"failed".into(), &5.into()), "{document}");
    assert_eq!(document["error_code"], "too_many_attempts");
    program.stop().await;
    let program = Program::start(&data, &[]).await;
    let next = program.upload("next.md", b"# Not poison".to_vec()).await;
    assert_eq!(program.settled(next).await["status"], "completed");
    program.stop().await;
}

#[tokio::test]
async fn kills_at_random_moments_lose_nothing() {
    let seed = u64::from(std::process::id());
    println!("seed {seed}");
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let address = format!("sqlite:{}", data.join("docent.db").display());
    let settings = [("DATABASE_URL", address.as_str())];
    let program = Program::start(&data, &settings).await;
    let mut documents = Vec::new();
    for n in 0..6 {
        let part = format!("# Document {n}\n\n{}", String::from_utf8(long()).unwrap());
        documents.push(program.upload(&format!("{n}.md"), part.into_bytes()).await);
    }
    program.kill().await;
    for round in 0..4 {
        let program = Program::start(&data, &settings).await;
        tokio::time::sleep(Duration::from_millis(seed.wrapping_mul(7919 + round * 104_729) % 900)).await;
        program.kill().await;
    }
    let program = Program::start(&data, &settings).await;
    for id in &documents {
        let document = program.settled(*id).await;
        assert_eq!(document["status"], "completed", "{document}");
    }
    program.stop().await;
    let store = Store::open(&StoreSettings::new(Backend::parse(&address).unwrap())).await.unwrap();
    let mut chunks = 0;
    for id in documents {
        chunks += store.read().await.unwrap().count_chunks(id.into(), 1).await.unwrap() as u64;
    }
    store.close().await;
    let model = IndexModel { name: recorded_model(&data), dimension: 384 };
    let settings = EdgeSettings::new(data.join("index"), model);
    let index = tokio::task::spawn_blocking(move || EdgeIndex::open(settings).unwrap()).await.unwrap();
    assert_eq!(index.count(Selection::everything()).await.unwrap(), chunks);
}
