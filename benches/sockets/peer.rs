//! The same fan-out by python-socketio.

use std::process::Stdio;
use std::time::{Duration, Instant};

use docent::domain::Clock;
use docent::domain::clock::SystemClock;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::Command;

use super::program::cpu_ms;
use super::{Clients, PACE};

/// `null` where there is no Python for it.
pub async fn fan_out(sockets: usize, events: usize) -> Value {
    let Some(python) = std::env::var_os("PEERS_PYTHON") else { return Value::Null };
    let relay = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/relay.py");
    let mut command = Command::new(python);
    command.arg(relay).stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut process = command.spawn().expect("that Python");
    let mut stdin = process.stdin.take().expect("piped");
    let mut stdout = BufReader::new(process.stdout.take().expect("piped")).lines();
    let url = stdout.next_line().await.expect("the relay lives").expect("its address");
    let id = process.id().expect("it runs");
    let mut clients = Clients::start(&url, sockets, "room:1", events).await;
    let (cpu, begun) = (cpu_ms(id), Instant::now());
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / PACE);
    for event in 0..events {
        ticks.tick().await;
        let filename = SystemClock.now().micros().to_string();
        let line = format!("{}\n", json!({ "document_id": event, "filename": filename }));
        stdin.write_all(line.as_bytes()).await.expect("the relay lives");
    }
    let heard = clients.report().await;
    let took_s = begun.elapsed().as_secs_f64();
    let cpu_us = (cpu_ms(id) - cpu) * 1e3 / (sockets * events) as f64;
    let lost = sockets * events - heard["count"].as_u64().unwrap_or(0) as usize;
    println!(
        "the same over python-socketio in {took_s:.1} s: {lost} lost, p50 {} ms, p99 {} ms, longest {} ms, {cpu_us:.1} µs \
         CPU a delivery",
        heard["p50_ms"], heard["p99_ms"], heard["max_ms"],
    );
    clients.stop().await;
    drop(process.kill().await);
    json!({ "sockets": sockets, "events": events, "lost": lost, "latency": heard, "cpu_us_a_delivery": cpu_us })
}
