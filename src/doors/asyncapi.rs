//! The AsyncAPI document: every event on the sockets, made from the types that are sent and from what is read.
//!
//! Each door keeps a list of its events beside its wire types; `DOORS` collects the lists.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

use super::{described, project_rooms};
use crate::auth::Auth;
use crate::auth::credentials::token_of;
use crate::domain::{Clock, Code, Fault};

/// The list of each door, and of what all share.
const DOORS: &[&[Described]] = &[described::EVENTS, project_rooms::DESCRIBED];

/// Who sends an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    Client,
    Server,
}

/// One event, as clients are told of it.
pub(super) struct Described {
    /// With what varies in it in braces: `room_joined {room_id}`.
    pub(super) name: &'static str,
    pub(super) from: From,
    pub(super) door: &'static str,
    pub(super) namespace: &'static str,
    pub(super) summary: &'static str,
    /// Of a client's event: the events that answer it.
    pub(super) answers: &'static [&'static str],
    pub(super) payload: fn() -> Payload,
}

/// The schema of a payload, and those that it refers to.
pub(super) struct Payload {
    name: String,
    schema: RefOr<Schema>,
    parts: Vec<(String, RefOr<Schema>)>,
}

/// The schema of a type.
pub(super) fn payload<T: ToSchema>() -> Payload {
    let mut parts = Vec::new();
    T::schemas(&mut parts);
    Payload { name: T::name().into_owned(), schema: T::schema(), parts }
}

/// `GET /api/asyncapi.json`, for whoever may read the description of the REST interface, too.
pub fn routes(auth: Auth, clock: Arc<dyn Clock>) -> Router {
    Router::new().route("/api/asyncapi.json", get(handler)).with_state((auth, clock))
}

async fn handler(
    State((auth, clock)): State<(Auth, Arc<dyn Clock>)>,
    headers: HeaderMap,
) -> Result<Json<Value>, Fault> {
    let caller = auth.require(token_of(&headers), clock.now()).await?;
    if !caller.scope.everything() {
        return Err(Fault::new(Code::Forbidden, "Only admins may do this"));
    }
    Ok(Json(document()))
}

/// The whole document.
pub fn document() -> Value {
    let events = || DOORS.iter().flat_map(|events| events.iter());
    let namespaces: BTreeSet<&str> = events().map(|event| event.namespace).collect();
    let mut schemas = BTreeMap::new();
    let (mut messages, mut operations) = (Map::new(), Map::new());
    for event in events() {
        let Payload { name, schema, parts } = (event.payload)();
        messages.insert(key(event), message(event, &name));
        operations.insert(key(event).replace('.', "_"), operation(event));
        schemas.insert(name, schema);
        schemas.extend(parts);
    }
    let channels: Map<String, Value> = namespaces
        .into_iter()
        .map(|namespace| {
            let here = events().filter(|event| event.namespace == namespace).map(key);
            let refs: Map<String, Value> =
                here.map(|key| (key.clone(), reference(&format!("components/messages/{key}")))).collect();
            (channel(namespace), json!({"address": namespace, "messages": refs}))
        })
        .collect();
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Docent's sockets",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Every event on Socket.IO, path `/socket.io`. A channel is a namespace. Whatever cannot be \
                read or done is answered with the door's error event, and with the acknowledgement where one was asked for.",
        },
        "defaultContentType": "application/json",
        "servers": {"this": {
            "host": "{host}",
            "pathname": "/socket.io",
            "protocol": "socketio",
            "variables": {"host": {"default": "127.0.0.1:8000"}},
        }},
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages, "schemas": schemas},
    })
}

fn message(event: &Described, schema: &str) -> Value {
    json!({
        "name": event.name,
        "summary": event.summary,
        "tags": [{"name": event.door}],
        "payload": reference(&format!("components/schemas/{schema}")),
    })
}

/// Seen from the server, as AsyncAPI wants it.
fn operation(event: &Described) -> Value {
    let channel = channel(event.namespace);
    let message = |key: &str| reference(&format!("channels/{channel}/messages/{key}"));
    let mut operation = json!({
        "action": match event.from { From::Client => "receive", From::Server => "send" },
        "channel": reference(&format!("channels/{channel}")),
        "summary": event.summary,
        "tags": [{"name": event.door}],
        "messages": [message(&key(event))],
    });
    if !event.answers.is_empty() {
        let answers: Vec<Value> =
            event.answers.iter().map(|name| message(&format!("server.{}", plain(name)))).collect();
        operation["reply"] =
            json!({"channel": reference(&format!("channels/{channel}")), "messages": answers});
    }
    operation
}

/// The same name may go both ways.
fn key(event: &Described) -> String {
    let from = match event.from {
        From::Client => "client",
        From::Server => "server",
    };
    let space = if event.namespace == "/" { String::new() } else { format!("{}.", channel(event.namespace)) };
    format!("{from}.{space}{}", plain(event.name))
}

/// A name that may stand in a reference.
fn plain(name: &str) -> String {
    let word = name.split(' ').next().unwrap_or_default();
    let suffix = if name.contains(' ') { "_of" } else { "" };
    format!("{}{suffix}", word.replace(':', "_"))
}

fn channel(namespace: &str) -> String {
    let name = namespace.trim_matches('/').replace('/', "_");
    if name.is_empty() { "root".to_owned() } else { name }
}

fn reference(path: &str) -> Value {
    json!({"$ref": format!("#/{path}")})
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every `$ref` of a document.
    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|field| references(field, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 50, "{found:?}");
        for reference in found {
            let path = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(path).is_some(), "{reference}");
        }
    }

    #[test]
    fn what_is_read_is_described_and_the_other_way_round() {
        let read: BTreeSet<&str> = project_rooms::EVENTS.iter().map(|event| event.name).collect();
        let here = project_rooms::DESCRIBED.iter().filter(|event| event.from == From::Client);
        let described: BTreeSet<&str> = here.map(|event| event.name).collect();
        assert_eq!(read, described);
    }

    #[test]
    fn no_event_is_described_twice() {
        let mut keys = BTreeSet::new();
        for event in DOORS.iter().flat_map(|events| events.iter()) {
            assert!(keys.insert(key(event)), "{}", event.name);
        }
    }
}
