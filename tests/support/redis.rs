//! A Redis server of the test's own: free port, nothing kept, stopped with this process.

use std::net::TcpListener;
use std::process::Stdio;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use docent::bus::{RedisBus, RedisSettings};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

static SHARED: OnceLock<Shared> = OnceLock::new();
static BUSES: AtomicU32 = AtomicU32::new(0);

struct Shared {
    port: u16,
    /// Closing it (which the end of this process does) stops the server.
    _leash: std::process::ChildStdin,
}

/// A bus of the caller's own on the server that the tests share.
pub async fn shared_bus() -> RedisBus {
    let port = SHARED.get_or_init(start_shared).port;
    answers(port).await;
    let number = BUSES.fetch_add(1, Ordering::Relaxed);
    let url = format!("redis://127.0.0.1:{port}");
    RedisBus::open(&RedisSettings { url, prefix: format!("test-{number}"), node: "test".into() }).unwrap()
}

fn start_shared() -> Shared {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let script = format!(
        "redis-server --port {port} --bind 127.0.0.1 --save '' --appendonly no >/dev/null &
         pid=$!; read -r _ || true; kill $pid; wait $pid"
    );
    #[expect(clippy::zombie_processes, reason = "it ends when its input does: with this process")]
    let mut child = std::process::Command::new("sh")
        .args(["-c", &script])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("starting Redis");
    Shared { port, _leash: child.stdin.take().unwrap() }
}

async fn answers(port: u16) {
    for _ in 0..200 {
        if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!(
        "Redis does not answer: is it installed? (`make test` installs it; Debian: apt-get install redis-server)"
    );
}

/// A running server.
pub struct Redis {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Redis {
    pub async fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = tempfile::tempdir().unwrap();
        let child = spawn(port, folder.path());
        let redis = Self { child, port, folder };
        redis.answers().await;
        redis
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    pub async fn stop(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// Starts it again, empty.
    pub async fn start_again(&mut self) {
        self.child = spawn(self.port, self.folder.path());
        self.answers().await;
    }

    async fn answers(&self) {
        answers(self.port).await;
    }
}

fn spawn(port: u16, folder: &std::path::Path) -> Child {
    Command::new("redis-server")
        .args([
            "--port",
            &port.to_string(),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
        ])
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("Redis is not installed: `make test` installs it (Debian: apt-get install redis-server)")
}
