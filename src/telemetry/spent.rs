//! Time that several tasks spend on one thing, summed up.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A sum of durations that can be added to from many sides.
#[derive(Debug, Default)]
pub struct Spent(AtomicU64);

impl Spent {
    /// Does the work, and adds the time that it took.
    pub async fn on<T>(&self, work: impl Future<Output = T>) -> T {
        let begun = Instant::now();
        let done = work.await;
        let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.0.fetch_add(micros, Ordering::Relaxed);
        done
    }

    pub fn total(&self) -> Duration {
        Duration::from_micros(self.0.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn times_of_many_add_up() {
        let spent = Spent::default();
        assert_eq!(spent.on(async { 7 }).await, 7);
        spent.on(async { std::thread::sleep(Duration::from_millis(2)) }).await;
        assert!(spent.total() >= Duration::from_millis(2));
    }
}
