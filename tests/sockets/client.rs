//! One of the official clients in a process of its own, spoken to over its standard input and output.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

use super::told::{Asked, Line};

const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    JavaScript,
    Python,
    /// Python's `websockets`, on the native WebSocket.
    Native,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    Polling,
    Websocket,
    /// Polling first, then an upgrade, which is what clients do by themselves.
    Both,
}

/// A client process. Dropped, it is killed: to the server it has vanished.
pub struct Client {
    process: Child,
    stdin: ChildStdin,
    stdout: Lines<BufReader<ChildStdout>>,
    /// Heard, but not asked for yet.
    heard: VecDeque<Value>,
    acks: u64,
    line: Line,
    /// What acknowledgements are about that have not come yet.
    asked: HashMap<u64, Asked>,
}

impl Client {
    /// Starts a client and connects it.
    pub async fn connect(url: &str, language: Language, transport: Transport) -> Self {
        let mut client = Self::start(language);
        let connected = client.try_connect(url, transport, json!({})).await;
        assert_eq!(connected["is"], "connected", "{connected}");
        client
    }

    pub fn start(language: Language) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut command = match language {
            Language::JavaScript => {
                let mut command = Command::new("node");
                command.arg(installed(
                    folder,
                    "tests/clients/js/client.mjs",
                    "tests/clients/js/node_modules",
                ));
                command
            }
            Language::Python => {
                python(folder, "tests/clients/python/client.py", ".docent/tests/python/socketio")
            }
            Language::Native => {
                python(folder, "tests/clients/python/native.py", ".docent/tests/python/websockets")
            }
        };
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the interpreter of the client is not installed: run `make test-tools`");
        let stdin = process.stdin.take().unwrap();
        let stdout = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = if language == Language::Native { Line::Native } else { Line::Main };
        Self { process, stdin, stdout, heard: VecDeque::new(), acks: 0, line, asked: HashMap::new() }
    }

    /// What came of connecting: `connected` or `refused`.
    pub async fn try_connect(&mut self, url: &str, transport: Transport, more: Value) -> Value {
        let transports: &[&str] = match transport {
            Transport::Polling => &["polling"],
            Transport::Websocket => &["websocket"],
            Transport::Both => &["polling", "websocket"],
        };
        if self.line != Line::Native {
            self.line = Line::of(url);
        }
        let mut line = json!({"op": "connect", "url": url, "transports": transports});
        line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.write(&line).await;
        self.next(|line| line["is"] == "connected" || line["is"] == "refused").await
    }

    /// Sends an event without asking for an acknowledgement.
    pub async fn emit(&mut self, event: &str, payload: Value) {
        self.write(&json!({"op": "emit", "event": event, "args": [payload]})).await;
    }

    /// Sends an event and gives what its acknowledgement says.
    pub async fn ask(&mut self, event: &str, payload: Value) -> Value {
        self.ask_with(event, json!([payload])).await
    }

    pub async fn ask_with(&mut self, event: &str, arguments: Value) -> Value {
        let ack = self.next_ack(self.line, event, Some(&arguments));
        self.write(&json!({"op": "emit", "event": event, "args": arguments, "ack": ack})).await;
        self.acknowledged(ack).await
    }

    /// Sends a text frame as it is.
    pub async fn raw(&mut self, text: &str) {
        self.write(&json!({"op": "raw", "text": text})).await;
    }

    pub async fn send_binary(&mut self) {
        self.write(&json!({"op": "bytes", "event": ""})).await;
    }

    pub async fn ask_binary(&mut self, event: &str) -> Value {
        let ack = self.next_ack(self.line, event, None);
        self.write(&json!({"op": "bytes", "event": event, "ack": ack})).await;
        self.acknowledged(ack).await
    }

    fn next_ack(&mut self, line: Line, event: &str, arguments: Option<&Value>) -> u64 {
        self.acks += 1;
        self.asked.insert(self.acks, Asked::new(line, event, arguments));
        self.acks
    }

    /// Everything that comes is what the description promises.
    fn check(&mut self, line: &Value) {
        match line["is"].as_str() {
            Some("event") => {
                let from = line["namespace"].as_str().map_or(self.line, Line::of);
                from.heard(line["event"].as_str().unwrap(), &line["args"][0]);
            }
            Some("ack") => {
                let asked = self.asked.remove(&line["ack"].as_u64().unwrap()).unwrap();
                asked.acknowledged(&line["args"][0]);
            }
            _ => {}
        }
    }

    async fn acknowledged(&mut self, ack: u64) -> Value {
        let mut answer = self.next(|line| line["is"] == "ack" && line["ack"] == ack).await;
        answer["args"][0].take()
    }

    /// The first event of that name, which may have come already.
    pub async fn event(&mut self, name: &str) -> Value {
        let mut line = self.next(|line| line["is"] == "event" && line["event"] == name).await;
        line["args"][0].take()
    }

    /// The first event of any of these names, with its name.
    pub async fn one_of(&mut self, names: &[&str]) -> (String, Value) {
        let mut line =
            self.next(|line| line["is"] == "event" && names.iter().any(|name| line["event"] == *name)).await;
        (line["event"].as_str().unwrap().to_owned(), line["args"][0].take())
    }

    /// Everything heard of an answer up to its end, in the order in which it came.
    pub async fn turn(&mut self) -> Vec<(String, Value)> {
        const TURN: &[&str] = &[
            "message_received",
            "message_sources",
            "message_token",
            "message_complete",
            "message_cancelled",
            "error",
        ];
        let mut turn = Vec::new();
        loop {
            let (name, body) = self.one_of(TURN).await;
            let last = matches!(name.as_str(), "message_complete" | "message_cancelled" | "error");
            turn.push((name, body));
            if last {
                return turn;
            }
        }
    }

    pub async fn disconnected(&mut self) -> String {
        let line = self.next(|line| line["is"] == "disconnected").await;
        line["reason"].as_str().unwrap().to_owned()
    }

    /// The names of everything that came and was not asked for yet.
    pub fn unread(&self) -> Vec<&str> {
        self.heard.iter().filter_map(|line| line["event"].as_str()).collect()
    }

    /// Everything that has come by the time that the server has answered a question asked now.
    pub async fn heard_so_far(&mut self) -> Vec<String> {
        self.ask("ping", json!({})).await;
        let events = self.heard.drain(..).filter(|line| line["is"] == "event" && line["event"] != "pong");
        events.map(|line| line["event"].as_str().unwrap().to_owned()).collect()
    }

    /// Connects to another namespace over the same transport.
    pub async fn also(&mut self, namespace: &str) {
        self.write(&json!({"op": "also", "namespace": namespace})).await;
        let joined = self.next(|line| line["is"] == "joined" || line["is"] == "refused").await;
        assert_eq!(joined["is"], "joined", "{joined}");
    }

    /// Like [`Client::ask`], in a namespace that was joined by [`Client::also`].
    pub async fn ask_in(&mut self, namespace: &str, event: &str, payload: Value) -> Value {
        let ack = self.next_ack(Line::of(namespace), event, Some(&json!([payload])));
        let line =
            json!({"op": "emit", "namespace": namespace, "event": event, "args": [payload], "ack": ack});
        self.write(&line).await;
        self.acknowledged(ack).await
    }

    /// The names of what has come and was not asked for yet.
    pub fn heard_names(&self) -> Vec<String> {
        let events = self.heard.iter().filter(|line| line["is"] == "event");
        events.map(|line| line["event"].as_str().unwrap().to_owned()).collect()
    }

    /// Reads nothing for so long; comes back when that has begun.
    pub async fn stall(&mut self, duration: Duration) {
        self.write(&json!({"op": "stall", "ms": u64::try_from(duration.as_millis()).unwrap()})).await;
    }

    pub async fn close(&mut self) {
        self.write(&json!({"op": "close"})).await;
    }

    /// Dies without a word.
    pub async fn vanish(mut self) {
        self.process.kill().await.unwrap();
    }

    async fn write(&mut self, line: &Value) {
        self.stdin.write_all(format!("{line}\n").as_bytes()).await.unwrap();
    }

    async fn next(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.heard.iter().position(&wanted) {
            return self.heard.remove(at).unwrap();
        }
        loop {
            let line = match timeout(PATIENCE, self.stdout.next_line()).await {
                Ok(line) => line.unwrap().expect("the client ended"),
                Err(_) => panic!("nothing came; heard until then: {:?}", self.heard),
            };
            let line: Value = serde_json::from_str(&line).unwrap();
            self.check(&line);
            if wanted(&line) {
                return line;
            }
            self.heard.push_back(line);
        }
    }
}

fn python(folder: &Path, script: &str, needs: &str) -> Command {
    let mut command = Command::new("python3");
    command.arg(installed(folder, script, needs));
    command.env("PYTHONPATH", folder.join(".docent/tests/python"));
    command
}

fn installed(folder: &Path, script: &str, needs: &str) -> PathBuf {
    let needs = folder.join(needs);
    assert!(needs.exists(), "{} is missing: run `make test-tools`", needs.display());
    folder.join(script)
}
