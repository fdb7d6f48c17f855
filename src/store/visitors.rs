//! People without an account: each is known by a random value, kept as a hash, and has a user to be the author of
//! what they write.

use super::error::StoreError;
use super::statement::{execute, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use super::users::UserRow;
use docent_domain::{Timestamp, UserId};

statements! {
    INSERT_VISITOR_USER = "
        INSERT INTO users (username, role, disabled, created_at) VALUES ($1, 'visitor', FALSE, $2) RETURNING id";
    INSERT_VISITOR = "INSERT INTO visitors (hash, user_id, created_at, seen_at) VALUES ($1, $2, $3, $3)";
    VISITOR = "
        SELECT u.id, u.username, u.email, u.role, u.disabled, u.created_at
        FROM visitors v JOIN users u ON u.id = v.user_id
        WHERE v.hash = $1 AND u.disabled = FALSE AND u.deleted_at IS NULL";
    SEE_VISITOR = "UPDATE visitors SET seen_at = $2 WHERE hash = $1 AND seen_at < $3";
    DELETE_THEIR_CHATS = "
        UPDATE chats SET deleted_at = $2, name = NULL
        WHERE deleted_at IS NULL AND author_id IN (SELECT v.user_id FROM visitors v WHERE v.seen_at < $1)";
    FORGET_VISITORS = "
        DELETE FROM users WHERE id IN (
            SELECT v.user_id FROM visitors v
            WHERE v.seen_at < $1 AND NOT EXISTS (SELECT 1 FROM chats c WHERE c.author_id = v.user_id))";
}

impl Tx {
    pub async fn insert_visitor(
        &mut self,
        hash: &str,
        username: &str,
        now: Timestamp,
    ) -> Result<UserId, StoreError> {
        let (id,) = fetch_one!(self, (i64,), INSERT_VISITOR_USER, username, now.micros())?;
        execute!(self, INSERT_VISITOR, hash, id, now.micros())?;
        Ok(id.into())
    }

    pub async fn visitor(&mut self, hash: &str) -> Result<Option<UserRow>, StoreError> {
        fetch_optional!(self, UserRow, VISITOR, hash)
    }

    /// Notes that they were here, unless that was noted after `before`.
    pub async fn see_visitor(
        &mut self,
        hash: &str,
        now: Timestamp,
        before: Timestamp,
    ) -> Result<(), StoreError> {
        execute!(self, SEE_VISITOR, hash, now.micros(), before.micros())?;
        Ok(())
    }

    /// Deletes the chats of those who were not here since `before`, and forgets whoever has none left. The chats are
    /// swept like any others, so that this takes two rounds.
    pub async fn forget_visitors(&mut self, before: Timestamp, now: Timestamp) -> Result<(), StoreError> {
        execute!(self, DELETE_THEIR_CHATS, before.micros(), now.micros())?;
        execute!(self, FORGET_VISITORS, before.micros())?;
        Ok(())
    }
}
