//! `create_room`, `join_room`, `leave_room` and `find_chat`: which chat is talked in, who is there, and who answers.

use serde_json::{Map, Value};

use super::wire::{CreatedView, FoundView, RoomView};
use super::{declared, named, room_id, room_of};
use crate::inbox::Call;
use crate::outbox::Parcel;
use crate::reply::acknowledged;
use docent_chat::{Choice, Opening};
use docent_domain::chat::Visibility;
use docent_domain::{ChatId, Code, Fault};
use docent_store::RoomChoice;

/// Bytes of the name of a provider or a model.
const NAME_BYTES: usize = 512;

/// Opens a room for a chat, new or not, or hands back the one that serves it. The creator is in it.
pub(super) async fn create(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let (door, connection) = (call.door, call.connection);
    let source = call.payload.text("model_api_source", NAME_BYTES)?;
    let model = call.payload.text("model_id", NAME_BYTES)?;
    let choice = door.turns.choose(source, Some(model))?;
    let bring = declared::bring(&call)?;
    let opening = Opening {
        named: call.payload.optional_chat("chat_id")?,
        project: call.payload.optional_id("project_id")?,
        project_field: "project_id",
        visibility: Visibility::Project,
    };
    check_room_left(&call, None)?;
    let chat = door.turns.open(&call.caller.scope, opening).await?.chat;
    keep(&call, chat, choice).await?;
    door.assistants.create(chat, connection.id, bring);
    let room = room_id(chat);
    let sent = call.payload.get("chat_id").cloned();
    let name = named("room_created", sent.as_ref().map(shown).as_deref());
    let notice = door.turns.without_language_model();
    if let Some(notice) = &notice {
        tracing::info!(chat.id = %chat, "A room was made. {notice}");
    }
    let view = CreatedView {
        room_id: &room,
        chat_id: sent.unwrap_or_else(|| chat.get().into()),
        model_id: model,
        notice: notice.as_deref(),
    };
    door.send(connection, Parcel::event(name, &view));
    settle(&call, chat).await?;
    Ok(acknowledged(&view))
}

/// Comes into a room; one that is closed opens again, with whoever answered there before.
pub(super) async fn join(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let chat = room_of(&call)?;
    call.readable(chat).await.map_err(no_room)?;
    check_room_left(&call, Some(chat))?;
    call.door.assistants.join(chat, call.connection.id);
    let (room, notice) = (room_id(chat), call.door.turns.without_language_model());
    let view = RoomView { room_id: &room, notice: notice.as_deref() };
    call.door.send(call.connection, Parcel::event(named("room_joined", Some(&room)), &view));
    settle(&call, chat).await?;
    Ok(acknowledged(&view))
}

/// Leaving a room that one is not in changes nothing. Answers to one's own questions still come.
pub(super) async fn leave(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let chat = room_of(&call)?;
    call.door.leave_assistant(call.connection, chat);
    let room = room_id(chat);
    let view = RoomView { room_id: &room, notice: None };
    call.door.send(call.connection, Parcel::event("room_left", &view));
    Ok(acknowledged(&view))
}

/// Says whether a room serves the chat.
pub(super) async fn find(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let wanted = call.payload.optional_chat("chat_id")?;
    let wanted =
        wanted.ok_or_else(|| Fault::field("chat_id", "is missing; send the id or the name of a chat"))?;
    let found = match call.door.turns.find(&call.caller.scope, &wanted).await {
        Ok(opened) => Some(opened.chat).filter(|chat| call.door.assistants.is_open(*chat)),
        Err(fault) if fault.code() == Code::NotFound => None,
        Err(fault) => return Err(fault),
    };
    let sent = call.payload.get("chat_id").cloned().unwrap_or_default();
    let event = if found.is_some() { "room_found" } else { "room_not_found" };
    let name = named(event, Some(&shown(&sent)));
    let room = found.map(room_id);
    let view = FoundView { room_id: room.as_deref(), chat_id: sent };
    call.door.send(call.connection, Parcel::event(name, &view));
    Ok(acknowledged(&view))
}

/// Who answers is decided by the first to say, for as long as the room is open and that provider is there. Kept, it
/// holds when the room opens again, and after a restart.
async fn keep(call: &Call<'_>, chat: ChatId, choice: Choice) -> Result<(), Fault> {
    let door = call.door;
    let seen = call.readable(chat).await?;
    let mut tx = door.store.begin().await?;
    let is_there = |known: RoomChoice| door.turns.choose(&known.provider, None).is_ok();
    if door.assistants.is_open(chat) && tx.room_choice(seen).await?.is_some_and(is_there) {
        return Ok(());
    }
    let kept = RoomChoice { provider: choice.provider.to_owned(), model: choice.model };
    tx.set_room_choice(seen, &kept, door.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// From here on every answer in the chat is delivered; one that is being written, from its beginning.
async fn settle(call: &Call<'_>, chat: ChatId) -> Result<(), Fault> {
    let (door, connection) = (call.door, call.connection);
    {
        let mut place = connection.place();
        place.last_chat = Some(chat);
        place.assistants.insert(chat);
    }
    // First into the room, then the look at what runs: an answer that begins in between is found twice, and
    // delivered once.
    door.rooms.join_chat(chat, connection);
    if connection.is_closed() {
        // It went away in between, and its cleaning up may have been too early to see this room.
        door.leave_assistant(connection, chat);
        return Ok(());
    }
    door.catch_up_with_answer(connection, &call.caller, chat).await
}

fn check_room_left(call: &Call<'_>, chat: Option<ChatId>) -> Result<(), Fault> {
    let most = call.door.limits.chats_per_socket;
    let place = call.connection.place();
    if place.assistants.len() >= most && !chat.is_some_and(|chat| place.assistants.contains(&chat)) {
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
