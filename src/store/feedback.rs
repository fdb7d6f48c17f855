//! What people think of answers.

use super::error::{StoreError, word};
use super::side::{Names, Side};
use super::statement::{execute, fetch_all, fetch_one, statements};
use super::tx::Tx;
use docent_domain::chat::{Feedback, Rating};
use docent_domain::{ChatId, MessageId, ProjectId, Timestamp, UserId};

statements! {
    SET_FEEDBACK = "
        INSERT INTO feedback (message_id, user_id, rating, comment, updated_at)
        SELECT m.id, CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS BIGINT)
        FROM messages m WHERE m.id = $1 AND m.chat_id = $6
        ON CONFLICT (message_id, user_id) DO UPDATE
        SET rating = excluded.rating, comment = excluded.comment, updated_at = excluded.updated_at";
    FEEDBACK_OF = "
        SELECT f.message_id, f.rating, f.comment, f.updated_at
        FROM messages m JOIN feedback f ON f.message_id = m.id AND f.user_id = $2
        WHERE m.chat_id = $1";
    COUNT_FEEDBACK = "
        SELECT COUNT(CASE WHEN f.rating = 'up' THEN 1 END), COUNT(CASE WHEN f.rating = 'down' THEN 1 END)
        FROM chats c
        JOIN messages m ON m.chat_id = c.id
        JOIN feedback f ON f.message_id = m.id
        WHERE c.project_id = $1 AND c.deleted_at IS NULL";
}

/// How many answers of a project were found good, and how many not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedbackCounts {
    pub up: i64,
    pub down: i64,
}

impl<S: Side> Tx<S> {
    /// Takes the place of what the user has said of this answer before. Without effect on messages of other chats.
    pub async fn set_feedback(
        &mut self,
        chat: S::Named<ChatId>,
        message: MessageId,
        user: S::Named<UserId>,
        feedback: &Feedback,
    ) -> Result<(), StoreError> {
        execute!(
            self,
            SET_FEEDBACK,
            message.get(),
            user.id().get(),
            feedback.rating.name(),
            feedback.comment.as_str(),
            feedback.updated_at.micros(),
            chat.id().get(),
        )?;
        Ok(())
    }

    /// What one user thinks of the answers of a chat.
    pub async fn feedback_of(
        &mut self,
        chat: S::Named<ChatId>,
        user: S::Named<UserId>,
    ) -> Result<Vec<(MessageId, Feedback)>, StoreError> {
        let rows =
            fetch_all!(self, (i64, String, String, i64), FEEDBACK_OF, chat.id().get(), user.id().get())?;
        let read = |(message, rating, comment, updated_at): (i64, String, String, i64)| {
            let rating = word(Rating::by_name(&rating), &rating, "a rating")?;
            let updated_at = Timestamp::from(updated_at);
            Ok((MessageId::from(message), Feedback { rating, comment, updated_at }))
        };
        rows.into_iter().map(read).collect()
    }

    /// Private chats count, too: a number gives nothing of them away.
    pub async fn count_feedback(
        &mut self,
        project: S::Named<ProjectId>,
    ) -> Result<FeedbackCounts, StoreError> {
        let (up, down) = fetch_one!(self, (i64, i64), COUNT_FEEDBACK, project.id().get())?;
        Ok(FeedbackCounts { up, down })
    }
}
