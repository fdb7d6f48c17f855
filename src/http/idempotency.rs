//! `Idempotency-Key`: makes a request safe to repeat.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use docent_domain::Fault;
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
