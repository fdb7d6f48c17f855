//! What people carry to show who they are: where it stands in a request, and how much of it is kept.

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE};
use sha2::{Digest, Sha256};

/// Names the cookie with the access token, which login sets for pages.
pub const ACCESS_COOKIE: &str = "access_token";

/// What API keys begin with, so that people and scanners recognise one.
pub const KEY_PREFIX: &str = "dk_";

/// The bearer token of a request, or the page's cookie. Another scheme than `Bearer` is no token.
pub fn token_of(headers: &HeaderMap) -> Option<&str> {
    // Whoever sends the header means it, even without a token in it.
    if headers.contains_key(AUTHORIZATION) { bearer_of(headers) } else { cookie(headers, ACCESS_COOKIE) }
}

/// The bearer token of a request.
pub fn bearer_of(headers: &HeaderMap) -> Option<&str> {
    let header = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.trim().split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token.trim())
}

/// The value of a cookie; an empty one is none.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(found, _)| *found == name).map(|(_, value)| value).find(|value| !value.is_empty())
}

/// Whether a token came in the cookie only: a browser sends that by itself, so its origin matters.
pub fn came_by_cookie(headers: &HeaderMap) -> bool {
    !headers.contains_key(AUTHORIZATION) && cookie(headers, ACCESS_COOKIE).is_some()
}

/// What is kept of a secret with enough randomness of its own: SHA-256, in hex.
pub fn fingerprint(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let pairs = pairs.iter().map(|(name, value)| {
            (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap())
        });
        pairs.collect()
    }

    #[test]
    fn tokens_come_in_a_header_or_in_the_cookie() {
        let token = |pairs: &[(&str, &str)]| token_of(&headers(pairs)).map(str::to_owned);
        assert_eq!(token(&[("authorization", "Bearer abc")]).as_deref(), Some("abc"));
        assert_eq!(token(&[("authorization", "bearer  abc ")]).as_deref(), Some("abc"));
        assert_eq!(token(&[("authorization", "Basic abc")]), None);
        assert_eq!(token(&[("cookie", "a=1; access_token=xyz; b=2")]).as_deref(), Some("xyz"));
        assert_eq!(token(&[("cookie", "xaccess_token=xyz")]), None);
        assert_eq!(token(&[("cookie", "access_token=")]), None);
        assert_eq!(token(&[]), None);
    }

    #[test]
    fn a_header_wins_over_the_cookie() {
        let both = headers(&[("authorization", "Bearer abc"), ("cookie", "access_token=xyz")]);
        assert_eq!(token_of(&both), Some("abc"));
        let empty = headers(&[("authorization", "Bearer "), ("cookie", "access_token=xyz")]);
        assert_eq!(token_of(&empty), None, "whoever sends the header means it");
        assert!(!came_by_cookie(&both));
        assert!(came_by_cookie(&headers(&[("cookie", "access_token=xyz")])));
    }
}
