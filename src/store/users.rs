//! Accounts. A deleted one stays as a nameless row: what it wrote still has an author.

use super::error::StoreError;
use super::side::{Names, Operates, Side};
use super::statement::{execute, fetch_all, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use super::{Listed, Window};
use docent_domain::{Role, Timestamp, UserId};

macro_rules! columns {
    () => {
        "id, username, email, role, disabled, created_at"
    };
}

statements! {
    ENSURE_USER = concat!("
        INSERT INTO users (username, role, disabled, created_at) VALUES ($1, $2, FALSE, $3)
        ON CONFLICT (username) DO UPDATE SET username = excluded.username
        RETURNING ", columns!());
    INSERT_USER = concat!("
        INSERT INTO users (username, email, password_hash, role, disabled, created_at)
        VALUES ($1, $2, $3, $4, FALSE, $5)
        RETURNING ", columns!());
    USER = concat!("SELECT ", columns!(), " FROM users WHERE id = $1 AND deleted_at IS NULL");
    USER_BY_NAME = concat!("
        SELECT ", columns!(), " FROM users
        WHERE LOWER(username) = LOWER($1) AND deleted_at IS NULL AND role <> 'visitor'");
    PASSWORD_HASH = "SELECT password_hash FROM users WHERE id = $1";
    USERS = concat!("
        SELECT ", columns!(), " FROM users
        WHERE deleted_at IS NULL AND role <> 'visitor' AND password_hash IS NOT NULL
        ORDER BY id LIMIT $1 OFFSET $2");
    COUNT_USERS = "
        SELECT COUNT(*) FROM users
        WHERE deleted_at IS NULL AND role <> 'visitor' AND password_hash IS NOT NULL";
    OTHER_ADMINS = "
        SELECT COUNT(*) FROM users
        WHERE id <> $1 AND deleted_at IS NULL AND role = 'admin' AND disabled = FALSE AND password_hash IS NOT NULL";
    UPDATE_USER = "
        UPDATE users SET username = $2, email = $3, role = $4, disabled = $5
        WHERE id = $1 AND deleted_at IS NULL";
    SET_PASSWORD = "UPDATE users SET password_hash = $2 WHERE id = $1 AND deleted_at IS NULL";
    DELETE_USER = "
        UPDATE users SET username = '#' || CAST(id AS TEXT), email = NULL, password_hash = NULL, disabled = TRUE,
            deleted_at = $2
        WHERE id = $1 AND deleted_at IS NULL";
    END_UNSIGNED = "
        UPDATE sessions SET ended_at = $1
        WHERE ended_at IS NULL AND user_id IN (SELECT id FROM users WHERE password_hash IS NULL)";
    FORGET_UNSIGNED_KEYS = "
        DELETE FROM api_keys WHERE user_id IN (SELECT id FROM users WHERE password_hash IS NULL)";
    FORGET_MEMBERSHIPS = "DELETE FROM members WHERE user_id = $1";
    FORGET_ENTITIES = "DELETE FROM user_entities WHERE user_id = $1";
    FORGET_KEYS = "DELETE FROM api_keys WHERE user_id = $1";
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

pub struct NewUser<'a> {
    pub username: &'a str,
    pub email: Option<&'a str>,
    /// `None` for an account that nobody can sign in to.
    pub password_hash: Option<&'a str>,
    pub role: &'a str,
    pub created_at: Timestamp,
}

impl<S: Side> Tx<S> {
    /// The account of that id, whoever asks: to be made a member, or to act for somebody. Neither visitors nor the
    /// removed have one.
    pub async fn account(&mut self, id: UserId) -> Result<Option<UserRow>, StoreError> {
        let row = fetch_optional!(self, UserRow, USER, id.get())?;
        Ok(row.filter(|user| user.role != Role::Visitor.name()))
    }

    pub async fn user(&mut self, id: S::Named<UserId>) -> Result<Option<UserRow>, StoreError> {
        fetch_optional!(self, UserRow, USER, id.id().get())
    }
}

impl<S: Operates> Tx<S> {
    /// People who can sign in: neither visitors nor the local owner.
    pub async fn users(&mut self, window: Window) -> Result<Listed<UserRow>, StoreError> {
        let items = fetch_all!(self, UserRow, USERS, window.limit, window.skip)?;
        let (total,) = fetch_one!(self, (i64,), COUNT_USERS)?;
        Ok(Listed { items, total })
    }
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

    /// [`StoreError::Duplicate`] if the name is taken, whatever its case.
    pub async fn insert_user(&mut self, new: &NewUser<'_>) -> Result<UserRow, StoreError> {
        let (name, hash, at) = (new.username, new.password_hash, new.created_at.micros());
        fetch_one!(self, UserRow, INSERT_USER, name, new.email, hash, new.role, at)
    }

    /// Whoever has that name, whatever its case. Names are ASCII; the databases do not agree on the case of others.
    pub async fn user_by_name(&mut self, username: &str) -> Result<Option<UserRow>, StoreError> {
        if !username.is_ascii() {
            return Ok(None);
        }
        fetch_optional!(self, UserRow, USER_BY_NAME, username)
    }

    /// What the password is checked against; `None` for accounts that nobody can sign in to.
    pub async fn password_hash(&mut self, id: UserId) -> Result<Option<String>, StoreError> {
        let row = fetch_optional!(self, (Option<String>,), PASSWORD_HASH, id.get())?;
        Ok(row.and_then(|(hash,)| hash))
    }

    pub async fn count_users(&mut self) -> Result<i64, StoreError> {
        Ok(fetch_one!(self, (i64,), COUNT_USERS)?.0)
    }

    /// Whether somebody else is an admin who can sign in.
    pub async fn has_other_admin(&mut self, than: UserId) -> Result<bool, StoreError> {
        Ok(fetch_one!(self, (i64,), OTHER_ADMINS, than.get())?.0 > 0)
    }

    /// Ends what was given to accounts that nobody can sign in to.
    pub async fn end_unsigned(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let sessions = execute!(self, END_UNSIGNED, now.micros())?;
        let keys = execute!(self, FORGET_UNSIGNED_KEYS)?;
        if sessions + keys > 0 { self.bump_rights().await } else { Ok(()) }
    }

    /// False if there is no such account any more.
    pub async fn update_user(&mut self, user: &UserRow) -> Result<bool, StoreError> {
        let (id, role, disabled) = (user.id.get(), user.role.as_str(), user.disabled);
        self.bump_rights().await?;
        let changed =
            execute!(self, UPDATE_USER, id, user.username.as_str(), user.email.as_deref(), role, disabled)?;
        Ok(changed > 0)
    }

    pub async fn set_password(&mut self, id: UserId, hash: &str) -> Result<(), StoreError> {
        execute!(self, SET_PASSWORD, id.get(), hash)?;
        Ok(())
    }

    /// Takes name, password, keys and memberships away; false if there is no such account any more.
    pub async fn delete_user(&mut self, id: UserId, now: Timestamp) -> Result<bool, StoreError> {
        self.end_sessions(id, now).await?;
        let changed = execute!(self, DELETE_USER, id.get(), now.micros())?;
        execute!(self, FORGET_MEMBERSHIPS, id.get())?;
        execute!(self, FORGET_ENTITIES, id.get())?;
        execute!(self, FORGET_KEYS, id.get())?;
        Ok(changed > 0)
    }
}
