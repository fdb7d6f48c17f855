//! The AsyncAPI document: every event on the sockets, made from the types that are sent and from what is read.
//!
//! Each door keeps lists of its events beside its wire types; `DOORS` is where the doors are.

use std::collections::BTreeMap;
use std::iter;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa::openapi::{RefOr, Schema};

use super::described::{Channel, Described, From, Part, Payload, SHARED, payload};
use super::registry::DOORS;
use crate::hub::handshake::AuthIn;
use crate::hub::namespace::MAIN;
use crate::hub::reply::Refusal;
use docent_auth::Auth;
use docent_auth::credentials::token_of;
use docent_domain::{Clock, Code, Fault};
use docent_wire::Refused;

/// The schemas that the document refers to, by their names.
type Schemas = BTreeMap<String, Value>;

/// `GET /api/asyncapi.json`, for whoever may read the description of the REST interface, too.
pub(super) fn routes(auth: Auth, clock: Arc<dyn Clock>) -> Router {
    Router::new()
        .route("/api/asyncapi.json", get(handler))
        .method_not_allowed_fallback(super::other_method)
        .with_state((auth, clock))
}

#[derive(OpenApi)]
#[openapi(paths(handler))]
struct Route;

/// The route, as clients are told of it.
pub(super) fn described() -> utoipa::openapi::OpenApi {
    Route::openapi()
}

#[utoipa::path(
    get,
    path = "/api/asyncapi.json",
    operation_id = "asyncapi",
    tag = "Operators",
    responses((status = 200, body = Object))
)]
async fn handler(
    State((auth, clock)): State<(Auth, Arc<dyn Clock>)>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refused> {
    let caller = auth.require(token_of(&headers), clock.now()).await?;
    if !caller.scope.everything() {
        return Err(Refused(Fault::new(Code::Forbidden, "Only admins may do this")));
    }
    Ok(Json(document()))
}

/// The whole document.
pub fn document() -> Value {
    let mut schemas = Schemas::new();
    let (mut messages, mut operations) = (Map::new(), Map::new());
    for told in events() {
        messages.insert(told.key(), message(&told, &mut schemas));
        operations.insert(told.key().replace('.', "_"), operation(&told));
    }
    let mut channels = Map::new();
    for part in parts().map(|(_, part)| part) {
        let key = part.channel.key();
        if !channels.contains_key(key) {
            channels.insert(key.to_owned(), channel(part.channel, &mut schemas));
        }
    }
    schemas.insert(
        "Done".to_owned(),
        json!({"type": "object", "required": ["ok"], "properties": {"ok": {"type": "boolean", "enum": [true]}}}),
    );
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Docent's sockets",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Every event on Socket.IO, path `/socket.io`, and every frame of the native WebSocket. \
                A channel of Socket.IO is a namespace. Whatever cannot be read or done is answered with the door's \
                error event, and with the acknowledgement where one was asked for; `x-acknowledgement` says what \
                acknowledgements carry.",
        },
        "defaultContentType": "application/json",
        "servers": {"this": server("socketio", "/socket.io"), "native": server("ws", "/")},
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages, "schemas": schemas},
    })
}

/// An event where it travels, with the door whose it is.
struct Told {
    door: &'static str,
    channel: Channel,
    event: &'static Described,
}

impl Told {
    fn key(&self) -> String {
        key(self.channel, self.event.from, self.event.name)
    }
}

/// What all doors share, then what each has; with the name of the door.
fn parts() -> impl Iterator<Item = (&'static str, &'static Part)> {
    let of_doors = DOORS.iter().flat_map(|door| door.channels().iter().map(|part| (door.title(), part)));
    iter::once(("all doors", &SHARED)).chain(of_doors)
}

fn events() -> impl Iterator<Item = Told> {
    parts().flat_map(|(door, part)| {
        part.described().map(move |event| Told { door, channel: part.channel, event })
    })
}

fn server(protocol: &str, path: &str) -> Value {
    json!({
        "host": "{host}",
        "pathname": path,
        "protocol": protocol,
        "variables": {"host": {"default": "127.0.0.1:8000"}},
    })
}

fn channel(channel: Channel, schemas: &mut Schemas) -> Value {
    let here = events().filter(|told| told.channel == channel).map(|told| told.key());
    let messages: Map<String, Value> =
        here.map(|key| (key.clone(), reference(&format!("components/messages/{key}")))).collect();
    let on = |server: &str| json!([reference(&format!("servers/{server}"))]);
    match channel {
        Channel::Namespace(namespace) => json!({
            "address": namespace.path,
            "servers": on("this"),
            "messages": messages,
            "x-handshake": {"auth": handshake(schemas)},
        }),
        Channel::Native(native) => {
            let said = |text: &str| json!({"description": text});
            let parameters: Map<String, Value> =
                native.parameters.iter().map(|(name, text)| ((*name).to_owned(), said(text))).collect();
            let field = |kind: &str, text: &str| json!({"type": kind, "description": text});
            let query: Map<String, Value> = native
                .query
                .iter()
                .map(|(name, kind, text)| ((*name).to_owned(), field(kind, text)))
                .collect();
            json!({
                "address": native.path,
                "servers": on("native"),
                "messages": messages,
                "parameters": parameters,
                "bindings": {"ws": {"query": {"type": "object", "properties": query}}},
            })
        }
    }
}

/// What all doors read of a handshake, and what each reads besides, as one object.
fn handshake(schemas: &mut Schemas) -> Value {
    let shared = payload::<AuthIn>();
    let name = shared.name.clone();
    let way = schema(shared, schemas);
    for Payload { schema: one, parts, .. } in DOORS.iter().filter_map(|door| door.handshake()) {
        keep(parts, schemas);
        let Ok(mut one) = serde_json::to_value(one) else { continue };
        if let (Some(Value::Object(more)), Some(whole)) = (one.get_mut("properties"), schemas.get_mut(&name))
        {
            more.iter_mut().for_each(|(field, schema)| whole["properties"][field] = schema.take());
        }
    }
    way
}

fn message(told: &Told, schemas: &mut Schemas) -> Value {
    let event = told.event;
    let mut message = json!({
        "name": event.name,
        "summary": event.summary,
        "tags": [{"name": told.door}],
        "payload": schema((event.payload)(), schemas),
    });
    if let Some(acknowledged) = event.acknowledged {
        let done = reference("components/schemas/Done");
        let said = schema(acknowledged(), schemas);
        let refused = schema(payload::<Refusal<'_>>(), schemas);
        message["x-acknowledgement"] = json!({"oneOf": [{"allOf": [done, said]}, refused]});
    }
    message
}

/// Seen from the server, as AsyncAPI wants it.
fn operation(told: &Told) -> Value {
    let (event, channel) = (told.event, told.channel.key());
    let message = |key: &str| reference(&format!("channels/{channel}/messages/{key}"));
    let mut operation = json!({
        "action": match event.from { From::Client => "receive", From::Server => "send" },
        "channel": reference(&format!("channels/{channel}")),
        "summary": event.summary,
        "tags": [{"name": told.door}],
        "messages": [message(&told.key())],
    });
    if !event.answers.is_empty() {
        let answers = event.answers.iter().map(|name| message(&key(told.channel, From::Server, name)));
        let answers: Vec<Value> = answers.collect();
        operation["reply"] =
            json!({"channel": reference(&format!("channels/{channel}")), "messages": answers});
    }
    operation
}

/// Keeps a schema, and gives the way to it.
fn schema(payload: Payload, schemas: &mut Schemas) -> Value {
    let Payload { name, schema, parts } = payload;
    let way = reference(&format!("components/schemas/{name}"));
    keep(parts.into_iter().chain([(name, schema)]), schemas);
    way
}

fn keep(parts: impl IntoIterator<Item = (String, RefOr<Schema>)>, schemas: &mut Schemas) {
    for (name, schema) in parts {
        // Our schemas have string keys only, so that this cannot fail.
        schemas.insert(name, serde_json::to_value(schema).unwrap_or_default());
    }
}

/// The same name may go both ways, and in several places.
fn key(channel: Channel, from: From, name: &str) -> String {
    let from = match from {
        From::Client => "client",
        From::Server => "server",
    };
    match channel {
        Channel::Namespace(namespace) if *namespace == MAIN => format!("{from}.{}", plain(name)),
        other => format!("{from}.{}.{}", other.key(), plain(name)),
    }
}

/// A name that may stand in a reference.
fn plain(name: &str) -> String {
    let word = name.split(' ').next().unwrap_or_default();
    let suffix = if name.contains(' ') { "_of" } else { "" };
    format!("{}{suffix}", word.replace(':', "_"))
}

fn reference(path: &str) -> Value {
    json!({"$ref": format!("#/{path}")})
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

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
        assert!(found.len() > 200, "{found:?}");
        for reference in found {
            let path = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(path).is_some(), "{reference}");
        }
    }

    #[test]
    fn no_event_is_described_twice() {
        let mut keys = BTreeSet::new();
        for told in events() {
            assert!(keys.insert(told.key()), "{}", told.event.name);
        }
    }

    #[test]
    fn no_two_schemas_share_a_name() {
        let mut known = Schemas::new();
        for event in events().map(|told| told.event) {
            for Payload { name, schema, parts } in
                [Some((event.payload)()), event.acknowledged.map(|said| said())].into_iter().flatten()
            {
                for (name, schema) in parts.into_iter().chain([(name, schema)]) {
                    let schema = serde_json::to_value(schema).unwrap();
                    let before = known.insert(name.clone(), schema.clone());
                    assert!(before.is_none_or(|before| before == schema), "{name}");
                }
            }
        }
    }
}
