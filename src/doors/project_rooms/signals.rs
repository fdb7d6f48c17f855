//! `typing`, `mark_read` and `ping`: small signs of life that are stored nowhere.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::wire::{PongView, ReadView, TypingView};
use super::{WORDS, acknowledged};
use crate::hub::Hub;
use crate::hub::inbox::Call;
use crate::hub::namespace::ConnectionId;
use crate::hub::outbox::Parcel;
use crate::sent::sent;
use docent_domain::event::Signal;
use docent_domain::{ChatId, Fault, MessageId, Principal};

sent! {
    /// `typing`.
    pub(super) struct TypingIn {
        #[schema(value_type = i64)]
        chat_id: ChatId,
        typing: bool,
    }
}

sent! {
    /// `mark_read`.
    pub(super) struct ReadIn {
        #[schema(value_type = i64)]
        chat_id: ChatId,
        #[schema(value_type = i64)]
        message_id: MessageId,
    }
}

sent! {
    /// `ping`.
    pub(super) struct PingIn {
        /// Comes back as it is.
        timestamp: Option<Value>,
    }
}

/// Tells the others in the chat that somebody is writing, or has stopped.
pub(super) async fn typing(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let TypingIn { chat_id: chat, typing } = call.sent()?;
    call.readable(chat).await?;
    let Principal { user, username } = call.caller.principal.clone();
    let view = TypingView::new(chat, &call.caller.principal, typing);
    call.hub.tell_others(chat, Some(call.connection.id), &Parcel::event("typing", &view));
    call.hub.bus.tell(Signal::Typing { chat, user, username, typing });
    Ok(acknowledged(&view))
}

/// Tells the others in the chat how far somebody has read.
pub(super) async fn mark_read(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let ReadIn { chat_id: chat, message_id: message } = call.sent()?;
    let seen = call.readable(chat).await?;
    let found = call.hub.store.read().await?.message(seen, message).await?;
    if found.is_none() {
        return Err(Fault::not_found("message"));
    }
    let Principal { user, username } = call.caller.principal.clone();
    let view = ReadView::new(chat, &call.caller.principal, message);
    call.hub.tell_others(chat, Some(call.connection.id), &Parcel::event("read", &view));
    call.hub.bus.tell(Signal::Read { chat, user, username, message });
    Ok(acknowledged(&view))
}

/// Answers with the client's own time, if it sent one, so that it can measure the way.
pub(super) async fn ping(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let sent: PingIn = call.sent()?;
    let timestamp = sent.timestamp.filter(|value| value.is_number() || value.is_string());
    let timestamp = timestamp.unwrap_or_else(|| call.hub.clock.now().millis().into());
    let view = PongView { timestamp };
    call.hub.send(call.connection, Parcel::event("pong", &view));
    Ok(acknowledged(&view))
}

/// Signs of life from another node.
pub(crate) fn heed(hub: &Arc<Hub>, signal: &Signal) {
    match signal.clone() {
        Signal::Typing { chat, user, username, typing } => {
            let principal = Principal { user, username };
            let view = TypingView::new(chat, &principal, typing);
            hub.tell_others(chat, None, &Parcel::event("typing", &view));
        }
        Signal::Read { chat, user, username, message } => {
            let principal = Principal { user, username };
            let view = ReadView::new(chat, &principal, message);
            hub.tell_others(chat, None, &Parcel::event("read", &view));
        }
        _ => {}
    }
}

impl Hub {
    /// Everybody who follows the chat here, but for who it comes from.
    fn tell_others(self: &Arc<Self>, chat: ChatId, from: Option<ConnectionId>, parcel: &Parcel) {
        let members = self.rooms.in_chat(chat);
        for other in members.iter().filter(|member| Some(member.id) != from) {
            if other.place().heard_in(chat).contains(&WORDS) {
                self.send(other, parcel.clone());
            }
        }
    }
}
