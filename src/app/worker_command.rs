//! `docent-worker`: works on documents until SIGTERM or Ctrl-C.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Parser;
use tokio::signal::unix::{SignalKind, signal};

use super::cli::Common;
use super::server::{Failure, Options};
use super::worker::WorkerProcess;
use super::{logging, with_causes};
use crate::config::{Config, Sources};

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
    match work(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("docent-worker: {}", with_causes(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

fn work(arguments: &Arguments) -> Result<(), Failure> {
    let config = Config::load(&sources(arguments))?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let log = logging::start(&config)?;
        let outcome = until_told(&config).await;
        log.finish().await;
        outcome
    })
}

async fn until_told(config: &Config) -> Result<(), Failure> {
    let mut terminate = signal(SignalKind::terminate())?;
    let worker = WorkerProcess::start(config, Options::default()).await?;
    tracing::info!(health = %worker.address, queues = ?config.worker.queues, "Working");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    tracing::info!("Stopping");
    worker.shutdown().await;
    Ok(())
}

/// The settings of the server, but for what only concerns this process.
fn sources(arguments: &Arguments) -> Sources {
    let environment: BTreeMap<String, String> = std::env::vars().collect();
    let given = [
        // What separate workers need is checked with it.
        ("DOCENT_WORKER", Some("off".to_owned())),
        ("DOCENT_DATA_DIR", arguments.common.data_dir.clone()),
        ("WORKER_QUEUES", arguments.queues.clone()),
        ("INGEST_CONCURRENCY", arguments.concurrency.map(|count| count.to_string())),
        ("WORKER_LISTEN", arguments.listen.clone()),
    ];
    let given = given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let file = arguments.common.config.clone().or_else(|| environment.get("DOCENT_CONFIG").map(Into::into));
    Sources { file, environment, arguments: given.collect() }
}
