//! What the doors of the namespace `/` answer alike: one error shape, one acknowledgement shape.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::connection::Connection;
use super::described::ErrorCode;
use super::namespace::Namespace;
use super::outbox::Parcel;
use super::payload::Payload;
use super::{Door, ai_chat, ai_session, assistant_rooms};
use docent_domain::{ChatId, Code, Fault, MessageId};
use docent_telemetry::{self as telemetry, Surface};

/// Of a name in an answer: 128 characters fit.
const NAME_BYTES: usize = 512;

/// What is said of an answer whose server died.
pub(super) const INTERRUPTED: &str =
    "The server stopped before the answer was complete; what there is of it is kept. Ask again";

/// What is said of an answer that is whole, but cannot be read back.
pub(super) const UNREADABLE: &str =
    "The answer is stored, but could not be read just now; look for it in the history";

/// What an acknowledgement repeats of a view.
pub(super) fn acknowledged(view: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(view) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// `error`: what went wrong, with which event, and what to do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Error)]
pub(super) struct ErrorView<'a> {
    status: &'static str,
    message: &'a str,
    #[schema(value_type = ErrorCode)]
    code: &'static str,
    #[schema(value_type = ErrorCode)]
    error: &'static str,
    event: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    #[serde(flatten)]
    about: About,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_s: Option<u64>,
}

/// The ids that an event was about, as far as they could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct About {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) chat_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) project_id: Option<i64>,
    /// As the client calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) conversation_id: Option<String>,
    /// As the client calls it; only AI chat speaks of it.
    #[serde(skip)]
    pub(super) session_id: Option<String>,
    /// Only assistant rooms speak of these, as the client calls them.
    #[serde(skip)]
    pub(super) room_id: Option<String>,
    #[serde(skip)]
    pub(super) chat_name: Option<String>,
}

/// What an acknowledgement says of what was not done; `ok` is false.
#[derive(Serialize, ToSchema)]
pub(super) struct Refusal<'a> {
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

impl About {
    pub(super) fn read(payload: &Payload) -> Self {
        let id = |field| payload.optional_id::<i64>(field).ok().flatten();
        let name = |field| match payload.get(field)? {
            Value::String(text) if text.len() <= NAME_BYTES => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        Self {
            chat_id: id("chat_id"),
            message_id: id("message_id"),
            project_id: id("project_id"),
            conversation_id: name("conversation_id"),
            session_id: name("sessionId"),
            room_id: name("room_id"),
            chat_name: name("chat_id"),
        }
    }

    pub(super) fn answer(chat: ChatId, answer: MessageId) -> Self {
        Self { chat_id: Some(chat.get()), message_id: Some(answer.get()), ..Self::default() }
    }
}

impl<'a> ErrorView<'a> {
    pub(super) fn new(fault: &'a Fault, event: &'a str, about: About) -> Self {
        Self {
            field: fault.fields().first().map(|field| field.field.as_str()),
            retry_after_s: fault.retry_after_s(),
            ..Self::of_code(fault.code(), fault.public_detail(), event, about)
        }
    }

    pub(super) fn of_code(code: Code, message: &'a str, event: &'a str, about: About) -> Self {
        let name = code.name();
        Self {
            status: "error",
            message,
            code: name,
            error: name,
            event,
            field: None,
            about,
            retry_after_s: None,
        }
    }
}

impl Door {
    /// Answers the acknowledgement, if one was asked for: `{ok: true, …}`.
    pub(super) fn accept(
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
    pub(super) fn refuse(
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
        let parcels = match connection.id.namespace {
            Namespace::Main => complaint(fault, event, about),
            Namespace::Assistants => vec![assistant_rooms::refusal(fault, event, &about)],
        };
        for parcel in parcels {
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

/// The words in which the event's own door says that something went wrong.
fn complaint(fault: &Fault, event: &str, about: About) -> Vec<Parcel> {
    match event {
        ai_chat::EVENT => vec![ai_chat::refusal(fault, about)],
        ai_session::EVENT => ai_session::refusal(fault, about),
        _ => vec![Parcel::event("error", &ErrorView::new(fault, event, about))],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_field_the_event_and_what_it_was_about() {
        let fault = Fault::field("top_k", "is 51; it must be from 1 to 50");
        let about = About { chat_id: Some(4), ..About::default() };
        let view = serde_json::to_string_pretty(&ErrorView::new(&fault, "send_message", about)).unwrap();
        insta::assert_snapshot!(view, @r#"
        {
          "status": "error",
          "message": "`top_k`: is 51; it must be from 1 to 50",
          "code": "invalid_payload",
          "error": "invalid_payload",
          "event": "send_message",
          "field": "top_k",
          "chat_id": 4
        }
        "#);
    }
}
