//! `join_chat` and `leave_chat`: following a chat that somebody else writes in.

use serde_json::{Map, Value};

use super::wire::ChatPlaceView;
use super::{STAY, WORDS, acknowledged};
use crate::hub::inbox::Call;
use crate::hub::outbox::Parcel;
use crate::sent::sent;
use docent_domain::{ChatId, Code, Fault};
use docent_store::Seen;

sent! {
    /// `join_chat`, `leave_chat`.
    pub(super) struct ChatPlaceIn {
        #[schema(value_type = i64)]
        chat_id: ChatId,
    }
}

/// From here on every answer in this chat is delivered; one that is being written, from its beginning.
pub(super) async fn join(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let ChatPlaceIn { chat_id: chat } = call.sent()?;
    call.readable(chat).await?;
    let most = call.hub.limits.chats_per_socket;
    {
        let mut place = call.connection.place();
        if place.stays_through(WORDS) >= most && !place.is_in(chat, WORDS) {
            let message =
                format!("this connection follows {most} chats already; leave one with `leave_chat`");
            return Err(Fault::new(Code::RateLimited, message));
        }
        place.join(chat, STAY);
    }
    let view = ChatPlaceView::new(chat);
    call.hub.send(call.connection, Parcel::event("chat_joined", &view));
    // First into the room, then the look at what runs: an answer that begins in between is found twice, and delivered once.
    call.hub.rooms.join_chat(chat, call.connection);
    if call.connection.is_closed() {
        call.hub.leave_chat(call.connection, chat, WORDS);
        return Ok(acknowledged(&view));
    }
    call.hub.catch_up_with_answer(call.connection, &call.caller, chat).await?;
    Ok(acknowledged(&view))
}

/// Leaving a chat one is not in changes nothing. Answers to one's own questions still come.
pub(super) async fn leave(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let ChatPlaceIn { chat_id: chat } = call.sent()?;
    call.hub.leave_chat(call.connection, chat, WORDS);
    let view = ChatPlaceView::new(chat);
    call.hub.send(call.connection, Parcel::event("chat_left", &view));
    Ok(acknowledged(&view))
}

impl Call<'_> {
    /// Whether the caller may read the chat, at this moment.
    pub(crate) async fn readable(&self, chat: ChatId) -> Result<Seen<ChatId>, Fault> {
        let scope = &self.caller.scope;
        let found = self.hub.store.read().await?.found_chat(scope, chat).await?;
        found.map(|found| found.seen).ok_or_else(|| Fault::not_found("chat"))
    }
}
