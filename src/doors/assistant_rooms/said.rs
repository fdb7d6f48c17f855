//! What is said in a room: a plain text, or the message of a client that wraps it.

use serde_json::Value;
use utoipa::ToSchema;

use super::ID_BYTES;
use crate::described::Name;
use crate::payload::{Payload, PayloadLimits};
use crate::sent::{Field, Message, OwnId, Sent, sent};
use docent_domain::{DocumentId, Fault};

/// What a client has to say.
pub(super) struct Said {
    pub(super) content: String,
    /// The client's own name for it.
    pub(super) id: Option<String>,
    pub(super) documents: Option<Vec<DocumentId>>,
}

#[derive(Debug, ToSchema)]
#[schema(as = RoomSaidIn)]
#[serde(untagged)]
pub(super) enum SaidIn {
    #[schema(value_type = String)]
    Text(Message),
    Wrapped(WrappedIn),
}

sent! {
    #[schema(as = RoomWrappedIn)]
    pub(super) struct WrappedIn {
        data: DataIn,
        /// The client's own name for it: comes back with `message_sent`, and makes sending safe to repeat.
        #[schema(value_type = Option<Name>)]
        id: Option<OwnId<ID_BYTES>>,
    }
}

sent! {
    #[schema(as = RoomDataIn)]
    struct DataIn {
        item: ItemIn,
    }
}

sent! {
    #[schema(as = RoomItemIn)]
    struct ItemIn {
        content: ContentIn,
        /// Ids of documents: only these.
        #[schema(value_type = Option<Vec<i64>>)]
        files: Option<Vec<DocumentId>>,
    }
}

#[derive(Debug, ToSchema)]
#[schema(as = RoomContentIn)]
#[serde(untagged)]
enum ContentIn {
    #[schema(value_type = String)]
    Text(Message),
    Parts(Vec<PartIn>),
}

#[derive(Debug, ToSchema)]
#[schema(as = RoomPartIn)]
struct PartIn {
    text: String,
}

impl SaidIn {
    pub(super) fn said(self) -> Said {
        match self {
            Self::Text(Message(content)) => Said { content, id: None, documents: None },
            Self::Wrapped(WrappedIn { data: DataIn { item }, id }) => Said {
                content: item.content.joined(),
                id: id.map(|id| id.0),
                documents: item.files.filter(|files| !files.is_empty()),
            },
        }
    }
}

impl ContentIn {
    /// The texts, one after the other.
    fn joined(self) -> String {
        match self {
            Self::Text(Message(text)) => text,
            Self::Parts(parts) => parts.into_iter().map(|part| part.text).collect::<Vec<_>>().join("\n"),
        }
    }
}

/// Bytes of an object around a message.
const fn wrapped(limits: &PayloadLimits) -> usize {
    limits.message_bytes.saturating_mul(4)
}

/// An object that has to be there. `whole` is what complaints call it.
fn inside(payload: &Payload, field: &str, whole: &str, limits: &PayloadLimits) -> Result<Payload, Fault> {
    let object = payload.optional_object(field, wrapped(limits))?;
    object.ok_or_else(|| Fault::field(whole, "is missing; send an object"))
}

impl Field for SaidIn {
    fn read(payload: &Payload, field: &str, limits: &PayloadLimits) -> Result<Self, Fault> {
        if matches!(payload.get(field), Some(Value::Object(_))) {
            let message = payload.optional_object(field, wrapped(limits))?.unwrap_or_default();
            return Sent::read(&message, limits).map(Self::Wrapped);
        }
        Message::read(payload, field, limits).map(Self::Text)
    }
}

impl Field for DataIn {
    fn read(payload: &Payload, field: &str, limits: &PayloadLimits) -> Result<Self, Fault> {
        Sent::read(&inside(payload, field, "message.data", limits)?, limits)
    }
}

impl Field for ItemIn {
    fn read(payload: &Payload, field: &str, limits: &PayloadLimits) -> Result<Self, Fault> {
        Sent::read(&inside(payload, field, "message.data.item", limits)?, limits)
    }
}

impl Field for ContentIn {
    fn read(payload: &Payload, field: &str, limits: &PayloadLimits) -> Result<Self, Fault> {
        let Some(Value::Array(parts)) = payload.get(field) else {
            return Message::read(payload, field, limits).map(Self::Text);
        };
        let read = |(n, part): (usize, &Value)| {
            let text = part.get("text").and_then(Value::as_str).or_else(|| part.as_str());
            let wrong = || Fault::field(format!("message.data.item.{field}[{n}].text"), "must be a string");
            text.map(|text| PartIn { text: text.to_owned() }).ok_or_else(wrong)
        };
        parts.iter().enumerate().map(read).collect::<Result<_, _>>().map(Self::Parts)
    }
}
