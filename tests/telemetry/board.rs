use reqwest::Method;
use reqwest::header::{CONTENT_SECURITY_POLICY, COOKIE, ORIGIN};
use serde_json::json;

use crate::auth::site::{Database, Site, both_sites};
use crate::support::app::Answer;

both_sites!(admins_look_at_the_queues_and_change_nothing, "BOARD_LISTEN" = "127.0.0.1:0");

async fn admins_look_at_the_queues_and_change_nothing(site: Site) {
    let base = site.board().unwrap();
    let admin = site.admin().await;
    let project = admin.project("Annsproject").await;
    admin.upload(project).await;
    let (nobody, user) = (site.nobody().at(&base), site.user(&admin, "ann").await.at(&base));
    let board = admin.at(&base);

    let page = board.get("/").await;
    assert_eq!(page.status, 200);
    let policy = page.header(CONTENT_SECURITY_POLICY.as_str());
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    let files: Vec<&str> = page
        .text
        .split('"')
        .flat_map(|part| part.split('\''))
        .filter(|part| part.starts_with('/') && part.contains('.'))
        .collect();
    assert!(files.len() >= 3, "{}", page.text);
    let data = ["/api/v1/queues", "/api/v1/overview", "/api/v1/workers", "/api/v1/queues/ingest/tasks"];
    for path in files.iter().chain(&data) {
        assert_eq!(nobody.get(path).await.status, 401, "{path}");
        assert_eq!(user.get(path).await.status, 403, "{path}");
        assert_eq!(board.get(path).await.status, 200, "{path}");
    }
    assert_eq!(nobody.get("/").await.status, 401);
    assert!(nobody.get("/").await.text.contains("Sign in on the server's own page first"));

    assert_eq!(nobody.get("/api/v1/events").await.status, 401);
    let log = board.get("/api/v1/events").await;
    assert_eq!((log.status, log.text.as_str()), (204, ""), "the log is not shown there");

    let queues = board.get("/api/v1/queues").await;
    assert!(queues.text.contains("ingest") && queues.text.contains("maintenance"), "{}", queues.text);
    assert_eq!(queues.header("cache-control"), "no-store");
    let tasks = board.get("/api/v1/queues/ingest/tasks?status=Done").await;
    assert_eq!(tasks.status, 200, "{}", tasks.text);
    for text in [&queues.text, &tasks.text] {
        assert!(!text.contains("kestrel") && !text.contains("Annsproject"), "{text}");
    }

    // A browser that is signed in on the page brings its cookie to this port, too.
    let token = admin.token.as_deref().unwrap();
    let with_cookie = site
        .nobody()
        .at(&base)
        .request(Method::GET, "/api/v1/queues")
        .header(COOKIE, format!("access_token={token}"));
    assert_eq!(Answer::of(with_cookie).await.status, 200);

    let task = "/api/v1/queues/ingest/tasks";
    assert_eq!(board.put(task, json!([1, 1])).await.status, 405);
    assert_eq!(user.put(task, json!([1, 1])).await.status, 403);
    let foreign =
        board.request(Method::PUT, task).header(ORIGIN, "https://evil.example").json(&json!([1, 1]));
    assert_eq!(Answer::of(foreign).await.status, 403);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_is_no_board_unless_it_is_asked_for() {
    let site = Site::start(Database::Sqlite, &[]).await;
    assert_eq!(site.board(), None);
    let admin = site.admin().await;
    assert_eq!(admin.get("/api/v1/queues").await.status, 404, "nor under the server's own address");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_accounts_only_this_machines_names_reach_it() {
    let site =
        Site::start(Database::Sqlite, &[("DOCENT_AUTH", "off"), ("BOARD_LISTEN", "127.0.0.1:0")]).await;
    let board = site.nobody().at(&site.board().unwrap());
    assert_eq!(board.get("/api/v1/queues").await.status, 200);
    let named = board.request(Method::GET, "/api/v1/queues").header("host", "evil.example");
    assert_eq!(Answer::of(named).await.status, 403);
    site.stop().await;
}
