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
    SEE_VISITOR = "UPDATE visitors SET seen_at = $2 WHERE hash = $1";
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

    pub async fn see_visitor(&mut self, hash: &str, now: Timestamp) -> Result<(), StoreError> {
        execute!(self, SEE_VISITOR, hash, now.micros())?;
        Ok(())
    }
}
