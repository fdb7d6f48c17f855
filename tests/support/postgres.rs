//! A Postgres server of the test run's own: temporary data folder, free port, stopped with this process.

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use sqlx::{Connection, Executor, PgConnection};

static SERVER: OnceLock<Postgres> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// A running server.
pub struct Postgres {
    port: u16,
    /// Closing it (which the end of this process does) stops the server. Until then it takes commands.
    leash: std::process::ChildStdin,
}

/// The address of a new, empty database on the server that the tests share.
pub async fn fresh_database() -> String {
    tokio::task::spawn_blocking(|| SERVER.get_or_init(Postgres::start)).await.unwrap().fresh_database().await
}

impl Postgres {
    /// The address of a new, empty database.
    pub async fn fresh_database(&self) -> String {
        let name = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        let mut admin = connect(self.port).await;
        admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
        format!("postgres://postgres@127.0.0.1:{}/{name}", self.port)
    }

    /// Ends it as a restart would, connections and all.
    pub fn stop(&mut self) {
        self.leash.write_all(b"stop\n").unwrap();
    }

    /// Starts it again, with what it had.
    pub fn start_again(&mut self) {
        self.leash.write_all(b"start\n").unwrap();
    }

    /// A server of the caller's own.
    pub fn start() -> Self {
        start()
    }
}

async fn connect(port: u16) -> PgConnection {
    let address = format!("postgres://postgres@127.0.0.1:{port}/postgres");
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        match PgConnection::connect(&address).await {
            Ok(connection) => return connection,
            Err(error) if Instant::now() > deadline => panic!("Postgres does not answer: {error}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

/// Postgres refuses to run as root; then it runs as the account its package made.
fn start() -> Postgres {
    let programs = programs();
    let folder = tempfile::Builder::new().prefix("docent-postgres-").tempdir().unwrap().keep();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let root = fs_err::metadata("/proc/self").is_ok_and(|meta| {
        use std::os::unix::fs::MetadataExt;
        meta.uid() == 0
    });
    if root {
        let done = Command::new("chown").arg("postgres").arg(&folder).status().unwrap();
        assert!(done.success(), "chown of {}", folder.display());
    }
    let script = format!(
        "set -e; cd {folder}
         {programs}/initdb -D {folder}/data -U postgres -A trust --no-sync >{folder}/initdb.log 2>&1
         run() {{
           {programs}/postgres -D {folder}/data -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
             -c fsync=off -c full_page_writes=off -c max_connections=500 >>{folder}/server.log 2>&1 &
           pid=$!
         }}
         end() {{ kill -INT $pid; wait $pid || true; }}
         run
         while read -r word; do
           case $word in stop) end;; start) run;; esac
         done
         end; rm -rf {folder}",
        folder = folder.display(),
        programs = programs.display(),
    );
    let mut command = Command::new(if root { "setpriv" } else { "sh" });
    if root {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "sh"]);
    }
    #[expect(clippy::zombie_processes, reason = "it ends when its input does: with this process")]
    let mut child = command
        .args(["-c", &script])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("starting Postgres");
    Postgres { port, leash: child.stdin.take().unwrap() }
}

fn programs() -> PathBuf {
    let versions = Path::new("/usr/lib/postgresql");
    let mut found: Vec<PathBuf> = fs_err::read_dir(versions)
        .map(|entries| entries.flatten().map(|entry| entry.path().join("bin")).collect())
        .unwrap_or_default();
    found.retain(|bin| bin.join("initdb").exists());
    found.sort();
    found
        .pop()
        .expect("Postgres is not installed: `make test` installs it (Debian: apt-get install postgresql)")
}
