//! Every REST operation, asked for by everybody.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::table::{self, Who};
use super::world::{PASSWORD, World};

/// One operation of the OpenAPI document.
struct Operation {
    name: String,
    method: Method,
    path: String,
}

/// What an operation works on.
struct Things {
    project: i64,
    chat: i64,
    answer: i64,
    document: i64,
    job: i64,
    key: i64,
    user: i64,
    entity: i64,
    related: i64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_may_do_what_the_matrix_says_and_nothing_else() {
    let mut world = World::start().await;
    let matrix = table::read(include_str!("operations.tsv"));
    let operations = operations();
    let known: BTreeSet<&str> = operations.iter().map(|operation| operation.name.as_str()).collect();
    let listed: BTreeSet<&str> = matrix.keys().map(|name| name.split('@').next().unwrap()).collect();
    assert_eq!(
        known, listed,
        "every operation has an entry in tests/security/operations.tsv, and none is left over"
    );

    let mut wrong = Vec::new();
    for (entry, row) in &matrix {
        let (name, variant) = entry.split_once('@').map_or((entry.as_str(), ""), |(name, on)| (name, on));
        let operation = operations.iter().find(|operation| operation.name == name).unwrap();
        // Who is refused leaves everything as it was.
        let mut things = None;
        for who in Who::ALL {
            let expected = &row[&who];
            let on = match things.take() {
                Some(things) => things,
                None => Things::new(&world, name, variant).await,
            };
            let (status, answer) = ask(&world, operation, &on, who).await;
            let seen = outcome(status, &answer, expected);
            if seen != *expected {
                wrong.push(format!("{entry} as {}: {seen}, not {expected}: {answer}", who.name()));
            }
            if expected == "401" || expected == "404" || expected == "403" {
                things = Some(on);
            } else if World::has_account(who) && matches!(name, "logout" | "change_password") {
                world.sign_in(who).await;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    world.stop().await;
}

fn outcome(status: StatusCode, answer: &Value, expected: &str) -> String {
    match status.as_u16() {
        code @ (401 | 403 | 404) => code.to_string(),
        code @ 500.. => format!("{code}: the server failed"),
        _ if expected == "none" && answer["successful"] == 0 => "none".to_owned(),
        _ => "ok".to_owned(),
    }
}

fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(docent::app::openapi_json()).unwrap();
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            found.push(Operation {
                name: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
            });
        }
    }
    found
}

async fn ask(world: &World, operation: &Operation, on: &Things, who: Who) -> (StatusCode, Value) {
    let path = on.path(operation);
    let token = world.token(who);
    match operation.name.as_str() {
        "upload_document" => world.upload(token, &path, "file").await,
        "upload_documents" => world.upload(token, &path, "files").await,
        "import_project" => world.import(token, &path).await,
        name => world.send(token, operation.method.clone(), &path, on.body(name)).await,
    }
}

impl Things {
    async fn new(world: &World, operation: &str, variant: &str) -> Self {
        let changes_project = matches!(
            operation,
            "delete_project"
                | "restore_project"
                | "add_member"
                | "set_member"
                | "remove_member"
                | "link_entity"
                | "unlink_entity"
        );
        let project = if changes_project { world.new_project().await } else { world.project };
        let private = variant == "private";
        let chat = match private {
            true => world.new_private_chat(project).await,
            false => world.new_chat(project).await,
        };
        let mut things =
            Self { project, chat, answer: 0, document: 0, job: 0, key: 0, user: 0, entity: 0, related: 0 };
        if matches!(
            operation,
            "give_feedback" | "regenerate_answer" | "answer_trace" | "summarise_chat" | "list_messages"
        ) {
            let who = if private { Who::Viewer } else { Who::Owner };
            things.answer = world.new_answer(chat, who).await;
        }
        if operation.contains("document") || operation.ends_with("_job") {
            things.document = world.new_document(project).await;
        }
        if operation.ends_with("_job") {
            things.job = world.admin(Method::GET, "/api/jobs", json!({})).await[0]["id"].as_i64().unwrap();
        }
        if operation.contains("entit") {
            things.add_entities(world, operation).await;
        }
        things.add_people(world, operation).await;
        if operation == "restore_project" {
            let path = format!("/api/projects/{project}?hard_delete=false");
            world.admin(Method::DELETE, &path, json!({})).await;
        }
        things
    }

    async fn add_people(&mut self, world: &World, operation: &str) {
        if operation == "delete_api_key" {
            let name = Some(json!({"name": "k"}));
            let (_, made) =
                world.send(world.token(Who::Owner), Method::POST, "/api/auth/api-keys", name).await;
            self.key = made["id"].as_i64().unwrap();
        }
        if matches!(
            operation,
            "update_user" | "delete_user" | "grant_entity" | "revoke_entity" | "set_member" | "remove_member"
        ) {
            let name = format!("u{}", rand::random::<u64>());
            let account = json!({"username": name, "password": PASSWORD});
            self.user = world.admin(Method::POST, "/api/users", account).await["id"].as_i64().unwrap();
        }
        if operation == "remove_member" {
            let path = format!("/api/projects/{}/members/{}", self.project, self.user);
            world.admin(Method::PUT, &path, json!({"role": "viewer"})).await;
        }
        if operation == "revoke_entity" {
            let path = format!("/api/entities/{}/users/{}", self.entity, self.user);
            world.admin(Method::PUT, &path, json!({})).await;
        }
    }

    /// The owner acts for both, so that a project's owner may link one.
    async fn add_entities(&mut self, world: &World, operation: &str) {
        for id in [&mut self.entity, &mut self.related] {
            let made =
                world.admin(Method::POST, "/api/entities", json!({"kind": "patient", "name": "N"})).await;
            *id = made["id"].as_i64().unwrap();
            let path = format!("/api/entities/{id}/users/{}", world.id(Who::Owner));
            world.admin(Method::PUT, &path, json!({"relation": "self"})).await;
        }
        let (entity, related, project) = (self.entity, self.related, self.project);
        match operation {
            "unrelate_entities" => {
                let path = format!("/api/entities/{entity}/related/{related}");
                world.admin(Method::PUT, &path, json!({})).await;
            }
            "unlink_entity" => {
                let path = format!("/api/projects/{project}/entities/{related}");
                world.admin(Method::PUT, &path, json!({})).await;
            }
            _ => {}
        }
    }

    fn path(&self, operation: &Operation) -> String {
        let resource = operation.path.split('/').find(|part| !part.is_empty() && *part != "api").unwrap();
        let id = match resource {
            "auth" => self.key,
            "chats" => self.chat,
            "documents" => self.document,
            "entities" => self.entity,
            "jobs" => self.job,
            "analytics" | "projects" => self.project,
            "users" => self.user,
            _ => 0,
        };
        let query =
            if operation.path.ends_with("/search") && operation.method == Method::GET { "?q=a" } else { "" };
        let path = operation
            .path
            .replace("{id}", &id.to_string())
            .replace("{message_id}", &self.answer.to_string())
            .replace("{user_id}", &self.user.to_string())
            .replace("{entity_id}", &self.related.to_string())
            .replace("{version}", "1")
            .replace("{file}", "swagger-ui.css")
            .replace("{model}", &format!("project:{}", self.project))
            .replace("{session_id}", &self.chat.to_string());
        assert!(!path.contains('{'), "no value for {}", operation.path);
        path + query
    }

    fn body(&self, operation: &str) -> Option<Value> {
        let ids = json!({"document_ids": [self.document]});
        Some(match operation {
            "ai_chat_stream" => json!({"message": "What do herons eat?"}),
            "create_chat_completion" => {
                let question = json!([{"role": "user", "content": "What do herons eat?"}]);
                json!({"model": format!("project:{}", self.project), "messages": question})
            }
            "create_completion" => {
                json!({"model": format!("project:{}", self.project), "prompt": "What do herons eat?"})
            }
            "create_response" => {
                json!({"model": format!("project:{}", self.project), "input": "What do herons eat?"})
            }
            "create_embeddings" => json!({"model": "hash/384", "input": "herons"}),
            "mcp" => json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}),
            "login" | "login_v1" => json!({"username": "viewer", "password": PASSWORD}),
            "change_password" => json!({"current_password": PASSWORD, "new_password": PASSWORD}),
            "create_user" => json!({"username": format!("n{}", rand::random::<u64>()), "password": PASSWORD}),
            "create_entity" => json!({"kind": "doctor", "name": "D"}),
            "create_project" | "update_project" => json!({"name": "New"}),
            "create_chat" => json!({"project_id": self.project}),
            "rename_chat" => json!({"title": "New"}),
            "send_message" => json!({"message": "What do herons eat?"}),
            "search_project" | "test_retrieval" => json!({"query": "herons"}),
            "add_member" => json!({"username": Who::Stranger.name(), "role": "viewer"}),
            "set_member" => json!({"role": "viewer"}),
            "delete_documents" | "process_documents" => ids,
            "update_document" => json!({"filename": "new.txt"}),
            _ => json!({}),
        })
    }
}
