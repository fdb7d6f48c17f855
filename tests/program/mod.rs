//! The real program, started as the README says: in a folder with a `.docent`, with no setting but an address.

mod full_disk;

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use crate::support::process::Program;

/// What `make run` fetches. Nothing is fetched here: `make test` has done so.
fn fetched() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(".docent")
}

/// A folder to start in, and one that is somebody's home.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs_err::create_dir_all(folder.path().join("here")).unwrap();
        fs_err::create_dir_all(folder.path().join("home")).unwrap();
        fs_err::os::unix::fs::symlink(fetched(), folder.path().join("here/.docent")).unwrap();
        Self { folder }
    }

    fn here(&self) -> PathBuf {
        self.folder.path().join("here")
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    fn docent(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docent"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.home())
            .env("PATH", "/usr/bin:/bin")
            .current_dir(self.here())
            .stdin(Stdio::null())
            .kill_on_drop(true);
        if !fetched().join("models/ppocr-v6").is_dir() {
            // A checkout that was fetched before there was such a model.
            command.env("OCR", "off");
        }
        command
    }

    /// Libraries that are loaded may not write into the home of the person who started the program.
    fn assert_home_is_empty(&self) {
        let found: Vec<_> =
            fs_err::read_dir(self.home()).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(found.is_empty(), "something wrote into the home folder: {found:?}");
    }
}

#[tokio::test]
async fn the_doctor_finds_what_was_fetched_from_a_relative_home() {
    let place = Place::new();
    let done = tokio::time::timeout(Duration::from_secs(120), place.docent(&["doctor"]).output());
    let done = done.await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{said}\n{}", String::from_utf8_lossy(&done.stderr));
    let reader = said.lines().find(|line| line.contains("reader")).unwrap();
    assert!(reader.contains("second PDF engine") && !reader.contains("not here"), "{reader}");
    place.assert_home_is_empty();
}

#[tokio::test]
async fn the_doctor_has_a_reranker_judge_two_passages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rerank/overlap");
    let folder = folder.display().to_string();
    for (settings, mark, said) in [
        (
            vec![("RERANK_PROVIDER", "local"), ("RERANK_MODEL", folder.as_str())],
            "ok",
            "overlap, two passages in ",
        ),
        (
            vec![("RERANK_PROVIDER", "http"), ("RERANK_URL", "http://127.0.0.1:1/v1")],
            "FAIL",
            "the reranking server cannot be reached",
        ),
    ] {
        let place = Place::new();
        let mut doctor = place.docent(&["doctor"]);
        let done = doctor.env("EMBEDDING_PROVIDER", "hash").envs(settings).output().await.unwrap();
        let out = String::from_utf8_lossy(&done.stdout);
        let line = out.lines().find(|line| line.contains("reranking  ")).unwrap_or(&out);
        assert!(line.starts_with(mark) && line.contains(said), "{line}");
        assert_eq!(done.status.success(), mark == "ok", "{out}");
    }
}

#[tokio::test]
async fn a_server_reads_with_what_was_fetched_and_writes_nothing_into_a_home() {
    let place = Place::new();
    let data = place.here().join("data");
    let command = |port: u16| place.docent(&["serve", "--listen", &format!("127.0.0.1:{port}")]);
    let server = Program::started_as(&data, command).await;
    let bytes =
        fs_err::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/documents/birds.pdf")).unwrap();
    let document = server.upload("birds.pdf", bytes).await;
    assert_eq!(server.settled(document).await["status"], "completed");
    assert!(server.readers_have("libpdfium"), "the reading process has no second PDF engine");
    place.assert_home_is_empty();
    server.stop().await;
    assert!(place.here().join("data/docent.db").is_file());
    place.assert_home_is_empty();
}

#[tokio::test]
async fn an_engine_that_is_there_and_cannot_be_loaded_is_a_fault() {
    let place = Place::new();
    fs_err::remove_file(place.here().join(".docent")).unwrap();
    let home = place.here().join(".docent");
    fs_err::create_dir_all(home.join("lib")).unwrap();
    fs_err::write(home.join("lib/libpdfium.so"), b"no library").unwrap();
    let manifest = serde_json::json!({
        "recipe": "1",
        "libraries": {"pdfium": "lib/libpdfium.so"},
        "files": {"lib/libpdfium.so": {
            "size": 10,
            "sha256": "a3bba07ee4d772d46d0f99f83549f754e8d42a91d4e258970547e29b0eb35101",
        }},
    });
    fs_err::write(home.join("manifest.json"), manifest.to_string()).unwrap();
    let mut doctor = place.docent(&["doctor"]);
    let done = doctor.env("EMBEDDING_PROVIDER", "hash").output().await.unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(!done.status.success() && said.contains("could not be loaded"), "{said}");
}
