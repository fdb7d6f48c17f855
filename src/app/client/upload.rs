//! `docent upload`: files and folders, with what became of each.

mod files;
mod reading;
mod sending;

use std::path::PathBuf;

use clap::Args;
use futures_util::StreamExt;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use super::show::printable;
use super::{Connection, Outcome, Output, say, say_json};
use files::Found;
use reading::Ended;
use sending::Sent;

#[derive(Debug, Args)]
pub struct Upload {
    /// Files, and folders with everything in them. Hidden files are left out.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Number or name of the project.
    #[arg(long)]
    project: String,
    /// What to do with files that the project has: `existing`, `skip`, `replace` or `allow`.
    #[arg(long, value_name = "WHAT")]
    on_duplicate: Option<String>,
    /// Files sent at the same time.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=32))]
    jobs: u8,
    /// Do not wait until the documents are read.
    #[arg(long)]
    no_wait: bool,
    #[command(flatten)]
    connection: Connection,
}

/// What became of all files.
#[derive(Debug, Default)]
struct Summary {
    uploaded: Vec<Value>,
    duplicates: usize,
    /// Of a kind that is not read; only files that were found in a folder.
    skipped: Vec<Value>,
    failed: Vec<Value>,
}

impl Upload {
    pub(super) async fn run(&self) -> Outcome {
        let (api, output) = self.connection.open()?;
        let project = api.project(&self.project).await?;
        let found = files::find(&self.paths)?;
        let (count, bytes) = (found.len(), found.iter().map(|file| file.size).sum());
        let bars = Bars::new(count, bytes);

        let project = project["id"].to_string();
        let on_duplicate = self.on_duplicate.as_deref();
        let mut sending = futures_util::stream::iter(found.iter().map(|file| {
            let (api, project, bars) = (&api, project.as_str(), &bars);
            async move { (file, sending::send(api, project, on_duplicate, file, &bars.sent).await) }
        }))
        .buffer_unordered(usize::from(self.jobs));

        let mut summary = Summary::default();
        let mut waiting = Vec::new();
        while let Some((file, sent)) = sending.next().await {
            match sent? {
                Sent::Kept { document, duplicate } => {
                    summary.duplicates += usize::from(duplicate);
                    waiting.push(document);
                }
                Sent::Refused { code, reason } => summary.refused(file, &code, reason),
            }
        }
        drop(sending);
        bars.sent.finish_and_clear();
        if self.no_wait {
            summary.uploaded = waiting;
        } else {
            for ended in reading::wait(&api, waiting, &bars.read).await? {
                summary.ended(ended);
            }
        }
        bars.read.finish_and_clear();
        summary.tell(output);
        match summary.failed.len() {
            0 => Ok(()),
            failed => Err(format!("{failed} of {count} files failed").into()),
        }
    }
}

impl Summary {
    fn refused(&mut self, file: &Found, code: &str, reason: String) {
        let line = json!({"path": file.name, "code": code, "error": reason});
        let unread = matches!(code, "unsupported_file_type" | "empty_file");
        if unread && file.from_folder { self.skipped.push(line) } else { self.failed.push(line) }
    }

    fn ended(&mut self, ended: Ended) {
        match ended {
            Ended::Read(document) => self.uploaded.push(document),
            Ended::Failed { document, reason } => {
                self.failed.push(json!({
                    "path": document["path"],
                    "document_id": document["id"],
                    "code": document["error_code"],
                    "error": reason,
                }));
            }
        }
    }

    fn tell(&self, output: Output) {
        let Self { uploaded, duplicates, skipped, failed } = self;
        if output == Output::Json {
            say_json(&json!({
                "uploaded": uploaded,
                "duplicates": duplicates,
                "skipped": skipped,
                "failed": failed,
            }));
            return;
        }
        let more = match duplicates {
            0 => String::new(),
            known => format!(", {known} of them known before"),
        };
        say(format_args!(
            "{} documents{more}; {} skipped, {} failed",
            uploaded.len(),
            skipped.len(),
            failed.len()
        ));
        for (what, lines) in [("skipped", skipped), ("failed", failed)] {
            for line in lines {
                let text = |field: &str| printable(line[field].as_str().unwrap_or_default());
                say(format_args!("  {what}  {}: {}", text("path"), text("error")));
            }
        }
        let warned = uploaded
            .iter()
            .filter(|document| document["warnings"].as_array().is_some_and(|all| !all.is_empty()));
        for document in warned {
            let first = document["warnings"][0].as_str().unwrap_or_default();
            let path = document["path"].as_str().unwrap_or_default();
            say(format_args!("  warning  {}: {}", printable(path), printable(first)));
        }
    }
}

/// One for the bytes on their way, one for the documents being read.
struct Bars {
    _all: MultiProgress,
    sent: ProgressBar,
    read: ProgressBar,
}

impl Bars {
    fn new(files: usize, bytes: u64) -> Self {
        let all = MultiProgress::new();
        let styled = |length, template: &str| {
            let style = ProgressStyle::with_template(template);
            ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        };
        let sent = all.add(styled(bytes, "uploading {bar:30} {bytes}/{total_bytes} {eta} {wide_msg}"));
        let length = u64::try_from(files).unwrap_or(u64::MAX);
        let read = all.add(styled(length, "reading   {bar:30} {pos}/{len} documents {wide_msg}"));
        Self { _all: all, sent, read }
    }
}
