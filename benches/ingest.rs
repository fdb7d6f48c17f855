//! `cargo bench --bench ingest -- [pages …]`: what reading a long PDF takes, beside what the model alone takes.
//!
//! The program runs on an empty data folder of its own for each length (100 and 1,000 pages), with the real model.
//! Reference, in the same run: the same chunks straight into the embedder (same sessions and threads, one text at a
//! time in each; the model is the one of a new installation, as it is the program's). Goals:
//! - chunks a second, from upload to `completed`, at least 0.88 of the reference;
//! - CPU beside embedding under 4 ms a chunk: what the server and its reader processes used, less what the
//!   reference used (answering the bench's own requests counts, too);
//! - anonymous memory of the server under 500 MB, and within 10 % between the two lengths;
//! - `GET /healthz` meanwhile: p99 under 20 ms.
//!
//! Where `PEERS_PYTHON` names a Python with `benches/peers/requirements.txt`, fastembed embeds the chunks of the first length
//! with the same model, too. Prints a table, and JSON as its last line.

mod documents;
#[path = "ingest/pdf.rs"]
mod pdf;
mod program;

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use docent::embedding::{self, EmbeddingSettings, LocalSettings};
use documents::{get, until, upload};
use program::{Program, anonymous_mb, cpu_ms, home};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;

/// The most that the API gives at once.
const PAGE: usize = 100;

#[tokio::main]
async fn main() {
    let mut lengths: Vec<usize> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    if lengths.is_empty() {
        lengths = vec![100, 1_000];
    }
    let mut runs: Vec<Run> = Vec::new();
    for pages in lengths {
        let server = read(pages).await;
        let reference = embed(&server.chunks).await;
        runs.push(Run { pages, server, reference });
    }
    println!(
        "{:>6} {:>7} {:>9} {:>9} {:>6} {:>10} {:>10} {:>8} {:>8} {:>11} {:>11}",
        "pages",
        "chunks",
        "chunks/s",
        "alone/s",
        "ratio",
        "CPU ms",
        "beside ms",
        "idle MB",
        "most MB",
        "healthz p50",
        "healthz p99",
    );
    let rows: Vec<Value> = runs.iter().map(Run::row).collect();
    let most: Vec<f64> = runs.iter().map(|run| run.server.most_mb).collect();
    let growth = most.last().zip(most.first()).map(|(last, first)| last / first - 1.0);
    let growth = growth.unwrap_or(0.0);
    println!("memory: {:+.1} % from the first to the last", growth * 100.0);
    let peer = match runs.first() {
        Some(run) => fastembed(&run.server.chunks).await,
        None => Value::Null,
    };
    if let Some(rate) = peer["per_s"].as_f64() {
        println!("fastembed in Python, the chunks of the first: {rate:.1}/s");
    }
    println!("{}", json!({ "bench": "ingest", "runs": rows, "memory_growth": growth, "fastembed": peer }));
}

struct Run {
    pages: usize,
    server: Reading,
    reference: Reference,
}

impl Run {
    fn row(&self) -> Value {
        let Self { pages, server, reference } = self;
        let count = server.chunks.len() as f64;
        let (rate, alone) = (count / server.took_s, count / reference.took_s);
        let (ratio, cpu) = (rate / alone, server.cpu_ms / count);
        let beside = cpu - reference.cpu_ms / count;
        let at = |share: f64| server.healthz_ms[((server.healthz_ms.len() - 1) as f64 * share) as usize];
        let (p50, p99) = (at(0.5), at(0.99));
        let (idle, most) = (server.idle_mb, server.most_mb);
        println!(
            "{pages:>6} {count:>7} {rate:>9.1} {alone:>9.1} {ratio:>6.2} {cpu:>10.2} {beside:>10.2} {idle:>8.0} \
             {most:>8.0} {p50:>11.2} {p99:>11.2}"
        );
        json!({ "pages": pages, "chunks": count, "chunks_per_s": rate, "reference_per_s": alone, "ratio": ratio,
            "cpu_ms_per_chunk": cpu, "cpu_ms_beside_embedding": beside, "idle_mb": idle, "most_mb": most,
            "healthz_p50_ms": p50, "healthz_p99_ms": p99, "healthz_asked": server.healthz_ms.len() })
    }
}

/// What the server did.
struct Reading {
    chunks: Vec<String>,
    took_s: f64,
    cpu_ms: f64,
    idle_mb: f64,
    most_mb: f64,
    /// Sorted.
    healthz_ms: Vec<f64>,
}

/// What the model alone did.
struct Reference {
    took_s: f64,
    cpu_ms: f64,
}

async fn read(pages: usize) -> Reading {
    let bytes = pdf::of(pages);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let program = Program::start(folder.path(), &[]).await;
    // The sessions for documents load after the start.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let idle_mb = program.anonymous_mb();
    let reading = Arc::new(AtomicBool::new(true));
    let mut healthz = tokio::task::JoinSet::new();
    healthz.spawn(ask_healthz(program.http.clone(), program.base.clone(), Arc::clone(&reading)));
    let mut memory = tokio::task::JoinSet::new();
    memory.spawn(watch_memory(program.id(), Arc::clone(&reading)));

    let (begun, cpu) = (Instant::now(), cpu_ms(program.id()));
    let document = upload(&program, "long.pdf", bytes).await;
    until(&program, document, "completed").await;
    let (took_s, cpu_ms) = (begun.elapsed().as_secs_f64(), cpu_ms(program.id()) - cpu);

    reading.store(false, Ordering::Release);
    let mut healthz_ms = healthz.join_next().await.expect("one task").expect("latencies");
    healthz_ms.sort_by(f64::total_cmp);
    let most_mb = memory.join_next().await.expect("one task").expect("megabytes");
    let chunks = chunks_of(&program, document).await;
    program.stop().await;
    Reading { chunks, took_s, cpu_ms, idle_mb, most_mb, healthz_ms }
}

async fn chunks_of(program: &Program, document: i64) -> Vec<String> {
    let mut all = Vec::new();
    loop {
        let path = format!("/api/documents/{document}/chunks?skip={}&limit={PAGE}", all.len());
        let body = get(program, &path).await;
        let page = body.as_array().unwrap_or_else(|| panic!("no list: {body}"));
        all.extend(page.iter().filter_map(|chunk| chunk["content"].as_str().map(str::to_owned)));
        if page.len() < PAGE {
            return all;
        }
    }
}

async fn ask_healthz(http: reqwest::Client, base: String, reading: Arc<AtomicBool>) -> Vec<f64> {
    let mut taken = Vec::new();
    while reading.load(Ordering::Acquire) {
        let asked = Instant::now();
        let answer = http.get(format!("{base}/healthz")).send().await.expect("an answer");
        drop(answer.bytes().await.expect("a body"));
        taken.push(asked.elapsed().as_secs_f64() * 1e3);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    taken
}

async fn watch_memory(process: u32, reading: Arc<AtomicBool>) -> f64 {
    let mut most: f64 = 0.0;
    while reading.load(Ordering::Acquire) {
        most = most.max(anonymous_mb(process));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    most
}

async fn embed(chunks: &[String]) -> Reference {
    let settings = EmbeddingSettings::Local(LocalSettings::new(home()));
    let embedder = embedding::open(&settings).await.expect("the model, which `make setup` fetches");
    // All sessions have loaded when so many texts are done.
    let warm = chunks.len().min(embedder.batch());
    embedder.passages(&chunks[..warm]).await.expect("vectors");
    let (begun, cpu) = (Instant::now(), cpu_ms(std::process::id()));
    let vectors = embedder.passages(chunks).await.expect("vectors");
    assert_eq!(vectors.len(), chunks.len());
    Reference { took_s: begun.elapsed().as_secs_f64(), cpu_ms: cpu_ms(std::process::id()) - cpu }
}

/// What the Python package makes of the same chunks; `null` where there is no Python for it.
async fn fastembed(chunks: &[String]) -> Value {
    let Some(python) = std::env::var_os("PEERS_PYTHON") else { return Value::Null };
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/embed.py");
    let mut command = tokio::process::Command::new(python);
    command.arg(script).arg(home()).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut process = command.env("ORT_DISABLE_TELEMETRY", "1").spawn().expect("that Python");
    let lines: Vec<String> = chunks.iter().map(|chunk| format!("{}\n", json!(chunk))).collect();
    let mut stdin = process.stdin.take().expect("piped");
    stdin.write_all(lines.concat().as_bytes()).await.expect("it reads");
    drop(stdin);
    let said = process.wait_with_output().await.expect("its end").stdout;
    let said = String::from_utf8_lossy(&said);
    serde_json::from_str(said.lines().last().unwrap_or_default()).expect("a line of JSON")
}
