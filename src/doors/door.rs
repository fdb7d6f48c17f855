//! What a door is: names of its own for what the hub does for all of them.

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::http::request::Parts;
use serde_json::{Map, Value};
use utoipa::openapi::OpenApi;

use crate::Direct;
use crate::described::{Part, Payload};
use crate::hub::Hub;
use crate::hub::connection::Connection;
use crate::hub::forwarder::Translate;
use crate::hub::outbox::Parcel;
use crate::hub::place::{Place, Words};
use crate::hub::reply::About;
use crate::turns::Turn;
use docent_auth::Caller;
use docent_domain::event::{ProjectEvent, Signal};
use docent_domain::{ChatId, Fault, MessageId};

/// A way in with names of its own. One that speaks HTTP has routes; one on sockets has channels.
#[async_trait]
pub(crate) trait Door: Send + Sync {
    /// What people call it.
    fn title(&self) -> &'static str;

    /// What metrics call it, if questions come in by it: the name of its folder.
    fn label(&self) -> Option<&'static str> {
        None
    }

    /// What metrics call connections of its own kind, where it has such.
    fn line(&self) -> Option<&'static str> {
        None
    }

    /// What it says and hears on sockets, and where.
    fn channels(&self) -> &'static [Part] {
        &[]
    }

    /// Its routes, as clients are told of them.
    fn openapi(&self) -> Option<OpenApi> {
        None
    }

    fn routes(&self, _mount: &Mount<'_>) -> Router {
        Router::new()
    }

    /// How it tells answers to those who follow a chat through it.
    fn answers(&self) -> Option<&'static dyn Answers> {
        None
    }

    /// Fields of a payload by which its clients know what a refusal is about.
    fn marks(&self) -> &'static [&'static str] {
        &[]
    }

    /// Its own words for an event that was refused; `None` for those of the namespace.
    fn refusal(&self, _fault: &Fault, _about: &About) -> Option<Vec<Parcel>> {
        None
    }

    /// The fields of a handshake that it reads, where it reads any.
    fn handshake(&self) -> Option<Payload> {
        None
    }

    /// Lets a connection in, or not, before the client hears anything.
    async fn admit(&self, _hub: &Hub, _arrival: &Arrival<'_>, _place: &mut Place) -> Result<(), Fault> {
        Ok(())
    }

    /// Tells somebody who has just come in with an account as whom they are connected.
    async fn greet(&self, _hub: &Arc<Hub>, _connection: &Arc<Connection>, _greeting: &str) {}

    /// A connection may not read a chat any more.
    fn put_out(&self, _hub: &Hub, _connection: &Connection, _chat: ChatId) {}

    /// A connection is gone.
    fn departed(&self, _hub: &Hub, _connection: &Connection) {}

    /// Something happened in a project.
    async fn hear(&self, _hub: &Arc<Hub>, _event: &ProjectEvent) {}

    /// A sign of life from another node.
    fn heed(&self, _hub: &Arc<Hub>, _signal: &Signal) {}
}

/// How a door tells answers to those who follow a chat through it.
pub(crate) trait Answers: Send + Sync {
    fn words(&self) -> Words;

    /// Whether the connection is told of a new answer in this chat in another way.
    fn passes_over(&self, _connection: &Connection, _chat: ChatId) -> bool {
        false
    }

    /// The answer's translation, and its turn with whatever the translation needs of it.
    fn told(
        &self,
        hub: &Arc<Hub>,
        connection: &Arc<Connection>,
        answer: (ChatId, MessageId),
        turn: Turn,
    ) -> (Box<dyn Translate>, Turn);
}

/// What routes are made of.
pub(crate) struct Mount<'a> {
    pub(crate) hub: &'a Arc<Hub>,
    /// The REST interface of the same process.
    pub(crate) rest: &'a Router,
    /// For doors that answer within the request, where the program has it.
    pub(crate) direct: Option<&'a Direct>,
}

/// Who wants to come in, and what came along.
pub(crate) struct Arrival<'a> {
    pub(crate) caller: Option<&'a Caller>,
    /// `auth` of the handshake.
    pub(crate) auth: &'a Map<String, Value>,
    pub(crate) parts: &'a Parts,
}
