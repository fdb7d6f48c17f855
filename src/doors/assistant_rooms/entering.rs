//! `create_room`, `join_room`, `leave_room` and `find_chat`: which chat is talked in, who is there, and who answers.

use serde_json::{Map, Value};

use super::declared::{ToolIn, Tools};
use super::room::{Assistants, Bring};
use super::wire::{CreatedView, FoundView, RoomView};
use super::{CHAT_ID, RoomId, STAY, WORDS, leave as leave_room, named, room_id, room_of};
use crate::described::Name;
use crate::hub::inbox::Call;
use crate::hub::outbox::Parcel;
use crate::hub::reply::acknowledged;
use crate::sent::{Text, sent};
use docent_chat::{Choice, Named, Opening};
use docent_domain::chat::Visibility;
use docent_domain::{ChatId, Code, Fault, ProjectId};
use docent_store::RoomChoice;

/// Bytes of the name of a provider or a model.
const NAME_BYTES: usize = 512;

sent! {
    /// `create_room`.
    pub(super) struct CreateRoomIn {
        /// Picks the provider, in any case.
        #[schema(value_type = String)]
        model_api_source: Text<NAME_BYTES>,
        /// Picks the model; a leading `aisuite.` or `provider:` is taken off.
        #[schema(value_type = String)]
        model_id: Text<NAME_BYTES>,
        /// Unless this is false, the server's own tools run without asking this connection.
        auto_execute_functions: Option<bool>,
        /// At most 64 of 16 KiB; calls of them come to this connection.
        #[schema(value_type = Option<Vec<ToolIn>>)]
        tools: Tools,
        /// A chat's id, or a name of the client's own; without it a new chat is opened.
        #[schema(value_type = Option<Name>)]
        chat_id: Option<Named>,
        #[schema(value_type = Option<i64>)]
        project_id: Option<ProjectId>,
    }
}

sent! {
    /// `join_room`, `leave_room`. The room may also stand at the end of the event's name.
    pub(super) struct RoomIn {
        #[schema(value_type = Option<String>)]
        room_id: Option<RoomId>,
    }
}

sent! {
    /// `find_chat`.
    pub(super) struct FindChatIn {
        #[schema(value_type = Name, required)]
        chat_id: Option<Named>,
    }
}

/// Opens a room for a chat, new or not, or hands back the one that serves it. The creator is in it.
pub(super) async fn create(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let (hub, connection) = (call.hub, call.connection);
    let sent: CreateRoomIn = call.sent()?;
    let model = &sent.model_id.0;
    let choice = hub.turns.choose(&sent.model_api_source.0, Some(model))?;
    let decides = !sent.auto_execute_functions.unwrap_or(true);
    let bring = Bring { tools: sent.tools.0, decides };
    let opening = Opening {
        named: sent.chat_id,
        project: sent.project_id,
        project_field: "project_id",
        visibility: Visibility::Project,
    };
    check_room_left(&call, None)?;
    let chat = hub.turns.open(&call.caller.scope, opening).await?.chat;
    keep(&call, chat, choice).await?;
    hub.state::<Assistants>().create(chat, connection.id, bring);
    let room = room_id(chat);
    let sent = call.payload.get(CHAT_ID).cloned();
    let name = named("room_created", sent.as_ref().map(shown).as_deref());
    let notice = hub.turns.without_language_model();
    if let Some(notice) = &notice {
        tracing::info!(chat.id = %chat, "A room was made. {notice}");
    }
    let view = CreatedView {
        room_id: &room,
        chat_id: sent.unwrap_or_else(|| chat.get().into()),
        model_id: model,
        notice: notice.as_deref(),
    };
    hub.send(connection, Parcel::event(name, &view));
    settle(&call, chat).await?;
    Ok(acknowledged(&view))
}

/// Comes into a room; one that is closed opens again, with whoever answered there before.
pub(super) async fn join(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let RoomIn { room_id: id } = call.sent()?;
    let chat = room_of(&call, id.as_ref())?;
    call.readable(chat).await.map_err(no_room)?;
    check_room_left(&call, Some(chat))?;
    call.hub.state::<Assistants>().join(chat, call.connection.id);
    let (room, notice) = (room_id(chat), call.hub.turns.without_language_model());
    let view = RoomView { room_id: &room, notice: notice.as_deref() };
    call.hub.send(call.connection, Parcel::event(named("room_joined", Some(&room)), &view));
    settle(&call, chat).await?;
    Ok(acknowledged(&view))
}

/// Leaving a room that one is not in changes nothing. Answers to one's own questions still come.
pub(super) async fn leave(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let RoomIn { room_id: id } = call.sent()?;
    let chat = room_of(&call, id.as_ref())?;
    leave_room(call.hub, call.connection, chat);
    let room = room_id(chat);
    let view = RoomView { room_id: &room, notice: None };
    call.hub.send(call.connection, Parcel::event("room_left", &view));
    Ok(acknowledged(&view))
}

/// Says whether a room serves the chat.
pub(super) async fn find(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let FindChatIn { chat_id: wanted } = call.sent()?;
    let wanted =
        wanted.ok_or_else(|| Fault::field("chat_id", "is missing; send the id or the name of a chat"))?;
    let found = match call.hub.turns.find(&call.caller.scope, &wanted).await {
        Ok(opened) => Some(opened.chat).filter(|chat| call.hub.state::<Assistants>().is_open(*chat)),
        Err(fault) if fault.code() == Code::NotFound => None,
        Err(fault) => return Err(fault),
    };
    let sent = call.payload.get(CHAT_ID).cloned().unwrap_or_default();
    let event = if found.is_some() { "room_found" } else { "room_not_found" };
    let name = named(event, Some(&shown(&sent)));
    let room = found.map(room_id);
    let view = FoundView { room_id: room.as_deref(), chat_id: sent };
    call.hub.send(call.connection, Parcel::event(name, &view));
    Ok(acknowledged(&view))
}

/// Who answers is decided by the first to say, for as long as the room is open and that provider is there. Kept, it
/// holds when the room opens again, and after a restart.
async fn keep(call: &Call<'_>, chat: ChatId, choice: Choice) -> Result<(), Fault> {
    let hub = call.hub;
    let seen = call.readable(chat).await?;
    let mut tx = hub.store.begin().await?;
    let is_there = |known: RoomChoice| hub.turns.choose(&known.provider, None).is_ok();
    if hub.state::<Assistants>().is_open(chat) && tx.room_choice(seen).await?.is_some_and(is_there) {
        return Ok(());
    }
    let kept = RoomChoice { provider: choice.provider.to_owned(), model: choice.model };
    tx.set_room_choice(seen, &kept, hub.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// From here on every answer in the chat is delivered; one that is being written, from its beginning.
async fn settle(call: &Call<'_>, chat: ChatId) -> Result<(), Fault> {
    let (hub, connection) = (call.hub, call.connection);
    connection.place().join(chat, STAY);
    // First into the room, then the look at what runs: an answer that begins in between is found twice, and
    // delivered once.
    hub.rooms.join_chat(chat, connection);
    if connection.is_closed() {
        // It went away in between, and its cleaning up may have been too early to see this room.
        leave_room(hub, connection, chat);
        return Ok(());
    }
    hub.catch_up_with_answer(connection, &call.caller, chat).await
}

fn check_room_left(call: &Call<'_>, chat: Option<ChatId>) -> Result<(), Fault> {
    let most = call.hub.limits.chats_per_socket;
    let place = call.connection.place();
    if place.stays_through(WORDS) >= most && !chat.is_some_and(|chat| place.is_in(chat, WORDS)) {
        let message = format!("this connection is in {most} rooms already; leave one with `leave_room`");
        return Err(Fault::new(Code::RateLimited, message));
    }
    Ok(())
}

/// A chat that may not be read has no room.
pub(super) fn no_room(fault: Fault) -> Fault {
    if fault.code() == Code::NotFound { Fault::not_found("room") } else { fault }
}

/// An id as it stands in an event's name.
fn shown(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}
