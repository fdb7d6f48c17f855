//! `typing`, `mark_read` and `ping`: small signs of life that are stored nowhere.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::acknowledged;
use super::wire::{PongView, ReadView, TypingView};
use crate::Door;
use crate::inbox::Call;
use crate::namespace::ConnectionId;
use crate::outbox::Parcel;
use crate::place::Wire;
use docent_domain::event::Signal;
use docent_domain::{ChatId, Fault, MessageId, Principal};

/// Tells the others in the chat that somebody is writing, or has stopped.
pub(super) async fn typing(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let chat: ChatId = call.payload.id("chat_id")?;
    let typing = call.payload.bool("typing")?;
    call.readable(chat).await?;
    let Principal { user, username } = call.caller.principal.clone();
    let view = TypingView::new(chat, &call.caller.principal, typing);
    call.door.tell_others(chat, Some(call.connection.id), &Parcel::event("typing", &view));
    call.door.bus.tell(Signal::Typing { chat, user, username, typing });
    Ok(acknowledged(&view))
}

/// Tells the others in the chat how far somebody has read.
pub(super) async fn mark_read(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let chat: ChatId = call.payload.id("chat_id")?;
    let message: MessageId = call.payload.id("message_id")?;
    let seen = call.readable(chat).await?;
    let found = call.door.store.read().await?.message(seen, message).await?;
    if found.is_none() {
        return Err(Fault::not_found("message"));
    }
    let Principal { user, username } = call.caller.principal.clone();
    let view = ReadView::new(chat, &call.caller.principal, message);
    call.door.tell_others(chat, Some(call.connection.id), &Parcel::event("read", &view));
    call.door.bus.tell(Signal::Read { chat, user, username, message });
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

/// Signs of life from another node.
pub(crate) fn heed(door: &Arc<Door>, signal: &Signal) {
    match signal.clone() {
        Signal::Typing { chat, user, username, typing } => {
            let principal = Principal { user, username };
            let view = TypingView::new(chat, &principal, typing);
            door.tell_others(chat, None, &Parcel::event("typing", &view));
        }
        Signal::Read { chat, user, username, message } => {
            let principal = Principal { user, username };
            let view = ReadView::new(chat, &principal, message);
            door.tell_others(chat, None, &Parcel::event("read", &view));
        }
        _ => {}
    }
}

impl Door {
    /// Everybody who follows the chat here, but for who it comes from.
    fn tell_others(self: &Arc<Self>, chat: ChatId, from: Option<ConnectionId>, parcel: &Parcel) {
        let members = self.rooms.in_chat(chat);
        for other in members.iter().filter(|member| Some(member.id) != from) {
            if other.place().wires(chat).contains(&Wire::Rooms) {
                self.send(other, parcel.clone());
            }
        }
    }
}
