//! One answer, as conversations tell it: nothing until its end, then everything.

use std::collections::VecDeque;
use std::sync::Weak;

use super::chat::EVENT;
use super::wire::ConversationView;
use crate::hub::asking::Told;
use crate::hub::connection::Connection;
use crate::hub::forwarder::Translate;
use crate::hub::outbox::Parcel;
use crate::hub::reply::{About, ErrorView, INTERRUPTED, UNREADABLE};
use crate::project_rooms;
use docent_domain::chat::TurnEvent;
use docent_domain::{ChatId, Code, MessageId};

pub(super) struct Translator {
    pub(super) connection: Weak<Connection>,
    /// What this client calls it.
    pub(super) conversation: String,
    pub(super) chat: ChatId,
    pub(super) answer: MessageId,
    pub(super) told: Told,
}

impl Translator {
    /// `None` where the same is said already, in the words of project rooms.
    fn failed(&self, code: Code, message: &str) -> Option<Parcel> {
        let connection = self.connection.upgrade()?;
        let said = connection.place().heard_in(self.chat).contains(&project_rooms::WORDS);
        let about = About {
            conversation_id: Some(self.conversation.clone()),
            ..About::answer(self.chat, self.answer)
        };
        (!said).then(|| Parcel::event("error", &ErrorView::of_code(code, message, EVENT, about)))
    }

    fn ended(&self) -> Option<Parcel> {
        let Some(exchange) = self.told.get() else {
            return self.failed(Code::StorageUnavailable, UNREADABLE);
        };
        Some(Parcel::event("conversation", &ConversationView::new(&self.conversation, exchange)))
    }
}

impl Translate for Translator {
    fn translate(&mut self, event: TurnEvent, out: &mut VecDeque<Parcel>) {
        let parcel = match event {
            TurnEvent::Accepted(_)
            | TurnEvent::Sources(_)
            | TurnEvent::Token(_)
            | TurnEvent::ToolCall(_)
            | TurnEvent::ToolResult(_) => None,
            TurnEvent::Completed(_) | TurnEvent::Cancelled { .. } => self.ended(),
            TurnEvent::Failed { code, message, .. } => self.failed(code, &message),
            TurnEvent::Interrupted { .. } => self.failed(Code::Interrupted, INTERRUPTED),
        };
        out.extend(parcel);
    }
}
