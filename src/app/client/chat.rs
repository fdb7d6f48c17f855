//! `docent chat`: list the chats of a project, and take one along.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use reqwest::Method;
use serde_json::Value;

use super::api::ClientError;
use super::show::printable;
use super::{Connection, Outcome, Output, say, say_json};

#[derive(Debug, Args)]
pub struct Chat {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write a chat with its sources as Markdown or JSON.
    Export {
        /// Its number.
        chat: i64,
        #[arg(long, value_enum, default_value_t = Form::Markdown)]
        format: Form,
        /// Where to; the standard output if left out.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        #[command(flatten)]
        connection: Connection,
    },
    /// The chats of a project, the latest first.
    List {
        /// Number or name of the project.
        #[arg(long, default_value = "1")]
        project: String,
        #[command(flatten)]
        connection: Connection,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    Markdown,
    Json,
}

impl Chat {
    pub(super) async fn run(&self) -> Outcome {
        match &self.action {
            Action::Export { chat, format, output, connection } => {
                export(connection, *chat, *format, output.as_ref()).await
            }
            Action::List { project, connection } => list(connection, project).await,
        }
    }
}

async fn list(connection: &Connection, project: &str) -> Outcome {
    let (api, output) = connection.open()?;
    let project = api.project(project).await?;
    let chats = api.list(&format!("/api/projects/{}/chats", project["id"])).await?;
    if output == Output::Json {
        say_json(&Value::Array(chats));
        return Ok(());
    }
    say(format_args!("{:>6}  {:>8}  {:<20}  TITLE", "NUMBER", "MESSAGES", "CHANGED"));
    for chat in chats {
        let text = |field: &str| printable(chat[field].as_str().unwrap_or_default());
        let count = chat["message_count"].as_i64().unwrap_or_default();
        let changed: String = text("updated_at").chars().take(19).collect();
        say(format_args!("{:>6}  {count:>8}  {changed:<20}  {}", chat["id"], text("title")));
    }
    Ok(())
}

async fn export(connection: &Connection, chat: i64, format: Form, to: Option<&PathBuf>) -> Outcome {
    let (api, _) = connection.open()?;
    let form = match format {
        Form::Markdown => "markdown",
        Form::Json => "json",
    };
    let response = api.send(api.request(Method::GET, &format!("/api/chats/{chat}/export/{form}"))).await?;
    let text = response.text().await.map_err(ClientError::Broken)?;
    match to {
        Some(path) => {
            fs_err::write(path, text)?;
            eprintln!("Chat {chat} is in {}", path.display());
        }
        None => say(text.trim_end()),
    }
    Ok(())
}
