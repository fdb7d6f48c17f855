//! Assistant rooms: a namespace of its own, one room for each chat, a provider behind it, and tools that may run at
//! the client.
//!
//! Names of events carry an id after a blank (`room_created 42`), in both directions.

mod declared;
mod described;
mod entering;
mod messages;
mod room;
mod translate;
mod wire;

pub(super) use described::PARTS;
pub(super) use room::Assistants;

use std::sync::Arc;

use super::connection::Connection;
use super::forwarder::Translate;
use super::inbox::{Call, Event, Needs};
use super::namespace::Namespace;
use super::outbox::Parcel;
use super::reply::About;
use docent_domain::{ChatId, Fault, MessageId};
use translate::Translator;
use wire::RefusedView;

/// The events of this door.
pub(super) const EVENTS: &[Event] = &[
    Event { name: "create_room", needs: Needs::Object, run: |call| Box::pin(entering::create(call)) },
    Event { name: "event", needs: Needs::Object, run: |call| Box::pin(messages::event(call)) },
    Event { name: "find_chat", needs: Needs::Object, run: |call| Box::pin(entering::find(call)) },
    Event {
        name: "function_error",
        needs: Needs::Object,
        run: |call| Box::pin(messages::function_error(call)),
    },
    Event {
        name: "function_result",
        needs: Needs::Object,
        run: |call| Box::pin(messages::function_result(call)),
    },
    Event { name: "join_room", needs: Needs::Object, run: |call| Box::pin(entering::join(call)) },
    Event { name: "leave_room", needs: Needs::Object, run: |call| Box::pin(entering::leave(call)) },
    Event { name: "send_message", needs: Needs::Object, run: |call| Box::pin(messages::send(call)) },
];

/// How an answer reads for a connection that is in the room.
pub(super) fn member(connection: &Arc<Connection>, chat: ChatId, answer: MessageId) -> Box<dyn Translate> {
    Box::new(Translator::member(chat, answer, connection.id.to_string()))
}

/// What every room's id begins with.
const ROOM: &str = "room_";

/// A chat has one room at most, so that the one names the other, on every node and after every restart.
fn room_id(chat: ChatId) -> String {
    format!("{ROOM}{chat}")
}

/// The room that an event is about: from its payload, or from the end of its name.
fn room_of(call: &Call<'_>) -> Result<ChatId, Fault> {
    let named = call.payload.optional_text("room_id", ID_BYTES)?;
    let suffix = call.suffix.as_deref();
    if named.zip(suffix).is_some_and(|(named, suffix)| named != suffix) {
        return Err(Fault::field("room_id", "is not the room that the event's name ends with"));
    }
    let Some(text) = named.or(suffix) else {
        return Err(Fault::field("room_id", "is missing; send the id of a room"));
    };
    let digits = text.strip_prefix(ROOM).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let chat = digits.and_then(|digits| digits.parse::<i64>().ok()).filter(|id| *id > 0);
    chat.map(ChatId::from).ok_or_else(|| Fault::not_found("room"))
}

/// Bytes of an id that a client sends: 128 characters fit.
const ID_BYTES: usize = 512;

/// An event's name with an id after it, if there is one.
fn named(event: &'static str, id: Option<&str>) -> String {
    id.map_or_else(|| event.to_owned(), |id| format!("{event} {id}"))
}

/// How this door says that an event was refused.
pub(super) fn refusal(fault: &Fault, event: &str, about: &About) -> Parcel {
    let (event, suffix) = Namespace::Assistants.parts(event);
    let room = about.room_id.as_deref().or(suffix);
    let chat = about.chat_name.as_deref().or(suffix);
    let name = match (event, room) {
        ("create_room" | "find_chat", _) => named("room_error", chat),
        ("join_room", Some(room)) => named("room_join_error", Some(room)),
        (_, Some(room)) => named("error", Some(room)),
        (_, None) => named("room_error", None),
    };
    Parcel::event(name, &RefusedView::new(fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_carry_the_id_that_the_client_knows() {
        let fault = Fault::not_found("room");
        let name = |event: &str, room: Option<&str>, chat: Option<&str>| {
            let about = About {
                room_id: room.map(str::to_owned),
                chat_name: chat.map(str::to_owned),
                ..About::default()
            };
            match refusal(&fault, event, &about) {
                Parcel::Event { name, .. } => name.into_owned(),
                Parcel::Ack { .. } => panic!("an acknowledgement"),
            }
        };
        assert_eq!(name("create_room", None, Some("42")), "room_error 42");
        assert_eq!(name("create_room", None, None), "room_error");
        assert_eq!(name("join_room", Some("room_7"), None), "room_join_error room_7");
        assert_eq!(name("join_room", None, None), "room_error");
        assert_eq!(name("send_message room_7", None, None), "error room_7");
        assert_eq!(name("send_message", Some("room_8"), None), "error room_8");
        assert_eq!(name("no_such_event", None, None), "room_error");
    }
}
