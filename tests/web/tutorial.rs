//! The way that `docs/tutorial.md` tells: it works as it is told. `web/e2e/tutorial.mjs` takes the pictures there.

use serde_json::json;

use super::trip;
use crate::support::home;
use crate::support::process::Program;

#[tokio::test]
async fn the_tutorial_works_as_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let home = home().display().to_string();
    let settings = [
        ("EMBEDDING_PROVIDER", "local"),
        ("EMBEDDING_MODEL", "all-MiniLM-L6-v2"),
        ("DOCENT_HOME", home.as_str()),
    ];
    let program = Program::start(&folder.path().join("data"), &settings).await;
    trip("tutorial", program.url(), json!({})).await;
    program.stop().await;
}
