//! What the engine adds to search and model. Run by hand: `cargo test --test main chat::measure -- --ignored --nocapture`.

use std::time::Duration;

use docent::chat::Settings;
use docent::domain::chat::TurnEvent;
use docent::models::{Script, Step};
use tokio::time::Instant;

use super::bench::{Bench, drain};
use crate::support::databases::TestStore;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures, and asserts nothing"]
async fn what_the_engine_costs() {
    let test = TestStore::sqlite().await;
    let script = Script::of([Step::Pause { ms: 5 }, Step::Say(vec!["They eat voles [1].".to_owned()])]);
    let bench = Bench::with(test.store.clone(), "node-a", script, Settings::default()).await;
    let (mut accepted, mut sources, mut first) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..300 {
        let chat = bench.chat().await;
        let begun = Instant::now();
        let (_, mut stream) = bench.ask(chat, "What do kestrels eat?").await;
        accepted.push(begun.elapsed());
        while let Some(event) = stream.next().await {
            match event {
                TurnEvent::Sources(_) => sources.push(begun.elapsed()),
                TurnEvent::Token(frame) if frame.seq == 0 => first.push(begun.elapsed()),
                _ => {}
            }
        }
    }
    // The model's own 5 ms, of which a timer makes up to 6.
    println!(
        "accepted {:?}, sources {:?}, first token {:?} (model: 5 ms + timer)",
        p50(accepted),
        p50(sources),
        p50(first)
    );

    bench.model.will([Step::Pace { delay_ms: 1 }, Step::Flood { words: 5_000 }]);
    let chat = bench.chat().await;
    let (cpu, begun) = (cpu(), Instant::now());
    let (_, stream) = bench.ask(chat, "Why?").await;
    let events = drain(stream).await;
    println!(
        "5,000 tokens at about 800/s: {} frames, {:?} CPU per 1,000, in {:?}",
        events.len() - 3,
        (self::cpu() - cpu) / 5,
        begun.elapsed()
    );
    bench.close().await;
}

fn p50(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// User and system time of this process.
fn cpu() -> Duration {
    let stat = fs_err::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}
