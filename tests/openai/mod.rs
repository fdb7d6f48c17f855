//! OpenAI's API: with the official package, and byte by byte.

mod official;
mod raw;
mod readme;

use std::time::Duration;

use crate::support::app::TestApp;

/// A project with one document that is read, as a model's name.
async fn model(app: &TestApp) -> String {
    let project = app.project("Birds").await;
    app.upload(project, "", "kestrel.txt", "Kestrels eat voles.").await;
    app.run_jobs().await;
    format!("project:{project}")
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
