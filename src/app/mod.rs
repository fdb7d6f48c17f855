//! The composition root: settings → services → router → run until told to stop.

mod cli;
mod client;
mod config_command;
mod core;
mod crash;
mod doctor_command;
mod embedding_model;
mod environment;
mod eval_command;
mod judge;
mod listener;
mod logging;
mod move_command;
mod openapi;
mod parts;
mod reindex_command;
mod serve_command;
mod server;
mod session_command;
mod user_command;
mod worker;
mod worker_command;

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use tokio::signal::unix::{SignalKind, signal};

use crate::config::{Config, Sources};
use cli::{Cli, Command, Common};
use docent_store::Store;

pub use openapi::{openapi, openapi_json};
pub use server::{Options, Server};
pub use worker::WorkerProcess;
pub use worker_command::run as work;

/// What a command came to: nothing to add, or a sentence for the person who typed it.
type Outcome = Result<(), Box<dyn std::error::Error>>;

/// The whole program.
pub fn run() -> ExitCode {
    environment::complete();
    let cli = Cli::parse();
    match dispatch(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            drop(writeln!(std::io::stderr(), "docent: {}", with_causes(error.as_ref())));
            ExitCode::FAILURE
        }
    }
}

fn dispatch(cli: &Cli) -> Outcome {
    let sources = sources(&cli.common, arguments(&cli.command));
    match &cli.command {
        Command::Config { markdown: true, .. } => {
            print!("{}", config_command::markdown());
            Ok(())
        }
        Command::Config { changed, .. } => {
            print!("{}", config_command::print(&sources, *changed)?);
            Ok(())
        }
        Command::Openapi => {
            println!("{}", openapi().to_pretty_json()?);
            Ok(())
        }
        Command::Client(command) => {
            tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(client::run(command))
        }
        Command::Eval(eval) if !eval.questions.is_dir() => {
            tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(eval.run())
        }
        Command::Completions { shell } => {
            clap_complete::generate(*shell, &mut Cli::command(), "docent", &mut std::io::stdout());
            Ok(())
        }
        Command::Asyncapi => {
            println!("{}", serde_json::to_string_pretty(&docent_doors::asyncapi::document())?);
            Ok(())
        }
        // A client: the settings of a server here are nothing to it.
        Command::Session(arguments) => tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?
            .block_on(session_command::run(arguments)),
        command => {
            let config = Config::load(&sources)?;
            tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
                let log = logging::start(&config)?;
                let outcome = with_settings(command, &config).await;
                log.finish().await;
                outcome
            })
        }
    }
}

/// The commands that work on an installation.
async fn with_settings(command: &Command, config: &Config) -> Outcome {
    match command {
        Command::Serve { .. } => serve_command::run(config).await,
        Command::Migrate => {
            Store::open(&parts::store_settings(config)?).await?.close().await;
            println!("The database is up to date.");
            Ok(())
        }
        Command::Asyncapi
        | Command::Client(_)
        | Command::Completions { .. }
        | Command::Config { .. }
        | Command::Openapi
        | Command::Session(_) => Ok(()),
        Command::Doctor => doctor_command::run(config).await,
        Command::Eval(eval) => eval_command::run(config, &eval.questions).await,
        Command::Move { to } => move_command::run(config, to).await,
        Command::Reindex { status: true } => reindex_command::status(config).await,
        Command::Reindex { status: false } => reindex_command::run(config).await,
        Command::User { command } => user_command::run(config, command).await,
    }
}

fn arguments(command: &Command) -> Vec<(&'static str, Option<String>)> {
    match command {
        Command::Serve { listen, no_worker } => {
            vec![("DOCENT_LISTEN", listen.clone()), ("DOCENT_WORKER", no_worker.then(|| "off".to_owned()))]
        }
        _ => Vec::new(),
    }
}

/// The command line and the environment, as the settings want them. `arguments` are those of one command, by the
/// variables whose place they take.
fn sources(common: &Common, arguments: impl IntoIterator<Item = (&'static str, Option<String>)>) -> Sources {
    let environment: BTreeMap<String, String> = std::env::vars().collect();
    let file = common.config.clone().or_else(|| environment.get("DOCENT_CONFIG").map(Into::into));
    let given = arguments.into_iter().chain([("DOCENT_DATA_DIR", common.data_dir.clone())]);
    let arguments = given.filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    Sources { file, environment, arguments }
}

/// Resolves at SIGTERM, which is noticed from the call on, or at Ctrl-C. Said once more while the end is being prepared,
/// either ends the process at once, as a kill would: what is stored is whole at any moment.
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let mut said = async move || {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    Ok(async move {
        said().await;
        tracing::info!("Stopping; a second signal ends at once");
        #[expect(clippy::disallowed_methods, reason = "must not be waited for: it ends the process")]
        let _impatient = tokio::spawn(async move {
            said().await;
            tracing::warn!("Ended at once, as told by a second signal");
            std::process::exit(1);
        });
    })
}

/// The error and what led to it, in one line, without what looks like a secret.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let said = cause.to_string();
        if !text.contains(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        next = cause.source();
    }
    docent_domain::mask::foreign(&in_own_words(&text))
}

/// What the system calls things, for people who did not write it.
const SYSTEM: &[(&str, &str)] = &[
    ("No such file or directory (os error 2)", "there is no such file or folder"),
    ("Permission denied (os error 13)", "this user may not do that there"),
    ("File exists (os error 17)", "something of that name is there already"),
    ("Not a directory (os error 20)", "a part of the path is no folder"),
    ("Is a directory (os error 21)", "it is a folder"),
    ("Too many open files (os error 24)", "too many files are open; raise the limit with `ulimit -n`"),
    ("No space left on device (os error 28)", "the disk is full"),
    ("Read-only file system (os error 30)", "nothing can be written there"),
    (
        "Address already in use (os error 98)",
        "another program uses that address; choose another with --listen",
    ),
    ("Cannot assign requested address (os error 99)", "this machine has no such address"),
    ("Connection refused (os error 111)", "nothing answers at that address"),
];

fn in_own_words(text: &str) -> String {
    SYSTEM.iter().fold(text.to_owned(), |text, (system, ours)| text.replace(system, ours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_system_are_told_in_words_of_ours() {
        let error = fs_err::read("/nowhere/at/all").unwrap_err();
        let told = with_causes(&error);
        assert!(
            told.contains("/nowhere/at/all") && told.contains("there is no such file or folder"),
            "{told}"
        );
        assert!(!told.contains("os error"), "{told}");
        let occupied = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let error = std::net::TcpListener::bind(occupied.local_addr().unwrap()).unwrap_err();
        assert!(with_causes(&error).contains("--listen"), "{error}");
    }
}
