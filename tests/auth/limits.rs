//! How much of something people may do in a while.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;

use super::site::{PASSWORD, Site, both_sites};

both_sites!(guessing_is_slowed_down_but_nobody_is_locked_out);

async fn guessing_is_slowed_down_but_nobody_is_locked_out(site: Site) {
    let admin = site.admin().await;
    site.user(&admin, "ann").await;
    let (thief, ann) = (site.nobody().from("203.0.113.9"), site.nobody().from("198.51.100.7"));
    for _ in 0..10 {
        assert_eq!(thief.login("ann", "wrong password").await.status, 401);
    }
    let slowed = thief.login("ANN", PASSWORD).await;
    assert_eq!(slowed.status, 429, "not even with the right one: {}", slowed.text);
    let wait: u64 = slowed.header("retry-after").parse().unwrap();
    assert!((1..=900).contains(&wait), "{wait}");
    assert_eq!(ann.login("ann", PASSWORD).await.status, 200, "from elsewhere she comes in");
    assert_eq!(thief.login("root", PASSWORD).await.status, 200, "and others from there");
    site.clock.by(Duration::from_secs(wait));
    assert_eq!(thief.login("ann", PASSWORD).await.status, 200);
    site.stop().await;
}

both_sites!(guesses_at_the_same_moment_count_like_one_after_the_other);

async fn guesses_at_the_same_moment_count_like_one_after_the_other(site: Site) {
    let admin = site.admin().await;
    site.user(&admin, "ann").await;
    let guesses = (0..30).map(|_| {
        let thief = site.nobody().from("203.0.113.9");
        async move { thief.login("ann", "wrong password").await.status }
    });
    let answers = join_all(guesses).await;
    let heard = answers.iter().filter(|status| **status != 429).count();
    assert!(heard <= 10, "{answers:?}");
    site.stop().await;
}

both_sites!(an_open_page_does_not_find_the_password);

async fn an_open_page_does_not_find_the_password(site: Site) {
    let admin = site.admin().await;
    let ann = site.user(&admin, "ann").await;
    let guess = json!({"current_password": "wrong password", "new_password": "another good one"});
    let mut last = 0;
    for _ in 0..11 {
        last = ann.post("/api/auth/password", guess.clone()).await.status;
    }
    assert_eq!(last, 429);
    site.stop().await;
}

both_sites!(turns_and_searches_count_together_over_all_tokens, "RATE_LIMIT_USER" = "3");

async fn turns_and_searches_count_together_over_all_tokens(site: Site) {
    let admin = site.admin().await;
    let (ann, ben) = (site.user(&admin, "ann").await, site.user(&admin, "ben").await);
    let project = ann.project("Birds").await;
    let chat = ann.chat(project).await;
    let key = ann.post("/api/auth/api-keys", json!({})).await.json()["key"].as_str().unwrap().to_owned();
    let program = ann.holding(&key);
    let search = format!("/api/projects/{project}/search");
    let query = json!({"query": "voles"});

    let refused = ben.post(&search, query.clone()).await;
    assert_eq!((refused.status, refused.header("ratelimit")), (404, ""), "what is refused is not counted");
    let first = ann.post(&search, query.clone()).await;
    assert_eq!(
        (first.status, first.header("ratelimit-policy")),
        (200, "\"user\";q=3;w=900"),
        "{}",
        first.text
    );
    assert!(first.header("ratelimit").starts_with("\"user\";r=2;t="), "{}", first.header("ratelimit"));
    let message = json!({"message": "What do kestrels eat?"});
    assert_eq!(program.post(&format!("/api/chats/{chat}/messages"), message.clone()).await.status, 200);
    assert_eq!(program.post(&search, query.clone()).await.status, 200);
    for answer in [
        ann.post(&search, query.clone()).await,
        program.post(&format!("/api/chats/{chat}/messages"), message.clone()).await,
    ] {
        assert_eq!(answer.status, 429, "{}", answer.text);
        assert!(answer.header("ratelimit").starts_with("\"user\";r=0;t="), "{}", answer.header("ratelimit"));
        assert!((1..=900).contains(&answer.header("retry-after").parse::<u64>().unwrap()));
    }
    let own = ben.project("Own").await;
    assert_eq!(ben.post(&format!("/api/projects/{own}/search"), query.clone()).await.status, 200);
    site.clock.by(Duration::from_secs(900));
    // The access token is as old as the window; the key is not.
    assert_eq!(program.post(&search, query).await.status, 200);
    site.stop().await;
}

both_sites!(only_listed_proxies_say_where_a_request_comes_from, "TRUSTED_PROXIES" = "192.0.2.1");

async fn only_listed_proxies_say_where_a_request_comes_from(site: Site) {
    let admin = site.admin().await;
    site.user(&admin, "ann").await;
    let addresses =
        ["203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.4", "203.0.113.5", "203.0.113.6"];
    let mut last = 0;
    for address in addresses.iter().cycle().take(11) {
        last = site.nobody().from(address).login("ann", "wrong password").await.status;
    }
    assert_eq!(last, 429, "another name in the header is no other address");
    site.stop().await;
}
