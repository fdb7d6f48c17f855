//! People without an account, where there is a public project.

use std::sync::Arc;
use std::time::Duration;

use docent::auth::credentials::fingerprint;
use docent::auth::{Auth, Limits, Parts};
use docent::bus::LocalBus;
use docent::domain::Timestamp;
use docent::domain::chat::Visibility;
use docent::domain::{ProjectId, UserId};
use docent::store::{NewChat, NewProject, Store};
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::site::{QUESTION, Site, both_sites, endless};
use crate::sockets::client::{Client, Language, Transport};
use crate::support::databases::both_databases;

const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

async fn auth(store: &Store, public: Option<ProjectId>) -> Auth {
    let parts = Parts {
        store: store.clone(),
        bus: Arc::new(LocalBus::new()),
        random: Arc::new(rand::random),
        secret: vec![7; 64],
        limits: Limits::default(),
        public_project: public,
    };
    Auth::on(parts, NOW).await.unwrap()
}

async fn projects(store: &Store) -> (UserId, [ProjectId; 2]) {
    let mut tx = store.begin().await.unwrap();
    let owner = tx.ensure_user("ann", "user", NOW).await.unwrap().id;
    let mut made = Vec::new();
    for name in ["Public", "Private"] {
        let settings = serde_json::json!({});
        let new = NewProject {
            name,
            description: "",
            settings: &settings,
            owner,
            personal_of: None,
            created_at: NOW,
        };
        made.push(tx.insert_project(&new).await.unwrap());
    }
    tx.commit().await.unwrap();
    (owner, [made[0], made[1]])
}

both_databases!(visitors_are_known_by_their_value_and_reach_only_their_own);

async fn visitors_are_known_by_their_value_and_reach_only_their_own(store: Store) {
    let (owner, [public, private]) = projects(&store).await;
    let auth = auth(&store, Some(public)).await;
    let first = auth.visitor(None, NOW).await.unwrap();
    assert!(first.is_new);
    let again = auth.visitor(Some(&first.value), NOW).await.unwrap();
    assert_eq!((again.caller.principal.user, again.is_new), (first.caller.principal.user, false));
    let other = auth.visitor(Some("made up"), NOW).await.unwrap();
    let fresh = auth.new_visitor(NOW).unwrap().unwrap();
    assert_eq!(
        auth.known_visitor(&fresh, NOW).await.unwrap(),
        None,
        "nothing is stored for whoever only looks"
    );
    assert_eq!(auth.known_visitor(&first.value, NOW).await.unwrap(), Some(first.caller.clone()));
    assert!(auth.known_visitor("made up", NOW).await.is_err());
    assert!(other.is_new && other.caller.principal.user != first.caller.principal.user);

    let mut tx = store.begin().await.unwrap();
    let mut chats = Vec::new();
    for (project, author, visibility) in [
        (public, first.caller.principal.user, Visibility::Private),
        (public, other.caller.principal.user, Visibility::Private),
        (public, owner, Visibility::Project),
        (private, first.caller.principal.user, Visibility::Private),
    ] {
        let new = NewChat { project, title: None, visibility, author, name: None, created_at: NOW };
        chats.push(tx.insert_chat(&new).await.unwrap());
    }
    let scope = &first.caller.scope;
    let mut seen = Vec::new();
    for chat in chats {
        seen.push(tx.chat(scope, chat).await.unwrap().is_some());
    }
    assert_eq!(
        seen,
        [true, false, false, false],
        "own, another visitor's, a member's, own in another project"
    );
    assert!(tx.project(scope, private).await.unwrap().is_none());
    assert_eq!(tx.projects(scope, docent::store::Window { skip: 0, limit: 9 }).await.unwrap().total, 0);
}

both_databases!(two_first_words_at_the_same_moment_are_of_one_visitor);

async fn two_first_words_at_the_same_moment_are_of_one_visitor(store: Store) {
    let (_, [public, _]) = projects(&store).await;
    let auth = auth(&store, Some(public)).await;
    let value = auth.new_visitor(NOW).unwrap().unwrap();
    let all = join_all((0..8).map(|_| auth.visitor(Some(&value), NOW))).await;
    let users: Vec<_> = all.into_iter().map(|visitor| visitor.unwrap().caller.principal.user).collect();
    assert!(users.iter().all(|user| *user == users[0]), "{users:?}");
}

both_databases!(without_a_public_project_there_are_no_visitors);

async fn without_a_public_project_there_are_no_visitors(store: Store) {
    let auth = auth(&store, None).await;
    assert_eq!(auth.new_visitor(NOW).unwrap(), None);
    assert!(auth.visitor(None, NOW).await.is_err());
}

both_sites!(a_visitors_answer_goes_on_whatever_happens_to_others, "PUBLIC_PROJECT" = "1");

async fn a_visitors_answer_goes_on_whatever_happens_to_others(site: Site) {
    let admin = site.admin().await;
    let ben = site.user(&admin, "ben").await;
    let mut client = Client::connect(&site.base, Language::JavaScript, Transport::Websocket).await;
    let status = client.event("connection_status").await;
    let value = status["visitor"].as_str().unwrap();
    let claims = jsonwebtoken::dangerous::insecure_decode::<Value>(value).unwrap().claims;
    let mut tx = site.store.begin().await.unwrap();
    let hash = fingerprint(claims["jti"].as_str().unwrap());
    let author = tx.insert_visitor(&hash, "visitor-1", NOW).await.unwrap();
    let (project, visibility) = (ProjectId::from(1), Visibility::Private);
    let new = NewChat { project, title: None, visibility, author, name: None, created_at: NOW };
    let chat = tx.insert_chat(&new).await.unwrap().get();
    tx.commit().await.unwrap();

    // Somebody answers in the visitor's chat, without an end.
    admin.upload(1).await;
    site.model.will(endless());
    let body = json!({"message": QUESTION, "stream": true});
    let path = format!("/api/chats/{chat}/messages");
    let mut asking = admin.request(reqwest::Method::POST, &path).json(&body).send().await.unwrap();
    asking.chunk().await.unwrap();
    let messages = admin.get(&path).await.json();
    let answer =
        messages.as_array().unwrap().iter().find(|it| it["role"] == "assistant").unwrap()["id"].clone();
    let resume = json!({"chat_id": chat, "message_id": answer, "after_seq": -1});
    assert_eq!(client.ask("resume_message", resume.clone()).await["ok"], true);
    client.event("message_token").await;
    let mut stranger = Client::connect(&site.base, Language::JavaScript, Transport::Websocket).await;
    assert_eq!(stranger.ask("resume_message", resume).await["error"]["code"], "not_found");

    let change = admin.patch(&format!("/api/users/{}", ben.id), json!({"disabled": true})).await;
    assert_eq!(change.status, 200);
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let heard = client.heard_so_far().await;
    assert!(heard.last().is_some_and(|event| event == "message_token"), "{heard:?}");
    client.event("message_token").await;
    assert_eq!(client.ask("cancel_message", json!({"chat_id": chat})).await["ok"], true);
    client.event("message_cancelled").await;
    site.stop().await;
}
