//! `cargo bench --bench search -- [points …]`: what the embedded index takes for a search. Synthetic chunks (random
//! directions, 120 words out of a Zipf-like vocabulary) in 20 projects; each search asks both branches for 50 hits
//! of one project, as `retrieve` does. Prints a table, and JSON as its last line.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use docent::domain::{DocumentId, ProjectId};
use docent::vectors::{EdgeIndex, EdgeSettings, IndexModel, Point, SearchQuery, VectorIndex};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

const DIMENSION: usize = 384;
const PROJECTS: i64 = 20;
const CHUNKS_PER_DOCUMENT: i64 = 50;
const WORDS: usize = 120;
const VOCABULARY: usize = 30_000;
const LIMIT: usize = 50;
const SECONDS: u64 = 5;

#[tokio::main]
async fn main() {
    let mut sizes: Vec<i64> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000];
    }
    let mut runs = Vec::new();
    for size in sizes {
        runs.push(run(size).await);
    }
    println!("{}", json!({ "bench": "search", "runs": runs }));
}

async fn run(size: i64) -> Value {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let settings = || {
        let model = IndexModel { name: "synthetic".into(), dimension: DIMENSION };
        EdgeSettings::new(folder.path().join("index"), model)
    };
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

    println!("{:<28} {:>7} {:>9} {:>9} {:>9} {:>9}", "", "clients", "p50 ms", "p99 ms", "q/s", "CPU ms");
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
    rows.push(measure(&index, "while optimising", 1, Some(&busy)).await);
    let optimize_s = beside.join_next().await.expect("one task").expect("the optimisation");
    println!("(that optimisation took {optimize_s:.1} s)");
    for clients in [1, 8, 32] {
        rows.push(measure(&index, "at rest", clients, None).await);
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
    rows.push(measure(&index, "while upserting", 1, None).await);
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

/// Searches for a while (or while something else goes on) and says how long they took.
async fn measure(
    index: &Arc<EdgeIndex>,
    name: &str,
    clients: u64,
    while_busy: Option<&Arc<AtomicBool>>,
) -> Value {
    let (begun, cpu) = (Instant::now(), cpu_ms());
    let mut tasks = tokio::task::JoinSet::new();
    for client in 0..clients {
        let (index, while_busy) = (Arc::clone(index), while_busy.cloned());
        tasks.spawn(async move {
            let mut rng = StdRng::seed_from_u64(1_000 + client);
            let mut taken = Vec::new();
            loop {
                let over = match &while_busy {
                    Some(busy) => !busy.load(Ordering::Acquire) && taken.len() >= 20,
                    None => begun.elapsed() >= Duration::from_secs(SECONDS),
                };
                if over {
                    return taken;
                }
                let (dense, text) = (direction(&mut rng), words(&mut rng, 6));
                let query = SearchQuery {
                    project: ProjectId::from(rng.random_range(0..PROJECTS)),
                    dense: Some(&dense),
                    text: Some(&text),
                    limit: LIMIT,
                    documents: None,
                    hidden: &[],
                };
                let asked = Instant::now();
                let found = index.search(query).await.expect("a search");
                taken.push(asked.elapsed().as_secs_f64() * 1e3);
                assert!(!found.dense.is_empty() && !found.sparse.is_empty());
            }
        });
    }
    let mut taken: Vec<f64> = tasks.join_all().await.into_iter().flatten().collect();
    let (seconds, cpu) = (begun.elapsed().as_secs_f64(), cpu_ms() - cpu);
    taken.sort_by(f64::total_cmp);
    let at = |share: f64| taken[((taken.len() - 1) as f64 * share) as usize];
    let count = taken.len() as f64;
    let (p50, p99, rate, each) = (at(0.5), at(0.99), count / seconds, cpu / count);
    println!("{name:<28} {clients:>7} {p50:>9.2} {p99:>9.2} {rate:>9.0} {each:>9.2}");
    json!({ "when": name, "clients": clients, "p50_ms": p50, "p99_ms": p99, "per_s": rate, "cpu_ms": each })
}

fn document_of(number: i64) -> Vec<Point> {
    let mut rng = StdRng::seed_from_u64(number as u64);
    let point = |position| Point {
        project: ProjectId::from(number % PROJECTS),
        document: DocumentId::from(number),
        generation: 1,
        position,
        dense: direction(&mut rng),
        text: words(&mut rng, WORDS),
    };
    (0..CHUNKS_PER_DOCUMENT).map(point).collect()
}

fn direction(rng: &mut StdRng) -> Vec<f32> {
    // The sum of a few uniform numbers is normal enough for an even spread of directions.
    (0..DIMENSION).map(|_| (0..4).map(|_| rng.random::<f32>() - 0.5).sum()).collect()
}

fn words(rng: &mut StdRng, count: usize) -> String {
    let word = |_| {
        let rank = (VOCABULARY as f64).powf(rng.random::<f64>()) as usize;
        format!("w{rank}")
    };
    (0..count).map(word).collect::<Vec<_>>().join(" ")
}

/// Of this process so far, user and system.
fn cpu_ms() -> f64 {
    let stat = fs_err::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 =
        after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum();
    ticks * 10.0
}

fn resident_mb() -> f64 {
    let status = fs_err::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or_default() / 1e3
}
