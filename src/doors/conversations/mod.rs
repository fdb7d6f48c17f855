//! Conversations: a question goes in, and the whole exchange comes out when the answer is complete.

mod chat;
mod events;
mod rooms;
mod translate;
mod wire;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::described::Part;
use crate::door::{Answers, Door};
use crate::hub::Hub;
use crate::hub::connection::Connection;
use crate::hub::forwarder::Translate;
use crate::hub::place::{Stay, Words};
use crate::project_rooms;
use crate::turns::Turn;
use docent_chat::Named;
use docent_domain::{ChatId, MessageId};
use translate::Translator;

/// `conversation`
const WORDS: Words = Words::at_once("conversations");

/// A conversation that was joined: its answers are told as they grow, too.
const STAY: Stay = Stay { door: WORDS, heard_in: &[project_rooms::WORDS, WORDS], bound: false };

/// What a connection calls the conversations that it joined.
#[derive(Debug, Clone, Default)]
struct Names(BTreeMap<ChatId, String>);

pub(crate) struct Conversations;

impl Door for Conversations {
    fn label(&self) -> Option<&'static str> {
        Some(WORDS.door)
    }

    fn title(&self) -> &'static str {
        "conversations"
    }

    fn channels(&self) -> &'static [Part] {
        events::PARTS
    }

    fn answers(&self) -> Option<&'static dyn Answers> {
        Some(&Self)
    }
}

impl Answers for Conversations {
    fn words(&self) -> Words {
        WORDS
    }

    fn told(
        &self,
        hub: &Arc<Hub>,
        connection: &Arc<Connection>,
        (chat, answer): (ChatId, MessageId),
        turn: Turn,
    ) -> (Box<dyn Translate>, Turn) {
        let joined = connection.place().notes::<Names>().0.get(&chat).cloned();
        told_as(hub, connection, joined.unwrap_or_else(|| chat.to_string()), (chat, answer), turn)
    }
}

fn told_as(
    hub: &Arc<Hub>,
    connection: &Arc<Connection>,
    conversation: String,
    (chat, answer): (ChatId, MessageId),
    turn: Turn,
) -> (Box<dyn Translate>, Turn) {
    let (turn, told) = hub.with_exchange(&connection.caller.scope, chat, answer, turn);
    (Box::new(Translator { connection: Arc::downgrade(connection), conversation, chat, answer, told }), turn)
}

/// What the client calls the chat: its own name for it, or the digits of its id.
fn name_of(named: Option<Named>, chat: ChatId) -> String {
    match named {
        Some(Named::Name(name)) => name,
        Some(Named::Id(_)) | None => chat.to_string(),
    }
}
