//! `docent watch`: the documents that are being read or wait for it, in all projects or in one.

use std::collections::BTreeMap;
use std::time::Duration;

use clap::Args;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use super::api::{Api, ClientError};
use super::show::{printable, shortened};
use super::{Connection, Outcome, Output, say, say_json};

/// How often the server is asked.
const EVERY: Duration = Duration::from_millis(700);

/// Lines on a terminal; more documents are counted.
const LINES: usize = 20;

#[derive(Debug, Args)]
pub struct Watch {
    /// Number or name of a project; all of them without it.
    #[arg(long)]
    project: Option<String>,
    /// End when nothing is left to be read, instead of going on until Ctrl-C.
    #[arg(long)]
    until_idle: bool,
    #[command(flatten)]
    connection: Connection,
}

/// Where a document stood when it was last seen.
type Seen = BTreeMap<i64, Value>;

impl Watch {
    pub(super) async fn run(&self) -> Outcome {
        let (api, output) = self.connection.open()?;
        let only = match &self.project {
            Some(wanted) => Some(api.project(wanted).await?),
            None => None,
        };
        let mut board = Board::default();
        let mut before = Seen::new();
        loop {
            let now = under_way(&api, only.as_ref()).await?;
            for gone in before.keys().filter(|id| !now.contains_key(id)) {
                ended(&api, *gone, output, &board).await?;
            }
            let changed = now.iter().filter(|(id, document)| before.get(id) != Some(document));
            match output {
                Output::Json => changed.for_each(|(_, document)| say_json(document)),
                Output::Text => board.show(&now),
            }
            if now.is_empty() && self.until_idle {
                return Ok(());
            }
            before = now;
            tokio::time::sleep(EVERY).await;
        }
    }
}

async fn under_way(api: &Api, only: Option<&Value>) -> Result<Seen, ClientError> {
    let projects = match only {
        Some(project) => vec![project.clone()],
        None => api.projects().await?,
    };
    let mut seen = Seen::new();
    for project in projects {
        for status in ["processing", "pending"] {
            let path = format!("/api/projects/{}/documents?status_filter={status}", project["id"]);
            for document in api.list(&path).await? {
                seen.insert(document["id"].as_i64().unwrap_or_default(), brief(&document));
            }
        }
    }
    Ok(seen)
}

/// What is worth telling when it changes.
fn brief(document: &Value) -> Value {
    let fields = ["id", "project_id", "filename", "status", "stage", "progress", "attempts", "error_message"];
    fields.into_iter().map(|field| (field.to_owned(), document[field].clone())).collect()
}

/// Tells how a document that is no longer under way has ended.
async fn ended(api: &Api, id: i64, output: Output, board: &Board) -> Result<(), ClientError> {
    let document = match api.get(&format!("/api/documents/{id}")).await {
        Ok(document) => brief(&document),
        Err(ClientError::Refused { status: 404, .. }) => json!({"id": id, "status": "deleted"}),
        Err(error) => return Err(error),
    };
    match output {
        Output::Json => say_json(&document),
        Output::Text => {
            let text = |field: &str| printable(document[field].as_str().unwrap_or_default());
            let mut line = format!("{} {}", text("filename"), text("status"));
            if document["error_message"].is_string() {
                line.push_str(&format!(": {}", text("error_message")));
            }
            board.above(&line);
        }
    }
    Ok(())
}

/// A bar for each document.
#[derive(Default)]
struct Board {
    all: MultiProgress,
    bars: BTreeMap<i64, ProgressBar>,
}

impl Board {
    fn show(&mut self, now: &Seen) {
        let gone: Vec<i64> = self.bars.keys().filter(|id| !now.contains_key(id)).copied().collect();
        for bar in gone.iter().filter_map(|id| self.bars.remove(id)) {
            bar.finish_and_clear();
        }
        for (id, document) in now {
            if !self.bars.contains_key(id) && self.bars.len() >= LINES {
                continue;
            }
            let bar = self.bars.entry(*id).or_insert_with(|| self.all.add(bar()));
            let name = shortened(document["filename"].as_str().unwrap_or_default(), 40);
            bar.set_prefix(name);
            bar.set_message(document["stage"].as_str().unwrap_or_default().to_owned());
            bar.set_position(document["progress"].as_u64().unwrap_or(0));
        }
    }

    fn above(&self, line: &str) {
        self.all.suspend(|| say(line));
    }
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix:<40} {bar:24} {pos:>3}% {msg}");
    ProgressBar::new(100).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
