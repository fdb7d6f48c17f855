//! `ai:chat`: ask over Socket.IO. A token in the payload authenticates this message, whatever the connection is.

use super::asked::{InSession, SocketIn};
use super::translate::Translator;
use super::wire::AskedView;
use super::{EVENT, SESSION, WORDS};
use crate::hub::forwarder::{Follow, Reason};
use crate::hub::inbox::{Call, Outcome};
use crate::hub::reply::{About, acknowledged};
use crate::turns::Begun;
use docent_auth::Caller;
use docent_domain::Fault;
use docent_telemetry as telemetry;

/// The answer goes to the sender alone, piece by piece.
pub(super) async fn send(call: Call<'_>) -> Outcome {
    let (hub, connection) = (call.hub.clone(), call.connection.clone());
    let SocketIn { asked, token } = call.sent()?;
    let other = other(&call, token.as_ref().map(|token| token.0.as_str())).await?;
    let caller = other.as_ref().unwrap_or(&call.caller);
    hub.auth.spend(caller, connection.address, hub.clock.now()).await?;
    let InSession { session, question } = asked.open(&hub, caller).await?;
    let chat = question.chat;
    let view = AskedView { session_id: session.clone(), chat_id: chat.get(), status: "processing" };
    let (asked_at, asker) = (hub.clone(), connection.clone());
    let scope = caller.scope.clone();
    hub.ask(&scope, question, move |begun| match begun {
        Ok(Begun { accepted, turn, .. }) => {
            let answer = accepted.answer;
            let follow = Follow { other, ..Follow::new(chat, answer, WORDS, Reason::Again) };
            asked_at.follow_own(&asker, &follow, turn, Box::new(Translator::new(session, chat, answer)));
        }
        Err(fault) => {
            let about = About::default().marked(SESSION, session);
            asked_at.refuse(&asker, EVENT, None, &fault, about);
        }
    })
    .await?;
    telemetry::message(WORDS.door);
    Ok(acknowledged(&view))
}

/// Somebody else than the connection's own caller: whose token came along, or, where the connection has none, the
/// visitor that it is known as.
async fn other(call: &Call<'_>, token: Option<&str>) -> Result<Option<Caller>, Fault> {
    let (hub, now) = (call.hub, call.hub.clock.now());
    if let Some(token) = token {
        return Ok(Some(hub.auth.require(Some(token), now).await?));
    }
    if !call.caller.is_anonymous() {
        return Ok(None);
    }
    Ok(Some(hub.auth.visitor(call.connection.visitor.as_deref(), now).await?.caller))
}
