//! `Idempotency-Key`: makes a request safe to repeat.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use docent_domain::{Code, Fault, UserId};
use docent_wire::Refused;

/// The key that the caller chose, if any.
pub(super) struct IdempotencyKey(pub(super) Option<String>);

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let Some(value) = parts.headers.get("idempotency-key") else { return Ok(Self(None)) };
        match value.to_str() {
            Ok("") => Ok(Self(None)),
            Ok(key) if key.len() <= 200 => Ok(Self(Some(key.to_owned()))),
            _ => Err(Refused(Fault::field("Idempotency-Key", "must have at most 200 plain characters"))),
        }
    }
}

/// A key stands for another request than this one.
pub(super) fn reused() -> Fault {
    Fault::new(
        Code::IdempotencyKeyReused,
        "Another request was sent with this Idempotency-Key; choose a new key for each request",
    )
}

type Key = (UserId, String);

/// Keys of requests that this process is still receiving: until such a one is recorded, what comes again under its key
/// cannot be told what has come of it.
#[derive(Debug, Clone, Default)]
pub struct UnderWay(Arc<Mutex<HashSet<Key>>>);

/// For as long as it lives, its key is under way.
#[derive(Debug)]
pub(super) struct Held {
    under_way: UnderWay,
    key: Key,
}

impl UnderWay {
    pub(super) fn hold(&self, user: UserId, key: &str) -> Result<Held, Fault> {
        let key = (user, key.to_owned());
        if self.keys(|keys| keys.insert(key.clone())) {
            return Ok(Held { under_way: self.clone(), key });
        }
        let detail = "A request with this Idempotency-Key is still under way; send it again in a moment";
        Err(Fault::new(Code::RequestUnderWay, detail).with_retry_after(1))
    }

    fn keys<T>(&self, change: impl FnOnce(&mut HashSet<Key>) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.under_way.keys(|keys| keys.remove(&self.key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_under_way_once_for_each_user_until_its_request_is_over() {
        let under_way = UnderWay::default();
        let (ann, ben) = (UserId::from(1), UserId::from(2));
        let held = under_way.hold(ann, "k").unwrap();
        insta::assert_snapshot!(under_way.hold(ann, "k").unwrap_err().chain(), @"request_under_way: A request with this Idempotency-Key is still under way; send it again in a moment");
        assert!(under_way.hold(ben, "k").is_ok() && under_way.hold(ann, "other").is_ok());
        drop(held);
        assert!(under_way.hold(ann, "k").is_ok());
    }
}
