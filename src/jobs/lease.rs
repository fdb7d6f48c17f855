//! Holding on to work, letting go of it, and taking over what others dropped.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Company;
use super::runner::{Runner, Why};
use docent_store::{Hold, Pulse, StoreError};
use docent_telemetry as telemetry;

/// How often the database is asked whether work is still wanted.
const ASK: Duration = Duration::from_millis(500);

/// Runs put back into the queue in one transaction.
const BATCH: i64 = 200;

/// At the start of the only worker: what is locked or running belongs to a dead predecessor.
pub async fn recover(runner: &Runner) -> Result<(), StoreError> {
    let parts = runner.parts();
    if runner.settings().company == Company::Alone {
        let mut tx = parts.store.begin().await?;
        let freed = tx.free_queues().await?;
        let now = parts.clock.now();
        let mut resumed = 0;
        for pulse in tx.pulses().await? {
            let taken = tx.take_away_run(pulse.hold, runner.settings().crashed.as_deref(), now).await?;
            resumed += usize::from(taken.is_some());
            taken.iter().for_each(|run| runner.suspect(run));
        }
        tx.commit().await?;
        if resumed > 0 || freed > 0 {
            telemetry::jobs_recovered(resumed);
            tracing::info!(resumed, freed, "Taking up the work of the last start");
        }
    }
    queue_forgotten(runner).await
}

/// Until told to stop: renews this worker's leases, asks what is still wanted, and watches the others.
pub async fn keep(runner: Arc<Runner>, closing: CancellationToken) {
    let lease = runner.settings().lease;
    let (renewal, mut watch) = (lease / 4, Watch::new(lease));
    let mut renewed = Instant::now();
    loop {
        tokio::time::sleep(ASK.min(renewal)).await;
        let holds = runner.holds();
        // The leases of work that is letting go are renewed to the end.
        if closing.is_cancelled() && holds.is_empty() {
            return;
        }
        let mut result = ask(&runner, &holds).await;
        if result.is_ok() && renewed.elapsed() >= renewal {
            renewed = Instant::now();
            result = renew(&runner, &holds).await;
            if result.is_ok() && !closing.is_cancelled() {
                result = take_over(&runner, &mut watch).await;
            }
        }
        if let Err(error) = result {
            watch.forget();
            tracing::warn!(%error, "Leases could not be looked after; trying again");
        }
    }
}

async fn ask(runner: &Runner, holds: &[Hold]) -> Result<(), StoreError> {
    if holds.is_empty() {
        return Ok(());
    }
    let unwanted = runner.parts().store.read().await?.unwanted_runs(runner.name()).await?;
    for (run, cancelled) in unwanted {
        runner.stop(run, if cancelled { Why::Cancelled } else { Why::Unwanted });
    }
    Ok(())
}

async fn renew(runner: &Runner, holds: &[Hold]) -> Result<(), StoreError> {
    if holds.is_empty() {
        return Ok(());
    }
    let parts = runner.parts();
    let mut tx = parts.store.begin().await?;
    let until = parts.clock.now().plus(runner.settings().lease);
    let ours = tx.renew_leases(runner.name(), until).await?;
    tx.commit().await?;
    runner.keep_only(holds, &ours);
    Ok(())
}

async fn take_over(runner: &Runner, watch: &mut Watch) -> Result<(), StoreError> {
    let parts = runner.parts();
    let asked = Instant::now();
    let pulses = parts.store.read().await?.pulses().await?;
    if asked.elapsed() >= runner.settings().lease / 4 {
        watch.forget();
    }
    for hold in watch.dead(&pulses, Instant::now()) {
        if runner.holds().contains(&hold) {
            continue;
        }
        let mut tx = parts.store.begin().await?;
        let taken = tx.take_away_run(hold, runner.settings().crashed.as_deref(), parts.clock.now()).await?;
        tx.commit().await?;
        if let Some(run) = taken {
            runner.suspect(&run);
            telemetry::jobs_recovered(1);
            tracing::warn!(run.id = %run.id, worker = run.worker, "Its worker is silent; queued again");
        }
    }
    Ok(())
}

/// Puts back into the queue what the queue has lost.
pub async fn queue_forgotten(runner: &Runner) -> Result<(), StoreError> {
    let parts = runner.parts();
    loop {
        let mut tx = parts.store.begin().await?;
        let found = tx.queue_forgotten(BATCH, parts.clock.now()).await?;
        tx.commit().await?;
        if found > 0 {
            tracing::warn!(found, "Work that had fallen out of the queue is queued again");
        }
        if i64::try_from(found).unwrap_or(BATCH) < BATCH {
            return Ok(());
        }
    }
}

/// Tells the silent from the busy by this process's own steady clock: a lease that has not moved for its length has
/// nobody who moves it. What the clocks of two machines say is never compared.
struct Watch {
    lease: Duration,
    seen: HashMap<Hold, (i64, Instant)>,
}

impl Watch {
    fn new(lease: Duration) -> Self {
        Self { lease, seen: HashMap::new() }
    }

    /// While the database is away, nobody can renew anything: what was seen before says nothing.
    fn forget(&mut self) {
        self.seen.clear();
    }

    fn dead(&mut self, pulses: &[Pulse], now: Instant) -> Vec<Hold> {
        self.seen.retain(|hold, _| pulses.iter().any(|pulse| pulse.hold == *hold));
        let mut dead = Vec::new();
        for pulse in pulses {
            let (lease_until, since) = self.seen.entry(pulse.hold).or_insert((pulse.lease_until, now));
            if *lease_until != pulse.lease_until {
                (*lease_until, *since) = (pulse.lease_until, now);
            } else if now.duration_since(*since) >= self.lease {
                dead.push(pulse.hold);
            }
        }
        dead
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use docent_domain::RunId;

    fn pulse(run: i64, lease_until: i64) -> Pulse {
        Pulse { hold: Hold { run: RunId::from(run), fence: 1 }, lease_until }
    }

    #[test]
    fn who_does_not_move_is_dead() {
        let mut watch = Watch::new(Duration::from_secs(10));
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        assert!(watch.dead(&[pulse(1, 5), pulse(2, 5)], at(0)).is_empty());
        assert!(watch.dead(&[pulse(1, 5), pulse(2, 9)], at(9)).is_empty());
        assert_eq!(watch.dead(&[pulse(1, 5), pulse(2, 9)], at(10)), [pulse(1, 0).hold]);
        // Times in leases mean nothing, not even far in the past or future.
        assert!(watch.dead(&[pulse(2, -4)], at(30)).is_empty());
        assert_eq!(watch.dead(&[pulse(2, -4)], at(40)), [pulse(2, 0).hold]);
    }
}
