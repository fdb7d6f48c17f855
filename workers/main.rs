//! The worker process of a scaled-out installation: it runs the queue's jobs, whose bodies live in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    eprintln!(
        "docent-worker: separate workers need Postgres, a Qdrant server, Redis and shared storage, which this \
         version cannot use yet; `docent serve` runs the worker in its own process"
    );
    ExitCode::FAILURE
}
