//! The commands that are clients of a running server.

mod api;
mod archive;
mod ask;
mod chat;
mod document;
pub mod eval;
mod mcp;
mod members;
mod project;
mod search;
mod show;
mod upload;
mod watch;

use std::io::Write as _;

use clap::{Args, Subcommand};
use serde_json::Value;

pub use api::{Api, ClientError};

/// Where the server is, and who asks.
#[derive(Debug, Args)]
pub struct Connection {
    /// Address of the server (also DOCENT_URL).
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Access token or API key (also DOCENT_TOKEN).
    #[arg(long, value_name = "TOKEN")]
    token: Option<String>,
    /// JSON instead of text for people.
    #[arg(long)]
    json: bool,
}

/// What to ask of the server.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Ask a project's documents, and watch the answer grow.
    Ask(ask::Ask),
    /// List a project's chats, or export one.
    Chat(chat::Chat),
    /// List, delete or read again documents.
    Document(document::Document),
    /// Serve the tools of a running server to a model on this machine (Model Context Protocol, stdio).
    Mcp(mcp::Mcp),
    /// List, create, show, export, import or delete projects, and say who belongs to them.
    Project(project::Project),
    /// Find passages without an answer.
    Search(search::Search),
    /// Upload files and folders, and wait until they are read.
    Upload(upload::Upload),
    /// Watch documents being read.
    Watch(watch::Watch),
}

/// How results are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Output {
    Text,
    Json,
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Does what was asked; an error is a sentence for the person who asked.
pub async fn run(command: &Command) -> Outcome {
    match command {
        Command::Ask(ask) => ask.run().await,
        Command::Chat(chat) => chat.run().await,
        Command::Document(document) => document.run().await,
        Command::Mcp(mcp) => mcp.run().await,
        Command::Project(project) => project.run().await,
        Command::Search(search) => search.run().await,
        Command::Upload(upload) => upload.run().await,
        Command::Watch(watch) => watch.run().await,
    }
}

impl Connection {
    fn open(&self) -> Result<(Api, Output), ClientError> {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        let listening = || variable("DOCENT_LISTEN").map(|address| format!("http://{address}"));
        let url = self.url.clone().or_else(|| variable("DOCENT_URL")).or_else(listening);
        let url = url.unwrap_or_else(|| "http://127.0.0.1:8000".to_owned());
        let token = self.token.clone().or_else(|| variable("DOCENT_TOKEN"));
        Ok((Api::new(&url, token)?, if self.json { Output::Json } else { Output::Text }))
    }
}

/// A line on standard output. Whoever reads it may have gone, as `head` does: that is no error.
fn say(text: impl std::fmt::Display) {
    drop(writeln!(std::io::stdout(), "{text}"));
}

/// JSON on standard output.
fn say_json(value: &Value) {
    say(value);
}
