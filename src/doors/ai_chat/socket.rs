//! `ai:chat`: ask over Socket.IO. A token in the payload authenticates this message, whatever the connection is.

use super::EVENT;
use super::asked::{Asked, InSession};
use super::translate::Translator;
use super::wire::AskedView;
use crate::auth::Caller;
use crate::domain::Fault;
use crate::doors::forwarder::{Follow, Reason};
use crate::doors::inbox::{Call, Outcome};
use crate::doors::place::Wire;
use crate::doors::reply::{About, acknowledged};
use crate::doors::turns::Begun;
use crate::telemetry;

/// Bytes of a token.
const TOKEN: usize = 8 * 1024;

/// The answer goes to the sender alone, piece by piece.
pub(super) async fn send(call: Call<'_>) -> Outcome {
    let (door, connection) = (call.door.clone(), call.connection.clone());
    let asked = Asked::read(&call.payload, &door.limits.payload)?;
    let other = other(&call).await?;
    let caller = other.as_ref().unwrap_or(&call.caller);
    door.auth.spend(caller, connection.address, door.clock.now()).await?;
    let InSession { session, question } = asked.open(&door, caller).await?;
    let chat = question.chat;
    let view = AskedView { session_id: session.clone(), chat_id: chat.get(), status: "processing" };
    let (asked_at, asker) = (door.clone(), connection.clone());
    let scope = caller.scope.clone();
    door.ask(&scope, question, move |begun| match begun {
        Ok(Begun { accepted, turn, .. }) => {
            let answer = accepted.answer;
            let follow = Follow { other, ..Follow::new(chat, answer, Wire::AiChat, Reason::Again) };
            asked_at.follow_own(&asker, &follow, turn, Box::new(Translator::new(session, chat, answer)));
        }
        Err(fault) => {
            let about = About { session_id: Some(session), ..About::default() };
            asked_at.refuse(&asker, EVENT, None, &fault, about);
        }
    })
    .await?;
    telemetry::message(telemetry::Door::AiChat);
    Ok(acknowledged(&view))
}

/// Somebody else than the connection's own caller: whose token came along, or, where the connection has none, the
/// visitor that it is known as.
async fn other(call: &Call<'_>) -> Result<Option<Caller>, Fault> {
    let (door, now) = (call.door, call.door.clock.now());
    if let Some(token) = call.payload.optional_text("token", TOKEN)? {
        return Ok(Some(door.auth.require(Some(token), now).await?));
    }
    if !call.caller.is_anonymous() {
        return Ok(None);
    }
    Ok(Some(door.auth.visitor(call.connection.visitor.as_deref(), now).await?.caller))
}
