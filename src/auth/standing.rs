//! Who stands behind a sign-in or a key, remembered while nobody's rights change.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use super::Credential;
use docent_domain::{ApiKeyId, Clock, Timestamp};
use docent_store::{Store, StoreError, UserRow};

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

    pub(super) fn version(&self) -> i64 {
        *self.version.borrow()
    }

    pub(super) async fn watch(&self, clock: &dyn Clock) {
        loop {
            if let Err(error) = self.end_expired(clock.now()).await {
                tracing::warn!(error = %error, "It cannot be seen which sign-ins ran out");
            }
            self.look().await;
            tokio::time::sleep(EVERY).await;
        }
    }

    /// A sign-in that runs out ends like one that is ended: whoever is connected with it is put out.
    async fn end_expired(&self, now: Timestamp) -> Result<(), StoreError> {
        if self.store.read().await?.has_expired_sessions(now).await? {
            let mut tx = self.store.begin().await?;
            tx.end_expired_sessions(now).await?;
            tx.commit().await?;
        }
        Ok(())
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
                    // Under the same lock: whoever remembers something compares the number there.
                    self.version.send_replace(version);
                } else {
                    let until = Instant::now() + BELIEVED;
                    known.users.values_mut().for_each(|kept| kept.until = until);
                    known.keys.values_mut().for_each(|kept| kept.until = until);
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
        let seen = *self.version.borrow();
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
            self.remember(seen, |known| &mut known.users, credential, user.clone());
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
        let seen = *self.version.borrow();
        let found = self.store.read().await?.api_key_by_hash(hash).await?;
        if let Some(id) = found {
            self.remember(seen, |known| &mut known.keys, hash.to_owned(), id);
        }
        Ok(found.map(|id| (id, true)))
    }

    /// Keeps what was read while the number was `seen`. If it grew since, what was read may be old already, and
    /// nobody would notice later: then it is used this once.
    fn remember<K: Eq + Hash, T>(
        &self,
        seen: i64,
        of: impl FnOnce(&mut Known) -> &mut HashMap<K, Kept<T>>,
        key: K,
        value: T,
    ) {
        let mut known = self.known();
        if *self.version.borrow() != seen {
            return;
        }
        let kept = of(&mut known);
        if kept.len() >= REMEMBERED {
            kept.clear();
        }
        kept.insert(key, Kept { value, until: Instant::now() + BELIEVED });
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use docent_store::{Backend, StoreSettings};

    const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

    #[tokio::test]
    async fn what_was_read_before_a_change_is_not_kept_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let backend = Backend::Sqlite(folder.path().join("docent.db"));
        let store = Store::open(&StoreSettings::new(backend)).await.unwrap();
        let standings = Standings::new(store.clone());
        let mut tx = store.begin().await.unwrap();
        let user = tx.ensure_user("ann", "user", NOW).await.unwrap();
        let session = tx.insert_session(user.id, NOW, NOW).await.unwrap();
        tx.commit().await.unwrap();

        // A reader is slow: it has read the row, and the sign-in ends before it remembers that.
        let credential = Credential::Session(session);
        let seen = *standings.version.borrow();
        let mut tx = store.begin().await.unwrap();
        tx.end_session(session, NOW).await.unwrap();
        tx.commit().await.unwrap();
        standings.look().await;
        standings.remember(seen, |known| &mut known.users, credential, user);

        assert!(standings.of(credential).await.unwrap().is_none(), "an ended sign-in is believed");
    }
}
