//! nginx with the configuration that the documentation gives, in a folder and on a port of its own.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const GIVEN: &str = include_str!("../../setup/proxy/nginx.conf");

/// A running nginx; dropping it ends it.
pub struct Nginx {
    process: Child,
    /// `https://127.0.0.1:port`
    pub url: String,
    folder: tempfile::TempDir,
}

impl Nginx {
    /// `None`, with a word about it, where nginx is not installed.
    pub async fn before(nodes: &[&str]) -> Option<Self> {
        let Some(program) = program() else {
            eprintln!("skipped: nginx is not installed (`make test-tools`)");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        fs_err::write(folder.path().join("nginx.conf"), configuration(folder.path(), port, nodes)).unwrap();
        let process = Command::new(program)
            .arg("-p")
            .arg(folder.path())
            .args(["-c", "nginx.conf", "-e", "error.log"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs_err::File::create(folder.path().join("stderr.log")).unwrap().into_parts().0)
            .spawn()
            .unwrap();
        let nginx = Self { process, url: format!("https://127.0.0.1:{port}"), folder };
        let client = client(None);
        for _ in 0..200 {
            if client.get(format!("{}/healthz", nginx.url)).send().await.is_ok() {
                return Some(nginx);
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("nginx does not answer: {}", nginx.logs());
    }

    /// Everything it wrote anywhere.
    pub fn logs(&self) -> String {
        let read = |name: &str| fs_err::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        ["stderr.log", "error.log", "access.log"].map(read).concat()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // The master ends its workers; killed, it would leave them.
        let stopped = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status();
        drop(stopped.and_then(|_| self.process.wait()));
    }
}

/// A client that trusts the certificate made here, and speaks from that address of this machine.
pub fn client(from: Option<&str>) -> reqwest::Client {
    let from = from.map(|address| address.parse().unwrap());
    let builder = reqwest::Client::builder().no_proxy().danger_accept_invalid_certs(true);
    builder.local_address(from).build().unwrap()
}

/// What is given, with the addresses of this test, a certificate, and nothing outside the folder.
fn configuration(folder: &Path, port: u16, nodes: &[&str]) -> String {
    let certificate = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
        ])
        .args(["-subj", "/CN=docent", "-keyout", "key.pem", "-out", "certificate.pem"])
        .current_dir(folder)
        .stderr(Stdio::null())
        .status();
    assert!(certificate.unwrap().success());
    let replace = |text: String, from: &str, to: &str| {
        assert_eq!(text.matches(from).count(), 1, "`{from}` is not in the configuration");
        text.replace(from, to)
    };
    let servers: Vec<String> = nodes.iter().map(|node| format!("server {node};")).collect();
    let tls = format!(
        "listen 127.0.0.1:{port} ssl;\n    ssl_certificate certificate.pem;\n    ssl_certificate_key key.pem;"
    );
    let mut given = replace(GIVEN.to_owned(), "listen 80;", &tls);
    given = replace(given, "    server api-2:8000;\n", "");
    given = replace(given, "server api-1:8000;", &servers.join("\n    "));
    given = replace(given, "access_log /dev/stdout docent;", "access_log access.log docent;");
    let paths: Vec<String> = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|name| format!("{name}_temp_path {name};"))
        .collect();
    let user = if is_root() { "user root;" } else { "" };
    format!(
        "daemon off;\n{user}\nworker_processes 1;\npid nginx.pid;\nevents {{ worker_connections 512; }}\n\
         http {{\n{}\n{given}\n}}\n",
        paths.join("\n")
    )
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs_err::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0)
}

fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into()]);
    folders.map(|folder| folder.join("nginx")).find(|program| program.exists())
}
