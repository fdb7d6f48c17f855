//! The AsyncAPI document: every event on the sockets, made from the types that are sent and from what is read.
//!
//! Each door keeps a list of its events beside its wire types; `DOORS` collects the lists.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use super::described::{Channel, Described, From, Part, Payload, payload};
use super::handshake::AuthIn;
use super::namespace::Namespace;
use super::reply::Refusal;
use super::{ai_chat, ai_session, assistant_rooms, conversations, project_rooms};
use docent_auth::Auth;
use docent_auth::credentials::token_of;
use docent_domain::{Clock, Code, Fault};
use docent_wire::Refused;

/// The lists of each door, and of what all share.
const DOORS: &[&[Part]] = &[
    super::described::PARTS,
    ai_chat::PARTS,
    ai_session::PARTS,
    assistant_rooms::PARTS,
    conversations::PARTS,
    project_rooms::PARTS,
];

/// The schemas that the document refers to, by their names.
type Schemas = BTreeMap<String, Value>;

/// `GET /api/asyncapi.json`, for whoever may read the description of the REST interface, too.
pub fn routes(auth: Auth, clock: Arc<dyn Clock>) -> Router {
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
    for (part, event) in events() {
        messages.insert(key(part.channel, event), message(part, event, &mut schemas));
        operations.insert(key(part.channel, event).replace('.', "_"), operation(part, event));
    }
    let channels: Map<String, Value> =
        Channel::ALL.into_iter().map(|one| (one.key().to_owned(), channel(one, &mut schemas))).collect();
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

fn events() -> impl Iterator<Item = (&'static Part, &'static Described)> {
    let parts = DOORS.iter().flat_map(|parts| parts.iter());
    parts.flat_map(|part| part.events.iter().map(move |event| (part, event)))
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
    let here = events().filter(|(part, _)| part.channel == channel).map(|(_, event)| key(channel, event));
    let messages: Map<String, Value> =
        here.map(|key| (key.clone(), reference(&format!("components/messages/{key}")))).collect();
    let on = |server: &str| json!([reference(&format!("servers/{server}"))]);
    let of_socket_io = |namespace: Namespace, schemas: &mut Schemas| {
        json!({
            "address": namespace.path(),
            "servers": on("this"),
            "messages": messages,
            "x-handshake": {"auth": schema(payload::<AuthIn>(), schemas)},
        })
    };
    match channel {
        Channel::Main => of_socket_io(Namespace::Main, schemas),
        Channel::Assistants => of_socket_io(Namespace::Assistants, schemas),
        Channel::Native => json!({
            "address": ai_session::PATH,
            "servers": on("native"),
            "messages": messages,
            "parameters": {"session_id": {"description": "A chat's id, or a name of the caller's own"}},
            "bindings": {"ws": {"query": {"type": "object", "properties": {
                "token": {"type": "string", "description": "Also `Authorization`, or the subprotocol `bearer, <token>`"},
                "user_entity_id": {"type": "string", "description": "Also the header `user-entity-id`"},
                "stream": {"type": "boolean", "description": "Whether answers come piece by piece, too"},
            }}}},
        }),
    }
}

fn message(part: &Part, event: &Described, schemas: &mut Schemas) -> Value {
    let mut message = json!({
        "name": event.name,
        "summary": event.summary,
        "tags": [{"name": part.door}],
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
fn operation(part: &Part, event: &Described) -> Value {
    let channel = part.channel.key();
    let message = |key: &str| reference(&format!("channels/{channel}/messages/{key}"));
    let mut operation = json!({
        "action": match event.from { From::Client => "receive", From::Server => "send" },
        "channel": reference(&format!("channels/{channel}")),
        "summary": event.summary,
        "tags": [{"name": part.door}],
        "messages": [message(&key(part.channel, event))],
    });
    if !event.answers.is_empty() {
        let answers = event.answers.iter().map(|name| message(&key_of(part.channel, From::Server, name)));
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
    for (name, schema) in parts.into_iter().chain([(name, schema)]) {
        // Our schemas have string keys only, so that this cannot fail.
        schemas.insert(name, serde_json::to_value(schema).unwrap_or_default());
    }
    way
}

fn key(channel: Channel, event: &Described) -> String {
    key_of(channel, event.from, event.name)
}

/// The same name may go both ways, and in several places.
fn key_of(channel: Channel, from: From, name: &str) -> String {
    let from = match from {
        From::Client => "client",
        From::Server => "server",
    };
    match channel {
        Channel::Main => format!("{from}.{}", plain(name)),
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
    fn what_is_read_is_described_and_the_other_way_round() {
        for (namespace, channel) in
            [(Namespace::Main, Channel::Main), (Namespace::Assistants, Channel::Assistants)]
        {
            let read: BTreeSet<&str> = namespace.events().map(|event| event.name).collect();
            let here = events().filter(|(part, event)| part.channel == channel && event.from == From::Client);
            let described: BTreeSet<&str> = here.map(|(_, event)| event.name).collect();
            assert_eq!(read, described);
        }
    }

    #[test]
    fn no_event_is_described_twice() {
        let mut keys = BTreeSet::new();
        for (part, event) in events() {
            assert!(keys.insert(key(part.channel, event)), "{}", event.name);
        }
    }

    #[test]
    fn no_two_schemas_share_a_name() {
        let mut known = Schemas::new();
        for (_, event) in events() {
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
