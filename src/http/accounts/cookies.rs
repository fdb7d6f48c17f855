//! The cookies of a page that is signed in: scripts cannot read them, other sites cannot send them with a change.

use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::cookie::{Cookie, SameSite};

use docent_auth::credentials::ACCESS_COOKIE;
use docent_auth::{ACCESS_LIFETIME, SignedIn};
use docent_domain::Fault;

/// Names the cookie that prolongs a sign-in; it goes to the routes of accounts alone.
pub(super) const REFRESH_COOKIE: &str = "refresh_token";
const REFRESH_PATH: &str = "/api/auth";
const REFRESH_DAYS: i64 = 30;

/// Both cookies.
pub(super) fn of(signed_in: &SignedIn, over_tls: bool) -> Result<HeaderMap, Fault> {
    let seconds = i64::try_from(ACCESS_LIFETIME.as_secs()).unwrap_or(0);
    let access = Cookie::build((ACCESS_COOKIE, signed_in.access_token.clone()))
        .path("/")
        .same_site(SameSite::Lax)
        .max_age(time::Duration::seconds(seconds));
    let refresh = Cookie::build((REFRESH_COOKIE, signed_in.refresh_token.clone()))
        .path(REFRESH_PATH)
        .same_site(SameSite::Strict)
        .max_age(time::Duration::days(REFRESH_DAYS));
    headers([access, refresh].map(|cookie| cookie.http_only(true).secure(over_tls).build()))
}

/// Takes both away.
pub(super) fn none() -> Result<HeaderMap, Fault> {
    let gone = |name, path| {
        Cookie::build((name, "")).path(path).http_only(true).max_age(time::Duration::ZERO).build()
    };
    headers([gone(ACCESS_COOKIE, "/"), gone(REFRESH_COOKIE, REFRESH_PATH)])
}

fn headers(cookies: [Cookie<'_>; 2]) -> Result<HeaderMap, Fault> {
    let mut headers = HeaderMap::new();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for cookie in cookies {
        headers.append(SET_COOKIE, HeaderValue::try_from(cookie.to_string()).map_err(Fault::internal)?);
    }
    Ok(headers)
}
