//! Accounts. Passwords, keys and sessions join them with the accounts of the next migration.

use super::error::StoreError;
use super::statement::{fetch_one, fetch_optional, statements};
use super::tx::Tx;
use crate::domain::{Timestamp, UserId};

statements! {
    ENSURE_USER = "
        INSERT INTO users (username, role, disabled, created_at) VALUES ($1, $2, FALSE, $3)
        ON CONFLICT (username) DO UPDATE SET username = excluded.username
        RETURNING id, username, email, role, disabled, created_at";
    USER = "SELECT id, username, email, role, disabled, created_at FROM users WHERE id = $1";
}

/// One account, as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UserRow {
    #[sqlx(try_from = "i64")]
    pub id: UserId,
    pub username: String,
    pub email: Option<String>,
    pub role: String,
    pub disabled: bool,
    #[sqlx(try_from = "i64")]
    pub created_at: Timestamp,
}

impl Tx {
    /// The user of that name, made with `role` if there is none.
    pub async fn ensure_user(
        &mut self,
        username: &str,
        role: &str,
        now: Timestamp,
    ) -> Result<UserRow, StoreError> {
        fetch_one!(self, UserRow, ENSURE_USER, username, role, now.micros())
    }

    pub async fn user(&mut self, id: UserId) -> Result<Option<UserRow>, StoreError> {
        fetch_optional!(self, UserRow, USER, id.get())
    }
}
