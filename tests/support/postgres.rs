//! A Postgres server of the test run's own: temporary data folder, free port, stopped with this process.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use sqlx::{Connection, Executor, PgConnection};

static SERVER: OnceLock<Server> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

struct Server {
    port: u16,
    /// Closing it (which the end of this process does) stops the server.
    _leash: std::process::ChildStdin,
}

/// The address of a new, empty database.
pub async fn fresh_database() -> String {
    let server = tokio::task::spawn_blocking(|| SERVER.get_or_init(start)).await.unwrap();
    let name = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let mut admin = connect(server.port).await;
    admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    format!("postgres://postgres@127.0.0.1:{}/{name}", server.port)
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
fn start() -> Server {
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
         {programs}/postgres -D {folder}/data -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
           -c fsync=off -c full_page_writes=off -c max_connections=500 >{folder}/server.log 2>&1 &
         pid=$!
         read -r _ || true
         kill -INT $pid; wait $pid || true; rm -rf {folder}",
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
    Server { port, _leash: child.stdin.take().unwrap() }
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
