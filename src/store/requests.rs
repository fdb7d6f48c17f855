//! Requests that name themselves: one that comes again is done once, and a key is good for one request.

use sha2::{Digest, Sha256};

use super::error::StoreError;
use super::side::{Names, Side};
use super::statement::{execute, fetch_optional, statements};
use super::tx::Tx;
use docent_domain::{Timestamp, UserId};

statements! {
    REMEMBERED_REQUEST = "
        SELECT result_id, digest FROM idempotency_keys
        WHERE user_id = $1 AND purpose = 'request' AND key = $2 AND created_at >= $3";
    REMEMBER_REQUEST = "
        INSERT INTO idempotency_keys (user_id, purpose, key, digest, result_id, created_at)
        VALUES ($1, 'request', $2, $3, $4, $5)
        ON CONFLICT (user_id, purpose, key)
        DO UPDATE SET digest = excluded.digest, result_id = excluded.result_id, created_at = excluded.created_at
        WHERE idempotency_keys.created_at < $6";
}

/// The key that a caller chose for a request, and what tells the request from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyedRequest {
    key: String,
    digest: String,
}

impl KeyedRequest {
    /// `parts` say what is asked for: the route, what it is about, and what was sent.
    pub fn new(key: &str, parts: &[&str]) -> Self {
        let mut digest = Sha256::new();
        for part in parts {
            // With its length, so that no two lists read alike.
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part.as_bytes());
        }
        let digest = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Self { key: key.to_owned(), digest }
    }
}

/// What was done under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// The same was asked, and this came of it.
    Same(i64),
    /// Something else was asked.
    Other,
}

impl<S: Side> Tx<S> {
    /// What was done under the key of a request since `since`.
    pub async fn remembered_request(
        &mut self,
        user: S::Named<UserId>,
        request: &KeyedRequest,
        since: Timestamp,
    ) -> Result<Option<Repeat>, StoreError> {
        let row = fetch_optional!(
            self,
            (i64, Option<String>),
            REMEMBERED_REQUEST,
            user.id().get(),
            request.key.as_str(),
            since.micros(),
        )?;
        Ok(row.map(|(result, digest)| match digest {
            Some(digest) if digest == request.digest => Repeat::Same(result),
            _ => Repeat::Other,
        }))
    }

    /// Remembers what came of a request; nothing if that was done since `since`, at the same moment.
    pub async fn remember_request(
        &mut self,
        user: S::Named<UserId>,
        request: &KeyedRequest,
        result: i64,
        now: Timestamp,
        since: Timestamp,
    ) -> Result<(), StoreError> {
        execute!(
            self,
            REMEMBER_REQUEST,
            user.id().get(),
            request.key.as_str(),
            request.digest.as_str(),
            result,
            now.micros(),
            since.micros(),
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_the_same_if_all_their_parts_are() {
        let digest = |parts: &[&str]| KeyedRequest::new("k", parts).digest;
        assert_eq!(digest(&["upload", "7"]), digest(&["upload", "7"]));
        assert_ne!(digest(&["upload", "7"]), digest(&["upload", "8"]));
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]), "where one ends counts");
    }
}
