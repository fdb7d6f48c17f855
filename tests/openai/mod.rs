//! OpenAI's API: with the official package, and byte by byte.

mod accounts;
mod behind;
mod official;
mod raw;
mod readme;

use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use tokio::process::Command;

use crate::support::app::TestApp;

/// A project with one document that is read, as a model's name.
async fn model(app: &TestApp) -> String {
    let project = app.project("Birds").await;
    app.upload(project, "", "kestrel.txt", "Kestrels eat voles.").await;
    app.run_jobs().await;
    format!("project:{project}")
}

/// Plays a scene of `openai_api.py` with the official package, and gives what it printed.
async fn play(name: &str, base: &str, model: &str, token: Option<&str>) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let packages = folder.join(".docent/tests/python");
    assert!(packages.join("openai").exists(), "the package is not installed: run `make test-tools`");
    let run = Command::new("python3")
        .arg(folder.join("tests/clients/python/openai_api.py"))
        .args([name, base, model])
        .args(token)
        .env("PYTHONPATH", packages)
        .kill_on_drop(true)
        .output();
    let done = tokio::time::timeout(Duration::from_secs(60), run).await.unwrap().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

/// Waits until no answer is being written any more.
async fn quiet(app: &TestApp) {
    for _ in 0..200 {
        if app.model.open() == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the model still writes");
}
