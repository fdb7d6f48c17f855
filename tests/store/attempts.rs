//! How often a failing reading is tried is told with its progress, as it was set.

use docent::auth::Auth;
use docent::domain::Timestamp;
use docent::store::{Backend, NewVersion, Store, StoreSettings};

#[tokio::test]
async fn progress_tells_the_attempts_that_were_set() {
    let folder = tempfile::tempdir().unwrap();
    let backend = Backend::Sqlite(folder.path().join("docent.db"));
    let store = Store::open(&StoreSettings { max_attempts: 3, ..StoreSettings::new(backend) }).await.unwrap();
    let now = Timestamp::from_micros(0);
    let owner = Auth::off(&store, now).await.unwrap().local_owner().unwrap().principal.user;
    let mut tx = store.begin().await.unwrap();
    let project = tx.personal_project(owner).await.unwrap().unwrap();
    let version = NewVersion { filename: "a.txt", blob: "b", sha256: "c", size: 1, format: "text" };
    let document = tx.insert_document(project, "a.txt", &version, owner, now).await.unwrap();
    let progress = tx.document_progress(document).await.unwrap().unwrap();
    assert_eq!((progress.attempt, progress.max_attempts), (0, 3));
    tx.commit().await.unwrap();
}
