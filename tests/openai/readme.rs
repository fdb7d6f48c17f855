//! The example in docs/doors.md, run as it stands there.

use std::path::Path;

use tokio::process::Command;

use crate::support::app::TestApp;
use crate::support::databases::TestStore;

#[tokio::test]
async fn the_example_works_as_it_stands() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs_err::read_to_string(folder.join("docs/doors.md")).unwrap();
    let (_, section) = readme.split_once("### OpenAI's API").unwrap();
    let (_, example) = section.split_once("```python\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    assert_eq!(example.lines().count(), 5, "{example}");

    let app = TestApp::start(TestStore::sqlite().await).await;
    assert_eq!(app.bench.project.get(), 1);
    app.upload(1, "", "storks.txt", "The nest of the storks weighs two tons.").await;
    app.run_jobs().await;
    let example = example.replace("http://127.0.0.1:8000", &app.address);
    let mut run = Command::new("python3");
    run.args(["-c", &example]).env("PYTHONPATH", folder.join(".docent/tests/python"));
    let done = run.kill_on_drop(true).output().await.unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(String::from_utf8_lossy(&done.stdout), "They eat voles [1]. ['storks.txt']\n");
}
