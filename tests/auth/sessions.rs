//! Signing in, staying signed in, and ending that.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use super::site::{PASSWORD, Site, both_sites};
use crate::support::app::Answer;

both_sites!(unknown_names_and_wrong_passwords_look_the_same);

async fn unknown_names_and_wrong_passwords_look_the_same(site: Site) {
    let admin = site.admin().await;
    site.user(&admin, "ann").await;
    let stranger = site.nobody();
    let mut answers = Vec::new();
    for (name, password) in [
        ("ann", "wrong password"),
        ("nobody", "wrong password"),
        // The letter K of the unit kelvin, which some databases take for a k.
        ("\u{212A}im", "wrong password"),
        ("ann", ""),
        ("", ""),
        ("ann", &"x".repeat(10_000)),
    ] {
        let mut answer = stranger.login(name, password).await.json();
        answer["request_id"] = json!(null);
        answers.push(answer);
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:#?}");
    assert_eq!(answers[0]["status"], 401);
    site.stop().await;
}

both_sites!(refresh_tokens_rotate_and_a_replay_ends_the_sign_in);

async fn refresh_tokens_rotate_and_a_replay_ends_the_sign_in(site: Site) {
    let admin = site.admin().await;
    let ann = site.user(&admin, "ann").await;
    let other = site.login("ann").await;
    let first = ann.renew().await;
    assert_eq!(first.status, 200, "{}", first.text);
    let next = ann.with(&first.json());
    assert_ne!(next.refresh, ann.refresh);
    // Two tabs were equally fast, or an answer was lost.
    assert_eq!(ann.renew().await.status, 200);
    site.clock.by(Duration::from_secs(21));
    assert_eq!(ann.renew().await.status, 401, "a stolen token");
    assert_eq!(next.me().await, 401, "the sign-in ended for both");
    assert_eq!(next.renew().await.status, 401);
    assert_eq!(other.me().await, 200, "another sign-in of hers goes on");
    let audit = admin.get("/api/audit?action=refresh.replayed").await;
    assert_eq!(audit.json()[0]["username"], "ann");
    site.stop().await;
}

both_sites!(access_tokens_expire_and_say_so);

async fn access_tokens_expire_and_say_so(site: Site) {
    let admin = site.admin().await;
    let ann = site.user(&admin, "ann").await;
    site.clock.by(Duration::from_secs(15 * 60));
    let expired = ann.get("/api/auth/me").await;
    let forged = ann.holding("a.b.c").get("/api/auth/me").await;
    let refresh = ann.holding(&ann.refresh).get("/api/auth/me").await;
    insta::allow_duplicates! {
        insta::assert_snapshot!(expired.problem(), @"401 unauthenticated: token expired");
        insta::assert_snapshot!(forged.problem(), @"401 unauthenticated: invalid token");
        insta::assert_snapshot!(refresh.problem(), @"401 unauthenticated: invalid token");
    }
    assert_eq!(ann.renew().await.status, 200, "the sign-in goes on");
    site.clock.by(Duration::from_secs(31 * 24 * 3600));
    assert_eq!(ann.renew().await.status, 401, "a month without a sign of life");
    site.stop().await;
}

both_sites!(logging_out_ends_every_token_of_the_sign_in);

async fn logging_out_ends_every_token_of_the_sign_in(site: Site) {
    let admin = site.admin().await;
    let ann = site.user(&admin, "ann").await;
    let other = site.login("ann").await;
    // As a page does it: by its cookies.
    let signed_in = site.nobody().login("ann", PASSWORD).await;
    let cookies: Vec<&str> =
        signed_in.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    assert!(
        cookies[0].starts_with("access_token=") && cookies[1].starts_with("refresh_token="),
        "{cookies:?}"
    );
    for cookie in &cookies {
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite="), "{cookie}");
        assert!(!cookie.contains("Secure"), "this was no TLS: {cookie}");
    }
    assert_eq!(signed_in.header("cache-control"), "no-store");
    let page = site.nobody().with(&signed_in.json());
    let cookie =
        cookies.iter().map(|cookie| cookie.split(';').next().unwrap()).collect::<Vec<_>>().join("; ");
    let out = site.nobody().request(Method::POST, "/api/auth/logout").header("cookie", &cookie);
    let foreign = out.try_clone().unwrap().header("origin", "https://evil.example");
    assert_eq!(Answer::of(foreign).await.status, 403, "another page must not do it");
    assert_eq!(page.me().await, 200);
    let out = Answer::of(out).await;
    assert_eq!(out.status, 204, "{}", out.text);
    assert!(out.headers.get_all("set-cookie").iter().all(|it| it.to_str().unwrap().contains("Max-Age=0")));
    assert_eq!((page.me().await, page.renew().await.status), (401, 401));
    // As a program does it: by its bearer token.
    assert_eq!(ann.post("/api/auth/logout", json!({})).await.status, 204);
    assert_eq!((ann.me().await, ann.renew().await.status), (401, 401));
    assert_eq!(other.me().await, 200);
    site.stop().await;
}

both_sites!(cookies_travel_by_tls_only_where_a_proxy_speaks_it);

async fn cookies_travel_by_tls_only_where_a_proxy_speaks_it(site: Site) {
    site.admin().await;
    let body = json!({"username": "root", "password": PASSWORD});
    let login = site.nobody().request(Method::POST, "/api/auth/login").json(&body);
    let answer = Answer::of(login.header("x-forwarded-proto", "https")).await;
    assert!(answer.headers.get_all("set-cookie").iter().all(|it| it.to_str().unwrap().contains("Secure")));
    site.stop().await;
}

both_sites!(a_new_password_ends_the_other_sign_ins);

async fn a_new_password_ends_the_other_sign_ins(site: Site) {
    let admin = site.admin().await;
    let ann = site.user(&admin, "ann").await;
    let other = site.login("ann").await;
    let change = |current: &str| json!({"current_password": current, "new_password": "another good one"});
    let wrong = ann.post("/api/auth/password", change("wrong password")).await;
    assert_eq!(wrong.status, 401, "{}", wrong.text);
    assert_eq!(other.me().await, 200, "nothing happened");
    let changed = ann.post("/api/auth/password", change(PASSWORD)).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    assert_eq!((ann.me().await, other.me().await, other.renew().await.status), (401, 401, 401));
    assert_eq!(ann.with(&changed.json()).me().await, 200);
    assert_eq!(site.nobody().login("ann", PASSWORD).await.status, 401);
    assert_eq!(site.nobody().login("ann", "another good one").await.status, 200);
    site.stop().await;
}

both_sites!(api_keys_are_shown_once_and_end_when_deleted);

async fn api_keys_are_shown_once_and_end_when_deleted(site: Site) {
    let admin = site.admin().await;
    let (ann, ben) = (site.user(&admin, "ann").await, site.user(&admin, "ben").await);
    let made = ann.post("/api/auth/api-keys", json!({"name": "script", "user_id": ben.id, "id": 77})).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let (id, key) = (made.json()["id"].clone(), made.json()["key"].as_str().unwrap().to_owned());
    assert!(key.starts_with("dk_") && key.len() >= 3 + 32, "at least 128 random bits");
    let program = site.nobody().holding(&key);
    assert_eq!(program.get("/api/auth/me").await.json()["username"], "ann");
    let listed = ann.get("/api/auth/api-keys").await;
    assert!(!listed.text.contains(&key) && listed.text.contains(&key[..9]), "{}", listed.text);
    assert_eq!(ben.get("/api/auth/api-keys").await.json(), json!([]));
    for other in [&ben, &admin] {
        assert_eq!(other.delete(&format!("/api/auth/api-keys/{id}")).await.status, 404);
    }
    assert_eq!(program.me().await, 200);
    assert_eq!(ann.delete(&format!("/api/auth/api-keys/{id}")).await.status, 204);
    assert_eq!(program.me().await, 401);
    assert_eq!(site.nobody().holding("dk_").me().await, 401);
    site.stop().await;
}
