//! Project rooms, the main door: a project's people see its documents being read, ask, and watch the answers grow.

mod chats;
mod described;
mod messages;
mod rooms;
mod signals;
mod translate;
pub(super) mod wire;

use super::forwarder::Translate;
use super::inbox::{Event, Needs};
use super::reply::acknowledged;
pub(super) use described::PARTS;
use docent_domain::{ChatId, MessageId};
pub(super) use signals::heed;

/// The events of this door.
pub(super) const EVENTS: &[Event] = &[
    Event { name: "cancel_message", needs: Needs::Object, run: |call| Box::pin(messages::cancel(call)) },
    Event { name: "join_chat", needs: Needs::Object, run: |call| Box::pin(chats::join(call)) },
    Event { name: "join_project", needs: Needs::Object, run: |call| Box::pin(rooms::join(call)) },
    Event { name: "leave_chat", needs: Needs::Object, run: |call| Box::pin(chats::leave(call)) },
    Event { name: "leave_project", needs: Needs::Object, run: |call| Box::pin(rooms::leave(call)) },
    Event { name: "mark_read", needs: Needs::Object, run: |call| Box::pin(signals::mark_read(call)) },
    Event { name: "ping", needs: Needs::Anything, run: |call| Box::pin(signals::ping(call)) },
    Event { name: "resume_message", needs: Needs::Object, run: |call| Box::pin(messages::resume(call)) },
    Event { name: "send_message", needs: Needs::Object, run: |call| Box::pin(messages::send(call)) },
    Event { name: "typing", needs: Needs::Object, run: |call| Box::pin(signals::typing(call)) },
];

/// How an answer reads for somebody who follows the chat it is written in.
pub(super) fn follower(chat: ChatId, answer: MessageId) -> Box<dyn Translate> {
    Box::new(translate::Translator::follower(chat, answer))
}
