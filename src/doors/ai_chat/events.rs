//! The events of AI chat: who handles them, and what clients are told of them.

use utoipa::OpenApi;

use super::asked::SocketIn;
use super::wire::{AskedView, CompleteView, ErrorView, PieceView};
use super::{EVENT, socket, stream};
use crate::described::{Channel, Described, Part, client, payload, server};
use crate::hub::inbox::{Event, OpenTo};
use crate::hub::namespace::MAIN;

/// The stream, described.
#[derive(OpenApi)]
#[openapi(paths(stream::handler))]
pub(super) struct Routes;

pub(super) const PARTS: &[Part] = &[Part { channel: Channel::Namespace(&MAIN), events: EVENTS, told: TOLD }];

#[rustfmt::skip]
const EVENTS: &[Event] = &[
    Event::new(client(EVENT, "Asks; the answer goes to the sender alone", &["ai:stream", "ai:complete", "ai:error"], payload::<SocketIn>, payload::<AskedView>), |call| Box::pin(socket::send(call))).open_to(OpenTo::Everyone),
];

#[rustfmt::skip]
const TOLD: &[Described] = &[
    server("ai:complete", "The whole answer, or with `cancelled` what there is of it", payload::<CompleteView<'_>>),
    server("ai:error", "Why a message was not taken, or how its answer failed", payload::<ErrorView<'_>>),
    server("ai:stream", "A piece of the answer", payload::<PieceView<'_>>),
];
