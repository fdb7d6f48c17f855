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
    let access = access(signed_in.access_token.clone(), time::Duration::seconds(seconds), over_tls);
    let refresh = refresh(signed_in.refresh_token.clone(), time::Duration::days(REFRESH_DAYS), over_tls);
    headers([access, refresh])
}

/// Takes both away: with the attributes that they were set with, or a browser keeps them.
pub(super) fn none(over_tls: bool) -> Result<HeaderMap, Fault> {
    let gone = time::Duration::ZERO;
    headers([access(String::new(), gone, over_tls), refresh(String::new(), gone, over_tls)])
}

fn access(token: String, max_age: time::Duration, over_tls: bool) -> Cookie<'static> {
    cookie(ACCESS_COOKIE, token, "/", SameSite::Lax, max_age, over_tls)
}

fn refresh(token: String, max_age: time::Duration, over_tls: bool) -> Cookie<'static> {
    cookie(REFRESH_COOKIE, token, REFRESH_PATH, SameSite::Strict, max_age, over_tls)
}

fn cookie(
    name: &'static str,
    value: String,
    path: &'static str,
    same_site: SameSite,
    max_age: time::Duration,
    over_tls: bool,
) -> Cookie<'static> {
    let cookie = Cookie::build((name, value)).path(path).same_site(same_site).max_age(max_age);
    cookie.http_only(true).secure(over_tls).build()
}

fn headers(cookies: [Cookie<'_>; 2]) -> Result<HeaderMap, Fault> {
    let mut headers = HeaderMap::new();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for cookie in cookies {
        headers.append(SET_COOKIE, HeaderValue::try_from(cookie.to_string()).map_err(Fault::internal)?);
    }
    Ok(headers)
}
