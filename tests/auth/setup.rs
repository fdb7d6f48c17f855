//! The first admin, and what was before there were accounts.

use futures_util::future::join_all;
use serde_json::json;

use super::site::{PASSWORD, Site, both_sites};

both_sites!(the_first_admin_is_made_exactly_once);

async fn the_first_admin_is_made_exactly_once(site: Site) {
    let code = site.setup_code().await.unwrap();
    let wrong = json!({"code": "0".repeat(20), "username": "eve", "password": PASSWORD});
    let refused = site.nobody().post("/api/auth/setup", wrong).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!(refused.problem(), @"403 forbidden: the setup code is wrong; the server printed it when it started");
    }
    let people = ["ann", "ben", "cleo", "dan"].map(|name| {
        let (nobody, body) = (site.nobody(), json!({"code": code, "username": name, "password": PASSWORD}));
        async move { nobody.post("/api/auth/setup", body).await }
    });
    let mut answers: Vec<u16> = join_all(people).await.iter().map(|answer| answer.status).collect();
    answers.sort_unstable();
    assert_eq!(answers, [201, 409, 409, 409]);
    assert_eq!(site.setup_code().await, None);
    let again = json!({"code": code, "username": "eve", "password": PASSWORD});
    let again = site.nobody().post("/api/auth/setup", again).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!(again.problem(), @"409 conflict: there is an account already; sign in with it");
    }
    site.stop().await;
}

both_sites!(what_was_given_out_without_accounts_ends_with_them, "DOCENT_AUTH" = "off");

async fn what_was_given_out_without_accounts_ends_with_them(mut site: Site) {
    // Whoever was on this machine could ask for these.
    let owner = site.nobody().with(&site.nobody().login("", "").await.json());
    let key = owner.post("/api/auth/api-keys", json!({"name": "script"})).await;
    let key = key.json()["key"].as_str().unwrap().to_owned();

    site.restart(&[("DOCENT_AUTH", "on")]).await;

    let stranger = site.nobody();
    let renewed = stranger.post("/api/auth/refresh", json!({"refresh_token": owner.refresh})).await;
    assert_eq!(renewed.status, 401, "a refresh token of the time without accounts: {}", renewed.text);
    assert_eq!(stranger.holding(&key).me().await, 401, "an API key of that time");
    // The projects of that time go to whoever takes the name.
    let code = site.setup_code().await.unwrap();
    let body = json!({"code": code, "username": "owner", "password": PASSWORD});
    let made = stranger.post("/api/auth/setup", body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.json()["user"]["id"], owner.id);
    site.stop().await;
}

both_sites!(accounts_can_be_switched_off_whatever_names_there_are);

async fn accounts_can_be_switched_off_whatever_names_there_are(mut site: Site) {
    let admin = site.admin().await;
    site.user(&admin, "Owner").await;
    site.restart(&[("DOCENT_AUTH", "off")]).await;
    assert_eq!(site.nobody().me().await, 200);
    site.stop().await;
}

both_sites!(the_data_folder_is_the_servers_own);

async fn the_data_folder_is_the_servers_own(site: Site) {
    use std::os::unix::fs::PermissionsExt;
    for (name, expected) in [("", 0o700), ("jwt-secret", 0o600)] {
        let mode = fs_err::metadata(site.data().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, expected, "{name}");
    }
    site.stop().await;
}

both_sites!(weak_names_and_passwords_are_refused_by_field);

async fn weak_names_and_passwords_are_refused_by_field(site: Site) {
    let admin = site.admin().await;
    for (username, password, field) in [
        ("änn", PASSWORD, "username"),
        ("visitor-1", PASSWORD, "username"),
        ("a b", PASSWORD, "username"),
        ("ann", "short", "password"),
        ("ann", &"x".repeat(257), "password"),
    ] {
        let answer = admin.post("/api/users", json!({"username": username, "password": password})).await;
        assert!(matches!(answer.status, 400 | 422), "{username}: {}", answer.text);
        assert!(answer.text.contains(field), "{}", answer.text);
    }
    site.user(&admin, "ann").await;
    let twice = admin.post("/api/users", json!({"username": "ANN", "password": PASSWORD})).await;
    assert_eq!(twice.status, 409, "{}", twice.text);
    site.stop().await;
}
