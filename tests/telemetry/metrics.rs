use std::collections::BTreeSet;

use docent::domain::Code;
use docent::telemetry::CATALOGUE;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use super::page::Page;
use crate::auth::site::{PASSWORD, Site, both_sites};
use crate::support::process::Program;

/// What people made up, and may not be told.
const MADE_UP: &[&str] = &["annsreport", "Ornithology", "kestrels", "voles", "wp-login", "annsbrowser"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_tells_what_was_done_and_of_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(&folder.path().join("data"), &[]).await;
    let http = Client::builder().no_proxy().build().unwrap();
    work(&program, &http).await;
    let text = http.get(format!("{}/metrics", program.base)).send().await.unwrap().text().await.unwrap();
    let page = Page::read(&text);

    let count = |name: &str, labels: &[(&str, &str)]| page.value(name, labels).unwrap_or(-1.0);
    assert_eq!(count("docent_documents_total", &[("outcome", "completed")]), 2.0);
    assert_eq!(count("docent_documents_total", &[("outcome", "failed")]), 1.0);
    assert_eq!(count("docent_documents_total", &[("outcome", "cancelled")]), 0.0);
    assert_eq!(count("docent_document_seconds_count", &[]), 2.0);
    for stage in ["extract", "chunk", "embed", "index", "publish"] {
        assert_eq!(count("docent_ingest_stage_seconds_count", &[("stage", stage)]), 2.0, "{stage}");
    }
    assert_eq!(count("docent_vectors_total", &[]), 2.0);
    assert_eq!(count("docent_jobs_failed", &[("code", "corrupt_document")]), 1.0);
    assert_eq!(count("docent_jobs_failed", &[]), 1.0);
    assert_eq!(count("docent_errors_total", &[("surface", "job"), ("code", "corrupt_document")]), 1.0);
    assert_eq!(count("docent_errors_total", &[("surface", "http"), ("code", "not_found")]), 2.0);
    assert_eq!(count("docent_turns_total", &[("outcome", "completed")]), 2.0);
    assert_eq!(count("docent_turns_total", &[]), 2.0);
    assert_eq!(count("docent_turns_running", &[]), 0.0);
    assert_eq!(count("docent_turn_seconds_count", &[("outcome", "completed")]), 2.0);
    assert_eq!(count("docent_first_token_seconds_count", &[]), 2.0);
    assert_eq!(count("docent_messages_total", &[("door", "rest")]), 2.0);
    assert_eq!(count("docent_messages_total", &[]), 2.0);
    assert_eq!(count("docent_searches_total", &[("outcome", "found")]), 2.0);
    assert_eq!(count("docent_search_seconds_count", &[("step", "total")]), 2.0);
    assert_eq!(count("docent_sockets_open", &[("door", "main")]), 1.0);
    assert_eq!(count("docent_socket_events_total", &[("event", "ping"), ("outcome", "ok")]), 1.0);
    assert_eq!(count("docent_disconnects_total", &[]), 0.0);
    assert_eq!(count("docent_queue_depth", &[("kind", "ingest_document")]), 0.0);
    assert_eq!(count("docent_database_up", &[]), 1.0);
    assert!(count("docent_last_success_timestamp_seconds", &[("kind", "ingest_document")]) > 1.7e9);
    let uploads = [("route", "/api/projects/{id}/documents"), ("method", "POST"), ("status", "2xx")];
    assert_eq!(count("docent_http_requests_total", &uploads), 3.0);
    assert_eq!(count("docent_http_request_seconds_count", &uploads[..2]), 3.0);
    assert_eq!(count("docent_http_requests_total", &[("route", "none"), ("status", "4xx")]), 1.0);
    assert!(count("process_resident_memory_bytes", &[]) > 1e6);
    assert!(count("process_cpu_seconds_total", &[]) > 0.0);

    every_family_is_there_and_described(&page);
    no_label_was_made_up(&page);
    for word in MADE_UP {
        assert!(!text.contains(word), "{word}");
    }
    program.stop().await;
}

/// Three uploads, of which one cannot be read; two questions; a socket; and what goes wrong on the way.
async fn work(program: &Program, http: &Client) {
    let base = &program.base;
    let project = post(http, &format!("{base}/api/projects"), json!({"name": "Ornithology"})).await;
    let project = project["id"].as_i64().unwrap();
    let files: [(&str, &[u8], &str); 3] = [
        ("annsreport.md", b"# One\n\nThe kestrels eat voles, mice and beetles.\n", "completed"),
        ("annsreport2.txt", b"The storks weigh four kilograms.\n", "completed"),
        ("annsreport3.pdf", b"%PDF-1.7\nnothing of a kind\n", "failed"),
    ];
    for (name, bytes, end) in files {
        let part = reqwest::multipart::Part::bytes(bytes.to_vec()).file_name(name);
        let form = reqwest::multipart::Form::new().part("file", part);
        let url = format!("{base}/api/projects/{project}/documents?wait=30");
        let answer = http.post(url).multipart(form).send().await.unwrap();
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["document"]["status"], end, "{body}");
    }
    let chat = post(http, &format!("{base}/api/chats"), json!({"project_id": project})).await;
    for _ in 0..2 {
        let question = json!({"message": "What do the kestrels eat?"});
        let answer = post(http, &format!("{base}/api/chats/{}/messages", chat["id"]), question).await;
        assert_eq!(answer["status"], "completed", "{answer}");
    }
    let lost = [format!("{base}/wp-login.php"), format!("{base}/api/documents/999")];
    for url in lost {
        let request = http.get(url).header("user-agent", "annsbrowser");
        assert_eq!(request.send().await.unwrap().status(), StatusCode::NOT_FOUND);
    }
    open_socket(base, http).await;
}

/// A Socket.IO connection by polling, which stays open, and one event on it.
async fn open_socket(base: &str, http: &Client) {
    let url = format!("{base}/socket.io/?EIO=4&transport=polling");
    let opened = http.get(&url).send().await.unwrap().text().await.unwrap();
    let opened: Value = serde_json::from_str(&opened[1..]).unwrap();
    let url = format!("{url}&sid={}", opened["sid"].as_str().unwrap());
    let say = async |packet: &'static str, answer: &str| {
        let said = http.post(&url).body(packet).send().await.unwrap();
        assert_eq!(said.status(), StatusCode::OK, "{packet}");
        let mut heard = String::new();
        while !heard.contains(answer) {
            let more = http.get(&url).send().await.unwrap();
            assert_eq!(more.status(), StatusCode::OK, "waiting for {answer}, heard {heard}");
            heard.push_str(&more.text().await.unwrap());
        }
    };
    // An event before the answer to the connection is an event of nobody.
    say("40{}", "40{").await;
    say(r#"42["ping",{}]"#, "pong").await;
}

async fn post(http: &Client, url: &str, body: Value) -> Value {
    let answer = http.post(url).json(&body).send().await.unwrap();
    assert!(answer.status().is_success(), "{url}: {}", answer.status());
    answer.json().await.unwrap()
}

/// Families that only what did not happen here would have filled.
const NOT_HERE: &[&str] = &["docent_tokens_per_second"];

fn every_family_is_there_and_described(page: &Page) {
    for family in CATALOGUE {
        let Some(kind) = page.kinds.get(family.name) else {
            assert!(NOT_HERE.contains(&family.name), "{} is missing", family.name);
            continue;
        };
        assert_eq!(kind, family.kind.name(), "{}", family.name);
        assert_eq!(page.help[family.name], family.help, "{}", family.name);
    }
    let known: BTreeSet<&str> = CATALOGUE.iter().map(|family| family.name).collect();
    for sample in &page.samples {
        assert!(known.contains(page.family(&sample.name)), "{} is in no catalogue", sample.name);
    }
}

fn no_label_was_made_up(page: &Page) {
    let events: BTreeSet<&str> = docent::doors::namespaces().flat_map(docent::doors::events).collect();
    let doors: BTreeSet<&str> = docent::doors::labels().chain([docent::http::DOOR]).collect();
    for sample in &page.samples {
        let family = CATALOGUE.iter().find(|family| family.name == page.family(&sample.name)).unwrap();
        let told = sample.labels.iter().filter(|(name, _)| *name != "le");
        assert_eq!(told.clone().count(), family.labels.len(), "{sample:?}");
        for (name, value) in told {
            let (_, known) = family.labels.iter().find(|(label, _)| label == name).expect("a label of it");
            let sound = match (name.as_str(), known) {
                (_, Some(known)) => known.contains(&value.as_str()),
                ("code", None) => Code::by_name(value).is_some(),
                ("door", None) => doors.contains(value.as_str()),
                ("event", None) => events.contains(value.as_str()),
                ("method", None) => ["GET", "POST", "HEAD"].contains(&value.as_str()),
                ("route", None) => is_template(value),
                ("version", None) => value == env!("CARGO_PKG_VERSION"),
                _ => false,
            };
            assert!(sound, "{sample:?}");
        }
    }
}

/// Of an address that is the same for everybody: ids are left out of it.
fn is_template(route: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    route == "none" || (route.starts_with('/') && !route.split('/').any(number))
}

both_sites!(only_admins_and_the_token_may_read, "METRICS_TOKEN" = "a-token-for-metrics-alone");

async fn only_admins_and_the_token_may_read(site: Site) {
    let admin = site.admin().await;
    let user = site.user(&admin, "ann").await;
    let scraper = site.nobody().holding("a-token-for-metrics-alone");
    assert_eq!(site.nobody().get("/metrics").await.status, 401);
    assert_eq!(site.nobody().holding("a-token-for-metrics-alonE").get("/metrics").await.status, 401);
    assert_eq!(user.get("/metrics").await.status, 403);
    for reader in [&admin, &scraper] {
        let answer = reader.get("/metrics").await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-store");
        let page = Page::read(&answer.text);
        assert_eq!(page.value("docent_database_up", &[]), Some(1.0));
        assert!(!answer.text.contains("ann"), "no names");
    }
    assert_eq!(scraper.me().await, 401, "it opens nothing else");
    assert_eq!(scraper.get("/api/jobs").await.status, 401);
    assert_eq!(site.nobody().holding(PASSWORD).get("/metrics/").await.status, 401);
    site.stop().await;
}

both_sites!(work_that_waits_is_told_with_its_age, "INGEST_FAULTS" = "");

async fn work_that_waits_is_told_with_its_age(site: Site) {
    let admin = site.admin().await;
    let project = admin.project("Birds").await;
    admin.upload(project).await;
    let document = admin.get(&format!("/api/projects/{project}/documents")).await.json()[0]["id"].clone();
    assert_eq!(admin.delete(&format!("/api/documents/{document}")).await.status, 204);
    // What is owed is removed in the background, so only that it is owed to nobody in the end can be told.
    for _ in 0..200 {
        let page = Page::read(&admin.get("/metrics").await.text);
        let owed = page.value("docent_sweep_owed", &[("what", "generations")]).unwrap();
        let swept = page.value("docent_last_success_timestamp_seconds", &[("kind", "sweep_generation")]);
        if owed == 0.0 && swept.is_some() {
            site.stop().await;
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("still owed");
}
