//! Waiting until documents are read.

use std::time::Duration;

use futures_util::StreamExt;
use indicatif::ProgressBar;
use serde_json::Value;

use crate::app::client::api::{Api, ClientError};
use crate::app::client::show::shortened;

/// How often the server is asked.
const EVERY: Duration = Duration::from_millis(400);

/// Documents asked about each time: they are read in the order in which they came.
const ASKED: usize = 32;

/// How a document ended.
pub(super) enum Ended {
    Read(Value),
    Failed { document: Value, reason: String },
}

pub(super) async fn wait(
    api: &Api,
    mut waiting: Vec<Value>,
    bar: &ProgressBar,
) -> Result<Vec<Ended>, ClientError> {
    let mut ended = Vec::new();
    loop {
        let (over, still): (Vec<_>, Vec<_>) = waiting.into_iter().partition(is_over);
        bar.inc(u64::try_from(over.len()).unwrap_or(0));
        ended.extend(over.into_iter().map(end));
        if still.is_empty() {
            return Ok(ended);
        }
        waiting = still;
        tell(&waiting, bar);
        tokio::time::sleep(EVERY).await;
        let first = waiting.drain(..waiting.len().min(ASKED)).collect::<Vec<_>>();
        let asking = futures_util::stream::iter(first).map(async |document| ask(api, document).await);
        let asked: Vec<Result<Value, ClientError>> = asking.buffered(8).collect().await;
        let asked: Vec<Value> = asked.into_iter().collect::<Result<_, _>>()?;
        waiting.splice(..0, asked);
    }
}

async fn ask(api: &Api, document: Value) -> Result<Value, ClientError> {
    match api.get(&format!("/api/documents/{}", document["id"])).await {
        Ok(now) => Ok(now),
        Err(ClientError::Refused { status: 404, .. }) => {
            let mut gone = document;
            gone["status"] = "deleted".into();
            Ok(gone)
        }
        Err(error) => Err(error),
    }
}

fn is_over(document: &Value) -> bool {
    !matches!(document["status"].as_str(), Some("pending" | "processing"))
}

fn end(document: Value) -> Ended {
    let status = document["status"].as_str().unwrap_or_default();
    if status == "completed" {
        return Ended::Read(document);
    }
    let reason = document["error_message"].as_str().map_or_else(|| format!("it was {status}"), str::to_owned);
    Ended::Failed { document, reason }
}

fn tell(waiting: &[Value], bar: &ProgressBar) {
    let now = waiting.iter().find(|document| document["status"] == "processing");
    let text = now.map_or_else(String::new, |document| {
        let name = shortened(document["filename"].as_str().unwrap_or_default(), 40);
        format!("{name}: {} {}%", document["stage"].as_str().unwrap_or_default(), document["progress"])
    });
    bar.set_message(text);
}
