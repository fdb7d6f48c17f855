//! `docent-worker`: works on documents until SIGTERM or Ctrl-C.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use super::cli::Common;
use super::server::{Failure, Options};
use super::worker::WorkerProcess;
use super::{environment, logging, sources, told_to_stop, with_causes};
use crate::config::Config;

/// Works on the documents of an installation with several processes.
#[derive(Debug, Parser)]
#[command(name = "docent-worker", version)]
struct Arguments {
    #[command(flatten)]
    common: Common,
    /// Queues to work on, separated by commas: ingest, maintenance.
    #[arg(long, value_name = "NAMES")]
    queues: Option<String>,
    /// Documents read at the same time.
    #[arg(long, value_name = "COUNT")]
    concurrency: Option<usize>,
    /// Address and port for health and metrics.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
}

/// The whole program.
pub fn run() -> ExitCode {
    environment::complete();
    match work(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            drop(writeln!(std::io::stderr(), "docent-worker: {}", with_causes(error.as_ref())));
            ExitCode::FAILURE
        }
    }
}

fn work(arguments: &Arguments) -> Result<(), Failure> {
    let config = Config::load(&sources(&arguments.common, given(arguments)))?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let log = logging::start(&config)?;
        let outcome = until_told(&config).await;
        log.finish().await;
        outcome
    })
}

async fn until_told(config: &Config) -> Result<(), Failure> {
    let told = told_to_stop()?;
    let worker = WorkerProcess::start(config, Options::default()).await?;
    tracing::info!(health = %worker.address, queues = ?config.worker.queues, "Working");
    told.await;
    worker.shutdown().await;
    Ok(())
}

/// What only concerns this process; what separate workers need is checked with it.
fn given(arguments: &Arguments) -> [(&'static str, Option<String>); 4] {
    [
        ("DOCENT_WORKER", Some("off".to_owned())),
        ("WORKER_QUEUES", arguments.queues.clone()),
        ("INGEST_CONCURRENCY", arguments.concurrency.map(|count| count.to_string())),
        ("WORKER_LISTEN", arguments.listen.clone()),
    ]
}
