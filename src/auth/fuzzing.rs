//! What people show to be let in, for the fuzzing tests.

use super::AuthError;
use super::tokens::Tokens;
use docent_domain::{SessionId, Timestamp, UserId};

/// Tokens as an access token and as a visitor's value: whose session, and the visitor's id.
pub fn token(
    secret: &[u8],
    token: &str,
    now: Timestamp,
) -> (Result<(UserId, SessionId), AuthError>, Result<String, AuthError>) {
    let tokens = Tokens::new(secret);
    let access = tokens.read_access(token, now).map(|access| (access.user, access.session));
    (access, tokens.read_visitor(token, now))
}
