//! One answer, as sessions tell it: that it is being written, then the whole.

use std::collections::VecDeque;
use std::sync::Weak;

use super::EVENT;
use super::wire::{ErrorFrameView, PieceView, ResponseView, SaidView, StatusView};
use crate::hub::asking::Told;
use crate::hub::connection::Connection;
use crate::hub::forwarder::Translate;
use crate::hub::outbox::Parcel;
use crate::hub::reply::{About, ErrorView, INTERRUPTED, UNREADABLE};
use crate::project_rooms;
use docent_domain::chat::{MessageStatus, TurnEvent};
use docent_domain::{ChatId, Code, MessageId};
use docent_wire::error::ErrorEventView;

pub(super) struct Translator {
    pub(super) connection: Weak<Connection>,
    pub(super) chat: ChatId,
    pub(super) answer: MessageId,
    pub(super) told: Told,
    /// Whether it is told piece by piece, too.
    pub(super) pieces: bool,
}

impl Translator {
    fn failed(&self, code: Code, message: &str, out: &mut VecDeque<Parcel>) {
        // Who also follows the chat itself has heard it in the same words.
        let connection = self.connection.upgrade();
        if !connection
            .is_some_and(|connection| connection.place().heard_in(self.chat).contains(&project_rooms::WORDS))
        {
            let error = ErrorView::of_code(code, message, EVENT, About::answer(self.chat, self.answer));
            out.push_back(Parcel::event("error", &ErrorEventView::in_session(error, message)));
        }
        let frame = ErrorFrameView::of_answer(code, message, self.answer);
        out.push_back(Parcel::event(EVENT, &SaidView::Error(frame)));
    }

    fn ended(&self, out: &mut VecDeque<Parcel>) {
        let Some(exchange) = self.told.get() else {
            self.failed(Code::StorageUnavailable, UNREADABLE, out);
            return;
        };
        let cancelled = exchange.answer.status == MessageStatus::Cancelled;
        let view = ResponseView::new(&exchange.answer, exchange.questions, cancelled);
        out.extend([Parcel::event("ai_response", &view), Parcel::event(EVENT, &SaidView::Response(view))]);
    }
}

impl Translate for Translator {
    fn translate(&mut self, event: TurnEvent, out: &mut VecDeque<Parcel>) {
        match event {
            TurnEvent::Accepted(_) => {
                out.push_back(Parcel::event("ai_status", &StatusView::processing()));
                out.push_back(Parcel::event(EVENT, &SaidView::Status(StatusView::processing())));
            }
            TurnEvent::Token(frame) if self.pieces => {
                out.push_back(Parcel::event(EVENT, &PieceView::new(self.answer, &frame.text)));
            }
            TurnEvent::Sources(_)
            | TurnEvent::Token(_)
            | TurnEvent::ToolCall(_)
            | TurnEvent::ToolResult(_) => {}
            TurnEvent::Completed(_) | TurnEvent::Cancelled { .. } => self.ended(out),
            TurnEvent::Failed { code, message, .. } => self.failed(code, &message, out),
            TurnEvent::Interrupted { .. } => self.failed(Code::Interrupted, INTERRUPTED, out),
        }
    }
}
