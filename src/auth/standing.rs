//! Who stands behind a sign-in or a key, remembered while nobody's rights change.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use super::Credential;
use crate::domain::ApiKeyId;
use crate::store::{Store, StoreError, UserRow};

/// Believed no longer than this without asking, should the look at the number have failed meanwhile.
const BELIEVED: Duration = Duration::from_secs(3);
const EVERY: Duration = Duration::from_secs(1);
/// People and keys that are remembered at a time.
const REMEMBERED: usize = 50_000;

pub(super) struct Standings {
    store: Store,
    version: watch::Sender<i64>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    users: HashMap<Credential, Kept<UserRow>>,
    keys: HashMap<String, Kept<ApiKeyId>>,
}

struct Kept<T> {
    value: T,
    until: Instant,
}

impl Standings {
    pub(super) fn new(store: Store) -> Self {
        Self { store, version: watch::Sender::new(0), known: Mutex::default() }
    }

    pub(super) fn changes(&self) -> watch::Receiver<i64> {
        self.version.subscribe()
    }

    pub(super) async fn watch(&self) {
        loop {
            self.look().await;
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Forgets everything if anybody's rights changed.
    pub(super) async fn look(&self) {
        let version = async { self.store.read().await?.rights_version().await };
        match version.await {
            Ok(version) => {
                let changed = *self.version.borrow() != version;
                let mut known = self.known();
                if changed {
                    *known = Known::default();
                } else {
                    let until = Instant::now() + BELIEVED;
                    known.users.values_mut().for_each(|kept| kept.until = until);
                    known.keys.values_mut().for_each(|kept| kept.until = until);
                }
                drop(known);
                if changed {
                    self.version.send_replace(version);
                }
            }
            Err(error) => tracing::warn!(error = %error, "It cannot be seen whether rights changed"),
        }
    }

    /// Whoever stands behind the credential, unless that ended or they are disabled.
    pub(super) async fn of(&self, credential: Credential) -> Result<Option<UserRow>, StoreError> {
        if let Some(kept) = self.known().users.get(&credential)
            && kept.until > Instant::now()
        {
            return Ok(Some(kept.value.clone()));
        }
        // The number is read first: what changes between the two reads is noticed by the next look.
        let mut tx = self.store.read().await?;
        let user = match credential {
            Credential::Session(session) => tx.user_of_session(session).await?,
            Credential::Key(key) => tx.user_of_api_key(key).await?,
            Credential::Visitor(user) => tx.user(user).await?,
            Credential::Local | Credential::None => None,
        };
        drop(tx);
        let user = user.filter(|user| !user.disabled);
        if let Some(user) = &user {
            let mut known = self.known();
            if known.users.len() >= REMEMBERED {
                known.users.clear();
            }
            known.users.insert(credential, Kept { value: user.clone(), until: Instant::now() + BELIEVED });
        }
        Ok(user)
    }

    /// The key with this hash, and whether it was looked up just now.
    pub(super) async fn key(&self, hash: &str) -> Result<Option<(ApiKeyId, bool)>, StoreError> {
        if let Some(kept) = self.known().keys.get(hash)
            && kept.until > Instant::now()
        {
            return Ok(Some((kept.value, false)));
        }
        let found = self.store.read().await?.api_key_by_hash(hash).await?;
        if let Some(id) = found {
            let mut known = self.known();
            if known.keys.len() >= REMEMBERED {
                known.keys.clear();
            }
            known.keys.insert(hash.to_owned(), Kept { value: id, until: Instant::now() + BELIEVED });
        }
        Ok(found.map(|id| (id, true)))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
