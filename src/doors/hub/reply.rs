//! What the doors of the namespace `/` answer alike: one error shape, one acknowledgement shape.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::Hub;
use super::connection::Connection;
use super::outbox::Parcel;
use crate::payload::Payload;
use docent_domain::{Code, Fault};
use docent_telemetry::{self as telemetry, Surface};
use docent_wire::error::ErrorCode;

pub(crate) use docent_wire::error::{About, ErrorView};
pub(crate) use docent_wire::turn::INTERRUPTED;

/// Of a name in an answer: 128 characters fit.
const NAME_BYTES: usize = 512;

/// What is said of an answer that is whole, but cannot be read back.
pub(crate) const UNREADABLE: &str =
    "The answer is stored, but could not be read just now; look for it in the history";

/// What an acknowledgement repeats of a view.
pub(crate) fn acknowledged(view: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(view) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// What an acknowledgement says of what was not done; `ok` is false.
#[derive(Serialize, ToSchema)]
pub(crate) struct Refusal<'a> {
    ok: bool,
    error: RefusalView<'a>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RefusalReason)]
struct RefusalView<'a> {
    #[schema(value_type = ErrorCode)]
    code: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_s: Option<u64>,
}

/// The ids that an event was about, as far as they can be read; `marks` are fields that only its door speaks of.
pub(crate) fn about(payload: &Payload, marks: &[&'static str]) -> About {
    let id = |field| payload.optional_id::<i64>(field).ok().flatten();
    let name = |field| match payload.get(field)? {
        Value::String(text) if text.len() <= NAME_BYTES => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let about = About {
        chat_id: id("chat_id"),
        message_id: id("message_id"),
        project_id: id("project_id"),
        conversation_id: name("conversation_id"),
        ..About::default()
    };
    let mark = |about: About, field: &&'static str| match name(field) {
        Some(name) => about.marked(field, name),
        None => about,
    };
    marks.iter().fold(about, mark)
}

impl Hub {
    /// Answers the acknowledgement, if one was asked for: `{ok: true, …}`.
    pub(crate) fn accept(
        self: &Arc<Self>,
        connection: &Arc<Connection>,
        ack: Option<i64>,
        answer: Map<String, Value>,
    ) {
        let Some(id) = ack else { return };
        let mut body = Map::from_iter([("ok".to_owned(), Value::Bool(true))]);
        body.extend(answer);
        self.send(connection, Parcel::ack(id, &body));
    }

    /// Answers with `error`, and the acknowledgement with `{ok: false, error}`. What is our own fault is logged here.
    pub(crate) fn refuse(
        self: &Arc<Self>,
        connection: &Arc<Connection>,
        event: &str,
        ack: Option<i64>,
        fault: &Fault,
        about: About,
    ) {
        telemetry::error(Surface::Socket, fault.code());
        if fault.code() == Code::Internal {
            tracing::error!(socket.event = event, error = %fault.chain(), "A socket event failed");
        }
        let namespace = connection.id.namespace;
        let door = self.event(namespace, namespace.parts(event).0).map(|(door, _)| door);
        let own = door.and_then(|door| door.refusal(fault, &about));
        for parcel in own.unwrap_or_else(|| vec![(namespace.refusal)(fault, event, about)]) {
            self.send(connection, parcel);
        }
        if let Some(id) = ack {
            let error = RefusalView {
                code: fault.code().name(),
                message: fault.public_detail(),
                retry_after_s: fault.retry_after_s(),
            };
            self.send(connection, Parcel::ack(id, &Refusal { ok: false, error }));
        }
    }
}
