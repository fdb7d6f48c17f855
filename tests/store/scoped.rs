//! What those who answer requests get from the store: nothing of others, and children through their parents only.

use std::sync::Arc;

use docent::auth::accounts::NewAccount;
use docent::auth::{Auth, Limits, Parts};
use docent::bus::LocalBus;
use docent::domain::chat::{Feedback, MessageStatus, Rating, Speaker, Visibility};
use docent::domain::{ChatId, DocumentId, MessageId, ProjectId, Scope, Timestamp};
use docent::store::{
    Cancelled, DocumentFilter, ForCallers, NewChat, NewMessage, NewProject, NewVersion, Seen, Store, Tx,
    Window,
};
use serde_json::json;

use crate::support::databases::both_databases;

const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);
const ALL: Window = Window { skip: 0, limit: 100 };
const VERSION: NewVersion<'_> =
    NewVersion { filename: "a.md", blob: "b", sha256: "00", size: 1, format: "markdown" };

/// What somebody has.
struct Shelf {
    project: ProjectId,
    document: DocumentId,
    chat: ChatId,
    answer: MessageId,
}

/// Two people who have nothing to do with each other.
async fn people(store: &Store) -> [Scope; 2] {
    let parts = Parts {
        store: store.clone(),
        bus: Arc::new(LocalBus::new()),
        random: Arc::new(rand::random),
        secret: vec![7; 32],
        limits: Limits::default(),
        public_project: None,
    };
    let auth = Auth::on(parts, NOW).await.unwrap();
    let mut scopes = Vec::new();
    for name in ["ann", "ben"] {
        let password = "correct horse battery".to_owned();
        let account = NewAccount { username: name.to_owned(), password, email: None, admin: false };
        auth.make_user(None, &account, NOW).await.unwrap();
        let signed_in = auth.login(name, &account.password, None, NOW).await.unwrap();
        scopes.push(auth.require(Some(&signed_in.access_token), NOW).await.unwrap().scope);
    }
    scopes.try_into().unwrap()
}

async fn shelf(store: &Store, scope: &Scope) -> Shelf {
    let settings = json!({});
    let mut tx = store.begin().await.unwrap();
    let new = NewProject {
        name: "Birds",
        description: "",
        settings: &settings,
        owner: scope.user(),
        personal_of: None,
        created_at: NOW,
    };
    let project = tx.insert_project(&new).await.unwrap();
    let document = tx.insert_document(project, "a.md", &VERSION, scope.user(), NOW).await.unwrap();
    let chat = NewChat {
        project,
        title: Some("Kestrels"),
        visibility: Visibility::Project,
        author: scope.user(),
        name: Some("mine"),
        created_at: NOW,
    };
    let chat = tx.insert_chat(&chat).await.unwrap();
    let answer = NewMessage {
        chat,
        speaker: Speaker::Assistant,
        content: "Voles.",
        status: MessageStatus::Completed,
        author: None,
        model: None,
        question: None,
        summary: false,
        created_at: NOW,
    };
    let answer = tx.insert_message(&answer).await.unwrap();
    tx.commit().await.unwrap();
    Shelf { project, document, chat, answer }
}

both_databases!(nothing_of_a_project_is_told_to_others);

async fn nothing_of_a_project_is_told_to_others(store: Store) {
    let [ann, ben] = people(&store).await;
    let hers = shelf(&store, &ann).await;
    let (project, document, chat) = (hers.project, hers.document, hers.chat);
    for (scope, finds) in [(&ann, true), (&ben, false)] {
        let mut tx: Tx<ForCallers> = store.for_callers().begin().await.unwrap();
        let mut told = vec![
            tx.project(scope, project).await.unwrap().is_some(),
            tx.document(scope, document).await.unwrap().is_some(),
            tx.versions(scope, document, ALL).await.unwrap().total == 1,
            tx.version(scope, document, 1).await.unwrap().is_some(),
            tx.document_by_hash(scope, project, "00").await.unwrap().is_some(),
            tx.document_by_path(scope, project, "a.md").await.unwrap().is_some(),
            tx.chat(scope, chat).await.unwrap().is_some(),
            tx.chat_by_name(scope, "mine").await.unwrap().is_some(),
            tx.chats(scope, project, ALL).await.unwrap().total == 1,
            tx.search_chats(scope, project, "kestrel", ALL).await.unwrap().total == 1,
            tx.rename_chat(scope, chat, "Falcons", NOW).await.unwrap(),
            tx.delete_chat(scope, chat, NOW).await.unwrap(),
        ];
        for filter in [DocumentFilter::All, DocumentFilter::Named("a")] {
            let listed = tx.documents(scope, project, filter, ALL).await.unwrap();
            assert_eq!(listed.total, i64::try_from(listed.items.len()).unwrap());
            told.push(listed.total == 1);
        }
        assert!(told.iter().all(|told| *told == finds), "{told:?}");
        // A default project of one's own is there in any case.
        assert_eq!(tx.projects(scope, ALL).await.unwrap().total, if finds { 2 } else { 1 });
        assert_eq!(tx.projects_counts(scope, ALL).await.unwrap().len(), if finds { 2 } else { 1 });
    }
    let mut tx = store.begin().await.unwrap();
    tx.hide_project(project, NOW).await.unwrap();
    assert!(!tx.restore_project(&ben, project, NOW).await.unwrap());
    assert!(tx.restore_project(&ann, project, NOW).await.unwrap());
    assert!(store.for_callers().for_operator(&ann).is_none(), "owning a project is not running the server");
}

both_databases!(children_are_reached_through_their_own_parent_only);

async fn children_are_reached_through_their_own_parent_only(store: Store) {
    let [ann, ben] = people(&store).await;
    let (hers, his) = (shelf(&store, &ann).await, shelf(&store, &ben).await);
    let mut tx = store.for_callers().begin().await.unwrap();
    // What Ben may see, with the numbers of Ann's things.
    let project = tx.project(&ben, his.project).await.unwrap().unwrap().seen;
    let chat = tx.found_chat(&ben, his.chat).await.unwrap().unwrap().seen;
    let liked = Feedback { rating: Rating::Up, comment: String::new(), updated_at: NOW };
    assert_eq!(tx.insert_version(project, hers.document, &VERSION, NOW).await.unwrap(), None);
    assert!(!tx.delete_document(project, hers.document, NOW).await.unwrap());
    assert!(tx.progress_in(project, hers.document).await.unwrap().is_none());
    assert!(tx.message(chat, hers.answer).await.unwrap().is_none());
    tx.set_feedback(chat, hers.answer, Seen::myself(&ben), &liked).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.feedback_of(hers.chat, ben.user()).await.unwrap(), []);
    assert_eq!(tx.document(&ann, hers.document).await.unwrap().unwrap().document.generation, 1);
    // With his own it is different.
    assert_eq!(tx.insert_version(his.project, his.document, &VERSION, NOW).await.unwrap(), Some(2));
    assert_eq!(tx.cancel_document(his.document, NOW).await.unwrap(), Cancelled::Done);
    assert!(tx.delete_document(his.project, his.document, NOW).await.unwrap());
    tx.set_feedback(his.chat, his.answer, ben.user(), &liked).await.unwrap();
    assert_eq!(tx.feedback_of(his.chat, ben.user()).await.unwrap(), [(his.answer, liked)]);
}
