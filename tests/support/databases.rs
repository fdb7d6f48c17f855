//! The same test on both databases.

use docent::store::{Backend, Store, StoreSettings};

/// A store on an empty database, and what keeps it alive.
pub struct TestStore {
    pub store: Store,
    _folder: Option<tempfile::TempDir>,
}

impl TestStore {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let backend = Backend::Sqlite(folder.path().join("docent.db"));
        Self { store: Store::open(&StoreSettings::new(backend)).await.unwrap(), _folder: Some(folder) }
    }

    pub async fn postgres() -> Self {
        let backend = Backend::parse(&super::postgres::fresh_database().await).unwrap();
        Self { store: Store::open(&StoreSettings::new(backend)).await.unwrap(), _folder: None }
    }
}

/// `both_databases!(name)`: runs `async fn name(store: Store)` as `name::sqlite` and `name::postgres`.
macro_rules! both_databases {
    ($name:ident) => {
        mod $name {
            #[tokio::test]
            async fn sqlite() {
                let test = $crate::support::databases::TestStore::sqlite().await;
                super::$name(test.store.clone()).await;
            }

            #[tokio::test]
            async fn postgres() {
                let test = $crate::support::databases::TestStore::postgres().await;
                super::$name(test.store.clone()).await;
            }
        }
    };
}
pub(crate) use both_databases;
