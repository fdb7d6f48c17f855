//! `cargo bench --bench search -- [points …]`: what the embedded index takes for a search. Synthetic chunks (random
//! directions, 120 words out of a Zipf-like vocabulary) in 20 projects; each search asks both branches for 50 hits
//! of one project, as `retrieve` does. With `QDRANT_URL` the same on that server, where it makes and deletes a collection
//! that begins with `docent-bench`. Prints a table, and JSON as its last line.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use docent::domain::{DocumentId, ProjectId};
use docent::vectors::{
    EdgeIndex, EdgeSettings, IndexModel, Point, QdrantIndex, QdrantSettings, SearchQuery, VectorIndex,
};
use docent::words::{Language, Question};
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use corpus::{CHUNKS_PER_DOCUMENT, DIMENSION, PROJECTS, chunks_of, direction, weights, words};
use support::{cpu_ms, heading, measure};

mod corpus;
mod support;

const LIMIT: usize = 50;

#[tokio::main]
async fn main() {
    let mut sizes: Vec<i64> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000];
    }
    let mut runs = Vec::new();
    for &size in &sizes {
        runs.push(run(size).await);
    }
    if let Ok(url) = std::env::var("QDRANT_URL") {
        for &size in &sizes {
            runs.push(run_on_server(&url, size).await);
        }
    }
    println!("{}", json!({ "bench": "search", "runs": runs }));
}

async fn run(size: i64) -> Value {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let settings = || EdgeSettings::new(folder.path().join("index"), model());
    let index = Arc::new(EdgeIndex::open(settings()).expect("a fresh index"));
    let (begun, cpu) = (Instant::now(), cpu_ms());
    for document in 0..size / CHUNKS_PER_DOCUMENT {
        index.upsert(document_of(document)).await.expect("an upsert");
    }
    let (fill_s, fill_cpu_s) = (begun.elapsed().as_secs_f64(), (cpu_ms() - cpu) / 1e3);
    let begun = Instant::now();
    index.settle().await.expect("a flush");
    let settle_ms = begun.elapsed().as_secs_f64() * 1e3;
    let rate = size as f64 / fill_s;
    println!(
        "{size} points: filled in {fill_s:.1} s ({rate:.0}/s, {fill_cpu_s:.1} s CPU), flushed in {settle_ms:.0} ms"
    );

    heading();
    let mut rows = Vec::new();
    let busy = Arc::new(AtomicBool::new(true));
    let mut beside = tokio::task::JoinSet::new();
    beside.spawn({
        let (index, busy) = (Arc::clone(&index), Arc::clone(&busy));
        async move {
            let begun = Instant::now();
            index.optimize().await.expect("an optimisation");
            busy.store(false, Ordering::Release);
            begun.elapsed().as_secs_f64()
        }
    });
    let over = Arc::new({
        let busy = Arc::clone(&busy);
        move || !busy.load(Ordering::Acquire)
    });
    let asked = Arc::clone(&index);
    let ask = move |rng| search(Arc::clone(&asked), rng);
    rows.push(measure("while optimising", 1, Some(over), ask.clone()).await);
    let optimize_s = beside.join_next().await.expect("one task").expect("the optimisation");
    println!("(that optimisation took {optimize_s:.1} s)");
    for clients in [1, 8, 32] {
        rows.push(measure("at rest", clients, None, ask.clone()).await);
    }
    busy.store(true, Ordering::Release);
    let upserts = Arc::new(AtomicU64::new(0));
    beside.spawn({
        let (index, busy, upserts) = (Arc::clone(&index), Arc::clone(&busy), Arc::clone(&upserts));
        async move {
            let mut document = size / CHUNKS_PER_DOCUMENT;
            while busy.load(Ordering::Acquire) {
                index.upsert(document_of(document)).await.expect("an upsert");
                index.settle().await.expect("a flush");
                upserts.fetch_add(CHUNKS_PER_DOCUMENT as u64, Ordering::Relaxed);
                document += 1;
            }
            0.0
        }
    });
    rows.push(measure("while upserting", 1, None, ask).await);
    busy.store(false, Ordering::Release);
    beside.join_next().await.expect("one task").expect("the writer");
    println!("({} points came in meanwhile, each document settled)", upserts.load(Ordering::Relaxed));

    let state = index.state().await;
    drop(index);
    let begun = Instant::now();
    let index = EdgeIndex::open(settings()).expect("the same index");
    let open_s = begun.elapsed().as_secs_f64();
    let after = index.state().await;
    println!(
        "disk {:.0} MB ({:.0} MB after opening again, in {open_s:.2} s), {:.0} MB resident\n",
        state.disk_bytes as f64 / 1e6,
        after.disk_bytes as f64 / 1e6,
        resident_mb()
    );
    json!({ "points": size, "fill_s": fill_s, "fill_cpu_s": fill_cpu_s, "settle_ms": settle_ms,
        "optimize_s": optimize_s, "open_s": open_s, "disk_bytes": after.disk_bytes, "searches": rows })
}

/// The server optimises when it sees fit; what is measured is what a process of ours waits for.
async fn run_on_server(url: &str, size: i64) -> Value {
    let settings = QdrantSettings {
        api_key: std::env::var("QDRANT_API_KEY").ok(),
        prefix: "docent-bench".into(),
        ..QdrantSettings::new(url.to_owned(), model())
    };
    QdrantIndex::discard(&settings).await.expect("a server that answers");
    let index = Arc::new(QdrantIndex::open(settings.clone()).await.expect("a fresh collection"));
    let begun = Instant::now();
    for document in 0..size / CHUNKS_PER_DOCUMENT {
        index.upsert(document_of(document)).await.expect("an upsert");
    }
    let fill_s = begun.elapsed().as_secs_f64();
    println!("{size} points on a server: filled in {fill_s:.1} s ({:.0}/s)", size as f64 / fill_s);
    heading();
    let mut rows = Vec::new();
    for clients in [1, 8, 32] {
        let asked = Arc::clone(&index);
        rows.push(measure("on a server", clients, None, move |rng| search(Arc::clone(&asked), rng)).await);
    }
    drop(index);
    QdrantIndex::discard(&settings).await.expect("a server that answers");
    json!({ "points": size, "server": true, "fill_s": fill_s, "searches": rows })
}

fn model() -> IndexModel {
    IndexModel { name: "synthetic".into(), dimension: DIMENSION }
}

/// One search, and the milliseconds it took.
async fn search(index: Arc<impl VectorIndex>, mut rng: StdRng) -> (StdRng, f64) {
    let (dense, words) = (direction(&mut rng), terms(&words(&mut rng, 6)));
    let query = SearchQuery {
        project: ProjectId::from(rng.random_range(0..PROJECTS)),
        dense: Some(&dense),
        words: Some(&words),
        limit: LIMIT,
        documents: None,
        hidden: &[],
    };
    let asked = Instant::now();
    let found = index.search(query).await.expect("a search");
    assert!(!found.dense.is_empty() && !found.sparse.is_empty());
    (rng, asked.elapsed().as_secs_f64() * 1e3)
}

fn document_of(number: i64) -> Vec<Point> {
    let point = |(position, (dense, text)): (usize, (Vec<f32>, String))| Point {
        project: ProjectId::from(number % PROJECTS),
        document: DocumentId::from(number),
        generation: 1,
        position: position as i64,
        dense: Some(dense),
        words: weights(&text),
    };
    chunks_of(number).into_iter().enumerate().map(point).collect()
}

fn resident_mb() -> f64 {
    let status = fs_err::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or_default() / 1e3
}

/// The terms of an English question, each worth the same.
fn terms(text: &str) -> Vec<(u32, f32)> {
    Question::read(text, &[Language::English], false).weights(|_| 1.0)
}
