//! Who may connect to a session, and to which one.

use axum::http::request::Parts;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::described::Name;
use crate::hub::Hub;
use crate::hub::handshake::query;
use docent_auth::{AuthError, Caller};
use docent_chat::Named;
use docent_domain::{ChatId, Code, Fault};
use docent_store::Seen;

/// What sessions read of `auth` of the handshake.
#[derive(ToSchema)]
pub(super) struct SessionIn<'a> {
    /// An AI session, in the namespace `/`; this and the next also in the query string.
    #[schema(value_type = Option<Name>)]
    session_id: Option<&'a Value>,
    /// The entity that one acts for there.
    #[schema(value_type = Option<Name>)]
    user_entity_id: Option<&'a Value>,
}

impl<'a> SessionIn<'a> {
    pub(super) fn read(auth: &'a Map<String, Value>) -> Self {
        Self { session_id: auth.get("session_id"), user_entity_id: auth.get("user_entity_id") }
    }
}

/// What a client says about the session it wants, in whichever place it says it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) session_id: Option<String>,
    /// The entity that it acts for.
    pub(super) user_entity_id: Option<String>,
}

impl Wanted {
    /// From the handshake's `auth` first, then from its query string.
    pub(super) fn read(sent: &SessionIn<'_>, parts: &Parts) -> Self {
        let wanted = |field: &str, sent: Option<&Value>| text(sent).or_else(|| in_query(parts, field));
        Self {
            session_id: wanted("session_id", sent.session_id),
            user_entity_id: wanted("user_entity_id", sent.user_entity_id),
        }
    }
}

/// The session that is wanted, if there is one for this caller. `None` where none is wanted.
pub(super) async fn enter(
    hub: &Hub,
    caller: Option<&Caller>,
    wanted: &Wanted,
) -> Result<Option<ChatId>, Fault> {
    let Some(id) = &wanted.session_id else { return Ok(None) };
    let caller = caller.ok_or(AuthError::Anonymous)?;
    let missing = || Fault::not_found("session");
    let named = Named::parse(id).ok_or_else(missing)?;
    let found = match hub.turns.find(&caller.scope, &named).await {
        Err(fault) if fault.code() == Code::NotFound => return Err(missing()),
        found => found?,
    };
    if let Some(entity) = &wanted.user_entity_id
        && !caller.is_local_owner()
    {
        let mut tx = hub.store.read().await?;
        let theirs = tx.opening_entities(Seen::myself(&caller.scope), found.project).await?;
        if !theirs.iter().any(|known| known.to_string() == *entity) {
            return Err(Fault::not_found("entity"));
        }
    }
    Ok(Some(found.chat))
}

pub(super) fn in_query(parts: &Parts, field: &str) -> Option<String> {
    query(parts, field).filter(|value| !value.is_empty())
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_handshakes_own_words_come_before_the_query_string() {
        let parts = |uri: &str| axum::http::Request::builder().uri(uri).body(()).unwrap().into_parts().0;
        let query = parts("/?session_id=5&user_entity_id=9&token=t");
        fn sent(session_id: Option<&Value>) -> SessionIn<'_> {
            SessionIn { session_id, user_entity_id: None }
        }
        let read = |session: Value| Wanted::read(&sent(Some(&session)), &query).session_id;
        assert_eq!(read(json!(7)).as_deref(), Some("7"));
        assert_eq!(read(json!("mine")).as_deref(), Some("mine"));
        assert_eq!(read(json!("")).as_deref(), Some("5"));
        assert_eq!(read(json!(null)).as_deref(), Some("5"));
        assert_eq!(Wanted::read(&sent(None), &query).user_entity_id.as_deref(), Some("9"));
        assert_eq!(Wanted::read(&sent(None), &parts("/")), Wanted::default());
    }
}
