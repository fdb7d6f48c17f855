//! An installation as its operator has it: settings, a data folder, and the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use docent::store::{Backend, Store, StoreSettings, TABLES};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use tokio::process::Command;

use super::embedder::{CountingEmbedder, DIMENSION};
use crate::support::process::Program;

const PASSWORD: &str = "correct horse battery";

pub struct Installation {
    pub data: PathBuf,
    settings: BTreeMap<String, String>,
}

impl Installation {
    pub fn new(data: PathBuf, embedder: &CountingEmbedder) -> Self {
        let dimension = DIMENSION.to_string();
        let settings = [
            ("DOCENT_AUTH", "on"),
            ("DOCENT_JWT_SECRET", "3b2c91d7e8f4a5061728394a5b6c7d8e9fa0b1c2"),
            ("EMBEDDING_PROVIDER", "openai"),
            ("EMBEDDING_BASE_URL", &embedder.url),
            ("EMBEDDING_MODEL", "stub"),
            ("EMBEDDING_DIMENSION", &dimension),
            ("CHAT_PROVIDER", "extractive"),
            ("RATE_LIMIT_USER", "100000"),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        Self { data, settings }
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.settings.insert(name.to_owned(), value.to_owned());
    }

    pub fn unset(&mut self, name: &str) {
        self.settings.remove(name);
    }

    fn settings(&self) -> Vec<(&str, &str)> {
        self.settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    pub async fn make_admin(&self) {
        let account = ["user", "create", "--admin", "--username", "ada", "--password", PASSWORD];
        let made = self.docent(&account, &[]).await;
        assert!(made.is_ok(), "{made:?}");
    }

    fn command(&self, arguments: &[&str], besides: &[(String, String)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docent"));
        command
            .args(arguments)
            .arg("--data-dir")
            .arg(&self.data)
            .env_clear()
            .env("RUST_LOG", "warn")
            .envs(self.settings())
            .envs(besides.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    /// What the command prints, or why it failed.
    async fn docent(&self, arguments: &[&str], besides: &[(String, String)]) -> Result<String, String> {
        let command = self.command(arguments, besides).output();
        let done = tokio::time::timeout(Duration::from_secs(120), command).await.unwrap().unwrap();
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        if done.status.success() { Ok(text(&done.stdout)) } else { Err(text(&done.stderr)) }
    }

    pub async fn moved_to(&self, other: &Self) -> Result<String, String> {
        let (file, meant) = other.as_target();
        self.docent(&["move", "--to", &file], &meant).await
    }

    /// Kills the move after so long: `None` if it had not come to its end.
    pub async fn moved_to_until(&self, other: &Self, killed: Duration) -> Option<Result<(), String>> {
        let (file, meant) = other.as_target();
        let mut command = self.command(&["move", "--to", &file], &meant);
        let mut moving = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        if tokio::time::timeout(killed, moving.wait()).await.is_err() {
            moving.kill().await.unwrap();
            return None;
        }
        let done = moving.wait_with_output().await.unwrap();
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        Some(if done.status.success() { Ok(()) } else { Err(told) })
    }

    /// Its folder stands in a file, the rest in variables that are meant for it.
    fn as_target(&self) -> (String, Vec<(String, String)>) {
        let file = self.data.with_extension("toml");
        fs_err::write(&file, format!("[server]\ndata_dir = {:?}\n", self.data)).unwrap();
        let meant = self.settings.iter().map(|(name, value)| (format!("TO_{name}"), value.clone()));
        (file.to_str().unwrap().to_owned(), meant.collect())
    }

    pub async fn start(&self) -> (Program, Client) {
        let server = Program::start(&self.data, &self.settings()).await;
        let client = Client::sign_in(server.url()).await;
        (server, client)
    }

    /// What the program wrote down.
    pub fn log(&self) -> String {
        fs_err::read_to_string(self.data.with_extension("log")).unwrap()
    }

    pub async fn refuses_to_start(&self) -> String {
        self.docent(&["serve", "--listen", "127.0.0.1:0"], &[]).await.unwrap_err()
    }

    pub async fn store(&self) -> Store {
        let backend = match self.settings.get("DATABASE_URL") {
            Some(address) => Backend::parse(address).unwrap(),
            None => Backend::Sqlite(self.data.join("docent.db")),
        };
        Store::open(&StoreSettings::new(backend)).await.unwrap()
    }
}

/// Of two embedded installations: every row of every table, but for names of files, and entries of the queue.
pub async fn assert_same_rows(one: &Installation, other: &Installation) {
    let (one, other) = (one.store().await, other.store().await);
    let mut filled = 0;
    for table in TABLES {
        let rows = rows(&one, table).await;
        assert_eq!(rows, self::rows(&other, table).await, "{table}");
        filled += usize::from(!rows.is_empty());
    }
    assert!(filled > 15, "only {filled} tables have rows");
    one.close().await;
    other.close().await;
}

async fn rows(store: &Store, table: &str) -> BTreeSet<String> {
    let docent::store::Pools::Sqlite { read, .. } = store.pools() else { panic!("not embedded") };
    let columns: Vec<(String,)> =
        sqlx::query_as("SELECT name FROM pragma_table_info($1)").bind(table).fetch_all(read).await.unwrap();
    assert!(!columns.is_empty(), "{table}");
    let quoted: Vec<String> = columns
        .iter()
        .filter(|(name,)| name != "blob")
        .map(|(name,)| format!("'{name}=' || quote(\"{name}\")"))
        .collect();
    let sql = format!("SELECT {} FROM {table}", quoted.join(" || ' ' || "));
    let rows: Vec<(String,)> = sqlx::query_as(AssertSqlSafe(sql)).fetch_all(read).await.unwrap();
    rows.into_iter().map(|(row,)| row).collect()
}

/// Somebody who is signed in.
pub struct Client {
    base: String,
    token: String,
    http: reqwest::Client,
    /// The one with everything in it.
    pub project: i64,
    pub highest_document: i64,
}

impl Client {
    async fn sign_in(base: &str) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let login = json!({"username": "ada", "password": PASSWORD});
        let answer = http.post(format!("{base}/api/auth/login")).json(&login).send().await.unwrap();
        assert_eq!(answer.status(), 200, "the password is the same");
        let answer: Value = answer.json().await.unwrap();
        let token = answer["access_token"].as_str().unwrap().to_owned();
        let mut client = Self { base: base.to_owned(), token, http, project: 0, highest_document: 0 };
        let projects = client.get("/api/projects").await;
        let birds = projects.as_array().unwrap().iter().find(|project| project["name"] == "Birds");
        if let Some(birds) = birds {
            client.project = birds["id"].as_i64().unwrap();
            let documents = client.get(&format!("/api/projects/{}/documents", client.project)).await;
            let ids = documents.as_array().unwrap().iter().map(|document| document["id"].as_i64().unwrap());
            client.highest_document = ids.max().unwrap_or(0);
        }
        client
    }

    async fn send(&self, token: &str, method: Method, path: &str, body: Option<Value>) -> Value {
        let mut request =
            self.http.request(method.clone(), format!("{}{path}", self.base)).bearer_auth(token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{method} {path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    pub async fn get(&self, path: &str) -> Value {
        self.send(&self.token, Method::GET, path, None).await
    }

    pub async fn get_with(&self, token: &str, path: &str) -> Value {
        self.send(token, Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        self.send(&self.token, Method::POST, path, Some(body)).await
    }

    pub async fn download(&self, document: i64) -> String {
        let url = format!("{}/api/documents/{document}/download", self.base);
        let answer = self.http.get(url).bearer_auth(&self.token).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        hex::encode(answer.bytes().await.unwrap())
    }

    pub async fn upload(&self, filename: &str, bytes: &[u8]) -> Value {
        let form = Form::new().part("file", Part::bytes(bytes.to_vec()).file_name(filename.to_owned()));
        let url = format!("{}/api/projects/{}/documents?wait=30", self.base, self.project);
        let answer = self.http.post(url).bearer_auth(&self.token).multipart(form).send().await.unwrap();
        let status = answer.status();
        let body: Value = answer.json().await.unwrap();
        assert!(status.is_success(), "{body}");
        body["document"].clone()
    }

    /// The passages that a search finds, best first.
    pub async fn found(&self, query: &str) -> Value {
        let path = format!("/api/projects/{}/search", self.project);
        let found = self.post(&path, json!({"query": query})).await;
        let mut passages: Vec<Value> =
            found["results"].as_array().unwrap().iter().map(|it| json!([it["id"], it["content"]])).collect();
        // Those that are equally good have no order.
        passages.sort_by_key(Value::to_string);
        json!(passages)
    }

    /// People, documents in versions, answers, opinions; an API key.
    pub async fn fill(&mut self) -> String {
        self.project = self.post("/api/projects", json!({"name": "Birds"})).await["id"].as_i64().unwrap();
        let user = self.post("/api/users", json!({"username": "bob", "password": PASSWORD})).await;
        let member = format!("/api/projects/{}/members/{}", self.project, user["id"]);
        self.send(&self.token, Method::PUT, &member, Some(json!({"role": "viewer"}))).await;
        let entity = self.post("/api/entities", json!({"kind": "park", "name": "North"})).await;
        let linked = format!("/api/projects/{}/entities/{}", self.project, entity["id"]);
        self.send(&self.token, Method::PUT, &linked, Some(json!({}))).await;
        self.upload("kestrel.md", b"# Kestrels\n\nKestrels eat voles.\n\n# Wings\n\nThe wing is long.").await;
        self.upload("owl.txt", b"Barn owls sleep by day.").await;
        self.upload("owl.txt", "Barn owls sleep by day \u{2014} and hunt voles by night.".as_bytes()).await;
        self.upload("empty.md", b"# Nothing\n\nBut a note about kestrels.").await;
        let chat = self.post("/api/chats", json!({"project_id": self.project, "title": "Food"})).await;
        let path = format!("/api/chats/{}/messages", chat["id"]);
        let answer = self.post(&path, json!({"message": "What do kestrels eat?"})).await;
        let rated = format!("{path}/{}/feedback", answer["message_id"]);
        self.post(&rated, json!({"rating": "up", "comment": "yes"})).await;
        let key = self.post("/api/auth/api-keys", json!({"name": "script"})).await;
        key["key"].as_str().unwrap().to_owned()
    }

    /// Makes a project and deletes it for good: its number is never given again.
    pub async fn make_gap(&self) -> i64 {
        let id = self.post("/api/projects", json!({"name": "Gone"})).await["id"].as_i64().unwrap();
        self.send(&self.token, Method::DELETE, &format!("/api/projects/{id}"), None).await;
        for _ in 0..200 {
            let jobs = self.get("/api/jobs").await;
            let waits = |job: &Value| job["state"] == "queued" || job["state"] == "running";
            if !jobs.as_array().unwrap().iter().any(waits) {
                return id;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("it is still being removed");
    }
}
