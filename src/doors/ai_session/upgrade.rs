//! `GET /api/v1/ai-assistant/ws/{session_id}`: a session over a native WebSocket. Who may not enter is refused
//! before the upgrade, with 401, 403 or 404.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path, Request, State, WebSocketUpgrade};
use axum::http::header::SEC_WEBSOCKET_PROTOCOL;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use axum::response::Response;
use socketioxide::socket::Sid;

use super::enter::{Wanted, enter, in_query};
use super::{Pieces, STAY, native};
use crate::described::Problems;
use crate::hub::Hub;
use crate::hub::admission::Holder;
use crate::hub::connection::{Admitted, Connection};
use docent_auth::address::{ClientAddress, Cut, OverTls};
use docent_auth::credentials::token_of;
use docent_auth::origin::Purpose;
use docent_domain::{Code, Fault};
use docent_wire::Refused;

/// The subprotocol of clients that cannot set headers: `bearer, <token>`.
const BEARER: &str = "bearer";

#[utoipa::path(
    get,
    path = super::PATH,
    operation_id = "open_session",
    tag = "AI session",
    params(
        ("session_id" = String, Path, description = "A chat's id, or a name of the caller's own"),
        ("token" = Option<String>, Query, description = "Also `Authorization`, or the subprotocol `bearer, <token>`"),
        ("user_entity_id" = Option<String>, Query, description = "Also the header `user-entity-id`"),
        ("stream" = Option<bool>, Query, description = "Whether answers come piece by piece, too")
    ),
    responses(
        (status = 101, description = "Frames as the AsyncAPI document tells them"),
        Problems
    )
)]
pub(super) async fn handler(State(hub): State<Arc<Hub>>, request: Request) -> Result<Response, Refused> {
    let (mut parts, _) = request.into_parts();
    let over_tls = parts.extensions.get::<OverTls>().copied().unwrap_or(OverTls(false));
    hub.origins.check(&parts.headers, parts.uri.authority(), over_tls, Purpose::Socket)?;

    let now = hub.clock.now();
    let caller = hub.auth.require(token(&parts).as_deref(), now).await?;
    let entity = text(&parts.headers, &HeaderName::from_static("user-entity-id")).map(str::to_owned);
    let wanted = Wanted {
        user_entity_id: in_query(&parts, "user_entity_id").or(entity),
        session_id: Path::<String>::from_request_parts(&mut parts, &()).await.ok().map(|Path(id)| id),
    };
    let session = enter(&hub, Some(&caller), &wanted).await?;
    let chat = session.ok_or_else(|| Fault::not_found("session"))?;
    let pieces = in_query(&parts, "stream").is_some_and(|value| value == "true" || value == "1");
    let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &()).await.map_err(|_| {
        Fault::new(Code::BadRequest, "Open a WebSocket here, with the header `Upgrade: websocket`")
    })?;

    let holder = Holder::User(caller.principal.user);
    let seat = hub.admission.take(holder, hub.limits.sockets_per_user)?;
    let address = parts.extensions.get::<ClientAddress>().map(|client| client.0);
    let cut = parts.extensions.get::<Cut>().cloned();
    let admitted = Admitted { caller, visitor: None, address, cut, seat };
    let connection = Arc::new(Connection::new(Sid::new(), admitted, now));
    {
        let mut place = connection.place();
        place.join(chat, STAY);
        *place.notes() = if pieces { Pieces::Wanted } else { Pieces::Unwanted };
    }
    let most = hub.limits.packet_bytes;
    let upgrade = upgrade.max_message_size(most).max_frame_size(most).protocols([BEARER]);
    let tasks = hub.tasks.clone();
    Ok(upgrade.on_upgrade(move |socket| tasks.track_future(native::serve(hub, connection, chat, socket))))
}

/// In the query string, as a header or cookie, or as the subprotocol after `bearer`.
fn token(parts: &Parts) -> Option<String> {
    let sent = || token_of(&parts.headers).map(str::to_owned);
    in_query(parts, "token").or_else(|| as_protocol(&parts.headers)).or_else(sent)
}

fn as_protocol(headers: &HeaderMap) -> Option<String> {
    let offered = headers.get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|value| value.to_str().ok());
    let mut offered = offered.flat_map(|line| line.split(',')).map(str::trim);
    offered.by_ref().find(|protocol| protocol.eq_ignore_ascii_case(BEARER))?;
    offered.next().map(str::to_owned)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_in_three_places() {
        let found = |headers: &[(&str, &str)], uri: &str| {
            let request = axum::http::Request::builder().uri(uri);
            let request =
                headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
            token(&request.body(()).unwrap().into_parts().0)
        };
        let protocol = ("sec-websocket-protocol", "chat, bearer, two");
        let header = ("authorization", "Bearer three");
        assert_eq!(found(&[header, protocol], "/?token=one").as_deref(), Some("one"));
        assert_eq!(found(&[header, protocol], "/?token=").as_deref(), Some("two"));
        assert_eq!(found(&[header], "/").as_deref(), Some("three"));
        assert_eq!(found(&[("sec-websocket-protocol", "bearer")], "/"), None);
        assert_eq!(found(&[("authorization", "Basic two")], "/"), None);
    }
}
