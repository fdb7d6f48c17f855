//! What clients send, each thing as one type: read from a payload, and described to clients.

use serde_json::Value;

use super::payload::{Payload, PayloadLimits};
use docent_chat::Named;
use docent_domain::{ChatId, DocumentId, Fault, MessageId, ProjectId};

/// An object that a client sends.
pub(super) trait Sent: Sized {
    fn read(payload: &Payload, limits: &PayloadLimits) -> Result<Self, Fault>;
}

/// A field of one. Complaints name it, and say what it should have been.
pub(super) trait Field: Sized {
    fn read(payload: &Payload, field: &str, limits: &PayloadLimits) -> Result<Self, Fault>;
}

/// Declares an object that clients send. Fields are read in this order; what a field is called on the way stands
/// behind `as` where that is no name of Rust's.
macro_rules! sent {
    (
        $(#[$outer:meta])*
        $vis:vis struct $name:ident {
            $($(#[$meta:meta])* $field_vis:vis $field:ident $(as $wire:tt)?: $kind:ty,)*
        }
    ) => {
        #[derive(Debug, utoipa::ToSchema)]
        $(#[$outer])*
        $vis struct $name {
            $($(#[$meta])* $(#[serde(rename = $wire)])? $field_vis $field: $kind,)*
        }

        impl $crate::sent::Sent for $name {
            fn read(
                payload: &$crate::payload::Payload,
                limits: &$crate::PayloadLimits,
            ) -> Result<Self, docent_domain::Fault> {
                Ok(Self {
                    $($field: $crate::sent::Field::read(
                        payload,
                        $crate::sent::sent!(@name $field $($wire)?),
                        limits,
                    )?,)*
                })
            }
        }
    };
    (@name $field:ident $wire:tt) => { $wire };
    (@name $field:ident) => { stringify!($field) };
}

pub(super) use sent;

/// Some text of at most so many bytes.
#[derive(Debug)]
pub(super) struct Text<const MOST: usize>(pub(super) String);

/// What a person says: some text, as long as the settings allow.
#[derive(Debug)]
pub(super) struct Message(pub(super) String);

/// An id of the client's own: a text of at most so many bytes, or a number.
#[derive(Debug)]
pub(super) struct OwnId<const MOST: usize>(pub(super) String);

impl<const MOST: usize> Field for Text<MOST> {
    fn read(payload: &Payload, field: &str, _limits: &PayloadLimits) -> Result<Self, Fault> {
        payload.text(field, MOST).map(|text| Self(text.to_owned()))
    }
}

impl<const MOST: usize> Field for Option<Text<MOST>> {
    fn read(payload: &Payload, field: &str, _limits: &PayloadLimits) -> Result<Self, Fault> {
        Ok(payload.optional_text(field, MOST)?.map(|text| Text(text.to_owned())))
    }
}

impl Field for Message {
    fn read(payload: &Payload, field: &str, limits: &PayloadLimits) -> Result<Self, Fault> {
        payload.text(field, limits.message_bytes).map(|text| Self(text.to_owned()))
    }
}

impl<const MOST: usize> Field for Option<OwnId<MOST>> {
    fn read(payload: &Payload, field: &str, _limits: &PayloadLimits) -> Result<Self, Fault> {
        let text = match payload.get(field) {
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => payload.optional_text(field, MOST)?.map(str::to_owned),
        };
        Ok(text.filter(|text| !text.trim().is_empty()).map(OwnId))
    }
}

impl Field for bool {
    fn read(payload: &Payload, field: &str, _limits: &PayloadLimits) -> Result<Self, Fault> {
        payload.bool(field)
    }
}

impl Field for Option<bool> {
    fn read(payload: &Payload, field: &str, _limits: &PayloadLimits) -> Result<Self, Fault> {
        payload.optional_bool(field)
    }
}

/// As it came, unless it counts as absent.
impl Field for Option<Value> {
    fn read(payload: &Payload, field: &str, _limits: &PayloadLimits) -> Result<Self, Fault> {
        Ok(payload.get(field).cloned())
    }
}

impl Field for Option<Named> {
    fn read(payload: &Payload, field: &str, _limits: &PayloadLimits) -> Result<Self, Fault> {
        payload.optional_chat(field)
    }
}

impl Field for Option<Vec<DocumentId>> {
    fn read(payload: &Payload, field: &str, limits: &PayloadLimits) -> Result<Self, Fault> {
        payload.optional_ids(field, limits.ids)
    }
}

macro_rules! ids {
    ($($id:ty),*) => {$(
        impl Field for $id {
            fn read(payload: &Payload, field: &str, _limits: &PayloadLimits) -> Result<Self, Fault> {
                payload.id(field)
            }
        }

        impl Field for Option<$id> {
            fn read(payload: &Payload, field: &str, _limits: &PayloadLimits) -> Result<Self, Fault> {
                payload.optional_id(field)
            }
        }
    )*};
}

ids!(ChatId, MessageId, ProjectId);
