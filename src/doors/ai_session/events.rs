//! The events and frames of AI sessions: who handles them, and what clients are told of them.

use utoipa::OpenApi;

use super::message::QuestionIn;
use super::wire::{AskedView, ErrorFrameView, PieceView, ResponseView, SaidView, StatusView, SystemView};
use super::{EVENT, PATH, message, upgrade};
use crate::described::{Channel, Described, From, Native, Part, client, payload, server};
use crate::hub::inbox::{Event, Needs};
use crate::hub::namespace::MAIN;

/// The native WebSocket, described.
#[derive(OpenApi)]
#[openapi(paths(upgrade::handler))]
pub(super) struct Routes;

/// A frame, which has no acknowledgement.
const QUESTION: Described = Described {
    name: "message",
    from: From::Client,
    summary: "Asks in the session; the frame has no `type`",
    answers: &["status", "stream", "ai_response", "error"],
    payload: payload::<QuestionIn>,
    acknowledged: None,
};

static NATIVE: Native = Native {
    key: "ai_session",
    path: PATH,
    parameters: &[("session_id", "A chat's id, or a name of the caller's own")],
    query: &[
        ("token", "string", "Also `Authorization`, or the subprotocol `bearer, <token>`"),
        ("user_entity_id", "string", "Also the header `user-entity-id`"),
        ("stream", "boolean", "Whether answers come piece by piece, too"),
    ],
};

pub(super) const PARTS: &[Part] = &[
    Part { channel: Channel::Namespace(&MAIN), events: EVENTS, told: TOLD },
    Part { channel: Channel::Native(&NATIVE), events: &[], told: FRAMES },
];

#[rustfmt::skip]
const EVENTS: &[Event] = &[
    Event::new(client(EVENT, "Asks in the session that the connection belongs to", &["ai_status", "ai_response", EVENT, "error"], payload::<QuestionIn>, payload::<AskedView>), |call| Box::pin(message::send(call))).needs(Needs::ObjectOrText("message")),
];

#[rustfmt::skip]
const TOLD: &[Described] = &[
    server(EVENT, "Whatever is said in the session, once more under one name", payload::<SaidView<'_>>),
    server("ai_response", "The whole answer, or a summary of the session", payload::<ResponseView<'_>>),
    server("ai_status", "An answer is being written", payload::<StatusView>),
];

#[rustfmt::skip]
const FRAMES: &[Described] = &[
    QUESTION,
    server("ai_response", "The whole answer, or a summary of the session", payload::<ResponseView<'_>>),
    server("error", "What went wrong; with `message_id`, how an answer ended", payload::<ErrorFrameView<'_>>),
    server("status", "An answer is being written", payload::<StatusView>),
    server("stream", "A piece of the answer, where `?stream=true` asks for them", payload::<PieceView<'_>>),
    server("system", "The first frame: as whom one is connected", payload::<SystemView<'_>>),
];
