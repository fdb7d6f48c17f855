//! `typing`, `mark_read` and `ping`: small signs of life that are stored nowhere.

use serde_json::{Map, Value};

use super::acknowledged;
use super::wire::{PongView, ReadView, TypingView};
use crate::domain::{ChatId, Fault, MessageId};
use crate::doors::inbox::Call;
use crate::doors::outbox::Parcel;
use crate::doors::place::Wire;

/// Tells the others in the chat that somebody is writing, or has stopped.
pub(super) async fn typing(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let chat: ChatId = call.payload.id("chat_id")?;
    let typing = call.payload.bool("typing")?;
    call.readable(chat).await?;
    let view = TypingView::new(chat, &call.caller.principal, typing);
    call.tell_others(chat, &Parcel::event("typing", &view));
    Ok(acknowledged(&view))
}

/// Tells the others in the chat how far somebody has read.
pub(super) async fn mark_read(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let chat: ChatId = call.payload.id("chat_id")?;
    let message: MessageId = call.payload.id("message_id")?;
    call.readable(chat).await?;
    let found = call.door.store.read().await?.message(chat, message).await?;
    if found.is_none() {
        return Err(Fault::not_found("message"));
    }
    let view = ReadView::new(chat, &call.caller.principal, message);
    call.tell_others(chat, &Parcel::event("read", &view));
    Ok(acknowledged(&view))
}

/// Answers with the client's own time, if it sent one, so that it can measure the way.
pub(super) async fn ping(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let sent = call.payload.get("timestamp").filter(|value| value.is_number() || value.is_string());
    let timestamp = sent.cloned().unwrap_or_else(|| call.door.clock.now().millis().into());
    let view = PongView { timestamp };
    call.door.send(call.connection, Parcel::event("pong", &view));
    Ok(acknowledged(&view))
}

impl Call<'_> {
    fn tell_others(&self, chat: ChatId, parcel: &Parcel) {
        let members = self.door.rooms.in_chat(chat);
        for other in members.iter().filter(|member| member.id != self.connection.id) {
            if other.place().wires(chat).contains(&Wire::Rooms) {
                self.door.send(other, parcel.clone());
            }
        }
    }
}
