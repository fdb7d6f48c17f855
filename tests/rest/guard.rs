//! What stands around all routes.

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HOST, ORIGIN};
use serde_json::json;

use crate::support::app::{Answer, TestApp};
use crate::support::databases::TestStore;

async fn app() -> TestApp {
    TestApp::start(TestStore::sqlite().await).await
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problems_too() {
    let app = app().await;
    insta::assert_snapshot!(app.get("/api/nothing").await.problem(), @"404 not_found: There is nothing at this address; see /docs");
    insta::assert_snapshot!(app.get("/nothing").await.problem(), @"404 not_found: There is nothing at this address; see /docs");
    insta::assert_snapshot!(app.delete("/api/projects").await.problem(), @"405 method_not_allowed: See /docs for what this address takes");
    insta::assert_snapshot!(app.get("/api/nothing").await.shown(), @r#"
    404 {
      "type": "/docs/errors#not_found",
      "title": "Not found",
      "status": 404,
      "detail": "There is nothing at this address; see /docs",
      "code": "not_found",
      "request_id": "[request_id]"
    }
    "#);
}

#[tokio::test]
async fn a_trailing_slash_makes_no_difference() {
    let app = app().await;
    assert_eq!(app.get("/api/projects/").await.json(), app.get("/api/projects").await.json());
    assert_eq!(app.get("/api/projects/1/").await.status, 200);
    assert_eq!(app.post("/api/projects/", json!({"name": "x"})).await.status, 201);
}

#[tokio::test]
async fn compressed_bodies_are_refused_and_told_so() {
    let app = app().await;
    let packed = |coding: &str| {
        let request = app.request(Method::POST, "/api/projects").json(&json!({"name": "x"}));
        request.header("content-encoding", coding.to_owned())
    };
    let refused = Answer::of(packed("gzip")).await;
    assert_eq!(refused.header("accept-encoding"), "identity");
    insta::assert_snapshot!(refused.problem(), @"415 unsupported_media_type: Send the body as it is, without `Content-Encoding`");
    assert_eq!(Answer::of(packed("identity")).await.status, 201);
}

#[tokio::test]
async fn only_loopback_names_reach_a_server_without_authentication() {
    let app = app().await;
    let evil = app.request(Method::GET, "/api/projects").header(HOST, "evil.example");
    insta::assert_snapshot!(Answer::of(evil).await.problem(), @"403 forbidden: without authentication this server answers only to localhost, 127.0.0.1 or [::1]; use one of these addresses, or turn authentication on (DOCENT_AUTH=on)");
    let port = app.address.rsplit(':').next().unwrap();
    let named = app.request(Method::GET, "/api/projects").header(HOST, format!("localhost:{port}"));
    assert_eq!(Answer::of(named).await.status, 200);
}

#[tokio::test]
async fn foreign_pages_change_nothing() {
    let app = app().await;
    let post = |origin: &str| {
        app.request(Method::POST, "/api/projects").json(&json!({"name": "x"})).header(ORIGIN, origin)
    };
    insta::assert_snapshot!(Answer::of(post("https://evil.example")).await.problem(), @"403 forbidden: this web page may not use the server; add its origin to ALLOWED_ORIGINS if it should");
    assert_eq!(Answer::of(post("null")).await.status, 403);
    assert_eq!(Answer::of(post(&app.address)).await.status, 201);

    let listed = Answer::of(post("https://docs.example.org")).await;
    assert_eq!(listed.status, 201);
    assert_eq!(listed.header("access-control-allow-origin"), "https://docs.example.org");
    assert_eq!(listed.header("vary"), "Origin");

    let read = app.request(Method::GET, "/api/projects").header(ORIGIN, "https://evil.example");
    let read = Answer::of(read).await;
    assert_eq!((read.status, read.header("access-control-allow-origin")), (200, ""), "sent, but unreadable");
}

#[tokio::test]
async fn preflights_are_answered_for_listed_origins_alone() {
    let app = app().await;
    let ask = |origin: &str| {
        app.request(Method::OPTIONS, "/api/projects")
            .header(ORIGIN, origin)
            .header("access-control-request-method", "POST")
    };
    let listed = Answer::of(ask("https://docs.example.org")).await;
    assert_eq!(listed.status, 204);
    assert_eq!(listed.header("access-control-allow-origin"), "https://docs.example.org");
    assert!(listed.header("access-control-allow-headers").contains("idempotency-key"));
    let foreign = Answer::of(ask("https://evil.example")).await;
    assert_eq!(foreign.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn every_answer_keeps_browsers_strict_and_names_its_request() {
    let app = app().await;
    for path in ["/api/projects", "/api/nothing"] {
        let answer = app.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
        assert_eq!(answer.header("x-request-id").len(), 32);
    }
    let named = app.request(Method::GET, "/api/projects").header("x-request-id", "from-a-proxy-7");
    assert_eq!(Answer::of(named).await.header("x-request-id"), "from-a-proxy-7");
    let forged = app.request(Method::GET, "/api/projects").header("x-request-id", "a b; c");
    assert_eq!(Answer::of(forged).await.header("x-request-id").len(), 32);
}

#[tokio::test]
async fn bodies_must_be_json_and_not_too_deep() {
    let app = app().await;
    let send = |kind: &'static str, body: String| {
        app.request(Method::POST, "/api/projects").header(CONTENT_TYPE, kind).body(body)
    };
    let json = "application/json";
    insta::assert_snapshot!(Answer::of(send("text/plain", r#"{"name":"x"}"#.into())).await.problem(), @"415 unsupported_media_type: Send the body as JSON, with the header `Content-Type: application/json`");
    insta::assert_snapshot!(Answer::of(send(json, r#"{"name":"#.into())).await.problem(), @"400 bad_request: The body is not valid JSON (line 1, column 8)");
    insta::assert_snapshot!(Answer::of(send(json, String::new())).await.problem(), @"400 bad_request: The body is not valid JSON (line 1, column 0)");
    let deep = format!(r#"{{"name": "x", "settings": {}{}}}"#, r#"{"a":"#.repeat(50), "}".repeat(50));
    insta::assert_snapshot!(Answer::of(send(json, deep)).await.problem(), @"400 bad_request: Arrays and objects may be nested at most 32 deep");
    let check = |kind: &'static str, body: &'static str| {
        app.request(Method::POST, "/api/maintenance/check").header(CONTENT_TYPE, kind).body(body)
    };
    insta::assert_snapshot!(Answer::of(check("text/plain", r#"{"repair":false}"#)).await.problem(), @"415 unsupported_media_type: Send the body as JSON, with the header `Content-Type: application/json`");
    assert_eq!(Answer::of(check("text/plain", "")).await.status, 200, "nothing is of no media type");
    let charset = send("application/json; charset=utf-8", r#"{"name":"x"}"#.into());
    assert_eq!(Answer::of(charset).await.status, 201);
}

#[tokio::test]
async fn sockets_are_open_to_listed_pages_and_to_no_others() {
    let app = app().await;
    let path = "/socket.io/?EIO=4&transport=polling";
    let open = |origin: &str| app.request(Method::GET, path).header(ORIGIN, origin);
    let listed = Answer::of(open("https://docs.example.org")).await;
    assert_eq!(listed.status, 200, "{listed:?}");
    for (name, value) in [
        ("access-control-allow-origin", "https://docs.example.org"),
        ("access-control-allow-credentials", "true"),
        ("vary", "Origin"),
    ] {
        let said: Vec<_> = listed.headers.get_all(name).iter().collect();
        assert_eq!(said, [value], "{name}, once");
    }
    let foreign = Answer::of(open("https://evil.example")).await;
    assert_eq!((foreign.status, foreign.header("access-control-allow-origin")), (403, ""));
    let own = Answer::of(open(&app.address)).await;
    assert_eq!((own.status, own.header("access-control-allow-origin")), (200, ""));
}
