//! `docent document`: list, delete, and read again what failed.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::api::{Api, ClientError};
use super::show::{printable, suggestion};
use super::{Connection, Outcome, Output, say, say_json};

#[derive(Debug, Args)]
pub struct Document {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Delete documents, with everything that was read from them.
    Delete {
        /// Numbers, or names within the project.
        #[arg(required = true)]
        documents: Vec<String>,
        /// Number or name of the project, for names.
        #[arg(long, default_value = "1")]
        project: String,
        /// Do not ask first.
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        connection: Connection,
    },
    /// The documents of a project, with what became of each.
    List {
        /// Number or name of the project.
        #[arg(long, default_value = "1")]
        project: String,
        /// Only those that are `pending`, `processing`, `completed`, `failed` or `cancelled`.
        #[arg(long)]
        status: Option<String>,
        #[command(flatten)]
        connection: Connection,
    },
    /// Read documents again, such as those that failed.
    Retry {
        /// Numbers, or names within the project.
        documents: Vec<String>,
        /// Number or name of the project.
        #[arg(long, default_value = "1")]
        project: String,
        /// Every document of the project that failed or was cancelled.
        #[arg(long, conflicts_with = "documents", required_unless_present = "documents")]
        failed: bool,
        #[command(flatten)]
        connection: Connection,
    },
}

impl Document {
    pub(super) async fn run(&self) -> Outcome {
        match &self.action {
            Action::Delete { documents, project, yes, connection } => {
                delete(connection, project, documents, *yes).await
            }
            Action::List { project, status, connection } => {
                list(connection, project, status.as_deref()).await
            }
            Action::Retry { documents, project, failed: _, connection } => {
                retry(connection, project, documents).await
            }
        }
    }
}

async fn list(connection: &Connection, project: &str, status: Option<&str>) -> Outcome {
    let (api, output) = connection.open()?;
    let documents = of_project(&api, project, status).await?;
    if output == Output::Json {
        say_json(&Value::Array(documents));
        return Ok(());
    }
    say(format_args!("{:>6}  {:<10}  {:>10}  {:>7}  NAME", "NUMBER", "STATUS", "BYTES", "CHUNKS"));
    for document in documents {
        let number =
            |field: &str| document[field].as_i64().map_or_else(String::new, |number| number.to_string());
        let (id, size, chunks) = (number("id"), number("file_size"), number("chunk_count"));
        let status = text(&document["status"]);
        say(format_args!("{id:>6}  {status:<10}  {size:>10}  {chunks:>7}  {}", name(&document)));
        if let Some(reason) = document["error_message"].as_str() {
            say(format_args!("{:>6}  {}", "", printable(reason)));
        }
    }
    Ok(())
}

async fn delete(connection: &Connection, project: &str, wanted: &[String], yes: bool) -> Outcome {
    let (api, output) = connection.open()?;
    let documents = named(&api, project, wanted).await?;
    if !yes && !confirmed(&documents)? {
        return Err("nothing was deleted".into());
    }
    let mut deleted = Vec::new();
    for document in &documents {
        api.delete(&format!("/api/documents/{}", document["id"])).await?;
        deleted.push(document["id"].clone());
    }
    match output {
        Output::Json => say_json(&json!({"deleted": deleted})),
        Output::Text => say(format_args!("{} deleted.", counted(deleted.len()))),
    }
    Ok(())
}

async fn retry(connection: &Connection, project: &str, wanted: &[String]) -> Outcome {
    let (api, output) = connection.open()?;
    let documents = if wanted.is_empty() {
        let mut failed = of_project(&api, project, Some("failed")).await?;
        failed.extend(of_project(&api, project, Some("cancelled")).await?);
        failed
    } else {
        named(&api, project, wanted).await?
    };
    let mut queued = Vec::new();
    for document in &documents {
        queued.push(api.post(&format!("/api/documents/{}/reprocess", document["id"]), &json!({})).await?);
    }
    match output {
        Output::Json => say_json(&Value::Array(queued)),
        Output::Text if queued.is_empty() => say("Nothing failed."),
        Output::Text => {
            say(format_args!("{} will be read again; `docent watch` shows it.", counted(queued.len())))
        }
    }
    Ok(())
}

async fn of_project(api: &Api, project: &str, status: Option<&str>) -> Result<Vec<Value>, ClientError> {
    let project = api.project(project).await?;
    let filter = status.map_or_else(String::new, |status| {
        format!("?status_filter={}", status.chars().filter(char::is_ascii_alphabetic).collect::<String>())
    });
    api.list(&format!("/api/projects/{}/documents{filter}", project["id"])).await
}

/// Each by its number, else by its name in the project.
async fn named(
    api: &Api,
    project: &str,
    wanted: &[String],
) -> Result<Vec<Value>, Box<dyn std::error::Error>> {
    let mut all: Option<Vec<Value>> = None;
    let mut found = Vec::new();
    for one in wanted {
        if one.bytes().all(|byte| byte.is_ascii_digit()) {
            found.push(api.get(&format!("/api/documents/{one}")).await?);
            continue;
        }
        if all.is_none() {
            all = Some(of_project(api, project, None).await?);
        }
        let known = all.as_deref().unwrap_or_default();
        match known.iter().find(|document| name(document) == *one) {
            Some(document) => found.push(document.clone()),
            None => {
                let names: Vec<String> = known.iter().map(name).collect();
                let hint = suggestion(one, names.iter().map(String::as_str));
                return Err(format!("the project has no document `{}`{hint}", printable(one)).into());
            }
        }
    }
    Ok(found)
}

/// Asks the person at the terminal; without one there is nobody to ask.
fn confirmed(documents: &[Value]) -> Result<bool, Box<dyn std::error::Error>> {
    if !std::io::stdin().is_terminal() {
        return Err("nothing was deleted: say --yes to delete without being asked".into());
    }
    let names: Vec<String> = documents.iter().map(name).collect();
    eprint!("Delete {}? [y/N] ", names.join(", "));
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn counted(count: usize) -> String {
    if count == 1 { "1 document".to_owned() } else { format!("{count} documents") }
}

/// As its project knows it.
fn name(document: &Value) -> String {
    let path = document["path"].as_str().filter(|path| !path.is_empty());
    printable(path.or_else(|| document["filename"].as_str()).unwrap_or_default())
}

fn text(value: &Value) -> String {
    printable(value.as_str().unwrap_or_default())
}
