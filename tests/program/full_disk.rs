//! A disk that really is full: a small file system of memory, mounted where only the program and this test see it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};

use crate::support::process::Program;

const DOCUMENTS: usize = 150;

/// The mount stands as long as a process that holds its namespace.
struct SmallDisk {
    holder: Child,
    folder: tempfile::TempDir,
}

impl SmallDisk {
    /// `None` where this user may not mount anything.
    async fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        fs_err::create_dir_all(folder.path().join("disk")).unwrap();
        let mut holder = Command::new("unshare")
            .args(user_namespace().then_some("--map-root-user"))
            .args(["--mount", "sh", "-c"])
            .arg("mount -t tmpfs -o size=96m tmpfs \"$0\" && echo ready && exec sleep 600")
            .arg(folder.path().join("disk"))
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .ok()?;
        let mut said = [0; 6];
        holder.stdout.take()?.read_exact(&mut said).await.ok()?;
        Some(Self { holder, folder })
    }

    fn holder(&self) -> String {
        self.holder.id().unwrap().to_string()
    }

    /// As the program sees it, and as this test reaches it.
    fn inside(&self) -> PathBuf {
        self.folder.path().join("disk")
    }

    fn outside(&self) -> PathBuf {
        let inside = self.inside();
        Path::new("/proc").join(self.holder()).join("root").join(inside.strip_prefix("/").unwrap())
    }

    fn command(&self, port: u16) -> Command {
        let mut command = self.program();
        command.args(["serve", "--listen", &format!("127.0.0.1:{port}")]);
        command
    }

    fn program(&self) -> Command {
        let mut command = Command::new("nsenter");
        command
            .args(["--target", &self.holder()])
            .args(user_namespace().then_some("--user"))
            .args(["--preserve-credentials", "--mount", env!("CARGO_BIN_EXE_docent"), "--data-dir"])
            .arg(self.inside().join("data"))
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("EMBEDDING_PROVIDER", "hash")
            .env("EMBEDDING_DIMENSION", "1024")
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    async fn start(&self) -> Program {
        Program::started_as(&self.folder.path().join("data"), |port| self.command(port)).await
    }

    /// Takes every byte that is left, the last ones slower: between a look at the disk and a write others get no more than a
    /// part of what has to be spare.
    async fn fill(&self) {
        let name = self.outside().join("hog");
        let mut hog = fs_err::OpenOptions::new().create(true).append(true).open(name).unwrap();
        let left = rustix::fs::statvfs(self.outside()).unwrap();
        let fast = (left.f_bavail * left.f_frsize).saturating_sub(6 << 20);
        hog.write_all(&vec![0; usize::try_from(fast).unwrap()]).unwrap();
        for size in [64 << 10, 1 << 10, 1] {
            while hog.write_all(&vec![0; size]).is_ok() {
                tokio::time::sleep(Duration::from_millis(if size > 1 << 10 { 25 } else { 0 })).await;
            }
        }
    }

    fn free(&self) {
        fs_err::remove_file(self.outside().join("hog")).unwrap();
    }
}

fn user_namespace() -> bool {
    !rustix::process::geteuid().is_root()
}

fn text(n: usize) -> Vec<u8> {
    let words: Vec<String> = (0..400).map(|k| format!("w{}", (n * 7919 + k * 104_729) % 50_021)).collect();
    format!("The stork nest number {n} weighs {} kilograms. {}.", 1_000 + n, words.join(" ")).into_bytes()
}

/// What is written through mapped files ends the process where there is no room, instead of failing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_fills_while_documents_are_read_ends_nothing_and_loses_nothing() {
    let Some(disk) = SmallDisk::mount().await else {
        eprintln!("skipped: this user may not mount a file system");
        return;
    };
    let server = disk.start().await;
    let mut documents = Vec::new();
    for n in 0..DOCUMENTS {
        documents.push(server.upload(&format!("{n}.txt"), text(n)).await);
    }
    // Until what the program had set aside is gone, too.
    for _ in 0..3 {
        disk.fill().await;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let http = reqwest::Client::new();
    let found = http
        .post(format!("{}/api/projects/1/search", server.url()))
        .header("content-type", "application/json")
        .body(r#"{"query": "How much does the stork nest number 0 weigh?"}"#);
    assert_eq!(found.send().await.expect("it died of the full disk").status(), 200);
    let form = reqwest::multipart::Form::new()
        .part("file", reqwest::multipart::Part::bytes(text(DOCUMENTS)).file_name("late.txt"));
    let refused = http.post(format!("{}/api/projects/1/documents", server.url())).multipart(form);
    assert_eq!(refused.send().await.unwrap().status(), 507);

    disk.free();
    for document in documents {
        let read = server.settled(document).await;
        assert_eq!(read["status"], "completed", "{read}");
    }
    server.stop().await;

    // Where not even what was set aside is enough, a start says so.
    disk.fill().await;
    let refused = disk.command(0).output().await.unwrap();
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1), "{:?} {said}", refused.status);
    assert!(said.contains("the search index has no room"), "{said}");
    disk.free();
    let server = disk.start().await;
    let found = http.get(format!("{}/api/projects/1/documents", server.url())).send().await.unwrap();
    assert_eq!(found.headers()["x-total-count"], DOCUMENTS.to_string().as_str());
    server.stop().await;
}

/// With accounts each search is counted, which has to be written down.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_with_accounts_search_on_a_full_disk_too() {
    let Some(disk) = SmallDisk::mount().await else {
        eprintln!("skipped: this user may not mount a file system");
        return;
    };
    let account = ["user", "create", "--admin", "--username", "ann", "--password", "correct horse battery"];
    let made = disk.program().args(account).output().await.unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let with_accounts = |port| {
        let mut command = disk.command(port);
        command.env("DOCENT_AUTH", "on");
        command
    };
    let server = Program::started_as(&disk.folder.path().join("data"), with_accounts).await;
    let http = reqwest::Client::new();
    let login = http
        .post(format!("{}/api/auth/login", server.url()))
        .json(&serde_json::json!({"username": "ann", "password": "correct horse battery"}));
    let signed_in: serde_json::Value = login.send().await.unwrap().json().await.unwrap();
    let token = signed_in["access_token"].as_str().unwrap();
    for _ in 0..3 {
        disk.fill().await;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let ask = |path: &str, body: serde_json::Value| {
        http.post(format!("{}{path}", server.url())).bearer_auth(token).json(&body).send()
    };
    let found = ask("/api/projects/1/search", serde_json::json!({"query": "storks"})).await.unwrap();
    assert_eq!(found.status(), 200, "{}", found.text().await.unwrap());
    let kept = ask("/api/chats", serde_json::json!({"project_id": 1})).await.unwrap();
    assert_eq!(kept.status(), 507, "{}", kept.text().await.unwrap());
    disk.free();
    server.stop().await;
}
