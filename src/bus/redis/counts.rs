//! Counts in windows of time, one for all nodes.

use std::time::Duration;

use redis::Script;
use redis::aio::ConnectionManager;
use tokio::time::timeout;

use crate::Count;

/// Somebody waits for the answer to a question meanwhile; the database can count, too.
const PATIENCE: Duration = Duration::from_millis(300);

/// Both steps are one: no count is left without an end.
const COUNT: &str = "local count = redis.call('INCR', KEYS[1])
    if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
    return {count, redis.call('PTTL', KEYS[1])}";

pub(super) struct Counts {
    prefix: String,
    manager: ConnectionManager,
    script: Script,
}

impl Counts {
    pub(super) fn new(prefix: &str, manager: ConnectionManager) -> Self {
        Self { prefix: format!("{prefix}:count:"), manager, script: Script::new(COUNT) }
    }

    /// `None` without an answer in time.
    pub(super) async fn count(&self, name: &str, window: Duration) -> Option<Count> {
        let mut script = self.script.key(format!("{}{name}", self.prefix));
        script.arg(u64::try_from(window.as_millis()).unwrap_or(u64::MAX));
        let mut manager = self.manager.clone();
        match timeout(PATIENCE, script.invoke_async::<(i64, i64)>(&mut manager)).await {
            Ok(Ok((count, left_ms))) => {
                let left = Duration::from_millis(u64::try_from(left_ms).unwrap_or(0));
                Some(Count { count, left: left.min(window) })
            }
            Ok(Err(error)) => {
                tracing::debug!(%error, "Redis does not count");
                None
            }
            Err(_) => None,
        }
    }
}
