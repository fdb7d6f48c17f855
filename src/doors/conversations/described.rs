//! The events of conversations, as clients are told of them.

#![expect(dead_code, reason = "describes what `Payload` reads field by field")]

use utoipa::ToSchema;

use super::chat::EVENT;
use super::wire::{AskedView, ConversationView, PlaceView};
use crate::described::{Channel, Name, Part, client, payload, server};

/// `chat`.
#[derive(ToSchema)]
#[schema(as = ConversationIn)]
struct ChatIn {
    /// At most 32 KiB.
    message: String,
    /// Without it a new chat is opened.
    conversation_id: Option<Name>,
    metadata: Option<MetadataIn>,
    /// Makes sending safe to repeat: the second time finds the first turn.
    client_message_id: Option<String>,
}

/// At most 16 KiB; what else is in it comes back with the question.
#[derive(ToSchema)]
#[schema(as = ConversationMetadataIn)]
struct MetadataIn {
    /// Where a new chat is opened; the caller's own project if it is left out.
    project_id: Option<i64>,
    /// Only these documents; an empty list finds nothing.
    document_ids: Option<Vec<i64>>,
}

/// `join_conversation`, `leave_conversation`.
#[derive(ToSchema)]
#[schema(as = ConversationPlaceIn)]
struct PlaceIn {
    conversation_id: Name,
}

#[rustfmt::skip]
pub(in crate) const PARTS: &[Part] = &[Part { door: "conversations", channel: Channel::Main, events: &[
    client(EVENT, "Asks; questions that come meanwhile wait for their turn", &["conversation", "error"], payload::<ChatIn>, payload::<AskedView>),
    client("join_conversation", "Follows what others ask, too", &["joined_conversation", "error"], payload::<PlaceIn>, payload::<PlaceView<'_>>),
    client("leave_conversation", "Follows it no more", &["left_conversation", "error"], payload::<PlaceIn>, payload::<PlaceView<'_>>),
    server("conversation", "A question with its answer, when that is complete or was stopped", payload::<ConversationView<'_>>),
    server("joined_conversation", "From here on the conversation is followed", payload::<PlaceView<'_>>),
    server("left_conversation", "From here on it is not", payload::<PlaceView<'_>>),
] }];
