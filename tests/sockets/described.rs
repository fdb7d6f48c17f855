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
        let text = fs_err::read_to_string(folder.join(file)).unwrap();
        let shared = *door != "assistant rooms";
        let ours: Vec<(&String, &Value)> = messages
            .iter()
            .filter(|(_, message)| {
                let of = &message["tags"][0]["name"];
                of == *door || (shared && of == "all doors")
            })
            .collect();
        for name in events_of_clients(&text) {
            let found = ours
                .iter()
                .any(|(key, message)| key.starts_with("client.") && message["name"] == name.as_str());
            assert!(found, "{file}: {name} is not described");
        }
        let promises = if shared { promises(&text) } else { promises_after_arrows(&text) };
        assert!(!promises.is_empty(), "{file} was not understood");
        for promised in promises {
            let same: Vec<&Value> = ours
                .iter()
                .map(|(_, message)| *message)
                .filter(|message| word(message["name"].as_str().unwrap()) == promised.name)
                .collect();
            assert!(!same.is_empty(), "{file}: {promised:?} is not described");
            held += 1;
            let lack: Vec<_> = same.iter().map(|message| missing(&document, message, &promised)).collect();
            assert!(lack.iter().any(Vec::is_empty), "{file}: {promised:?} lacks {lack:?}");
        }
    }
    assert!(held > 60, "the contract was not understood: {held}");
}

#[test]
fn whatever_is_sent_by_name_is_described_and_the_other_way_round() {
    let document = docent::doors::asyncapi::document();
    let messages = document["components"]["messages"].as_object().unwrap();
    let names = |from: &str| -> BTreeSet<String> {
        let ours = messages.iter().filter(|(key, _)| key.starts_with(from));
        ours.map(|(_, message)| word(message["name"].as_str().unwrap()).to_owned()).collect()
    };
    let described = names("server.");
    let mut written = String::new();
    for folder in ["src/doors", "src/wire"] {
        read_sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut written);
    }
    let mut sent = BTreeSet::new();
    for before in ["Parcel::event(\"", "named(\"", ".event(\""] {
        for part in written.split(before).skip(1) {
            sent.insert(part.split('"').next().unwrap().to_owned());
        }
    }
    assert!(sent.len() > 30, "the sources were not understood: {sent:?}");
    let unknown: Vec<_> = sent.difference(&described).collect();
    assert!(unknown.is_empty(), "sent, and not described: {unknown:?}");
    let unsent: Vec<_> = described.iter().filter(|name| !written.contains(&format!("\"{name}\""))).collect();
    assert!(unsent.is_empty(), "described, and never sent: {unsent:?}");

    let read: BTreeSet<String> =
        docent::doors::namespaces().flat_map(docent::doors::events).map(str::to_owned).collect();
    let mut asked = names("client.");
    // The frame of a native WebSocket has no name.
    assert!(asked.remove("message"));
    assert_eq!(read, asked);
}

/// What the doors on sockets do, without their tests and descriptions. OpenAI's API has no socket.
fn read_sources(folder: &Path, into: &mut String) {
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.ends_with("doors/openai") {
            continue;
        }
        if path.is_dir() {
            read_sources(&path, into);
        } else if path.file_name().is_some_and(|name| name != "described.rs" && name != "events.rs") {
            let text = fs_err::read_to_string(&path).unwrap();
            into.push_str(text.split("#[cfg(test)]").next().unwrap());
        }
    }
}

fn word(name: &str) -> &str {
    name.split(' ').next().unwrap_or_default()
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
    // What each of several may have is not required of all.
    for part in schema["oneOf"].as_array().into_iter().flatten() {
        collect(document, part, properties, &mut BTreeSet::new());
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

/// Every `name {id}` → `{field, field?, …}`: events whose names end with an id. Where two are followed by one arrow,
/// it is for both; and each row `name | {field, …}` of the table.
fn promises_after_arrows(text: &str) -> Vec<Promised> {
    let mut found = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    // Two names with a stroke between them have two payloads with a stroke between them.
    let mut each = 0;
    let parts: Vec<&str> = text.split('`').collect();
    for part in parts.windows(3).step_by(2) {
        let &[before, code, after] = part else { continue };
        let before = before.trim();
        if is_name(word(code)) {
            if before != "or" && before != "/" {
                names.clear();
            }
            each = if before == "/" { 1 } else { 0 };
            names.push(word(code));
        } else if let Some(fields) = code.strip_prefix('{').and_then(fields_of) {
            let of = if each > 0 { names.get(each - 1..each).unwrap_or_default() } else { &names[..] };
            if before.ends_with('→') || before == "|" || before == "/" {
                let promise = |name: &&str| Promised { name: (*name).to_owned(), fields: fields.clone() };
                found.extend(of.iter().map(promise));
            }
            each += usize::from(each > 0);
        }
        if after.contains('\n') && !after.trim_start().starts_with('→') {
            names.clear();
        }
    }
    found
}

/// Every `name {field, field?, …}` in the text, and each row `name | {field, …}` of a table.
fn promises(text: &str) -> Vec<Promised> {
    let mut found = Vec::new();
    for line in text.lines() {
        let codes: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
        for code in &codes {
            let parts = code.split_once(" {").map(|(name, fields)| (name.trim_end_matches(" ="), fields));
            if let Some((name, fields)) = parts.filter(|(name, _)| is_name(name)) {
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

/// Kinds of `project_update`, which are written like events.
const KINDS: &[&str] = &["document_added", "document_deleted"];

fn is_name(text: &str) -> bool {
    if text.ends_with(':') || KINDS.contains(&text) {
        return false;
    }
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

#[test]
fn the_contract_of_rooms_is_understood() {
    let text = "| `find {x}` | `{a}` | `found {a}` or `lost {a}` → `{b, c?}` |\n\
        | `yes {r}` / `no {r}` | `{d}` / `{e}` | ends |\nthen `more {r}` →\n`{f}`; `{g}` is nothing";
    let told: Vec<String> = promises_after_arrows(text)
        .iter()
        .map(|promised| {
            let fields: Vec<&str> = promised.fields.iter().map(|(name, _)| name.as_str()).collect();
            format!("{} {}", promised.name, fields.join(" "))
        })
        .collect();
    assert_eq!(told, ["find a", "found b c", "lost b c", "yes d", "no e", "more f"]);
}

#[tokio::test]
async fn what_is_required_is_missed_by_its_name() {
    let server = Server::start().await;
    let mut client = server.javascript().await;
    let document = docent::doors::asyncapi::document();
    for (key, message) in document["components"]["messages"].as_object().unwrap() {
        // Of the namespace `/`; a session has to be connected to before its message is looked at.
        if !key.starts_with("client.") || key.matches('.').count() > 1 || key == "client.ai_message" {
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
