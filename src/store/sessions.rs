//! Sign-ins: sessions, the refresh tokens that prolong them, and API keys. Only hashes are kept.

use super::error::StoreError;
use super::side::{Names, Side};
use super::statement::{execute, fetch_all, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use super::users::UserRow;
use docent_domain::{ApiKeyId, SessionId, Timestamp, UserId};

statements! {
    INSERT_SESSION = "
        INSERT INTO sessions (user_id, created_at, used_at, expires_at) VALUES ($1, $2, $2, $3) RETURNING id";
    INSERT_REFRESH = "INSERT INTO refresh_tokens (hash, session_id, created_at) VALUES ($1, $2, $3)";
    REFRESH = "
        SELECT r.session_id, s.user_id, s.expires_at, s.ended_at, r.used_at
        FROM refresh_tokens r JOIN sessions s ON s.id = r.session_id
        WHERE r.hash = $1";
    USE_REFRESH = "UPDATE refresh_tokens SET used_at = $2 WHERE hash = $1 AND used_at IS NULL";
    PROLONG = "UPDATE sessions SET used_at = $2, expires_at = $3 WHERE id = $1";
    END_SESSION = "UPDATE sessions SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    EXPIRED = "SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL AND expires_at <= $1";
    END_EXPIRED = "UPDATE sessions SET ended_at = $1 WHERE ended_at IS NULL AND expires_at <= $1";
    END_SESSIONS = "UPDATE sessions SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL";
    OF_SESSION = "
        SELECT u.id, u.username, u.email, u.role, u.disabled, u.created_at
        FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.id = $1 AND s.ended_at IS NULL AND u.deleted_at IS NULL";
    FORGET_REFRESH = "DELETE FROM refresh_tokens WHERE used_at < $1";
    FORGET_SESSIONS = "DELETE FROM sessions WHERE expires_at < $1";
    INSERT_KEY = "
        INSERT INTO api_keys (user_id, name, hash, prefix, manage_account, created_at) VALUES ($1, $2, $3, $4, $5, $6)
        RETURNING id, name, prefix, manage_account, created_at, used_at";
    KEYS = "SELECT id, name, prefix, manage_account, created_at, used_at FROM api_keys WHERE user_id = $1 ORDER BY id";
    DELETE_KEYS_OF = "DELETE FROM api_keys WHERE user_id = $1";
    MAY_MANAGE_ACCOUNT = "SELECT manage_account FROM api_keys WHERE id = $1";
    DELETE_KEY = "DELETE FROM api_keys WHERE id = $1 AND user_id = $2";
    KEY_BY_HASH = "SELECT id FROM api_keys WHERE hash = $1";
    OF_KEY = "
        SELECT u.id, u.username, u.email, u.role, u.disabled, u.created_at
        FROM api_keys k JOIN users u ON u.id = k.user_id
        WHERE k.id = $1 AND u.deleted_at IS NULL";
    USE_KEY = "UPDATE api_keys SET used_at = $2 WHERE id = $1 AND (used_at IS NULL OR used_at < $3)";
}

/// A refresh token that was shown to somebody, and how its session stands.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RefreshRow {
    #[sqlx(try_from = "i64")]
    pub session_id: SessionId,
    #[sqlx(try_from = "i64")]
    pub user_id: UserId,
    #[sqlx(try_from = "i64")]
    pub expires_at: Timestamp,
    pub ended_at: Option<i64>,
    /// Microseconds.
    pub used_at: Option<i64>,
}

/// An API key without its secret.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ApiKeyRow {
    #[sqlx(try_from = "i64")]
    pub id: ApiKeyId,
    pub name: String,
    pub prefix: String,
    pub manage_account: bool,
    #[sqlx(try_from = "i64")]
    pub created_at: Timestamp,
    /// Microseconds; kept to the minute.
    pub used_at: Option<i64>,
}

pub struct NewApiKey<'a> {
    pub user: UserId,
    pub name: &'a str,
    pub hash: &'a str,
    pub prefix: &'a str,
    /// May make keys and accounts, and change passwords.
    pub manage_account: bool,
    pub created_at: Timestamp,
}

/// So long a used refresh token is remembered, to notice its replay.
const REPLAYS_KNOWN: std::time::Duration = std::time::Duration::from_secs(30 * 24 * 3600);

/// How exactly the last use of a key is known: a write a minute at most.
const USE_KEPT: std::time::Duration = std::time::Duration::from_secs(60);

impl<S: Side> Tx<S> {
    pub async fn api_keys(&mut self, user: S::Named<UserId>) -> Result<Vec<ApiKeyRow>, StoreError> {
        fetch_all!(self, ApiKeyRow, KEYS, user.id().get())
    }
}

impl Tx {
    pub async fn insert_session(
        &mut self,
        user: UserId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<SessionId, StoreError> {
        let (id,) = fetch_one!(self, (i64,), INSERT_SESSION, user.get(), now.micros(), expires_at.micros())?;
        Ok(id.into())
    }

    pub async fn insert_refresh_token(
        &mut self,
        session: SessionId,
        hash: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        execute!(self, INSERT_REFRESH, hash, session.get(), now.micros())?;
        Ok(())
    }

    pub async fn refresh_token(&mut self, hash: &str) -> Result<Option<RefreshRow>, StoreError> {
        fetch_optional!(self, RefreshRow, REFRESH, hash)
    }

    /// Takes the token's first use; false if somebody was faster.
    pub async fn use_refresh_token(&mut self, hash: &str, now: Timestamp) -> Result<bool, StoreError> {
        Ok(execute!(self, USE_REFRESH, hash, now.micros())? > 0)
    }

    pub async fn prolong_session(
        &mut self,
        session: SessionId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        execute!(self, PROLONG, session.get(), now.micros(), expires_at.micros())?;
        Ok(())
    }

    pub async fn end_session(&mut self, session: SessionId, now: Timestamp) -> Result<(), StoreError> {
        self.bump_rights().await?;
        execute!(self, END_SESSION, session.get(), now.micros())?;
        Ok(())
    }

    /// All of a user's.
    pub async fn end_sessions(&mut self, user: UserId, now: Timestamp) -> Result<(), StoreError> {
        self.bump_rights().await?;
        execute!(self, END_SESSIONS, user.get(), now.micros())?;
        Ok(())
    }

    /// Whether there are sign-ins that ran out and have not been ended.
    pub async fn has_expired_sessions(&mut self, now: Timestamp) -> Result<bool, StoreError> {
        Ok(fetch_one!(self, (i64,), EXPIRED, now.micros())?.0 > 0)
    }

    /// Ends the sign-ins that ran out.
    pub async fn end_expired_sessions(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.bump_rights().await?;
        execute!(self, END_EXPIRED, now.micros())?;
        Ok(())
    }

    /// Whose session it is, while it stands.
    pub async fn user_of_session(&mut self, session: SessionId) -> Result<Option<UserRow>, StoreError> {
        fetch_optional!(self, UserRow, OF_SESSION, session.get())
    }

    /// Sign-ins that have expired, and of the others the refresh tokens used long ago.
    pub async fn forget_sessions(&mut self, now: Timestamp) -> Result<(), StoreError> {
        // Whoever still follows something with one of them must notice.
        if self.has_expired_sessions(now).await? {
            self.end_expired_sessions(now).await?;
        }
        execute!(self, FORGET_SESSIONS, now.micros())?;
        execute!(self, FORGET_REFRESH, now.minus(REPLAYS_KNOWN).micros())?;
        Ok(())
    }

    pub async fn insert_api_key(&mut self, new: &NewApiKey<'_>) -> Result<ApiKeyRow, StoreError> {
        let (user, at) = (new.user.get(), new.created_at.micros());
        fetch_one!(self, ApiKeyRow, INSERT_KEY, user, new.name, new.hash, new.prefix, new.manage_account, at)
    }

    /// False if the user has no such key.
    pub async fn delete_api_key(&mut self, id: ApiKeyId, user: UserId) -> Result<bool, StoreError> {
        self.bump_rights().await?;
        let deleted = execute!(self, DELETE_KEY, id.get(), user.get())?;
        Ok(deleted > 0)
    }

    /// All of the user's keys.
    pub async fn delete_api_keys_of(&mut self, user: UserId) -> Result<(), StoreError> {
        self.bump_rights().await?;
        execute!(self, DELETE_KEYS_OF, user.get())?;
        Ok(())
    }

    /// Whether the key may make keys and accounts, and change passwords.
    pub async fn may_manage_account(&mut self, id: ApiKeyId) -> Result<bool, StoreError> {
        Ok(fetch_optional!(self, (bool,), MAY_MANAGE_ACCOUNT, id.get())?.is_some_and(|(may,)| may))
    }

    pub async fn api_key_by_hash(&mut self, hash: &str) -> Result<Option<ApiKeyId>, StoreError> {
        Ok(fetch_optional!(self, (i64,), KEY_BY_HASH, hash)?.map(|(id,)| id.into()))
    }

    /// Whose key it is, while it stands.
    pub async fn user_of_api_key(&mut self, id: ApiKeyId) -> Result<Option<UserRow>, StoreError> {
        fetch_optional!(self, UserRow, OF_KEY, id.get())
    }

    pub async fn note_api_key_use(&mut self, id: ApiKeyId, now: Timestamp) -> Result<(), StoreError> {
        execute!(self, USE_KEY, id.get(), now.micros(), now.minus(USE_KEPT).micros())?;
        Ok(())
    }
}
