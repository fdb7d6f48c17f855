//! The commands of the documentation, run as they stand there; and its pages and pictures, which must be there.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::support::process::Program;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// `(language, code)` of every block of a page.
fn blocks(page: &str) -> Vec<(String, String)> {
    let text = fs_err::read_to_string(root().join(page)).unwrap();
    let blocks = text.split("\n```").skip(1).step_by(2);
    blocks
        .map(|block| {
            let (language, code) = block.split_once('\n').unwrap();
            (language.to_owned(), code.to_owned())
        })
        .collect()
}

/// What a block prints; it must end well.
async fn run(server: &Program, folder: &Path, language: &str, code: &str) -> String {
    let mut command = match language {
        "js" => Command::new("node"),
        "python" => Command::new("python3"),
        _ => Command::new("bash"),
    };
    let code = code.replace("http://127.0.0.1:8000", server.url());
    let code = match language {
        // What is refused counts as failed, but for the one command that shows a refusal.
        "sh" if !code.contains("projects/999") => {
            format!("set -euo pipefail\ncurl() {{ command curl --fail-with-body \"$@\"; }}\n{code}")
        }
        "sh" => format!("set -euo pipefail\n{code}"),
        _ => code,
    };
    match language {
        "js" => command.args(["--input-type=module", "-"]).current_dir(root().join("tests/clients/js")),
        "python" => command.arg("-").current_dir(root()),
        _ => command.arg("-s").current_dir(root()),
    };
    let programs = Path::new(env!("CARGO_BIN_EXE_docent")).parent().unwrap();
    let mut process = command
        .env("PATH", format!("{}:{}", programs.display(), std::env::var("PATH").unwrap()))
        .env("PYTHONPATH", root().join(".docent/tests/python"))
        .env("DOCENT_URL", server.url())
        .env("NO_PROXY", "*")
        .env("TMPDIR", folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    process.stdin.take().unwrap().write_all(code.as_bytes()).await.unwrap();
    let done = tokio::time::timeout(Duration::from_secs(60), process.wait_with_output()).await;
    let done = done.unwrap_or_else(|_| panic!("it never ended:\n{code}")).unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{code}\n{said}\n{}", String::from_utf8_lossy(&done.stderr));
    said
}

async fn server(folder: &Path) -> Program {
    Program::start(&folder.join("data"), &[("RETRIEVAL_MIN_COSINE", "0.05")]).await
}

#[tokio::test]
async fn every_command_of_the_interfaces_page_works() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(folder.path()).await;
    let mut said = Vec::new();
    for (language, code) in blocks("docs/api.md") {
        said.push(run(&server, folder.path(), &language, &code).await);
    }
    assert_eq!(said.len(), 7, "{said:#?}");
    assert!(said[0].contains("\"code\": \"not_found\""), "{}", said[0]);
    assert!(
        said[1].contains("\"state\":\"replaced\"") && said[1].contains("# The common kestrel"),
        "{}",
        said[1]
    );
    for answer in &said[2..=5] {
        assert!(answer.contains("800 kilograms"), "{answer}");
    }
    assert!(said[6].contains("\"mismatches\":[]"), "{}", said[6]);
    server.kill().await;
}

#[tokio::test]
async fn the_tutorials_commands_work() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(folder.path()).await;
    let (language, code) = blocks("docs/tutorial.md").pop().unwrap();
    let said = run(&server, folder.path(), &language, &code).await;
    assert!(
        said.contains("30 documents; 0 skipped, 0 failed") && said.contains("[1] birds.pdf, page"),
        "{said}"
    );
    server.kill().await;
}

/// Copies what the page says, while the server runs, and goes on from the copy elsewhere.
#[tokio::test]
async fn a_backup_is_enough_to_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(folder.path()).await;
    let document = server.upload("kestrel.txt", b"Kestrels eat voles.".to_vec()).await;
    server.settled(document).await;
    let (_, code) =
        blocks("docs/operations.md").into_iter().find(|(_, code)| code.contains(".backup")).unwrap();
    // What the sqlite3 program does is in Python's library, too; `jwt-secret` is there with accounts only.
    let tool = "sqlite3() { python3 -c 'import sqlite3,sys; sqlite3.connect(sys.argv[1]).backup(sqlite3.connect(sys.argv[2].split()[1]))' \"$@\"; }";
    let script = format!("set -e\n{tool}\n{}", code.replace(" data/jwt-secret", ""));
    let copied =
        Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output().await.unwrap();
    assert!(copied.status.success(), "{}", String::from_utf8_lossy(&copied.stderr));
    server.kill().await;

    let restored = folder.path().join("elsewhere");
    fs_err::create_dir(&restored).unwrap();
    let moved =
        Command::new("bash").args(["-c", "mv backup/* elsewhere/"]).current_dir(folder.path()).status().await;
    assert!(moved.unwrap().success());
    // Without the kept vectors it takes longer, and comes to the same.
    for lost in ["nothing", "vectors.db"] {
        let _ = fs_err::remove_file(restored.join(lost));
        let _ = fs_err::remove_dir_all(restored.join("index"));
        let server = Program::start(&restored, &[("RETRIEVAL_MIN_COSINE", "0.05")]).await;
        let found = until_found(&server).await;
        assert!(found.contains("Kestrels eat voles."), "{lost}: {found}");
        let original = run(
            &server,
            folder.path(),
            "sh",
            &format!("curl -s {}/api/documents/{document}/download", server.url()),
        )
        .await;
        assert_eq!(original, "Kestrels eat voles.");
        let check =
            run(&server, folder.path(), "sh", &format!("curl -s {}/api/maintenance/check", server.url()))
                .await;
        assert!(check.contains("\"mismatches\":[]"), "{lost}: {check}");
        server.stop().await;
    }
}

/// The index is put together again while the server answers already.
async fn until_found(server: &Program) -> String {
    let body = serde_json::json!({"query": "What do kestrels eat?"});
    for _ in 0..100 {
        let url = format!("{}/api/projects/1/search", server.url());
        let found = reqwest::Client::new().post(url).json(&body).send().await.unwrap().text().await.unwrap();
        // An index that is lost is not searched until it is built again.
        let waits = found.contains("\"results\":[]") || found.contains("retrieval_unavailable");
        if !waits {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("nothing was found");
}

#[test]
fn what_the_documentation_links_to_is_there() {
    let mut missing = Vec::new();
    let pages = fs_err::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    for page in
        pages.chain([root().join("README.md")]).filter(|path| path.extension().is_some_and(|it| it == "md"))
    {
        let text = fs_err::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap();
            let own = !target.contains("://") && (target.ends_with(".md") || target.ends_with(".png"));
            if own && !page.parent().unwrap().join(target).exists() {
                missing.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
