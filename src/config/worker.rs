//! Worker processes.

use std::net::SocketAddr;

use super::declared::declared;
use docent_store::Queue;

/// The queues of `docent_store`.
#[expect(clippy::ptr_arg, reason = "a check gets what the setting holds")]
fn queue_names(names: &Vec<String>) -> Result<(), String> {
    let known = |name: &String| [Queue::Ingest, Queue::Maintenance].iter().any(|queue| queue.name() == name);
    if !names.is_empty() && names.iter().all(known) {
        Ok(())
    } else {
        Err("must be `ingest`, `maintenance` or both, separated by a comma".to_owned())
    }
}

declared! {
    /// Worker processes.
    Worker "worker" {
        /// Address at which a `docent-worker` process tells of its health and metrics.
        listen: SocketAddr = "127.0.0.1:8001", WORKER_LISTEN;
        /// Queues that it works on, separated by commas: `ingest` (reading documents) and `maintenance` (cleaning up).
        queues: Vec<String> = "ingest,maintenance", WORKER_QUEUES, queue_names;
    }
}
