//! Assistant rooms: a namespace of its own, one room for each chat, a provider behind it, and tools that may run at
//! the client.
//!
//! Names of events carry an id after a blank (`room_created 42`), in both directions.

mod declared;
mod entering;
mod events;
mod messages;
mod room;
mod said;
mod translate;
mod wire;

use std::sync::Arc;

use crate::described::Part;
use crate::door::{Answers, Door};
use crate::hub::Hub;
use crate::hub::connection::Connection;
use crate::hub::forwarder::Translate;
use crate::hub::inbox::Call;
use crate::hub::namespace::{Guests, Names, Namespace};
use crate::hub::outbox::Parcel;
use crate::hub::place::{Stay, Words};
use crate::hub::reply::About;
use crate::sent::Text;
use crate::turns::Turn;
use docent_domain::{ChatId, Fault, MessageId};
use room::Assistants;
use translate::Translator;
use wire::RefusedView;

/// Where these rooms are.
static NAMESPACE: Namespace = Namespace {
    path: "/assistant/realtime",
    key: "assistant_realtime",
    line: "assistant_rooms",
    mark: "+assistants",
    guests: Guests::Refused,
    names: Names::WithId,
    refusal: |fault, event, about| refusal(fault, event, &about),
};

/// `stream_start`, `stream_chunk`, …
const WORDS: Words = Words::as_it_grows("assistant_rooms");

/// Being in a room.
const STAY: Stay = Stay { door: WORDS, heard_in: &[WORDS], bound: false };

/// Fields in which clients name a room or a chat.
const ROOM_ID: &str = "room_id";
const CHAT_ID: &str = "chat_id";

/// The chat that a connection is asking in: the answer that begins there may be its own.
#[derive(Debug, Clone, Copy, Default)]
struct Asking(Option<ChatId>);

pub(crate) struct AssistantRooms;

impl Door for AssistantRooms {
    fn label(&self) -> Option<&'static str> {
        Some(WORDS.door)
    }

    fn title(&self) -> &'static str {
        "assistant rooms"
    }

    fn channels(&self) -> &'static [Part] {
        events::PARTS
    }

    fn answers(&self) -> Option<&'static dyn Answers> {
        Some(&Self)
    }

    fn marks(&self) -> &'static [&'static str] {
        &[ROOM_ID, CHAT_ID]
    }

    fn put_out(&self, hub: &Hub, connection: &Connection, chat: ChatId) {
        hub.state::<Assistants>().leave(chat, connection.id);
    }

    fn departed(&self, hub: &Hub, connection: &Connection) {
        hub.state::<Assistants>().leave_all(connection.id);
    }
}

impl Answers for AssistantRooms {
    fn words(&self) -> Words {
        WORDS
    }

    /// Whoever asks is told as the one who asked, once it is known what came of it.
    fn passes_over(&self, connection: &Connection, chat: ChatId) -> bool {
        connection.place().notes::<Asking>().0 == Some(chat)
    }

    fn told(
        &self,
        _hub: &Arc<Hub>,
        connection: &Arc<Connection>,
        (chat, answer): (ChatId, MessageId),
        turn: Turn,
    ) -> (Box<dyn Translate>, Turn) {
        (Box::new(Translator::member(chat, answer, connection.id.to_string())), turn)
    }
}

/// Takes a connection out of a room.
fn leave(hub: &Hub, connection: &Connection, chat: ChatId) {
    hub.leave_chat(connection, chat, WORDS);
    hub.state::<Assistants>().leave(chat, connection.id);
}

/// What every room's id begins with.
const ROOM: &str = "room_";

/// A chat has one room at most, so that the one names the other, on every node and after every restart.
fn room_id(chat: ChatId) -> String {
    format!("{ROOM}{chat}")
}

/// A room's id, as clients send it.
type RoomId = Text<ID_BYTES>;

/// The room that an event is about: from its payload, or from the end of its name.
fn room_of(call: &Call<'_>, sent: Option<&RoomId>) -> Result<ChatId, Fault> {
    let named = sent.map(|id| id.0.as_str());
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
fn refusal(fault: &Fault, event: &str, about: &About) -> Parcel {
    let (event, suffix) = NAMESPACE.parts(event);
    let room = about.mark(ROOM_ID).or(suffix);
    let chat = about.mark(CHAT_ID).or(suffix);
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
            let marks = [(ROOM_ID, room), (CHAT_ID, chat)];
            let about = marks.into_iter().fold(About::default(), |about, (field, name)| match name {
                Some(name) => about.marked(field, name.to_owned()),
                None => about,
            });
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
