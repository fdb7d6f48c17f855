//! Chats as the store keeps them: who sees which, and how they are found.

use docent::auth::Auth;
use docent::domain::chat::{MessageStatus, Speaker, Visibility};
use docent::domain::{Scope, UserId};
use docent::store::{NewChat, NewMessage, Store, Window};

use super::bench::NOW;
use crate::support::databases::both_databases;

const ALL: Window = Window { skip: 0, limit: 100 };

both_databases!(chats_are_listed_found_and_kept_apart);

async fn chats_are_listed_found_and_kept_apart(store: Store) {
    let owner = Auth::off(&store, NOW).await.unwrap().local_owner().unwrap();
    let stranger = Scope::made_by_auth(UserId::from(77), false);
    let mut tx = store.begin().await.unwrap();
    let project = tx.personal_project(owner.principal.user).await.unwrap().unwrap();
    let mut ids = Vec::new();
    for (title, visibility, name) in
        [(Some("100% Übung"), Visibility::Project, None), (None, Visibility::Private, Some("my session"))]
    {
        let author = owner.principal.user;
        let new = NewChat { project, title, visibility, author, name, created_at: NOW };
        ids.push(tx.insert_chat(&new).await.unwrap());
    }
    let message = NewMessage {
        chat: ids[1],
        speaker: Speaker::User,
        content: "Where is the Änderung?",
        status: MessageStatus::Completed,
        author: Some(owner.principal.user),
        model: None,
        question: None,
        summary: false,
        created_at: NOW,
    };
    tx.insert_message(&message).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = store.read().await.unwrap();
    let listed = tx.chats(&owner.scope, project, ALL).await.unwrap();
    assert_eq!((listed.total, listed.items.len()), (2, 2));
    assert_eq!(tx.chats(&stranger, project, ALL).await.unwrap().total, 0);
    let mut found = Vec::new();
    for text in ["100%", "0_", "%", "Übung", "ÄNDERUNG", "Änderung", "where", "nothing"] {
        let hits = tx.search_chats(&owner.scope, project, text, ALL).await.unwrap();
        assert_eq!(usize::try_from(hits.total).unwrap(), hits.items.len());
        found.push(format!("{text}: {}", hits.total));
        assert_eq!(tx.search_chats(&stranger, project, text, ALL).await.unwrap().total, 0);
    }
    // SQLite folds only ASCII letters.
    found.retain(|line| !line.starts_with("ÄNDERUNG"));
    assert_eq!(found.join(", "), "100%: 1, 0_: 0, %: 1, Übung: 1, Änderung: 1, where: 1, nothing: 0");

    let named = tx.chat_by_name(&owner.scope, "my session").await.unwrap().unwrap();
    assert_eq!((named.id, named.message_count), (ids[1], 1));
    assert_eq!(tx.chat_by_name(&stranger, "my session").await.unwrap(), None);
    assert_eq!(tx.chat(&stranger, ids[0]).await.unwrap(), None);
    drop(tx);

    let mut tx = store.begin().await.unwrap();
    assert!(!tx.rename_chat(&stranger, ids[0], "Mine", NOW).await.unwrap());
    assert!(!tx.delete_chat(&stranger, ids[0], NOW).await.unwrap());
    assert!(tx.delete_chat(&owner.scope, ids[1], NOW).await.unwrap());
    assert!(!tx.delete_chat(&owner.scope, ids[1], NOW).await.unwrap());
    assert_eq!(tx.chat(&owner.scope, ids[1]).await.unwrap(), None);
    assert_eq!(tx.chat_by_name(&owner.scope, "my session").await.unwrap(), None);
    tx.commit().await.unwrap();
}
