//! What clients are told of events: the words that the lists of the doors are written in, and the list of what all
//! doors of the namespace `/` share.

#![expect(dead_code, reason = "describes some things that are written field by field elsewhere")]

use std::borrow::Cow;
use std::collections::BTreeMap;

use utoipa::openapi::schema::Type;
use utoipa::openapi::{Content, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder, Schema};
use utoipa::{IntoResponses, PartialSchema, ToSchema};

use super::handshake::{ConnectedView, ConnectionStatusView};
use super::reply::ErrorView;
use docent_domain::Code;

/// What one door says and hears in one place.
pub(super) struct Part {
    pub(super) door: &'static str,
    pub(super) channel: Channel,
    pub(super) events: &'static [Described],
}

/// Where events travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Channel {
    /// The namespace `/`.
    Main,
    /// The namespace of assistant rooms.
    Assistants,
    /// The native WebSocket of a session: frames, told apart by their `type`.
    Native,
}

/// Who sends an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    Client,
    Server,
}

/// One event.
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
    pub(super) const ALL: [Self; 3] = [Self::Main, Self::Assistants, Self::Native];

    /// As the document calls it.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Main => "root",
            Self::Assistants => "assistant_realtime",
            Self::Native => "ai_session",
        }
    }
}

/// The name of an error's code, which stays as it is.
pub(super) struct ErrorCode;

impl PartialSchema for ErrorCode {
    fn schema() -> RefOr<Schema> {
        let names = Code::ALL.iter().map(|code| code.name());
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
    }
}

impl ToSchema for ErrorCode {
    fn name() -> Cow<'static, str> {
        "ErrorCode".into()
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
#[derive(ToSchema)]
#[serde(untagged)]
pub(super) enum Name {
    Chosen(String),
    Id(i64),
}

/// `error`.
#[derive(ToSchema)]
#[schema(as = ErrorEvent)]
struct ErrorOut<'a> {
    #[serde(flatten)]
    error: ErrorView<'a>,
    /// `error`, where a session failed.
    #[serde(rename = "type")]
    kind: Option<&'static str>,
    /// There, the message once more.
    content: Option<&'a str>,
}

#[rustfmt::skip]
pub(super) const PARTS: &[Part] = &[Part { door: "all doors", channel: Channel::Main, events: &[
    server("connected", "Greets an authenticated connection", payload::<ConnectedView<'_>>),
    server("connection_status", "The first event of a connection: who it is taken for", payload::<ConnectionStatusView<'_>>),
    server("error", "What went wrong, with which event, and what to do; with `message_id`, how an answer ended", payload::<ErrorOut<'_>>),
] }];
