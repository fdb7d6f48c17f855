//! The real program in a process of its own, and what that process uses.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::process::{Child, Command};

/// A running `docent serve` that is ready.
pub struct Program {
    child: Child,
    pub base: String,
    pub http: reqwest::Client,
}

impl Program {
    /// Starts it on a data folder, with these settings beside the defaults.
    pub async fn start(data: &Path, settings: &[(&str, &str)]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let address = port.expect("a free port");
        let mut child = Command::new(env!("CARGO_BIN_EXE_docent"))
            .args(["serve", "--listen", &address.to_string(), "--data-dir"])
            .arg(data)
            .env_clear()
            .env("DOCENT_HOME", home())
            .env("RUST_LOG", "warn")
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("the program");
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        let base = format!("http://{address}");
        loop {
            let asked = http.get(format!("{base}/readyz")).send().await;
            if asked.is_ok_and(|answer| answer.status().is_success()) {
                return Self { child, base, http };
            }
            let ended = child.try_wait().expect("a child");
            assert!(ended.is_none(), "it ended at once with {ended:?}");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id().expect("it runs")
    }

    /// Memory that no file stands behind, children apart.
    #[allow(dead_code, reason = "each bench has of it what it needs")]
    pub fn anonymous_mb(&self) -> f64 {
        anonymous_mb(self.id())
    }

    /// As a service manager does it.
    pub async fn stop(mut self) {
        let id = i32::try_from(self.id()).ok().and_then(Pid::from_raw).expect("it runs");
        kill_process(id, Signal::TERM).expect("it runs");
        let end = tokio::time::timeout(Duration::from_secs(60), self.child.wait()).await;
        assert!(end.expect("it stops in time").expect("a child").success());
    }
}

/// Where `make setup` put ONNX Runtime and the model.
pub fn home() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join(".docent").into();
    std::env::var_os("DOCENT_HOME").unwrap_or_else(default).into()
}

/// Milliseconds of processor time, user and system, with those of children that have ended.
#[allow(dead_code, reason = "each bench has of it what it needs")]
pub fn cpu_ms(process: u32) -> f64 {
    let stat = fs_err::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    // In hundredths of a second; the fields before ")" are gone.
    fields.skip(11).take(4).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() * 10.0
}

pub fn anonymous_mb(process: u32) -> f64 {
    let status = fs_err::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) * 1024.0 / 1e6
}

/// The same with all its children.
#[allow(dead_code, reason = "each bench has of it what it needs")]
pub fn tree_mb(process: u32) -> f64 {
    let children =
        fs_err::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    let children = children.split_whitespace().filter_map(|child| child.parse().ok());
    anonymous_mb(process) + children.map(tree_mb).sum::<f64>()
}
