//! Anonymous chat: people without an account, known by a random value that we signed and gave them.

use std::time::Duration;

use super::credentials::fingerprint;
use super::{Auth, AuthError, Caller, Credential, principal_of, scope_of};
use docent_domain::Timestamp;
use docent_store::{StoreError, UserRow};

/// Names the cookie with the value.
pub const VISITOR_COOKIE: &str = "visitor";

/// How long a value is good for.
pub const VISITOR_LIFETIME: Duration = Duration::from_secs(365 * 24 * 3600);

/// How exactly it is known when a visitor was here last.
const SEEN: Duration = Duration::from_secs(24 * 3600);

/// Somebody without an account, and the value they send back to be known again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    pub caller: Caller,
    pub value: String,
    /// The value was made just now: it has to be given to them.
    pub is_new: bool,
}

/// The cookie that brings a value back; scripts cannot read it.
pub fn visitor_cookie(value: &str, over_tls: bool) -> String {
    let seconds = VISITOR_LIFETIME.as_secs();
    let secure = if over_tls { "; Secure" } else { "" };
    format!("{VISITOR_COOKIE}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={seconds}{secure}")
}

impl Auth {
    /// A value for somebody new. Nothing is stored before they say something.
    pub fn new_visitor(&self, now: Timestamp) -> Result<Option<String>, AuthError> {
        if self.inner.public_project.is_none() || self.inner.local_owner.is_some() {
            return Ok(None);
        }
        self.inner.tokens.visitor(&self.secret(), VISITOR_LIFETIME, now).map(Some)
    }

    /// Whether we gave somebody this value, not too long ago.
    pub fn is_visitor(&self, value: &str, now: Timestamp) -> bool {
        self.inner.tokens.read_visitor(value, now).is_ok()
    }

    /// Whoever sends this value; somebody new without one. Only where there is a public project.
    pub async fn visitor(&self, value: Option<&str>, now: Timestamp) -> Result<Visitor, AuthError> {
        let Some(fresh) = self.new_visitor(now)? else { return Err(AuthError::Anonymous) };
        // A value that we did not sign, or an old one, is like none: it names nobody.
        let known = value.filter(|value| self.is_visitor(value, now));
        let (value, is_new) = known.map_or((fresh, true), |value| (value.to_owned(), false));
        let id = self.inner.tokens.read_visitor(&value, now)?;
        let hash = fingerprint(&id);
        let found = self.inner.store.read().await?.visitor(&hash).await?;
        let user = match found {
            Some(user) => {
                let mut tx = self.inner.store.begin().await?;
                tx.see_visitor(&hash, now, now.minus(SEEN)).await?;
                tx.commit().await?;
                user
            }
            None => self.first_seen(&hash, now).await?,
        };
        Ok(Visitor { caller: visiting(&user), value, is_new })
    }

    /// Whoever sends this value, if they said something before; nothing is stored.
    pub async fn known_visitor(&self, value: &str, now: Timestamp) -> Result<Option<Caller>, AuthError> {
        let id = self.inner.tokens.read_visitor(value, now)?;
        let found = self.inner.store.read().await?.visitor(&fingerprint(&id)).await?;
        Ok(found.map(|user| visiting(&user)))
    }

    async fn first_seen(&self, hash: &str, now: Timestamp) -> Result<UserRow, AuthError> {
        let mut tx = self.inner.store.begin().await?;
        match tx.insert_visitor(hash, &format!("visitor-{}", &hash[..24]), now).await {
            Ok(id) => {
                let user = tx.user(id).await?.ok_or(AuthError::InvalidToken)?;
                tx.commit().await?;
                Ok(user)
            }
            // Two first messages at the same moment; or a visitor who was disabled, and stays unknown.
            Err(StoreError::Duplicate(_)) => {
                drop(tx);
                self.inner.store.read().await?.visitor(hash).await?.ok_or(AuthError::InvalidToken)
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn visiting(user: &UserRow) -> Caller {
    Caller { scope: scope_of(user), credential: Credential::Visitor(user.id), principal: principal_of(user) }
}
