//! Signing in, staying signed in, and ending that; API keys.

use std::net::IpAddr;
use std::time::Duration;

use super::audit::{self, Action, Who};
use super::credentials::{KEY_PREFIX, fingerprint};
use super::tokens::Access;
use super::{Auth, AuthError, Caller, Credential};
use docent_domain::{ApiKeyId, SessionId, Timestamp, UserId};
use docent_store::{ApiKeyRow, NewApiKey, Tx, UserRow};

/// A sign-in that is not used for so long ends.
const IDLE: Duration = Duration::from_secs(30 * 24 * 3600);
/// A refresh token may be used again within this: two tabs of a page may have been equally fast, or an answer lost.
const GRACE: Duration = Duration::from_secs(20);
/// API keys of one user.
const KEYS: usize = 100;

/// What somebody gets who signed in. The tokens are shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    pub user: UserRow,
    pub access_token: String,
    pub refresh_token: String,
}

impl Auth {
    /// Signs in by name and password. With authentication off, whoever asks is the local owner.
    pub async fn login(
        &self,
        username: &str,
        password: &str,
        address: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<SignedIn, AuthError> {
        if let Some(owner) = &self.inner.local_owner {
            let mut tx = self.inner.store.begin().await?;
            let user = tx.user(owner.principal.user).await?.ok_or(AuthError::InvalidToken)?;
            let signed_in = self.open_session(&mut tx, user, now).await?;
            tx.commit().await?;
            return Ok(signed_in);
        }
        self.count_attempt(username, address, now).await?;
        let mut tx = self.inner.store.read().await?;
        let user = tx.user_by_name(username).await?.map_or(UserId::NOBODY, |user| user.id);
        let hash = tx.password_hash(user).await?;
        drop(tx);
        let right = self.inner.passwords.verify(password, hash.clone()).await?;
        let mut tx = self.inner.store.begin().await?;
        // Asked again: while the password was checked it may have been changed, or the account disabled.
        let same = right && tx.password_hash(user).await? == hash;
        let user = if same { tx.user(user).await?.filter(|user| !user.disabled) } else { None };
        let Some(user) = user else {
            audit::of_sign_in(&mut tx, Who::Nobody(username), Action::LoginFailed, address, now).await?;
            tx.commit().await?;
            return Err(AuthError::WrongPassword);
        };
        self.attempt_succeeded(&mut tx, username, address).await?;
        audit::of_sign_in(&mut tx, Who::Account(&user), Action::Login, address, now).await?;
        let signed_in = self.open_session(&mut tx, user, now).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// Takes a refresh token for the next one. A token that was used before ends the whole sign-in: one of its two
    /// holders is not who it was given to.
    pub async fn renew(&self, refresh_token: &str, now: Timestamp) -> Result<SignedIn, AuthError> {
        let hash = fingerprint(refresh_token);
        let mut tx = self.inner.store.begin().await?;
        let row = tx.refresh_token(&hash).await?.ok_or(AuthError::InvalidToken)?;
        if row.expires_at <= now {
            return Err(AuthError::TokenExpired);
        }
        if row.ended_at.is_some() {
            return Err(AuthError::InvalidToken);
        }
        let user = tx.user_of_session(row.session_id).await?.filter(|user| !user.disabled);
        let user = user.ok_or(AuthError::InvalidToken)?;
        let first_use = tx.use_refresh_token(&hash, now).await?;
        if !first_use && row.used_at.is_some_and(|used| now.since(used.into()) > GRACE) {
            tx.end_session(row.session_id, now).await?;
            audit::of_sign_in(&mut tx, Who::Account(&user), Action::RefreshReplayed, None, now).await?;
            tx.commit().await?;
            self.changed().await;
            return Err(AuthError::InvalidToken);
        }
        tx.prolong_session(row.session_id, now, now.plus(IDLE)).await?;
        let signed_in = self.tokens_of(&mut tx, row.session_id, user, now).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// Ends the sign-in behind a refresh token, or behind the caller. Unknown tokens are none of anybody's business.
    pub async fn logout(
        &self,
        refresh_token: Option<&str>,
        caller: Option<&Caller>,
        now: Timestamp,
    ) -> Result<(), AuthError> {
        let mut tx = self.inner.store.begin().await?;
        let mut ended: Vec<SessionId> = Vec::new();
        if let Some(token) = refresh_token
            && let Some(row) = tx.refresh_token(&fingerprint(token)).await?
        {
            ended.push(row.session_id);
        }
        if let Some(Caller { credential: Credential::Session(session), .. }) = caller {
            ended.push(*session);
        }
        for session in ended {
            if let Some(user) = tx.user_of_session(session).await? {
                audit::of_sign_in(&mut tx, Who::Account(&user), Action::Logout, None, now).await?;
            }
            tx.end_session(session, now).await?;
        }
        tx.commit().await?;
        self.changed().await;
        Ok(())
    }

    /// Makes an API key; the second part is the key itself, shown this once.
    pub async fn make_key(
        &self,
        caller: &Caller,
        name: &str,
        manage_account: bool,
        now: Timestamp,
    ) -> Result<(ApiKeyRow, String), AuthError> {
        self.may_manage_account(caller).await?;
        let key = format!("{KEY_PREFIX}{}", self.secret());
        let mut tx = self.inner.store.begin().await?;
        if tx.api_keys(caller.principal.user).await?.len() >= KEYS {
            return Err(AuthError::Impossible("you have 100 API keys; delete one first"));
        }
        let new = NewApiKey {
            user: caller.principal.user,
            name,
            hash: &fingerprint(&key),
            prefix: &key[..KEY_PREFIX.len() + 6],
            manage_account,
            created_at: now,
        };
        let row = tx.insert_api_key(&new).await?;
        audit::of_caller(&mut tx, caller, Action::KeyMade, Some(("api_key", row.id.get())), None, now)
            .await?;
        tx.commit().await?;
        Ok((row, key))
    }

    /// What lets in for good (another key, a password, an account) is not for a key that was not given that right:
    /// whoever found one could stay after it is deleted.
    pub(super) async fn may_manage_account(&self, caller: &Caller) -> Result<(), AuthError> {
        match caller.credential {
            Credential::Key(key) => {
                let may = self.inner.store.read().await?.may_manage_account(key).await?;
                if may { Ok(()) } else { Err(AuthError::KeyMayNot) }
            }
            _ => Ok(()),
        }
    }

    /// False if the caller has no such key.
    pub async fn delete_key(&self, caller: &Caller, id: ApiKeyId, now: Timestamp) -> Result<bool, AuthError> {
        let mut tx = self.inner.store.begin().await?;
        let deleted = tx.delete_api_key(id, caller.principal.user).await?;
        if deleted {
            audit::of_caller(&mut tx, caller, Action::KeyDeleted, Some(("api_key", id.get())), None, now)
                .await?;
        }
        tx.commit().await?;
        self.changed().await;
        Ok(deleted)
    }

    pub(super) async fn open_session(
        &self,
        tx: &mut Tx,
        user: UserRow,
        now: Timestamp,
    ) -> Result<SignedIn, AuthError> {
        let session = tx.insert_session(user.id, now, now.plus(IDLE)).await?;
        self.tokens_of(tx, session, user, now).await
    }

    async fn tokens_of(
        &self,
        tx: &mut Tx,
        session: SessionId,
        user: UserRow,
        now: Timestamp,
    ) -> Result<SignedIn, AuthError> {
        let refresh_token = self.secret();
        tx.insert_refresh_token(session, &fingerprint(&refresh_token), now).await?;
        let access = Access { user: user.id, session };
        let access_token = self.inner.tokens.access(access, &self.secret()[..16], now)?;
        Ok(SignedIn { user, access_token, refresh_token })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::accounts::NewAccount;
    use crate::{Limits, Parts};
    use docent_bus::LocalBus;
    use docent_store::{Backend, Store, StoreSettings};

    const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);
    const PASSWORD: &str = "correct horse battery";

    async fn auth() -> (Auth, Store, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let backend = Backend::Sqlite(folder.path().join("docent.db"));
        let store = Store::open(&StoreSettings::new(backend)).await.unwrap();
        let parts = Parts {
            store: store.clone(),
            bus: Arc::new(LocalBus::new()),
            random: Arc::new(rand::random),
            secret: vec![7; 32],
            limits: Limits::default(),
            public_project: None,
        };
        let auth = Auth::on(parts, NOW).await.unwrap();
        for username in ["ann", "gone"] {
            let account = NewAccount {
                username: username.to_owned(),
                password: PASSWORD.to_owned(),
                email: None,
                admin: false,
            };
            auth.make_user(None, &account, NOW).await.unwrap();
        }
        let mut tx = store.begin().await.unwrap();
        let mut gone = tx.user_by_name("gone").await.unwrap().unwrap();
        gone.disabled = true;
        tx.update_user(&gone).await.unwrap();
        tx.commit().await.unwrap();
        (auth, store, folder)
    }

    #[tokio::test]
    async fn a_name_that_nobody_has_costs_what_a_wrong_password_costs() {
        let (auth, _store, _folder) = auth().await;
        let attempt = async |username: &str, password: &str| {
            let before = auth.inner.passwords.computed();
            let refused = auth.login(username, password, None, NOW).await.unwrap_err().to_string();
            (auth.inner.passwords.computed() - before, refused)
        };
        let wrong = attempt("ann", "wrong password").await;
        assert_eq!(wrong.0, 1);
        for (username, password) in [
            ("nobody", "wrong password"),
            ("nobody", PASSWORD),
            ("gone", "wrong password"),
            ("gone", PASSWORD),
        ] {
            assert_eq!(attempt(username, password).await, wrong, "{username}");
        }
        // Nothing is computed for what nobody's password can be, whoever is meant.
        let long = "x".repeat(10_000);
        assert_eq!(attempt("ann", &long).await, (0, wrong.1.clone()));
        assert_eq!(attempt("nobody", &long).await, (0, wrong.1));
    }

    #[tokio::test]
    async fn where_attempts_cannot_be_counted_no_password_is_looked_at() {
        let (auth, store, _folder) = auth().await;
        let before = auth.inner.passwords.computed();
        store.close().await;
        let answer = auth.login("ann", PASSWORD, None, NOW).await;
        assert!(matches!(answer, Err(AuthError::Store(_))), "{answer:?}");
        assert_eq!(auth.inner.passwords.computed(), before);
    }
}
