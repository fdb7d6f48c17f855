//! `POST /api/chats/{id}/messages/{message_id}/feedback`: whether an answer was any good.

use std::collections::HashMap;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::MessageView;
use crate::access::{ChatAccess, MessagePath};
use crate::decode::Json;
use crate::services::Services;
use crate::wire::Time;
use docent_domain::chat::{Feedback, Message, Rating, Speaker};
use docent_domain::{Code, Fault, MessageId};
use docent_store::{ForCallers, Seen, Tx};
use docent_wire::Refused;

/// Characters of a comment.
const LONGEST: usize = 2_000;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct FeedbackIn {
    /// `up` or `down`.
    rating: String,
    /// At most 2000 characters.
    comment: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Feedback)]
pub(super) struct FeedbackView {
    /// `up` or `down`.
    rating: &'static str,
    comment: String,
    updated_at: Time,
}

impl From<Feedback> for FeedbackView {
    fn from(feedback: Feedback) -> Self {
        let Feedback { rating, comment, updated_at } = feedback;
        Self { rating: rating.name(), comment, updated_at: Time(updated_at) }
    }
}

/// The last word of each reader counts.
#[utoipa::path(
    post,
    path = "/chats/{id}/messages/{message_id}/feedback",
    operation_id = "give_feedback",
    tag = "Chats",
    params(("id" = i64, Path), ("message_id" = i64, Path)),
    request_body = FeedbackIn,
    responses((status = 200, body = FeedbackView))
)]
#[tracing::instrument(name = "http.chats.feedback", skip_all, fields(chat.id = %access.chat.id))]
pub(super) async fn handler(
    State(services): State<Services>,
    access: ChatAccess,
    MessagePath(message): MessagePath,
    Json(body): Json<FeedbackIn>,
) -> Result<axum::Json<FeedbackView>, Refused> {
    let rating = Rating::by_name(&body.rating);
    let rating = rating.ok_or_else(|| Fault::field("rating", "must be up or down"))?;
    let comment = body.comment.unwrap_or_default().trim().to_owned();
    if comment.chars().count() > LONGEST {
        return Err(Refused(Fault::field("comment", format!("may have at most {LONGEST} characters"))));
    }
    let mut tx = services.store.begin().await?;
    let found = tx.message(access.seen, message).await?.ok_or_else(|| Fault::not_found("message"))?;
    if found.speaker != Speaker::Assistant {
        return Err(Refused(Fault::new(Code::Conflict, "Only answers can be rated")));
    }
    let feedback = Feedback { rating, comment, updated_at: services.clock.now() };
    tx.set_feedback(access.seen, message, Seen::myself(&access.caller.scope), &feedback).await?;
    tx.commit().await?;
    Ok(axum::Json(feedback.into()))
}

/// Messages of a chat, each with what their reader thinks of it.
pub(super) async fn with_feedback(
    tx: &mut Tx<ForCallers>,
    access: &ChatAccess,
    messages: Vec<Message>,
) -> Result<Vec<MessageView>, Fault> {
    let given = tx.feedback_of(access.seen, Seen::myself(&access.caller.scope)).await?;
    let mut given: HashMap<MessageId, Feedback> = given.into_iter().collect();
    let view = |message: Message| {
        let feedback = given.remove(&message.id).map(FeedbackView::from);
        MessageView { feedback, ..MessageView::from(message) }
    };
    Ok(messages.into_iter().map(view).collect())
}
