//! The description of the interface: complete, true to the routes, and to the contract where that is at hand.

use std::collections::BTreeSet;
use std::path::Path;

use reqwest::Method;

use crate::support::app::{Answer, TestApp};
use crate::support::databases::TestStore;

/// Parts of the contract that belong to accounts, to later work, or to other listeners.
const ELSEWHERE: &[&str] = &["GET /metrics"];

/// `METHOD /path` of every operation, with nameless parameters.
fn described() -> BTreeSet<String> {
    let document = serde_json::to_value(docent::app::openapi()).unwrap();
    let mut operations = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            operations.insert(format!("{} {}", method.to_uppercase(), nameless(path)));
        }
    }
    operations
}

fn nameless(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_described_operation_is_routed_and_has_a_name_of_its_own() {
    let app = TestApp::start(TestStore::sqlite().await).await;
    let document = app.get("/api/openapi.json").await.json();
    let mut names = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "{name} twice");
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let path = path
                .replace("{file}", "nothing")
                .replace("{model}", "project:999")
                .replace("{session_id}", "999");
            let path = path.replace("{id}", "999").replace("{message_id}", "999");
            let answer = Answer::of(app.request(method.clone(), &path)).await;
            assert!(!answer.text.contains("There is nothing at this address"), "{method} {path}");
            assert_ne!(answer.status, 405, "{method} {path}");
            assert_ne!(answer.status, 500, "{method} {path}");
        }
    }
    assert!(names.len() > 50, "{names:?}");
}

#[test]
fn the_contract_is_kept() {
    let Some(contract) = ["../shared", "../../shared"].iter().find_map(|shared| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(shared).join("wire/rest.md");
        fs_err::read_to_string(path).ok()
    }) else {
        return;
    };
    let (_, ours) = contract.split_once("## Projects").unwrap();
    let described = described();
    let mut promised = 0;
    for cell in
        ours.lines().filter(|line| line.starts_with('|')).flat_map(|line| line.split('`').skip(1).step_by(2))
    {
        let Some((methods, path)) = cell.split_once(' ').filter(|(_, path)| path.starts_with('/')) else {
            continue;
        };
        let path = path.split(['?', ' ']).next().unwrap();
        let path = path.replace("[/{user_id}]", "");
        for method in methods.split('/') {
            promised += 1;
            let operation = format!("{method} {}", nameless(&path));
            let at_root = described.contains(&operation);
            let under_api = described.contains(&operation.replacen(" /", " /api/", 1));
            assert!(
                at_root || under_api || ELSEWHERE.contains(&operation.as_str()),
                "{operation} is missing"
            );
        }
    }
    assert!(promised > 30, "the contract was not understood: {promised}");
}

#[tokio::test]
async fn the_pages_load_under_their_own_strict_policy() {
    let app = TestApp::start(TestStore::sqlite().await).await;
    let page = app.get("/docs").await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self';") && policy.contains("default-src 'none'"), "{policy}");
    let sources = page.text.split("=\"/docs/assets/").skip(1).map(|rest| rest.split('"').next().unwrap());
    for file in sources {
        let asset = app.get(&format!("/docs/assets/{file}")).await;
        assert_eq!(asset.status, 200, "{file}");
        assert!(asset.text.len() > 100, "{file}");
    }
    let initializer = app.get("/docs/assets/swagger-initializer.js").await;
    assert!(initializer.text.contains("/api/openapi.json"), "{}", initializer.text);
    assert_eq!(app.get("/docs/assets/..%2f..%2fetc%2fpasswd").await.status, 404);

    let errors = app.get("/docs/errors").await;
    assert!(errors.text.contains("<tr id=\"chat_busy\">"), "{}", errors.text);
}
