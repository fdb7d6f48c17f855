//! The real program in a process of its own, which can be killed.

use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::process::{Child, Command};

/// A running `docent serve`, or `docent-worker`, which answers health only.
pub struct Program {
    child: Child,
    /// `http://127.0.0.1:port`
    pub base: String,
    http: reqwest::Client,
}

impl Program {
    /// Starts it on a data folder and waits until it answers.
    pub async fn start(data: &Path, settings: &[(&str, &str)]) -> Self {
        let port = free_port();
        Self::answering(spawn(data, port, settings), port, data).await
    }

    /// Starts what `command` gives for a port, with nothing added; its log stands beside the data folder.
    pub async fn started_as(data: &Path, command: impl FnOnce(u16) -> Command) -> Self {
        let port = free_port();
        let mut command = command(port);
        write_beside(&mut command, data);
        Self::answering(command.spawn().unwrap(), port, data).await
    }

    /// Starts a `docent-worker`, and waits until it is at work.
    pub async fn start_worker(data: &Path, settings: &[(&str, &str)]) -> Self {
        let port = free_port();
        let mut command = Command::new(env!("CARGO_BIN_EXE_docent-worker"));
        command.args(["--listen", &format!("127.0.0.1:{port}"), "--data-dir"]).arg(data);
        Self::answering(run(command, data, settings), port, data).await
    }

    async fn answering(mut child: Child, port: u16, data: &Path) -> Self {
        let (base, http) = (format!("http://127.0.0.1:{port}"), reqwest::Client::new());
        for _ in 0..600 {
            if http
                .get(format!("{base}/healthz"))
                .send()
                .await
                .is_ok_and(|answer| answer.status().is_success())
            {
                return Self { child, base, http };
            }
            if let Some(status) = child.try_wait().unwrap() {
                let log = fs_err::read_to_string(data.with_extension("log")).unwrap();
                panic!("it ended at once with {status}:\n{log}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it does not answer");
    }

    /// Starts it on data that kill it, which may be before it answers, and waits for that.
    pub async fn doomed(data: &Path, settings: &[(&str, &str)]) {
        let mut child = spawn(data, 0, settings);
        let end = tokio::time::timeout(Duration::from_secs(60), child.wait()).await;
        assert!(!end.expect("it should have died").unwrap().success());
    }

    /// `http://127.0.0.1:port`
    pub fn url(&self) -> &str {
        &self.base
    }

    pub async fn upload(&self, filename: &str, bytes: Vec<u8>) -> i64 {
        self.upload_to_a_doomed(filename, bytes).await.expect("it died before it answered")
    }

    /// `None` if it died of the upload before it could answer.
    pub async fn upload_to_a_doomed(&self, filename: &str, bytes: Vec<u8>) -> Option<i64> {
        let part = reqwest::multipart::Part::bytes(bytes).file_name(filename.to_owned());
        let form = reqwest::multipart::Form::new().part("file", part);
        let url = format!("{}/api/projects/1/documents", self.base);
        let answer = self.http.post(url).multipart(form).send().await.ok()?;
        let status = answer.status();
        let body: Value = serde_json::from_str(&answer.text().await.ok()?).unwrap();
        assert!(status.is_success(), "{status} {body}");
        body["document"]["id"].as_i64()
    }

    pub async fn document(&self, id: i64) -> Value {
        let answer = self.http.get(format!("{}/api/documents/{id}", self.base)).send().await.unwrap();
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    }

    pub async fn settled(&self, id: i64) -> Value {
        for _ in 0..900 {
            let document = self.document(id).await;
            if ["completed", "failed", "cancelled"].contains(&document["status"].as_str().unwrap()) {
                return document;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it was not read in time");
    }

    /// Waits until it dies by itself.
    pub async fn dies(&mut self) {
        let end = tokio::time::timeout(Duration::from_secs(60), self.child.wait()).await;
        assert!(!end.expect("it should have died").unwrap().success());
    }

    /// Whether a process that it started has mapped such a library.
    pub fn readers_have(&self, library: &str) -> bool {
        let id = self.child.id().unwrap();
        let threads = fs_err::read_dir(format!("/proc/{id}/task")).unwrap();
        let children = threads.map(|thread| fs_err::read_to_string(thread.unwrap().path().join("children")));
        let children: Vec<String> = children.map(Result::unwrap_or_default).collect();
        children.iter().flat_map(|line| line.split_whitespace()).any(|child| {
            fs_err::read_to_string(format!("/proc/{child}/maps")).is_ok_and(|maps| maps.contains(library))
        })
    }

    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Asks it to stop, as a service manager does.
    pub async fn stop(mut self) {
        let id = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
        let end = tokio::time::timeout(Duration::from_secs(30), self.child.wait()).await;
        assert!(end.expect("it should have stopped").unwrap().success());
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn spawn(data: &Path, port: u16, settings: &[(&str, &str)]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docent"));
    command.args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data-dir"]).arg(data);
    run(command, data, settings)
}

fn run(mut command: Command, data: &Path, settings: &[(&str, &str)]) -> Child {
    command
        .env_clear()
        .env("EMBEDDING_PROVIDER", "hash")
        .env("RUST_LOG", "warn,docent=info")
        .envs(settings.iter().copied())
        .stdin(Stdio::null())
        .kill_on_drop(true);
    write_beside(&mut command, data);
    command.spawn().unwrap()
}

fn write_beside(command: &mut Command, data: &Path) {
    command
        .stdout(fs_err::File::create(data.with_extension("out")).unwrap().into_parts().0)
        .stderr(fs_err::File::create(data.with_extension("log")).unwrap().into_parts().0);
}
