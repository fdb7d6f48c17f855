//! `cargo bench --bench start -- [chunks …]`: how long `docent serve` takes from being started to `GET /readyz`
//! answering 200, on a data folder with 100,000 chunks (or as many as said). Goal: under 2 s, each time.
//! Prints a table, and JSON as its last line.

use std::path::Path;
use std::time::{Duration, Instant};

use docent::embedding::{self, EmbeddingSettings, LocalSettings};
use docent::store::{Backend, Store, StoreSettings};
use docent::vectors::{EdgeIndex, EdgeSettings, IndexModel};
use program::{Program, cpu_ms, home};
use serde_json::{Value, json};

mod corpus;
mod library;
mod program;

const STARTS: usize = 5;

#[tokio::main]
async fn main() {
    let mut sizes: Vec<i64> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![100_000];
    }
    let mut runs = Vec::new();
    for size in sizes {
        runs.push(run(size).await);
    }
    println!("{}", json!({ "bench": "start", "goal_s": 2.0, "runs": runs }));
}

async fn run(size: i64) -> Value {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let begun = Instant::now();
    fill(folder.path(), size).await;
    println!("{size} chunks (made in {:.0} s)", begun.elapsed().as_secs_f64());
    println!("{:<8} {:>9} {:>9} {:>12}", "start", "ready s", "CPU s", "anonymous MB");
    let mut starts = Vec::new();
    for number in 1..=STARTS {
        let begun = Instant::now();
        let program = Program::start(folder.path(), &[]).await;
        let (ready, cpu) = (begun.elapsed().as_secs_f64(), cpu_ms(program.id()) / 1e3);
        assert_eq!(points(&program).await, format!("{size} points"));
        // The sessions for documents load after that.
        tokio::time::sleep(Duration::from_secs(2)).await;
        let memory = program.anonymous_mb();
        program.stop().await;
        println!("{number:<8} {ready:>9.2} {cpu:>9.2} {memory:>12.0}");
        starts.push(json!({ "ready_s": ready, "cpu_s": cpu, "anonymous_mb": memory }));
    }
    println!();
    json!({ "chunks": size, "starts": starts })
}

/// What the index says of itself.
async fn points(program: &Program) -> String {
    let answer = program.http.get(format!("{}/readyz", program.base)).send().await.expect("an answer");
    let body: Value = serde_json::from_str(&answer.text().await.expect("a body")).expect("JSON");
    let parts = body["dependencies"].as_array().cloned().unwrap_or_default();
    let index = parts.iter().find(|part| part["name"] == "index");
    index.and_then(|part| part["message"].as_str()).unwrap_or_default().to_owned()
}

/// Everything is closed again when this returns.
async fn fill(folder: &Path, size: i64) {
    let settings = EmbeddingSettings::Local(LocalSettings::new(home()));
    let embedder = embedding::open(&settings).await.expect("the model, which `make setup` fetches");
    let info = embedder.info();
    let model = IndexModel { name: info.name.clone(), dimension: info.dimension };
    let store = Store::open(&StoreSettings::new(Backend::Sqlite(folder.join("docent.db")))).await;
    let store = store.expect("a database");
    let index = EdgeIndex::open(EdgeSettings::new(folder.join("index"), model)).expect("an index");
    library::fill(&store, &index, size).await.expect("a full database");
    drop(index);
    store.close().await;
}
