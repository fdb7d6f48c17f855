//! One answer, as sessions tell it: that it is being written, then the whole.

use std::collections::VecDeque;
use std::sync::Weak;

use super::EVENT;
use super::wire::{ErrorFrameView, FailureView, PieceView, ResponseView, StatusView};
use crate::asking::Told;
use crate::connection::Connection;
use crate::forwarder::Translate;
use crate::outbox::Parcel;
use crate::place::Wire;
use crate::reply::{About, ErrorView, INTERRUPTED, UNREADABLE};
use docent_domain::chat::{MessageStatus, TurnEvent};
use docent_domain::{ChatId, Code, MessageId};

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
        if !connection.is_some_and(|connection| connection.place().wires(self.chat).contains(&Wire::Rooms)) {
            let error = ErrorView::of_code(code, message, EVENT, About::answer(self.chat, self.answer));
            out.push_back(Parcel::event("error", &FailureView::new(error, message)));
        }
        out.push_back(Parcel::event(EVENT, &ErrorFrameView::of_answer(code, message, self.answer)));
    }

    fn ended(&self, out: &mut VecDeque<Parcel>) {
        let Some(exchange) = self.told.get() else {
            self.failed(Code::StorageUnavailable, UNREADABLE, out);
            return;
        };
        let cancelled = exchange.answer.status == MessageStatus::Cancelled;
        let view = ResponseView::new(&exchange.answer, exchange.questions, cancelled);
        out.extend([Parcel::event("ai_response", &view), Parcel::event(EVENT, &view)]);
    }
}

impl Translate for Translator {
    fn translate(&mut self, event: TurnEvent, out: &mut VecDeque<Parcel>) {
        match event {
            TurnEvent::Accepted(_) => {
                let view = StatusView::processing();
                out.extend([Parcel::event("ai_status", &view), Parcel::event(EVENT, &view)]);
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
