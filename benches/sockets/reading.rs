//! Delivery while a long PDF is read: the program itself, with the real model at work, and its own route for news.

use std::time::{Duration, Instant};

use docent::domain::Clock;
use docent::domain::clock::SystemClock;
use serde_json::{Value, json};

use super::documents::{get, until, upload};
use super::program::{Program, cpu_ms};
use super::{Clients, PACE, pdf};

/// Long enough to be read for all the time that the events take.
const PAGES: usize = 1_000;

/// Renames a small document over and over; everybody in the room hears of it, and of how the PDF comes along. What is
/// measured begins with the request and ends in the client.
pub async fn fan_out(sockets: usize, events: usize) -> Value {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let program = Program::start(folder.path(), &[]).await;
    let small = upload(&program, "small.txt", b"Owls eat voles.".to_vec()).await;
    until(&program, small, "completed").await;
    let url = program.base.replacen("http", "ws", 1);
    let mut clients = Clients::start(&url, sockets, "room:1", events).await;
    let long = upload(&program, "long.pdf", pdf::of(PAGES)).await;
    until(&program, long, "embedding").await;

    let (before, begun) = (embedded(&program).await, Instant::now());
    let (cpu, memory) = (cpu_ms(program.id()), program.anonymous_mb());
    let mut renamings = tokio::task::JoinSet::new();
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / PACE);
    for _ in 0..events {
        ticks.tick().await;
        let renaming = program.http.patch(format!("{}/api/documents/{small}", program.base));
        // The name carries the time at which it was asked for.
        let renaming = renaming.json(&json!({"filename": SystemClock.now().micros().to_string()}));
        renamings.spawn(async move { renaming.send().await.expect("an answer").status() });
    }
    for status in renamings.join_all().await {
        assert!(status.is_success(), "{status}");
    }
    let heard = clients.report().await;
    let took_s = begun.elapsed().as_secs_f64();
    let rate = (embedded(&program).await - before) / took_s;
    let (cpu_s, more_mb) = ((cpu_ms(program.id()) - cpu) / 1e3, program.anonymous_mb() - memory);
    let document = get(&program, &format!("/api/documents/{long}")).await;
    assert_eq!(document["status"], "processing", "the PDF must outlast the events");
    let lost = sockets * events - heard["count"].as_u64().unwrap_or(0) as usize;
    println!(
        "{events} renamings to {sockets} sockets in {took_s:.1} s while {rate:.0} chunks/s are read: {lost} lost, p50 {} \
         ms, p99 {} ms, longest {} ms, {cpu_s:.1} s CPU, {more_mb:+.0} MB",
        heard["p50_ms"], heard["p99_ms"], heard["max_ms"],
    );
    clients.stop().await;
    program.stop().await;
    json!({ "sockets": sockets, "events": events, "lost": lost, "latency": heard, "chunks_per_s": rate, "cpu_s": cpu_s })
}

/// Vectors made since the start.
async fn embedded(program: &Program) -> f64 {
    let answer = program.http.get(format!("{}/metrics", program.base)).send().await.expect("an answer");
    let page = answer.text().await.expect("a body");
    let counts = page.lines().filter_map(|line| line.strip_prefix("docent_vectors_total")?.split(' ').nth(1));
    counts.filter_map(|count| count.parse::<f64>().ok()).sum()
}
