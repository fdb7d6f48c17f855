//! The events of conversations: who handles them, and what clients are told of them.

use super::chat::{self, ChatIn, EVENT};
use super::rooms::{self, PlaceIn};
use super::wire::{AskedView, ConversationView, PlaceView};
use crate::described::{Channel, Described, Part, client, payload, server};
use crate::hub::inbox::Event;
use crate::hub::namespace::MAIN;

pub(super) const PARTS: &[Part] = &[Part { channel: Channel::Namespace(&MAIN), events: EVENTS, told: TOLD }];

#[rustfmt::skip]
const EVENTS: &[Event] = &[
    Event::new(client(EVENT, "Asks; questions that come meanwhile wait for their turn", &["conversation", "error"], payload::<ChatIn>, payload::<AskedView>), |call| Box::pin(chat::send(call))),
    Event::new(client("join_conversation", "Follows what others ask, too", &["joined_conversation", "error"], payload::<PlaceIn>, payload::<PlaceView<'_>>), |call| Box::pin(rooms::join(call))),
    Event::new(client("leave_conversation", "Follows it no more", &["left_conversation", "error"], payload::<PlaceIn>, payload::<PlaceView<'_>>), |call| Box::pin(rooms::leave(call))),
];

#[rustfmt::skip]
const TOLD: &[Described] = &[
    server("conversation", "A question with its answer, when that is complete or was stopped", payload::<ConversationView<'_>>),
    server("joined_conversation", "From here on the conversation is followed", payload::<PlaceView<'_>>),
    server("left_conversation", "From here on it is not", payload::<PlaceView<'_>>),
];
