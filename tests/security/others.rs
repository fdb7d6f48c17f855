//! The routes that doors serve beside REST, asked for by everybody.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::table::{self, Who};
use super::world::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_gets_from_the_doors_own_routes_what_the_table_says() {
    let world = World::start().await;
    let table = table::read(include_str!("others.tsv"));
    let ask = json!([{"role": "user", "content": "What do herons eat?"}]);
    let model = format!("project:{}", world.project);
    let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"});
    let requests: [(&str, Method, &str, Value); 6] = [
        ("models", Method::GET, "/v1/models", json!({})),
        ("completions", Method::POST, "/v1/chat/completions", json!({"model": model, "messages": ask})),
        ("embeddings", Method::POST, "/v1/embeddings", json!({"model": "hash/384", "input": "herons"})),
        ("ai_chat", Method::POST, "/api/v2/ai/chat/stream", json!({"message": "What do herons eat?"})),
        ("mcp", Method::POST, "/mcp", list),
        ("metrics", Method::GET, "/metrics", json!({})),
    ];
    assert_eq!(table.len(), requests.len());
    let mut wrong = Vec::new();
    for (name, method, path, body) in requests {
        for who in Who::ALL {
            let sent = world.send(world.token(who), method.clone(), path, Some(body.clone())).await;
            let seen = outcome(sent.0);
            if seen != table[name][&who] {
                wrong.push(format!(
                    "{name} as {}: {seen}, not {}: {}",
                    who.name(),
                    table[name][&who],
                    sent.1
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    world.stop().await;
}

fn outcome(status: StatusCode) -> String {
    match status.as_u16() {
        code @ (401 | 403 | 404 | 500..) => code.to_string(),
        _ => "ok".to_owned(),
    }
}
