//! One answer, as AI chat tells it over Socket.IO.

use std::collections::VecDeque;

use super::wire::{CompleteView, ErrorView, PieceView};
use crate::hub::forwarder::Translate;
use crate::hub::outbox::Parcel;
use crate::hub::reply::INTERRUPTED;
use docent_domain::chat::TurnEvent;
use docent_domain::source::Source;
use docent_domain::{ChatId, Code, MessageId};
use docent_wire::source::SourceView;

pub(super) struct Translator {
    /// What the client calls it.
    session: String,
    chat: ChatId,
    answer: MessageId,
    sources: Vec<Source>,
}

impl Translator {
    pub(super) const fn new(session: String, chat: ChatId, answer: MessageId) -> Self {
        Self { session, chat, answer, sources: Vec::new() }
    }

    fn complete(&self, response: &str, cancelled: bool) -> Parcel {
        let view = CompleteView {
            response,
            session_id: &self.session,
            sources: SourceView::all(&self.sources),
            chat_id: self.chat.get(),
            message_id: self.answer.get(),
            cancelled,
        };
        Parcel::event("ai:complete", &view)
    }

    fn failed(&self, code: Code, message: &str) -> Parcel {
        let view = ErrorView {
            error: message,
            code: code.name(),
            session_id: Some(&self.session),
            retry_after_s: None,
        };
        Parcel::event("ai:error", &view)
    }
}

impl Translate for Translator {
    fn translate(&mut self, event: TurnEvent, out: &mut VecDeque<Parcel>) {
        let parcel = match event {
            TurnEvent::Accepted(_) | TurnEvent::ToolCall(_) | TurnEvent::ToolResult(_) => return,
            TurnEvent::Sources(sources) => {
                self.sources = sources;
                return;
            }
            TurnEvent::Token(frame) => {
                let view = PieceView { content: &frame.text, session_id: &self.session };
                Parcel::event("ai:stream", &view)
            }
            TurnEvent::Completed(completed) => self.complete(&completed.content, false),
            TurnEvent::Cancelled { content } => self.complete(&content, true),
            TurnEvent::Failed { code, message, .. } => self.failed(code, &message),
            TurnEvent::Interrupted { .. } => self.failed(Code::Interrupted, INTERRUPTED),
        };
        out.push_back(parcel);
    }
}
