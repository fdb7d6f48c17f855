//! What clients are told of events: the words that the lists of the doors are written in, and the list of what all
//! doors of the namespace `/` share.

use std::borrow::Cow;
use std::collections::BTreeMap;

use utoipa::openapi::schema::{KnownFormat, OneOfBuilder, SchemaFormat, Type};
use utoipa::openapi::{Content, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder, Schema};
use utoipa::{IntoResponses, PartialSchema, ToSchema};

use crate::hub::handshake::{ConnectedView, ConnectionStatusView};
use crate::hub::inbox::Event;
use crate::hub::namespace::{MAIN, Namespace};
use docent_domain::Code;
use docent_wire::error::ErrorEventView;

/// What one door says and hears in one place.
pub(super) struct Part {
    pub(super) channel: Channel,
    /// What clients send, with who handles it.
    pub(super) events: &'static [Event],
    /// All else: what the server sends, and frames that have no handler of their own.
    pub(super) told: &'static [Described],
}

impl Part {
    pub(super) const fn namespace(&self) -> Option<&'static Namespace> {
        match self.channel {
            Channel::Namespace(namespace) => Some(namespace),
            Channel::Native(_) => None,
        }
    }

    /// Everything, whoever sends it.
    pub(super) fn described(&self) -> impl Iterator<Item = &Described> {
        self.events.iter().map(|event| &event.told).chain(self.told)
    }
}

/// Where events travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channel {
    Namespace(&'static Namespace),
    /// A WebSocket of a door's own: frames, told apart by their `type`.
    Native(&'static Native),
}

/// A WebSocket that one door serves by itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Native {
    /// As descriptions call it.
    pub(super) key: &'static str,
    pub(super) path: &'static str,
    /// The parts of the path, and what they say.
    pub(super) parameters: &'static [(&'static str, &'static str)],
    /// Fields of the query string: name, type, what they say.
    pub(super) query: &'static [(&'static str, &'static str, &'static str)],
}

/// Who sends an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    Client,
    Server,
}

/// One event.
#[derive(Clone, Copy)]
pub(super) struct Described {
    /// With what varies in it in braces: `room_joined {room_id}`.
    pub(super) name: &'static str,
    pub(super) from: From,
    pub(super) summary: &'static str,
    /// Of a client's event: the events that answer it.
    pub(super) answers: &'static [&'static str],
    pub(super) payload: fn() -> Payload,
    /// Of a client's event: what its acknowledgement says beside `ok`, where there are acknowledgements.
    pub(super) acknowledged: Option<fn() -> Payload>,
}

/// The schema of a payload, and those that it refers to.
pub(super) struct Payload {
    pub(super) name: String,
    pub(super) schema: RefOr<Schema>,
    pub(super) parts: Vec<(String, RefOr<Schema>)>,
}

/// The schema of a type.
pub(super) fn payload<T: ToSchema>() -> Payload {
    let mut parts = Vec::new();
    T::schemas(&mut parts);
    Payload { name: T::name().into_owned(), schema: T::schema(), parts }
}

/// What a client sends, and what comes of it.
pub(super) const fn client(
    name: &'static str,
    summary: &'static str,
    answers: &'static [&'static str],
    payload: fn() -> Payload,
    acknowledged: fn() -> Payload,
) -> Described {
    Described { name, from: From::Client, summary, answers, payload, acknowledged: Some(acknowledged) }
}

/// What the server sends.
pub(super) const fn server(name: &'static str, summary: &'static str, payload: fn() -> Payload) -> Described {
    Described { name, from: From::Server, summary, answers: &[], payload, acknowledged: None }
}

impl Channel {
    /// As the document calls it.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Namespace(namespace) => namespace.key,
            Self::Native(native) => native.key,
        }
    }
}

/// How doors that speak HTTP refuse: with the problem documents of REST.
pub(super) struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let codes = [
            Code::BadRequest,
            Code::Unauthenticated,
            Code::Forbidden,
            Code::NotFound,
            Code::ChatBusy,
            Code::PayloadTooLarge,
            Code::UnsupportedMediaType,
            Code::InvalidPayload,
            Code::RateLimited,
        ];
        let problem = |code: Code| {
            let body = Content::new(Some(Ref::from_schema_name("Problem")));
            let response =
                ResponseBuilder::new().description(code.title()).content("application/problem+json", body);
            (code.status().to_string(), response.build().into())
        };
        codes.into_iter().map(problem).collect()
    }
}

/// A name that a client chose, or an id of ours: a number, or its digits.
pub(super) struct Name;

impl PartialSchema for Name {
    fn schema() -> RefOr<Schema> {
        let id = ObjectBuilder::new().schema_type(Type::Integer).format(Some(INT64));
        let either = OneOfBuilder::new().item(ObjectBuilder::new().schema_type(Type::String)).item(id);
        either
            .description(Some("A name that a client chose, or an id of ours: a number, or its digits."))
            .into()
    }
}

impl ToSchema for Name {
    fn name() -> Cow<'static, str> {
        "Name".into()
    }
}

/// A number as long as our ids.
const INT64: SchemaFormat = SchemaFormat::KnownFormat(KnownFormat::Int64);

/// What every door of the namespace `/` says.
#[rustfmt::skip]
pub(super) const SHARED: Part = Part { channel: Channel::Namespace(&MAIN), events: &[], told: &[
    server("connected", "Greets an authenticated connection", payload::<ConnectedView<'_>>),
    server("connection_status", "The first event of a connection: who it is taken for", payload::<ConnectionStatusView<'_>>),
    server("error", "What went wrong, with which event, and what to do; with `message_id`, how an answer ended", payload::<ErrorEventView<'_>>),
] };
