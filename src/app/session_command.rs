//! `docent session`: talk in a session of a running server, over its native WebSocket.

use std::io::Write;

use clap::Args;
use futures_util::{SinkExt, StreamExt};
use reqwest::Url;
use reqwest::header::{
    CONNECTION, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use serde::Deserialize;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::Outcome;

/// Where a token may stand instead of the command line, which other users of the machine can read.
const TOKEN: &str = "DOCENT_TOKEN";

#[derive(Debug, Args)]
pub struct SessionArguments {
    /// Address of the server.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8000")]
    url: Url,
    /// Access token or API key (also DOCENT_TOKEN).
    #[arg(long, value_name = "TOKEN")]
    token: Option<String>,
    /// The session: id of a chat, or the name that you gave it.
    #[arg(long, value_name = "ID")]
    session_id: String,
    /// The entity that you act for, where you act for several.
    #[arg(long, value_name = "ID")]
    user_entity_id: Option<String>,
    /// Ask this, print the answer and stop. Without it, each line of the input is asked.
    #[arg(long, value_name = "TEXT")]
    message: Option<String>,
}

pub async fn run(arguments: &SessionArguments) -> Outcome {
    let mut socket = open(arguments).await?;
    let mut screen = Screen::new(std::io::stdout());
    if let Some(message) = &arguments.message {
        ask(&mut socket, message).await?;
        while let Some(frame) = next(&mut socket).await? {
            match screen.show(frame)? {
                Shown::Answer => return Ok(()),
                Shown::Error(error) => return Err(error.into()),
                Shown::Other => {}
            }
        }
        return Err("the server ended the session before it answered".into());
    }
    talk(&mut socket, &mut screen).await
}

/// Line by line, until the input or the session ends. What others ask in the session shows up, too.
async fn talk(socket: &mut Socket, screen: &mut Screen<std::io::Stdout>) -> Outcome {
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let (mut waiting, mut more) = (0_usize, true);
    while more || waiting > 0 {
        tokio::select! {
            line = lines.next_line(), if more => match line? {
                Some(line) if line.trim().is_empty() => {}
                Some(line) => {
                    ask(socket, &line).await?;
                    waiting += 1;
                }
                None => more = false,
            },
            frame = next(socket) => {
                let Some(frame) = frame? else { return Err("the server ended the session".into()) };
                match screen.show(frame)? {
                    Shown::Answer => waiting = waiting.saturating_sub(1),
                    Shown::Error(error) => {
                        eprintln!("{error}");
                        waiting = waiting.saturating_sub(1);
                    }
                    Shown::Other => {}
                }
            }
        }
    }
    Ok(())
}

type Socket = WebSocketStream<reqwest::Upgraded>;

/// Opens the WebSocket through the HTTP client, which knows TLS and tells why it was refused.
async fn open(arguments: &SessionArguments) -> Result<Socket, Box<dyn std::error::Error>> {
    let mut url = arguments.url.clone();
    url.path_segments_mut().map_err(|()| "--url is no address of a server")?.pop_if_empty().extend([
        "api",
        "v1",
        "ai-assistant",
        "ws",
        &arguments.session_id,
    ]);
    url.query_pairs_mut().append_pair("stream", "true");
    if let Some(entity) = &arguments.user_entity_id {
        url.query_pairs_mut().append_pair("user_entity_id", entity);
    }
    let key = generate_key();
    let mut request = reqwest::Client::builder()
        .http1_only()
        .build()?
        .get(url)
        .header(CONNECTION, HeaderValue::from_static("Upgrade"))
        .header(UPGRADE, HeaderValue::from_static("websocket"))
        .header(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"))
        .header(SEC_WEBSOCKET_KEY, &key);
    if let Some(token) = arguments.token.clone().or_else(|| std::env::var(TOKEN).ok()) {
        request = request.bearer_auth(token);
    }
    let response = request.send().await?;
    if response.status() != reqwest::StatusCode::SWITCHING_PROTOCOLS {
        let status = response.status();
        let problem: Option<Problem> = response.json().await.ok();
        let detail =
            problem.map_or_else(|| "the server opens no session here".to_owned(), |problem| problem.detail);
        return Err(format!("{detail} ({status})").into());
    }
    if response
        .headers()
        .get(SEC_WEBSOCKET_ACCEPT)
        .is_none_or(|accept| *accept != derive_accept_key(key.as_bytes()))
    {
        return Err("what answers there speaks no WebSocket".into());
    }
    Ok(WebSocketStream::from_raw_socket(response.upgrade().await?, Role::Client, None).await)
}

async fn ask(socket: &mut Socket, message: &str) -> Outcome {
    let frame = serde_json::json!({"message": message}).to_string();
    Ok(socket.send(Message::Text(frame.into())).await?)
}

/// The next frame that says something; `None` once the session is over.
async fn next(socket: &mut Socket) -> Result<Option<Frame>, Box<dyn std::error::Error>> {
    while let Some(message) = socket.next().await {
        match message? {
            Message::Text(text) => return Ok(Some(serde_json::from_str(&text)?)),
            Message::Close(Some(close)) if !close.reason.is_empty() => {
                return Err(close.reason.as_str().into());
            }
            Message::Close(_) => return Ok(None),
            _ => {}
        }
    }
    Ok(None)
}

#[derive(Deserialize)]
struct Problem {
    detail: String,
}

/// What the server says.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Frame {
    Stream {
        message_id: i64,
        content: String,
    },
    AiResponse {
        message_id: i64,
        content: Content,
        #[serde(default)]
        sources: Vec<Source>,
        #[serde(default)]
        cancelled: bool,
    },
    Error {
        content: String,
        code: String,
    },
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
struct Content {
    message: String,
    #[serde(rename = "isSummary")]
    is_summary: bool,
}

#[derive(Debug, Deserialize)]
struct Source {
    metadata: Metadata,
}

#[derive(Debug, Deserialize)]
struct Metadata {
    filename: String,
    page: Option<i64>,
}

/// What became of a frame.
enum Shown {
    /// An answer is on the screen, whole.
    Answer,
    Error(String),
    Other,
}

/// Prints answers as they grow.
struct Screen<W> {
    out: W,
    /// The answer that is being printed.
    growing: Option<i64>,
}

impl<W: Write> Screen<W> {
    const fn new(out: W) -> Self {
        Self { out, growing: None }
    }

    fn show(&mut self, frame: Frame) -> std::io::Result<Shown> {
        match frame {
            Frame::Stream { message_id, content } => {
                self.growing = Some(message_id);
                write!(self.out, "{}", printable(&content))?;
                self.out.flush()?;
                Ok(Shown::Other)
            }
            Frame::AiResponse { message_id, content, sources, cancelled } => {
                let printed = self.growing.take() == Some(message_id);
                if content.is_summary {
                    writeln!(self.out, "\nThe talk so far:\n{}\n", printable(&content.message))?;
                    return Ok(Shown::Other);
                }
                if !printed {
                    write!(self.out, "{}", printable(&content.message))?;
                }
                writeln!(self.out, "{}", if cancelled { " (cancelled)" } else { "" })?;
                for (n, source) in sources.iter().enumerate() {
                    let page = source.metadata.page.map(|page| format!(", page {page}")).unwrap_or_default();
                    writeln!(self.out, "[{}] {}{page}", n + 1, printable(&source.metadata.filename))?;
                }
                Ok(Shown::Answer)
            }
            Frame::Error { content, code } => {
                if self.growing.take().is_some() {
                    writeln!(self.out)?;
                }
                Ok(Shown::Error(format!("{} ({code})", printable(&content))))
            }
            Frame::Other => Ok(Shown::Other),
        }
    }
}

/// Documents and models do not get to move the cursor.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(frames: &[&str]) -> String {
        let mut screen = Screen::new(Vec::new());
        let mut errors = String::new();
        for frame in frames {
            if let Shown::Error(error) = screen.show(serde_json::from_str(frame).unwrap()).unwrap() {
                errors.push_str(&error);
            }
        }
        String::from_utf8(screen.out).unwrap() + &errors
    }

    #[test]
    fn an_answer_is_printed_once_with_what_stands_behind_it() {
        let whole = r#"{"type": "ai_response", "message_id": 7, "question_count": 1,
            "content": {"message": "They eat voles [1].", "isSummary": false},
            "sources": [{"id": "1:1:0", "metadata": {"filename": "kestrel.pdf", "page": 3}}]}"#;
        let piece = |text: &str| format!(r#"{{"type": "stream", "message_id": 7, "content": "{text}"}}"#);
        insta::assert_snapshot!(printed(&[&piece("They eat "), &piece("voles [1]."), whole]), @r"
        They eat voles [1].
        [1] kestrel.pdf, page 3
        ");
        assert_eq!(printed(&[whole]), printed(&[&piece("They eat voles [1]."), whole]));
    }

    #[test]
    fn failures_and_frames_of_later_versions_do_no_harm() {
        let frames = [
            r#"{"type": "from_the_future", "content": 7}"#,
            r#"{"type": "stream", "message_id": 7, "content": "They \u001b[2J"}"#,
            r#"{"type": "error", "content": "The language model cannot be reached", "code": "llm_unavailable"}"#,
        ];
        insta::assert_snapshot!(printed(&frames), @r"
        They [2J
        The language model cannot be reached (llm_unavailable)
        ");
    }
}
