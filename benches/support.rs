//! What benches that ask share: clients, and a row of the table for them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

const SECONDS: u64 = 5;

/// Runs `ask` over and over with so many clients, until `over` says so or for a few seconds, and prints a row.
pub async fn measure<F, Fut>(
    name: &str,
    clients: u64,
    over: Option<Arc<dyn Fn() -> bool + Send + Sync>>,
    ask: F,
) -> Value
where
    F: Fn(StdRng) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = (StdRng, f64)> + Send + 'static,
{
    let (begun, cpu) = (Instant::now(), cpu_ms());
    let mut tasks = tokio::task::JoinSet::new();
    for client in 0..clients {
        let (ask, over) = (ask.clone(), over.clone());
        tasks.spawn(async move {
            let mut rng = StdRng::seed_from_u64(1_000 + client);
            let mut taken = Vec::new();
            let is_over = |asked: usize| match &over {
                Some(over) => over() && asked >= 20,
                None => begun.elapsed() >= Duration::from_secs(SECONDS),
            };
            while !is_over(taken.len()) {
                let (again, ms) = ask(rng).await;
                rng = again;
                taken.push(ms);
            }
            taken
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

pub fn heading() {
    println!("{:<28} {:>7} {:>9} {:>9} {:>9} {:>9}", "", "clients", "p50 ms", "p99 ms", "q/s", "CPU ms");
}

/// Of this process so far, user and system.
pub fn cpu_ms() -> f64 {
    let stat = fs_err::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 =
        after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum();
    ticks * 10.0
}
