//! `docent project`: list, create, show, export, import and delete, and who belongs to one.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::archive::{self, Wait};
use super::members::{AddMember, Members, RemoveMember};
use super::show::printable;
use super::{Connection, Outcome, Output, say, say_json};

#[derive(Debug, Args)]
pub struct Project {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make somebody a member, or change what they may do.
    AddMember(AddMember),
    /// Make a project.
    Create {
        name: String,
        #[arg(long, default_value = "")]
        description: String,
        #[command(flatten)]
        connection: Connection,
    },
    /// Delete a project with its documents and chats.
    Delete {
        /// Number or name.
        project: String,
        /// Do not ask first.
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        connection: Connection,
    },
    /// Write a project with its originals and chats into one ZIP file.
    Export {
        /// Number or name.
        project: String,
        /// Where to; `project-NUMBER.zip` if left out.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        #[command(flatten)]
        connection: Connection,
    },
    /// Make a project from such a file.
    Import {
        file: PathBuf,
        /// Do not wait until its documents and chats are there.
        #[arg(long)]
        no_wait: bool,
        #[command(flatten)]
        connection: Connection,
    },
    /// Projects that you may use.
    List {
        #[command(flatten)]
        connection: Connection,
    },
    /// Who belongs to a project, as what.
    Members(Members),
    /// Put a member out.
    RemoveMember(RemoveMember),
    /// One project, in numbers.
    Show {
        /// Number or name.
        project: String,
        #[command(flatten)]
        connection: Connection,
    },
}

impl Project {
    pub(super) async fn run(&self) -> Outcome {
        match &self.action {
            Action::AddMember(add) => add.run().await,
            Action::Create { name, description, connection } => create(connection, name, description).await,
            Action::Delete { project, yes, connection } => delete(connection, project, *yes).await,
            Action::Export { project, output, connection } => {
                archive::export(connection, project, output.as_deref()).await
            }
            Action::Import { file, no_wait, connection } => {
                archive::import(connection, file, if *no_wait { Wait::No } else { Wait::Yes }).await
            }
            Action::List { connection } => list(connection).await,
            Action::Members(members) => members.run().await,
            Action::RemoveMember(remove) => remove.run().await,
            Action::Show { project, connection } => show(connection, project).await,
        }
    }
}

async fn create(connection: &Connection, name: &str, description: &str) -> Outcome {
    let (api, output) = connection.open()?;
    let made = api.post("/api/projects", &json!({"name": name, "description": description})).await?;
    match output {
        Output::Json => say_json(&made),
        Output::Text => say(format_args!("Project {} is made: {}", made["id"], text(&made["name"]))),
    }
    Ok(())
}

async fn delete(connection: &Connection, wanted: &str, yes: bool) -> Outcome {
    let (api, output) = connection.open()?;
    let project = api.project(wanted).await?;
    if !yes && !confirmed(&project)? {
        return Err("nothing was deleted".into());
    }
    api.delete(&format!("/api/projects/{}", project["id"])).await?;
    match output {
        Output::Json => say_json(&json!({"deleted": project["id"]})),
        Output::Text => say(format_args!("Project {} is deleted.", project["id"])),
    }
    Ok(())
}

/// Asks the person at the terminal; without one there is nobody to ask.
fn confirmed(project: &Value) -> Result<bool, Box<dyn std::error::Error>> {
    if !std::io::stdin().is_terminal() {
        return Err("nothing was deleted: say --yes to delete without being asked".into());
    }
    let (id, name, count) = (&project["id"], text(&project["name"]), &project["document_count"]);
    eprint!("Delete project {id} ({name}) with its {count} documents and all chats? [y/N] ");
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

async fn list(connection: &Connection) -> Outcome {
    let (api, output) = connection.open()?;
    let projects = api.projects().await?;
    if output == Output::Json {
        say_json(&Value::Array(projects));
        return Ok(());
    }
    say(format_args!("{:>6}  {:>9}  {:>6}  {:<7}  NAME", "NUMBER", "DOCUMENTS", "CHATS", "ROLE"));
    for project in projects {
        let number = |field: &str| project[field].to_string();
        let (id, documents, chats) = (number("id"), number("document_count"), number("chat_count"));
        let role = text(&project["role"]);
        say(format_args!("{id:>6}  {documents:>9}  {chats:>6}  {role:<7}  {}", text(&project["name"])));
    }
    Ok(())
}

async fn show(connection: &Connection, wanted: &str) -> Outcome {
    let (api, output) = connection.open()?;
    let mut project = api.project(wanted).await?;
    let statistics = api.get(&format!("/api/projects/{}/statistics", project["id"])).await?;
    if output == Output::Json {
        project["statistics"] = statistics;
        say_json(&project);
        return Ok(());
    }
    say(format_args!("{} (project {})", text(&project["name"]), project["id"]));
    if project["description"] != "" {
        say(text(&project["description"]));
    }
    let line = |name: &str, value: String| say(format_args!("  {name:<12} {value}"));
    line("your role", text(&project["role"]));
    line("documents", statistics["document_count"].to_string());
    for (status, count) in statistics["documents_by_status"].as_object().into_iter().flatten() {
        if count != 0 {
            line("", format!("{count} {status}"));
        }
    }
    line("chunks", statistics["total_chunks"].to_string());
    line("bytes", statistics["total_size_bytes"].to_string());
    line("chats", statistics["chat_count"].to_string());
    line("messages", statistics["message_count"].to_string());
    Ok(())
}

fn text(value: &Value) -> String {
    printable(value.as_str().unwrap_or_default())
}
