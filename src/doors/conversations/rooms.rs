//! `join_conversation` and `leave_conversation`: following what others ask, too.

use super::name_of;
use super::wire::PlaceView;
use crate::inbox::{Call, Outcome};
use crate::outbox::Parcel;
use crate::reply::acknowledged;
use docent_chat::{Named, Opening};
use docent_domain::chat::Visibility;
use docent_domain::{ChatId, Code, Fault};

/// From here on every exchange in this conversation is told, and each answer as it grows in the words of project
/// rooms. A name that is new opens a conversation.
pub(super) async fn join(call: Call<'_>) -> Outcome {
    let (door, connection) = (call.door, call.connection);
    let named = required(&call)?;
    let opening = Opening {
        named: Some(named.clone()),
        project: None,
        project_field: "project_id",
        visibility: Visibility::Private,
    };
    let chat = door.turns.open(&call.caller.scope, opening).await?.chat;
    let conversation = name_of(Some(named), chat);
    enter(&call, chat, &conversation)?;
    let view = PlaceView::joined(&conversation);
    door.send(connection, Parcel::event("joined_conversation", &view));
    // First into the room, then the look at what runs, as in project rooms.
    door.rooms.join_chat(chat, connection);
    if connection.is_closed() {
        door.leave_conversation(connection, chat);
    } else {
        door.catch_up_with_answer(connection, &call.caller, chat).await?;
    }
    Ok(acknowledged(&view))
}

/// Leaving a conversation one is not in changes nothing. Answers to one's own questions still come.
pub(super) async fn leave(call: Call<'_>) -> Outcome {
    let named = required(&call)?;
    let joined = match &named {
        Named::Id(chat) => Some(*chat),
        Named::Name(name) => {
            let place = call.connection.place();
            place.conversations.iter().find(|(_, joined)| *joined == name).map(|(chat, _)| *chat)
        }
    };
    if let Some(chat) = joined {
        call.door.leave_conversation(call.connection, chat);
    }
    let conversation = match named {
        Named::Id(chat) => chat.to_string(),
        Named::Name(name) => name,
    };
    let view = PlaceView::left(&conversation);
    call.door.send(call.connection, Parcel::event("left_conversation", &view));
    Ok(acknowledged(&view))
}

fn required(call: &Call<'_>) -> Result<Named, Fault> {
    let named = call.payload.optional_chat("conversation_id")?;
    named.ok_or_else(|| Fault::field("conversation_id", "is missing; send an id, or a name of your own"))
}

fn enter(call: &Call<'_>, chat: ChatId, conversation: &str) -> Result<(), Fault> {
    let most = call.door.limits.chats_per_socket;
    let mut place = call.connection.place();
    if place.rooms().len() >= most && !place.rooms().contains(&chat) {
        let message =
            format!("this connection follows {most} chats already; leave one with `leave_conversation`");
        return Err(Fault::new(Code::RateLimited, message));
    }
    place.last_chat = Some(chat);
    place.conversations.insert(chat, conversation.to_owned());
    Ok(())
}
