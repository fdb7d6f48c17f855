//! `join_chat` and `leave_chat`: following a chat that somebody else writes in.

use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

use super::acknowledged;
use super::wire::ChatPlaceView;
use crate::domain::{ChatId, Code, Fault};
use crate::doors::inbox::Call;
use crate::doors::outbox::Parcel;

/// From here on every answer in this chat is delivered; one that is being written, from its beginning.
pub(super) async fn join(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let chat: ChatId = call.payload.id("chat_id")?;
    let answers = call.door.turns.watch(&call.connection.caller.scope, chat).await?;
    let view = ChatPlaceView::new(chat);
    let most = call.door.limits.chats_per_socket;
    let stop = CancellationToken::new();
    let joined = {
        let mut place = call.connection.place();
        if place.chats.len() >= most && !place.chats.contains_key(&chat) {
            let message =
                format!("this connection follows {most} chats already; leave one with `leave_chat`");
            return Err(Fault::new(Code::RateLimited, message));
        }
        place.last_chat = Some(chat);
        let new = !place.chats.contains_key(&chat);
        if new {
            place.chats.insert(chat, stop.clone());
        }
        new
    };
    call.door.send(call.connection, Parcel::event("chat_joined", &view));
    if joined {
        call.door.rooms.join_chat(chat, call.connection);
        call.door.deliver_chat(call.connection, chat, answers, stop);
        if call.connection.is_closed() {
            call.door.leave_chat(call.connection, chat);
        }
    }
    Ok(acknowledged(&view))
}

/// Leaving a chat one is not in changes nothing. Answers to one's own questions still come.
pub(super) async fn leave(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let chat: ChatId = call.payload.id("chat_id")?;
    call.door.leave_chat(call.connection, chat);
    let view = ChatPlaceView::new(chat);
    call.door.send(call.connection, Parcel::event("chat_left", &view));
    Ok(acknowledged(&view))
}
