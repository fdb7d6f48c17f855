//! What stands in front of the sockets: the rules of `Host` and `Origin` for every request of both transports (reading
//! is refused, too, unlike elsewhere; what listed pages need to read answers comes from whoever guards all routes), and
//! the count of polls, by which the forwarder paces itself.

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Request, State};
use axum::http::header::{
    AUTHORIZATION, CONNECTION, COOKIE, HOST, ORIGIN, RETRY_AFTER, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION,
    SET_COOKIE, UPGRADE, USER_AGENT,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use socketioxide::socket::Sid;

use super::Hub;
use docent_auth::address::{ClientAddress, Cut, OverTls};
use docent_auth::credentials::{cookie, token_of};
use docent_auth::origin::{OriginError, Purpose};
use docent_auth::visitors::{VISITOR_COOKIE, visitor_cookie};
use docent_domain::{Code, Fault};

const PATH: &str = "/socket.io";

/// Headers of a handshake that somebody reads later.
const KEPT: [HeaderName; 9] = [
    AUTHORIZATION,
    CONNECTION,
    COOKIE,
    HOST,
    ORIGIN,
    SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_VERSION,
    UPGRADE,
    USER_AGENT,
];

/// The shape in which Engine.IO refuses a handshake.
#[derive(Serialize)]
struct RefusedView<'a> {
    /// Engine.IO's number.
    code: u8,
    message: &'a str,
    /// Our own name for it, as elsewhere.
    error: &'static str,
}

/// Checks requests to the sockets and lets all others through.
pub(crate) async fn guard(State(hub): State<Arc<Hub>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !path.strip_prefix(PATH).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
        return next.run(request).await;
    }
    match check(&hub, &request) {
        Err(error) => refused(&error),
        Ok(()) => pass(&hub, request, next).await,
    }
}

fn check(hub: &Hub, request: &Request) -> Result<(), OriginError> {
    let over_tls = request.extensions().get::<OverTls>().copied().unwrap_or(OverTls(false));
    let (headers, authority) = (request.headers(), request.uri().authority());
    hub.origins.check(headers, authority, over_tls, Purpose::Socket).map(drop)
}

/// Serves the request; when it was a poll, the connection behind it has room for more.
async fn pass(hub: &Hub, request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let connections = session(query).map(|id| hub.rooms.on(id)).unwrap_or_default();
    if connections.iter().any(|connection| connection.is_cut()) {
        let unknown = RefusedView { code: 1, message: "Session ID unknown", error: Code::NotFound.name() };
        return (StatusCode::BAD_REQUEST, Json(unknown)).into_response();
    }
    if let Some(cut) = request.extensions().get::<Cut>() {
        connections.iter().for_each(|connection| connection.carried_by(cut));
    }
    let polls = request.method() == Method::GET && is_poll(query);
    let mut cookie = None;
    let request = if is_handshake(&request) {
        let address = request.extensions().get::<ClientAddress>().map(|client| client.customer());
        if let Some(most) = hub.limits.handshakes_per_address
            && let Err(wait) = hub.handshakes.note(address, most)
        {
            let message = "too many handshakes; try again in a moment";
            let refused = RefusedView { code: 3, message, error: Code::RateLimited.name() };
            return (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, wait.to_string())], Json(refused))
                .into_response();
        }
        let mut request = slim(request);
        cookie = introduced(hub, &mut request);
        request
    } else {
        request
    };
    let mut response = next.run(request).await;
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::try_from(cookie).ok()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    if polls {
        connections.iter().for_each(|connection| connection.polled());
    }
    response
}

/// The value that a visitor was given with the handshake's answer.
#[derive(Debug, Clone)]
pub(crate) struct GivenVisitor(pub(crate) String);

/// Gives whoever has neither token nor visitor's value such a value, as a cookie and for the connection alike.
fn introduced(hub: &Hub, request: &mut Request) -> Option<String> {
    let headers = request.headers();
    let now = hub.clock.now();
    let known = cookie(headers, VISITOR_COOKIE).is_some_and(|value| hub.auth.is_visitor(value, now));
    let token = token_of(headers).is_some() || request.uri().query().is_some_and(|q| q.contains("token="));
    if known || token {
        return None;
    }
    let value = hub.auth.new_visitor(now).ok().flatten()?;
    let over_tls = request.extensions().get::<OverTls>().is_some_and(|tls| tls.0);
    let cookie = visitor_cookie(&value, over_tls);
    request.extensions_mut().insert(GivenVisitor(value));
    Some(cookie)
}

/// Whether a connection begins with it.
fn is_handshake(request: &Request) -> bool {
    let query = request.uri().query().unwrap_or_default();
    request.method() == Method::GET && !query.split('&').any(|field| field.starts_with("sid="))
}

/// The transport keeps the request for as long as the connection lives, and with it the 8 to 16 kB that it was read
/// into, as long as one header or address points there: a copy of what is needed keeps a few hundred bytes.
fn slim(mut request: Request) -> Request {
    let headers = request.headers();
    let mut kept = HeaderMap::with_capacity(KEPT.iter().filter(|name| headers.contains_key(*name)).count());
    for name in KEPT {
        if let Some(value) = headers.get(&name)
            && let Ok(value) = HeaderValue::from_bytes(value.as_bytes())
        {
            kept.insert(name, value);
        }
    }
    *request.headers_mut() = kept;
    if let Ok(uri) = request.uri().to_string().parse() {
        *request.uri_mut() = uri;
    }
    // The router notes the address once more, before anybody may change it.
    request.extensions_mut().remove::<OriginalUri>();
    request
}

/// Whose request it is.
fn session(query: &str) -> Option<Sid> {
    let mut fields = query.split('&').filter_map(|field| field.split_once('='));
    fields.find(|(name, _)| *name == "sid").and_then(|(_, id)| id.parse().ok())
}

fn is_poll(query: &str) -> bool {
    query.split('&').any(|field| field == "transport=polling")
}

fn refused(error: &OriginError) -> Response {
    let fault = Fault::from(*error);
    let (message, error) = (fault.public_detail(), fault.code().name());
    let status = StatusCode::from_u16(fault.code().status()).unwrap_or(StatusCode::FORBIDDEN);
    (status, Json(RefusedView { code: 4, message, error })).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_handshake_only_what_is_needed_is_kept() {
        let mut request = Request::builder()
            .uri("/socket.io/?EIO=4&transport=websocket&token=t")
            .header(HOST, "localhost:8000")
            .header(UPGRADE, "websocket")
            .header("x-long", "x".repeat(4_000))
            .body(axum::body::Body::empty())
            .unwrap();
        assert!(is_handshake(&request));
        let uri = OriginalUri(request.uri().clone());
        request.extensions_mut().insert(uri);
        let slim = slim(request);
        assert!(slim.extensions().get::<OriginalUri>().is_none());
        let kept: Vec<&str> = slim.headers().keys().map(HeaderName::as_str).collect();
        assert_eq!(kept, ["host", "upgrade"]);
        assert_eq!(slim.uri(), "/socket.io/?EIO=4&transport=websocket&token=t");
    }

    #[test]
    fn only_polls_are_counted() {
        let poller = |query: &str| is_poll(query) && session(query).is_some();
        assert!(poller("EIO=4&transport=polling&t=abc&sid=AAAAAAAAAAAAAAAA"));
        assert!(!poller("EIO=4&transport=polling&t=abc"));
        assert!(!poller("EIO=4&transport=websocket&sid=AAAAAAAAAAAAAAAA"));
        assert!(!poller("EIO=4&transport=polling&sid=../../etc/passwd"));
    }
}
