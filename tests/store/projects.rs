use docent::auth::Auth;
use docent::domain::{Role, Timestamp};
use docent::store::{NewProject, Store, Window};

use crate::support::databases::both_databases;

const NOW: Timestamp = Timestamp::from_micros(1_700_000_000_000_000);

both_databases!(the_first_start_makes_the_local_owner_and_a_default_project_once);

async fn the_first_start_makes_the_local_owner_and_a_default_project_once(store: Store) {
    let first = Auth::off(&store, NOW).await.unwrap().local_owner().unwrap();
    let second = Auth::off(&store, NOW).await.unwrap().local_owner().unwrap();
    assert_eq!(first, second);

    let mut tx = store.read().await.unwrap();
    let listed = tx.projects(&first.scope, Window { skip: 0, limit: 10 }).await.unwrap();
    assert_eq!(listed.total, 1);
    assert_eq!(listed.items[0].project.name, "Default");
    assert_eq!(listed.items[0].role, Role::Owner);
}

both_databases!(a_transaction_that_is_dropped_leaves_nothing);

async fn a_transaction_that_is_dropped_leaves_nothing(store: Store) {
    let owner = Auth::off(&store, NOW).await.unwrap().local_owner().unwrap();
    let mut tx = store.begin().await.unwrap();
    let settings = serde_json::json!({"top_k": 5});
    let new = NewProject {
        name: "Gone",
        description: "",
        settings: &settings,
        owner: owner.principal.user,
        personal_of: None,
        created_at: NOW,
    };
    let id = tx.insert_project(&new).await.unwrap();
    assert!(tx.project(&owner.scope, id).await.unwrap().is_some());
    drop(tx);

    let mut tx = store.read().await.unwrap();
    assert_eq!(tx.project(&owner.scope, id).await.unwrap(), None);
}
