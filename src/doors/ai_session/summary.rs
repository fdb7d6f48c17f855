//! Summaries: messages of their own, told to everybody in the session.

use std::sync::Arc;
use std::time::Duration;

use super::wire::{ResponseView, SaidView};
use super::{EVENT, WORDS};
use crate::hub::Hub;
use crate::hub::connection::Connection;
use crate::hub::outbox::Parcel;
use docent_domain::chat::Message;
use docent_domain::{ChatId, MessageId};
use docent_store::StoreError;

/// How often it is looked whether an answer has been told to its end.
const LOOK: Duration = Duration::from_millis(25);

impl Hub {
    /// Brings a summary to those who are connected to the session.
    pub(crate) async fn tell_summary(self: &Arc<Self>, chat: ChatId, message: MessageId) {
        let mut members = self.rooms.in_chat(chat);
        members.retain(|member| member.place().heard_in(chat).contains(&WORDS));
        let (summary, questions) = match self.summary(&members, chat, message).await {
            Ok(Some(read)) => read,
            Ok(None) => return,
            Err(error) => {
                tracing::warn!(%error, chat.id = %chat, "A summary could not be read");
                return;
            }
        };
        let view = ResponseView::new(&summary, questions, false);
        let parcels = [Parcel::event("ai_response", &view), Parcel::event(EVENT, &SaidView::Response(view))];
        for member in members {
            self.tell_after_answers(member, chat, parcels.clone());
        }
    }

    /// Read through the eyes of the first who may: `None` if nobody is there who does.
    async fn summary(
        &self,
        members: &[Arc<Connection>],
        chat: ChatId,
        message: MessageId,
    ) -> Result<Option<(Message, i64)>, StoreError> {
        let mut tx = self.store.read().await?;
        for member in members {
            if let Some(found) = tx.found_chat(&member.caller.scope, chat).await? {
                let questions = tx.count_questions_to(found.seen, message).await?;
                let summary = tx.message(found.seen, message).await?;
                return Ok(summary.map(|summary| (summary, questions)));
            }
        }
        Ok(None)
    }

    /// A slow client has not heard the answer yet that the summary follows.
    fn tell_after_answers(self: &Arc<Self>, member: Arc<Connection>, chat: ChatId, parcels: [Parcel; 2]) {
        let hub = self.clone();
        self.tasks.spawn(async move {
            while member.place().is_told(chat, WORDS) && !member.is_closed() {
                tokio::time::sleep(LOOK).await;
            }
            for parcel in parcels {
                hub.send(&member, parcel);
            }
        });
    }
}
