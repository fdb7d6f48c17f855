//! Conversations: a question goes in, and the whole exchange comes out when the answer is complete.

mod chat;
mod described;
mod rooms;
mod translate;
mod wire;

use std::sync::Arc;

use super::Door;
use super::connection::Connection;
use super::forwarder::Translate;
use super::inbox::{Event, Needs};
use super::turns::Turn;
use docent_chat::Named;
use docent_domain::{ChatId, MessageId};
use translate::Translator;

pub(super) use described::PARTS;

/// The events of this door.
pub(super) const EVENTS: &[Event] = &[
    Event { name: chat::EVENT, needs: Needs::Object, run: |call| Box::pin(chat::send(call)) },
    Event { name: "join_conversation", needs: Needs::Object, run: |call| Box::pin(rooms::join(call)) },
    Event { name: "leave_conversation", needs: Needs::Object, run: |call| Box::pin(rooms::leave(call)) },
];

/// How an answer reads for somebody who has joined the conversation.
pub(super) fn told(
    door: &Arc<Door>,
    connection: &Arc<Connection>,
    chat: ChatId,
    answer: MessageId,
    turn: Turn,
) -> (Box<dyn Translate>, Turn) {
    let joined = connection.place().conversations.get(&chat).cloned();
    told_as(door, connection, joined.unwrap_or_else(|| chat.to_string()), (chat, answer), turn)
}

fn told_as(
    door: &Arc<Door>,
    connection: &Arc<Connection>,
    conversation: String,
    (chat, answer): (ChatId, MessageId),
    turn: Turn,
) -> (Box<dyn Translate>, Turn) {
    let (turn, told) = door.with_exchange(&connection.caller.scope, chat, answer, turn);
    (Box::new(Translator { connection: Arc::downgrade(connection), conversation, chat, answer, told }), turn)
}

/// What the client calls the chat: its own name for it, or the digits of its id.
fn name_of(named: Option<Named>, chat: ChatId) -> String {
    match named {
        Some(Named::Name(name)) => name,
        Some(Named::Id(_)) | None => chat.to_string(),
    }
}
