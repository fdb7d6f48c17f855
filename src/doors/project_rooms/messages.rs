//! `send_message`, `cancel_message` and `resume_message`: a question, its answer as it grows, and what happens to a
//! client that was away meanwhile.

use serde_json::{Map, Value};

use super::acknowledged;
use super::translate::Translator;
use super::wire::AnswerView;
use crate::domain::{ChatId, Fault, MessageId};
use crate::doors::forwarder::Follow;
use crate::doors::inbox::Call;
use crate::doors::turns::Question;

/// Characters of a name that a client chose.
const NAME: usize = 128;

/// Starts a turn; its events follow. It goes on when this connection drops.
pub(super) async fn send(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let question = read(&call)?;
    let chat = question.chat;
    let started = call.door.turns.start(&call.connection.caller.scope, question).await?;
    call.connection.place().last_chat = Some(chat);
    let answer = started.answer;
    deliver(&call, chat, answer, -1, Translator::asker(chat, answer)).await?;
    Ok(acknowledged(&AnswerView::processing(chat, answer)))
}

/// Stops the running answer; what was streamed is kept.
pub(super) async fn cancel(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let chat: ChatId = call.payload.id("chat_id")?;
    let answer: Option<MessageId> = call.payload.optional_id("message_id")?;
    let cancelled = call.door.turns.cancel(&call.connection.caller.scope, chat, answer).await?;
    let Some(answer) = cancelled else {
        return Ok(acknowledged(&AnswerView::not_running(chat, answer)));
    };
    // Who stops an answer without following it still hears of its end.
    deliver(&call, chat, answer, i64::MAX, Translator::ending(chat, answer)).await?;
    Ok(acknowledged(&AnswerView::cancelling(chat, answer)))
}

/// The rest of an answer, after a reconnect. Who already follows it gets nothing twice.
pub(super) async fn resume(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let chat: ChatId = call.payload.id("chat_id")?;
    let answer: MessageId = call.payload.id("message_id")?;
    let after_seq = call.payload.integer("after_seq", -1, (1 << 53) - 1)?;
    call.connection.place().last_chat = Some(chat);
    deliver(&call, chat, answer, after_seq, Translator::resumer(chat, answer)).await?;
    Ok(acknowledged(&AnswerView::resumed(chat, answer)))
}

/// Follows an answer on this connection, unless that is done already.
async fn deliver(
    call: &Call<'_>,
    chat: ChatId,
    answer: MessageId,
    after_seq: i64,
    translator: Translator,
) -> Result<(), Fault> {
    let (door, connection) = (call.door, call.connection);
    let begun = connection.place().begin(&Follow { chat, answer, own: true });
    let scope = &connection.caller.scope;
    let Some(stop) = begun else { return Ok(()) };
    match door.turns.follow(scope, chat, answer, after_seq).await {
        Ok(events) => {
            door.deliver(connection, answer, Box::new(translator), events, stop);
            Ok(())
        }
        Err(fault) => {
            connection.place().turns.remove(&answer);
            Err(fault)
        }
    }
}

fn read(call: &Call<'_>) -> Result<Question, Fault> {
    let (payload, limits) = (&call.payload, &call.door.limits.payload);
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Ok(Question {
        chat: payload.id("chat_id")?,
        message: payload.text("message", limits.message_bytes)?.to_owned(),
        model: owned(payload.optional_text("model", NAME)?),
        temperature: payload.optional_number("temperature", 0.0, 2.0)?,
        include_history: payload.optional_bool("include_history")?.unwrap_or(true),
        top_k: payload.optional_integer("top_k", 1, limits.top_k)?,
        documents: payload.optional_ids("document_ids", limits.ids)?,
        client_message_id: owned(payload.optional_text("client_message_id", NAME)?),
    })
}
