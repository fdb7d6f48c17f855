//! `send_message`, `event`, `function_result` and `function_error`: what is said in a room.

use serde_json::{Map, Value};

use super::entering::no_room;
use super::translate::Translator;
use super::wire::{AskedView, CallAnsweredView, EventReceivedView, SentView};
use super::{ID_BYTES, named, room_id, room_of};
use crate::forwarder::{Follow, Reason};
use crate::inbox::Call;
use crate::outbox::Parcel;
use crate::payload::Payload;
use crate::place::Wire;
use crate::reply::acknowledged;
use crate::turns::Begun;
use docent_chat::{Manner, NewQuestion, Options};
use docent_domain::{ChatId, DocumentId, Fault};
use docent_store::Seen;
use docent_telemetry as telemetry;

/// The only thing that can be asked for by `event`.
const STOP: &str = "sbaw.assistant.stop_processing";

/// Bytes of the name of a model.
const NAME_BYTES: usize = 512;
/// Bytes of a client's reason why a call came to nothing.
const REASON_BYTES: usize = 4 * 1024;

/// What a client has to say.
struct Said {
    content: String,
    /// The client's own name for it.
    id: Option<String>,
    documents: Option<Vec<DocumentId>>,
}

/// Starts a turn; its events follow, for everybody in the room and for the sender. It goes on when this connection
/// drops.
pub(super) async fn send(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let (door, connection) = (call.door, call.connection);
    let chat = room_of(&call)?;
    let said = said(&call)?;
    let wanted = call.payload.optional_text("model_id", NAME_BYTES)?;
    let seen = call.readable(chat).await.map_err(no_room)?;
    let (manner, of_the_room) = manner(&call, chat, seen).await?;
    let model = wanted.map(docent_models::bare_model).map(str::to_owned).or(of_the_room);
    let principal = &call.caller.principal;
    let question = NewQuestion {
        chat,
        content: said.content,
        user: principal.user,
        username: principal.username.clone(),
        options: Options { model, documents: said.documents, ..Options::default() },
        client_message_id: said.id.clone(),
    };
    door.auth.spend(&call.caller, connection.address, door.clock.now()).await?;
    // The room may hear of the turn before this connection knows that it is its own.
    connection.place().asking = Some(chat);
    let started = door.turns.start_as(&call.caller.scope, question, manner).await;
    let Begun { accepted, repeated, turn } = match started {
        Ok(started) => started,
        Err(fault) => {
            connection.place().asking = None;
            // What others began meanwhile was passed over.
            door.catch_up_with_answer(connection, &call.caller, chat).await?;
            return Err(fault);
        }
    };
    telemetry::message(telemetry::Door::AssistantRooms);
    let room = room_id(chat);
    let view = SentView::new(accepted.question);
    door.send(connection, Parcel::event(named("message_sent", Some(&room)), &view));
    if let Some(id) = &said.id {
        door.send(connection, Parcel::event(named("message_sent", Some(id)), &view));
    }
    let reason = if repeated { Reason::Again } else { Reason::Question };
    let follow = Follow::new(chat, accepted.answer, Wire::Assistant, reason);
    let translator = Translator::asker(chat, accepted.answer, connection.id.to_string());
    door.follow_own(connection, &follow, turn, Box::new(translator));
    {
        let mut place = connection.place();
        place.asking = None;
        place.last_chat = Some(chat);
    }
    Ok(acknowledged(&AskedView { room_id: &room, message_id: accepted.question.get() }))
}

/// How questions are answered in a room, and by which model.
async fn manner(
    call: &Call<'_>,
    chat: ChatId,
    seen: Seen<ChatId>,
) -> Result<(Manner, Option<String>), Fault> {
    let kept = call.door.store.read().await?.room_choice(seen).await?;
    let tools = call.door.assistants.tools(chat);
    let (provider, model) = kept.map(|kept| (kept.provider, kept.model)).unzip();
    Ok((Manner { provider, tools }, model.flatten()))
}

/// Stops the answer that is being written; what was streamed is kept.
pub(super) async fn event(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let chat = room_of(&call)?;
    let event = call.payload.optional_object("event", REASON_BYTES)?;
    let event = event.ok_or_else(|| Fault::field("event", "is missing; send {id, type}"))?;
    let kind = event.text("type", NAME_BYTES)?;
    if kind != STOP {
        return Err(Fault::field("event.type", format!("is not known; send `{STOP}`")));
    }
    let id = text_of(&event, "id")?;
    let stopped = call.door.turns.cancel(&call.caller.scope, chat, None).await.map_err(no_room)?;
    let room = room_id(chat);
    let view = EventReceivedView {
        id: id.as_deref(),
        room_id: &room,
        message_id: stopped.map(docent_domain::MessageId::get),
    };
    call.door.send(call.connection, Parcel::event(named("event_received", id.as_deref()), &view));
    Ok(acknowledged(&view))
}

/// What came of a call that was given to this connection.
pub(super) async fn function_result(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let chat = room_of(&call)?;
    let most = call.door.limits.payload.message_bytes;
    let result = call.payload.get("result").cloned().unwrap_or_default();
    let bytes = result.to_string().len();
    if bytes > most {
        return Err(Fault::field("result", format!("has {bytes} bytes; at most {most} are allowed")));
    }
    answer(&call, chat, Ok(result)).await
}

/// Why nothing came of it.
pub(super) async fn function_error(call: Call<'_>) -> Result<Map<String, Value>, Fault> {
    let chat = room_of(&call)?;
    let error = match call.payload.get("error") {
        None => "the client could not do it".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    if error.len() > REASON_BYTES {
        return Err(Fault::field("error", format!("has more than {REASON_BYTES} bytes")));
    }
    answer(&call, chat, Err(error)).await
}

async fn answer(
    call: &Call<'_>,
    chat: ChatId,
    said: Result<Value, String>,
) -> Result<Map<String, Value>, Fault> {
    let id = call.payload.text("call_id", ID_BYTES)?;
    let (scope, holder) = (&call.caller.scope, call.connection.id.to_string());
    call.door.turns.answer_call(scope, chat, &holder, id, said).await?;
    Ok(acknowledged(&CallAnsweredView { call_id: id }))
}

/// A plain text, or the message of a client that wraps it.
fn said(call: &Call<'_>) -> Result<Said, Fault> {
    let limits = &call.door.limits.payload;
    if !matches!(call.payload.get("message"), Some(Value::Object(_))) {
        let content = call.payload.text("message", limits.message_bytes)?.to_owned();
        return Ok(Said { content, id: None, documents: None });
    }
    let missing = |field: &str| Fault::field(field, "is missing; send an object");
    let wrapped = limits.message_bytes.saturating_mul(4);
    let message = call.payload.optional_object("message", wrapped)?.unwrap_or_default();
    let data = message.optional_object("data", wrapped)?.ok_or_else(|| missing("message.data"))?;
    let item = data.optional_object("item", wrapped)?.ok_or_else(|| missing("message.data.item"))?;
    let content = match item.get("content") {
        Some(Value::Array(parts)) => joined(parts)?,
        _ => item.text("content", limits.message_bytes)?.to_owned(),
    };
    let files = item.optional_ids("files", limits.ids)?.filter(|files| !files.is_empty());
    Ok(Said { content, id: text_of(&message, "id")?, documents: files })
}

/// The texts of `[{text}]`, one after the other.
fn joined(parts: &[Value]) -> Result<String, Fault> {
    let texts = parts.iter().enumerate().map(|(n, part)| {
        let text = part.get("text").and_then(Value::as_str).or_else(|| part.as_str());
        text.ok_or_else(|| Fault::field(format!("message.data.item.content[{n}].text"), "must be a string"))
    });
    Ok(texts.collect::<Result<Vec<_>, _>>()?.join("\n"))
}

/// An id of the client's own: a string or a number.
fn text_of(payload: &Payload, field: &str) -> Result<Option<String>, Fault> {
    match payload.get(field) {
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        _ => {
            let text = payload.optional_text(field, ID_BYTES)?.map(str::to_owned);
            Ok(text.filter(|text| !text.trim().is_empty()))
        }
    }
}
