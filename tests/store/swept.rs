//! What is deleted is gone from the database soon after, and visitors who come no more are forgotten.

use std::time::Duration;

use docent::domain::chat::{MessageStatus, Speaker, Visibility};
use docent::domain::{ChatId, MessageId, ProjectId, Scope, Timestamp, UserId};
use docent::store::{NewChat, NewMessage, NewProject, Store};
use serde_json::json;

use crate::support::databases::both_databases;

const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);
const DAY: Duration = Duration::from_secs(24 * 3600);

async fn project(store: &Store, owner: UserId) -> ProjectId {
    let mut tx = store.begin().await.unwrap();
    let new = NewProject {
        name: "Birds",
        description: "",
        settings: &json!({}),
        owner,
        personal_of: None,
        created_at: NOW,
    };
    let project = tx.insert_project(&new).await.unwrap();
    tx.commit().await.unwrap();
    project
}

async fn chat(store: &Store, project: ProjectId, author: UserId) -> (ChatId, Vec<MessageId>) {
    let mut tx = store.begin().await.unwrap();
    let chat = NewChat {
        project,
        title: Some("Kestrels"),
        visibility: Visibility::Private,
        author,
        name: None,
        created_at: NOW,
    };
    let chat = tx.insert_chat(&chat).await.unwrap();
    let mut messages = Vec::new();
    for content in ["What do they eat?", "Voles."] {
        let message = NewMessage {
            chat,
            speaker: Speaker::Assistant,
            content,
            status: MessageStatus::Completed,
            author: None,
            model: None,
            question: None,
            summary: false,
            created_at: NOW,
        };
        messages.push(tx.insert_message(&message).await.unwrap());
    }
    tx.commit().await.unwrap();
    (chat, messages)
}

/// How many rounds of one row each it takes until nothing is left to remove.
async fn sweep(store: &Store) -> usize {
    for round in 1.. {
        let mut tx = store.begin().await.unwrap();
        let done = tx.sweep_chats(1).await.unwrap();
        tx.commit().await.unwrap();
        if done {
            return round;
        }
    }
    unreachable!()
}

async fn is_there(store: &Store, chat: ChatId, message: MessageId) -> bool {
    store.read().await.unwrap().message(chat, message).await.unwrap().is_some()
}

both_databases!(a_deleted_chat_is_swept_with_its_messages);

async fn a_deleted_chat_is_swept_with_its_messages(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let ann = tx.insert_visitor("ann", "ann", NOW).await.unwrap();
    tx.commit().await.unwrap();
    let project = project(&store, ann).await;
    let ((gone, deleted), (stays, kept)) =
        (chat(&store, project, ann).await, chat(&store, project, ann).await);
    assert_eq!(sweep(&store).await, 1, "nothing is deleted yet");
    let mut tx = store.begin().await.unwrap();
    assert!(tx.delete_chat(&Scope::made_by_auth(ann, true), gone, NOW).await.unwrap());
    tx.commit().await.unwrap();
    assert!(sweep(&store).await > 1);
    for message in deleted {
        assert!(!is_there(&store, gone, message).await);
    }
    for message in kept {
        assert!(is_there(&store, stays, message).await);
    }
}

both_databases!(visitors_are_forgotten_with_what_they_said);

async fn visitors_are_forgotten_with_what_they_said(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let (old, new) = (
        tx.insert_visitor("old", "visitor-old", NOW).await.unwrap(),
        tx.insert_visitor("new", "visitor-new", NOW).await.unwrap(),
    );
    let owner = tx.insert_visitor("owner", "owner", NOW).await.unwrap();
    for hash in ["new", "owner"] {
        tx.see_visitor(hash, NOW.plus(DAY * 30), NOW.plus(DAY)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let project = project(&store, owner).await;
    let ((theirs, said), (others, kept)) =
        (chat(&store, project, old).await, chat(&store, project, new).await);
    for _ in 0..2 {
        let mut tx = store.begin().await.unwrap();
        tx.forget_visitors(NOW.plus(DAY * 7), NOW.plus(DAY * 40)).await.unwrap();
        tx.commit().await.unwrap();
        sweep(&store).await;
    }
    let mut tx = store.read().await.unwrap();
    assert!(tx.visitor("old").await.unwrap().is_none() && tx.user(old).await.unwrap().is_none());
    assert!(tx.visitor("new").await.unwrap().is_some());
    drop(tx);
    assert!(!is_there(&store, theirs, said[0]).await);
    assert!(is_there(&store, others, kept[0]).await);
}
