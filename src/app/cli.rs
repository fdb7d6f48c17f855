//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::client;
use super::session_command::SessionArguments;

/// Answers questions from a team's documents, with citations, live.
#[derive(Debug, Parser)]
#[command(name = "docent", version)]
pub struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub struct Common {
    /// Settings file (also DOCENT_CONFIG); `docent config` prints one with every default.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder for the database, the originals and the index.
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the server: API, sockets and worker in one process.
    Serve {
        /// Address and port.
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<String>,
        /// Leave the work on documents to `docent-worker` processes.
        #[arg(long)]
        no_worker: bool,
    },
    /// Print every setting with its default and meaning, and what is in force.
    Config {
        /// Only what differs from the defaults.
        #[arg(long)]
        changed: bool,
        /// Every setting as a page of documentation, without what is in force.
        #[arg(long, conflicts_with = "changed")]
        markdown: bool,
    },
    /// Check each dependency and say what is wrong.
    Doctor,
    /// Bring the database up to date and stop.
    Migrate,
    /// Move everything of this installation into another, empty one, such as from one machine to many and back.
    Move {
        /// Settings file of the installation to move to. Variables such as TO_DATABASE_URL set its settings, too.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Build the index anew, from the kept vectors or with the model that is set now.
    Reindex {
        /// Only say how much of the index an earlier version or other settings have made; a running server makes that
        /// anew by itself.
        #[arg(long)]
        status: bool,
    },
    /// Measure how well questions are answered whose answers are known, and compare with before.
    Eval(client::eval::Eval),
    /// Talk in a session of a running server.
    Session(SessionArguments),
    /// Print the OpenAPI document.
    Openapi,
    /// Print the AsyncAPI document of the sockets.
    Asyncapi,
    #[command(flatten)]
    Client(client::Command),
    /// Print what a shell needs to complete commands: `docent completions bash > /etc/bash_completion.d/docent`.
    Completions { shell: clap_complete::Shell },
    /// Make, list and change accounts, directly in the database.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Make an account, with its own default project.
    Create {
        /// With the right to everything.
        #[arg(long)]
        admin: bool,
        #[arg(long)]
        username: String,
        /// 8 to 256 bytes; read from the first line of the input if left out.
        #[arg(long)]
        password: Option<String>,
        #[arg(long)]
        email: Option<String>,
    },
    /// Take an account's right to sign in away, and end its sign-ins.
    Disable {
        #[arg(long)]
        username: String,
    },
    /// Give it back.
    Enable {
        #[arg(long)]
        username: String,
    },
    /// List all accounts: number, name, role, state.
    List,
    /// Set a new password, and end the account's sign-ins.
    Password {
        #[arg(long)]
        username: String,
        /// 8 to 256 bytes; read from the first line of the input if left out.
        #[arg(long)]
        password: Option<String>,
    },
}
