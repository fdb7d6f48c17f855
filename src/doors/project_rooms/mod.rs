//! Project rooms, the main door: a project's people see its documents being read, ask, and watch the answers grow.

mod chats;
mod events;
mod messages;
mod rooms;
mod signals;
mod translate;
mod wire;

use std::sync::Arc;

use crate::described::Part;
use crate::door::{Answers, Door};
use crate::hub::Hub;
use crate::hub::connection::Connection;
use crate::hub::forwarder::Translate;
use crate::hub::place::{Stay, Words};
use crate::hub::reply::acknowledged;
use crate::turns::Turn;
use docent_domain::event::Signal;
use docent_domain::{ChatId, MessageId};

/// `message_received`, `message_token`, …
pub(crate) const WORDS: Words = Words::as_it_grows("project_rooms");

/// A chat that is followed by itself.
const STAY: Stay = Stay { door: WORDS, heard_in: &[WORDS], bound: false };

pub(crate) struct ProjectRooms;

impl Door for ProjectRooms {
    fn label(&self) -> Option<&'static str> {
        Some(WORDS.door)
    }

    fn title(&self) -> &'static str {
        "project rooms"
    }

    fn channels(&self) -> &'static [Part] {
        events::PARTS
    }

    fn answers(&self) -> Option<&'static dyn Answers> {
        Some(&Self)
    }

    fn heed(&self, hub: &Arc<Hub>, signal: &Signal) {
        signals::heed(hub, signal);
    }
}

impl Answers for ProjectRooms {
    fn words(&self) -> Words {
        WORDS
    }

    fn told(
        &self,
        _hub: &Arc<Hub>,
        _connection: &Arc<Connection>,
        (chat, answer): (ChatId, MessageId),
        turn: Turn,
    ) -> (Box<dyn Translate>, Turn) {
        (Box::new(translate::Translator::follower(chat, answer)), turn)
    }
}
