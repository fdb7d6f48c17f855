//! The description of the sockets, held against the contract where that is at hand.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use super::server::Server;
use crate::support::app::TestApp;
use crate::support::databases::TestStore;

/// Files of the contract, and the doors that they are about.
const DOORS: &[(&str, &str)] = &[
    ("ai-chat.md", "AI chat"),
    ("ai-session.md", "AI session"),
    ("assistant-rooms.md", "assistant rooms"),
    ("conversations.md", "conversations"),
    ("project-rooms.md", "project rooms"),
];

/// An event as the contract writes it down: its name, and the fields of its payload, with whether they may be missing.
#[derive(Debug, PartialEq)]
struct Promised {
    name: String,
    fields: Vec<(String, bool)>,
}

#[tokio::test]
async fn it_is_served() {
    let app = TestApp::start(TestStore::sqlite().await).await;
    let served = app.get("/api/asyncapi.json").await;
    assert_eq!((served.status, served.json()["asyncapi"].clone()), (200, "3.0.0".into()));
    assert_eq!(served.json(), docent::doors::asyncapi::document());
}

#[test]
fn the_contract_is_kept() {
    let Some(folder) = ["../shared", "../../shared"]
        .iter()
        .map(|shared| Path::new(env!("CARGO_MANIFEST_DIR")).join(shared).join("wire"))
        .find(|folder| folder.exists())
    else {
        println!("skipped: ../shared/wire is not there");
        return;
    };
    let document = docent::doors::asyncapi::document();
    let messages = document["components"]["messages"].as_object().unwrap();
    let mut held = 0;
    for (file, door) in DOORS {
        let of_door = |message: &&Value| {
            message["tags"][0]["name"] == *door || message["tags"][0]["name"] == "all doors"
        };
        if !messages.values().any(|message| message["tags"][0]["name"] == *door) {
            println!("skipped: the door of {file} is not described yet");
            continue;
        }
        let text = fs_err::read_to_string(folder.join(file)).unwrap();
        let ours: Vec<(&String, &Value)> = messages.iter().filter(|(_, message)| of_door(message)).collect();
        for name in events_of_clients(&text) {
            let found = ours
                .iter()
                .any(|(key, message)| key.starts_with("client.") && message["name"] == name.as_str());
            assert!(found, "{file}: {name} is not described");
        }
        for promised in promises(&text) {
            let same: Vec<&Value> = ours
                .iter()
                .map(|(_, message)| *message)
                .filter(|message| message["name"] == promised.name.as_str())
                .collect();
            if same.is_empty() {
                continue;
            }
            held += 1;
            let fits = same.iter().any(|message| missing(&document, message, &promised).is_empty());
            let lack: Vec<_> = same.iter().map(|message| missing(&document, message, &promised)).collect();
            assert!(fits, "{file}: {promised:?} lacks {lack:?}");
        }
    }
    assert!(held > 15, "the contract was not understood: {held}");
}

/// Fields that the contract promises and the schema does not have, or not as surely.
fn missing(document: &Value, message: &Value, promised: &Promised) -> Vec<String> {
    let reference = message["payload"]["$ref"].as_str().unwrap();
    let (mut properties, mut required) = (BTreeSet::new(), BTreeSet::new());
    collect(document, document.pointer(&reference[1..]).unwrap(), &mut properties, &mut required);
    let may_miss = |name: &String| promised.fields.iter().any(|(field, may_miss)| field == name && *may_miss);
    let absent = promised.fields.iter().filter(|(field, _)| !properties.contains(field));
    let too_sure = required.iter().filter(|name| may_miss(name));
    absent
        .map(|(field, _)| field.clone())
        .chain(too_sure.map(|name| format!("{name} may be missing")))
        .collect()
}

fn collect(
    document: &Value,
    schema: &Value,
    properties: &mut BTreeSet<String>,
    required: &mut BTreeSet<String>,
) {
    if let Some(reference) = schema["$ref"].as_str() {
        collect(document, document.pointer(&reference[1..]).unwrap(), properties, required);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        collect(document, part, properties, required);
    }
    properties.extend(schema["properties"].as_object().into_iter().flat_map(|fields| fields.keys().cloned()));
    let names = schema["required"].as_array().into_iter().flatten();
    required.extend(names.map(|name| name.as_str().unwrap().to_owned()));
}

/// The names in the first column of the table of what clients send.
fn events_of_clients(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut names = Vec::new();
    for line in text.lines() {
        if line.starts_with('|') {
            inside |= line.to_lowercase().contains("client to server") || line.starts_with("| event");
            let first = line.split('|').nth(1).unwrap_or_default();
            if inside {
                names.extend(
                    first
                        .split('`')
                        .skip(1)
                        .step_by(2)
                        .map(|name| name.split(' ').next().unwrap().to_owned()),
                );
            }
        } else {
            if line.starts_with("## ") && line.contains("Server to client") {
                break;
            }
            inside = false;
        }
    }
    names
}

/// Every `name {field, field?, …}` in the text, and each row `name | {field, …}` of a table.
fn promises(text: &str) -> Vec<Promised> {
    let mut found = Vec::new();
    for line in text.lines() {
        let codes: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
        for code in &codes {
            if let Some((name, fields)) = code.split_once(" {").filter(|(name, _)| is_name(name)) {
                found.extend(fields_of(fields).map(|fields| Promised { name: name.to_owned(), fields }));
            }
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if line.starts_with('|') && cells.len() > 2 {
            let payload = cells[2].split('`').nth(1).and_then(|code| code.strip_prefix('{'));
            for name in cells[1].split('`').skip(1).step_by(2).filter(|name| is_name(name)) {
                let fields = payload.and_then(fields_of);
                found.extend(fields.map(|fields| Promised { name: name.to_owned(), fields }));
            }
        }
    }
    found
}

fn is_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b':') && !text.is_empty()
}

/// The names between the braces at the first level; `None` if that is no list of fields.
fn fields_of(text: &str) -> Option<Vec<(String, bool)>> {
    let (mut depth, mut names, mut word) = (1, Vec::new(), String::new());
    for c in text.chars() {
        match c {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && c == ',') {
            names.push(std::mem::take(&mut word));
            if depth == 0 {
                break;
            }
        } else {
            word.push(c);
        }
    }
    if depth != 0 {
        return None;
    }
    let field = |word: String| {
        let name = word.split(':').next().unwrap_or_default().trim();
        let plain = name.trim_end_matches('?').to_owned();
        let known =
            !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        known.then(|| (plain, name.ends_with('?')))
    };
    Some(names.into_iter().filter_map(field).collect())
}

#[test]
fn the_contract_is_understood() {
    let text = "| `send_message` | `{chat_id, message, model?}` | the turn |\n`read {chat_id, user: {id, name}, x?}` to";
    let told = promises(text);
    assert_eq!(told[0].name, "send_message");
    assert_eq!(
        told[0].fields,
        [("chat_id".to_owned(), false), ("message".to_owned(), false), ("model".to_owned(), true)]
    );
    assert_eq!(
        told[1].fields,
        [("chat_id".to_owned(), false), ("user".to_owned(), false), ("x".to_owned(), true)]
    );
}

#[tokio::test]
async fn what_is_required_is_missed_by_its_name() {
    let server = Server::start().await;
    let mut client = server.javascript().await;
    let document = docent::doors::asyncapi::document();
    for (key, message) in document["components"]["messages"].as_object().unwrap() {
        if !key.starts_with("client.") || message["tags"][0]["name"] != "project rooms" {
            continue;
        }
        let reference = message["payload"]["$ref"].as_str().unwrap();
        let (mut properties, mut required) = (BTreeSet::new(), BTreeSet::new());
        collect(&document, document.pointer(&reference[1..]).unwrap(), &mut properties, &mut required);
        let name = message["name"].as_str().unwrap();
        let answer = client.ask(name, json!({})).await;
        if required.is_empty() {
            assert_eq!(answer["ok"], true, "{name}: {answer}");
            continue;
        }
        let text = answer["error"]["message"].as_str().unwrap();
        let field = text.split('`').nth(1).unwrap();
        assert!(required.contains(field) && text.contains("is missing"), "{name}: {answer}");
    }
}
