//! `join_conversation` and `leave_conversation`: following what others ask, too.

use super::wire::PlaceView;
use super::{Names, STAY, WORDS, name_of};
use crate::described::Name;
use crate::hub::inbox::{Call, Outcome};
use crate::hub::outbox::Parcel;
use crate::hub::reply::acknowledged;
use crate::sent::sent;
use docent_chat::{Named, Opening};
use docent_domain::chat::Visibility;
use docent_domain::{ChatId, Code, Fault};

sent! {
    /// `join_conversation`, `leave_conversation`.
    #[schema(as = ConversationPlaceIn)]
    pub(super) struct PlaceIn {
        #[schema(value_type = Name, required)]
        conversation_id: Option<Named>,
    }
}

/// From here on every exchange in this conversation is told, and each answer as it grows in the words of project
/// rooms. A name that is new opens a conversation.
pub(super) async fn join(call: Call<'_>) -> Outcome {
    let (hub, connection) = (call.hub, call.connection);
    let named = required(&call)?;
    let opening = Opening {
        named: Some(named.clone()),
        project: None,
        project_field: "project_id",
        visibility: Visibility::Private,
    };
    let chat = hub.turns.open(&call.caller.scope, opening).await?.chat;
    let conversation = name_of(Some(named), chat);
    enter(&call, chat, &conversation)?;
    let view = PlaceView::joined(&conversation);
    hub.send(connection, Parcel::event("joined_conversation", &view));
    // First into the room, then the look at what runs, as in project rooms.
    hub.rooms.join_chat(chat, connection);
    if connection.is_closed() {
        hub.leave_chat(connection, chat, WORDS);
    } else {
        hub.catch_up_with_answer(connection, &call.caller, chat).await?;
    }
    Ok(acknowledged(&view))
}

/// Leaving a conversation one is not in changes nothing. Answers to one's own questions still come.
pub(super) async fn leave(call: Call<'_>) -> Outcome {
    let named = required(&call)?;
    let joined = match &named {
        Named::Id(chat) => Some(*chat),
        Named::Name(name) => {
            let mut place = call.connection.place();
            place.notes::<Names>().0.iter().find(|(_, joined)| *joined == name).map(|(chat, _)| *chat)
        }
    };
    if let Some(chat) = joined {
        call.hub.leave_chat(call.connection, chat, WORDS);
    }
    let conversation = match named {
        Named::Id(chat) => chat.to_string(),
        Named::Name(name) => name,
    };
    let view = PlaceView::left(&conversation);
    call.hub.send(call.connection, Parcel::event("left_conversation", &view));
    Ok(acknowledged(&view))
}

fn required(call: &Call<'_>) -> Result<Named, Fault> {
    let sent: PlaceIn = call.sent()?;
    sent.conversation_id
        .ok_or_else(|| Fault::field("conversation_id", "is missing; send an id, or a name of your own"))
}

fn enter(call: &Call<'_>, chat: ChatId, conversation: &str) -> Result<(), Fault> {
    let most = call.hub.limits.chats_per_socket;
    let mut place = call.connection.place();
    if place.rooms().len() >= most && !place.rooms().contains(&chat) {
        let message =
            format!("this connection follows {most} chats already; leave one with `leave_conversation`");
        return Err(Fault::new(Code::RateLimited, message));
    }
    place.join(chat, STAY);
    place.notes::<Names>().0.insert(chat, conversation.to_owned());
    Ok(())
}
