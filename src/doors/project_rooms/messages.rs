//! `send_message`, `cancel_message` and `resume_message`: a question, its answer as it grows, and what happens to a
//! client that was away meanwhile.

use serde_json::{Map, Value};

use super::acknowledged;
use super::translate::Translator;
use super::wire::AnswerView;
use crate::forwarder::{Follow, Reason};
use crate::inbox::Call;
use crate::place::Wire;
use docent_chat::{NewQuestion, Options};
use docent_domain::json::LARGEST_INTEGER;
use docent_domain::{ChatId, Fault, MessageId};
use docent_telemetry as telemetry;

/// Characters of a name that a client chose.
const NAME: usize = 128;

/// Starts a turn; its events follow. It goes on when this connection drops.
pub(super) async fn send(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let (door, connection) = (call.door, call.connection);
    let question = read(&call)?;
    let chat = question.chat;
    door.auth.spend(&call.caller, connection.address, door.clock.now()).await?;
    let (accepted, turn) = door.turns.start(&call.caller.scope, question).await?;
    telemetry::message(telemetry::Door::ProjectRooms);
    connection.place().last_chat = Some(chat);
    let answer = accepted.answer;
    let follow = Follow::new(chat, answer, Wire::Rooms, Reason::Again);
    door.follow_own(connection, &follow, turn, Box::new(Translator::asker(chat, answer)));
    Ok(acknowledged(&AnswerView::processing(chat, answer)))
}

/// Stops the running answer; what was streamed is kept.
pub(super) async fn cancel(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let chat: ChatId = call.payload.id("chat_id")?;
    let answer: Option<MessageId> = call.payload.optional_id("message_id")?;
    let cancelled = call.door.turns.cancel(&call.caller.scope, chat, answer).await?;
    let Some(answer) = cancelled else {
        return Ok(acknowledged(&AnswerView::not_running(chat, answer)));
    };
    // Who stops an answer without following it still hears of its end.
    follow(&call, chat, answer, i64::MAX, Translator::ending(chat, answer)).await?;
    Ok(acknowledged(&AnswerView::cancelling(chat, answer)))
}

/// The rest of an answer, after a reconnect. Who already follows it gets nothing twice.
pub(super) async fn resume(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let chat: ChatId = call.payload.id("chat_id")?;
    let answer: MessageId = call.payload.id("message_id")?;
    let after_seq = call.payload.integer("after_seq", -1, LARGEST_INTEGER)?;
    call.connection.place().last_chat = Some(chat);
    follow(&call, chat, answer, after_seq, Translator::resumer(chat, answer)).await?;
    Ok(acknowledged(&AnswerView::resumed(chat, answer)))
}

async fn follow(
    call: &Call<'_>,
    chat: ChatId,
    answer: MessageId,
    after_seq: i64,
    translator: Translator,
) -> Result<(), Fault> {
    let follow = Follow::new(chat, answer, Wire::Rooms, Reason::Again);
    call.door.follow(call.connection, &call.caller, follow, after_seq, Box::new(translator)).await
}

fn read(call: &Call<'_>) -> Result<NewQuestion, Fault> {
    let (payload, limits) = (&call.payload, &call.door.limits.payload);
    let principal = &call.caller.principal;
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let temperature = payload.optional_number("temperature", 0.0, 2.0)?;
    let top_k = payload.optional_integer("top_k", 1, limits.top_k)?;
    Ok(NewQuestion {
        chat: payload.id("chat_id")?,
        content: payload.text("message", limits.message_bytes)?.to_owned(),
        user: principal.user,
        username: principal.username.clone(),
        options: Options {
            model: owned(payload.optional_text("model", NAME)?),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "from 0 to 2, and no more exact than people choose it"
            )]
            temperature: temperature.map(|value| value as f32),
            include_history: payload.optional_bool("include_history")?.unwrap_or(true),
            top_k: top_k.and_then(|value| usize::try_from(value).ok()),
            documents: payload.optional_ids("document_ids", limits.ids)?,
            ..Options::default()
        },
        client_message_id: owned(payload.optional_text("client_message_id", NAME)?),
    })
}
