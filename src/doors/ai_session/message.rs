//! `ai_message`: ask in the session that the connection belongs to. The answer goes to everybody in it.

use super::wire::AskedView;
use super::{EVENT, told};
use crate::inbox::{Call, Outcome};
use crate::place::Wire;
use crate::reply::{About, acknowledged};
use docent_chat::{NewQuestion, Options};
use docent_domain::Fault;
use docent_telemetry as telemetry;

/// Bytes of a key that makes sending safe to repeat.
const KEY: usize = 128;

/// Waits for its turn while another answer is being written.
pub(super) async fn send(call: Call<'_>) -> Outcome {
    let (door, connection) = (call.door.clone(), call.connection.clone());
    let limits = &door.limits.payload;
    let session = connection.place().session;
    let chat = session.map(|session| session.chat).ok_or_else(|| {
        Fault::field("session_id", "is missing; connect with `auth: {session_id}` to ask in a session")
    })?;
    let principal = &call.caller.principal;
    let question = NewQuestion {
        chat,
        content: call.payload.text("message", limits.message_bytes)?.to_owned(),
        user: principal.user,
        username: principal.username.clone(),
        options: Options { sum_up: true, ..Options::default() },
        client_message_id: call.payload.optional_text("client_message_id", KEY)?.map(str::to_owned),
    };
    door.auth.spend(&call.caller, connection.address, door.clock.now()).await?;
    let (asked_at, asker) = (door.clone(), connection.clone());
    door.ask(&call.caller.scope, question, move |begun| match begun {
        Ok(begun) => asked_at.follow_begun(&asker, begun, Wire::Session, |answer, turn| {
            told(&asked_at, &asker, chat, answer, turn)
        }),
        Err(fault) => {
            let about = About { chat_id: Some(chat.get()), ..About::default() };
            asked_at.refuse(&asker, EVENT, None, &fault, about);
        }
    })
    .await?;
    telemetry::message(telemetry::Door::AiSession);
    Ok(acknowledged(&AskedView { session_id: chat.get(), status: "processing" }))
}
