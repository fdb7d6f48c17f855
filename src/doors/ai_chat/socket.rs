//! `ai:chat`: ask over Socket.IO. A token in the payload authenticates this message, whatever the connection is.

use super::EVENT;
use super::asked::{Asked, InSession};
use super::translate::Translator;
use super::wire::AskedView;
use crate::forwarder::{Follow, Reason};
use crate::inbox::{Call, Outcome};
use crate::place::Wire;
use crate::reply::{About, acknowledged};
use crate::turns::Begun;
use docent_auth::Caller;
use docent_domain::Fault;
use docent_telemetry as telemetry;

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
