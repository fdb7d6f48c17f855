//! An S3-compatible server of the test run's own, in memory, and a gate before it that can be shut.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use docent::blobs::ObjectSettings;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

pub const BUCKET: &str = "docent";

static SERVER: OnceLock<Server> = OnceLock::new();
static PREFIXES: AtomicU32 = AtomicU32::new(0);

struct Server {
    port: u16,
    /// Closing it (which the end of this process does) stops the server.
    _leash: std::process::ChildStdin,
}

/// The address of the server, with a bucket in it.
pub async fn address() -> String {
    let server = tokio::task::spawn_blocking(|| SERVER.get_or_init(start)).await.unwrap();
    format!("http://127.0.0.1:{}", server.port)
}

/// A place in the bucket that nobody else uses.
pub fn fresh_prefix() -> String {
    format!("test-{}", PREFIXES.fetch_add(1, Ordering::Relaxed))
}

/// Settings for that place.
pub fn settings(address: &str, downloads: &Path) -> ObjectSettings {
    ObjectSettings {
        bucket: BUCKET.to_owned(),
        prefix: fresh_prefix(),
        endpoint: Some(address.to_owned()),
        region: "us-east-1".to_owned(),
        access_key: "test".to_owned(),
        secret_key: "test".to_owned(),
        timeout: Duration::from_secs(30),
        downloads: downloads.to_owned(),
    }
}

/// What a listing of the bucket says, as XML: `?list-type=2`, `?uploads`.
pub async fn listing(address: &str, what: &str) -> String {
    // The server asks for a signature, and does not look at it.
    let anybody = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
    let request =
        reqwest::Client::new().get(format!("{address}/{BUCKET}{what}")).header("authorization", anybody);
    request.send().await.unwrap().error_for_status().unwrap().text().await.unwrap()
}

/// Between a client and the server: while it is shut, nobody answers and what was open is cut.
pub struct Gate {
    port: u16,
    target: String,
    open: Option<JoinSet<()>>,
}

impl Gate {
    pub async fn open() -> Self {
        let target = address().await.trim_start_matches("http://").to_owned();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut gate = Self { port, target, open: None };
        gate.reopen().await;
        gate
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub async fn shut(&mut self) {
        if let Some(mut passing) = self.open.take() {
            passing.shutdown().await;
        }
    }

    pub async fn reopen(&mut self) {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        socket.bind(([127, 0, 0, 1], self.port).into()).unwrap();
        let (listener, target) = (socket.listen(64).unwrap(), self.target.clone());
        let mut open = JoinSet::new();
        open.spawn(pass_all(listener, target));
        self.open = Some(open);
    }
}

async fn pass_all(listener: TcpListener, target: String) {
    let mut passing = JoinSet::new();
    while let Ok((mut client, _)) = listener.accept().await {
        let target = target.clone();
        passing.spawn(async move {
            let mut server = TcpStream::connect(target).await.unwrap();
            // Cut at any moment, by the client too.
            drop(tokio::io::copy_bidirectional(&mut client, &mut server).await);
        });
    }
}

fn start() -> Server {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let packages = root.join(".docent/tests/s3");
    assert!(packages.join("moto").exists(), "{} is not there: run `make test-tools`", packages.display());
    #[expect(clippy::zombie_processes, reason = "it ends when its input does: with this process")]
    let mut child = Command::new("python3")
        .arg("-S")
        .arg(root.join("tests/support/s3/server.py"))
        .arg(BUCKET)
        .env("PYTHONPATH", packages)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("starting the S3-compatible server");
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.trim().parse().unwrap_or_else(|_| panic!("it did not start: {line}"));
    Server { port, _leash: child.stdin.take().unwrap() }
}
