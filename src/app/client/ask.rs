//! `docent ask`: a question, and its answer as it is written.

use std::io::Write as _;

use clap::Args;
use futures_util::StreamExt;
use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::api::{Api, ClientError};
use super::show::{place, printable};
use super::{Connection, Outcome, Output, say, say_json};

#[derive(Debug, Args)]
pub struct Ask {
    question: String,
    /// Number or name of the project.
    #[arg(long, default_value = "1")]
    project: String,
    /// Go on with this chat, instead of opening one.
    #[arg(long, value_name = "NUMBER")]
    chat: Option<i64>,
    /// Model that writes the answer.
    #[arg(long)]
    model: Option<String>,
    /// How many sources.
    #[arg(long, value_name = "N")]
    top_k: Option<u32>,
    #[command(flatten)]
    connection: Connection,
}

impl Ask {
    pub(super) async fn run(&self) -> Outcome {
        let (api, output) = self.connection.open()?;
        if let Some(model) = &self.model {
            api.knows_model(model).await?;
        }
        let chat = match self.chat {
            Some(chat) => chat.to_string(),
            None => {
                let project = api.project(&self.project).await?;
                let opened = api.post("/api/chats", &json!({"project_id": project["id"]})).await?;
                opened["id"].to_string()
            }
        };
        let body = json!({"message": self.question, "model": self.model, "top_k": self.top_k});
        let path = format!("/api/chats/{chat}/messages");
        match output {
            Output::Json => say_json(&api.post(&path, &body).await?),
            Output::Text => {
                show(&api, &path, body).await?;
                if self.chat.is_none() {
                    eprintln!("\nGo on in this chat with --chat {chat}");
                }
            }
        }
        Ok(())
    }
}

/// Prints the pieces as they come, then the sources that the answer cites.
async fn show(api: &Api, path: &str, mut body: Value) -> Result<(), ClientError> {
    body["stream"] = json!(true);
    let response = api.send(api.request(Method::POST, path).json(&body)).await?;
    let mut events = Events::new(response);
    let mut sources = Vec::new();
    while let Some((name, data)) = events.next().await? {
        match name.as_str() {
            "message_sources" => sources = data["sources"].as_array().cloned().unwrap_or_default(),
            "message_token" => {
                let mut out = std::io::stdout();
                // Whoever reads it may have gone.
                drop(write!(out, "{}", printable(data["token"].as_str().unwrap_or_default())));
                drop(out.flush());
            }
            "message_complete" => {
                say("");
                let cited = data["metadata"]["cited"].as_array().cloned().unwrap_or_default();
                for number in cited.iter().filter_map(Value::as_u64) {
                    let source = usize::try_from(number).ok().and_then(|n| sources.get(n.checked_sub(1)?));
                    if let Some(source) = source {
                        say(format_args!("[{number}] {}", place(source)));
                    }
                }
                return Ok(());
            }
            "message_cancelled" => {
                say("\n(the answer was stopped)");
                return Ok(());
            }
            "error" => {
                say("");
                let detail = printable(data["message"].as_str().unwrap_or("the answer failed"));
                let code = data["code"].as_str().unwrap_or_default().to_owned();
                return Err(ClientError::Refused { status: 200, code, detail });
            }
            _ => {}
        }
    }
    let detail = "the answer broke off; what there is of it stands in the chat".to_owned();
    Err(ClientError::Refused { status: 200, code: "interrupted".to_owned(), detail })
}

/// Server-sent events as they arrive.
struct Events {
    response: futures_util::stream::BoxStream<'static, reqwest::Result<axum::body::Bytes>>,
    unread: Vec<u8>,
}

impl Events {
    fn new(response: Response) -> Self {
        Self { response: response.bytes_stream().boxed(), unread: Vec::new() }
    }

    /// The next event with data: its name, and the data as JSON.
    async fn next(&mut self) -> Result<Option<(String, Value)>, ClientError> {
        loop {
            while let Some(at) = self.unread.windows(2).position(|pair| pair == b"\n\n") {
                let block: Vec<u8> = self.unread.drain(..at + 2).collect();
                if let Some(event) = event(&String::from_utf8_lossy(&block)) {
                    return Ok(Some(event));
                }
            }
            match self.response.next().await {
                Some(piece) => self.unread.extend_from_slice(&piece.map_err(ClientError::Broken)?),
                None => return Ok(None),
            }
        }
    }
}

fn event(block: &str) -> Option<(String, Value)> {
    let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let data = serde_json::from_str(field("data:")?).ok()?;
    Some((field("event:").unwrap_or("message").to_owned(), data))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_and_comments_are_not() {
        assert_eq!(event("event: a\ndata: {\"x\": 1}\n\n"), Some(("a".to_owned(), json!({"x": 1}))));
        assert_eq!(event(": keep-alive\n\n"), None);
    }
}
