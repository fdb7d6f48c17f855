//! `docent search`: passages, best first.

use clap::Args;
use serde_json::json;

use super::show::{place, shortened};
use super::{Connection, Outcome, Output, say, say_json};

/// Characters of a passage on one line.
const LINE: usize = 160;

#[derive(Debug, Args)]
pub struct Search {
    query: String,
    /// Number or name of the project.
    #[arg(long, default_value = "1")]
    project: String,
    /// How many passages.
    #[arg(long, value_name = "N")]
    top_k: Option<u32>,
    /// `hybrid`, `dense` or `sparse`.
    #[arg(long)]
    mode: Option<String>,
    #[command(flatten)]
    connection: Connection,
}

impl Search {
    pub(super) async fn run(&self) -> Outcome {
        let (api, output) = self.connection.open()?;
        let project = api.project(&self.project).await?;
        let body = json!({"query": self.query, "top_k": self.top_k, "mode": self.mode});
        let found = api.post(&format!("/api/projects/{}/search", project["id"]), &body).await?;
        if output == Output::Json {
            say_json(&found);
            return Ok(());
        }
        let results = found["results"].as_array().map(Vec::as_slice).unwrap_or_default();
        for (n, source) in results.iter().enumerate() {
            let score = source["score"].as_f64().unwrap_or_default();
            say(format_args!("[{}] {} ({score:.2})", n + 1, place(source)));
            say(format_args!("    {}", shortened(source["content"].as_str().unwrap_or_default(), LINE)));
        }
        if results.is_empty() {
            say("Nothing was found.");
        }
        Ok(())
    }
}
