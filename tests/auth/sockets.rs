//! Sockets: who may connect, what they may send, and when they are put out.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::site::{Person, QUESTION, Site, both_sites, endless};
use crate::sockets::client::{Client, Language, Transport};

/// What rights that are taken away may take to be gone.
const SOON: Duration = Duration::from_secs(5);

const CLIENTS: [(Language, Transport); 2] =
    [(Language::JavaScript, Transport::Websocket), (Language::Python, Transport::Polling)];

async fn connect(site: &Site, person: &Person) -> Client {
    let mut client = Client::start(Language::JavaScript);
    let answer =
        client.try_connect(&site.base, Transport::Websocket, json!({"auth": {"token": person.token}})).await;
    assert_eq!(answer["is"], "connected", "{answer}");
    client
}

/// Why a connection was refused.
async fn refusal(site: &Site, (language, transport): (Language, Transport), more: Value) -> String {
    let mut client = Client::start(language);
    let answer = client.try_connect(&site.base, transport, more).await;
    assert_eq!(answer["is"], "refused", "{answer}");
    answer["reason"].as_str().unwrap().to_owned()
}

both_sites!(bad_tokens_are_refused_at_connect);

async fn bad_tokens_are_refused_at_connect(site: Site) {
    let admin = site.admin().await;
    let ann = site.user(&admin, "ann").await;
    ann.post("/api/auth/logout", json!({})).await;
    for client in CLIENTS {
        for token in [json!("a.b.c"), json!("dk_nothing"), json!(ann.token), json!(ann.refresh), json!(7)] {
            let reason = refusal(&site, client, json!({"auth": {"token": token}})).await;
            assert!(reason.contains("invalid token"), "{token}: {reason}");
        }
    }
    let old = site.login("ann").await;
    site.clock.by(Duration::from_secs(901));
    let reason = refusal(&site, CLIENTS[0], json!({"auth": {"token": old.token}})).await;
    assert_eq!(reason, "token expired");
    let foreign = json!({"headers": {"origin": "https://evil.example"}});
    refusal(&site, CLIENTS[0], foreign).await;
    site.stop().await;
}

both_sites!(a_token_may_come_in_every_way_that_clients_know);

async fn a_token_may_come_in_every_way_that_clients_know(site: Site) {
    let ann = site.admin().await;
    let token = ann.token.as_deref().unwrap();
    for (url, more) in [
        (site.base.clone(), json!({"auth": {"token": token}})),
        (format!("{}?token={token}", site.base), json!({})),
        (site.base.clone(), json!({"headers": {"authorization": format!("Bearer {token}")}})),
        (site.base.clone(), json!({"headers": {"cookie": format!("access_token={token}")}})),
    ] {
        let mut client = Client::start(Language::JavaScript);
        let answer = client.try_connect(&url, Transport::Websocket, more.clone()).await;
        assert_eq!(answer["is"], "connected", "{more}: {answer}");
        assert_eq!(client.event("connected").await["user"]["username"], "root");
    }
    site.stop().await;
}

both_sites!(without_a_token_there_is_nothing_but_ping);

async fn without_a_token_there_is_nothing_but_ping(site: Site) {
    let admin = site.admin().await;
    let project = admin.project("Birds").await;
    let chat = admin.chat(project).await;
    for (language, transport) in CLIENTS {
        let mut client = Client::connect(&site.base, language, transport).await;
        assert_eq!(client.event("connection_status").await["user"], json!(null));
        assert_eq!(client.ask("ping", json!({})).await["ok"], true);
        for (event, payload) in [
            ("join_project", json!({"project_id": project})),
            ("join_chat", json!({"chat_id": chat})),
            ("send_message", json!({"chat_id": chat, "message": "x"})),
            ("cancel_message", json!({"chat_id": chat})),
            ("resume_message", json!({"chat_id": chat, "message_id": 1, "after_seq": -1})),
            ("typing", json!({"chat_id": chat, "typing": true})),
            ("mark_read", json!({})),
        ] {
            let answer = client.ask(event, payload).await;
            assert_eq!(answer["error"]["code"], "unauthenticated", "{event}: {answer}");
            assert_eq!(client.event("error").await["code"], "unauthenticated", "{event}");
        }
    }
    site.stop().await;
}

both_sites!(anonymous_sockets_can_be_refused, "SOCKET_ANONYMOUS" = "refuse");

async fn anonymous_sockets_can_be_refused(site: Site) {
    for client in CLIENTS {
        let reason = refusal(&site, client, json!({})).await;
        assert!(reason.contains("sign in first"), "{reason}");
    }
    site.stop().await;
}

both_sites!(sockets_are_counted, "MAX_SOCKETS_USER" = "2", "MAX_SOCKETS_ADDRESS" = "1");

async fn sockets_are_counted(site: Site) {
    let admin = site.admin().await;
    let ann = site.user(&admin, "ann").await;
    let mut first = connect(&site, &ann).await;
    let _second = connect(&site, &ann).await;
    let more = json!({"auth": {"token": ann.token}});
    let reason = refusal(&site, CLIENTS[0], more.clone()).await;
    assert!(reason.contains("rate_limited: 2 connections are open already"), "{reason}");
    let _other = connect(&site, &admin).await;
    let _nobody = Client::connect(&site.base, Language::JavaScript, Transport::Websocket).await;
    let reason = refusal(&site, CLIENTS[1], json!({})).await;
    assert!(reason.contains("rate_limited: 1 connections are open already"), "{reason}");
    let elsewhere = json!({"headers": {"x-forwarded-for": "203.0.113.9"}});
    let mut client = Client::start(Language::JavaScript);
    assert_eq!(client.try_connect(&site.base, Transport::Websocket, elsewhere).await["is"], "connected");
    first.close().await;
    let begun = Instant::now();
    loop {
        let mut client = Client::start(Language::JavaScript);
        if client.try_connect(&site.base, Transport::Websocket, more.clone()).await["is"] == "connected" {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "the place stays taken");
    }
    site.stop().await;
}

both_sites!(whoever_is_signed_out_is_put_out);

async fn whoever_is_signed_out_is_put_out(site: Site) {
    let admin = site.admin().await;
    let path = |person: &Person| format!("/api/users/{}", person.id);
    for way in ["logout", "disabled", "password", "deleted", "demoted", "key"] {
        let mut person = site.user(&admin, way).await;
        if way == "demoted" {
            admin.patch(&path(&person), json!({"role": "admin"})).await;
        }
        let key = person.post("/api/auth/api-keys", json!({})).await.json();
        if way == "key" {
            person = person.holding(key["key"].as_str().unwrap());
        }
        let mut client = connect(&site, &person).await;
        let mut other = connect(&site, &admin).await;
        assert_eq!(client.ask("ping", json!({})).await["ok"], true);
        let begun = Instant::now();
        let answer = match way {
            "logout" => person.post("/api/auth/logout", json!({})).await,
            "disabled" => admin.patch(&path(&person), json!({"disabled": true})).await,
            "password" => admin.patch(&path(&person), json!({"password": "given by an admin"})).await,
            "deleted" => admin.delete(&path(&person)).await,
            "demoted" => admin.patch(&path(&person), json!({"role": "user"})).await,
            _ => person.delete(&format!("/api/auth/api-keys/{}", key["id"])).await,
        };
        assert!(answer.status < 300, "{way}: {}", answer.text);
        client.disconnected().await;
        assert!(begun.elapsed() < SOON, "{way} took {:?}", begun.elapsed());
        assert_eq!(other.ask("ping", json!({})).await["ok"], true, "{way}: others stay");
    }
    site.stop().await;
}

both_sites!(whoever_signs_out_while_coming_in_does_not_stay);

async fn whoever_signs_out_while_coming_in_does_not_stay(site: Site) {
    let admin = site.admin().await;
    site.user(&admin, "ann").await;
    for pause in [0, 5, 20, 60, 200] {
        let person = site.login("ann").await;
        let mut client = Client::start(Language::JavaScript);
        let more = json!({"auth": {"token": person.token}});
        let leave = async {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            person.post("/api/auth/logout", json!({})).await
        };
        let (answer, left) = tokio::join!(client.try_connect(&site.base, Transport::Websocket, more), leave);
        assert_eq!(left.status, 204);
        if answer["is"] == "connected" {
            let begun = Instant::now();
            client.disconnected().await;
            assert!(begun.elapsed() < SOON, "{pause} ms: {:?}", begun.elapsed());
        }
    }
    site.stop().await;
}

both_sites!(whoever_comes_no_more_is_put_out_when_the_sign_in_runs_out);

async fn whoever_comes_no_more_is_put_out_when_the_sign_in_runs_out(site: Site) {
    let admin = site.admin().await;
    let ann = site.user(&admin, "ann").await;
    let key = ann.post("/api/auth/api-keys", json!({})).await.json()["key"].as_str().unwrap().to_owned();
    let mut client = connect(&site, &ann).await;
    let mut program = connect(&site, &ann.holding(&key)).await;
    let day = Duration::from_secs(24 * 3600);
    // An access token that is too old ends no socket, and whoever renews it stays signed in.
    site.clock.by(20 * day);
    let renewed = ann.with(&ann.renew().await.json());
    site.clock.by(20 * day);
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    assert_eq!(client.ask("ping", json!({})).await["ok"], true);

    // Not so late that nobody remembers it.
    site.clock.by(day * 21 / 2);
    let begun = Instant::now();
    client.disconnected().await;
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert_eq!(program.ask("ping", json!({})).await["ok"], true, "a key has no end");
    let refused = renewed.renew().await.problem();
    insta::allow_duplicates! {
        insta::assert_snapshot!(refused, @"401 unauthenticated: token expired");
    }
    site.stop().await;
}

both_sites!(whoever_loses_a_project_hears_no_more_of_it);

async fn whoever_loses_a_project_hears_no_more_of_it(site: Site) {
    let admin = site.admin().await;
    let (ann, ben) = (site.user(&admin, "ann").await, site.user(&admin, "ben").await);
    let project = ann.project("Birds").await;
    let chat = ann.chat(project).await;
    ann.make_member(project, &ben, "viewer").await;
    let mut client = connect(&site, &ben).await;
    assert_eq!(client.ask("join_project", json!({"project_id": project})).await["ok"], true);
    assert_eq!(client.ask("join_chat", json!({"chat_id": chat})).await["ok"], true);
    // An answer without an end, which he hears the beginning of.
    ann.upload(project).await;
    site.model.will(endless());
    let mut asker = connect(&site, &ann).await;
    asker.emit("send_message", json!({"chat_id": chat, "message": QUESTION})).await;
    client.event("message_token").await;
    let removed = ann.delete(&format!("/api/projects/{project}/members/{}", ben.id)).await;
    assert_eq!(removed.status, 204);
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    client.heard_so_far().await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let after = client.heard_so_far().await;
    assert!(after.is_empty(), "{after:?}");
    for (event, payload) in [
        ("join_project", json!({"project_id": project})),
        ("join_chat", json!({"chat_id": chat})),
        ("send_message", json!({"chat_id": chat, "message": "x"})),
        ("cancel_message", json!({"chat_id": chat})),
    ] {
        let answer = client.ask(event, payload).await;
        assert_eq!(answer["error"]["code"], "not_found", "{event}: {answer}");
    }
    asker.event("message_token").await;
    assert!(site.model.open() > 0, "for others the answer goes on");
    assert_eq!(asker.ask("cancel_message", json!({"chat_id": chat})).await["ok"], true);
    site.stop().await;
}

both_sites!(idle_sockets_of_nobody_are_cut_without_a_word, "SOCKET_ANONYMOUS_IDLE_S" = "1");

async fn idle_sockets_of_nobody_are_cut_without_a_word(site: Site) {
    let admin = site.admin().await;
    let mut known = connect(&site, &admin).await;
    for transport in [Transport::Websocket, Transport::Polling] {
        let mut client = Client::connect(&site.base, Language::JavaScript, transport).await;
        let reason = client.disconnected().await;
        assert!(matches!(reason.as_str(), "transport close" | "transport error"), "{transport:?}: {reason}");
    }
    assert_eq!(known.ask("ping", json!({})).await["ok"], true);
    site.stop().await;
}
