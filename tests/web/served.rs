//! How the page leaves the server: packed, kept for ever where its name says what it is, and under a strict policy.

use std::process::Stdio;

use reqwest::Method;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::page;
use crate::support::app::{Answer, TestApp};
use crate::support::databases::TestStore;

async fn get(app: &TestApp, path: &str, encodings: &str) -> Answer {
    Answer::of(app.request(Method::GET, path).header("accept-encoding", encodings)).await
}

/// The page's own files, as its HTML names them.
fn files(html: &str) -> Vec<&str> {
    html.split("=\"/assets/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[tokio::test]
async fn every_address_of_the_page_is_the_page() {
    let app = TestApp::start(TestStore::sqlite().await).await;
    let page = app.get("/").await;
    assert!(page.text.contains("<div id=\"app\">"), "the page was not built: run `make web`");
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(page.header("cache-control"), "no-cache");
    for path in
        ["/projects", "/projects/1/chats/2", "/operators", "/account", "/sign-in", "/setup", "/operators/"]
    {
        let again = app.get(path).await;
        assert_eq!((again.status, again.text == page.text), (200, true), "{path}");
    }
    for path in ["/nothing", "/projectsx", "/assets/nothing.js", "/assets/..%2findex.html", "/index.html"] {
        assert_eq!(app.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn files_come_packed_and_may_be_kept() {
    let app = TestApp::start(TestStore::sqlite().await).await;
    let html = app.get("/").await.text;
    let mut first_load = 0;
    for file in files(&html) {
        let path = format!("/assets/{file}");
        let plain = get(&app, &path, "identity").await;
        assert_eq!((plain.status, plain.header("content-encoding")), (200, ""), "{file}");
        for encoding in ["gzip", "br"] {
            let packed = get(&app, &path, &format!("deflate, {encoding}")).await;
            assert_eq!(packed.header("content-encoding"), encoding, "{file}");
            assert_eq!(packed.header("cache-control"), "public, max-age=31536000, immutable");
            assert_eq!(packed.header("vary"), "accept-encoding");
            assert_eq!(packed.header("x-content-type-options"), "nosniff");
            if encoding == "gzip" {
                first_load += packed.header("content-length").parse::<usize>().unwrap();
            }
        }
    }
    assert!((10_000..300_000).contains(&first_load), "{first_load} bytes");
}

/// The compiler checks the page against the interface only if its descriptions are those of today.
#[tokio::test]
async fn the_pages_client_is_made_from_this_interface() {
    let documents = [
        ("openapi", docent::app::openapi().to_pretty_json().unwrap()),
        ("asyncapi", docent::doors::asyncapi::document().to_string()),
    ];
    for (kind, document) in documents {
        let mut check = Command::new("node")
            .args(["scripts/api.mjs", kind, "--check"])
            .current_dir(page())
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        check.stdin.take().unwrap().write_all(document.as_bytes()).await.unwrap();
        assert!(check.wait().await.unwrap().success(), "{kind}: run `make api`");
    }
}
