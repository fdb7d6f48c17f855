//! The page: as it is served, and as a person uses it in a browser.

mod drawing;
mod round_trip;
mod served;
mod summary;
mod tutorial;

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::process::Command;

/// The folder of the page's sources, with what builds and tries it installed.
fn page() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("web");
    assert!(
        folder.join("node_modules/.docent").exists(),
        "the page's tools are missing: run `make test-tools`"
    );
    folder
}

/// A way through the page, in Chromium; `web/e2e` says which there are. The pictures stay for whoever wants to see them.
async fn trip(name: &str, url: &str, more: Value) {
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("page").join(name);
    let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/documents");
    let mut settings = json!({"url": url, "documents": documents, "pictures": pictures});
    settings.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let trying = Command::new("node")
        .arg(format!("e2e/{name}.mjs"))
        .current_dir(page())
        .env("TRIP", settings.to_string())
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let done =
        tokio::time::timeout(Duration::from_secs(400), trying).await.expect("it takes too long").unwrap();
    let told = String::from_utf8_lossy(&done.stdout);
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{told}{errors}\npictures: {}", pictures.display());
    println!("{told}pictures: {}", pictures.display());
}
